"""Composed texts that no rule was written on: every table stays near what was reached on them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import asdict

from bench.facts import documents
from bench.scoring import Score, match
from ntm_extract.extract import EXTRACTORS
from ntm_extract.extract.registry import run
from ntm_extract.extract.tables import with_tables
from ntm_extract.layout.passages import outline
from ntm_extract.ner import annotate
from tests.names import knowledge, pipeline

TEXTS = Path(__file__).parent / "texts"
TABLES = ("criteria", "percentages", "budgets", "quantities", "legal_refs")


@cache
def scores() -> dict[str, Score]:
    """Scores by table, pooled over the texts."""
    readers = tuple(one for one in EXTRACTORS if one.table in TABLES)
    found = dict.fromkeys(TABLES, Score())
    for stem, document in documents(TEXTS).items():
        lines = (TEXTS / f"{stem}.facts.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        outlined = annotate(outline(document), pipeline(), knowledge())
        facts, problems = run(readers, outlined, knowledge())
        assert not problems
        facts = with_tables(facts, outlined, knowledge())
        for table in TABLES:
            true = [row for row in rows if row["table"] == table]
            found[table] += match(table, true, [asdict(fact) for fact in getattr(facts, table)])
    return found


@pytest.mark.parametrize(
    ("tables", "floor"),
    [(("criteria", "percentages", "budgets"), 0.97), (("quantities",), 0.97), (("legal_refs",), 0.94)],
)
def test_figures_of_composed_texts(tables: tuple[str, ...], floor: float) -> None:
    pooled = sum((scores()[table] for table in tables), Score())
    assert pooled.true > 10
    assert pooled.f1 >= floor
