"""The extractors: each fills one table from an Outline. One that raises costs its own rows only."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ntm_extract.facts import Extraction, Fact
from ntm_extract.model import Outline, Problem
from ntm_extract.problems import Code, problem

if TYPE_CHECKING:
    from ntm_extract.knowledge import Knowledge

Extract = Callable[..., Any]
Reader = Callable[[Outline, "Knowledge"], Any]


class Extractor(Struct, frozen=True):
    """A function and the field of Extraction that its result fills; `needs` reads what several extractors share."""

    table: str
    function: Extract
    needs: Reader | None = None

    def __call__(self, outline: Outline, knowledge: Knowledge) -> Any:
        """What it finds by itself, with its own reading of what it needs."""
        shared = () if self.needs is None else (self.needs(outline, knowledge),)
        return self.function(outline, knowledge, *shared)


def extractor(*, table: str, needs: Reader | None = None) -> Callable[[Extract], Extractor]:
    """Declare a function of (Outline, Knowledge) as the extractor of a table.

    With `needs`, that function of the same two is called once a document and its value given as third argument to
    every extractor that names it.
    """
    return lambda function: Extractor(table, function, needs)


def run(
    extractors: tuple[Extractor, ...], outline: Outline, knowledge: Knowledge
) -> tuple[Extraction, tuple[Problem, ...]]:
    """Fill every table. A fact found twice (same fact_id) is kept once, the first."""
    filled: dict[str, Any] = {}
    shared: dict[Reader, Any] = {}
    problems: list[Problem] = []
    for one in extractors:
        try:
            arguments: tuple[Any, ...] = (outline, knowledge)
            if one.needs is not None:
                if one.needs not in shared:
                    shared[one.needs] = one.needs(outline, knowledge)
                arguments = (outline, knowledge, shared[one.needs])
            filled[one.table] = _distinct(one.function(*arguments))
        except Exception as error:  # whatever an extractor raises must cost its own table only
            problems.append(problem(Code.EXTRACT_FAILED, f"extract {one.table}", f"{type(error).__name__}: {error}"))
    return Extraction(**filled), tuple(problems)


def _distinct(found: Any) -> Any:
    """Facts in their order, each identity once; anything else (the head, places) as it is."""
    if isinstance(found, tuple) and found and isinstance(found[0], Fact):
        return tuple({fact.fact_id: fact for fact in reversed(found)}.values())[::-1]
    return found
