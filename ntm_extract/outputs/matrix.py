"""criteria_matrix: which commune has met which criterion when, from counts that name their communes. Pure.

A count marks the communes that it names as meeting the criterion and those that it names as failing. Where it names one
side whole ("9/12 xã đạt …; còn 3 xã chưa đạt: …") and the document names as many communes as there are, the others are
the other side.
"""

from __future__ import annotations

from collections.abc import Iterator

from ntm_extract.facts import Criteria
from ntm_extract.result import Result


def marks(result: Result) -> Iterator[dict[str, str | int | float | None]]:
    """A row a mark, in the order of the facts."""
    head = result.extraction.head
    known = _communes(result.extraction.criteria)
    for fact in result.extraction.criteria:
        if fact.scope != "criterion" or not fact.criterion or fact.status != "achieved":
            continue
        for commune, met, by in _marked(fact, known):
            yield {
                "doc_id": result.document.doc_id,
                "commune": commune,
                "criterion": fact.criterion,
                "met": "yes" if met else "no",
                "as_of": fact.as_of or head.date,
                "criteria_set": fact.criteria_set,
                "fact_id": fact.fact_id,
                "page": fact.evidence.page,
                "confidence": fact.evidence.confidence,
                "by": by,
            }


def _communes(facts: tuple[Criteria, ...]) -> dict[str, str]:
    """The communes that a document's criteria name: folded name to name, in the order of first mention."""
    known: dict[str, str] = {}
    for fact in facts:
        if fact.scope == "criterion" or (fact.scope == "unit" and len(fact.places) == 1):
            for name in (*fact.places, *fact.failing):
                known.setdefault(name.casefold(), name)
    return known


def _marked(fact: Criteria, known: dict[str, str]) -> Iterator[tuple[str, bool, str]]:
    """(commune, whether it meets the criterion, how that is known) for all that the fact tells of."""
    for names, met in ((fact.places, True), (fact.failing, False)):
        yield from ((name, met, "name") for name in names)
    if fact.count is None or fact.total is None or len(known) != fact.total:
        return
    named = {name.casefold() for name in (*fact.places, *fact.failing)}
    others = [name for key, name in known.items() if key not in named]
    if len(fact.places) == fact.count and not fact.failing:
        yield from ((name, False, "complement") for name in others)
    elif len(fact.failing) == fact.total - fact.count and not fact.places:
        yield from ((name, True, "complement") for name in others)
