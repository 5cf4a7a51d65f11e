"""Facts of a few composed lines, for the tests of reading."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ntm_extract.edges.data import load_knowledge
from ntm_extract.edges.textfile import split
from ntm_extract.extract.budgets import extract_budgets
from ntm_extract.extract.claims import Reading, read_document
from ntm_extract.extract.criteria import extract_criteria
from ntm_extract.extract.percentages import extract_percentages
from ntm_extract.extract.quantities import extract_quantities
from ntm_extract.extract.registry import run
from ntm_extract.facts import Budget, Criteria, Extraction, Fact, Percentage, Quantity
from ntm_extract.knowledge import Knowledge
from ntm_extract.layout.passages import outline
from ntm_extract.model import Document, Outline


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return load_knowledge()


def text_document(text: str) -> Document:
    return Document(doc_id="0123456789abcdef", source="a.txt", media="text", pages=split(text))


def outlined(text: str) -> Outline:
    return outline(text_document(text))


def reading(text: str) -> Reading:
    return read_document(outlined(text), knowledge())


def facts(text: str, known: Knowledge | None = None) -> Extraction:
    found, problems = run(
        (extract_criteria, extract_percentages, extract_budgets, extract_quantities),
        outlined(text),
        known or knowledge(),
    )
    assert not problems
    return found


def rows(table: tuple[Any, ...], *fields: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(row, field) for field in fields) for row in table]


def told(sentence: str, known: Knowledge | None = None) -> str:
    """Its facts, as "criterion 2: 9/11 xã; quantity: 3 hộ"."""
    return "; ".join(map(_told, facts(sentence, known).facts))


def named(text: str, known: Knowledge | None = None) -> str:
    """Its facts with their names and dates, as "tỷ lệ hộ nghèo: <5% (2025) target; criterion 2: 9/11 xã"."""
    return "; ".join(map(_named, facts(text, known).facts))


def _named(fact: Fact) -> str:
    match fact:
        case Criteria():
            said, when, target = _criteria(fact), fact.as_of, ""  # which says its status itself
        case Percentage() | Budget() | Quantity():
            op, target = fact.op if fact.op != "=" else "", "target" if fact.status == "target" else ""
            number, when = _told(fact).partition(": ")[2], fact.period
            said = f"{fact.label}: {op}{number}" + (f"/{fact.per}" if isinstance(fact, Budget) and fact.per else "")
        case _:
            raise TypeError(type(fact))
    return " ".join(filter(None, [said, f"({when})" if when else "", target]))


def _told(fact: Fact) -> str:
    match fact:
        case Criteria():
            return _criteria(fact)
        case Percentage(value=None):
            return f"percentage: {fact.num}/{fact.den}"
        case Percentage():
            return f"percentage: {fact.value}{fact.unit}"
        case Budget():
            return f"budget: {fact.amount_vnd}"
        case Quantity():
            return f"quantity: {fact.value} {fact.unit}"
    raise TypeError(type(fact))


def _criteria(fact: Criteria) -> str:
    what = {"criterion": fact.criterion, "standard": fact.level, "band": f"{fact.band_min}-{fact.band_max}"}
    number = fact.value if fact.scope == "average" else fact.count
    said = [
        f"{fact.scope} {what.get(fact.scope, '')}".strip() + ":",
        (fact.op if fact.op != "=" else "") + f"{number}" + (f"/{fact.total}" if fact.total else ""),
        fact.unit or "",
        "increment" if fact.change == "increment" else "",
        f"({', '.join(fact.places)})" if fact.places else "",
        "target" if fact.status == "target" else "",
    ]
    return " ".join(filter(None, said)).replace("None", "")
