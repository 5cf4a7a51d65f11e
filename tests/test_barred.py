"""Tables of plain text, their cells parted by bars, tabs or wide gaps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_extract.edges.textfile import split
from ntm_extract.layout.passages import outline
from ntm_extract.layout.sheets import sheets
from ntm_extract.outputs.cells import retyped
from tests.reading_help import text_document


def tables(text: str) -> list[list[list[str]]]:
    return [retyped(sheet) for sheet in sheets(text_document(text))]


@pytest.mark.parametrize(
    "text",
    [
        "TT | Xã | Số hộ\n1 | Nà Kham | 86\n2 | Bản Sen | 64\n",
        "| TT | Xã | Số hộ |\n|---|:---|---:|\n| 1 | Nà Kham | 86 |\n| 2 | Bản Sen | 64 |\n",
        "TT|Xã|Số hộ\n1|Nà Kham|86\n2|Bản Sen|64\n",
        "TT\tXã\tSố hộ\n1\tNà Kham\t86\n2\tBản Sen\t64\n",
        "TT   Xã         Số hộ\n1    Nà Kham     86\n2    Bản Sen     64\n",
    ],
    ids=["bars", "framed", "tight", "tabs", "gaps"],
)
def test_a_table_however_its_cells_are_parted(text: str) -> None:
    assert tables(text) == [[["TT", "Xã", "Số hộ"], ["1", "Nà Kham", "86"], ["2", "Bản Sen", "64"]]]


@pytest.mark.parametrize(
    "text",
    [
        "Nhận xét | Kết luận\nĐạt tốt | Đồng ý\nChưa rõ | Xem lại\n",  # no figures
        "1 | Nà Kham | 86\n2 | Bản Sen | 64\n",  # no head
        "TT | Xã | Số hộ\n1 | Nà Kham | 86\n",  # one row is none
        "Họp (trong năm | lũy kế)\nNăm 2016 họp 9 | 12\nNăm 2017 họp 8 | 20\n",  # a bar in brackets
        "TT | Xã | Số hộ\n1 | Nà Kham | 86 | 12 | 4\n2 | Bản Sen | 64\n",  # a row that does not fit
        "TM. ỦY BAN NHÂN DÂN        NGƯỜI LẬP BIỂU        KẾ TOÁN\nChủ tịch    Lò Văn A    Vàng B\nA    B    C\n",
        "TT | Tiêu chí | Chuẩn\n1 | Quy hoạch | Đạt\n2 | Giao thông | Đạt\n",  # marks without a figure, in one column
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert not tables(text)


def test_a_head_over_two_lines() -> None:
    text = """TT | Danh mục | Tổng số | Trong đó | | Ghi chú
 | | | NSTW | Dân góp |
1 | Đường xóm Gò | 500 | 400 | 100 |
2 | Cầu Khe Tre | 400 | 200 | 200 |
"""
    (sheet,) = sheets(text_document(text))
    assert sheet.head == 2
    assert [sheet.path(c) for c in range(6)] == [
        ("TT",), ("Danh mục",), ("Tổng số",), ("Trong đó", "NSTW"), ("Trong đó", "Dân góp"), ("Ghi chú",),
    ]  # fmt: skip


def test_units_in_the_second_line_of_a_head_go_with_the_first() -> None:
    text = "Nội dung | Số hộ | Kinh phí\n | (hộ) | (triệu đồng)\nChăn nuôi | 40 | 1.200\nTrồng trọt | 25 | 800\n"
    (sheet,) = sheets(text_document(text))
    assert [sheet.path(c) for c in range(3)] == [("Nội dung",), ("Số hộ (hộ)",), ("Kinh phí (triệu đồng)",)]


@pytest.mark.parametrize("total", ["Tổng cộng | 900 | 75", " | Tổng cộng | 900 | 75", "Tổng cộng | | 900 | 75"])
def test_the_figures_of_a_total_stand_under_figures(total: str) -> None:
    text = f"TT | Công trình | Vốn | Tỷ lệ (%)\n1 | Đường xóm Gò | 500 | 80\n2 | Cầu Khe Tre | 400 | 70\n{total}\n"
    assert tables(text)[0][-1][2:] == ["900", "75"]


def test_the_title_of_a_group_stays_in_its_table_and_that_of_another_table_does_not() -> None:
    text = """Nội dung | Tổng số
Giao thông nội bản
Đường bản Pho | 3.200
Đường bản Mo | 1.500
6. Kinh phí theo năm
Nguồn | 2023 | 2024
Tỉnh | 40 | 45
Huyện | 20 | 25
"""
    first, second = tables(text)
    assert [row[0] for row in first] == ["Nội dung", "Giao thông nội bản", "Đường bản Pho", "Đường bản Mo"]
    assert [row[0] for row in second] == ["Nguồn", "Tỉnh", "Huyện"]


def test_a_note_in_a_cell_is_read_as_prose_and_nothing_else_of_the_table() -> None:
    text = """Xã có 12 bản.
TT | Tiêu chí | Số xã đạt | Ghi chú
1 | Trường học | 8/11 | 3 xã thiếu phòng chức năng
2 | Y tế | 10/11 | trạm xuống cấp
Ghi chú: số liệu ước.
"""
    passages = outline(text_document(text)).passages
    assert [p.text for p in passages] == ["Xã có 12 bản.", "3 xã thiếu phòng chức năng", "Ghi chú: số liệu ước."]
    note = passages[1].tokens[0]
    assert (note.line, note.ordinal) == (3, 7)


def test_the_lines_over_a_table_are_its_caption() -> None:
    text = "Câu trước.\nPHỤ LỤC 2\nVỐN NĂM 2017\n(ĐVT: triệu đồng)\nNguồn | Kế hoạch\nTỉnh | 40\nHuyện | 20\n"
    (sheet,) = sheets(text_document(text))
    assert sheet.table.caption == ("PHỤ LỤC 2", "VỐN NĂM 2017", "(ĐVT: triệu đồng)")


def test_a_line_that_gives_the_unit_belongs_to_the_table() -> None:
    text = "Vốn năm 2020\nĐơn vị tính: 1.000 đồng\nNguồn | Kế hoạch\nTỉnh | 40\nHuyện | 20\n"
    assert [p.text for p in outline(text_document(text)).passages] == ["Vốn năm 2020"]


CELL = st.sampled_from(["", "-", "1", "12,5", "7/9", "Xã Nà Kham", "≥ 80%", "Năm 2021", "(%)", "TT", "Tổng cộng", "x"])


@given(
    st.lists(st.lists(CELL, min_size=1, max_size=5).map(" | ".join), max_size=8), st.sampled_from(["|", "\t", "   "])
)
def test_no_word_is_lost(rows: list[str], sign: str) -> None:
    text = "\n".join(row.replace("|", sign) for row in rows)
    said = [word for page in split(text) for line in page.lines for word in line.text.replace("|", " ").split()]
    assert said == text.replace("|", " ").split()
