"""For a failed check, the readings of one of its numbers that would close it and break no other, likeliest first.

The likelihood weighs how often a number is so misread, how sure its recogniser was, and which of the failed checks
around it the reading leaves open: each of those would need another error.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from ntm_extract.checks.readings import LIKELY, readings, value
from ntm_extract.checks.registry import Relation, Term
from ntm_extract.checks.view import View, printed
from ntm_extract.facts import Criteria, Fact, Percentage
from ntm_extract.result import Change, Check, Proposal

KEPT = 3
STILL_OPEN = 5.0  # cost of a failed check that a reading leaves open: another error must explain it
TERMS = 60  # numbers of one check that are tried; beyond, a table column would take too long
Place = tuple[str, str]  # fact_id and field


class _Offer(NamedTuple):
    cost: float
    printed: str
    reading: str
    places: tuple[Place, ...]
    value: Decimal
    plain: float  # cost of the misreading alone


def checks_of(view: View, relations: Sequence[Relation]) -> tuple[Check, ...]:
    """What failed, each with its proposals; a doubtful relation only where a misreading explains it."""
    at: dict[Place, list[Relation]] = defaultdict(list)
    for relation in relations:
        for term in relation.terms:
            at[term.fact_id, term.field].append(relation)
    twins = twin_places(view)
    found: dict[str, Check] = {}
    for relation in relations:
        failure = relation.test(relation.values)
        if failure is None:
            continue
        offers = sorted(_offers(view, relation, at, twins))
        if relation.doubtful and not any(offer.plain <= LIKELY for offer in offers):
            continue
        check = replace(relation.check_of(failure), fact_ids=_suspects(relation, at))
        weights = [math.exp(offers[0].cost - offer.cost) for offer in offers]
        proposals = tuple(
            _proposal(view, offer, weight / sum(weights)) for offer, weight in zip(offers[:KEPT], weights, strict=False)
        )
        found.setdefault(check.check_id(""), replace(check, proposals=proposals))
    return tuple(found.values())


def _suspects(relation: Relation, at: Mapping[Place, list[Relation]]) -> tuple[str, ...]:
    """The facts that may be wrong: not those that other sums, ratios or marks prove, unless that is all of them."""
    unproven = {
        term.fact_id
        for term in relation.terms
        if not any(one.exact and one.holds for one in at[term[:2]] if one is not relation)
    }
    left = tuple(fact_id for fact_id in relation.fact_ids if fact_id in unproven or fact_id in relation.facts)
    return left or relation.fact_ids


def _offers(
    view: View, relation: Relation, at: Mapping[Place, list[Relation]], twins: Mapping[Place, tuple[Place, ...]]
) -> list[_Offer]:
    best: dict[tuple[str, Decimal], _Offer] = {}
    around = {id(r): r for term in relation.terms for r in at[term[:2]] if r is not relation and not r.holds}
    for term in relation.terms[:TERMS]:
        fact = view.by_id[term.fact_id]
        places = (term[:2], *twins.get(term[:2], ()))
        touched = list(({id(r): r for place in places for r in at[place]} | around).values())
        doubt = -math.log(max(0.02, 1.02 - fact.evidence.confidence))
        for text, reading, new, cost in _read_otherwise(fact, term):
            if relation.test(_with(relation, places, new)) is not None:
                continue
            still = _left_open(touched, places, new)
            if still is not None:
                offer = _Offer(cost + doubt + STILL_OPEN * still, text, reading, places, new, cost)
                key = (term.fact_id + term.field, new)
                best[key] = min(best.get(key, offer), offer)
    return list(best.values())


def _read_otherwise(fact: Fact, term: Term) -> Iterator[tuple[str, str, Decimal, float]]:
    """(as printed, another reading, its value, its cost)."""
    text, scale = printed(fact, term.field)
    share, whole = isinstance(fact, Percentage) and term.field == "value", isinstance(fact, Criteria)
    for reading, cost in readings(text).items():
        new = value(reading, scale, share=share, whole=whole and term.field != "value")
        counts = whole and term.field != "value"
        if new is not None and new != term.value and not (counts and new % 1) and _fits(term, new):
            yield text, reading, new, cost


def _fits(term: Term, new: Decimal) -> bool:
    return not (term.field in ("den", "total") and new <= 0) and not (term.field == "amount_vnd" and new % 1)


def _with(relation: Relation, places: Sequence[Place], new: Decimal) -> tuple[Decimal, ...]:
    return tuple(new if term[:2] in places else term.value for term in relation.terms)


def _left_open(touched: Sequence[Relation], places: Sequence[Place], new: Decimal) -> int | None:
    """How many failed relations a reading leaves failed; None if it breaks one that held."""
    still = 0
    for relation in touched:
        if relation.test(_with(relation, places, new)) is None:
            continue
        if relation.holds:
            return None
        still += 1
    return still


def twin_places(view: View) -> dict[Place, tuple[Place, ...]]:
    """Places that hold the same printed number: a count of communes with its total, and the ratio row of the same."""
    pairs: dict[Place, tuple[Place, ...]] = {}
    ratios = [p for p in view.extraction.percentages if p.num is not None and p.den is not None]
    for count in view.extraction.criteria:
        for ratio in ratios:
            if (count.count, count.total) == (ratio.num, ratio.den) and count.evidence.beside(ratio.evidence):
                for one, two in (("count", "num"), ("total", "den")):
                    pairs[count.fact_id, one] = ((ratio.fact_id, two),)
                    pairs[ratio.fact_id, two] = ((count.fact_id, one),)
                break
    return pairs


def _proposal(view: View, offer: _Offer, likelihood: float) -> Proposal:
    changes = []
    for fact_id, field in offer.places:
        fact = view.by_id[fact_id]
        changes.append(
            Change(
                fact_id=fact_id,
                table=fact.table,
                field=field,
                value=_plain(offer.value),
                was=_plain(Decimal(getattr(fact, field))),
            )
        )
    return Proposal(
        printed=offer.printed, reading=offer.reading, changes=tuple(changes), likelihood=round(likelihood, 4)
    )


def _plain(number: Decimal) -> str:
    return f"{number:f}"
