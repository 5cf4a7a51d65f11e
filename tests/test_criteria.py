from decimal import Decimal

import pytest

from tests.reading_help import facts, rows


@pytest.mark.parametrize(
    ("text", "criterion", "count", "total"),
    [
        ("Toàn huyện có 11/14 xã đạt tiêu chí giao thông.", 2, 11, 14),
        ("Hiện 8/14 xã (chiếm 57,1% tổng số xã) đạt tiêu chí thuỷ lợi, tăng 3 xã so với năm 2015.", 3, 8, 14),
        ("Điện: lưới điện đã phủ kín. Đánh giá theo Bộ tiêu chí, đạt 13/14 xã.", 4, 13, 14),
        ("Trường học: xây mới 02 phòng. Kết quả: Có 10/14 xã đạt tiêu chí.", 5, 10, 14),
        ("III. KẾT QUẢ\n9. Nhà ở dân cư (tiêu chí số 9)\nĐã xóa nhà tạm. Có 12 xã đạt.", 9, 12, None),
        ("- Tiêu chí số 17 - Môi trường: 4/14 xã đạt.", 17, 4, 14),
        ("Y tế (tiêu chí số 15): trạm được nâng cấp. Số xã đạt: 9.", 15, 9, None),
    ],
)
def test_communes_that_meet_a_criterion(text: str, criterion: int, count: int, total: int | None) -> None:
    found = [c for c in facts(text).criteria if c.scope == "criterion"]
    assert rows(tuple(found), "criterion", "count", "total") == [(criterion, count, total)]


def test_another_set_is_no_criterion() -> None:
    assert not facts("Có 7 xã đạt tiêu chí quốc gia về y tế.").criteria


@pytest.mark.parametrize(
    ("text", "count", "band"),
    [
        ("Có 7 xã đạt 15-18 tiêu chí.", 7, (15, 18)),
        ("+ Số xã đạt từ 11 - 13 tiêu chí: 06 xã;", 6, (11, 13)),
        ("+ Số xã dưới 10 tiêu chí: 03 xã;", 3, (None, 9)),
        ("Còn 2 xã dưới 5 tiêu chí.", 2, (None, 4)),
        ("Huyện không còn xã nào đạt dưới 08 tiêu chí.", 0, (None, 7)),
        ("Có 6 xã đạt 19/19 tiêu chí.", 6, (19, 19)),
        ("Có 8 xã đạt và cơ bản đạt 15 – 17 tiêu chí.", 8, (15, 17)),
    ],
)
def test_bands(text: str, count: int, band: tuple[int | None, int | None]) -> None:
    found = facts(text)
    assert rows(found.criteria, "scope", "count", "band_min", "band_max") == [("band", count, *band)]
    assert not found.quantities
    assert not found.percentages


def test_criteria_of_one_commune() -> None:
    found = facts("Năm 2019, Nà Sáy đạt 13/19 tiêu chí.").criteria
    assert rows(found, "scope", "count", "total", "places", "as_of") == [("unit", 13, 19, ("Nà Sáy",), "2019")]


def test_averages_and_their_changes() -> None:
    found = facts("Bình quân đạt 14,25 tiêu chí/xã, tăng 0,5 tiêu chí/xã so với năm 2020.")
    assert rows(found.criteria, "scope", "value") == [("average", Decimal("14.25"))]
    assert rows(found.quantities, "value", "unit") == [(Decimal("0.5"), "tiêu chí/xã")]


@pytest.mark.parametrize(
    ("text", "level", "count", "change"),
    [
        ("Toàn huyện có 9/14 xã đạt chuẩn nông thôn mới.", "nông thôn mới", 9, "total"),
        ("Trong năm có thêm 3 xã về đích nông thôn mới.", "nông thôn mới", 3, "increment"),
        ("Có 2 xã đạt chuẩn nông thôn mới nâng cao.", "nâng cao", 2, "total"),
        ("Cả tỉnh có 4 huyện đạt chuẩn nông thôn mới.", "nông thôn mới", 4, "total"),
        ("Nâng tổng số xã đạt chuẩn lên 21 xã.", "nông thôn mới", 21, "total"),
    ],
)
def test_recognised_communes(text: str, level: str, count: int, change: str) -> None:
    assert rows(facts(text).criteria, "scope", "level", "count", "change") == [("standard", level, count, change)]


@pytest.mark.parametrize(
    "text",
    [
        "Có 6 xã đạt chuẩn tiếp cận pháp luật.",
        "Có 8 xã đạt chuẩn quốc gia về y tế.",
        "Xây dựng quy hoạch cho 4 xã vùng cao.",
    ],
)
def test_other_standards_are_quantities(text: str) -> None:
    found = facts(text)
    assert not found.criteria
    assert len(found.quantities) == 1


