"""Tables without rules, by their words: rows of short texts and figures that keep to the same columns. Pure.

Running text keeps no gutter over several lines, heads in two cells and signatures have one, lists have it after their
signs; a table has two or more, and most of what stands between them are figures or ticks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from statistics import median

from msgspec import Struct

from ntm_extract.image.grid import Grid, Region
from ntm_extract.layout.cells import TICKS
from ntm_extract.layout.seen import Seen
from ntm_extract.text.folding import folded

FIGURE = re.compile(r"[-–—]|[(\[]?\d[\d.,/%]*[)\]]?")
CAPTION = re.compile(r"\b(?:don vi tinh|dvt)\b.*(?::|dong)|^\W*(?:bieu|phu luc|bang|mau)\b.*\d")
LEAST_ROWS, LEAST_COLUMNS = 4, 3
APART = 0.8  # of a letter's height: what is farther apart in a line stands in another cell
NEAR_ROWS = 7.0  # heights of a letter between rows of one table
BODY_GAP, HEAD_GAP = 3.5, 1.3  # heights of a letter between head and body, between the lines of a head
LEVEL_GAP = 1.1  # heights of a letter between a merged head and those under it; more than between lines of one
FILLED = 0.25  # share of the rows from which what stands in them is a column, though it has no head
FIGURES = 0.5  # least share of figures and ticks in the columns beside the widest

Interval = tuple[float, float]
ColumnFinder = Callable[[Sequence[Interval], float, float], Sequence[tuple[float, float, float]]]
"""From rows (top, bottom) and the table's left and right edge, in pixels, to the columns: left, right, share filled."""


class _Row(Struct):
    """Words on one height."""

    words: list[Seen]

    @property
    def top(self) -> float:
        return median(w.y0 for w in self.words)

    @property
    def bottom(self) -> float:
        return median(w.y1 for w in self.words)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def text(self) -> str:
        """From left to right."""
        return " ".join(w.text for w in sorted(self.words, key=lambda w: w.x0))

    def cells(self, apart: float) -> list[list[Seen]]:
        """Seens that stand together."""
        found: list[list[Seen]] = []
        for word in sorted(self.words, key=lambda w: w.x0):
            if found and word.x0 - max(w.x1 for w in found[-1]) < apart:
                found[-1].append(word)
            else:
                found.append([word])
        return found


def aligned_tables(words: Sequence[Seen], columns: ColumnFinder) -> list[Grid]:
    """The tables without rules among the words of a page, from top to bottom."""
    seen = [w for w in words if re.search(r"\w|[-–—]", w.text)]
    if len(seen) < LEAST_ROWS * LEAST_COLUMNS:
        return []
    height = median(w.y1 - w.y0 for w in seen)
    rows = _rows(seen, height)
    anchors = [i for i, row in enumerate(rows) if _is_anchor(row, height) and not _counts_up(row)]
    found: list[Grid] = []
    for block in _blocks(anchors, rows, height):
        table = _table(rows, block, height, columns)
        if table is not None and not any(_overlap(table, other) for other in found):
            found.append(table)
    return found


def _overlap(a: Grid, b: Grid) -> bool:
    return a.area[1] < b.area[3] and b.area[1] < a.area[3]


def _rows(words: Sequence[Seen], height: float) -> list[_Row]:
    """Seens on one height, from top to bottom."""
    rows: list[_Row] = []
    for word in sorted(words, key=lambda w: w.y0 + w.y1):
        middle = (word.y0 + word.y1) / 2
        if rows and abs(middle - rows[-1].middle) < 0.5 * height:
            rows[-1].words.append(word)
        else:
            rows.append(_Row([word]))
    return rows


def _is_anchor(row: _Row, height: float) -> bool:
    """Whether a line is three or more texts with room between them, and one beside the first is a figure or tick."""
    cells = row.cells(APART * height)
    return len(cells) >= LEAST_COLUMNS and any(_is_figure(cell) for cell in cells[1:])


