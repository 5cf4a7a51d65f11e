"""Counts of communes: within their total, one total a document, as many as are named, the same wherever repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from ntm_extract.checks.marks import marked, unread
from ntm_extract.checks.ratios import share_off
from ntm_extract.checks.registry import Failure, Relation, Severity, checker, term, unequal
from ntm_extract.checks.view import COMMUNE, View, agreed, counted, of_all, share_follows
from ntm_extract.facts import CRITERIA, Criteria, Percentage
from ntm_extract.text.english import count_of

OF_COMMUNES = re.compile(r"\s?xã\s?[,(]*\s?(?:chiếm|đạt|bằng|tương ứng)?\s?(?:tỷ lệ\s|khoảng\s)?$", re.IGNORECASE)
"""What stands between a count of communes and its share of them."""


@checker
def count_within_total(view: View) -> Iterator[Relation]:
    """A count is not above the number of units that there are."""
    for fact in view.extraction.criteria:
        total = fact.total or _most(view, fact)
        if fact.count is None or total is None or fact.scope == "average":
            continue
        terms = (term(fact.fact_id, "count", fact.count), term(fact.fact_id, "total", total))
        yield Relation(
            check="count_within_total",
            terms=terms if fact.total else terms[:1],
            test=partial(_count, total, "error" if fact.total else "warning"),
            exact=False,
        )


def _most(view: View, fact: Criteria) -> int | None:
    """The total of a count that is printed without one: all communes, all criteria."""
    if fact.scope == "unit":
        return CRITERIA
    return view.communes if fact.unit == COMMUNE and fact.change == "total" else None


def _count(known: int, severity: Severity, values: Sequence[Decimal]) -> Failure | None:
    count, total = values[0], values[1] if len(values) > 1 else Decimal(known)
    if count <= total:
        return None
    return Failure(
        f"<= {total}",
        str(count),
        f"Số đạt {count} lớn hơn tổng số {total}",
        f"count {count} is above its total {total}",
        severity,
    )


@checker
def one_total(view: View) -> Iterator[Relation]:
    """A document speaks of one number of communes, and of one of criteria that each may meet.

    A total that differs from it by a likely misreading is told.
    """
    criteria = tuple(
        (fact.fact_id, "total", Decimal(fact.total))
        for fact in view.extraction.criteria
        if fact.total and fact.scope == "unit"
    )
    for known, unit, unit_en, totals in (
        (view.communes, "xã", "communes", view.totals),
        (agreed(value for _, _, value in criteria), "tiêu chí", "criteria", criteria),
    ):
        for fact_id, field, value in totals:
            if known is None:
                break
            yield Relation(
                check="one_total",
                terms=(term(fact_id, field, value),),
                test=partial(_total, known, unit, unit_en),
                doubtful=True,  # of a group of communes, of another year
            )


def _total(known: int, unit: str, unit_en: str, values: Sequence[Decimal]) -> Failure | None:
    (total,) = values
    text = f"Tổng số {total} {unit}, nhưng các chỗ khác trong văn bản là {known} {unit}"
    return unequal(known, total, text, f"a total of {total} {unit_en}, but {known} everywhere else")


@checker
def places_match_count(view: View) -> Iterator[Relation]:
    """As many communes are listed as are counted."""
    lost = {fact.fact_id for facts in unread(view).values() for fact in facts}
    for fact in view.extraction.criteria:
        named = fact.count is not None and fact.scope not in ("unit", "average") and (fact.places or marked(fact))
        if named and fact.fact_id not in lost:
            yield Relation(
                check="places_match_count",
                terms=(term(fact.fact_id, "count", fact.count or 0),),
                test=partial(_named, len(fact.places), fact.unit or "đơn vị"),
            )


def _named(named: int, unit: str, values: Sequence[Decimal]) -> Failure | None:
    (count,) = values
    text = f"Ghi {count} {unit} nhưng kể tên {named}"
    return unequal(count, named, text, f"{count} counted but {named} named")


@checker
def share_of_communes(view: View) -> Iterator[Relation]:
    """A share printed beside a count of communes without total ("7 xã, chiếm 58,3%") is that of all communes."""
    if view.communes is None:
        return
    for fact in view.extraction.criteria:
        if fact.count is None or fact.total or fact.unit != COMMUNE or not of_all(fact):
            continue
        share = next((share for share in view.lone_shares if _beside(fact, share)), None)
        if share is not None:
            terms = (term(fact.fact_id, "count", fact.count), term(share.fact_id, "value", share.value or 0))
            test = partial(_share, view.communes)
            yield Relation(check="share_of_communes", terms=terms, test=test, doubtful=True)


def _beside(fact: Criteria, share: Percentage) -> bool:
    if not fact.evidence.beside(share.evidence):
        return False
    return share_follows(share, fact, "count", OF_COMMUNES)


def _share(communes: int, values: Sequence[Decimal]) -> Failure | None:
    count, value = values
    said, said_en = f"{count} trên {communes} xã", f"{count} of {count_of(communes, 'commune')}"
    return share_off(count, Decimal(communes), value, said, said_en)


@checker
def repeated_count(view: View) -> Iterator[Relation]:
    """The same count of the same thing at the same time is the same wherever the text, or the tables, repeat it."""
    first: dict[tuple[object, ...], Criteria] = {}
    for fact in view.extraction.criteria:
        what = counted(view, fact)
        if what is None:
            continue
        key = (what, fact.evidence.cell is not None, fact.status, fact.as_of)
        other = first.setdefault(key, fact)
        if other is not fact:
            terms = (term(other.fact_id, "count", other.count or 0), term(fact.fact_id, "count", fact.count or 0))
            yield Relation(check="repeated_count", terms=terms, test=_same, doubtful=True)


def _same(values: Sequence[Decimal]) -> Failure | None:
    one, two = values
    text = f"Cùng một số liệu ghi {one} ở một chỗ và {two} ở chỗ khác"
    return unequal(one, two, text, f"the same count is {one} in one place and {two} in another")
