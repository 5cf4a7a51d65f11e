"""`gold.jsonl`: what people have confirmed or corrected, as facts that later versions can be measured against."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from ntm_extract.corrections import LOOKED
from ntm_extract.edges.store import atomic
from ntm_extract.outputs.frames import load_table
from ntm_extract.outputs.schema import EVIDENCE, FACT_TABLES

NAME = "gold.jsonl"
WHERE = ("doc_id", "page", "line", "quote")


def write_gold(outputs: Path) -> int:
    """Write the facts of the tables that a person looked at, a JSON object a line; return how many there are.

    None, and the file is removed. The fields are those of the tables; one that is unknown is left out.
    """
    documents = load_table(outputs, "documents")
    sources = dict(zip(documents.doc_id, documents.source, strict=True))
    rows = []
    for table in FACT_TABLES:
        frame = load_table(outputs, table.name)
        own = [c.name for c in table.columns[len(EVIDENCE) :] if c.name != "computed"]
        for row in frame[frame.rule.fillna("").str.endswith(LOOKED)].to_dict("records"):
            known = {name: row[name] for name in (*WHERE, *own) if not pd.isna(row[name])}
            if "places" in known:
                known["places"] = known["places"].split(";")
            decided = str(row["rule"]).rsplit(", ", 1)[1]
            rows.append({"document": sources[row["doc_id"]], "table": table.name, **known, "decided": decided})
    path = outputs / NAME
    if not rows:
        path.unlink(missing_ok=True)
        return 0
    with atomic(path) as handle:
        handle.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return len(rows)
