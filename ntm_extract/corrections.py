"""What people decided about facts, and how it is laid over what was read. Pure.

A decision names its fact by `fact_id`, which hangs on the place of the number alone: it outlives another rule, another
repair and another run. What was read is never changed; decisions are applied each time the tables are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

import msgspec
from msgspec import Struct
from msgspec.structs import fields, replace

from ntm_extract.facts import TABLE_OF, Budget, Extraction, Fact, Head
from ntm_extract.result import Check, Result

if TYPE_CHECKING:
    from ntm_extract.checks.confidence import Assessed

Action = Literal["accept", "correct", "reject"]
Judge = Callable[[Extraction], "Assessed"]
"""What holds the facts of a document against each other and says how sure each is."""
DECIDED = 0.99
"""Confidence of a fact that a person has looked at."""
COLUMNS = ("fact_id", "table", "action", "field", "value", "was", "check_id", "note")
LOOKED = (", accepted", ", corrected")
"""How the rule ends of a fact that a person has looked at."""
R = TypeVar("R", Head, Fact)


class Correction(Struct, frozen=True, kw_only=True):
    """One decision.

    `accept`: the row, or the check, is right as printed; `correct`: its `field` is `value`; `reject`: the row is no
    fact. For the document's own row the table is `documents` and the fact_id its doc_id.
    """

    fact_id: str
    table: str
    action: Action
    field: str = ""
    value: str = ""
    was: str = ""  # what the field held when it was decided; for people
    check_id: str = ""  # the check that it answers, if any
    note: str = ""


class Unused(Struct, frozen=True):
    """A decision that could not be applied, and why."""

    correction: Correction
    reason: str


def by_id(corrections: Iterable[Correction]) -> dict[str, tuple[Correction, ...]]:
    """Decisions by fact_id, or by check_id where a check without facts was decided; in the order given."""
    found: dict[str, list[Correction]] = {}
    for one in corrections:
        found.setdefault(one.fact_id or one.check_id, []).append(one)
    return {key: tuple(some) for key, some in found.items()}


def ids(result: Result) -> set[str]:
    """Everything in a document that a decision can name."""
    doc_id = result.document.doc_id
    checks = {check.check_id(doc_id) for check in result.checks}
    return {doc_id, *checks, *(fact.fact_id for fact in result.extraction.facts)}


def corrected(result: Result, decided: Sequence[Correction], judge: Judge) -> tuple[Result, tuple[Unused, ...]]:
    """The result as decided, all its facts checked and rated again; and the decisions that could not be applied."""
    doc_id = result.document.doc_id
    extraction, unused = apply(result.extraction, doc_id, decided)
    extraction, checks, _ = judge(extraction)
    looked = {one.fact_id: f"{one.action}ed" for one in sorted(decided, key=lambda one: one.action)}
    sure = _each(extraction, lambda fact: _sure(fact, looked.get(fact.fact_id, "")))
    return replace(result, extraction=sure, checks=settle(checks, doc_id, decided)), unused


def apply(extraction: Extraction, doc_id: str, decided: Sequence[Correction]) -> tuple[Extraction, tuple[Unused, ...]]:
    """The facts with values as decided. Of two decisions about one field the later counts."""
    unused: list[Unused] = []
    decisions = by_id(decided)
    head = _decide(extraction.head, decisions.get(doc_id, ()), unused)
    extraction = _each(extraction, lambda fact: _decide(fact, decisions.get(fact.fact_id, ()), unused))
    budgets = _parents(extraction.budgets)
    return replace(extraction, head=head or extraction.head, budgets=budgets), tuple(unused)


def settle(checks: Iterable[Check], doc_id: str, decided: Sequence[Correction]) -> tuple[Check, ...]:
    """Checks with those marked that a person answered: by the check itself, or by accepting each of its facts."""
    answered = {one.check_id for one in decided if one.action == "accept" and one.check_id}
    accepted = {one.fact_id for one in decided if one.action == "accept"}

    def known(check: Check) -> bool:
        whole = bool(check.fact_ids) and accepted.issuperset(check.fact_ids)
        return whole or check.check_id(doc_id) in answered

    return tuple(replace(check, settled=True) if known(check) else check for check in checks)


def _each(extraction: Extraction, change: Callable[[Fact], Fact | None]) -> Extraction:
    """The extraction with every fact changed; None drops it."""
    tables: dict[str, Any] = {
        name: tuple(new for fact in getattr(extraction, name) if (new := change(fact)) is not None)
        for name in TABLE_OF.values()
    }
    return replace(extraction, **tables)


def _decide(row: R, decided: Iterable[Correction], unused: list[Unused]) -> R | None:
    for one in decided:
        if one.action == "reject":
            return None
        if one.action == "correct":
            try:
                row = _set(row, one)
            except ValueError as error:
                unused.append(Unused(one, str(error)))
    return row


def _sure(fact: Fact, looked: str) -> Fact:
    if not looked:
        return fact
    evidence = replace(fact.evidence, confidence=DECIDED, rule=f"{fact.evidence.rule}, {looked}")
    return replace(fact, evidence=evidence)


def _set(row: R, one: Correction) -> R:
    """The row with one field as decided. Raises ValueError if it has no such field or can't hold the value."""
    types = {f.name: f.type for f in fields(row) if f.name != "evidence"}
    if one.field not in types:
        raise ValueError(f"no such field: {one.field}")
    raw: object = one.value or None
    if one.field == "places":
        raw = [place.strip() for place in one.value.split(";") if place.strip()]
    try:
        value = msgspec.convert(raw, types[one.field], strict=False)
    except msgspec.ValidationError as error:
        raise ValueError(f"{one.field} can't be {one.value!r}: {error}") from error
    return replace(row, **{one.field: value})


def _parents(budgets: tuple[Budget, ...]) -> tuple[Budget, ...]:
    """Parts follow their total: its amount as decided, and no total where it was rejected."""
    amounts = {fact.fact_id: fact.amount_vnd for fact in budgets}

    def follow(fact: Budget) -> Budget:
        amount = amounts.get(cast("str", fact.parent_id))
        return replace(fact, parent=amount, parent_id=fact.parent_id if amount is not None else None)

    return tuple(follow(fact) if fact.parent_id else fact for fact in budgets)
