"""criteria_matrix: which commune has met which criterion when, from counts that name their communes. Pure.

A count of communes that meet a criterion marks those it names, and no other. They are marked "no" where the quote says
that some fail and as many are named as there are beside the count ("9/12 xã đạt … 3 xã chưa đạt: …"): the nine have no
mark, since the count does not say which they are. Else the named are marked "yes".
"""

from __future__ import annotations

from collections.abc import Iterator

from ntm_extract.facts import Criteria, Result

FAILING = ("chưa đạt", "không đạt", "chưa hoàn thành")


def marks(result: Result) -> Iterator[dict[str, str | int | float | None]]:
    """A row a mark, in the order of the facts."""
    head = result.extraction.head
    for fact in result.extraction.criteria:
        if fact.scope != "criterion" or not fact.criterion or fact.status != "achieved" or not fact.places:
            continue
        for place, met in _marked(fact):
            yield {
                "doc_id": result.document.doc_id,
                "commune": place,
                "criterion": fact.criterion,
                "met": met,
                "as_of": fact.as_of or head.date,
                "criteria_set": fact.criteria_set,
                "fact_id": fact.fact_id,
                "page": fact.evidence.page,
                "confidence": fact.evidence.confidence,
            }


def _marked(fact: Criteria) -> Iterator[tuple[str, str]]:
    """(commune, yes or no) for each commune that the fact names."""
    said = fact.evidence.quote.lower()
    rest = None if fact.total is None or fact.count is None else fact.total - fact.count
    failing = any(word in said for word in FAILING) and len(fact.places) == rest and len(fact.places) != fact.count
    for place in fact.places:
        yield place, "no" if failing else "yes"
