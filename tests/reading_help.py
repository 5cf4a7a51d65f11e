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
from ntm_extract.facts import Extraction
from ntm_extract.knowledge import Knowledge
from ntm_extract.layout.passages import outline
from ntm_extract.model import Document, Outline


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return load_knowledge()


def outlined(text: str) -> Outline:
    return outline(Document(doc_id="0123456789abcdef", source="a.txt", media="text", pages=split(text)))


def reading(text: str) -> Reading:
    return read_document(outlined(text), knowledge())


def facts(text: str) -> Extraction:
    found, problems = run(
        (extract_criteria, extract_percentages, extract_budgets, extract_quantities), outlined(text), knowledge()
    )
    assert not problems
    return found


def rows(table: tuple[Any, ...], *fields: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(row, field) for field in fields) for row in table]
