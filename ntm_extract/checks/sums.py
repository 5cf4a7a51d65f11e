"""That amounts make their total: the relation, with the rounding of printed figures allowed for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from math import isqrt

from ntm_extract.checks.registry import Failure, Relation, term
from ntm_extract.checks.view import printed, vn
from ntm_extract.facts import Budget

WHOLE = 0.8  # share of the total from which a list that falls short is held to name all parts


def sum_of(check: str, total: Budget, parts: Sequence[Budget], *, complete: bool = False) -> Relation:
    """The relation of a total to its parts; `complete`: all parts are known to be named, as in a table."""
    figures = [printed(fact, "amount_vnd") for fact in (total, *parts)]
    steps = [figure.step for figure in figures]
    loose = max(steps) > min(steps) or any(f.rounded for f in figures)
    rounded = max(steps) * max(1, isqrt(len(parts)) // 2) if loose else Decimal(0)
    names_some = not complete and (len(parts) < 2 or any(part.op != "=" for part in parts))
    short = sum(part.amount_vnd for part in parts) < WHOLE * total.amount_vnd
    return Relation(
        check=check,
        terms=tuple(term(fact.fact_id, "amount_vnd", fact.amount_vnd) for fact in (total, *parts)),
        test=partial(_sums, rounded, names_some, total.op),
        exact=not names_some,
        doubtful=names_some or (short and not complete),
    )


def _sums(rounded: Decimal, names_some: bool, op: str, values: Sequence[Decimal]) -> Failure | None:
    """`rounded` is by how much the sum may miss the total because their figures are rounded."""
    total, found = values[0], sum(values[1:], Decimal(0))
    if abs(found - total) <= rounded or (found < total and names_some) or (found > total and op in (">", ">=")):
        return None
    return Failure(
        str(total),
        str(found),
        f"Tổng các phần là {vn(found)} đồng, khác tổng số đã ghi {vn(total)} đồng",
        f"the parts sum to {vn(found)} đồng, but {vn(total)} is printed as their total",
        "error" if found > total else "warning",
    )
