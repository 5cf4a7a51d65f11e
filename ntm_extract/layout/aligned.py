"""Tables without rules, by their words: rows of short texts and figures that keep to the same columns. Pure.

Running text keeps no gutter over several lines, heads in two cells and signatures have one, lists have it after their
signs; a table has two or more, and most of what stands between them are figures or ticks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Protocol

from ntm_extract.image.grid import Grid
from ntm_extract.layout.aligned_head import BODY_GAP, head_bands, head_lines, head_regions, region, widened
from ntm_extract.layout.aligned_rows import (
    APART,
    Interval,
    TextRow,
    centre,
    columns_under,
    in_column,
    is_figure,
    text_rows,
)
from ntm_extract.layout.cells import TICK
from ntm_extract.layout.seen import Seen

LEAST_ROWS, LEAST_COLUMNS = 4, 3
NEAR_ROWS = 7.0  # heights of a letter between rows of one table
CLOSE = 0.8  # heights of a letter between the lines of a row
LEAST_HEIGHT = 0.4  # of a letter's height that a letter or digit has; what is lower is a speck
FILLED = 0.25  # share of the rows from which what stands in them is a column, though it has no head
FIGURES = 0.5  # least share of figures and ticks in the columns beside the widest


class Ink(Protocol):
    """What stands on the page, whether it was read or not; all lengths are in its pixels."""

    def columns(self, rows: Sequence[Interval], left: float, right: float) -> Sequence[tuple[float, float, float]]:
        """Left and right edge of each column of rows (top, bottom) between two edges, and the share that fill it."""

    def marks(self, column: Interval, top: float, bottom: float) -> Sequence[tuple[float, float, float, float]]:
        """The boxes (left, top, right, bottom) of what stands in a stretch of a column."""


def aligned_tables(words: Sequence[Seen], ink: Ink) -> list[Grid]:
    """The tables without rules among the words of a page, from top to bottom."""
    seen = [w for w in words if re.search(r"\w|[-–—]", w.text)]
    if len(seen) < LEAST_ROWS * LEAST_COLUMNS:
        return []
    height = median(w.height for w in seen)
    rows = text_rows([w for w in seen if w.height >= LEAST_HEIGHT * height or not w.text.isalnum()], height)
    found: list[Grid] = []
    for block in _blocks(_anchors(rows, height), rows, height):
        table = _table(rows, block, height, ink)
        if table is not None and not any(_overlap(table, other) for other in found):
            found.append(table)
    return found


def _overlap(a: Grid, b: Grid) -> bool:
    return a.area[1] < b.area[3] and b.area[1] < a.area[3]


def _anchors(rows: list[TextRow], height: float) -> list[int]:
    return [i for i, row in enumerate(rows) if _is_anchor(row, height) and not _counts_up(row)]


def _is_anchor(row: TextRow, height: float) -> bool:
    """Whether a line is three or more texts with room between them, and one beside the first is a figure or tick."""
    cells = row.cells(APART * height)
    return len(cells) >= LEAST_COLUMNS and any(is_figure(cell) for cell in cells[1:])


def _counts_up(row: TextRow) -> bool:
    """Whether a line numbers the columns."""
    numbers = [int(text) for w in sorted(row.words, key=lambda w: w.x0) if (text := w.text.strip("()")).isdigit()]
    steps = sum(b == a + 1 for a, b in pairwise(numbers))
    return len(numbers) >= LEAST_COLUMNS and steps >= 0.7 * (len(numbers) - 1) and len(numbers) >= len(row.words) - 3


def _blocks(anchors: list[int], rows: list[TextRow], height: float) -> list[list[int]]:
    blocks: list[list[int]] = []
    for i in anchors:
        if blocks and rows[i].top - rows[blocks[-1][-1]].bottom < NEAR_ROWS * height:
            blocks[-1].append(i)
        else:
            blocks.append([i])
    return [block for block in blocks if len(block) >= LEAST_ROWS]


def _table(rows: list[TextRow], anchors: list[int], height: float, ink: Ink) -> Grid | None:
    inner = [rows[i] for i in anchors]
    left = min(w.x0 for row in inner for w in row.words) - height
    right = max(w.x1 for row in inner for w in row.words) + height
    spread = _headed(
        ink.columns([(row.top, row.bottom) for row in inner], left, right), rows[: anchors[0]], inner[0], height
    )
    if len(spread) < LEAST_COLUMNS or not _of_figures(inner, spread):
        return None
    rows, anchors = _with_marks(rows, (inner[0], inner[-1]), height, spread, ink)
    anchors = _extended(rows, anchors, height, spread)
    first = _first_line(rows, anchors[0], height)
    body = _body(rows, first, anchors, height, spread)
    head = head_lines(rows, first, height, spread)
    spread = widened(spread, head)
    edges = [spread[0][0] - height, *((a[1] + b[0]) / 2 for a, b in pairwise(spread)), spread[-1][1] + height]
    bands = _bands(head, body, height)
    places = []
    if head:
        inked = [(a, b) for a, b, _ in ink.columns(bands[:1], edges[0], edges[-1])]
        places = head_regions(head, edges, bands[0], inked)
    top = 1 + max((p.row + p.rows - 1 for p in places), default=-1)
    bands = [*head_bands(bands[0], top, places), *bands[bool(head) :]]
    places += [
        region(r, c, 1, 1, (edges[c], bands[r][0], edges[c + 1], bands[r][1]))
        for r in range(top, len(bands))
        for c in range(len(spread))
    ]
    area = (max(0, round(edges[0])), max(0, round(bands[0][0])), round(edges[-1]), round(bands[-1][1]))
    return Grid(tuple(places), len(bands), len(spread), area, ruled=False)


def _with_marks(
    rows: list[TextRow], ends: tuple[TextRow, TextRow], height: float, spread: Sequence[Interval], ink: Ink
) -> tuple[list[TextRow], list[int]]:
    """The lines and anchors of a table, given its first and last row, with the marks in it that were passed over."""
    top, bottom = ends[0].top, ends[1].bottom
    words = [w for row in rows for w in row.words]
    widest = max(spread, key=lambda column: column[1] - column[0])
    boxes = [box for column in spread if column != widest for box in ink.marks(column, top, bottom)]
    unread = [
        Seen(TICK, 0.0, *box, (0, 0, 0))
        for box in boxes
        if not any(w.x0 < box[2] and box[0] < w.x1 and w.y0 < box[3] and box[1] < w.y1 for w in words)
    ]
    whole = text_rows([*words, *unread], height)
    return whole, [i for i in _anchors(whole, height) if top <= whole[i].middle <= bottom]


def _extended(rows: list[TextRow], anchors: list[int], height: float, spread: Sequence[Interval]) -> list[int]:
    """The anchors with the lines before and after of which but two texts were seen, in columns of the table.

    Single marks and digits are often passed over when a page is read as text.
    """

    def is_row(row: TextRow, beside: TextRow) -> bool:
        cells = row.cells(APART * height)
        gap = max(row.top, beside.top) - min(row.bottom, beside.bottom)
        return (
            gap < NEAR_ROWS * height
            and len(cells) > 1
            and any(is_figure(cell) for cell in cells[1:])
            and _within(row, spread, height)
            and not _counts_up(row)
        )

    found = list(anchors)
    for i in reversed(range(anchors[0])):
        if is_row(rows[i], rows[found[0]]):
            found.insert(0, i)
    for i in range(anchors[-1] + 1, len(rows)):
        if is_row(rows[i], rows[found[-1]]):
            found.append(i)
    return found


def _first_line(rows: list[TextRow], first: int, height: float) -> int:
    """The first line of the body: a text of its first row may be broken into lines that begin over the others."""
    while (
        first and rows[first].top - rows[first - 1].bottom < CLOSE * height and len(rows[first - 1].cells(height)) == 1
    ):
        first -= 1
    return first


def _headed(
    columns: Sequence[tuple[float, float, float]], over: list[TextRow], first: TextRow, height: float
) -> list[Interval]:
    """The columns that are filled, or have a head over them: others are dirt."""
    near = [cell for row in over if first.top - row.bottom < BODY_GAP * height for cell in row.cells(APART * height)]
    filled = [(a, b) for a, b, share in columns if share >= FILLED]
    loose = [centre(cell) for cell in near if not any(_touches(cell, column) for column in filled)]
    nearest = {min(columns, key=lambda column: abs((column[0] + column[1]) / 2 - x))[0] for x in loose if columns}
    return [(a, b) for a, b, share in columns if share >= FILLED or a in nearest]


def _touches(cell: list[Seen], column: Interval) -> bool:
    return min(w.x0 for w in cell) < column[1] and max(w.x1 for w in cell) > column[0]


def _of_figures(rows: list[TextRow], spread: Sequence[Interval]) -> bool:
    """Whether the columns beside the widest hold figures and ticks for the most part."""
    widest = max(range(len(spread)), key=lambda c: spread[c][1] - spread[c][0])
    cells = [cell for row in rows for c in range(len(spread)) if c != widest and (cell := in_column(row, spread[c]))]
    return sum(is_figure(cell) for cell in cells) >= FIGURES * max(1, len(cells))


def _body(
    rows: list[TextRow], first: int, anchors: list[int], height: float, spread: Sequence[Interval]
) -> list[list[TextRow]]:
    """The rows of the body from line `first`, each with the lines that its cells are broken into."""
    found = [[rows[i]] for i in anchors]
    rest = [i for i in range(first, len(rows)) if i not in anchors]
    last = rows[anchors[-1]]
    own = []
    for i in rest:
        row = rows[i]
        if row.top > last.bottom + CLOSE * height or not _within(row, spread, height):
            continue
        near = min(found, key=lambda lines: abs(lines[0].middle - row.middle))
        filled = sum(bool(in_column(row, column)) for column in spread)
        if filled > 1 and abs(near[0].middle - row.middle) > 1.3 * height:
            own.append([row])
        else:
            near.append(row)
    return sorted(found + own, key=lambda lines: lines[0].middle)


def _within(row: TextRow, spread: Sequence[Interval], height: float) -> bool:
    """Whether no text of a line runs over a gutter."""
    return all(columns_under(cell, spread)[1] <= 1 for cell in row.cells(APART * height))


def _bands(head: list[TextRow], body: list[list[TextRow]], height: float) -> list[Interval]:
    """Top and bottom of the head, if there is one, and of each row of the body: halfway between their lines."""
    groups = ([head] if head else []) + body
    tops = [min(row.top for row in lines) for lines in groups]
    if head:  # of a text over two lines the recogniser may make one tall one
        tops[0] = max(tops[0] - 1.5 * height, min(w.y0 for row in head for w in row.words))
    bottoms = [max(row.bottom for row in lines) for lines in groups]
    between = [(a + b) / 2 for a, b in zip(bottoms, tops[1:], strict=False)]
    edges = [tops[0] - 0.5 * height, *between, bottoms[-1] + 0.5 * height]
    return [(a, max(a, b)) for a, b in pairwise(edges)]
