"""Facts out of annex tables: what kind of table it is decides which of its cells state what."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from ntm_extract.extract.criteria import criteria_set
from ntm_extract.extract.table_counts import counts
from ntm_extract.extract.table_criteria import criteria
from ntm_extract.extract.table_figures import figures
from ntm_extract.extract.table_view import View
from ntm_extract.facts import Budget, Criteria, Extraction, Fact, Percentage, Quantity
from ntm_extract.knowledge import Knowledge
from ntm_extract.layout.sheets import sheets
from ntm_extract.model import Outline
from ntm_extract.text.folding import lowered


def with_tables(extraction: Extraction, outline: Outline, knowledge: Knowledge) -> Extraction:
    """The extraction with the facts of all annex tables added."""
    spoken = criteria_set(outline)
    target, achieved = knowledge.cue_patterns["document"]
    kind = lowered(extraction.head.kind or "")
    planned = bool(target.search(kind)) and not achieved.search(kind)
    found: list[Fact] = []
    for sheet in sheets(outline.document):
        found += _facts(View(outline.document.doc_id, sheet, knowledge, spoken, planned=planned))
    added: dict[str, Any] = {
        name: (*getattr(extraction, name), *(f for f in found if isinstance(f, kind)))
        for name, kind in (
            ("criteria", Criteria), ("percentages", Percentage), ("budgets", Budget), ("quantities", Quantity)
        )
    }  # fmt: skip
    return replace(extraction, **added)


def _facts(view: View) -> list[Fact]:
    """A table of marks, or else its counts of criteria and the figures of its other columns."""
    if marked := criteria(view):
        return list(marked)
    counted, taken = counts(view)
    return sorted([*counted, *figures(view, taken)], key=lambda fact: fact.evidence.cell or ())
