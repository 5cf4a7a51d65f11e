"""Money, shares and other figures of tables, each by the unit that something gives it."""

from __future__ import annotations

from tests.test_table_counts import facts

SOURCES = """5. Vốn theo nguồn
ĐVT: tỷ đồng
TT | Nguồn vốn | Kế hoạch | Trong đó | | Đã giải ngân | Tỷ trọng (%)
 | | | ĐTPT | Sự nghiệp | |
A | Ngân sách trung ương | 25,5 | 20,0 | 5,5 | 12,3 | 80
B | Ngân sách địa phương | 6,35 | 6,35 | - | 3,1 | 20
1 | Ngân sách tỉnh | 4,35 | 4,35 | - | 2 | 13,7
2 | Ngân sách huyện | 2 | 2 | - | 1,1 | 6,3
Tổng cộng | 31,85 | 26,35 | 5,5 | 15,4 | 100
"""


def test_sources_in_rows() -> None:
    found = facts(SOURCES)
    by_place = {b.evidence.position.partition(":")[2]: b for b in found.budgets}
    central, district, total = by_place["2:2"], by_place["5:2"], by_place["6:2"]
    assert (central.amount_vnd, central.source, central.status) == (25_500_000_000, "ngân sách trung ương", "target")
    assert (central.parent_id, total.parent_id) == (total.fact_id, None)
    assert district.parent_id == by_place["3:2"].fact_id
    recurrent = by_place["2:4"]
    assert (recurrent.capital, recurrent.status, recurrent.parent_id) == ("sự nghiệp", "target", central.fact_id)
    assert (by_place["2:5"].status, by_place["2:5"].parent_id) == ("achieved", by_place["6:5"].fact_id)
    assert next((str(p.value), p.num, p.label) for p in found.percentages) == (
        "80", None, "Tỷ trọng Ngân sách trung ương",
    )  # fmt: skip


def test_a_row_of_shares_under_columns_of_amounts() -> None:
    text = """Cơ cấu vốn (ĐVT: triệu đồng)
TT | Công trình | Tổng vốn | NSTW | NS tỉnh
1 | Đường trục thôn | 5.000 | 3.000 | 2.000
2 | Nhà văn hóa xã | 3.000 | 1.800 | 1.200
 | Cơ cấu (%) | 100 | 60 | 40
"""
    found = facts(text)
    assert [str(p.value) for p in found.percentages] == ["100", "60", "40"]
    assert len(found.budgets) == 6


def test_parts_of_a_source_are_of_it() -> None:
    text = """Vốn huy động năm 2021 (ĐVT: triệu đồng)
TT | Nguồn vốn | Thực hiện
 | Tổng cộng | 4.800
1 | Ngân sách trung ương | 3.000
 | - Đầu tư phát triển | 2.100
 | - Sự nghiệp | 900
2 | Nhân dân đóng góp | 1.800
"""
    total, central, investment, recurrent, people = facts(text).budgets
    assert (total.label, total.parent) == ("Tổng cộng Vốn huy động", None)
    assert (investment.source, investment.capital, investment.parent) == (
        "ngân sách trung ương",
        "đầu tư",
        3_000_000_000,
    )
    assert recurrent.label == "Sự nghiệp Ngân sách trung ương"
    assert (people.source, people.parent_id, central.parent_id) == ("nhân dân", total.fact_id, total.fact_id)


def test_works_with_their_plan_parted_by_source() -> None:
    text = """(Đơn vị tính: Triệu đồng)
TT | Danh mục, địa điểm | Tổng mức đầu tư | Kế hoạch năm 2022 | NSTW | Dân góp
 | Tổng cộng | 9.000 | 4.400 | 3.900 | 500
1 | Đường bản Pho | 5.000 | 2.400 | 2.000 | 400
2 | Nhà văn hóa bản Sen | 4.000 | 2.000 | 1.900 | 100
"""
    found = {b.evidence.position.partition(":")[2]: b for b in facts(text, "Quyết định").budgets}
    assert len(found) == 12
    assert {b.status for b in found.values()} == {"target"}
    assert found["2:4"].parent_id == found["2:3"].fact_id
    assert found["2:3"].parent_id == found["1:3"].fact_id
    assert [found[place].label for place in ("1:3", "1:4", "2:2")] == [
        "Kế hoạch năm 2022 Tổng cộng", "Tổng cộng ngân sách trung ương", "Tổng mức đầu tư Đường bản Pho",
    ]  # fmt: skip


