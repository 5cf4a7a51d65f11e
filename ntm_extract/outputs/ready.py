"""The rows of one document as they will stand in the tables: what a worker makes and stores.

Apart from `tables`, which puts them together: the run itself stays small, since only workers load what this needs.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable

from ntm_extract.corrections import ids
from ntm_extract.edges.store import Rows
from ntm_extract.layout.sheets import sheets
from ntm_extract.outputs.attention import looks
from ntm_extract.outputs.cells import retyped
from ntm_extract.outputs.rows import rows, text
from ntm_extract.outputs.series import points
from ntm_extract.outputs.tables import as_lines, cell
from ntm_extract.result import Result


def ready(result: Result) -> Rows:
    """The rows of a document as they will stand in the tables."""
    tables, counts = {}, {}
    for name, found in rows(result).items():
        if found:
            tables[name], counts[name] = as_lines(name, found), len(found)
    failed = {i for check in result.checks if not check.settled for i in check.fact_ids}
    facts = result.extraction.facts
    return Rows(
        tables=tables,
        counts=counts,
        confidences=tuple(-1.0 if fact.fact_id in failed else fact.evidence.confidence for fact in facts),
        failed=dict(Counter(check.severity for check in result.checks)),
        looks=looks(result),
        points=tuple(points(result)),
        ids=tuple(sorted(ids(result))),
        source=result.document.source,
        sheets=tuple((sheet.number, _sheet(retyped(sheet))) for sheet in sheets(result.document)),
        text=text(result) if any(page.lines for page in result.document.pages) else None,
    )


def _sheet(lines: Iterable[Iterable[str]]) -> str:
    """A table of a document as a CSV of its own, laid out as on paper."""
    sheet = io.StringIO(newline="")
    sheet.write("\ufeff")
    csv.writer(sheet).writerows([cell("text", text) for text in line] for line in lines)
    return sheet.getvalue()
