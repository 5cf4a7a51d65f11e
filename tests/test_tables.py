"""Annex tables: grids out of rules, text of cells cleaned, pieces joined, and facts by the words of the heads."""

from __future__ import annotations

import re
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bench.cells import found_tables, match, true_tables
from bench.scoring import Score
from ntm_extract.batch import run
from ntm_extract.extract.table_heads import columns, money_scale, rows, says, value
from ntm_extract.extract.tables import with_tables
from ntm_extract.facts import Extraction
from ntm_extract.image.cells import Cut, likeness
from ntm_extract.image.grid import Region, find_grid
from ntm_extract.image.page import Pixels
from ntm_extract.image.tables import ruled_areas
from ntm_extract.layout.cells import as_others, tidy, with_marks
from ntm_extract.layout.seen import Seen
from ntm_extract.layout.sheets import sheets
from ntm_extract.model import Box, Cell, Document, Line, Outline, Page, Table, Word
from ntm_extract.outputs.cells import retyped
from ntm_extract.reading_tables import ALIKE, _better, _one
from ntm_extract.repair.cells import _phrase, phrases, with_signs
from ntm_extract.settings import Settings
from tests.conftest import ROOT
from tests.names import knowledge

DPI = 200.0
XS, YS = (200, 300, 700, 900, 1100, 1300), (300, 380, 460, 540, 620, 700)


def ruled(lost: tuple[tuple[int, int, int, int], ...] = ()) -> Pixels:
    """A page with a table of five by five, its first row merged over columns 2-4, its first two rows over column 0."""
    page = np.full((2338, 1654), 255, np.uint8)
    for y in YS:
        cv2.line(page, (XS[0], y), (XS[-1], y), 0, 3)
    for x in XS:
        cv2.line(page, (x, YS[0]), (x, YS[-1]), 0, 3)
    for x in XS[3:5]:
        page[YS[0] + 3 : YS[1] - 2, x - 3 : x + 4] = 255
    page[YS[1] - 3 : YS[1] + 4, XS[0] + 3 : XS[1] - 2] = 255
    for x0, y0, x1, y1 in lost:
        page[y0:y1, x0:x1] = 255
    return page


def spans(page: Pixels) -> set[tuple[int, int, int, int]]:
    (area,) = ruled_areas(page, DPI)
    found = find_grid(page, DPI, area)
    assert found is not None
    assert (found.rows, found.cols) == (5, 5)
    return {(r.row, r.col, r.rows, r.cols) for r in found.regions if r.rows > 1 or r.cols > 1}


def test_merged_cells_have_their_spans() -> None:
    assert spans(ruled()) == {(0, 2, 1, 3), (0, 0, 2, 1)}


@pytest.mark.parametrize(
    "lost",
    [((400, 455, 440, 466),), ((895, 470, 906, 530),), ((500, 376, 560, 384), (695, 560, 706, 590))],
    ids=["gap across", "border of a row", "two gaps"],
)
def test_broken_rules_are_bridged(lost: tuple[tuple[int, int, int, int], ...]) -> None:
    assert spans(ruled(lost)) == {(0, 2, 1, 3), (0, 0, 2, 1)}


def test_a_scratch_over_the_page_is_no_column() -> None:
    page = ruled()
    cv2.line(page, (820, 0), (820, 2337), 0, 2)
    assert spans(page) == {(0, 2, 1, 3), (0, 0, 2, 1)}


def test_a_scratch_in_some_rows_is_no_column() -> None:
    page = ruled()
    cv2.line(page, (500, YS[2] - 6), (500, YS[3] + 5), 0, 2)
    assert spans(page) == {(0, 2, 1, 3), (0, 0, 2, 1)}


def test_a_scratch_that_text_is_written_over_is_no_column() -> None:
    page = ruled()
    cv2.line(page, (500, YS[1]), (500, YS[-1]), 0, 2)
    for y in YS[1:-1]:
        cv2.putText(page, "Hoi nong dan", (400, y + 55), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 3)
    assert spans(page) == {(0, 2, 1, 3), (0, 0, 2, 1)}


@pytest.mark.parametrize("side", [0, -1], ids=["top", "bottom"])
def test_an_outer_rule_is_known_by_where_the_upright_ones_end(side: int) -> None:
    lost = tuple((x + 4, YS[side] - 3, x + 96, YS[side] + 4) for x in range(XS[0], XS[-1], 100))
    assert spans(ruled(lost)) == {(0, 2, 1, 3), (0, 0, 2, 1)}


