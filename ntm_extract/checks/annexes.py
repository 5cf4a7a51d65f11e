"""What the text says of all communes and of all money, against the annex tables that say it again.

A table may be of another time or plan than the text. It says the same again if most of what both name agrees.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial

from ntm_extract.checks.grids import Grid, grids
from ntm_extract.checks.registry import Failure, Relation, broken, checker, term, unequal
from ntm_extract.checks.view import Counted, View, counted, printed, vn
from ntm_extract.facts import Budget, Criteria

AGREE = 2  # figures that must be the same before others are held to be
LITTLE = 10_000_000  # đồng that no table of works or sources stays under
THOUSANDS = tuple(Decimal(10) ** power for power in (-9, -6, -3, 3, 6, 9))
REPEATED = ("criterion", "unit")
"""Scopes of counts that annex tables have."""


@checker
def annex_repeats_counts(view: View) -> Iterator[Relation]:
    """A criterion, a commune: the counts of the text are those of the annex table."""
    told: dict[Counted, list[Criteria]] = defaultdict(list)
    tables: dict[int, list[tuple[Counted, Criteria]]] = defaultdict(list)
    for fact in view.extraction.criteria:
        key = counted(view, fact)
        if key is None or fact.scope not in REPEATED or fact.status != "achieved":
            continue
        cell = fact.evidence.cell
        if cell is None:
            told[key].append(fact)
        else:
            tables[cell[0]].append((key, fact))
    for facts in tables.values():
        pairs = [(one, fact) for key, fact in facts for one in told[key]]
        yield from _same(
            [
                Relation(
                    check="annex_repeats_counts",
                    terms=(term(one.fact_id, "count", one.count or 0), term(fact.fact_id, "count", fact.count or 0)),
                    test=_counts,
                )
                for one, fact in pairs
            ]
        )


def _counts(values: Sequence[Decimal]) -> Failure | None:
    told, listed = values
    text = f"Văn bản ghi {told} nhưng phụ lục ghi {listed}"
    return unequal(told, listed, text, f"{told} in the text but {listed} in the annex table")


@checker
def annex_repeats_money(view: View) -> Iterator[Relation]:
    """A total and its sources: the money of the text is that of the first row of the annex table."""
    for _, pairs in _repeated(view):
        yield from _same([_amounts(one, fact) for one, fact in pairs])


@checker
def table_unit(view: View) -> Iterator[Relation]:
    """The money of a table is of the size of the text's, and of what works cost; else its unit was misread."""
    for grid in grids(view):
        most = max(fact.amount_vnd for fact in grid.cells.values())
        if most < LITTLE:
            said = f"Bảng tiền có số lớn nhất là {vn(most)} đồng: có thể đọc sai đơn vị tính"
            yield _unit(grid, f">= {vn(LITTLE)}", vn(most), said, f"no amount of the table is above {vn(most)} đồng")
    for grid, pairs in _repeated(view):
        times = Counter(Decimal(one.amount_vnd) / fact.amount_vnd for one, fact in pairs if fact.amount_vnd)
        factor, count = times.most_common(1)[0] if times else (Decimal(1), 0)
        if factor in THOUSANDS and count >= AGREE and 2 * count > len(pairs):
            said = f"Tiền trong bảng và trong văn bản lệch nhau {vn(factor)} lần: có thể đọc sai đơn vị tính"
            said_en = f"the text has {vn(factor)} times what the table has"
            yield _unit(grid, "1", vn(factor), said, said_en)


def _unit(grid: Grid, expected: str, found: str, said: str, said_en: str) -> Relation:
    facts = [fact.fact_id for fact in grid.cells.values()]
    return broken("table_unit", facts, expected, found, said, f"{said_en}: its unit may be misread")


def _repeated(view: View) -> Iterator[tuple[Grid, list[tuple[Budget, Budget]]]]:
    """Each table of money with what its first row and the text both name: (of the text, of the table)."""
    told: dict[str | None, list[Budget]] = defaultdict(list)
    totals = {fact.parent_id for fact in view.told if fact.parent_id}
    for fact in view.told:
        plain = fact.per is None and fact.op == "=" and fact.capital is None
        if plain and (fact.source or fact.fact_id in totals):
            told[fact.source].append(fact)
    for grid in grids(view):
        if grid.main is None or grid.grand is None:
            continue
        row = grid.row(grid.grand).values()
        pairs = [(one, fact) for fact in row for one in told[fact.source] if one.status == fact.status]
        known = [(one, fact) for one, fact in pairs if one.source] or pairs
        yield grid, [(one, fact) for one, fact in known if _only(one, told)]


def _only(fact: Budget, told: dict[str | None, list[Budget]]) -> bool:
    """Whether the text says one amount of the source."""
    return len({one.amount_vnd for one in told[fact.source] if one.status == fact.status}) == 1


def _amounts(told: Budget, listed: Budget) -> Relation:
    steps = [printed(fact, "amount_vnd").step for fact in (told, listed)]
    return Relation(
        check="annex_repeats_money",
        terms=tuple(term(fact.fact_id, "amount_vnd", fact.amount_vnd) for fact in (told, listed)),
        test=partial(_money, max(steps) if steps[0] != steps[1] else Decimal(0)),
    )


def _money(rounded: Decimal, values: Sequence[Decimal]) -> Failure | None:
    told, listed = values
    if abs(told - listed) < rounded:
        return None
    text = f"Văn bản ghi {vn(told)} đồng nhưng phụ lục ghi {vn(listed)} đồng"
    return unequal(vn(told), vn(listed), text, f"{vn(told)} đồng in the text but {vn(listed)} in the annex table")


def _same(pairs: Iterable[Relation]) -> Iterator[Relation]:
    """The pairs, if most of them agree."""
    all_pairs = list(pairs)
    agree = sum(one.holds for one in all_pairs)
    if agree >= AGREE and 2 * agree > len(all_pairs):
        yield from all_pairs
