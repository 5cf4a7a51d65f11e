from decimal import Decimal

import pytest

from tests.reading_help import facts, rows


def test_criteria_of_one_commune() -> None:
    found = facts("Năm 2019, Nà Sáy đạt 13/19 tiêu chí.").criteria
    assert rows(found, "scope", "count", "total", "places", "as_of") == [("unit", 13, 19, ("Nà Sáy",), "2019")]


def test_averages_and_their_changes() -> None:
    found = facts("Bình quân đạt 14,25 tiêu chí/xã, tăng 0,5 tiêu chí/xã so với năm 2020.")
    assert rows(found.criteria, "scope", "value") == [("average", Decimal("14.25"))]
    assert rows(found.quantities, "value", "unit") == [(Decimal("0.5"), "tiêu chí/xã")]


def test_a_ratio_in_words_and_communes_in_words() -> None:
    assert rows(facts("Xã đã đạt 12 trên 19 tiêu chí.").criteria, "scope", "count", "total") == [("unit", 12, 19)]
    (band,) = facts("Có 5 hộ nghèo; ba xã còn lại đạt 11 tiêu chí.").criteria
    assert (band.scope, band.count, band.band_min, band.band_max) == ("band", 3, 11, 11)
    (none,) = facts("Không để xã nào dưới 14 tiêu chí.").criteria
    assert (none.scope, none.count, none.band_max) == ("band", 0, 13)


def test_criteria_that_a_commune_lacks_are_a_share() -> None:
    found = facts("Riêng xã Nà Sáy còn 4/19 tiêu chí chưa đạt.")
    assert not found.criteria
    assert rows(found.percentages, "num", "den") == [(4, 19)]


def test_two_communes_and_a_commune_in_brackets() -> None:
    assert facts("Hai xã còn lại là Nà Sáy và Mường Khong mới đạt 13/19 tiêu chí.").criteria[0].places == (
        "Nà Sáy",
        "Mường Khong",
    )
    assert facts("Có 01 xã (Nà Sáy) đạt chuẩn nông thôn mới.").criteria[0].places == ("Nà Sáy",)


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


def test_a_total_of_criteria_raised() -> None:
    found = facts("Có thêm 02 tiêu chí đạt chuẩn, nâng tổng số lên 14 tiêu chí.").criteria
    assert rows(found, "scope", "count") == [("unit", 14)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Tiêu chí bình quân/xã đạt 16,4; không còn xã khó khăn.", "16.4"),
        ("Trung bình toàn huyện đạt 13,5/19 tiêu chí/xã.", "13.5"),
    ],
)
def test_means_told_otherwise(text: str, value: str) -> None:
    assert rows(facts(text).criteria, "scope", "value") == [("average", Decimal(value))]


def test_a_mean_lower_than_another_is_a_change() -> None:
    found = facts("Bình quân đạt 15,1 tiêu chí/xã, thấp hơn 0,8 tiêu chí so với năm trước.")
    assert rows(found.criteria, "value") == [(Decimal("15.1"),)]
    assert rows(found.quantities, "value", "op") == [(Decimal("0.8"), "=")]


def test_two_communes_with_as_many_criteria() -> None:
    found = facts("Xã Nà Sáy và xã Pú Hồng đạt 16 tiêu chí.").criteria
    assert rows(found, "scope", "count") == [("unit", 16)]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Nhập ba xã: Nà Sáy (đạt 19/19, công nhận năm 2018), Pú Hồng (14/19).", {"Nà Sáy": 19, "Pú Hồng": 14}),
        ("II. Kết quả từng xã (xã - số tiêu chí đạt)\n- Nà Sáy: 17/19 (hụt số 15).\n", {"Nà Sáy": 17}),
        ("Các xã: Nà Sáy 17 TC, Pú Hồng 15 TC.", {"Nà Sáy": 17, "Pú Hồng": 15}),
        ("Cá biệt xã Pú Hồng giậm chân ở 6 tiêu chí.", {"Pú Hồng": 6}),
        ("Đứng đầu là xã Nà Sáy với 18 tiêu chí, đứng cuối là Pú Hồng, 9/19 tiêu chí.", {"Nà Sáy": 18, "Pú Hồng": 9}),
    ],
)
def test_communes_are_named_before_their_criteria(text: str, units: dict[str, int]) -> None:
    found = facts(text)
    assert {"; ".join(c.places): c.count for c in found.criteria} == units
    assert not found.percentages


@pytest.mark.parametrize(
    "text",
    [
        "Xã Nà Sáy hoàn thành 2 tiêu chí còn thiếu.",
        "Kết quả của huyện Nậm Sen (12/19).",
        "Có 19/19 xã họp dân; khu Tân Lập: 15/19.",
        "Có 15/19 phòng kiên cố ở Trường Tiểu học Nà Sáy, Trường Mầm non Pú Hồng (12/19).",
        "Tính chung, mỗi xã bình quân còn thiếu 2 tiêu chí.",
    ],
)
def test_what_is_missing_or_of_others_is_no_commune(text: str) -> None:
    assert not facts(text).criteria


def test_the_national_criteria_are_the_nineteen() -> None:
    found = facts("Xã Khe Đá đạt 15/19 tiêu chí quốc gia về nông thôn mới.").criteria
    assert rows(found, "scope", "count", "total", "places") == [("unit", 15, 19, ("Khe Đá",))]
