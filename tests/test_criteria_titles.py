"""Counts of communes under the name of a criterion."""

from __future__ import annotations

import pytest

from tests.reading_help import facts, rows

FIELDS = ("criterion", "count", "total", "change")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3. Thủy lợi: 20/23 xã;", [(3, 20, 23, "total")]),
        ("13. TCSX: 12/23 xã; 14. GD&ĐT: 20/23 xã;", [(13, 12, 23, "total"), (14, 20, 23, "total")]),
        ("- Tiêu chí số 5 về Trường học: từ 17 xã lên 19 xã.", [(5, 17, None, "total"), (5, 19, None, "total")]),
        ("- Tiêu chí số 15 - Y tế: tăng 2 xã, lên 67 xã.", [(15, 67, None, "total")]),
        ("- Tiêu chí số 3 về Thủy lợi, tiêu chí số 4 về Điện: 22/22 xã.", [(3, 22, 22, "total"), (4, 22, 22, "total")]),
        (
            "Tiêu chí số 16: 22/22 xã; số 17: 18/22 xã (hiện mới có 15/22 xã).",
            [(16, 22, 22, "total"), (17, 18, 22, "total"), (17, 15, 22, "total")],
        ),
        (
            "Số xã đạt tiêu chí 18 và tiêu chí 19 lần lượt là 22 và 23 xã.",
            [(18, 22, None, "total"), (19, 23, None, "total")],
        ),
    ],
)
def test_counts_under_titles(text: str, expected: list[tuple[object, ...]]) -> None:
    assert rows(facts(text).criteria, *FIELDS) == expected


def test_both_ends_of_a_range_of_new_ones() -> None:
    found = facts("- Tiêu chí số 6 về Cơ sở vật chất văn hóa: có thêm từ 1 - 2 xã.").criteria
    assert rows(found, "criterion", "op", "count", "change") == [(6, ">=", 1, "increment"), (6, "<=", 2, "increment")]


@pytest.mark.parametrize(
    "text",
    [
        "17. Môi trường: 7 xã đạt tiêu chí quốc gia về y tế.",
        "- Tiêu chí số 11 - Nghèo đa chiều: 50 xã chưa đạt.",
        "3. Thủy sản: 20/23 xã có ao nuôi.",
        "3. Y tế: 20/23 trạm có bác sĩ.",
    ],
)
def test_other_counts_are_left_alone(text: str) -> None:
    assert not facts(text).criteria


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Kết quả:\nTC3 (thủy lợi): 08/11 xã. TC4: 09/11.\nTC8 (thông tin): 07/11, loa hỏng.\n", {3: 8, 4: 9, 8: 7}),
        ("Nhóm gần xong (số xã đạt): quy hoạch 43, điện 41, y tế 39.", {1: 43, 4: 41, 15: 39}),
        ("Nhóm gần xong: quy hoạch 43, điện 41, an ninh 39 xã.", {1: 43, 4: 41, 19: 39}),
        ("II. Theo từng tiêu chí\n- Y tế 9 xã (trạm mới); Văn hóa 8 xã.\n- Điện có 7 xã.\n", {15: 9, 16: 8, 4: 7}),
        ("I. Theo tiêu chí (số xã phấn đấu đạt)\n- Thủy lợi 9 xã: đào 3 kênh.\n- Điện: giữ 8/9 xã.\n", {3: 9, 4: 8}),
    ],
)
def test_lists_inherit_what_they_count(text: str, counts: dict[int, int]) -> None:
    found = facts(text)
    assert {c.criterion: c.count for c in found.criteria} == counts
    assert not [p for p in found.percentages if p.value is None]


@pytest.mark.parametrize(
    "text",
    [
        "Các tiêu chí còn thiếu: y tế hụt 3 xã, điện hụt 4 xã.",
        "Các tiêu chí chưa đạt gồm y tế 3 xã, điện 4 xã.",
        "Đã khởi công 30 công trình: giao thông 14, trường học 9, thủy lợi 7.",
        "TC5: 2/3 trường đạt chuẩn. TC17: 12/14.",
    ],
)
def test_lists_of_other_things_are_no_criteria(text: str) -> None:
    assert not facts(text).criteria
