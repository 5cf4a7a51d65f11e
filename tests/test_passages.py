"""Paragraphs, headings, lists, head and foot, from wrapped text, from one paragraph a line, from boxes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_extract.layout.passages import outline
from ntm_extract.model import Box, Document, Line, Page, Word
from tests.reading_help import outlined

WRAPPED = """ỦY BAN NHÂN DÂN XÃ PHIÊNG LANH
Số: 58/BC-UBND
BÁO CÁO
Kết quả xây dựng nông thôn mới năm 2021
trên địa bàn xã Phiêng Lanh

I. ĐẶC ĐIỂM TÌNH HÌNH

Xã Phiêng Lanh nằm ở phía đông của huyện, có địa hình chia cắt mạnh, dân cư
sống rải rác, đời sống của Nhân dân chủ yếu dựa vào sản xuất nông nghiệp và
chăn nuôi gia súc quy mô hộ.

II. KẾT QUẢ
1. Giao thông

- Đã cứng hóa 6,5 km đường trục bản; vận động Nhân dân hiến đất mở rộng các

2

tuyến đường nội đồng.
+ Bản Nà Lại: 2,5 km;
+ Bản Pá Khôm: 4 km.
- Duy tu đường liên xã.

2. Thủy lợi: sửa chữa 03 công trình, bảo đảm tưới tiêu chủ động cho diện tích
lúa hai vụ của toàn xã.

Nơi nhận:
- Như trên;
- Lưu: VT.
"""


def kinds(text: str) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in outlined(text).passages]


def test_a_wrapped_report() -> None:
    found = kinds(WRAPPED)
    assert [kind for kind, _ in found[:4]] == ["head"] * 4
    assert found[3][1] == "Kết quả xây dựng nông thôn mới năm 2021 trên địa bàn xã Phiêng Lanh"
    assert ("heading", "I. ĐẶC ĐIỂM TÌNH HÌNH") in found
    assert [text for kind, text in found if kind == "body"] == [
        "Xã Phiêng Lanh nằm ở phía đông của huyện, có địa hình chia cắt mạnh, dân cư sống rải rác, đời sống của Nhân "
        "dân chủ yếu dựa vào sản xuất nông nghiệp và chăn nuôi gia súc quy mô hộ."
    ]
    assert [kind for kind, _ in found[-3:]] == ["foot"] * 3


def test_a_paragraph_goes_on_over_the_page_number() -> None:
    passage = next(p for p in outlined(WRAPPED).passages if "cứng hóa" in p.text)
    assert passage.text.endswith("hiến đất mở rộng các tuyến đường nội đồng.")
    assert {token.line for token in passage.tokens} == {16, 20}


@pytest.mark.parametrize(
    ("end", "goes_on"), [("73,26%, bằng năm trước.", True), ("5 xã còn lại.", True), ("7. Y tế", False)]
)
def test_a_sentence_goes_on_with_a_figure_on_the_next_page(end: str, goes_on: bool) -> None:
    line = "Lao động qua đào tạo của toàn xã đến nay có 1.866/2.547 người trong độ tuổi"
    texts = [p.text for p in outlined(f"{line}\n{line}.\n{line}\n12\n\f\n{end}\n").passages]
    assert any(text.endswith(f"{line} {end}") for text in texts) is goes_on


def test_list_levels_and_sections() -> None:
    items = [(p.marker, p.depth, p.section) for p in outlined(WRAPPED).passages if p.kind == "item"]
    path = ("II. KẾT QUẢ", "1. Giao thông")
    assert items[:4] == [("-", 1, path), ("+", 2, path), ("+", 2, path), ("-", 1, path)]
    assert items[4] == ("2.", 1, ("II. KẾT QUẢ",))


def test_one_paragraph_a_line() -> None:
    long = (
        "Trong năm, xã đã huy động các nguồn lực để đầu tư, sửa chữa, nâng cấp hệ thống đường giao thông nông thôn, "
        * 2
    )
    found = kinds(f"{long.strip()}\n{long.strip()}\nĐiều 2. Hiệu lực.\n")
    assert [kind for kind, _ in found] == ["body", "body", "item"]


def test_a_footnote_does_not_cut_its_paragraph() -> None:
    text = """Ban Chỉ đạo xây dựng nông thôn mới của huyện được kiện toàn ngay từ đầu năm1 và đã phân
công các thành viên phụ trách từng xã, từng tiêu chí; hằng tháng tổ chức kiểm tra nên

