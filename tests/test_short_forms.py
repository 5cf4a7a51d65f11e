"""Figures as notes and summaries write them: chains, scales, dates, counts named before them, short names."""

import pytest

from ntm_extract.extract.document import extract_document
from ntm_extract.facts import Head
from tests.names import knowledge, read
from tests.reading_help import facts, rows, told


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Cơ cấu các ngành lần lượt 15% - 55% - 30%.", [("=", 15), ("=", 55), ("=", 30)]),
        ("Giá cát tăng 35 - 40%.", [(">=", 35), ("<=", 40)]),
    ],
)
def test_shares_in_a_chain_are_no_range(sentence: str, values: list[tuple[str, int]]) -> None:
    assert rows(facts(sentence).percentages, "op", "value") == values


@pytest.mark.parametrize(
    "sentence",
    [
        "Vốn trái phiếu tính tới 30/6 mới giải ngân một phần.",
        "Quy hoạch trung tâm tỷ lệ 1/500 đã duyệt.",
        "Họp tại phòng họp số 2 trụ sở.",
        "Chưa đặt nặng tiêu chí 2, 5 và 6 đối với miền núi.",
        "Riêng nhóm 3 bình quân còn thấp.",
    ],
)
def test_numbers_that_are_no_figures(sentence: str) -> None:
    assert not facts(sentence).facts


def test_numbers_of_the_parts_of_a_criterion() -> None:
    sentence = "Chỉ tiêu 17.1 nước sạch 21,3%, 17.8 nhà tiêu hợp vệ sinh 68%."
    assert told(sentence) == "percentage: 21.3%; percentage: 68%"


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("HTX: 1.246; tổ hợp tác: 3.178.", [(1246, "HTX"), (3178, "tổ hợp tác")]),
        ("Phấn đấu nâng số HTX lên 140.", [(140, "HTX")]),
        ("Số phòng học tạm từ 47 còn 6.", [(47, "phòng học"), (6, "phòng học")]),
        ("Toàn xã có 27 HTX (ngừng hoạt động 4).", [(27, "HTX"), (4, "HTX")]),
        ("Có 6 TBA.", [(6, "TBA")]),
        ("Vệ sinh: hộ có nước sạch 1.361 (98%).", [(1361, "hộ")]),
        ("Nhà tạm 27 → 15 nhà.", [(27, "Nhà"), (15, "nhà")]),
    ],
)
def test_counts_named_before_their_number(sentence: str, counts: list[tuple[int, str]]) -> None:
    assert rows(facts(sentence).quantities, "value", "unit") == counts


def test_a_share_behind_the_criteria_that_communes_have() -> None:
    found = facts("Có 16/20 xã hoàn thành 19 tiêu chí (đạt 80%).").percentages
    assert rows(found, "value", "num", "den") == [(80, 16, 20)]


def test_what_is_counted_together() -> None:
    found = facts("Có 14/14 huyện, thành phố tham dự.").percentages
    assert rows(found, "of") == [("huyện, thành phố",)]


@pytest.mark.parametrize(
    ("sentence", "labels"),
    [
        ("Vốn giao 90 tỷ đồng: NSTW 60 tỷ đồng, tỉnh 30 tỷ đồng.",
         ["Vốn giao", "vốn ngân sách trung ương", "vốn ngân sách tỉnh"]),
        ("NSTW 60 tỷ đồng, gồm SN 20 tỷ đồng, đầu tư 40 tỷ đồng.",
         ["vốn ngân sách trung ương", "vốn sự nghiệp ngân sách trung ương", "vốn đầu tư ngân sách trung ương"]),
        ("- TNBQ 40 triệu đồng.", ["thu nhập bình quân"]),
        ("Dân góp: nửa năm được 48 tỷ đồng.", ["Dân góp"]),
        ("10. Thu nhập. Năm 2021 đạt 68 triệu đồng/người.", ["Thu nhập"]),
        ("- Huyện: 9.310 triệu đồng.", ["vốn ngân sách huyện"]),
        ("Vốn đường thôn: kế hoạch 36 tỷ đồng, đã giải ngân 22 tỷ đồng.",
         ["kế hoạch Vốn đường thôn", "giải ngân Vốn đường thôn"]),
        ("Đến 15/11 chi 3 tỷ đồng.", ["chi"]),
    ],
)  # fmt: skip
def test_labels_of_short_names(sentence: str, labels: list[str]) -> None:
    assert [b.label for b in facts(sentence).budgets] == labels


@pytest.mark.parametrize(
    ("sentence", "labels"),
    [
        ("- Đường liên thôn: nhựa, bê tông 11 km.", ["nhựa, bê tông Đường liên thôn"]),
        ("Nhà sạch vườn đẹp: mục tiêu 90%, thực hiện 309 hộ.", ["thực hiện hộ Nhà sạch vườn đẹp"]),
    ],
)
def test_labels_of_counts_under_a_title(sentence: str, labels: list[str]) -> None:
    assert [q.label for q in facts(sentence).quantities] == labels


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Cá biệt là một nhóm từ 5 đến 9 tiêu chí.", []),
        ("Mỗi nơi nhích thêm từ 2 tiêu chí trở lên.", [2]),
        ("Nơi nào có từ 2 tiêu chí không còn bảo đảm thì rà lại.", [2]),
    ],
)
def test_bounds_of_bands_are_no_quantities(sentence: str, values: list[int]) -> None:
    assert [q.value for q in facts(sentence).quantities] == values


HEAD = """{left}
Số: 21/BC-BCĐ
{place}, ngày 22/7/2019
BÁO CÁO
Kết quả xây dựng nông thôn mới

Đến nay có 9 xã đạt chuẩn.
"""


@pytest.mark.parametrize(
    ("left", "place", "province", "district"),
    [
        ("UBND TỈNH HÀ TĨNH\nBAN CHỈ ĐẠO XÂY DỰNG NTM", "Hà Tĩnh", "Hà Tĩnh", None),
        ("TỈNH ỦY YÊN BÁI\nBAN CHỈ ĐẠO XÂY DỰNG NTM", "Yên Bái", "Yên Bái", None),
        ("UBND HUYỆN NÀ KHONG\nĐOÀN THẨM TRA NTM", "Nà Khong", None, "Nà Khong"),
    ],
)
def test_heads(left: str, place: str, province: str | None, district: str | None) -> None:
    head = extract_document(read(HEAD.format(left=left, place=place)), knowledge())
    assert isinstance(head, Head)
    assert (head.date, head.province, head.district) == ("2019-07-22", province, district)