def test_pieces_of_a_table_are_one() -> None:
    (whole,) = ruled_areas(ruled(), DPI)
    (area,) = ruled_areas(ruled(((XS[0] - 5, 405, XS[-1] + 6, 435),)), DPI)
    assert np.abs(np.subtract(area, whole)).max() < 0.1 * DPI


@pytest.mark.parametrize(
    ("text", "kind", "clean"),
    [
        ("'1.600 .", "figure", "1.600"),
        ("18, 5", "figure", "18,5"),
        ("Đại »", "mark", "Đạt"),
        ("“Chựa đạt", "mark", "Chưa đạt"),
        ("xX", "tick", "x"),
        ("bộ", "tick", "bộ"),
        ("8", "tick", "8"),
        ("Kinh tế - xã hội", "text", "Kinh tế - xã hội"),
        ("-", "figure", "-"),
    ],
)
def test_cells_are_cleaned_by_the_kind_of_their_column(text: str, kind: str, clean: str) -> None:
    assert tidy(text, kind, head=False) == clean  # type: ignore[arg-type]


def table(lines: list[list[str]], page: int = 1, caption: tuple[str, ...] = (), top: float = 100) -> Table:
    """A table of plain cells, ">" joined to the left, "^" to the cell above."""
    cells = []
    for r, line in enumerate(lines):
        for c, text in enumerate(line):
            if text in (">", "^"):
                continue
            cols = next((n for n in range(1, len(line) - c + 1) if c + n == len(line) or line[c + n] != ">"), 1)
            high = next((n for n in range(1, len(lines) - r + 1) if r + n == len(lines) or lines[r + n][c] != "^"), 1)
            box = Box(50 + 80 * c, top + 20 * r, 50 + 80 * (c + cols), top + 20 * (r + high))
            cells.append(
                Cell(row=r, col=c, row_span=high, col_span=cols, page=page, text=text, recognised=text, box=box)
            )
    box = Box(50, top, 50 + 80 * len(lines[0]), top + 20 * len(lines))
    return Table(cells=tuple(cells), rows=len(lines), cols=len(lines[0]), box=box, caption=caption)


def document(*pages: tuple[Table, ...]) -> Document:
    lines = (Line(number=1, words=(Word(text="Phụ", recognised="Phụ"),)),)
    return Document(
        doc_id="d",
        source="s.pdf",
        media="pdf",
        pages=tuple(
            Page(number=n, lines=lines, width=600, height=800, tables=found) for n, found in enumerate(pages, start=1)
        ),
    )


def facts(*pages: tuple[Table, ...]) -> Extraction:
    return with_tables(Extraction(), Outline(document=document(*pages), passages=()), knowledge())


BUDGET = [
    ["TT", "Danh mục công trình", "Tổng số", "Trong đó", ">"],
    ["^", "^", "^", "NSTW", "Dân góp"],
    ["I", "Giao thông", "900", "600", "300"],
    ["1", "Đường xóm Gò", "500", "400", "100"],
    ["2", "Cầu Khe Tre", "400", "200", "200"],
    ["", "Tổng cộng", "900", "600", "300"],
]


def test_budgets_form_a_tree() -> None:
    found = facts((table(BUDGET, caption=("Biểu 3. Nhu cầu vốn", "ĐVT: triệu đồng")),)).budgets
    assert len(found) == 12
    assert {b.status for b in found} == {"target"}
    by_place = {b.evidence.position: b for b in found}
    assert by_place["1:5:2"].parent is None
    assert by_place["1:2:2"].parent_id == by_place["1:5:2"].fact_id
    assert by_place["1:3:2"].parent_id == by_place["1:2:2"].fact_id
    assert by_place["1:3:3"].parent_id == by_place["1:3:2"].fact_id
    assert (by_place["1:4:4"].amount_vnd, by_place["1:4:4"].source) == (200_000_000, "nhân dân")


def test_progress_gives_shares_with_both_numbers() -> None:
    lines = [
        ["STT", "Chỉ tiêu", "Đơn vị tính", "KH năm 2022", "Ước thực hiện", "So với KH (%)"],
        ["1", "Kênh kiên cố hóa", "km", "40", "30", "75"],
        ["2", "Hộ có điện", "hộ", "1.200", "1.140", "95,0"],
    ]
    found = facts((table(lines),))
    assert [(str(p.value), str(p.num), str(p.den), p.of) for p in found.percentages] == [
        ("75", "30", "40", "km"),
        ("95.0", "1140", "1200", "hộ"),
    ]
    assert not found.quantities


