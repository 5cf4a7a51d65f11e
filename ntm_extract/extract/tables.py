"""Facts out of annex tables: what kind of table it is decides which of its cells state what."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from ntm_extract.extract.criteria import criteria_set
from ntm_extract.extract.table_budgets import budgets
from ntm_extract.extract.table_criteria import criteria
from ntm_extract.extract.table_progress import progress
from ntm_extract.extract.table_view import View
from ntm_extract.facts import Budget, Criteria, Extraction, Fact, Percentage, Quantity
from ntm_extract.knowledge import Knowledge
from ntm_extract.layout.sheets import sheets
from ntm_extract.model import Outline

READERS = (criteria, budgets, progress)
"""Tried in this order; the first that finds facts has read the table."""


def with_tables(extraction: Extraction, outline: Outline, knowledge: Knowledge) -> Extraction:
    """The extraction with the facts of all annex tables added."""
    spoken = criteria_set(outline)
    found: list[Fact] = []
    for sheet in sheets(outline.document):
        view = View(outline.document.doc_id, sheet, knowledge, spoken)
        found += next((facts for read in READERS if (facts := read(view))), [])
    added: dict[str, Any] = {
        name: (*getattr(extraction, name), *(f for f in found if isinstance(f, kind)))
        for name, kind in (
            ("criteria", Criteria), ("percentages", Percentage), ("budgets", Budget), ("quantities", Quantity)
        )
    }  # fmt: skip
    return replace(extraction, **added)
