"""The head of a table without rules: its lines, and the cells that they make over the columns of the body. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise
from statistics import median

from ntm_extract.image.grid import Region
from ntm_extract.layout.aligned_rows import APART, Interval, TextRow, centre, columns_under, in_column
from ntm_extract.layout.seen import Seen
from ntm_extract.text.folding import folded

CAPTION = re.compile(r"\b(?:don vi tinh|dvt)\b.*(?::|dong)|^\W*(?:bieu|phu luc|bang|mau)\b.*\d")
BODY_GAP, HEAD_GAP = 3.5, 1.3  # heights of a letter between head and body, between the lines of a head
LEVEL_GAP = 1.1  # heights of a letter between a merged head and those under it; more than between lines of one


def region(row: int, col: int, rows: int, cols: int, box: tuple[float, float, float, float]) -> Region:
    """A cell with its box (left, top, right, bottom) in whole pixels."""
    return Region(row, col, rows, cols, *(max(0, round(v)) for v in box))


def head_lines(rows: list[TextRow], first: int, height: float, spread: Sequence[Interval]) -> list[TextRow]:
    """The lines over the body that are head: near each other, none of them a title that runs over the columns."""
    found: list[TextRow] = []
    below, room = rows[first].top, BODY_GAP * height
    for row in reversed(rows[:first]):
        if below - row.bottom > room or CAPTION.search(folded(row.text)):
            break
        runs = [columns_under(cell, spread) for cell in row.cells(APART * height)]
        most = min(len(spread) - 2, len(spread) / 2) if len(runs) == 1 else len(spread) - 2
        if any(n > max(1, most) or (c == 0 and n > 1) for c, n in runs):
            break
        found.insert(0, row)
        below, room = row.top, HEAD_GAP * height
    return found if any(len(row.cells(APART * height)) > 1 for row in found) else []


def widened(spread: list[Interval], head: list[TextRow]) -> list[Interval]:
    """The columns with one more at the right where a head stands over nothing: remarks that nobody made."""
    height = median([row.bottom - row.top for row in head] or [0.0])
    cells = [cell for row in head for cell in row.cells(APART * height)]
    beyond = [w for cell in cells if min(w.x0 for w in cell) > spread[-1][1] + 3 for w in cell]
    return [*spread, (min(w.x0 for w in beyond), max(w.x1 for w in beyond))] if beyond else spread


def head_regions(head: list[TextRow], edges: list[float], band: Interval, inked: Sequence[Interval]) -> list[Region]:
    """The cells of the head: two rows where a text stands over the heads of several columns, else one.

    `band` is its top and bottom, `inked` where ink stands in it from left to right: a head with a text over each column
    is parted between them, wherever the body's columns end.
    """
    merged = _merged(head, list(pairwise(edges)))
    if not merged and len(inked) == len(edges) - 1:
        edges = [edges[0], *((a[1] + b[0]) / 2 for a, b in pairwise(inked)), edges[-1]]
    else:
        edges = _head_edges(head, edges)
    spread = list(pairwise(edges))
    top, bottom = band
    places = []
    for first, n, low in merged:
        places.append(region(0, first, 1, n, (edges[first], top, edges[first + n], low)))
        places += [region(1, c, 1, 1, (edges[c], low, edges[c + 1], bottom)) for c in range(first, first + n)]
    rows = 2 if merged else 1
    covered = {c for first, n, _ in merged for c in range(first, first + n)}
    single = [c for c in range(len(spread)) if c not in covered]
    places += [region(0, c, rows, 1, (edges[c], top, edges[c + 1], bottom)) for c in single]
    return sorted(places, key=lambda p: (p.row, p.col))


def _head_edges(head: list[TextRow], edges: list[float]) -> list[float]:
    """The edges between columns moved out of the way of heads that are broader than what stands under them."""
    height = median(row.bottom - row.top for row in head)
    spread = list(pairwise(edges))
    lowest: list[list[Seen]] = [[] for _ in spread]
    for row in head:
        for cell in row.cells(APART * height):
            first, n = columns_under(cell, spread)
            if n == 1:
                lowest[first] += cell
    moved = list(edges)
    for c in range(1, len(spread)):
        left, right = lowest[c - 1], lowest[c]
        ends = max((w.x1 for w in left), default=edges[c - 1]), min((w.x0 for w in right), default=edges[c + 1])
        if ends[0] < ends[1] and not ends[0] < edges[c] < ends[1]:
            moved[c] = (ends[0] + ends[1]) / 2
    return moved


def _merged(head: list[TextRow], spread: Sequence[Interval]) -> list[tuple[int, int, float]]:
    """First column, number of columns and lower edge of each text that stands over the heads of several columns.

    Heads of single columns stand at the head's middle; those under a merged one in its lower half.
    """
    height = median(row.bottom - row.top for row in head)
    middle = (min(row.top for row in head) + max(row.bottom for row in head)) / 2
    over: list[tuple[list[Seen], float]] = []
    for row in head:
        for cell in row.cells(APART * height):
            first, n = columns_under(cell, spread)
            bottom = max(w.y1 for w in cell)
            under = [
                w for low in head for c in range(first, first + n) for w in in_column(low, spread[c]) if w.y0 > bottom
            ]
            if under and min(w.y0 for w in under) - bottom > LEVEL_GAP * height:
                over.append((cell, (bottom + min(w.y0 for w in under)) / 2))
    texts = {id(w) for cell, _ in over for w in cell}
    own = [[w for row in head for w in in_column(row, column) if id(w) not in texts] for column in spread]
    low = [bool(ws) and (min(w.y0 for w in ws) + max(w.y1 for w in ws)) / 2 > middle + 0.3 * height for ws in own]
    found: list[tuple[int, int, float]] = []
    for start, end in _runs(low):
        here = [one for one in over if start <= columns_under(one[0], spread)[0] < end]
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
    centres = [centre(cell) for cell, _ in over]

    def off(cuts: tuple[int, ...]) -> float:
        return sum(
            abs(centre - (spread[a][0] + spread[b - 1][1]) / 2)
            for centre, (a, b) in zip(centres, pairwise((start, *cuts, end)), strict=True)
        )

    best = min(combinations(range(start + 1, end), len(over) - 1), key=off, default=())
    return list(pairwise((start, *best, end))) if len(best) == len(over) - 1 else [(start, start)] * len(over)


def head_bands(band: Interval, rows: int, places: list[Region]) -> list[Interval]:
    """The head's band as one for each of its rows."""
    if rows < 2:
        return [band] * rows
    low = next(float(p.y0) for p in places if p.row == 1)
    return [(band[0], low), (low, band[1])]