def test_criteria_name_the_communes_that_bear_a_mark() -> None:
    names = ["Quy hoạch", "Giao thông", "Thủy lợi", "Điện", "Trường học", "Thu nhập"]
    body = [[str(i), name, "x", "" if i == 2 else "x", "01/2" if i == 2 else "2/2"] for i, name in enumerate(names, 1)]
    lines = [["TT", "Tiêu chí", "Các xã", ">", "Số xã đạt"], ["^", "^", "Khe Gạo", "Bãi Sậy", "^"], *body]
    lines.append(["", "Tổng số tiêu chí đạt", "6/19", "5/19", ""])
    found = facts((table(lines),)).criteria
    assert [c.criterion for c in found if c.scope == "criterion"] == [1, 2, 3, 4, 5, 10]
    assert next(c for c in found if c.criterion == 2).places == ("Khe Gạo",)
    assert [(c.places, c.count, c.total) for c in found if c.scope == "unit"] == [
        (("Khe Gạo",), 6, 19),
        (("Bãi Sậy",), 5, 19),
    ]


def test_a_dash_and_an_empty_cell_state_nothing() -> None:
    lines = [["TT", "Nội dung", "Tổng số", "Ngân sách xã"], ["1", "Chợ Đình", "70", "-"], ["2", "Giếng làng", "", ""]]
    assert len(facts((table(lines, caption=("Đơn vị tính: triệu đồng",)),)).budgets) == 1


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_goes_on_over_the_page(repeated: bool) -> None:
    more = (BUDGET[:2] if repeated else []) + [["3", "Mương Cái", "80", "80", "-"]]
    (sheet,) = sheets(document((table(BUDGET),), (table(more, page=2, top=60),)))
    assert sheet.table.rows == len(BUDGET) + 1
    assert sheet.pages == (1, 2)
    assert retyped(sheet)[-1] == ["3", "Mương Cái", "80", "80", "-"]


def test_a_titled_table_is_a_new_one() -> None:
    other = table(BUDGET, page=2, caption=("Biểu 4. Vốn năm sau",), top=60)
    assert len(sheets(document((table(BUDGET),), (other,)))) == 2


def test_a_row_that_numbers_the_columns_is_head() -> None:
    lines = [["TT", "Nội dung", "Vốn", "Số hộ"], ["(1)", "(2)", "(3)", "(4)"], ["1", "Chợ", "7", "9"]]
    assert sheets(document((table(lines),)))[0].head == 2


@pytest.mark.parametrize("group", ["role", "row", "status"])
def test_examples_name_their_role(group: str) -> None:
    for role in getattr(knowledge().tables, group):
        for example in role.examples:
            assert says(example, role), (role.name, example)


def test_columns_have_their_roles() -> None:
    (sheet,) = sheets(document((table(BUDGET),)))
    found = columns(sheet, knowledge())
    assert [c.role for c in found] == ["index", "label", "total", "source", "source"]
    assert [r.parent for r in rows(sheet, found, knowledge())] == [5, 2, 2, None]


@pytest.mark.parametrize(
    ("text", "signs", "marked"),
    [("7243", "00,00", "72,43"), ("12", "0.00", "12"), ("9999", "0,00,0", "9,99,9"), ("75", "00,", "75")],
)
def test_marks_are_put_where_ink_shows_them(text: str, signs: str, marked: str) -> None:
    assert with_marks(text, signs) == marked


@given(st.from_regex(r"[0-9]{1,3}([.,][0-9]{1,3}){0,3}", fullmatch=True))
def test_marks_never_change_digits(text: str) -> None:
    bare = text.replace(".", "").replace(",", "")
    assert with_marks(bare, re.sub(r"\d", "0", text)) == text
    assert re.sub(r"[.,]", "", as_others(text, [",3", ".3", ",2"])) == bare


@pytest.mark.parametrize(
    ("first", "second", "signs", "taken"),
    [
        ("740", "5.740", "0.000", True),  # a digit lost
        ("1", "7", "0", False),  # one digit for another
        ("", "7", "0.0", False),  # fewer than there are
        ("l0ä", "108", "000", True),
        ("12.5", "12,5", "", True),
        ("12,5", "125", "", False),
    ],
)
def test_a_second_reading_is_taken_where_ink_bears_it_out(first: str, second: str, signs: str, taken: bool) -> None:
    assert _better(first, second, signs) == taken


