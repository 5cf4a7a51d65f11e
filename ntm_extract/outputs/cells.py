"""Tables as rows of table_cells.csv, and each as a sheet that a person would retype."""

from __future__ import annotations

from ntm_extract.edges.data import load_unit_notes
from ntm_extract.extract.table_heads import BRACKETED, FIGURE, plain, value
from ntm_extract.layout.sheets import Sheet, sheets
from ntm_extract.outputs.schema import Row
from ntm_extract.result import Result

NUMBERING = ("tt", "stt", "so tt", "so thu tu")


def cell_rows(result: Result) -> list[Row]:
    """Every cell of every table of a document, table by table."""
    return [row for sheet in sheets(result.document) for row in _rows(result.document.doc_id, sheet)]


def _rows(doc_id: str, sheet: Sheet) -> list[Row]:
    paths = {col: sheet.path(col) for col in range(sheet.table.cols)}
    units = {col: _unit(sheet, path) for col, path in paths.items()}
    peers = {col: [c.text for c in sheet.table.cells if c.col == col and c.row >= sheet.head] for col in paths}
    rows: list[Row] = []
    for cell in sorted(sheet.table.cells, key=lambda c: (c.row, c.col)):
        body = cell.row >= sheet.head
        number = value(cell.text, peers[cell.col]) if body and FIGURE.fullmatch(cell.text) else None
        rows.append(
            {
                "doc_id": doc_id,
                "page": cell.page,
                "table": sheet.number,
                "row": cell.row,
                "col": cell.col,
                "row_span": cell.row_span,
                "col_span": cell.col_span,
                "text": cell.text,
                "text_ocr": cell.recognised,
                "value": number,
                "unit": units[cell.col] if number is not None else None,
                "header": " > ".join(paths[cell.col]) if body else None,
                "confidence": cell.confidence,
                **{n: round(getattr(cell.box, n), 1) if cell.box else None for n in ("x0", "y0", "x1", "y1")},
            }
        )
    return rows


def _unit(sheet: Sheet, path: tuple[str, ...]) -> str | None:
    """The unit that the head gives in brackets, else the caption's; none for the numbers of the rows."""
    if path and plain(path[-1]) in NUMBERING:
        return None
    return next((m.group(1) for text in reversed(path) if (m := BRACKETED.search(text))), None) or (
        load_unit_notes().over(sheet.table.caption) or None
    )


def retyped(sheet: Sheet) -> list[list[str]]:
    """The rows of a table as they stand on paper; a merged cell stands at its first place, the others are empty."""
    lines = [[""] * sheet.table.cols for _ in range(sheet.table.rows)]
    for cell in sheet.table.cells:
        lines[cell.row][cell.col] = cell.text
    return lines
