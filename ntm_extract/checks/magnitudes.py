"""Indicators are of the size that such things have: the ranges are data (data/magnitudes.toml)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from ntm_extract.checks.registry import Failure, Relation, checker, term
from ntm_extract.checks.view import Limit, View, vn
from ntm_extract.facts import Fact


@checker
def magnitude(view: View) -> Iterator[Relation]:
    """A number that no such indicator has had: an income of 400 million, 60 criteria a commune."""
    for fact, field, value in view.numbers():
        limit = next(
            (one for one in view.limits if (one.table, one.field) == (fact.table, field) and _is(one, fact)), None
        )
        if limit is not None:
            yield Relation(
                check="magnitude",
                terms=(term(fact.fact_id, field, value),),
                test=partial(_within, limit),
                exact=False,
            )


def described(fact: Fact) -> str:
    """What an indicator is known by: scope, label, unit and rate, in lower case."""
    said = (getattr(fact, name, None) or "" for name in ("scope", "label", "unit", "of", "per"))
    return " | ".join(said).lower()


def _is(limit: Limit, fact: Fact) -> bool:
    return bool(limit.pattern.search(described(fact)))


def _within(limit: Limit, values: Sequence[Decimal]) -> Failure | None:
    (value,) = values
    if limit.low <= value <= limit.high:
        return None
    low, high = vn(limit.low), vn(limit.high)
    return Failure(
        f"{low} - {high}",
        vn(value),
        f"{limit.name}: {vn(value)} nằm ngoài khoảng thường gặp {low} - {high}",
        f"{limit.name}: {vn(value)} is outside the usual {low} to {high}",
        "warning",
    )
