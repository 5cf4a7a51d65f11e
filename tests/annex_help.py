"""Annex tables for tests: of plain cells, on pages of a document."""

from __future__ import annotations

from ntm_extract.model import Box, Cell, Document, Line, Page, Table, Word


def table(lines: list[list[str]], page: int = 1, caption: tuple[str, ...] = (), top: float = 100) -> Table:
    """A table of plain cells, ">" joined to the left, "^" to the cell above."""
    cells = []
    for r, line in enumerate(lines):
        for c, text in enumerate(line):
            if text in (">", "^"):
                continue
            cols = next((n for n in range(1, len(line) - c + 1) if c + n == len(line) or line[c + n] != ">"), 1)
            high = next((n for n in range(1, len(lines) - r + 1) if r + n == len(lines) or lines[r + n][c] != "^"), 1)
            box = Box(50 + 80 * c, top + 20 * r, 50 + 80 * (c + cols), top + 20 * (r + high))
            cells.append(
                Cell(row=r, col=c, row_span=high, col_span=cols, page=page, text=text, recognised=text, box=box)
            )
    box = Box(50, top, 50 + 80 * len(lines[0]), top + 20 * len(lines))
    return Table(cells=tuple(cells), rows=len(lines), cols=len(lines[0]), box=box, caption=caption)


def document(*pages: tuple[Table, ...]) -> Document:
    lines = (Line(number=1, words=(Word(text="Phụ", recognised="Phụ"),)),)
    return Document(
        doc_id="d",
        source="s.pdf",
        media="pdf",
        pages=tuple(
            Page(number=n, lines=lines, width=600, height=800, tables=found) for n, found in enumerate(pages, start=1)
        ),
    )