def test_a_mark_is_as_in_the_others_of_the_column() -> None:
    assert as_others("18,268", [".3", ".3"]) == "18.268"
    assert as_others("18,268", [".3", ",3"]) == "18,268"
    assert as_others("18,26", [".3"]) == "18,26"
    assert as_others("46.39", [",1", ",2"]) == "46,39"


@pytest.mark.parametrize(("text", "phrase"), [("TỐNG S0", "TỔNG SỐ"), ("Tý lê (%)", "Tỷ lệ (%)"), ("Số 10", None)])
def test_phrases_in_heads(text: str, phrase: str | None) -> None:
    assert _phrase(text, phrases(["Tổng số", "Tỷ lệ"])) == phrase


def test_signs_of_rows_are_set_right_and_numbers_never() -> None:
    lines = [["TT", "Nội dung"], ["I", "Chợ"], ["2", "Cầu"], ["9", "Kênh"], ["", "Đập"], ["S", "Giếng"]]
    read = table(lines)
    read = replace(read, cells=tuple(replace(c, confidence=0.0) if not c.text else c for c in read.cells))
    assert [c.text for c in with_signs(read).cells if c.col == 0] == ["TT", "1", "2", "9", "4", "5"]


@pytest.mark.parametrize(("text", "peers", "number"), [("18,268", ["4.433"], "18268"), ("31,7", ["68,48"], "31.7")])
def test_a_column_tells_how_its_numbers_are_written(text: str, peers: list[str], number: str) -> None:
    assert str(value(text, [text, *peers])) == number


def test_units_of_money() -> None:
    assert [money_scale(u) for u in ("triệu đồng", "Tr. đồng", "tỷ đồng", "hộ")] == [10**6, 10**6, 10**9, None]


def test_phrases_are_known_by_their_letters() -> None:
    assert phrases(["Y tế", "Chuyển tiếp"]) == {"yte": "Y tế", "chuyentiep": "Chuyển tiếp"}


@pytest.mark.parametrize(("read", "phrase"), [("Doanh nghiện", "Doanh nghiệp"), ("Y tá", None), ("Doanh ngiện", None)])
def test_a_long_phrase_may_have_one_wrong_letter(read: str, phrase: str | None) -> None:
    assert _phrase(read, phrases(["Doanh nghiệp", "Y tế"])) == phrase


def test_marks_are_alike_by_shape_and_size() -> None:
    def drawn(text: str, size: float) -> Cut:
        pixels = np.full((60, 60), 255, np.uint8)
        cv2.putText(pixels, text, (15, 45), cv2.FONT_HERSHEY_SIMPLEX, size, 0, 3)
        ink = np.argwhere(pixels < 128)
        (top, left), (bottom, right) = ink.min(axis=0), ink.max(axis=0) + 1
        area = (int(left), int(top), int(right), int(bottom))
        return Cut(Region(1, 1, 1, 1, 0, 0, 60, 60), area, pixels[top:bottom, left:right])

    tick = drawn("x", 1.0)
    assert likeness(tick, drawn("x", 1.1)) >= ALIKE
    assert likeness(tick, drawn("x", 0.5)) < ALIKE
    assert likeness(tick, drawn("3", 1.0)) < ALIKE


def test_annexes_of_a_sample_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    name = "xa_thach_kieu_2024"
    (folder / f"{name}.pdf").write_bytes((ROOT / f"samples/scans/{name}.pdf").read_bytes())
    run(folder, tmp_path / "out", Settings(), 1)
    scores = match(true_tables(ROOT / f"samples/truth/{name}.cells.csv"), found_tables(tmp_path / "out")[name])
    assert len(scores) == 1
    assert sum(scores, Score()).f1 >= 0.93
    assert list((tmp_path / "out/tables").glob("*.csv"))


@pytest.mark.parametrize(
    ("said", "text", "sure"),
    [
        (("4", "4", "4"), "4", True),
        (("444",), "4", True),
        (("3", "34"), "3", False),
        (("334", "4"), "4", False),  # three copies that ran together are no number of three digits
        (("3344",), "", False),
        ((), "", False),
    ],
)
def test_copies_of_a_digit_never_make_a_longer_number(said: tuple[str, ...], text: str, sure: bool) -> None:
    words = [Seen(text=w, confidence=0.9, x0=0, y0=0, x1=1, y1=1, place=(0, 0, 0)) for w in said]
    best, confidence = _one(words, 3)
    assert (best, confidence > 0.5) == (text, sure)
