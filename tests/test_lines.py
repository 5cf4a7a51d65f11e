from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ntm_extract.layout.furniture import is_noise
from ntm_extract.layout.lines import arrange, lying, parted, split, united
from ntm_extract.layout.seen import Seen

HEIGHT = 1000.0


def line(y: float, *cells: tuple[float, str], place: int = 0, sure: float = 0.9) -> list[Seen]:
    """Words of one recognised line, ten units high and six a letter wide, from cells at their left edges."""
    words = []
    for x, text in cells:
        at = x
        for word in text.split():
            words.append(Seen(word, sure, at, y, at + 6 * len(word), y + 10, (1, 1, place or int(y))))
            at += 6 * len(word) + 4
    return words


def texts(*lines: list[Seen], role: str = "body") -> list[str]:
    return [row.text for row in arrange(tuple(w for one in lines for w in one), HEIGHT) if row.role == role]


def test_cells_of_a_head_are_lines_of_their_own_row_by_row() -> None:
    assert texts(
        line(100, (50, "UBND XÃ TÂN LẬP"), (250, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
        line(115, (300, "Độc lập - Tự do - Hạnh phúc")),
        line(130, (60, "Số: 41/BC-UBND"), (290, "Tân Lập, ngày 5 tháng 6 năm 2024")),
        line(160, (200, "BÁO CÁO KẾT QUẢ XÂY DỰNG NÔNG THÔN MỚI")),
    ) == [
        "UBND XÃ TÂN LẬP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 41/BC-UBND",
        "Tân Lập, ngày 5 tháng 6 năm 2024",
        "BÁO CÁO KẾT QUẢ XÂY DỰNG NÔNG THÔN MỚI",
    ]


def test_recipients_come_before_the_signature() -> None:
    assert texts(
        line(700, (50, "phù hợp với tình hình của xã trong năm tới theo quy định.")),
        line(730, (50, "Nơi nhận:"), (300, "TM. ỦY BAN NHÂN DÂN")),
        line(745, (50, "- UBND huyện;"), (320, "CHỦ TỊCH")),
        line(760, (50, "- Các thôn;")),
        line(800, (330, "Đỗ Văn Thử")),
        line(815, (50, "- Lưu: VT.")),
    ) == [
        "phù hợp với tình hình của xã trong năm tới theo quy định.",
        "Nơi nhận:",
        "- UBND huyện;",
        "- Các thôn;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Đỗ Văn Thử",
    ]


def test_a_label_and_its_figure_stay_one_line() -> None:
    assert texts(line(300, (50, "- Ngân sách xã:"), (400, "250 triệu đồng"))) == ["- Ngân sách xã: 250 triệu đồng"]


def test_page_numbers_and_specks_are_furniture_and_nothing_is_lost() -> None:
    lines = (
        line(20, (300, "7")),
        line(100, (50, "Đến nay có 6/11 xã đạt"), (500, "‡"), place=5),
        line(130, (20, "x,"), place=6, sure=0.2),
        line(150, (50, "12")),
        line(170, (50, "tiêu chí số 10 về thu nhập.")),
    )
    assert texts(*lines) == ["Đến nay có 6/11 xã đạt", "12", "tiêu chí số 10 về thu nhập."]
    assert texts(*lines, role="furniture") == ["7", "‡", "x,"]


def test_what_may_be_a_value_is_no_noise() -> None:
    for text in ("-", "5", "x", "%", "7%", "+", "…"):
        assert not is_noise(line(10, (0, text), sure=0.95))
    assert not is_noise(line(10, (0, "4"), sure=0.1))
    assert is_noise(line(10, (0, "^ ' ;"), sure=0.95))


words = st.builds(
    lambda text, x, y, width, height, place: Seen(text, 0.5, x, y, x + width, y + height, (1, 1, place)),
    st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=6),
    st.floats(0, 600),
    st.floats(0, 900),
    st.floats(1, 200),
    st.floats(1, 40),
    st.integers(1, 6),
)


@given(st.lists(words, max_size=30))
def test_every_word_comes_out_once(seen: list[Seen]) -> None:
    ordered = sorted(seen, key=lambda w: w.place)
    rows = arrange(tuple(ordered), HEIGHT)
    assert sorted((w for row in rows for w in row.words), key=repr) == sorted(
        (part for w in ordered for part in parted(w)), key=repr
    )
    assert all(row.words for row in rows)


def test_a_gap_is_wide_against_the_height_of_its_line() -> None:
    near, far = line(10, (0, "một"), (36, "hai"), place=1), line(10, (0, "một"), (60, "hai"), place=1)
    assert [len(split(near)), len(split(far))] == [1, 2]


def test_words_that_a_speck_joins_are_two_and_nothing_else_is_parted() -> None:
    def parts(text: str) -> list[str]:
        return [w.text for w in parted(Seen(text, 0.8, 0, 0, 100, 10, (1, 1, 1)))]

    assert parts("phòng.ban") == ["phòng.", "ban"]
    assert parts("công,.luật,") == ["công,.", "luật,"]
    assert parts("Khu.vực") == ["Khu.", "vực"]
    for whole in ("v.v", "14,5", "1.250", "chinh-phu.vn", "hóa-xã", "tr.đ", "NĐ.CP", "thôn.", "xyz.abc"):
        assert parts(whole) == [whole]
    left, right = parted(Seen("phòng.ban", 0.8, 10, 0, 100, 10, (1, 1, 1)))
    assert (left.x0, left.x1, right.x0, right.x1) == (10, 70, 70, 100)


def test_a_number_of_a_document_read_in_two_is_one_where_no_space_parts_it() -> None:
    def said(*words: tuple[str, float]) -> str:
        found, at = [], 50.0
        for text, gap in words:
            found.append(Seen(text, 0.9, at + gap, 100, at + gap + 6 * len(text), 110, (1, 1, 1)))
            at = found[-1].x1
        return " ".join(w.text for w in united(found))

    assert said(("số", 0), ("118/2008/NĐ-", 4), ("CP", 0.4), ("ngày", 4)) == "số 118/2008/NĐ-CP ngày"
    assert said(("41/BC", 0), ("-UBND;", -0.5)) == "41/BC-UBND;"
    assert said(("118/2008/NĐ-", 0), ("CP", 3)) == "118/2008/NĐ- CP"
    assert said(("NĐ-", 0), ("CP", 0.4)) == "NĐ- CP"
    assert said(("14/18", 0), ("UBND", 0.4)) == "14/18 UBND"
    assert said(("9/12", 0), ("xã", 0.4)) == "9/12 xã"


def test_words_taller_than_wide_lie() -> None:
    upright = line(10, (0, "thôn xóm nào cũng có đường"))
    assert not lying(tuple(upright))
    assert lying(tuple(Seen(w.text, w.confidence, w.y0, w.x0, w.y1, w.x1, w.place) for w in upright))
    assert not lying(())