def _counts_up(row: _Row) -> bool:
    """Whether a line numbers the columns."""
    numbers = [int(text) for w in sorted(row.words, key=lambda w: w.x0) if (text := w.text.strip("()")).isdigit()]
    steps = sum(b == a + 1 for a, b in pairwise(numbers))
    return len(numbers) >= LEAST_COLUMNS and steps >= 0.7 * (len(numbers) - 1) and len(numbers) >= len(row.words) - 3


def _is_figure(cell: list[Seen]) -> bool:
    text = " ".join(w.text for w in cell)
    return bool(FIGURE.fullmatch(text)) or text.lower() in TICKS


def _blocks(anchors: list[int], rows: list[_Row], height: float) -> list[list[int]]:
    blocks: list[list[int]] = []
    for i in anchors:
        if blocks and rows[i].top - rows[blocks[-1][-1]].bottom < NEAR_ROWS * height:
            blocks[-1].append(i)
        else:
            blocks.append([i])
    return [block for block in blocks if len(block) >= LEAST_ROWS]


def _table(rows: list[_Row], anchors: list[int], height: float, columns: ColumnFinder) -> Grid | None:
    inner = [rows[i] for i in anchors]
    left = min(w.x0 for row in inner for w in row.words) - height
    right = max(w.x1 for row in inner for w in row.words) + height
    spread = _headed(
        columns([(row.top, row.bottom) for row in inner], left, right), rows[: anchors[0]], inner[0], height
    )
    if len(spread) < LEAST_COLUMNS or not _of_figures(inner, spread):
        return None
    body = _body(rows, anchors, height, spread)
    head = _head(rows, anchors[0], height, spread)
    spread = _widened(spread, head)
    edges = [spread[0][0] - height, *((a[1] + b[0]) / 2 for a, b in pairwise(spread)), spread[-1][1] + height]
    bands = _bands(head, body, height)
    places = _head_places(head, edges, bands) if head else []
    top = 1 + max((p.row + p.rows - 1 for p in places), default=-1)
    bands = [*_head_bands(bands[0], top, places), *bands[bool(head) :]]
    places += [
        _region(r, c, 1, 1, (edges[c], bands[r][0], edges[c + 1], bands[r][1]))
        for r in range(top, len(bands))
        for c in range(len(spread))
    ]
    area = (max(0, round(edges[0])), max(0, round(bands[0][0])), round(edges[-1]), round(bands[-1][1]))
    return Grid(tuple(places), len(bands), len(spread), area)


def _region(row: int, col: int, rows: int, cols: int, box: tuple[float, float, float, float]) -> Region:
    return Region(row, col, rows, cols, *(max(0, round(v)) for v in box))


def _headed(
    columns: Sequence[tuple[float, float, float]], over: list[_Row], first: _Row, height: float
) -> list[Interval]:
    """The columns that are filled, or have a head over them: others are dirt."""
    near = [cell for row in over if first.top - row.bottom < BODY_GAP * height for cell in row.cells(APART * height)]
    filled = [(a, b) for a, b, share in columns if share >= FILLED]
    loose = [_centre(cell) for cell in near if not any(_touches(cell, column) for column in filled)]
    nearest = {min(columns, key=lambda column: abs((column[0] + column[1]) / 2 - x))[0] for x in loose if columns}
    return [(a, b) for a, b, share in columns if share >= FILLED or a in nearest]


def _touches(cell: list[Seen], column: Interval) -> bool:
    return min(w.x0 for w in cell) < column[1] and max(w.x1 for w in cell) > column[0]


def _centre(cell: list[Seen]) -> float:
    return (min(w.x0 for w in cell) + max(w.x1 for w in cell)) / 2


def _of_figures(rows: list[_Row], spread: Sequence[Interval]) -> bool:
    """Whether the columns beside the widest hold figures and ticks for the most part."""
    widest = max(range(len(spread)), key=lambda c: spread[c][1] - spread[c][0])
    cells = [cell for row in rows for c in range(len(spread)) if c != widest and (cell := _in(row, spread[c]))]
    return sum(_is_figure(cell) for cell in cells) >= FIGURES * max(1, len(cells))


