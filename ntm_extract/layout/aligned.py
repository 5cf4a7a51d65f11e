"""Tables without rules, by their words: rows of short texts and figures that keep to the same columns. Pure.

Running text keeps no gutter over several lines, heads in two cells and signatures have one, lists have it after their
signs; a table has two or more, and most of what stands between them are figures or ticks.
"""

from __future__ import annotations

import re
from collections import Counter
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
from ntm_extract.text.folding import folded

LEAST_ROWS, LEAST_COLUMNS = 4, 3
NEAR_ROWS = 7.0  # heights of a letter between rows of one table
CLOSE = 0.8  # heights of a letter between the lines of a row
LEAST_HEIGHT = 0.4  # of a letter's height that a letter or digit has; what is lower is a speck
FILLED = 0.25  # share of the rows from which what stands in them is a column, though it has no head
RARE_GAP = 1.0  # heights of a letter between a column and what few rows have beside it
FIGURES = 0.5  # least share of figures and ticks in the columns beside the widest
REPEATED = 3  # times that a column says a word that counts as a figure: a mark, a unit
UNREAD = 0.3  # heights of a letter around a word in which all ink is of it
BESIDE = 5.0  # heights of a letter beside the words of a table where marks of its outer columns stand
LARGEST_TICK = 1.2  # heights of a letter
UNKNOWN = "?"  # what a text that was not read is called

Rectangle = tuple[float, float, float, float]
Filled = tuple[float, float, float]
"""Left and right edge of a column, and the share of rows that fill it."""


class Ink(Protocol):
    """What stands on the page, whether it was read or not; all lengths are in its pixels."""

    def columns(self, rows: Sequence[Interval], left: float, right: float) -> Sequence[tuple[float, float, float]]:
        """Left and right edge of each column of rows (top, bottom) between two edges, and the share that fill it."""

    def marks(self, column: Interval, top: float, bottom: float) -> Sequence[Rectangle]:
        """The boxes (left, top, right, bottom) of what stands in a stretch of a column."""


def aligned_tables(words: Sequence[Seen], ink: Ink) -> list[Grid]:
    """The tables without rules among the words of a page, from top to bottom."""
    seen = [w for w in words if re.search(r"\w|[-–—]", w.text)]
    texts = [w.height for w in seen if len(w.text) > 1]
    if len(texts) < LEAST_ROWS:
        return []
    height = median(texts)  # of a letter; a tick is lower
    seen = [w for w in seen if w.height >= LEAST_HEIGHT * height or not w.text.isalnum()]
    rows = text_rows([*seen, *_unread(text_rows(seen, height), height, ink)], height)
    found: list[Grid] = []
    for block in _blocks(_anchors(rows, height), rows, height):
        table = _table(rows, block, height, ink)
        if table is not None and not any(_overlap(table, other) for other in found):
            found.append(table)
    return found


def _unread(rows: list[TextRow], height: float, ink: Ink) -> list[Seen]:
    """What stands beside figures in lines under each other, and was passed over when the page was read as text.

    A letter that stands alone is a tick, whatever else a text unknown.
    """
    beside = [i for i, row in enumerate(rows) if _is_anchor(row, height, 2)]
    found: list[Seen] = []
    for block in _blocks(beside, rows, height):
        lines = rows[block[0] : block[-1] + 1]
        words = [w for row in lines for w in row.words]
        column = min(w.x0 for w in words) - BESIDE * height, max(w.x1 for w in words) + BESIDE * height
        near = UNREAD * height
        boxes = [
            box
            for box in ink.marks(column, lines[0].top - near, lines[-1].bottom + near)
            if not any(
                w.x0 < box[2] + near and box[0] < w.x1 + near and w.y0 < box[3] + near and box[1] < w.y1 + near
                for row in rows
                for w in row.words
            )
        ]
        found += [_as_word(group, height) for group in _groups(boxes, near)]
    return found


def _groups(boxes: Sequence[Rectangle], near: float) -> list[list[Rectangle]]:
    """Boxes with those that stand near them."""
    groups: list[list[Rectangle]] = []
    for box in sorted(boxes):
        own = [
            group
            for group in groups
            if any(box[0] < b[2] + near and b[0] < box[2] + near and box[1] < b[3] + near and b[1] < box[3] + near
                   for b in group)
        ]  # fmt: skip
        groups = [group for group in groups if group not in own] + [[box, *(b for group in own for b in group)]]
    return groups


def _as_word(group: Sequence[Rectangle], height: float) -> Seen:
    x0, y0, x1, y1 = (pick(side) for pick, side in zip((min, min, max, max), zip(*group, strict=True), strict=True))
    alone = len(group) == 1 and x1 - x0 <= LARGEST_TICK * height
    return Seen(TICK if alone else UNKNOWN, 0.0, x0, y0, x1, y1, (0, 0, 0))


def _overlap(a: Grid, b: Grid) -> bool:
    return a.area[1] < b.area[3] and b.area[1] < a.area[3]


def _anchors(rows: list[TextRow], height: float) -> list[int]:
    return [i for i, row in enumerate(rows) if _is_anchor(row, height) and not _counts_up(row)]


def _is_anchor(row: TextRow, height: float, least: int = LEAST_COLUMNS) -> bool:
    """Whether a line is so many texts with room between them, and one beside the first is a figure or tick."""
    cells = row.cells(APART * height)
    return len(cells) >= least and any(is_figure(cell) for cell in cells[1:])


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


def _headed(columns: Sequence[Filled], over: list[TextRow], first: TextRow, height: float) -> list[Interval]:
    """The columns that are filled, or have a head over them: others are dirt.

    What stands in few rows close to a filled column is of it: a longer figure, parted where the others end.
    """
    columns = _with_rare(columns, RARE_GAP * height)
    near = [cell for row in over if first.top - row.bottom < BODY_GAP * height for cell in row.cells(APART * height)]
    filled = [(a, b) for a, b, share in columns if share >= FILLED]
    loose = [centre(cell) for cell in near if not any(_touches(cell, column) for column in filled)]
    nearest = {min(columns, key=lambda column: abs((column[0] + column[1]) / 2 - x))[0] for x in loose if columns}
    return [(a, b) for a, b, share in columns if share >= FILLED or a in nearest]


def _with_rare(columns: Sequence[Filled], gap: float) -> list[Filled]:
    """The columns, those that few rows fill joined to the one less than `gap` after or before them."""
    found: list[Filled] = []
    for column in columns:
        last = found[-1] if found else None
        if last and column[0] - last[1] < gap and min(last[2], column[2]) < FILLED <= max(last[2], column[2]):
            found[-1] = last[0], column[1], max(last[2], column[2])
        else:
            found.append(column)
    return found


def _touches(cell: list[Seen], column: Interval) -> bool:
    return min(w.x0 for w in cell) < column[1] and max(w.x1 for w in cell) > column[0]


def _of_figures(rows: list[TextRow], spread: Sequence[Interval]) -> bool:
    """Whether the columns beside the widest hold figures, ticks and texts said again and again for the most part."""
    widest = max(range(len(spread)), key=lambda c: spread[c][1] - spread[c][0])
    figures = texts = 0
    for column in (spread[c] for c in range(len(spread)) if c != widest):
        cells = [cell for row in rows if (cell := in_column(row, column))]
        said = Counter(folded(" ".join(w.text for w in cell)) for cell in cells)
        texts += len(cells)
        figures += sum(is_figure(cell) for cell in cells)
        figures += sum(n for text, n in said.items() if n >= REPEATED and any(c.isalpha() for c in text[1:]))
    return figures >= FIGURES * max(1, texts)


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
