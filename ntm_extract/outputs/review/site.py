"""`OUT/review/`: one page, its scripts, and a data script a document that the browser loads when it is opened."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd

from ntm_extract.edges.corrections import NAME, read_corrections
from ntm_extract.edges.intake import find
from ntm_extract.edges.locations import fetched
from ntm_extract.edges.pictures import write_pictures
from ntm_extract.edges.store import atomic
from ntm_extract.outputs.frames import load
from ntm_extract.outputs.review.plots import plots
from ntm_extract.outputs.schema import EVIDENCE, FACT_TABLES
from ntm_extract.outputs.tables import text_path
from ntm_extract.settings import Settings

STATIC = ("index.html", "review.css", "decisions.js", "plots.js", "document.js", "main.js")
MAIN = {
    "criteria": "count",
    "percentages": "value",
    "budgets": "amount_vnd",
    "quantities": "value",
    "legal_refs": "number",
}
"""The field of each table that a reader checks first."""
SHOWN_OF_CHECK = ("check", "check_id", "fact_ids", "severity", "message", "message_en", "proposal")
SEVERITY = {"error": 0, "warning": 1}
Row = dict[str, Any]


def write_review(out: Path, src: Path | str | None = None) -> int:
    """Write `review/` from the tables of `out`; with `src`, what they were read from, also pictures of its pages.

    Pictures of an earlier call are kept. Returns how many documents are no longer in `src`. Raises InputError where
    `out` holds no tables or `src` nothing to read.
    """
    tables = load(out)
    folder = out / "review"
    missing = _write_pictures(src, tables, folder) if src is not None else 0
    grouped = {name: _by_document(tables[name]) for name in ("pages", "checks", *MAIN)}
    listed, below = [], _review_below(out / "run.json")
    for row in _rows(tables["documents"]):
        doc = _document(out, row, {name: of.get(row["doc_id"], []) for name, of in grouped.items()})
        _write(folder / "docs" / f"{row['doc_id']}.js", "ntm.loaded(", doc, ")")
        listed.append(_listed(row, doc["facts"], below))
    decisions, _ = read_corrections(out / NAME)
    own = {t.name: [c.name for c in t.columns[len(EVIDENCE) :] if c.name != "computed"] for t in FACT_TABLES}
    archive = {"documents": listed, "tables": own, "plots": plots(tables), "decisions": msgspec.to_builtins(decisions)}
    _write(folder / "archive.js", '"use strict";\nconst ntm = { archive: ', archive, " }")
    for name in STATIC:
        with atomic(folder / name) as handle:
            handle.write(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return missing


def _write_pictures(src: Path | str, tables: dict[str, pd.DataFrame], folder: Path) -> int:
    places = {found.source: found.place for found in find(src)}
    pages, missing = _by_document(tables["pages"]), 0
    for row in _rows(tables["documents"]):
        turns = {page["page"]: page.get("rotation", 0) for page in pages.get(row["doc_id"], [])}
        try:
            with fetched(places[row["source"]]) as path:
                if turns:
                    write_pictures(path, folder / "pages" / row["doc_id"], turns)
        except (KeyError, OSError):
            missing += 1
    return missing


def _document(out: Path, row: Row, tables: dict[str, list[Row]]) -> Row:
    """A document as its page shows it: facts by risk, and a picture or the text of each page."""
    checks = [check for check in tables["checks"] if not check.get("decision")]
    failed: dict[str, list[Row]] = {}
    for check in sorted(checks, key=lambda check: SEVERITY.get(check["severity"], 2)):
        for fact_id in check.get("fact_ids", "").split(";"):
            failed.setdefault(fact_id, []).append(
                {name: check.get(name, "") for name in SHOWN_OF_CHECK}
                | {"proposals": json.loads(check.get("changes", "[]"))}
            )
    facts = [
        {"table": name, "main": _main(name, fact), "failed": failed.get(fact["fact_id"], []), **fact}
        for name in MAIN
        for fact in tables[name]
    ]
    facts.sort(key=_risk)
    texts = _texts(text_path(out, row["source"]))
    pages = []
    for page in tables["pages"]:
        picture = f"pages/{row['doc_id']}/{page['page']}.webp"
        shown = {name: page.get(name) for name in ("page", "width", "height")}
        if page.get("width") and (out / "review" / picture).exists():
            pages.append({**shown, "image": picture})
        else:
            pages.append({**shown, "text": texts[page["page"] - 1] if page["page"] <= len(texts) else ""})
    head = {name: row.get(name) for name in ("doc_id", "source", "kind", "number", "date")}
    return {**head, "pages": pages, "facts": facts}


def _main(table: str, fact: Row) -> str:
    other = {"criteria": "value", "percentages": "num"}.get(table)
    return other if other and MAIN[table] not in fact and other in fact else MAIN[table]


def _risk(fact: Row) -> tuple[int, float, int]:
    """Facts that an error names first, then those of a warning, then by confidence."""
    gravest = min((SEVERITY.get(check["severity"], 2) for check in fact["failed"]), default=3)
    return gravest, fact["confidence"], fact["page"]


def _texts(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\f") if path.exists() else []


def _review_below(path: Path) -> float:
    """The confidence below which the run said that a fact needs a look; that of the settings where it left no word."""
    if not path.is_file():
        return Settings().review_below
    return float(json.loads(path.read_text(encoding="utf-8"))["settings"]["review_below"])


def _listed(row: Row, facts: list[Row], below: float) -> Row:
    place = [row[name] for name in ("commune", "district", "province") if row.get(name)]
    shown = {name: row.get(name, "") for name in ("doc_id", "source", "kind", "number", "date", "status")}
    failed = sum(bool(fact["failed"]) for fact in facts)
    unsure = sum(fact["confidence"] < below for fact in facts)
    counts = {"pages": row["pages"], "facts": len(facts), "failed": failed, "unsure": unsure}
    return {**shown, "place": ", ".join(place), **counts}


def _by_document(frame: pd.DataFrame) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in _rows(frame):
        found.setdefault(row["doc_id"], []).append(row)
    return found


def _rows(frame: pd.DataFrame) -> list[Row]:
    """Rows as plain values, unknown ones left out."""
    columns = [str(name) for name in frame.columns]
    values: Iterable[tuple[Any, ...]] = frame.astype(object).itertuples(index=False, name=None)
    return [{n: v for n, v in zip(columns, row, strict=True) if v is not pd.NA and v != ""} for row in values]


def _write(path: Path, before: str, data: object, after: str) -> None:
    with atomic(path) as handle:
        handle.write(f"{before}{json.dumps(data, ensure_ascii=True, separators=(',', ':'), default=int)}{after};\n")