def test_plan_result_and_share_without_a_column_of_units() -> None:
    text = """VỐN NĂM 2020 (đơn vị: triệu đồng)
Nguồn | Kế hoạch | Giải ngân đến 30/6 | %
Tổng số | 400 | 250 | 62,5
1. Ngân sách TW | 300 | 210 | 70,0
2. Ngân sách tỉnh | 100 | 40 | 40,0
"""
    found = facts(text)
    assert [(b.amount_vnd, b.source, b.status) for b in found.budgets][2:4] == [
        (300_000_000, "ngân sách trung ương", "target"),
        (210_000_000, "ngân sách trung ương", "achieved"),
    ]
    assert found.budgets[3].parent_id == found.budgets[1].fact_id
    assert [(str(p.value), p.num, p.den) for p in found.percentages][1] == ("70.0", None, None)


def test_a_share_that_its_neighbours_do_not_make_stands_alone() -> None:
    text = """Xã | Số bản có nhà văn hóa/tổng số bản | Tỷ lệ hộ nghèo (%)
Nà Kham | 7/9 | 12,4
Bản Sen | 5/5 | 9,1
"""
    found = facts(text).percentages
    assert [(p.value and str(p.value), p.num and str(p.num), p.of, p.label) for p in found] == [
        (None, "7", "bản", "Số bản có nhà văn hóa Nà Kham"),
        ("12.4", None, None, "Tỷ lệ hộ nghèo Nà Kham"),
        (None, "5", "bản", "Số bản có nhà văn hóa Bản Sen"),
        ("9.1", None, None, "Tỷ lệ hộ nghèo Bản Sen"),
    ]


def test_units_beside_the_figures_and_signs_before_them() -> None:
    text = """TT | Tiêu chí | Chỉ tiêu | Kết quả thực hiện | Đánh giá
10 | Thu nhập | ≥ 48 triệu đồng/người/năm | 41,5 triệu đồng/người/năm | Chưa đạt
12 | Lao động qua đào tạo | ≥ 70% | 71,5% | Đạt
13 | Sản xuất | ≥ 2 mô hình | 3 mô hình | Đạt
"""
    found = facts(text)
    assert [(b.amount_vnd, b.op, b.per, b.status) for b in found.budgets] == [
        (48_000_000, ">=", "người/năm", "target"),
        (41_500_000, "=", "người/năm", "achieved"),
    ]
    assert [(str(p.value), p.op, p.status) for p in found.percentages] == [
        ("70", ">=", "target"), ("71.5", "=", "achieved"),
    ]  # fmt: skip
    assert [(str(q.value), q.unit, q.op) for q in found.quantities] == [("2", "mô hình", ">="), ("3", "mô hình", "=")]


def test_times_in_rows_and_in_columns() -> None:
    text = "Tiến độ giải ngân:\nThời điểm | Tỷ lệ (%) | Số tiền (tỷ đồng)\n31/3 | 15 | 18,5\n30/6 | 45 | 55,8\n"
    found = facts(text, "Kế hoạch")
    assert next((p.label, p.period, p.status) for p in found.percentages) == (
        "Tiến độ giải ngân 31/3", "31/3", "target",
    )  # fmt: skip
    assert [b.amount_vnd for b in found.budgets] == [18_500_000_000, 55_800_000_000]
    years = "Kinh phí (triệu đồng)\nNguồn | Tổng số | 2023 | 2024\nTỉnh | 70 | 40 | 30\nHuyện | 45 | 20 | 25\n"
    assert [(b.source, b.period) for b in facts(years).budgets][1:3] == [
        ("ngân sách tỉnh", "2023"), ("ngân sách tỉnh", "2024"),
    ]  # fmt: skip


