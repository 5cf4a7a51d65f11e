"""The checks: each a pure function over a document's facts that yields relations which its numbers must keep.

A relation knows the numbers it holds together, whether or not it holds. So the same relations say what failed, what no
check covers, and which other reading of a number would close one without breaking another. A check that raises costs
itself only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from msgspec import Struct

from ntm_extract.checks.view import View
from ntm_extract.model import Problem
from ntm_extract.problems import Code, problem
from ntm_extract.result import Check

Severity = Literal["error", "warning"]


class Term(NamedTuple):
    """A number that takes part: the field of a fact, and what it holds."""

    fact_id: str
    field: str
    value: Decimal


class Failure(NamedTuple):
    """What does not hold, in figures and in words."""

    expected: str
    found: str
    message: str  # Vietnamese
    message_en: str
    severity: Severity = "error"


Test = Callable[[Sequence[Decimal]], Failure | None]


class Relation(Struct, frozen=True, kw_only=True):
    """Numbers that must fit together. `test` takes their values in the order of `terms`.

    `exact`: any change beyond the rounding breaks it (a sum, a ratio), as against a bound that many values keep.
    `doubtful`: documents may rightly not keep it (a list that names some parts only), so that a failure is told only
    where a likely misreading explains it. `facts` are concerned without a number of theirs being weighed.
    """

    check: str
    terms: tuple[Term, ...]
    test: Test
    exact: bool = True
    doubtful: bool = False
    facts: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The numbers as read."""
        return tuple(term.value for term in self.terms)

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """All facts concerned, each once."""
        return tuple(dict.fromkeys((*(term.fact_id for term in self.terms), *self.facts)))

    @property
    def holds(self) -> bool:
        """Whether the numbers as read keep it."""
        return self.test(self.values) is None

    def check_of(self, failure: Failure) -> Check:
        """The failed check, without proposals."""
        return Check(check=self.check, fact_ids=self.fact_ids, **failure._asdict())


def broken(check: str, facts: Sequence[str], *said: str) -> Relation:
    """A relation that weighs no numbers and does not hold. `said`: expected, found, message, message in English."""
    expected, found, message, message_en = said
    failure = Failure(expected, found, message, message_en, "warning")
    return Relation(check=check, terms=(), test=lambda _: failure, exact=False, facts=tuple(facts))


def unequal(expected: object, found: object, message: str, message_en: str) -> Failure | None:
    """What two figures that must be one are; None where they are."""
    return None if expected == found else Failure(str(expected), str(found), message, message_en, "warning")


Relating = Callable[[View], Iterable[Relation]]


class Checker(Struct, frozen=True):
    """A check's name and its function."""

    name: str
    function: Relating


def checker(function: Relating) -> Checker:
    """Declare a function as the check of its name."""
    return Checker(function.__name__, function)


def relate(checkers: tuple[Checker, ...], view: View) -> tuple[tuple[Relation, ...], tuple[Problem, ...]]:
    """Every relation of a document, in a fixed order, and the checks that could not be made."""
    found: list[Relation] = []
    problems: list[Problem] = []
    for one in checkers:
        try:
            found += one.function(view)
        except Exception as error:  # a check that breaks must not cost the facts
            problems.append(problem(Code.CHECK_FAILED, f"check {one.name}", f"{type(error).__name__}: {error}"))
    return tuple(found), tuple(problems)


def term(fact_id: str, field: str, value: Decimal | int) -> Term:
    """A term of a whole or decimal number."""
    return Term(fact_id, field, Decimal(value))