def _in(row: _Row, column: Interval) -> list[Seen]:
    return [w for w in row.words if column[0] - 1 <= (w.x0 + w.x1) / 2 <= column[1] + 1]


def _body(rows: list[_Row], anchors: list[int], height: float, spread: Sequence[Interval]) -> list[list[_Row]]:
    """The rows of the body, each with the lines that its cells are broken into."""
    found = [[rows[i]] for i in anchors]
    rest = [i for i in range(anchors[0], len(rows)) if i not in anchors]
    last = rows[anchors[-1]]
    own = []
    for i in rest:
        row = rows[i]
        if row.top > last.bottom + 0.8 * height or not _within(row, spread, height):
            continue
        near = min(found, key=lambda lines: abs(lines[0].middle - row.middle))
        filled = sum(bool(_in(row, column)) for column in spread)
        if filled > 1 and abs(near[0].middle - row.middle) > 1.3 * height:
            own.append([row])
        else:
            near.append(row)
    return sorted(found + own, key=lambda lines: lines[0].middle)


def _within(row: _Row, spread: Sequence[Interval], height: float) -> bool:
    """Whether no text of a line runs over a gutter."""
    return all(_columns_of(cell, spread)[1] <= 1 for cell in row.cells(APART * height))


def _columns_of(cell: list[Seen], spread: Sequence[Interval]) -> tuple[int, int]:
    """The first column that a text touches, and how many; the nearest one where it lies in a gutter."""
    x0, x1 = min(w.x0 for w in cell), max(w.x1 for w in cell)
    edges = [-1e9, *((a[1] + b[0]) / 2 for a, b in pairwise(spread)), 1e9]
    touched = [c for c, (a, b) in enumerate(pairwise(edges)) if min(x1, b) - max(x0, a) > 0.2 * min(x1 - x0, b - a)]
    return (touched[0], len(touched)) if touched else (0, 1)


def _head(rows: list[_Row], first: int, height: float, spread: Sequence[Interval]) -> list[_Row]:
    """The lines over the body that are head: near each other, none of them a title that runs over the columns."""
    found: list[_Row] = []
    below, room = rows[first].top, BODY_GAP * height
    for row in reversed(rows[:first]):
        if below - row.bottom > room or CAPTION.search(folded(row.text)):
            break
        runs = [_columns_of(cell, spread) for cell in row.cells(APART * height)]
        if any(n > max(1, len(spread) - 2) or (c == 0 and n > 1) for c, n in runs):
            break
        found.insert(0, row)
        below, room = row.top, HEAD_GAP * height
    return found if any(len(row.cells(APART * height)) > 1 for row in found) else []


def _widened(spread: list[Interval], head: list[_Row]) -> list[Interval]:
    """The columns with one more at the right where a head stands over nothing: remarks that nobody made."""
    beyond = [w for row in head for w in row.words if w.x0 > spread[-1][1] + 3]
    return [*spread, (min(w.x0 for w in beyond), max(w.x1 for w in beyond))] if beyond else spread


def _bands(head: list[_Row], body: list[list[_Row]], height: float) -> list[Interval]:
    """Top and bottom of the head, if there is one, and of each row of the body: halfway between their lines."""
    groups = ([head] if head else []) + body
    tops = [min(row.top for row in lines) for lines in groups]
    bottoms = [max(row.bottom for row in lines) for lines in groups]
    between = [(a + b) / 2 for a, b in zip(bottoms, tops[1:], strict=False)]
    edges = [tops[0] - 0.5 * height, *between, bottoms[-1] + 0.5 * height]
    return [(a, max(a, b)) for a, b in pairwise(edges)]


