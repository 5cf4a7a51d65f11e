"""Checks by arithmetic: documents print their own proofs: a percentage beside its ratio, a total over its parts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ntm_extract.checks.registry import checker
from ntm_extract.facts import Budget, Check, Extraction


@checker
def ratio_makes_percentage(extraction: Extraction) -> Iterator[Check]:
    """A percentage printed beside its ratio is that ratio, rounded or cut to the places printed."""
    for fact in extraction.percentages:
        if fact.value is None or fact.computed is None:
            continue
        places = max(0, -int(fact.value.as_tuple().exponent))
        if abs(fact.value - fact.computed) >= Decimal(1).scaleb(-places):
            expected, found = (
                f"{vn(fact.computed.quantize(Decimal('0.01')))}{fact.unit}",
                f"{vn(fact.value)}{fact.unit}",
            )
            ratio = f"{vn(fact.num)}/{vn(fact.den)}"
            yield Check(
                check="ratio_makes_percentage",
                fact_ids=(fact.fact_id,),
                expected=expected,
                found=found,
                severity="error",
                message=f"Tỷ số {ratio} bằng {expected}, nhưng văn bản ghi {found}",
                message_en=f"{ratio} is {expected}, but {found} is printed",
            )


@checker
def parts_make_total(extraction: Extraction) -> Iterator[Check]:
    """Parts of a budget sum to its total; more than the total is an error, less may be a list that names only some."""
    by_id = {fact.fact_id: fact for fact in extraction.budgets}
    parts: dict[str, list[Budget]] = {}
    for fact in extraction.budgets:
        if fact.parent_id in by_id and fact.op not in ("<", "<=") and fact.per is None:
            parts.setdefault(fact.parent_id, []).append(fact)
    for parent_id, children in parts.items():
        total, found = by_id[parent_id].amount_vnd, sum(child.amount_vnd for child in children)
        exact = all(child.op == "=" for child in children)
        if found == total or (found < total and (len(children) < 2 or not exact)):
            continue
        yield Check(
            check="parts_make_total",
            fact_ids=(parent_id, *(child.fact_id for child in children)),
            expected=str(total),
            found=str(found),
            severity="error" if found > total else "warning",
            message=f"Tổng các phần là {vn(found)} đồng, khác tổng số đã ghi {vn(total)} đồng",
            message_en=f"the parts sum to {found} đồng, but {total} is printed as their total",
        )


@checker
def part_within_whole(extraction: Extraction) -> Iterator[Check]:
    """The part is not above the whole, unless the text says that the plan was passed."""
    for fact in extraction.percentages:
        passed = fact.value is not None and fact.value > 100
        if fact.num is None or fact.den is None or fact.num <= fact.den or passed or "vượt" in fact.evidence.quote:
            continue
        yield Check(
            check="part_within_whole",
            fact_ids=(fact.fact_id,),
            expected=f"<= {vn(fact.den)}",
            found=vn(fact.num),
            severity="warning",
            message=f"Phần {vn(fact.num)} lớn hơn tổng {vn(fact.den)}",
            message_en=f"{fact.num} is above the {fact.den} that it is part of",
        )


@checker
def count_within_total(extraction: Extraction) -> Iterator[Check]:
    """A count is not above the number of units that there are."""
    for fact in extraction.criteria:
        if fact.count is not None and fact.total is not None and fact.count > fact.total:
            yield Check(
                check="count_within_total",
                fact_ids=(fact.fact_id,),
                expected=f"<= {fact.total}",
                found=str(fact.count),
                severity="error",
                message=f"Số đạt {fact.count} lớn hơn tổng số {fact.total}",
                message_en=f"count {fact.count} is above its total {fact.total}",
            )


@checker
def places_match_count(extraction: Extraction) -> Iterator[Check]:
    """As many communes are listed as are counted."""
    for fact in extraction.criteria:
        if fact.places and fact.count is not None and fact.scope != "unit" and len(fact.places) != fact.count:
            yield Check(
                check="places_match_count",
                fact_ids=(fact.fact_id,),
                expected=str(fact.count),
                found=str(len(fact.places)),
                severity="warning",
                message=f"Ghi {fact.count} {fact.unit or 'đơn vị'} nhưng kể tên {len(fact.places)}",
                message_en=f"{fact.count} counted but {len(fact.places)} named",
            )


def vn(number: Decimal | int | None) -> str:
    """A number as Vietnamese write it: 1.234,5."""
    return "" if number is None else f"{number:,}".translate(str.maketrans(",.", ".,"))