def test_a_column_of_units_and_one_of_offices() -> None:
    text = """(Đơn vị tính: 1.000 đồng)
Đơn vị | Kế hoạch | Thực hiện | Tỷ lệ (%)
Nà Kham | 120.000 | 110.000 | 91,7
Bản Sen | 95.000 | 97.000 | 102,1
"""
    found = facts(text)
    assert [(b.amount_vnd, b.label) for b in found.budgets][:2] == [(120_000_000, "Nà Kham"), (110_000_000, "Nà Kham")]
    measured = facts("Nội dung | Đơn vị | Kết quả\nDiện tích lúa | ha | 1.250\nĐàn trâu | con | 3.400\n")
    assert [(str(q.value), q.unit, q.label) for q in measured.quantities] == [
        ("1250", "ha", "Diện tích lúa"), ("3400", "con", "Đàn trâu"),
    ]  # fmt: skip


def test_income_is_counted_a_head() -> None:
    text = """Chỉ tiêu | ĐVT | Thực hiện 2022 | Kế hoạch 2023
Thu nhập bình quân đầu người | triệu đồng | 41,5 | 45
Tỷ lệ hộ nghèo | % | 14,2 | 12
"""
    found = facts(text)
    assert [(b.per, b.status) for b in found.budgets] == [("người", "achieved"), ("người", "target")]
    assert [(str(p.value), p.status) for p in found.percentages] == [("14.2", "achieved"), ("12", "target")]


def test_a_figure_of_which_nothing_tells_the_unit_states_nothing() -> None:
    text = """STT | Họ và tên | Năm sinh | Số nhà | Điểm
1 | Lò Văn Á | 1975 | 12 | 9
2 | Vàng Thị Ban | 1980 | 7 | 8
"""
    found = facts(text)
    assert not (found.quantities or found.budgets or found.percentages or found.criteria)


def test_a_row_of_numbers_under_the_head_is_part_of_it() -> None:
    text = "TT | Danh mục | Vốn (triệu đồng)\n(1) | (2) | (3)\n1 | Đường bản Pho | 500\n2 | Cầu bản Sen | 300\n"
    assert [(b.amount_vnd, b.label) for b in facts(text).budgets] == [
        (500_000_000, "Đường bản Pho"), (300_000_000, "Cầu bản Sen"),
    ]  # fmt: skip


def test_communes_under_an_office_column_are_no_units() -> None:
    text = """Biểu 3: Phân bổ vốn (ĐVT: triệu đồng)
TT | Đơn vị | Tổng cộng | NSTW (ĐTPT) | NS tỉnh
 | Toàn huyện | 9.300 | 7.100 | 2.200
1 | Xã Nà Sáy | 5.200 | 4.000 | 1.200
2 | Xã Khe Đá | 4.100 | 3.100 | 1.000
"""
    assert [b.amount_vnd // 1_000_000 for b in facts(text).budgets] == [
        9300,
        7100,
        2200,
        5200,
        4000,
        1200,
        4100,
        3100,
        1000,
    ]


PAID = """2. Giải ngân vốn ngân sách tỉnh (tỷ đồng)
Năm | Kế hoạch | Giải ngân | Tỷ lệ (%)
2018 | 200 | 150 | 75
2019 | 300 | 240 | 80
Cộng | 500 | 390 | 78
"""


def test_a_share_of_amounts_is_no_ratio() -> None:
    assert [(str(p.value), p.num, p.den) for p in facts(PAID).percentages] == [
        ("75", None, None), ("80", None, None), ("78", None, None),
    ]  # fmt: skip


def test_the_title_names_the_source_and_columns_the_totals() -> None:
    found = facts(PAID).budgets
    assert {b.source for b in found} == {"ngân sách tỉnh"}
    assert [b.label for b in found if b.label.endswith("Cộng")] == ["Kế hoạch Cộng", "Giải ngân Cộng"]


def test_sources_by_year_keep_their_names() -> None:
    text = """Vốn hỗ trợ theo năm (ĐVT: triệu đồng)
Năm | Tổng số | Tỉnh | Huyện
2011 | 900 | 500 | 400
2012 | 700 | 400 | 300
"""
    assert [b.label for b in facts(text).budgets[:3]] == [
        "Vốn hỗ trợ theo năm 2011", "vốn ngân sách tỉnh 2011", "vốn ngân sách huyện 2011",
    ]  # fmt: skip
