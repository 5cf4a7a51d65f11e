"""Numbers whose unit is said once for all of a list."""

from decimal import Decimal

import pytest

from tests.reading_help import facts, rows

M = 10**6


def test_parts_of_an_amount_take_its_unit_in_brackets_and_behind_a_colon() -> None:
    found = facts("Vốn giao 9.400 trđ: NSTW 6.100 (ĐTPT 5.000; SN 1.100), NST 2.500, dân góp 800.").budgets
    assert rows(found, "amount_vnd", "source", "capital", "parent") == [
        (9400 * M, None, None, None), (6100 * M, "ngân sách trung ương", None, 9400 * M),
        (5000 * M, "ngân sách trung ương", "đầu tư", 6100 * M),
        (1100 * M, "ngân sách trung ương", "sự nghiệp", 6100 * M),
        (2500 * M, "ngân sách tỉnh", None, 9400 * M), (800 * M, "nhân dân", None, 9400 * M),
    ]  # fmt: skip


def test_a_heading_says_the_unit() -> None:
    text = "IV. NGUỒN LỰC (tỷ đồng)\nTổng số: 812,5. Chia ra: NSTW 120,5 - NS tỉnh 92 - tín dụng 600.\n"
    assert rows(facts(text).budgets, "amount_vnd") == [(812_500 * M,), (120_500 * M,), (92_000 * M,), (600_000 * M,)]


def test_a_numbered_heading_with_its_unit_behind_a_colon() -> None:
    text = "1. Hạ tầng\n- Làm 4 km đường.\n2. Nguồn lực 2011-2018 (ĐVT: tỷ đồng)\n- Tổng: 70. Gồm: NSTW 50; DN 20.\n"
    assert rows(facts(text).budgets, "amount_vnd") == [(70_000 * M,), (50_000 * M,), (20_000 * M,)]


def test_a_list_head_says_the_unit() -> None:
    text = "Vốn năm nay 860 triệu đồng, trong đó:\n- Ngân sách xã: 500\n- Nhân dân đóng góp: 360\n"
    assert rows(facts(text).budgets, "amount_vnd", "parent") == [
        (860 * M, None), (500 * M, 860 * M), (360 * M, 860 * M)
    ]  # fmt: skip


def test_names_that_are_no_source_take_the_unit_where_the_numbers_add_up() -> None:
    text = "Nợ 4,2 tỷ đồng (xã Nà Sáy 1,9, xã Mường Khong 2,3)."
    assert rows(facts(text).budgets, "amount_vnd") == [(4200 * M,), (1900 * M,), (2300 * M,)]
    assert rows(facts(text.replace("2,3", "2,1")).budgets, "amount_vnd") == [(4200 * M,)]


def test_counts_that_add_up_are_parts_of_their_whole() -> None:
    text = "Khởi công 96 công trình, trong đó giao thông 55, trường lớp 5, thủy lợi 36."
    assert rows(facts(text).quantities, "value", "unit") == [
        (96, "công trình"), (55, "công trình"), (5, "công trình"), (36, "công trình")
    ]  # fmt: skip
    assert rows(facts(text.replace("36", "30")).quantities, "value") == [(96,)]


@pytest.mark.parametrize(
    ("text", "amount", "per"),
    [
        ("Tỉnh cấp 450tr, đang chờ huyện.", 450 * M, None),
        ("Mức 12tr/nhà.", 12 * M, "nhà"),
        ("Thu nhập 38,4tr/ng/năm.", 38_400_000, "người/năm"),
        ("Nợ cũ còn 96,5 tr.", 96_500_000, None),
        ("Vốn 8.500 trđ.", 8500 * M, None),
    ],
)
def test_short_millions(text: str, amount: int, per: str | None) -> None:
    assert rows(facts(text).budgets, "amount_vnd", "per") == [(amount, per)]