def test_places_in_brackets() -> None:
    found = facts("Kết quả: Có 3/14 xã đạt tiêu chí Thu nhập (gồm các xã: Nà Sáy, Mường Lại, Pú Hồng).").criteria
    assert rows(found, "criterion", "places") == [(10, ("Nà Sáy", "Mường Lại", "Pú Hồng"))]


def test_a_plan_looks_ahead_and_a_report_back() -> None:
    head = "Số: 3/KH-UBND\nKẾ HOẠCH\nXây dựng nông thôn mới năm 2024\n"
    plan = head + "I. MỤC TIÊU\n- Có 10/14 xã đạt tiêu chí giao thông.\n"
    report = plan.replace("KẾ HOẠCH", "BÁO CÁO").replace("MỤC TIÊU", "KẾT QUẢ")
    assert rows(facts(plan).criteria, "status") == [("target",)]
    assert rows(facts(report).criteria, "status") == [("achieved",)]


def test_the_set_is_that_of_the_period() -> None:
    text = "Giai đoạn 2016 - 2020, huyện có 9/14 xã đạt tiêu chí chợ nông thôn."
    assert rows(facts(text).criteria, "criteria_set", "criterion") == [("2016-2020", 7)]


def test_counts_of_none_and_shared_recognitions() -> None:
    found = facts(
        "Huyện chưa có xã nào đạt chuẩn nông thôn mới nâng cao; phấn đấu thêm 2 xã, 14 thôn đạt chuẩn nông thôn mới."
    )
    assert rows(found.criteria, "count", "unit", "level", "change") == [
        (0, "xã", "nâng cao", "total"), (2, "xã", "nông thôn mới", "increment"),
        (14, "thôn", "nông thôn mới", "increment"),
    ]  # fmt: skip


def test_bands_of_a_list_may_leave_the_communes_out() -> None:
    found = facts(
        "- Đạt 19 tiêu chí: 6 xã; từ 15 – 18 tiêu chí: 8 xã; dưới 10 tiêu chí: 01 xã; "
        "không còn xã nào dưới 05 tiêu chí."
    )
    assert rows(found.criteria, "count", "band_min", "band_max") == [
        (6, 19, 19),
        (8, 15, 18),
        (1, None, 9),
        (0, None, 4),
    ]


def test_bands_that_begin_with_from_and_a_ratio_after_a_year() -> None:
    found = facts("Có 7 xã đạt từ 12 tiêu chí trở lên, 3 xã đạt 6 đến dưới 12 tiêu chí.").criteria
    assert rows(found, "count", "band_min", "band_max") == [(7, 12, None), (3, 6, 11)]
    found = facts("Cuối năm 2023, 4/8 xã đạt tiêu chí số 10; tiêu chí trường học: 6/8 xã.").criteria
    assert rows(found, "criterion", "count", "total") == [(10, 4, 8), (5, 6, 8)]


def test_a_criterion_told_by_number_and_in_brackets_by_name() -> None:
    found = facts("Đạt thấp: tiêu chí 10 (thu nhập) 4/9 xã, tiêu chí số 17 (môi trường) mới có 3 xã (33,3%).").criteria
    assert rows(found, "criterion", "count", "total") == [(10, 4, 9), (17, 3, None)]


def test_the_period_of_the_set_of_criteria_dates_no_count() -> None:
    text = (
        "Tính đến hết tháng 5/2023, đối chiếu với Bộ tiêu chí giai đoạn 2021 - 2025, kết quả của 14 xã như sau:\n\n"
        "- Số xã đạt 19 tiêu chí: 04 xã;\n"
    )
    (fact,) = facts(text).criteria
    assert fact.as_of == "2023-05"


def test_criteria_listed_by_name_with_their_counts() -> None:
    found = facts(
        "Kết quả: quy hoạch 9/9 xã; thủy lợi 7 xã; chợ nông thôn 2/9 xã đạt. Tiêu chí thấp: Thu nhập (4/9 xã)."
    )
    assert rows(found.criteria, "criterion", "count", "total") == [(1, 9, 9), (3, 7, None), (7, 2, 9), (10, 4, 9)]
    assert not found.percentages
    assert not found.quantities
    none = facts("Kết quả: 7/9 xã có điện; đường trục 12 km.")
    assert not none.criteria


