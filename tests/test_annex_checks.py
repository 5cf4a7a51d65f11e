"""Checks over annex tables: sums both ways, marks against counts, the text against the table; structures in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from msgspec.structs import replace

from ntm_extract.checks import check
from ntm_extract.edges.data import load_limits
from ntm_extract.facts import Budget, Criteria, Extraction, Percentage, Uncounted
from ntm_extract.result import Check
from tests.conftest import evidence

SOURCES = ("ngân sách tỉnh", "ngân sách huyện", "nhân dân")
ROWS = ((1170, 520, 410, 240), (640, 300, 220, 120), (530, 220, 190, 120))
MILLION = 10**6


def money(rows: Sequence[Sequence[int]] = ROWS, tree: Sequence[int | None] = (None, 0, 0)) -> tuple[Budget, ...]:
    """A table: a total and its sources in each row; `tree` names the row that each is part of."""
    found: dict[tuple[int, int], Budget] = {}
    for row, amounts in enumerate(rows):
        for col, amount in enumerate(amounts):
            above = found.get((row, 0)) if col else None if tree[row] is None else found[tree[row] or 0, 0]
            found[row, col] = Budget(
                evidence=evidence(f"1:{row}:{col}", line=None, quote=f"Mục – Vốn: {amount:,}".replace(",", ".")),
                amount_vnd=amount * MILLION,
                source=SOURCES[col - 1] if col else None,
                parent=above.amount_vnd if above else None,
                parent_id=above.fact_id if above else None,
            )
    return tuple(found.values())


def failed(*budgets: Budget, criteria: tuple[Criteria, ...] = ()) -> tuple[Check, ...]:
    judged = check(Extraction(budgets=budgets, criteria=criteria), load_limits())
    assert not judged.problems
    return judged.checks


def test_a_table_that_adds_up_is_left_in_peace() -> None:
    assert failed(*money()) == ()


def test_a_cell_misread_fails_its_row_and_its_column_and_is_the_first_proposal() -> None:
    rows = [list(row) for row in ROWS]
    rows[1][2] = 270  # of 220
    checks = failed(*money(rows))
    assert [c.check for c in checks] == ["sources_make_total", "columns_make_total"]
    assert all(c.proposals[0].text == "270 → 220" for c in checks)
    assert {len(c.fact_ids) for c in checks} == {1}  # the others are proven by sums that hold


def test_a_wrong_tree_of_rows_blames_no_number() -> None:
    """The sign of the first row was read as "I", so that the others seem to be its parts."""
    (found,) = failed(*money((*ROWS[:1], *ROWS[2:], ROWS[1]), (None, 0, 1)))
    assert (found.check, len(found.fact_ids), found.proposals) == ("rows_add_up", 1, ())


def test_a_column_that_was_not_read_blames_no_number() -> None:
    cells = [fact for fact in money() if fact.source != "ngân sách huyện"]
    assert [c.check for c in failed(*cells)] == ["sources_add_up"]


def marks(table: int, named: Sequence[int], counts: Sequence[int]) -> tuple[Criteria, ...]:
    places = ("An Phú", "Nà Lọm", "Bản Rẫy", "Tà Sìn")
    return tuple(
        Criteria(
            evidence=evidence(
                f"{table}:{n}:6", line=None, rule="table criterion", quote=f"Tiêu chí – Số xã đạt: {count}/4"
            ),
            scope="criterion", criterion=n, count=count, total=4, unit="xã", places=places[:seen],
        )
        for n, (seen, count) in enumerate(zip(named, counts, strict=True), 1)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ((4, 3, 2, 4, 1, 2), []),
        ((4, 3, 2, 4, 0, 2), [("places_match_count", 1)]),  # also where no mark at all was read
        ((2, 1, 0, 3, 1, 2), [("marks_read", 4)]),
    ],
)
def test_marks_against_the_counts_beside_them(named: Sequence[int], expected: list[tuple[str, int]]) -> None:
    found = failed(criteria=marks(1, named, (4, 3, 2, 4, 1, 2)))
    assert [(c.check, len(c.fact_ids)) for c in found] == expected


def test_text_against_annex_table() -> None:
    listed = marks(1, (4, 3, 2, 1), (4, 3, 2, 1))
    told = tuple(
        replace(fact, places=(), evidence=evidence(f"{fact.criterion}:0.0", quote=f"{count}/4 xã"), count=count)
        for fact, count in zip(listed, (4, 3, 1, 1), strict=True)
    )
    (found,) = failed(criteria=(*told, *listed))
    assert (found.check, set(found.fact_ids)) == ("annex_repeats_counts", {told[2].fact_id})  # marks prove the table's


@pytest.mark.parametrize(("told", "expected"), [((520, 410, 240), []), ((520, 470, 240), ["annex_repeats_money"])])
def test_money_of_the_text_against_the_annex_table(told: Sequence[int], expected: list[str]) -> None:
    text = [
        Budget(
            evidence=evidence(f"{n}:0.0", quote=f"{source} {amount} triệu đồng"),
            amount_vnd=amount * MILLION,
            source=source,
        )
        for n, (source, amount) in enumerate(zip(SOURCES, told, strict=True), 1)
    ]
    assert [c.check for c in failed(*text, *money())] == expected


@pytest.mark.parametrize(("scale", "with_text"), [(1000, True), (MILLION, False)])
def test_a_table_of_another_size_than_its_money_has_its_unit_misread(scale: int, with_text: bool) -> None:
    text = [
        Budget(evidence=evidence(f"{n}:0.0"), amount_vnd=amount * MILLION, source=source)
        for n, (source, amount) in enumerate(zip(SOURCES, ROWS[0][1:], strict=True), 1)
    ]
    table = [
        replace(f, amount_vnd=f.amount_vnd // scale, parent=f.parent and f.parent // scale, parent_id=None)
        for f in money()
    ]
    by_place = {f.evidence.cell: f for f in table}
    table = [replace(f, parent_id=_above(f, by_place)) for f in table]
    (found,) = failed(*(text if with_text else ()), *table)
    assert (found.check, len(found.fact_ids)) == ("table_unit", len(table))


def _above(fact: Budget, by_place: dict[tuple[int, int, int] | None, Budget]) -> str | None:
    assert fact.evidence.cell is not None
    table, row, col = fact.evidence.cell
    above = by_place[table, row, 0] if col else by_place[table, 0, 0] if row else None
    return above.fact_id if above else None


def test_a_figure_that_was_not_understood_is_told_with_the_fact_in_whose_words_it_stands() -> None:
    share = Percentage(evidence=evidence("7:4.0", line=7, quote="1 40 hộ, đạt 84%"), value=Decimal(84))
    near = Percentage(evidence=evidence("7:9.0", line=7, quote="140 xã đạt 86%"), value=Decimal(86))
    other = Percentage(evidence=evidence("9:4.0", line=9, quote="40 hộ, đạt 71%"), value=Decimal(71))
    lost = (Uncounted(1, 7, "40", "unread"), Uncounted(1, 9, "40", "date"))
    judged = check(Extraction(percentages=(share, near, other), uncounted=lost), load_limits())
    (found,) = judged.checks
    assert (found.check, found.fact_ids, found.found) == ("figures_read", (share.fact_id,), "1")
    assert "40" in found.message_en


def test_a_commune_has_nineteen_criteria_at_most_and_all_have_one_total() -> None:
    units = [
        Criteria(
            evidence=evidence(f"1:{n}:4", line=None, quote=f"Xã: {count}/{total}"),
            scope="unit", count=count, total=total, places=(f"Xã {n}",),
        )
        for n, (count, total) in enumerate(((12, 19), (9, 19), (5, 9), (11, 19)))
    ]  # fmt: skip
    assert [(c.check, c.proposal) for c in failed(criteria=tuple(units))] == [("one_total", "9 → 19")]
    lost = replace(units[0], count=719, total=None)
    assert "count_within_total" in {c.check for c in failed(criteria=(lost,))}


def test_a_share_beside_what_was_planned_and_paid_is_that_of_them() -> None:
    amounts, shares = [], []
    for row, (plan, paid, share) in enumerate(((200, 150, 75), (300, 240, 80), (400, 300, 57))):
        for col, (amount, said) in enumerate(((plan, "target"), (paid, "achieved"))):
            at = evidence(f"1:{row}:{col}", line=None, quote=f"Mục – Vốn: {amount}")
            amounts.append(Budget(evidence=at, amount_vnd=amount * MILLION, status=said))  # type: ignore[arg-type]
        shares.append(Percentage(evidence=evidence(f"1:{row}:2", line=None, quote=f"{share}"), value=Decimal(share)))
    judged = check(Extraction(budgets=tuple(amounts), percentages=tuple(shares)), load_limits())
    (wrong,) = [c for c in judged.checks if c.check == "amounts_make_share"]
    assert (wrong.expected, wrong.found) == ("75,0%", "57%")
