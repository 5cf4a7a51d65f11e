from typing import Any

import pytest

from tests.reading_help import facts, rows


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


def test_counts_of_none_and_shared_recognitions() -> None:
    found = facts(
        "Huyện chưa có xã nào đạt chuẩn nông thôn mới nâng cao; phấn đấu thêm 2 xã, 14 thôn đạt chuẩn nông thôn mới."
    )
    assert rows(found.criteria, "count", "unit", "level", "change") == [
        (0, "xã", "nâng cao", "total"), (2, "xã", "nông thôn mới", "increment"),
        (14, "thôn", "nông thôn mới", "increment"),
    ]  # fmt: skip


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
    assert rows(found, "scope", "count") == [("standard", 3), ("criterion", 2), ("criterion", 9)]


def test_a_total_raised_names_its_own_level() -> None:
    found = facts("Phấn đấu đưa tổng số xã kiểu mẫu lên 6/14 xã.").criteria
    assert rows(found, "scope", "level", "count", "total", "status") == [("standard", "kiểu mẫu", 6, 14, "target")]


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


def test_from_and_to_of_a_band_and_of_a_level() -> None:
    found = facts("Giảm số xã dưới 5 tiêu chí từ 9 xã xuống còn 2 xã.").criteria
    assert rows(found, "scope", "count", "band_max") == [("band", 9, 4), ("band", 2, 4)]
    found = facts("Năm 2015 chỉ có 2 xã đạt chuẩn; đến năm 2019 nâng lên 7 xã.").criteria
    assert rows(found, "scope", "count", "as_of") == [("standard", 2, "2015"), ("standard", 7, "2019")]


def test_names_straight_behind_their_count() -> None:
    found = facts("Năm nay đưa 02 xã Nà Sáy và Mường Khong về đích.").criteria
    assert rows(found, "scope", "count", "places") == [("standard", 2, ("Nà Sáy", "Mường Khong"))]


def test_hamlets_that_meet_the_standard() -> None:
    found = facts("Số thôn, bản đạt chuẩn: 33/120 thôn.").criteria
    assert rows(found, "scope", "count", "total", "unit") == [("standard", 33, 120, "thôn")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Có 7 xã nông thôn mới, 2 xã nông thôn mới nâng cao.", [("nông thôn mới", 7, None), ("nâng cao", 2, None)]),
        (
            "Số xã đạt chuẩn nông thôn mới nâng cao: 05 xã, kiểu mẫu: 01 xã.",
            [("nâng cao", 5, None), ("kiểu mẫu", 1, None)],
        ),
        ("Xã đạt chuẩn nông thôn mới: 9/13 xã, bằng 69,2%.", [("nông thôn mới", 9, 13)]),
        ("Tỷ lệ số xã đạt chuẩn nông thôn mới đạt 75% (9/12 xã).", [("nông thôn mới", 9, 12)]),
        ("Trong số 11 xã đạt chuẩn có 4 xã đạt nâng cao.", [("nông thôn mới", 11, None), ("nâng cao", 4, None)]),
        ("Khẩn trương trình thẩm định 06 xã đạt chuẩn NTM.", [("nông thôn mới", 6, None)]),
        ("Có 24 khu dân cư NTM kiểu mẫu.", [("kiểu mẫu", 24, None)]),
    ],
)
def test_levels_told_shortly(text: str, found: list[tuple[str, int, int | None]]) -> None:
    assert rows(facts(text).criteria, "level", "count", "total") == found


def test_counts_of_several_places_share_what_is_said_of_the_first() -> None:
    found = facts("Huyện Nà Hang có 9 xã về đích, huyện Mường Khong 7 xã; tiếp đến là Pú Hồng 4 xã.").criteria
    assert rows(found, "scope", "level", "count") == [("standard", "nông thôn mới", n) for n in (9, 7, 4)]


def test_communes_that_something_is_done_for_are_not_counted_as_recognised() -> None:
    assert not facts("Lập quy hoạch NTM 03 xã đạt chuẩn nông thôn mới.").criteria


def test_names_by_district() -> None:
    text = "Công nhận 03 xã đạt chuẩn NTM năm 2019, gồm: Nà Sáy (huyện Nà Hang); Pú Hồng, Mường Lại (huyện Bắc Sơn)."
    assert rows(facts(text).criteria, "count", "places") == [(3, ("Nà Sáy", "Pú Hồng", "Mường Lại"))]


LEVELS = ("level", "count", "total", "change", "status", "as_of")


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        (
            "II. Phân kỳ (số xã công nhận mới trong năm | lũy kế)\n- Năm 2016: 9 xã | 29 xã\n",
            [
                ("nông thôn mới", 9, None, "increment", "target", "2016"),
                ("nông thôn mới", 29, None, "total", "target", "2016"),
            ],
        ),
        ("Thêm 3 xã được công nhận, đưa con số chung lên 12 xã.", [("nông thôn mới", 3), ("nông thôn mới", 12)]),
        ("- Đạt chuẩn: 9 xã. Nâng cao: 4 xã.", [("nông thôn mới", 9), ("nâng cao", 4)]),
        ("1. Xã đạt chuẩn: mục tiêu 90%, thực hiện 12 xã.", [("nông thôn mới", 12, None, "total", "achieved")]),
        ("Huyện đạt chuẩn: 02.", [("nông thôn mới", 2)]),
        ("UBND tỉnh đã trao bằng công nhận cho 12 xã.", [("nông thôn mới", 12)]),
    ],
)
def test_levels_stand_before_their_counts(text: str, levels: list[tuple[Any, ...]]) -> None:
    found = rows(facts(text).criteria, *LEVELS)
    assert [row[: len(level)] for row, level in zip(found, levels, strict=True)] == levels


@pytest.mark.parametrize(
    "text",
    [
        "Vốn phân bổ:\n- 15 xã đăng ký về đích: 43.500 triệu đồng.\n",
        "Có 12 xã đạt chuẩn giai đoạn trước nay bị rớt hạng.",
        "Lộ trình xây dựng trường:\n- Năm 2023: 3 xã.\n",
    ],
)
def test_communes_that_lost_it_or_get_money_are_not_recognised(text: str) -> None:
    assert not facts(text).criteria


def test_status_and_date_of_what_stands_under_numbered_heads() -> None:
    found = facts(
        "KẾ HOẠCH\nXây dựng nông thôn mới\nThực hiện nghị quyết của Huyện ủy, huyện Nậm Sen lập kế hoạch như sau:\n"
        "A. XUẤT PHÁT ĐIỂM (cuối năm 2015)\n- Bình quân 10,4 tiêu chí/xã; 9 xã đạt chuẩn NTM.\n"
        "B. MỤC TIÊU\n- Có 12 xã đạt chuẩn NTM.\n"
    )
    assert rows(found.criteria, "status", "as_of") == [("achieved", "2015"), ("achieved", "2015"), ("target", None)]