1 Quyết định số 93/QĐ-UBND ngày 04/3/2021 của UBND huyện về việc kiện toàn Ban Chỉ đạo các
chương trình của huyện;
tiến độ thực hiện được đẩy nhanh, không còn xã nào chậm so với kế hoạch đã giao từ đầu năm.
"""
    found = {p.kind: p.text for p in outlined(text).passages}
    assert found["body"].endswith("hằng tháng tổ chức kiểm tra nên tiến độ thực hiện được đẩy nhanh, không còn xã nào "
                                  "chậm so với kế hoạch đã giao từ đầu năm.")  # fmt: skip
    assert found["note"].startswith("1 Quyết định số 93/QĐ-UBND")


def test_a_second_document_begins_its_own_head() -> None:
    second = (
        WRAPPED
        + "\nỦY BAN NHÂN DÂN HUYỆN MƯỜNG SAI\nSố: 12/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc giao chỉ tiêu\n"
        + "Điều 1. Giao chỉ tiêu.\n"
    )
    passages = outlined(second).passages
    begin = next(i for i, p in enumerate(passages) if "MƯỜNG SAI" in p.text)
    assert [p.kind for p in passages[begin : begin + 4]] == ["head"] * 4
    assert passages[begin + 4].section == ()


def test_misread_roman_numbers_of_capital_headings() -> None:
    passages = outlined("I. MỤC TIÊU\n1. Mục tiêu chung\n11. NHIỆM VỤ TRỌNG TÂM\n1. Nhiệm vụ chung\n").passages
    assert [p.section for p in passages] == [(), ("I. MỤC TIÊU",), (), ("11. NHIỆM VỤ TRỌNG TÂM",)]


def page(lines: list[tuple[float, float, str]], pitch: float = 20.0) -> Document:
    """A scanned page: x0, x1 and text of each line."""
    rows = []
    for number, (x0, x1, text) in enumerate(lines, start=1):
        words, width = text.split(), (x1 - x0) / max(1, len(text.split()))
        boxes = [
            Box(x0 + i * width, number * pitch, x0 + (i + 1) * width, number * pitch + 12) for i in range(len(words))
        ]
        rows.append(
            Line(
                number=number,
                words=tuple(
                    Word(text=w, recognised=w, box=b, confidence=0.9) for w, b in zip(words, boxes, strict=True)
                ),
            )
        )
    return Document(
        doc_id="f" * 16, source="a.pdf", media="pdf", pages=(Page(number=1, lines=tuple(rows), width=595, height=842),)
    )


def test_indents_part_paragraphs_of_a_scanned_page() -> None:
    passages = outline(
        page([
            (100, 520, "Công tác tuyên truyền được các cấp ủy đảng quan tâm"),
            (80, 520, "chỉ đạo thường xuyên qua hệ thống loa của các bản và"),
            (80, 300, "các buổi họp dân."),
            (100, 520, "Trong năm xã đã tổ chức các lớp tập huấn cho cán bộ"),
            (80, 520, "- và người dân của mười hai bản trên địa bàn của toàn"),
            (80, 200, "xã."),
            (100, 400, "- Kết quả đạt khá."),
        ])
    ).passages  # fmt: skip
    assert [(p.kind, len({t.line for t in p.tokens})) for p in passages] == [("body", 3), ("body", 3), ("item", 1)]


def test_dirt_is_no_paragraph() -> None:
    passages = outline(
        page([(100, 500, "Xã có mười bản."), (300, 310, "~"), (100, 500, "II. KẾT QUẢ THỰC HIỆN")])
    ).passages
    assert [p.text for p in passages] == ["Xã có mười bản.", "II. KẾT QUẢ THỰC HIỆN"]


@given(st.lists(st.text(alphabet="aă bB1.-+:;\nI()", max_size=60), max_size=12))
def test_tokens_stand_where_they_say(lines: list[str]) -> None:
    for passage in outlined("\n".join(lines)).passages:
        assert passage.text == " ".join(t.word.text for t in passage.tokens)
        for token in passage.tokens:
            assert passage.text[token.start : token.end] == token.word.text


@given(st.lists(st.text(alphabet="xã có 1.2,IV-+a)\n", max_size=40), max_size=15))
def test_no_word_is_lost_or_doubled(lines: list[str]) -> None:
    text = "\n".join(lines)
    places = [(t.line, t.ordinal) for p in outlined(text).passages for t in p.tokens]
    assert len(places) == len(set(places))
    kept = {line for line, _ in places}
    for number, line in enumerate(text.split("\n"), start=1):
        if sum(c.isalpha() for c in line) > 0:
            assert number in kept


def test_what_follows_a_table_is_no_footnote() -> None:
    text = """II. NGUỒN LỰC
2. Kế hoạch và kết quả giải ngân vốn hỗ trợ các xã (tỷ đồng)
Năm | Kế hoạch | Giải ngân
2018 | 20,5 | 19,2
2019 | 26,1 | 25,4
3. Nợ đọng: toàn huyện còn 31,3 tỷ đồng.

4. Tín dụng: dư nợ đạt 480 tỷ đồng.
"""
    assert [p.kind for p in outlined(text).passages] == ["heading", "heading", "item", "item"]


def test_the_item_after_is_no_footnote_of_the_one_before() -> None:
    text = """1. Tình hình thực hiện kế hoạch vốn của các chương trình trong năm

2. Nguồn lực: huy động 14,6 nghìn tỷ đồng.
"""
    assert [p.kind for p in outlined(text).passages] == ["heading", "item"]


def test_a_line_with_thousands_of_billions_is_no_heading() -> None:
    assert outlined("1. Tổng nguồn lực là 14,6 nghìn tỷ đồng, trong đó:\n").passages[0].kind == "item"
