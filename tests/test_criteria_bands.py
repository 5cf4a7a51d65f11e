import pytest

from tests.reading_help import facts, rows


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


def test_groups_of_communes_are_bands() -> None:
    found = facts("Theo nhóm: Nhóm 1 đạt 19 tiêu chí: 04 xã; Nhóm 2 (dưới 8 tiêu chí): 03 xã.").criteria
    assert rows(found, "count", "band_min", "band_max") == [(4, 19, 19), (3, None, 7)]


def test_a_band_whose_count_is_unreadable_is_no_figure() -> None:
    found = facts("Kết quả:\n+ Số xã đạt từ 12 - 14 tiêu chí: 0Í xã;\n")
    assert not found.criteria
    assert not found.quantities


@pytest.mark.parametrize(
    ("text", "bands"),
    [
        ("Hiện 04 xã giữ được 19/19 tiêu chí, 03 xã tụt xuống còn 13 tiêu chí.", [(4, 19, 19), (3, 13, 13)]),
        ("Đến nay 7 xã đã đạt lại đủ 19 tiêu chí.", [(7, 19, 19)]),
        ("Nhóm 1: 6 xã (đạt 19 tiêu chí); nhóm 2: 4 xã (đạt 15 đến 18 tiêu chí).", [(6, 19, 19), (4, 15, 18)]),
        ("03 xã: Nà Sáy, Mường Khong, Pú Hồng đạt 16 tiêu chí.", [(3, 16, 16)]),
        ("Số xã dưới 5 tiêu chí giảm còn 2 xã.", [(2, None, 4)]),
    ],
)
def test_more_bands(text: str, bands: list[tuple[int, int | None, int | None]]) -> None:
    assert rows(facts(text).criteria, "count", "band_min", "band_max") == bands


def test_criteria_that_communes_lack_are_no_band() -> None:
    assert not facts("Có 5 xã còn 2 tiêu chí chưa đạt.").criteria
    assert not facts("Riêng 3 xã phải hoàn thành thêm 4 tiêu chí.").criteria


Bands = list[tuple[int, int | None, int | None]]


@pytest.mark.parametrize(
    ("text", "bands"),
    [
        ("Có 6 xã đạt 19 tiêu chí, 8 xã từ 15 đến 18, 3 xã dưới 10.", [(6, 19, 19), (8, 15, 18), (3, None, 9)]),
        ("Nhóm từ 15 đến 18 có 8 xã; nhóm dưới 10 tiêu chí có 3 xã.", [(8, 15, 18), (3, None, 9)]),
        ("Còn 11 xã chưa về đích thì 7 đạt 15-18, 4 đạt 12-14 tiêu chí.", [(7, 15, 18), (4, 12, 14)]),
        ("Loại A (15 ÷ 18 TC): 8 xã; loại B (10 ÷ 14 TC): 5 xã.", [(8, 15, 18), (5, 10, 14)]),
        ("Có 9 xã 17 TC; dưới 13 TC không có.", [(9, 17, 17), (0, None, 12)]),
        ("Có 9/14 xã, thị trấn hoàn thành 19 tiêu chí.", [(9, 19, 19)]),
        ("Còn 6 xã chưa với tới 9 tiêu chí.", [(6, None, 8)]),
    ],
)
def test_bands_inherit_what_the_list_says_once(text: str, bands: Bands) -> None:
    found = facts(text)
    assert rows(found.criteria, "count", "band_min", "band_max") == bands
    assert not [q for q in found.quantities if q.value <= 10]


@pytest.mark.parametrize(
    "text",
    [
        "Có 6 xã đạt 19 tiêu chí, 8 xã có từ 15 đến 18 hộ nghèo.",
        "Có 6 xã đạt 19 tiêu chí, mỗi xã được 2 đến 3 tỷ đồng.",
        "Có 6 xã đạt 19 tiêu chí; họp 2 lần, 4 xã cử 8 đến 9 người.",
        "Có 6 xã đạt 19 tiêu chí, 5 xã tăng từ 2 đến 3 tiêu chí.",
    ],
)
def test_other_numbers_inherit_nothing(text: str) -> None:
    assert rows(facts(text).criteria, "count", "band_min") == [(6, 19)]
