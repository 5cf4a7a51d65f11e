"""How near outputs come to the truth: facts row by row, texts syllable by syllable, numbers one by one.

A fact counts as found when all the fields that make its value (KEY) are equal; each true row is matched at most once.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from rapidfuzz.distance import Levenshtein

from ntm_extract.outputs.frames import load

KEY = {
    "criteria": ("scope", "criterion", "level", "change", "op", "count", "total", "band_min", "band_max", "value"),
    "percentages": ("value", "unit", "op", "num", "den"),
    "budgets": ("amount_vnd", "op", "per"),
    "quantities": ("value", "op"),
    "legal_refs": ("kind", "number", "date", "name"),
}
DOCUMENT = ("kind", "number", "date", "issuer", "province", "district", "commune")
DEFAULTS = {"op": "=", "change": "total", "unit": "%"}
RUN = 12
NUMBER = re.compile(r"\d[\d.,/]*\d|\d")


class Score(NamedTuple):
    """Counts of true rows, produced rows, and rows that are both."""

    true: int = 0
    found: int = 0
    right: int = 0

    def __add__(self, other: object) -> Score:
        if not isinstance(other, Score):
            return NotImplemented
        return Score(self.true + other.true, self.found + other.found, self.right + other.right)

    @property
    def precision(self) -> float:
        """Share of produced rows that are right; 1 where none was produced."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of true rows that were found; 1 where there are none."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.true + self.found
        return 2 * self.right / both if both else 1.0


def score_facts(outputs: Path, truth: Path) -> dict[str, dict[str, Score]]:
    """Scores by document stem and table, for each `<stem>.facts.jsonl` in `truth`."""
    frames = load(outputs)
    documents = {Path(d.source).stem: d for d in frames["documents"].itertuples()}
    scores: dict[str, dict[str, Score]] = {}
    for path in sorted(truth.glob("*.facts.jsonl")):
        stem = path.name.removesuffix(".facts.jsonl")
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        document = documents.get(stem)
        scores[stem] = {"document": _head([r for r in rows if r["table"] == "document"], document)}
        for table in KEY:
            frame = frames[table]
            mine = frame[frame.doc_id == document.doc_id] if document is not None else frame.head(0)
            found = mine.to_dict("records")
            true = [r for r in rows if r["table"] == table]
            scores[stem][table] = match(table, true, found)
    return scores


def pool(scores: dict[str, dict[str, Score]], tables: tuple[str, ...]) -> Score:
    """All documents and the given tables together."""
    return sum((by_table[t] for by_table in scores.values() for t in tables), Score())


class TextScore(NamedTuple):
    """Syllables and numbers of the truth, syllable edits, numbers read right."""

    syllables: int = 0
    edits: int = 0
    numbers: int = 0
    numbers_right: int = 0


def score_text(read: str, true: str) -> TextScore:
    """The reading against the truth as one stream of syllables.

    Table rows (tab-joined in the truth) are left aside, and so are runs of more than RUN syllables that stand on one
    side only: heads and tables set in another order.
    """
    true = "\n".join(line for line in true.splitlines() if "\t" not in line)
    a, b = read.split(), true.split()
    edits = skipped = 0
    for op in Levenshtein.opcodes(a, b):
        here, there = op.src_end - op.src_start, op.dest_end - op.dest_start
        if op.tag in ("insert", "delete") and max(here, there) > RUN:
            skipped += there
        elif op.tag != "equal":
            edits += max(here, there)
    printed, read_as = Counter(NUMBER.findall(true)), Counter(NUMBER.findall(read))
    return TextScore(len(b) - skipped, edits, printed.total(), (printed & read_as).total())


def match(table: str, true: list[dict[str, Any]], found: list[dict[str, Any]]) -> Score:
    left = Counter(_key(table, row) for row in found)
    right = 0
    for row in true:
        alternatives = row.get("alt") or []
        readings = [row, *({**row, **a} for a in (alternatives if isinstance(alternatives, list) else [alternatives]))]
        hit = next((k for k in (_key(table, r) for r in readings) if left[k] > 0), None)
        if hit is not None:
            left[hit] -= 1
            right += 1
    return Score(len(true), len(found), right)


def _key(table: str, row: dict[str, Any]) -> tuple[object, ...]:
    values = {field: _plain(field, row.get(field)) for field in KEY[table]}
    if table == "percentages" and values["den"] is None:
        values["num"] = None
    if table == "legal_refs" and values["number"] is not None:
        values["name"] = None
    return tuple(values.values())


def _plain(field: str, value: object) -> object:
    if value is None or value is pd.NA or value in ("", []):
        return DEFAULTS.get(field)
    try:
        return Decimal(str(value)).normalize()
    except InvalidOperation:
        return " ".join(str(value).casefold().split())


def _head(true: list[dict[str, Any]], document: Any) -> Score:
    wanted = {f: _plain(f, true[0].get(f)) for f in DOCUMENT if true and true[0].get(f)}
    right = sum(document is not None and _plain(f, getattr(document, f)) == value for f, value in wanted.items())
    return Score(len(wanted), len(wanted), right)
