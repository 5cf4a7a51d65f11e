"""Marks of an annex table, commune by criterion: the criteria that list a commune are as many as it is said to have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from ntm_extract.checks.registry import Failure, Relation, checker, term
from ntm_extract.checks.view import View
from ntm_extract.facts import Criteria

CRITERIA = 19


@checker
def marks_make_count(view: View) -> Iterator[Relation]:
    """Where all 19 criteria name their communes, each commune has as many as name it."""
    named: dict[int, Criteria] = {}
    for fact in view.extraction.criteria:
        if fact.scope == "criterion" and fact.criterion and fact.places and fact.status == "achieved":
            named.setdefault(fact.criterion, fact)
    if len(named) < CRITERIA:
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
    if count == marks:
        return None
    text = f"Xã {place}: ghi {count} tiêu chí nhưng đánh dấu {marks}"
    return Failure(str(marks), str(count), text, f"{place}: {count} criteria counted but {marks} marked", "warning")
