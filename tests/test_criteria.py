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


def test_a_name_with_a_comma() -> None:
    found = facts("Tiêu chí số 19 - An ninh, trật tự xã hội: 12/14 xã.").criteria
    assert rows(found, "criterion", "count", "total") == [(19, 12, 14)]


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Về giao thông, có 9/14 xã đạt tiêu chí.", [(2, 9, 14)]),
        ("TC17: 8/14 xã đạt.", [(17, 8, 14)]),
        ("Hiện mới có 5 xã đáp ứng được tiêu chí nhà ở dân cư.", [(9, 5, None)]),
        ("Có 11 xã được đánh giá đạt tiêu chí y tế.", [(15, 11, None)]),
        ("14/14 xã đạt các tiêu chí: Quy hoạch, Điện, Lao động.", [(1, 14, 14), (4, 14, 14), (12, 14, 14)]),
        ("Các tiêu chí số 7, 12 và 19 đều có 14/14 xã đạt.", [(7, 14, 14), (12, 14, 14), (19, 14, 14)]),
        ("Có 10/14 xã đạt chuẩn giao thông, 8/14 xã đạt chuẩn trường học.", [(2, 10, 14), (5, 8, 14)]),
        ("Tỷ lệ xã đạt tiêu chí thu nhập đạt 50% (7/14 xã).", [(10, 7, 14)]),
        ("Số xã đạt tiêu chí số 10 tăng từ 2 xã năm 2015 lên 8 xã năm 2019.", [(10, 2, None), (10, 8, None)]),
        ("Có 9 xã đạt và cơ bản đạt tiêu chí thủy lợi.", [(3, 9, None)]),
        ("Khó nhất là tiêu chí môi trường (mới có 6/14 xã đạt), trường học (8/14 xã).", [(17, 6, 14), (5, 8, 14)]),
        ("Chưa có xã nào đạt tiêu chí nghèo đa chiều.", [(11, 0, None)]),
        ("Tiêu chí thu nhập, hộ nghèo giảm còn 4%: 9/14 xã đạt tiêu chí điện.", [(4, 9, 14)]),
    ],
)
def test_criteria_told_in_many_ways(text: str, found: list[tuple[int, int, int | None]]) -> None:
    assert rows(facts(text).criteria, "criterion", "count", "total") == found


def test_each_criterion_of_a_shared_count_is_a_row_of_its_own() -> None:
    found = facts("Các tiêu chí điện, y tế đều có 14/14 xã đạt.").criteria
    assert len({row.fact_id for row in found}) == 2


def test_communes_that_do_not_meet_it_are_none() -> None:
    found = facts("Tiêu chí số 17: có 9 xã đạt, còn 5 xã chưa đạt; chưa đạt 2 xã.").criteria
    assert rows(found, "criterion", "count") == [(17, 9)]


def test_new_ones_are_an_increment() -> None:
    found = facts("Phấn đấu thêm 3 xã đạt tiêu chí trường học.").criteria
    assert rows(found, "criterion", "count", "change", "status") == [(5, 3, "increment", "target")]
