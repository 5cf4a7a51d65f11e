"""The CSV files and texts of an output folder, streamed document by document from the stored results."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path

from ntm_extract.edges.store import atomic
from ntm_extract.facts import Result
from ntm_extract.outputs.rows import Value, rows, text
from ntm_extract.outputs.schema import TABLES

GUARDED = ("=", "+", "-", "@", "\t", "\r")
"""A text cell that begins so could start a formula in a spreadsheet; it gets a leading apostrophe (but not `op`)."""


def write_tables(out: Path, results: Iterable[Result]) -> Counter[str]:
    """Write every table and text of `results` (in the order given) into `out`; return the rows of each table."""
    count: Counter[str] = Counter({table.name: 0 for table in TABLES})
    with ExitStack() as stack:
        writers = {}
        for table in TABLES:
            handle = stack.enter_context(atomic(out / f"{table.name}.csv", newline=""))
            handle.write("\ufeff")
            writers[table.name] = csv.DictWriter(handle, table.names)
            writers[table.name].writeheader()
        for result in results:
            for name, found in rows(result).items():
                writers[name].writerows({k: cell(k, v) for k, v in row.items()} for row in found)
                count[name] += len(found)
            if any(page.lines for page in result.document.pages):
                with atomic(out / "text" / f"{result.document.source}.txt") as handle:
                    handle.write(text(result))
    return count


def cell(column: str, value: Value) -> str:
    """A value as it stands in CSV: numbers plain, with a point; text guarded; unknown empty."""
    if value is None:
        return ""
    if isinstance(value, str):
        clean = value.replace("\x00", "")
        return f"'{clean}" if clean.startswith(GUARDED) and column != "op" else clean
    if isinstance(value, Decimal | float):
        plain = format(Decimal(repr(value)) if isinstance(value, float) else value, "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return str(value)