def _head_places(head: list[_Row], edges: list[float], bands: list[Interval]) -> list[Region]:
    """The cells of the head: two rows where a text stands over the heads of several columns, else one."""
    merged = _merged(head, list(pairwise(edges)))
    edges = _head_edges(head, edges)
    spread = list(pairwise(edges))
    top, bottom = bands[0]
    places = []
    for first, n, low in merged:
        places.append(_region(0, first, 1, n, (edges[first], top, edges[first + n], low)))
        places += [_region(1, c, 1, 1, (edges[c], low, edges[c + 1], bottom)) for c in range(first, first + n)]
    rows = 2 if merged else 1
    covered = {c for first, n, _ in merged for c in range(first, first + n)}
    single = [c for c in range(len(spread)) if c not in covered]
    places += [_region(0, c, rows, 1, (edges[c], top, edges[c + 1], bottom)) for c in single]
    return sorted(places, key=lambda p: (p.row, p.col))


def _head_edges(head: list[_Row], edges: list[float]) -> list[float]:
    """The edges between columns moved out of the way of heads that are broader than what stands under them."""
    height = median(row.bottom - row.top for row in head)
    spread = list(pairwise(edges))
    lowest: list[list[Seen]] = [[] for _ in spread]
    for row in head:
        for cell in row.cells(APART * height):
            first, n = _columns_of(cell, spread)
            if n == 1:
                lowest[first] += cell
    moved = list(edges)
    for c in range(1, len(spread)):
        left, right = lowest[c - 1], lowest[c]
        ends = max((w.x1 for w in left), default=edges[c - 1]), min((w.x0 for w in right), default=edges[c + 1])
        if ends[0] < ends[1] and not ends[0] < edges[c] < ends[1]:
            moved[c] = (ends[0] + ends[1]) / 2
    return moved


def _merged(head: list[_Row], spread: Sequence[Interval]) -> list[tuple[int, int, float]]:
    """First column, number of columns and lower edge of each text that stands over the heads of several columns.

    Heads of single columns stand at the head's middle; those under a merged one in its lower half.
    """
    height = median(row.bottom - row.top for row in head)
    middle = (min(row.top for row in head) + max(row.bottom for row in head)) / 2
    over: list[tuple[list[Seen], float]] = []
    for row in head:
        for cell in row.cells(APART * height):
            first, n = _columns_of(cell, spread)
            bottom = max(w.y1 for w in cell)
            under = [w for low in head for c in range(first, first + n) for w in _in(low, spread[c]) if w.y0 > bottom]
            if under and min(w.y0 for w in under) - bottom > LEVEL_GAP * height:
                over.append((cell, (bottom + min(w.y0 for w in under)) / 2))
    texts = {id(w) for cell, _ in over for w in cell}
    own = [[w for row in head for w in _in(row, column) if id(w) not in texts] for column in spread]
    low = [bool(ws) and (min(w.y0 for w in ws) + max(w.y1 for w in ws)) / 2 > middle + 0.3 * height for ws in own]
    found: list[tuple[int, int, float]] = []
    for start, end in _runs(low):
        here = [one for one in over if start <= _columns_of(one[0], spread)[0] < end]
        for (cell, edge), (a, b) in zip(here, _shared(here, spread, start, end), strict=True):
            if b - a > 1 and cell:
                found.append((a, b - a, edge))
    return found


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """First and end of each run of True."""
    edges = [i for i, (a, b) in enumerate(pairwise([False, *flags, False])) if a != b]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _shared(
    over: list[tuple[list[Seen], float]], spread: Sequence[Interval], start: int, end: int
) -> list[tuple[int, int]]:
    """The columns start..end dealt out to the texts over them, so that each stands at the middle of its own."""
    if not over:
        return []
    centres = [_centre(cell) for cell, _ in over]

    def off(cuts: tuple[int, ...]) -> float:
        return sum(
            abs(centre - (spread[a][0] + spread[b - 1][1]) / 2)
            for centre, (a, b) in zip(centres, pairwise((start, *cuts, end)), strict=True)
        )

    best = min(combinations(range(start + 1, end), len(over) - 1), key=off, default=())
    return list(pairwise((start, *best, end))) if len(best) == len(over) - 1 else [(start, start)] * len(over)


def _head_bands(band: Interval, rows: int, places: list[Region]) -> list[Interval]:
    if rows < 2:
        return [band] * rows
    low = next(float(p.y0) for p in places if p.row == 1)
    return [(band[0], low), (low, band[1])]
