"""Counts of communes: within their total, one total a document, as many as are named, the same wherever repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from ntm_extract.checks.ratios import rounds_to
from ntm_extract.checks.registry import Failure, Relation, checker, term
from ntm_extract.checks.view import COMMUNE, View, printed, vn
from ntm_extract.facts import Criteria, Percentage

OF_COMMUNES = re.compile(r"\s?xã\s?[,(]*\s?(?:chiếm|đạt|bằng|tương ứng)?\s?(?:tỷ lệ\s|khoảng\s)?$", re.IGNORECASE)
"""What stands between a count of communes and its share of them."""


@checker
def count_within_total(view: View) -> Iterator[Relation]:
    """A count is not above the number of units that there are."""
    for fact in view.extraction.criteria:
        total = fact.total or (view.communes if fact.unit == COMMUNE and fact.change == "total" else None)
        if fact.count is None or total is None or fact.scope == "average":
            continue
        terms = (term(fact.fact_id, "count", fact.count), term(fact.fact_id, "total", total))
        yield Relation(
            check="count_within_total",
            terms=terms if fact.total else terms[:1],
            test=partial(_count, total, "error" if fact.total else "warning"),
            exact=False,
        )


def _count(known: int, severity: str, values: Sequence[Decimal]) -> Failure | None:
    count, total = values[0], values[1] if len(values) > 1 else Decimal(known)
    if count <= total:
        return None
    return Failure(
        f"<= {total}",
        str(count),
        f"Số đạt {count} lớn hơn tổng số {total}",
        f"count {count} is above its total {total}",
        "error" if severity == "error" else "warning",
    )


@checker
def one_total(view: View) -> Iterator[Relation]:
    """A document speaks of one number of communes; a total that differs from it by a likely misreading is told."""
    if view.communes is None:
        return
    counts = [
        (fact.fact_id, "total", Decimal(fact.total))
        for fact in view.extraction.criteria
        if fact.total and (fact.unit or COMMUNE) == COMMUNE and fact.scope in ("criterion", "band", "standard")
    ]
    shares = [
        (fact.fact_id, "den", fact.den)
        for fact in view.extraction.percentages
        if fact.of == COMMUNE and fact.den is not None
    ]
    for fact_id, field, value in (*counts, *shares):
        yield Relation(
            check="one_total",
            terms=(term(fact_id, field, value),),
            test=partial(_total, view.communes),
            doubtful=True,  # of a group of communes, of another year
        )


def _total(communes: int, values: Sequence[Decimal]) -> Failure | None:
    (total,) = values
    if total == communes:
        return None
    return Failure(
        str(communes),
        str(total),
        f"Tổng số {total} xã, nhưng các chỗ khác trong văn bản là {communes} xã",
        f"a total of {total} communes, but {communes} everywhere else in the document",
        "warning",
    )


@checker
def places_match_count(view: View) -> Iterator[Relation]:
    """As many communes are listed as are counted."""
    for fact in view.extraction.criteria:
        if fact.places and fact.count is not None and fact.scope not in ("unit", "average"):
            yield Relation(
                check="places_match_count",
                terms=(term(fact.fact_id, "count", fact.count),),
                test=partial(_named, len(fact.places), fact.unit or "đơn vị"),
            )


def _named(named: int, unit: str, values: Sequence[Decimal]) -> Failure | None:
    (count,) = values
    if count == named:
        return None
    text = f"Ghi {count} {unit} nhưng kể tên {named}"
    return Failure(str(count), str(named), text, f"{count} counted but {named} named", "warning")


@checker
def share_of_communes(view: View) -> Iterator[Relation]:
    """A share printed beside a count of communes without total ("7 xã, chiếm 58,3%") is that of all communes."""
    if view.communes is None:
        return
    shares = [
        p
        for p in view.extraction.percentages
        if p.value is not None and p.num is None and p.op == "=" and p.unit == "%"
    ]
    for fact in view.extraction.criteria:
        if (
            fact.count is None
            or fact.total
            or fact.unit != COMMUNE
            or fact.scope not in ("criterion", "band", "standard")
        ):
            continue
        for share in shares:
            if abs((share.evidence.line or 0) - (fact.evidence.line or 0)) <= 1 and _beside(fact, share):
                terms = (term(fact.fact_id, "count", fact.count), term(share.fact_id, "value", share.value or 0))
                test = partial(_share, view.communes)
                yield Relation(check="share_of_communes", terms=terms, test=test, doubtful=True)
                break


def _beside(fact: Criteria, share: Percentage) -> bool:
    if fact.evidence.page != share.evidence.page or not fact.evidence.line:
        return False
    before, _, _ = share.evidence.quote.rpartition(printed(share, "value").text)
    _, found, between = before.rpartition(printed(fact, "count").text)
    return bool(found) and bool(OF_COMMUNES.fullmatch(between))


def _share(communes: int, values: Sequence[Decimal]) -> Failure | None:
    count, value = values
    exact = 100 * count / communes
    if rounds_to(value, exact):
        return None
    expected = f"{vn(round(exact, max(1, -int(value.as_tuple().exponent))))}%"
    return Failure(
        expected,
        f"{vn(value)}%",
        f"{count} trên {communes} xã bằng {expected}, nhưng văn bản ghi {vn(value)}%",
        f"{count} of {communes} communes are {expected}, but {vn(value)}% is printed",
        "warning",
    )


@checker
def repeated_count(view: View) -> Iterator[Relation]:
    """The same count of the same thing at the same time is the same in text, summary and annex table."""
    first: dict[tuple[object, ...], Criteria] = {}
    for fact in view.extraction.criteria:
        if fact.count is None or fact.change != "total" or fact.scope == "average" or fact.op != "=":
            continue
        if fact.scope != "unit" and fact.total not in (None, view.communes):
            continue  # of other communes than all
        who = fact.places if fact.scope == "unit" else ()
        if fact.scope == "unit" and len(who) != 1:
            continue
        key = (fact.scope, fact.criterion, fact.level, fact.band_min, fact.band_max, fact.status, who, fact.as_of)
        other = first.setdefault(key, fact)
        if other is not fact:
            terms = (term(other.fact_id, "count", other.count or 0), term(fact.fact_id, "count", fact.count))
            yield Relation(check="repeated_count", terms=terms, test=_same, doubtful=True)


def _same(values: Sequence[Decimal]) -> Failure | None:
    one, two = values
    if one == two:
        return None
    text = f"Cùng một số liệu ghi {one} ở một chỗ và {two} ở chỗ khác"
    return Failure(str(one), str(two), text, f"the same count is {one} in one place and {two} in another", "warning")


@checker
def result_reaches_target(view: View) -> Iterator[Relation]:
    """A standing target for a later time is not below what is reached already."""
    reached = {
        (f.scope, f.criterion, f.level): f
        for f in view.extraction.criteria
        if f.status == "achieved" and f.change == "total" and f.count is not None and f.total == view.communes
    }
    for fact in view.extraction.criteria:
        now = reached.get((fact.scope, fact.criterion, fact.level))
        if (
            now is None
            or fact.status != "target"
            or fact.change != "total"
            or fact.count is None
            or fact.scope == "unit"
        ):
            continue
        if fact.scope == "band" or fact.op in ("<", "<=") or fact.total not in (None, view.communes):
            continue
        if 2 * fact.count < (now.count or 0):
            continue  # how many more, said without "thêm"
        terms = (term(now.fact_id, "count", now.count or 0), term(fact.fact_id, "count", fact.count))
        yield Relation(check="result_reaches_target", terms=terms, test=_aim, exact=False, doubtful=True)


def _aim(values: Sequence[Decimal]) -> Failure | None:
    reached, target = values
    if target >= reached:
        return None
    text = f"Mục tiêu {target} thấp hơn kết quả đã đạt {reached}"
    return Failure(f">= {reached}", str(target), text, f"a target of {target}, but {reached} are reached", "warning")
