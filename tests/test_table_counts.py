"""Tables of counts: communes by criterion, criteria by commune, levels and bands by district."""

from __future__ import annotations

import pytest

from ntm_extract.extract.table_counts import band
from ntm_extract.extract.tables import with_tables
from ntm_extract.facts import Criteria, Extraction, Head
from ntm_extract.layout.passages import outline
from tests.names import knowledge
from tests.reading_help import text_document


def facts(text: str, kind: str = "Báo cáo") -> Extraction:
    """The facts of the tables of a text."""
    return with_tables(Extraction(head=Head(kind=kind)), outline(text_document(text)), knowledge())


def told(found: tuple[Criteria, ...]) -> list[tuple[object, ...]]:
    return [(c.scope, c.criterion or c.level or c.places or (c.band_min, c.band_max), c.count, c.total) for c in found]


BY_CRITERION = """3. Kết quả theo tiêu chí (số liệu đến 31/5/2022)
TT | Tên tiêu chí | Số xã đạt/tổng số xã | Tỷ lệ (%) | Xã chưa đạt
1 | Quy hoạch | 09/09 | 100 |
2 | Giao thông | 06/09 | 66,7 | 3 xã vùng cao
10 | Thu nhập | 5/9 | 55,6 |
 | Cộng số tiêu chí | 131/171 | 76,6 |
 | Bình quân tiêu chí/xã | 14,56 | |
"""


def test_communes_by_criterion() -> None:
    found = facts(BY_CRITERION)
    assert told(found.criteria)[:3] == [("criterion", 1, 9, 9), ("criterion", 2, 6, 9), ("criterion", 10, 5, 9)]
    assert {c.as_of for c in found.criteria} == {"2022-05-31"}
    assert (found.criteria[3].scope, str(found.criteria[3].value)) == ("average", "14.56")
    assert [(str(p.value), str(p.num), str(p.den), p.of) for p in found.percentages] == [
        ("100", "9", "9", "xã"),
        ("66.7", "6", "9", "xã"),
        ("55.6", "5", "9", "xã"),
        ("76.6", "131", "171", "tiêu chí"),
    ]
    assert found.percentages[1].label == "Số xã đạt Giao thông"
    assert [c.evidence.line for c in found.criteria] == [3, 4, 5, 7]


def test_plan_and_result_of_criteria() -> None:
    text = """STT | Tiêu chí | Kế hoạch (xã) | Thực hiện (xã)
1 | Quy hoạch | 9 | 9
5 | Trường học | 7 | 5
15 | Y tế | 8 | -
"""
    assert [(c.criterion, c.count, c.status) for c in facts(text).criteria] == [
        (1, 9, "target"), (1, 9, "achieved"), (5, 7, "target"), (5, 5, "achieved"), (15, 8, "target"),
    ]  # fmt: skip


def test_criteria_of_each_commune() -> None:
    text = """Mức độ đạt theo xã
TT | Xã | Số tiêu chí đạt | Tăng so với 2020 | Ghi chú
1 | Nà Kham | 17 | 2 |
2 | Xã Bản Sen | 12 | - | vùng lũ
 | Bình quân | 14,5 | |
"""
    found = facts(text)
    assert told(found.criteria)[:2] == [("unit", ("Nà Kham",), 17, None), ("unit", ("Bản Sen",), 12, None)]
    assert (found.criteria[2].scope, str(found.criteria[2].value)) == ("average", "14.5")
    assert [(str(q.value), q.unit, q.label) for q in found.quantities] == [
        ("2", "tiêu chí", "Tăng so với 2020 Số tiêu chí đạt Nà Kham")
    ]


def test_years_of_criteria_under_a_caption_that_names_them() -> None:
    text = """Số tiêu chí của các xã
| STT | Tên xã | Năm 2021 | Năm 2022 |
|-----|--------|----------|----------|
| 1 | Nà Kham | 12/19 | 14/19 |
| 2 | Bản Sen | 15/19 | 15/19 |
| | Bình quân | 13,5 | 14,5 |
"""
    found = facts(text).criteria
    assert [(c.count, c.total, c.as_of) for c in found if c.scope == "unit"] == [
        (12, 19, "2021"), (14, 19, "2022"), (15, 19, "2021"), (15, 19, "2022"),
    ]  # fmt: skip


DISTRICTS = """Chỉ tiêu giao các huyện (triệu đồng):
TT | Địa phương | Xã NTM lũy kế/tổng số xã | Trong đó nâng cao (xã) | Xã công nhận mới | Vốn ĐTPT
1 | Mường Gà | 7/12 | 2 | 1 | 24.850
2 | Nậm Cha | 4/10 | - | 2 | 31.200
| Cộng | 11/22 | 2 | 3 | 56.050
"""


def test_levels_by_district() -> None:
    found = facts(DISTRICTS, "Quyết định")
    assert told(found.criteria)[:3] == [
        ("standard", "nông thôn mới", 7, 12),
        ("standard", "nâng cao", 2, None),
        ("standard", "nông thôn mới", 1, None),
    ]
    assert [c.count for c in found.criteria if c.change == "increment"] == [1, 2, 3]
    assert {c.status for c in found.criteria} == {"target"}
    assert [(b.amount_vnd, b.capital, b.parent) for b in found.budgets] == [
        (24_850_000_000, "đầu tư", 56_050_000_000),
        (31_200_000_000, "đầu tư", 56_050_000_000),
        (56_050_000_000, "đầu tư", None),
    ]


