"""Marks of an annex table, commune by criterion, against the counts printed at its right and at its foot."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from ntm_extract.checks.registry import Failure, Relation, broken, checker, term, unequal
from ntm_extract.checks.view import View, once
from ntm_extract.facts import CRITERIA, Criteria
from ntm_extract.text.english import count_of

MARKED = "table criterion"  # the rule that reads marks
UNREAD = 1 / 3  # share of the rows whose marks differ from their count where it is the marks that were not read
COUNTED = re.compile(r"(\d+)(?:\s?/\s?\d+)?")


def marked(fact: Criteria) -> bool:
    """Whether a count is printed in a table that marks the communes it counts: it names all of them, or none."""
    said = COUNTED.fullmatch(fact.evidence.quote.rpartition(": ")[2])
    printed = said is not None and int(said[1]) == fact.count
    return by_marks(fact) and printed


def by_marks(fact: Criteria) -> bool:
    """Whether a count stands in a table that marks the communes that meet each criterion."""
    return fact.evidence.rule == MARKED and fact.evidence.cell is not None and fact.scope == "criterion"


@once
def unread(view: View) -> dict[int, list[Criteria]]:
    """The counts that differ from their marks, by table, of tables where so many do that it is the marks."""
    tables: dict[int, list[Criteria]] = defaultdict(list)
    for fact in view.extraction.criteria:
        if marked(fact) and fact.evidence.cell is not None:
            tables[fact.evidence.cell[0]].append(fact)
    off = {number: [f for f in facts if len(f.places) != f.count] for number, facts in tables.items()}
    return {number: facts for number, facts in off.items() if len(facts) > max(1, UNREAD * len(tables[number]))}


@checker
def marks_read(view: View) -> Iterator[Relation]:
    """The marks of a table are as many as its counts; where most are not, it is the marks, and that is told once."""
    for facts in unread(view).values():
        counted, seen = sum(f.count or 0 for f in facts), sum(len(f.places) for f in facts)
        yield broken(
            "marks_read",
            [f.fact_id for f in facts],
            str(counted),
            str(seen),
            f"{len(facts)} tiêu chí ghi {counted} lượt xã đạt nhưng chỉ đọc được {seen} dấu",
            f"{count_of(len(facts), 'criterion counts', 'criteria count')} {count_of(counted, 'commune')} "
            f"but {count_of(seen, 'mark was', 'marks were')} read",
        )


@checker
def marks_make_count(view: View) -> Iterator[Relation]:
    """Where all 19 criteria name their communes, each commune has as many as name it."""
    named: dict[int, Criteria] = {}
    lost = {fact.fact_id for facts in unread(view).values() for fact in facts}
    for fact in view.extraction.criteria:
        if fact.scope == "criterion" and fact.criterion and fact.places and fact.status == "achieved":
            named.setdefault(fact.criterion, fact)
    if len(named) < CRITERIA or any(fact.fact_id in lost for fact in named.values()):
        return
    for fact in view.extraction.criteria:
        if fact.scope == "unit" and fact.count is not None and len(fact.places) == 1 and fact.status == "achieved":
            (place,) = fact.places
            marks = sum(place in one.places for one in named.values())
            yield Relation(
                check="marks_make_count",
                terms=(term(fact.fact_id, "count", fact.count),),
                test=partial(_marks, place, marks),
            )


def _marks(place: str, marks: int, values: Sequence[Decimal]) -> Failure | None:
    (count,) = values
    text = f"Xã {place}: ghi {count} tiêu chí nhưng đánh dấu {marks}"
    return unequal(marks, count, text, f"{place}: {count} criteria counted but {marks} marked")


@checker
def counts_balance(view: View) -> Iterator[Relation]:
    """In a table of 19 criteria by commune the counts of the criteria and those of the communes have one sum."""
    tables: dict[int, list[Criteria]] = defaultdict(list)
    for fact in view.extraction.criteria:
        if fact.evidence.cell is not None and fact.count is not None and fact.status == "achieved":
            tables[fact.evidence.cell[0]].append(fact)
    for facts in tables.values():
        rows = [f for f in facts if f.scope == "criterion" and marked(f)]
        columns = [f for f in facts if f.scope == "unit"]
        totals = {f.total for f in rows}
        if len({f.criterion for f in rows}) == CRITERIA == len(rows) and totals == {len(columns)}:
            yield Relation(
                check="counts_balance",
                terms=tuple(term(f.fact_id, "count", f.count or 0) for f in (*rows, *columns)),
                test=_balance,
                doubtful=True,  # a misreading that explains it says which of so many counts to look at
            )


def _balance(values: Sequence[Decimal]) -> Failure | None:
    rows, columns = sum(values[:CRITERIA]), sum(values[CRITERIA:])
    text = f"Bảng tiêu chí: các tiêu chí cộng lại {rows} lượt, các xã cộng lại {columns}"
    return unequal(rows, columns, text, f"the criteria sum to {rows}, but the communes to {columns}")
