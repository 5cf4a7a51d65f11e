"""Recognitions and bands as the news and real reports tell them, and the dates that belong to them."""

from decimal import Decimal

import pytest

from tests.reading_help import facts, rows


@pytest.mark.parametrize(
    ("text", "count", "as_of"),
    [
        ("Đến tháng 9/2024, vượt kế hoạch năm 2025, huyện có 11 xã đạt chuẩn nông thôn mới.", 11, "2024-09"),
        ("Năm 2012 chưa có xã nào, đến nay 14 xã đạt chuẩn nông thôn mới.", 14, None),
        ("Năm 2021, đạt 31 tiêu chí nâng số tiêu chí đến nay là 204/247, có thêm 2 xã về đích.", 2, "2021"),
        ("Tăng 4 xã so với năm 2020, toàn huyện có 13 xã đạt chuẩn nông thôn mới.", 13, None),
    ],
)
def test_a_date_belongs_to_its_figure(text: str, count: int, as_of: str | None) -> None:
    found = [row for row in facts(text).criteria if row.count == count]
    assert [row.as_of for row in found] == [as_of]


@pytest.mark.parametrize(
    ("text", "count", "unit", "places"),
    [
        (
            "Có 7 đơn vị cấp huyện thuộc 4 tỉnh, thành phố trực thuộc trung ương được công nhận đạt chuẩn NTM.",
            7,
            "đơn vị cấp huyện",
            (),
        ),
        ("Có 3 huyện được Thủ tướng Chính phủ ban hành quyết định công nhận đạt chuẩn nông thôn mới.", 3, "huyện", ()),
        (
            "Tỉnh có 2 huyện đó là Phong Lưu và Nà Hang được Thủ tướng Chính phủ công nhận đạt chuẩn NTM.",
            2,
            "huyện",
            ("Phong Lưu", "Nà Hang"),
        ),
        ("Số xã đạt chuẩn (19 tiêu chí) đã có quyết định công nhận là 21 xã.", 21, "xã", ()),
        ("Phấn đấu thêm 5 xã đạt chuẩn nông thôn mới (NTM).", 5, "xã", ()),
    ],
)
def test_districts_and_communes_recognised(text: str, count: int, unit: str, places: tuple[str, ...]) -> None:
    assert rows(facts(text).criteria, "scope", "count", "unit", "places") == [("standard", count, unit, places)]


def test_thresholds_without_a_count_and_bands_that_shrink() -> None:
    found = facts("Tỷ lệ số xã đạt dưới 8 tiêu chí còn 12%, giảm số xã đạt dưới 5 tiêu chí xuống 9 xã.")
    assert rows(found.criteria, "scope", "count", "band_max") == [("band", 9, 4)]
    assert found.quantities == ()


def test_a_mean_that_rises_by_a_range_is_a_change() -> None:
    found = facts("Số tiêu chí bình quân/xã tăng thêm từ 1-1,5 tiêu chí so với năm 2018.")
    assert found.criteria == ()
    assert rows(found.quantities, "op", "value") == [(">=", 1), ("<=", Decimal("1.5"))]


def test_what_holds_of_those_already_recognised_is_no_result() -> None:
    text = "Năm 2023 phấn đấu thêm 3 xã đạt chuẩn nông thôn mới, giữ tại các xã đã đạt chuẩn, đạt trên 16 tiêu chí/xã."
    assert rows(facts(text).criteria, "scope", "status") == [("standard", "target"), ("average", "target")]


def test_places_with_their_districts_and_the_commune_told_with_its_own() -> None:
    listed = (
        "Năm 2021, tỉnh có 5 xã về đích nông thôn mới, gồm: "
        "Nà Phặc (Bắc Mê); Tả Van, Bản Hồ (Sìn Chải); Púng Luông và Ea Tul (Cư Mốt)."
    )
    assert rows(facts(listed).criteria, "count", "places") == [
        (5, ("Nà Phặc", "Tả Van", "Bản Hồ", "Púng Luông", "Ea Tul"))
    ]
    one = "Đến nay xã Mường Lạn, huyện Sốp Cộp (Sơn Bình) mới hoàn thành 8/19 tiêu chí."
    assert rows(facts(one).criteria, "scope", "count", "places") == [("unit", 8, ("Mường Lạn",))]


def test_the_set_is_no_count_and_a_range_in_brackets_is_one() -> None:
    assert facts("Trong 19 tiêu chí, khó nhất là tiêu chí môi trường.").facts == ()
    found = facts("Phấn đấu có 37-38% số xã (khoảng 310-320 xã) đạt chuẩn nông thôn mới.").criteria
    assert rows(found, "scope", "op", "count") == [("standard", ">=", 310), ("standard", "<=", 320)]
