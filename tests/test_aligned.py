"""Tables without rules are read off the words' places; text, heads in two cells, signatures and lists are none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_extract.image.grid import Grid
from ntm_extract.layout.aligned import aligned_tables
from ntm_extract.layout.seen import Seen

WIDE, HIGH, STEP = 11, 20, 44  # of a letter, of a line, from line to line

Said = tuple[int, str]  # left edge, text


def words(lines: Sequence[Sequence[Said]], top: int = 100) -> list[Seen]:
    """The words of lines of texts, each text at its left edge."""
    found = []
    for n, line in enumerate(lines):
        for left, text in line:
            x = left
            for word in text.split():
                y = top + n * STEP
                found.append(Seen(word, 0.95, x, y, x + WIDE * len(word), y + HIGH, (0, 0, n)))
                x += WIDE * (len(word) + 1)
    return found


class InkOf:
    """Ink that stands where these words do."""

    def __init__(self, seen: Sequence[Seen]) -> None:
        self.seen = seen

    def columns(
        self, rows: Sequence[tuple[float, float]], left: float, right: float
    ) -> list[tuple[float, float, float]]:
        runs: list[list[float]] = []
        inner = [w for w in self.seen if any(a <= w.middle <= b for a, b in rows)]
        for w in sorted(inner, key=lambda w: w.x0):
            if runs and w.x0 - runs[-1][1] < 14:
                runs[-1][1] = max(runs[-1][1], w.x1)
            else:
                runs.append([w.x0, w.x1])
        return [
            (a, b, sum(any(a <= w.x0 <= b and y0 <= w.middle <= y1 for w in inner) for y0, y1 in rows) / len(rows))
            for a, b in runs
        ]

    def marks(self, column: tuple[float, float], top: float, bottom: float) -> list[tuple[float, float, float, float]]:
        inner = [w for w in self.seen if column[0] <= w.x0 < column[1] and top <= w.middle <= bottom]
        return [(w.x0, w.y0, w.x1, w.y1) for w in inner]


def found(seen: Sequence[Seen], passed: Sequence[Seen] = ()) -> list[Grid]:
    """The tables, ink found by the words instead of pixels; those of `passed` were not read."""
    return aligned_tables([w for w in seen if w not in passed], InkOf(seen))


HEAD: list[Said] = [(100, "TT"), (200, "Nội dung"), (600, "Kế hoạch"), (800, "Thực hiện")]
NAMES = ("Kênh xóm Gò", "Đường vào bãi chợ", "Nhà văn hóa", "Cầu Khe Tre", "Giếng làng", "Trạm bơm Cồn Dài")
BODY = [[(100, str(i)), (200, name), (620, f"{i}.{i}00"), (830, str(9 * i))] for i, name in enumerate(NAMES, 1)]


def test_a_table_without_rules_is_found_with_its_head() -> None:
    text = [[(100, "Kết quả được tổng hợp trong biểu sau đây theo từng nội dung của năm:")]]
    (grid,) = found(words([*text, HEAD, *BODY]))
    assert (grid.rows, grid.cols) == (7, 4)
    assert len(grid.regions) == 28


def test_a_head_over_two_columns_is_merged() -> None:
    under: list[Said] = [(100, "TT"), (200, "Nội dung"), (600, "Kế hoạch"), (800, "Thực hiện")]
    seen = words([[(680, "Năm nay")]], top=50) + words([under], top=105) + words(BODY, top=170)
    (grid,) = found(_risen(seen))
    spans = {(r.row, r.col, r.rows, r.cols) for r in grid.regions if r.rows > 1 or r.cols > 1}
    assert spans == {(0, 2, 1, 2), (0, 0, 2, 1), (0, 1, 2, 1)}


def _risen(seen: list[Seen]) -> list[Seen]:
    """Heads of single columns stand between the two lines of the others."""
    return [
        Seen(w.text, w.confidence, w.x0, w.y0 - 28, w.x1, w.y1 - 28, w.place) if w.y0 == 105 and w.x0 < 500 else w
        for w in seen
    ]


@pytest.mark.parametrize("bare", [(0, 1), (4, 5)], ids=["first", "last"])
def test_rows_of_which_marks_were_passed_over_are_rows(bare: tuple[int, ...]) -> None:
    lines = [[line[1], line[3]] if n in bare else line for n, line in enumerate(BODY)]
    (grid,) = found(words([HEAD, *lines]))
    assert (grid.rows, grid.cols) == (7, 4)


def test_a_broken_label_in_the_first_row_does_not_hide_the_head() -> None:
    above = [Seen("Kênh", 0.95, 200, 126, 244, 146, (0, 0, 1)), Seen("Gò", 0.95, 200, 156, 222, 176, (0, 0, 3))]
    seen = [w for w in words([HEAD], top=60) + words(BODY, top=141) if not (w.x0 < 600 and w.x0 >= 200 and w.y0 == 141)]
    (grid,) = found([*seen, *above])
    assert (grid.rows, grid.cols) == (7, 4)


def test_a_broken_label_is_one_row() -> None:
    seen = words(BODY[:3]) + words([[(200, "thôn Đông và"), (620, "")]], top=100 + 2 * STEP + 22)
    seen += words(BODY[3:], top=100 + 3 * STEP + 22)
    (grid,) = found(seen)
    assert grid.rows == 6


@pytest.mark.parametrize(
    "lines",
    [
        [
            [(100, f"Năm {2000 + i} toàn xã có {i} thôn đạt chuẩn và {9 - i} thôn chưa đạt, còn thiếu.")]
            for i in range(9)
        ],
        [[(100, "ỦY BAN NHÂN DÂN"), (700, "CỘNG HÒA XÃ HỘI")], [(100, "Số: 12/BC-UBND"), (700, "ngày 3 tháng 5")]] * 3,
        [[(100, "Nơi nhận:"), (800, "CHỦ TỊCH")], [(100, "- Như trên;")], [(100, "- Lưu: VT.")], [(800, "Lê Văn Bảy")]],
        [[(100, f"{i}."), (160, f"Xóm {i} làm đường, kênh và nhà văn hóa trong quý {i % 4 + 1}")] for i in range(1, 9)],
        [[(100, "a)"), (160, "Thu nhập"), (700, "chưa rõ")], [(100, "b)"), (160, "Lao động"), (700, "đang làm")]] * 3,
    ],
    ids=["text", "head in two cells", "signature", "list", "columns of words"],
)
def test_what_is_no_table(lines: list[list[Said]]) -> None:
    assert found(words(lines)) == []


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 1500), st.text(max_size=6)), max_size=40))
def test_any_words_give_whole_grids(at: list[tuple[int, int, str]]) -> None:
    seen = [Seen(text, 0.5, x, y, x + 10 * len(text) + 1, y + 20, (0, 0, 0)) for x, y, text in at]
    for grid in found(seen):
        places = [(r.row + i, r.col + j) for r in grid.regions for i in range(r.rows) for j in range(r.cols)]
        assert len(places) == len(set(places)) == grid.rows * grid.cols


def test_a_row_whose_marks_were_all_passed_over_is_a_row() -> None:
    ticks = [[(100, str(i)), (200, name), (620, "x"), (830, "x")] for i, name in enumerate(NAMES, 1)]
    seen = words([HEAD, *ticks])
    passed = [w for w in seen if w.place[2] == 3]
    (grid,) = found(seen, passed)
    assert (grid.rows, grid.cols) == (7, 4)


def test_a_head_broader_than_its_column_is_parted_between_heads() -> None:
    head: list[Said] = [(100, "TT"), (200, "Nội dung"), (480, "Kế hoạch năm"), (650, "Thực hiện")]
    body = [[(100, str(i)), (200, name), (600, "x"), (730, "x")] for i, name in enumerate(NAMES, 1)]
    (grid,) = found(words([head, *body]))
    third = next(r for r in grid.regions if (r.row, r.col) == (0, 2))
    assert third.x0 < 480
    assert 480 + 12 * WIDE <= third.x1 <= 650


def test_numbers_of_rows_that_were_passed_over_are_a_column() -> None:
    ticks = [[(100, str(i)), (160, name), (620, "x"), (830, "x")] for i, name in enumerate(NAMES, 1)]
    seen = words([HEAD, *ticks])
    (grid,) = found(seen, [w for w in seen if w.x0 == 100])
    assert (grid.rows, grid.cols) == (7, 4)


def test_words_said_again_and_again_are_marks_of_a_table() -> None:
    marks = [[(200, name), (600, "Đạt"), (720, "Đạt"), (840, "Đạt"), (960, f"{i}/6")] for i, name in enumerate(NAMES)]
    (grid,) = found(words(marks))
    assert (grid.rows, grid.cols) == (6, 5)


def test_figures_between_the_two_lines_of_a_label_are_of_its_row() -> None:
    broken = [[BODY[n][0], *BODY[n][2:]] if n % 2 else BODY[n] for n in range(6)]
    seen = [w for n in range(6) for w in words([broken[n]], top=100 + 70 * n)]
    for n in (1, 3, 5):
        seen += words([[(200, "Sửa nhà họp của")]], top=87 + 70 * n) + words([[(200, "xóm Bãi")]], top=113 + 70 * n)
    (grid,) = found(seen)
    assert (grid.rows, grid.cols) == (6, 4)


def test_a_caption_over_many_columns_is_no_head() -> None:
    ticks = [[(100, name), *[(420 + 60 * c, "x") for c in range(12)]] for name in NAMES]
    caption = [[(300, "KẾT QUẢ THỰC HIỆN CỦA CÁC THÔN TRONG XÃ NĂM QUA")]]
    head = [[(100, "Thôn"), *[(420 + 60 * c, str(c + 1)) for c in range(12)]]]
    (grid,) = found(words([*caption, *head, *ticks]))
    assert (grid.rows, grid.cols) == (7, 13)
    assert grid.area[1] > 120