@pytest.mark.parametrize("head", ["Số xã đạt chuẩn quốc gia về y tế", "Số xã có chợ đạt chuẩn", "Số bản đạt chuẩn NTM"])
def test_another_standard_is_no_recognition(head: str) -> None:
    text = f"Huyện | {head}\nMường Gà | 7\nNậm Cha | 4\n"
    assert not facts(text).criteria


def test_bands_in_rows_and_in_columns() -> None:
    rows = "Nhóm | Số xã\nĐạt 19 tiêu chí | 7\nTừ 15 đến 18 tiêu chí | 4\nDưới 10 tiêu chí | 0\n"
    assert told(facts(rows).criteria) == [
        ("band", (19, 19), 7, None), ("band", (15, 18), 4, None), ("band", (None, 9), 0, None),
    ]  # fmt: skip
    columns = "Huyện | Tổng số xã | 15-18 tiêu chí | Dưới 10 TC\nMường Gà | 12 | 3 | 1\nNậm Cha | 10 | 4 | -\n"
    assert told(facts(columns).criteria) == [
        ("band", (15, 18), 3, None), ("band", (None, 9), 1, None), ("band", (15, 18), 4, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("10 - 14 tiêu chí", (10, 14)),
        ("Đạt từ 5 đến 9 TC", (5, 9)),
        ("Từ 15 tiêu chí trở lên", None),
        ("< 5 tiêu chí", (None, 4)),
        ("Từ 15 trở lên tiêu chí", (15, None)),
        ("19/19 tiêu chí", (19, 19)),
        ("Tiêu chí 19", None),
        ("Thu nhập", None),
    ],
)
def test_what_names_a_band(text: str, bounds: tuple[int | None, int | None] | None) -> None:
    assert band(text) == bounds


@pytest.mark.parametrize("head", ["Số xã chưa đạt", "Số xã còn lại", "Xã chưa đạt"])
def test_those_that_fail_are_no_count_of_those_that_meet(head: str) -> None:
    text = f"TT | Tiêu chí | {head}\n1 | Quy hoạch | 0\n2 | Giao thông | 3\n5 | Trường học | 4\n"
    assert not facts(text).criteria


def test_criteria_that_are_lacking_are_no_count_of_those_met() -> None:
    found = facts("TT | Xã | Số tiêu chí đạt | Số tiêu chí chưa đạt\n1 | Nà Kham | 17 | 2\n2 | Bản Sen | 12 | 7\n")
    assert [c.count for c in found.criteria] == [17, 12]
    assert [str(q.value) for q in found.quantities] == ["2", "7"]


def test_years_of_communes_by_criterion() -> None:
    text = """Số xã đạt chuẩn theo từng tiêu chí
TT | Tiêu chí | Năm 2022 | Năm 2023 | Tăng/giảm
1 | Tiêu chí số 1 về Quy hoạch | 22 | 22 | 0
2 | Tiêu chí số 2 về Giao thông | 15 | 17 | 2
4 | Tiêu chí số 4 về Điện | 21 | 22 | 1
"""
    found = facts(text)
    assert [(c.criterion, c.count, c.as_of) for c in found.criteria][2:4] == [(2, 15, "2022"), (2, 17, "2023")]
    assert [(str(q.value), q.unit) for q in found.quantities] == [("2", "xã"), ("1", "xã")]


def test_levels_under_heads_over_two_lines() -> None:
    text = """TT | Huyện | Tổng số xã | Đạt chuẩn NTM | | Đạt chuẩn NTM nâng cao | |
 | | | Số xã | Tỷ lệ (%) | Số xã | Tỷ lệ (%)
1 | Khe Gạo | 12 | 9 | 75 | 3 | 25
2 | Bãi Sậy | 10 | 4 | 40 | 0 | 0
"""
    found = facts(text)
    assert told(found.criteria)[:2] == [("standard", "nông thôn mới", 9, None), ("standard", "nâng cao", 3, None)]
    assert [p.label for p in found.percentages][:2] == [
        "Đạt chuẩn NTM Số xã Khe Gạo", "Đạt chuẩn NTM nâng cao Số xã Khe Gạo",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Năm | Số xã công nhận mới | Lũy kế\nNăm 2017 | 3 | 14\nNăm 2018 | 2 | 16\n",
        "2. Lộ trình (số xã công nhận mới trong năm | lũy kế)\n- Năm 2017: 3 xã | 14 xã\n- Năm 2018: 2 xã | 16 xã\n",
    ],
    ids=["table", "list"],
)
def test_communes_recognised_in_a_year_and_their_sum(text: str) -> None:
    found = facts(text, "Kế hoạch").criteria
    assert [(c.change, c.count, c.level, c.as_of, c.status) for c in found] == [
        ("increment", 3, "nông thôn mới", "2017", "target"),
        ("total", 14, "nông thôn mới", "2017", "target"),
        ("increment", 2, "nông thôn mới", "2018", "target"),
        ("total", 16, "nông thôn mới", "2018", "target"),
    ]


def test_a_count_with_its_unit_in_the_cell_names_no_row() -> None:
    text = """Năm | Số xã đạt chuẩn nông thôn mới (lũy kế) | Bình quân tiêu chí/xã
2012 | 0 xã | 5,3
2016 | 6 xã | 13,1
2021 | 11 xã | 17
"""
    found = facts(text).criteria
    assert told(tuple(c for c in found if c.scope == "standard")) == [
        ("standard", "nông thôn mới", 0, None),
        ("standard", "nông thôn mới", 6, None),
        ("standard", "nông thôn mới", 11, None),
    ]
    assert [(str(c.value), c.as_of) for c in found if c.scope == "average"] == [
        ("5.3", "2012"), ("13.1", "2016"), ("17", "2021"),
    ]  # fmt: skip
