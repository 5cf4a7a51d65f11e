"""series: the same indicator of a place over documents, a plan beside the later result, falls that can't be. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from ntm_extract.facts import Budget, Criteria, Fact, Percentage
from ntm_extract.result import Result
from ntm_extract.text.folding import lowered

GROWING = ("standard", "criterion", "average", "unit")
"""Scopes of criteria whose results fall only with another set of criteria, or by an error."""


class Point(NamedTuple):
    """What one document says of one indicator at one time."""

    place: str
    indicator: str
    period: str
    planned: bool
    value: Decimal
    unit: str
    growing: str  # the set of criteria within which it can't fall; "" for what may rise and fall
    doc_id: str
    fact_id: str
    confidence: float


def points(result: Result) -> Iterator[Point]:
    """The indicators of a document that others may have too. Facts without a time take the document's."""
    head = result.extraction.head
    place = ", ".join(name for name in (head.commune, head.district, head.province) if name)
    if not place:
        return
    for fact in result.extraction.facts:
        told = _indicator(fact)
        if told is None:
            continue
        indicator, value, unit, period, growing = told
        period = period or head.date or ""
        own = fact.places[:1] if isinstance(fact, Criteria) and fact.scope == "unit" else ()
        at = ", ".join((*own, place))
        yield Point(
            at,
            indicator,
            period,
            getattr(fact, "status", "") == "target",
            value,
            unit,
            growing,
            result.document.doc_id,
            fact.fact_id,
            fact.evidence.confidence,
        )


def _indicator(fact: Fact) -> tuple[str, Decimal, str, str | None, str] | None:
    """(indicator, value, unit, time, set within which it can't fall), for facts that are indicators."""
    match fact:
        case Criteria(op="=", change="total") if fact.scope in GROWING:
            value = fact.value if fact.scope == "average" else fact.count
            what = {"criterion": f"tiêu chí {fact.criterion}", "standard": fact.level or "nông thôn mới"}.get(
                fact.scope, ""
            )
            unit = {"average": "tiêu chí/xã", "unit": "tiêu chí"}.get(fact.scope, fact.unit or "xã")
            name = f"{fact.scope} {what}".strip()
            return None if value is None else (name, Decimal(value), unit, fact.as_of, fact.criteria_set or "?")
        case Budget(op="=", per=str() as per) if "người" in per and "thu nhập" in fact.label.lower():
            return "thu nhập bình quân", Decimal(fact.amount_vnd), f"đồng/{per}", fact.period, ""
        case Percentage(op="=") if fact.value is not None and fact.label:
            return lowered(fact.label), fact.value, fact.unit, fact.period, ""
    return None


def series(found: Iterable[Point]) -> list[dict[str, str | int | float | Decimal | None]]:
    """A row a point of every indicator that a place has at two times or more, in order of time."""
    lines: dict[tuple[str, str, str], list[Point]] = {}
    for point in found:
        lines.setdefault((point.place, point.indicator, point.unit), []).append(point)
    rows: list[dict[str, str | int | float | Decimal | None]] = []
    for _, line in sorted(lines.items()):
        if len({point.period for point in line}) < 2 and len({point.planned for point in line}) < 2:
            continue
        before: Point | None = None
        for point in sorted(line, key=lambda p: (p.period, p.planned, p.doc_id, p.fact_id)):
            plans = [p for p in line if p.planned and p.period[:4] == point.period[:4] and p.doc_id != point.doc_id]
            last = before if not point.planned else None
            fell = bool(last and point.growing and last.growing == point.growing and point.value < last.value)
            rows.append(
                {
                    "place": point.place,
                    "indicator": point.indicator,
                    "unit": point.unit,
                    "period": point.period,
                    "status": "target" if point.planned else "achieved",
                    "value": point.value,
                    "plan": plans[-1].value if plans and not point.planned else None,
                    "previous": last.value if last else None,
                    "flag": "impossible drop" if fell else "",
                    "doc_id": point.doc_id,
                    "fact_id": point.fact_id,
                    "confidence": point.confidence,
                }
            )
            before = before if point.planned else point
    return rows
