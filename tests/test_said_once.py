"""Numbers whose unit is said once for all of a list."""

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