def test_a_ratio_in_words_and_communes_in_words() -> None:
    assert rows(facts("Xã đã đạt 12 trên 19 tiêu chí.").criteria, "scope", "count", "total") == [("unit", 12, 19)]
    (band,) = facts("Có 5 hộ nghèo; ba xã còn lại đạt 11 tiêu chí.").criteria
    assert (band.scope, band.count, band.band_min, band.band_max) == ("band", 3, 11, 11)
    (none,) = facts("Không để xã nào dưới 14 tiêu chí.").criteria
    assert (none.scope, none.count, none.band_max) == ("band", 0, 13)


def test_a_range_of_new_recognitions() -> None:
    found = facts("Phấn đấu công nhận mới 3 - 4 xã; xã đạt tiêu chí số 15 là 8/11.")
    assert rows(found.criteria, "scope", "change", "op", "count", "total") == [
        ("standard", "increment", ">=", 3, None),
        ("standard", "increment", "<=", 4, None),
        ("criterion", "total", "=", 8, 11),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Về trường học: có 8/12 xã đạt, chiếm 66,7%. Về điện: 12/12 xã đạt; về y tế: 10 xã đạt (83,3%).",
            [(5, 8, 12), (4, 12, 12), (15, 10, None)],
        ),
        (
            "- Hạ tầng và đời sống: Về giao thông: đã bê tông hóa 31 km, 6/11 xã đạt. Tiêu chí thu nhập: 5/11 xã đạt; "
            "Về nhà ở dân cư: nay 9 xã đạt tiêu chí.",
            [(2, 6, 11), (10, 5, 11), (9, 9, None)],
        ),
        (
            "Về lao động: mở 04 lớp nghề. Hiện 7/11 xã đạt. Về quy hoạch: 11/11 xã đạt (100%).",
            [(12, 7, 11), (1, 11, 11)],
        ),
    ],
)
def test_heads_within_a_line(text: str, found: list[tuple[int, int, int | None]]) -> None:
    assert rows(facts(text).criteria, "criterion", "count", "total") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Có thêm 02 xã đạt chuẩn nông thôn mới, lũy kế có 09/13 xã, 04 xã nâng cao.",
            [
                ("nông thôn mới", 2, None, "increment"),
                ("nông thôn mới", 9, 13, "total"),
                ("nâng cao", 4, None, "total"),
            ],
        ),
        (
            "Công nhận thêm 01 xã đạt chuẩn nông thôn mới kiểu mẫu (luỹ kế đến hết năm 2024 là 4/11 xã).",
            [("kiểu mẫu", 1, None, "increment"), ("kiểu mẫu", 4, 11, "total")],
        ),
        (
            "Công nhận thêm 04 xã đạt chuẩn nông thôn mới nâng cao, lũy kế 6 xã; 02 huyện đạt chuẩn nông thôn mới.",
            [("nâng cao", 4, None, "increment"), ("nâng cao", 6, None, "total"), ("nông thôn mới", 2, None, "total")],
        ),
    ],
)
def test_a_sum_of_recognitions_has_their_level(text: str, found: list[tuple[str, int, int | None, str]]) -> None:
    assert rows(facts(text).criteria, "level", "count", "total", "change") == found


def test_a_sum_of_other_counts_is_no_recognition() -> None:
    found = facts("Có 3 xã đạt chuẩn nông thôn mới; đã cấp nước cho 2 xã, lũy kế 9/15 xã.").criteria
    assert rows(found, "count") == [(3,)]
    found = facts("Thêm 3 xã đạt chuẩn nông thôn mới; thêm 2 xã đạt tiêu chí điện, lũy kế 9/15 xã.").criteria
    assert rows(found, "count") == [(3,), (2,)]


def test_criteria_that_a_commune_lacks_are_a_share() -> None:
    found = facts("Riêng xã Nà Sáy còn 4/19 tiêu chí chưa đạt.")
    assert not found.criteria
    assert rows(found.percentages, "num", "den") == [(4, 19)]


def test_groups_of_communes_are_bands() -> None:
    found = facts("Theo nhóm: Nhóm 1 đạt 19 tiêu chí: 04 xã; Nhóm 2 (dưới 8 tiêu chí): 03 xã.").criteria
    assert rows(found, "count", "band_min", "band_max") == [(4, 19, 19), (3, None, 7)]


def test_a_total_raised_names_its_own_level() -> None:
    found = facts("Phấn đấu đưa tổng số xã kiểu mẫu lên 6/14 xã.").criteria
    assert rows(found, "scope", "level", "count", "total", "status") == [("standard", "kiểu mẫu", 6, 14, "target")]


