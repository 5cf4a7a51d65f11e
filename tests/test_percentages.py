from decimal import Decimal

import pytest

from tests.reading_help import facts, rows

D = Decimal


def test_a_ratio_with_its_percentage_is_one_row() -> None:
    found = facts("Đường trục bản được cứng hóa 42,5/85 km, đạt 50%.")
    assert rows(found.percentages, "value", "num", "den", "of") == [(D(50), D("42.5"), D(85), "km")]
    assert not found.quantities


def test_a_ratio_alone_has_no_value() -> None:
    found = facts("Có 6/9 bản thành lập tổ tự quản.").percentages
    assert rows(found, "value", "num", "den", "of", "computed") == [(None, D(6), D(9), "bản", D("66.6667"))]


def test_a_share_beside_a_count() -> None:
    found = facts("Đã kiên cố 120 km kênh mương (đạt 48%).")
    assert rows(found.percentages, "value", "num", "den") == [(D(48), None, None)]
    assert rows(found.quantities, "value", "unit") == [(D(120), "km")]


def test_a_criterion_with_its_share_is_in_both_tables() -> None:
    found = facts("Có 7/10 xã (chiếm 70%) đạt tiêu chí điện.")
    assert rows(found.percentages, "value", "num", "den") == [(D(70), D(7), D(10))]
    assert rows(found.criteria, "criterion", "count", "total") == [(4, 7, 10)]


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("Tỷ lệ hộ nghèo dưới 8%.", "<"), ("Tiêm phòng đạt từ 90% trở lên.", ">="), ("Độ che phủ đạt trên 55%.", ">"),
        ("Tái nghèo không quá 1%.", "<="), ("Thanh toán điện tử từ 40% số hộ.", ">="), ("Gần 30% số hộ có vườn.", "="),
    ],
)  # fmt: skip
def test_comparisons(text: str, op: str) -> None:
    assert rows(facts(text).percentages, "op") == [(op,)]


def test_ranges_are_two_rows() -> None:
    assert rows(facts("Phấn đấu tỷ lệ từ 60 đến 65%.").percentages, "op", "value") == [(">=", D(60)), ("<=", D(65))]


def test_per_mille() -> None:
    assert rows(facts("Tỷ suất sinh thô 14,2 ‰.").percentages, "unit", "value") == [("‰", D("14.2"))]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Tỷ lệ hộ sử dụng nước hợp vệ sinh đạt 91%.", "Tỷ lệ hộ sử dụng nước hợp vệ sinh"),
        ("Đến nay có 100% trường mầm non đạt chuẩn.", "trường mầm non đạt chuẩn"),
        ("3 | Điện | 3.1. Tỷ lệ hộ dùng điện an toàn | ≥ 97%", "Tỷ lệ hộ dùng điện an toàn"),
    ],
)
def test_labels(text: str, label: str) -> None:
    assert rows(facts(text).percentages, "label") == [(label,)]


def test_from_and_to() -> None:
    found = facts("Phấn đấu giảm tỷ lệ hộ nghèo từ 18,5% xuống còn 12%.").percentages
    assert rows(found, "value", "status", "op") == [(D("18.5"), "achieved", "="), (D(12), "target", "=")]


def test_dates_are_no_ratios() -> None:
    assert not facts("Ngày 24/8, đoàn làm việc tại xã; đến 30/9 hoàn thành; tháng 8/2021 nghiệm thu.").percentages


@pytest.mark.parametrize(
    ("text", "value", "num", "den", "of"),
    [
        ("Đã giải ngân 7.155/9.820 triệu đồng, bằng 72,9% kế hoạch.", D("72.9"), D(7155), D(9820), "triệu đồng"),
        ("Tỷ lệ giải ngân vốn sự nghiệp 45% (5,4/12 tỷ đồng).", D(45), D("5.4"), D(12), "tỷ đồng"),
        ("Thu nhập đạt 41/45 triệu đồng/người/năm.", None, D(41), D(45), "triệu đồng/người/năm"),
        ("Vốn tín dụng đã cho vay 11/2.010 triệu đồng.", None, D(11), D(2010), "triệu đồng"),
    ],
)
def test_money_of_a_plan_is_a_ratio(text: str, value: D | None, num: D, den: D, of: str) -> None:
    found = facts(text)
    assert rows(found.percentages, "value", "num", "den", "of") == [(value, num, den, of)]
    assert not found.budgets