@pytest.mark.parametrize("text", ["Xem báo cáo, tr. 15.", "Huyện 3, xã 12 đã họp.", "Vốn 30 tỷ đồng cho xã 12 thôn."])
def test_numbers_that_no_amount_governs(text: str) -> None:
    assert all(b.amount_vnd == 30_000 * M for b in facts(text).budgets)


def test_a_bracket_of_the_same_line_says_the_unit() -> None:
    text = "Nguồn vốn (ĐVT: triệu đồng): ngân sách tỉnh 2.400, nhân dân đóng góp 850."
    assert rows(facts(text).budgets, "amount_vnd") == [(2400 * M,), (850 * M,)]


def test_a_part_whose_name_begins_with_what_is_counted() -> None:
    text = "Toàn xã có 1.200 hộ, trong đó hộ nghèo 45."
    assert rows(facts(text).quantities, "value", "unit") == [(1200, "hộ"), (45, "hộ nghèo")]


def test_the_unit_of_a_heading_reaches_the_lists_below_lists() -> None:
    text = "1. Vốn (triệu đồng)\n- Tổng số: 900, gồm:\n+ Tỉnh: 300; huyện, xã: 200\n+ Lồng ghép: 250; dân góp: 150\n"
    found = facts(text)
    assert rows(found.budgets, "amount_vnd", "source", "parent") == [
        (900 * M, None, None), (300 * M, "ngân sách tỉnh", 900 * M), (200 * M, None, 900 * M),
        (250 * M, "lồng ghép", 900 * M), (150 * M, "nhân dân", 900 * M),
    ]  # fmt: skip
    assert not found.quantities


def test_numbers_of_programmes_name_parts_that_add_up() -> None:
    text = (
        "Kinh phí được cấp năm 2014 (trđ): 3.000. Trong đó: 135: 1.000; 30a: 1.500; dân: 500. Giải ngân: 1.500 = 50%."
    )
    assert rows(facts(text).budgets, "amount_vnd") == [(n * M,) for n in (3000, 1000, 1500, 500, 1500)]


def test_a_unit_in_brackets_behind_its_number() -> None:
    assert rows(facts("Vốn ngân sách huyện 4.500 (triệu đồng).").budgets, "amount_vnd") == [(4500 * M,)]
    assert not facts("Vốn năm 2019 (triệu đồng)").budgets


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thu nhập 41,5 triệu đồng/người/năm (KH 43).", [(41_500_000, "achieved"), (43_000_000, "target")]),
        ("Thu nhập 38 trđ/người/năm (yêu cầu: 35 tr).", [(38 * M, "achieved"), (35 * M, "target")]),
        ("Thu nhập 38 trđ/người/năm (năm 2019: 35,5).", [(38 * M, "achieved"), (35_500_000, "achieved")]),
    ],
)
def test_what_a_bracket_compares_has_the_unit_rate_and_name_of_the_figure(
    text: str, expected: list[tuple[int, str]]
) -> None:
    found = facts(text).budgets
    assert rows(found, "amount_vnd", "status") == expected
    assert {(b.per, b.label) for b in found} == {("người/năm", "Thu nhập")}


def test_counts_and_shares_compared_in_brackets() -> None:
    found = facts("Sản lượng 1.250 tấn (cùng kỳ 1.100). Hộ nghèo 4,5% (KH 4). Đường nhựa 9 km (chỉ tiêu 17.1).")
    assert rows(found.quantities, "value", "unit") == [(1250, "tấn"), (1100, "tấn"), (9, "km")]
    assert rows(found.percentages, "value", "status") == [(Decimal("4.5"), "achieved"), (4, "target")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Có 41 tổ hợp tác (20,9%), tăng 9.", [41, 9]),
        ("Có 12 trang trại, giảm 2 so với năm trước.", [12, 2]),
        ("Nợ 12 tỷ đồng, giảm 3.", []),
    ],
)
def test_by_how_much_a_count_changed(text: str, values: list[int]) -> None:
    assert [q.value for q in facts(text).quantities] == values
