"""The checks: pure functions over a document's facts that yield what does not hold. One that raises costs itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from ntm_extract.facts import Check, Extraction
from ntm_extract.model import Problem
from ntm_extract.problems import Code, problem

Checking = Callable[[Extraction], Iterable[Check]]


class Checker(Struct, frozen=True):
    """A check's name and its function."""

    name: str
    function: Checking


def checker(function: Checking) -> Checker:
    """Declare a function as the check of its name."""
    return Checker(function.__name__, function)


def run(checkers: tuple[Checker, ...], extraction: Extraction) -> tuple[tuple[Check, ...], tuple[Problem, ...]]:
    """Make every check; return those that failed, in a fixed order, and the checks that could not be made."""
    failed: list[Check] = []
    problems: list[Problem] = []
    for one in checkers:
        try:
            failed += one.function(extraction)
        except Exception as error:  # a check that breaks must not cost the facts
            problems.append(problem(Code.CHECK_FAILED, f"check {one.name}", f"{type(error).__name__}: {error}"))
    return tuple(failed), tuple(problems)