def test_two_amounts_with_their_own_units_are_amounts() -> None:
    found = facts("Thu ngân sách 940 triệu đồng/800 triệu đồng, đạt 117,5% dự toán.")
    assert len(found.budgets) == 2
    assert rows(found.percentages, "value", "num") == [(D("117.5"), None)]


def test_a_grade_between_a_ratio_and_its_share() -> None:
    found = facts("Có 03/05 trường đạt chuẩn quốc gia mức độ 2, đạt tỷ lệ 60%.").percentages
    assert rows(found, "value", "num", "den") == [(60, 3, 5)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Toàn huyện chỉ còn 2,4% hộ nghèo.", "hộ nghèo Toàn huyện"),
        ("Có 11/14 xã, thị trấn đạt chuẩn văn hóa.", "xã đạt chuẩn văn hóa"),
        ("Gồm ba dân tộc: Thái chiếm 52%, Mông 31%, Kinh 17%.", "Kinh"),
    ],
)
def test_labels_of_shares(text: str, label: str) -> None:
    assert facts(text).percentages[-1].label == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Cơ cấu: nông nghiệp 31% - công nghiệp, xây dựng 40% - dịch vụ 29%.", "công nghiệp, xây dựng"),
        ("Có 54 xã (63,5% tổng số xã) đạt tiêu chí điện.", "xã đạt tiêu chí điện trên tổng số xã"),
        ("Phấn đấu có hơn 60% số xã trong tỉnh đạt 19 tiêu chí.", "xã trong tỉnh đạt 19 tiêu chí"),
        ("Có 48 xã đạt chuẩn (trong đó 6 xã kiểu mẫu), đạt 81% tổng số xã.", "xã đạt chuẩn trên tổng số xã"),
    ],
)
def test_labels_say_what_the_share_is_of(text: str, label: str) -> None:
    assert label in [row.label for row in facts(text).percentages]


def test_a_number_with_its_year_is_no_ratio() -> None:
    assert not facts("Theo Thông báo 15/2019 của Huyện ủy.").percentages
    assert rows(facts("Hộ có điện 915/2019 (45,3%).").percentages, "num", "den") == [(915, 2019)]


def test_short_names_are_written_out_and_ratios_count_what_their_clause_names() -> None:
    found = facts("Bể HVS đạt 45%; 92% thôn có nhà họp; trạm y tế 10/10.").percentages
    assert found[0].label == "Bể hợp vệ sinh"
    assert found[-1].of == "trạm y tế"


def test_a_ratio_told_with_what_is_counted_twice() -> None:
    found = facts("Có 812 người tham gia BHYT/914 người, đạt 88,8%.")
    assert rows(found.percentages, "value", "num", "den") == [(D("88.8"), 812, 914)]
    assert not found.quantities


def test_a_share_with_a_noun_of_its_own_is_no_ratio_of_the_one_before() -> None:
    found = facts("Kết quả: 812/860 hộ tham gia, 98,2% số hộ được hỏi hài lòng.").percentages
    assert rows(found, "value", "num", "den") == [(None, 812, 860), (D("98.2"), None, None)]


def test_plan_and_result_are_named_by_the_title_before_them() -> None:
    found = facts("- Đường thôn được cứng hóa: mục tiêu 85%, kết quả 81,7%.").percentages
    assert rows(found, "label", "status") == [
        ("mục tiêu Đường thôn được cứng hóa", "target"), ("Đường thôn được cứng hóa", "achieved"),
    ]  # fmt: skip


def test_a_share_that_a_ratio_corresponds_to() -> None:
    found = facts("Trường học: 11/22 xã đạt, tương ứng 50%.").percentages
    assert rows(found, "value", "num", "den") == [(50, 11, 22)]
