"""Facts of annex tables by the words of their heads; tables joined over pages."""

from __future__ import annotations

import pytest

from ntm_extract.extract.table_heads import columns, rows, says, value
from ntm_extract.extract.tables import with_tables
from ntm_extract.facts import Extraction
from ntm_extract.layout.sheets import sheets
from ntm_extract.model import Outline, Table
from ntm_extract.outputs.cells import retyped
from tests.annex_help import document, table
from tests.names import knowledge

BUDGET = [
    ["TT", "Danh mục công trình", "Tổng số", "Trong đó", ">"],
    ["^", "^", "^", "NSTW", "Dân góp"],
    ["I", "Giao thông", "900", "600", "300"],
    ["1", "Đường xóm Gò", "500", "400", "100"],
    ["2", "Cầu Khe Tre", "400", "200", "200"],
    ["", "Tổng cộng", "900", "600", "300"],
]


def facts(*pages: tuple[Table, ...]) -> Extraction:
    return with_tables(Extraction(), Outline(document=document(*pages), passages=()), knowledge())


def test_budgets_form_a_tree() -> None:
    found = facts((table(BUDGET, caption=("Biểu 3. Nhu cầu vốn", "ĐVT: triệu đồng")),)).budgets
    assert len(found) == 12
    assert {b.status for b in found} == {"target"}
    by_place = {b.evidence.position: b for b in found}
    assert by_place["1:5:2"].parent is None
    assert by_place["1:2:2"].parent_id == by_place["1:5:2"].fact_id
    assert by_place["1:3:2"].parent_id == by_place["1:2:2"].fact_id
    assert by_place["1:3:3"].parent_id == by_place["1:3:2"].fact_id
    assert (by_place["1:4:4"].amount_vnd, by_place["1:4:4"].source) == (200_000_000, "nhân dân")


def test_progress_gives_shares_with_both_numbers() -> None:
    lines = [
        ["STT", "Chỉ tiêu", "Đơn vị tính", "KH năm 2022", "Ước thực hiện", "So với KH (%)"],
        ["1", "Kênh kiên cố hóa", "km", "40", "30", "75"],
        ["2", "Hộ có điện", "hộ", "1.200", "1.140", "95,0"],
    ]
    found = facts((table(lines),))
    assert [(str(p.value), str(p.num), str(p.den), p.of) for p in found.percentages] == [
        ("75", "30", "40", "km"),
        ("95.0", "1140", "1200", "hộ"),
    ]
    assert not found.quantities


def test_criteria_name_the_communes_that_bear_a_mark() -> None:
    names = ["Quy hoạch", "Giao thông", "Thủy lợi", "Điện", "Trường học", "Thu nhập"]
    body = [[str(i), name, "x", "" if i == 2 else "x", "01/2" if i == 2 else "2/2"] for i, name in enumerate(names, 1)]
    lines = [["TT", "Tiêu chí", "Các xã", ">", "Số xã đạt"], ["^", "^", "Khe Gạo", "Bãi Sậy", "^"], *body]
    lines.append(["", "Tổng số tiêu chí đạt", "6/19", "5/19", ""])
    found = facts((table(lines),)).criteria
    assert [c.criterion for c in found if c.scope == "criterion"] == [1, 2, 3, 4, 5, 10]
    assert next(c for c in found if c.criterion == 2).places == ("Khe Gạo",)
    assert [(c.places, c.count, c.total) for c in found if c.scope == "unit"] == [
        (("Khe Gạo",), 6, 19),
        (("Bãi Sậy",), 5, 19),
    ]


def test_a_column_of_few_marks_over_its_sum_is_one_of_marks() -> None:
    lines = [
        ["TT", "Tên xã", *(f"TC{n}" for n in range(1, 8)), "Tổng"],
        ["1", "Nà Sáy", *"xxxxxx", "", "06/19"],
        ["2", "Pú Hồng", *"xxxxx", "", "", "05/19"],
        ["3", "Tà Lài", *"xxxxx", "", "", "05/19"],
        ["", "Số xã đạt", *["3/3"] * 5, "1/3", "0/3", ""],
    ]
    found = {c.criterion: (c.count, c.places) for c in facts((table(lines),)).criteria if c.scope == "criterion"}
    assert (found[6], found[7]) == ((1, ("Nà Sáy",)), (0, ()))


def test_a_dash_and_an_empty_cell_state_nothing() -> None:
    lines = [["TT", "Nội dung", "Tổng số", "Ngân sách xã"], ["1", "Chợ Đình", "70", "-"], ["2", "Giếng làng", "", ""]]
    assert len(facts((table(lines, caption=("Đơn vị tính: triệu đồng",)),)).budgets) == 1


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_goes_on_over_the_page(repeated: bool) -> None:
    more = (BUDGET[:2] if repeated else []) + [["3", "Mương Cái", "80", "80", "-"]]
    (sheet,) = sheets(document((table(BUDGET),), (table(more, page=2, top=60),)))
    assert sheet.table.rows == len(BUDGET) + 1
    assert sheet.pages == (1, 2)
    assert retyped(sheet)[-1] == ["3", "Mương Cái", "80", "80", "-"]


def test_a_titled_table_is_a_new_one() -> None:
    other = table(BUDGET, page=2, caption=("Biểu 4. Vốn năm sau",), top=60)
    assert len(sheets(document((table(BUDGET),), (other,)))) == 2


def test_a_row_that_numbers_the_columns_is_head() -> None:
    lines = [["TT", "Nội dung", "Vốn", "Số hộ"], ["(1)", "(2)", "(3)", "(4)"], ["1", "Chợ", "7", "9"]]
    assert sheets(document((table(lines),)))[0].head == 2


@pytest.mark.parametrize("group", ["role", "row", "status"])
def test_examples_name_their_role(group: str) -> None:
    for role in getattr(knowledge().tables, group):
        for example in role.examples:
            assert says(example, role), (role.name, example)


def test_columns_have_their_roles() -> None:
    (sheet,) = sheets(document((table(BUDGET),)))
    found = columns(sheet, knowledge())
    assert [c.role for c in found] == ["index", "label", "total", "source", "source"]
    assert [r.parent for r in rows(sheet, found, knowledge())] == [5, 2, 2, None]


@pytest.mark.parametrize(("text", "peers", "number"), [("18,268", ["4.433"], "18268"), ("31,7", ["68,48"], "31.7")])
def test_a_column_tells_how_its_numbers_are_written(text: str, peers: list[str], number: str) -> None:
    assert str(value(text, [text, *peers])) == number


def test_units_of_money() -> None:
    factor = knowledge().unit_notes.factor
    assert [*map(factor, ("triệu đồng", "Tr. đồng", "tỷ đồng", "hộ"))] == [10**6, 10**6, 10**9, None]