def test_two_communes_and_a_commune_in_brackets() -> None:
    assert facts("Hai xã còn lại là Nà Sáy và Mường Khong mới đạt 13/19 tiêu chí.").criteria[0].places == (
        "Nà Sáy",
        "Mường Khong",
    )
    assert facts("Có 01 xã (Nà Sáy) đạt chuẩn nông thôn mới.").criteria[0].places == ("Nà Sáy",)


def test_a_name_with_a_comma() -> None:
    found = facts("Tiêu chí số 19 - An ninh, trật tự xã hội: 12/14 xã.").criteria
    assert rows(found, "criterion", "count", "total") == [(19, 12, 14)]


@pytest.mark.parametrize(
    ("text", "count", "unit", "level"),
    [
        (
            "Có 24 huyện, thị xã thuộc 9 tỉnh, thành phố được Thủ tướng Chính phủ công nhận.",
            24,
            "huyện",
            "nông thôn mới",
        ),
        ("Đã có 2 xã kiểu mẫu và 31 xóm NTM kiểu mẫu.", 31, "xóm", "kiểu mẫu"),
        ("Tập trung chỉ đạo 7 xã đăng ký về đích NTM.", 7, "xã", "nông thôn mới"),
        ("Có 32% số xã đạt chuẩn nâng cao (tương đương 41 xã).", 41, "xã", "nâng cao"),
    ],
)
def test_more_recognitions(text: str, count: int, unit: str, level: str) -> None:
    found = [row for row in facts(text).criteria if row.scope == "standard"][-1:]
    assert rows(tuple(found), "count", "unit", "level") == [(count, unit, level)]


def test_a_band_whose_count_is_unreadable_is_no_figure() -> None:
    found = facts("Kết quả:\n+ Số xã đạt từ 12 - 14 tiêu chí: 0Í xã;\n")
    assert not found.criteria
    assert not found.quantities


@pytest.mark.parametrize(
    ("text", "scope", "count", "places"),
    [
        ("100% số xã (14/14 xã) đạt tiêu chí Quy hoạch.", "criterion", 14, ()),
        ("Tiêu chí 13 (Tổ chức sản xuất): 14/14 xã.", "criterion", 14, ()),
        ("- Xã Nà Sáy: đạt 15 tiêu chí.", "unit", 15, ("Nà Sáy",)),
        ("Các xã Nà Sáy, Mường Khong đạt 15/19 tiêu chí.", "unit", 15, ("Nà Sáy", "Mường Khong")),
    ],
)
def test_more_ways_of_telling(text: str, scope: str, count: int, places: tuple[str, ...]) -> None:
    assert rows(facts(text).criteria, "scope", "count", "places") == [(scope, count, places)]


def test_from_and_to_of_a_band_and_of_a_level() -> None:
    found = facts("Giảm số xã dưới 5 tiêu chí từ 9 xã xuống còn 2 xã.").criteria
    assert rows(found, "scope", "count", "band_max") == [("band", 9, 4), ("band", 2, 4)]
    found = facts("Năm 2015 chỉ có 2 xã đạt chuẩn; đến năm 2019 nâng lên 7 xã.").criteria
    assert rows(found, "scope", "count", "as_of") == [("standard", 2, "2015"), ("standard", 7, "2019")]


@pytest.mark.parametrize(
    ("text", "criterion", "count"),
    [
        ("Có 11/14 xã đạt tiêu chí Thông tin và Truyền thông.", 8, 11),
        ("Tiêu chí Nghèo đa chiều mới có 9 xã đạt, Môi trường và an toàn thực phẩm 6 xã đạt.", 17, 6),
    ],
)
def test_a_criterion_is_not_taken_for_that_of_a_hamlet_or_of_the_clause_before(
    text: str, criterion: int, count: int
) -> None:
    assert rows(facts(text).criteria, "criterion", "count")[-1] == (criterion, count)


def test_names_straight_behind_their_count() -> None:
    found = facts("Năm nay đưa 02 xã Nà Sáy và Mường Khong về đích.").criteria
    assert rows(found, "scope", "count", "places") == [("standard", 2, ("Nà Sáy", "Mường Khong"))]


def test_a_total_of_criteria_raised() -> None:
    found = facts("Có thêm 02 tiêu chí đạt chuẩn, nâng tổng số lên 14 tiêu chí.").criteria
    assert rows(found, "scope", "count") == [("unit", 14)]


def test_hamlets_that_meet_the_standard() -> None:
    found = facts("Số thôn, bản đạt chuẩn: 33/120 thôn.").criteria
    assert rows(found, "scope", "count", "total", "unit") == [("standard", 33, 120, "thôn")]
