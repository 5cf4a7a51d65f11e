"""Figures that were not understood: a fact in whose words one stands may have lost a part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ntm_extract.checks.registry import Relation, broken, checker
from ntm_extract.checks.view import View
from ntm_extract.text.english import count_of
from ntm_extract.text.numbers import NUMBER

NAMED = 5  # figures that the message names


@checker
def figures_read(view: View) -> Iterator[Relation]:
    """Every figure of the text is understood, as a row or as something else; told once a document."""
    lost = [one for one in view.extraction.uncounted if one.reason == "unread"]
    if not lost:
        return
    at: dict[tuple[int, int | None], set[str]] = defaultdict(set)
    for one in lost:
        at[one.page, one.line].add(one.printed)
    beside = [
        fact.fact_id
        for fact in view.extraction.facts
        if any(m[0] in at[fact.evidence.page, fact.evidence.line] for m in NUMBER.finditer(fact.evidence.quote))
    ]
    named = ", ".join(f"{one.printed} (tr. {one.page}, d. {one.line})" for one in lost[:NAMED])
    named_en = ", ".join(f"{one.printed} (p. {one.page}, l. {one.line})" for one in lost[:NAMED])
    more = ", …" if len(lost) > NAMED else ""
    said = f"{len(lost)} con số không hiểu được: {named}{more}"
    said_en = f"{count_of(len(lost), 'figure')} not understood: {named_en}{more}"
    yield broken("figures_read", beside, "0", str(len(lost)), said, said_en)
