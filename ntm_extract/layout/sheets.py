"""The tables of a document as a reader sees them: pieces on following pages joined, head and body told apart. Pure."""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import fuzz

from ntm_extract.model import Document, Page, Table
from ntm_extract.text.folding import folded

SAME_EDGE = 0.02  # of the page's width: columns of a continued table stand where they stood
SAME_HEAD = 80  # likeness of heads, 0..100
FREE = 0.2  # of the page's height over a continuation; more is a new table under its own title
TITLE = re.compile(r"\b(?:phu luc|bieu|bang|mau)\b|\bdon vi\b|\bdvt\b")
ORDER = re.compile(r"\W*(?:\d{1,2}|[a-z]{1,3})(?:\s?=.*)?\W*")


class Sheet(Struct, frozen=True, kw_only=True):
    """A whole table: number within the document, cells with the pages they stand on, how many rows are head."""

    number: int
    table: Table
    head: int

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that it runs over."""
        return tuple(sorted({cell.page for cell in self.table.cells}))

    def path(self, col: int) -> tuple[str, ...]:
        """The head cells over a column, from the top, each once."""
        owner = self.table.owner()
        rows = [[owner[row, c].text for c in range(self.table.cols) if (row, c) in owner] for row in range(self.head)]
        named = [row for row, texts in enumerate(rows) if not _numbers_columns(texts)]
        said = [owner[row, col].text for row in named if (row, col) in owner]
        return tuple(dict.fromkeys(text for text in said if text))


def sheets(document: Document) -> tuple[Sheet, ...]:
    """All tables, numbered from 1 in reading order."""
    joined: list[Table] = []
    last: Page | None = None  # the page on which the last table ends
    for page in document.pages:
        for n, table in enumerate(page.tables):
            if (
                joined
                and n == 0
                and last is not None
                and page.number == last.number + 1
                and _continues(joined[-1], last, table, page)
            ):
                joined[-1] = _join(joined[-1], table)
            else:
                joined.append(table)
        if page.tables:
            last = page
    return tuple(Sheet(number=i, table=table, head=head_rows(table)) for i, table in enumerate(joined, start=1))


def head_rows(table: Table) -> int:
    """How many rows are head: as far as its first row's cells reach, and the row that numbers the columns."""
    owner = table.owner()
    first = {owner[0, col] for col in range(table.cols) if (0, col) in owner}
    head = max((cell.row_span for cell in first), default=1)
    if head == 1 and any(cell.col_span > 1 and cell.text for cell in first) and table.rows > 2:
        head = 2
    if head < table.rows and _numbers_columns([owner[head, c].text for c in range(table.cols) if (head, c) in owner]):
        head += 1
    return min(head, table.rows - 1)


def _numbers_columns(texts: list[str]) -> bool:
    """Whether a row says (1) (2) (3) or A B 1 2 of the columns: one short sign in each, numbers that count up."""
    plain = [folded(text).strip("() ") for text in texts]
    numbers = [int(text) for text in plain if text.isdigit()]
    return (
        len(numbers) >= 3
        and all(plain)
        and all(ORDER.fullmatch(text) for text in plain)
        and all(b == a + 1 for a, b in pairwise(numbers))
    )


def _continues(table: Table, before: Page, piece: Table, page: Page) -> bool:
    """Whether a table goes on in the first one of the next page."""
    last = before.tables[-1].box if before.tables else None
    if last is None or piece.box is None:
        return False
    if piece.cols != table.cols or piece.box.y0 > FREE * page.height or _titled(piece):
        return False
    if any(
        line.role == "body" and line.box is not None and line.box.y0 > last.y1 and len(line.words) > 2
        for line in before.lines
    ):
        return False
    old, new = _edges(table, before.width), _edges(piece, page.width)
    return all(abs((a - old[0]) - (b - new[0])) <= SAME_EDGE for a, b in zip(old, new, strict=True))


def _titled(piece: Table) -> bool:
    return any(TITLE.search(folded(line)) and len(line.split()) > 1 for line in piece.caption)


def _edges(table: Table, width: float) -> list[float]:
    """Left edges of the columns as shares of the page's width."""
    lefts: dict[int, list[float]] = {}
    for cell in table.cells:
        if cell.box is not None and cell.page == max(c.page for c in table.cells[-1:]):
            lefts.setdefault(cell.col, []).append(cell.box.x0)
    return [min(lefts.get(col, [0.0])) / max(1.0, width) for col in range(table.cols)]


def _join(table: Table, piece: Table) -> Table:
    """The table with a piece set under it; a head that is repeated is dropped."""
    head = head_rows(table)
    old = " ".join(cell.text for cell in table.cells if cell.row < head)
    new = " ".join(cell.text for cell in piece.cells if cell.row < head)
    repeated = head < piece.rows and fuzz.ratio(folded(old), folded(new)) >= SAME_HEAD
    drop = head if repeated else 0
    moved = tuple(replace(c, row=c.row - drop + table.rows) for c in piece.cells if c.row >= drop)
    return replace(table, cells=table.cells + moved, rows=table.rows + piece.rows - drop)
