"""The cells of a ruled table: levels of its rules, then which borders between neighbours are drawn.

A rule is found by the sum of its pieces, so that a gap or a wave does not lose it; a border between two places of the
grid is drawn where enough of its length bears rule. Places without a border between them are one merged cell.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from ntm_extract.image.cell_borders import borders, mended, traced
from ntm_extract.image.levels import MARGIN, crossed, real_levels, shared_levels, struck_rows
from ntm_extract.image.page import Pixels
from ntm_extract.image.rules import (
    APART,
    LEVEL_ACROSS,
    LEVEL_DOWN,
    LINE,
    Levels,
    Mask,
    ink,
    levels_of,
    long_pieces,
    short_pieces,
    strokes,
)
from ntm_extract.image.tables import Area

SIDE, SIDE_GAP = 3.0, 0.25  # inches looked at beside a table, gaps in rules
STEADY = 0.6  # share of rules that must agree where they end
OPEN_SIDE = 0.2  # inches that horizontal rules run on beyond the outermost upright one where a side is left open
GRAIN = 0.004  # inches: the grain of a worn page, no ink, is smoothed by so much
BESIDE = 0.03  # inches from a border within which a short piece is part of it


class Region(Struct, frozen=True):
    """A cell: its first row and column, how many it covers, and its rectangle in pixels between its rules."""

    row: int
    col: int
    rows: int
    cols: int
    x0: int
    y0: int
    x1: int
    y1: int


class Grid(Struct, frozen=True):
    """Cells of one table in reading order; rows and columns of the whole; its area in pixels; whether it has rules."""

    regions: tuple[Region, ...]
    rows: int
    cols: int
    area: Area
    ruled: bool = True


def find_grid(grey: Pixels, dpi: float, area: Area) -> Grid | None:
    """The grid within an area of a level grey page; None where there are fewer than two rows or columns.

    Where most rules across run on beyond the outermost upright ones, the table has open sides and reaches so far.
    """
    found = _grid(grey, dpi, area, ())
    if found is None or len(levels := sorted({r.y0 for r in found.regions} | {found.area[3]})) < 3:
        return found
    x0, _, x1, _ = found.area
    left, right = _open_sides(grey, dpi, levels, x0, x1)
    least = OPEN_SIDE * dpi
    sides = ([left] if x0 - left > least else []) + ([right] if right - x1 > least else [])
    return _grid(grey, dpi, (min(left, area[0]), area[1], max(right, area[2]), area[3]), sides) if sides else found


def _grid(grey: Pixels, dpi: float, area: Area, sides: Sequence[int]) -> Grid | None:
    """The grid within an area, with upright levels without rule at `sides`."""
    pad = round(MARGIN * dpi)
    left, top = max(0, area[0] - pad), max(0, area[1] - pad)
    view = grey[top : area[3] + pad, left : area[2] + pad]
    dark = ink(view, dpi)
    across, down = long_pieces(dark, dpi, horizontal=True), long_pieces(dark, dpi, horizontal=False)
    ys, xs = (
        levels_of(across.sum(axis=1) // 255, dpi, LEVEL_ACROSS),
        levels_of(down.sum(axis=0) // 255, dpi, LEVEL_DOWN),
    )
    written = strokes(view, dark, dpi)
    ys, xs = real_levels(written, (across, down), ys, xs, dpi)
    if len(ys) < 3 or len(xs) < 3:
        return None
    ys = _bounded(ys, borders(down.T, xs, ys, dpi))
    xs = sorted([*xs, *(side - left for side in sides)])
    xs = _bounded(xs, borders(across, ys, xs, dpi))
    rules = cv2.max(cv2.dilate(across, np.ones((3, 1))), cv2.dilate(down, np.ones((1, 3))))
    drawn = borders(down.T, xs, ys, dpi)
    letters = np.asarray(cv2.subtract(dark, rules), np.uint8)
    xs = shared_levels(xs, ys, drawn & ~crossed(letters, ys, xs, dpi), struck_rows(written, down, xs, ys, dpi), dpi)
    if len(ys) < 3 or len(xs) < 3:
        return None
    smooth = ink(np.asarray(cv2.GaussianBlur(view, (0, 0), GRAIN * dpi), np.uint8), dpi)
    below, _ = traced(smooth, (across, down), ys, xs, dpi, loose=True)
    right, texts = traced(smooth.T, (down.T, across.T), xs, ys, dpi)
    rules = cv2.max(rules, cv2.dilate(short_pieces(dark, dpi)[1], np.ones((1, 3))))
    right = mended(right.T, texts.T, np.asarray(cv2.subtract(dark, rules), np.uint8), (ys, xs), dpi)
    groups = _merged(below, right)
    regions = tuple(
        Region(
            r0, c0, r1 - r0, c1 - c0,
            _local(down, xs[c0], ys[r0], ys[r1], dpi) + left, _local(across.T, ys[r0], xs[c0], xs[c1], dpi) + top,
            _local(down, xs[c1], ys[r0], ys[r1], dpi) + left, _local(across.T, ys[r1], xs[c0], xs[c1], dpi) + top,
        )
        for r0, c0, r1, c1 in groups
    )  # fmt: skip
    whole = (xs[0] + left, ys[0] + top, xs[-1] + left, ys[-1] + top)
    return Grid(regions, len(ys) - 1, len(xs) - 1, whole)


def rule_mask(dark: Mask, dpi: float, grid: Grid | None = None, left: int = 0, top: int = 0) -> Mask:
    """Where rules run, a little thicker than they are; short pieces of them along the borders of a grid, too.

    `left` and `top` are where the mask's corner lies on the grid's page.
    """
    across, down = (long_pieces(dark, dpi, horizontal=way, bulk=LINE) for way in (True, False))
    rules = np.asarray(cv2.max(across, down), dtype=np.uint8)
    if grid is None or not grid.ruled:
        return rules
    borders = np.zeros_like(rules)
    for r in grid.regions:
        cv2.rectangle(borders, (r.x0 - left, r.y0 - top), (r.x1 - left, r.y1 - top), 255, round(2 * BESIDE * dpi))
    short = cv2.dilate(cv2.max(*short_pieces(dark, dpi)), np.ones((3, 3)))
    return np.asarray(cv2.max(rules, cv2.min(short, borders)), dtype=np.uint8)


def _open_sides(grey: Pixels, dpi: float, ys: Levels, left: int, right: int) -> tuple[int, int]:
    """How far most of the rules at levels `ys` run on, unbroken or nearly so, beyond `left` and `right` of a table."""
    far, reach = round(SIDE * dpi), round(APART * dpi / 2)
    x0, x1 = max(0, left - far), min(grey.shape[1], right + far)
    y0, y1 = max(0, ys[0] - 2 * reach), ys[-1] + 2 * reach + 1
    dark = ink(grey[y0:y1, x0:x1], dpi)
    across = cv2.max(long_pieces(dark, dpi, horizontal=True), short_pieces(dark, dpi)[0])
    ends: list[tuple[int, int]] = []
    for y in ys:
        drawn = np.flatnonzero(across[max(0, y - y0 - reach) : y - y0 + reach + 1].max(axis=0) > 0) + x0
        runs = np.split(drawn, np.flatnonzero(np.diff(drawn) > SIDE_GAP * dpi) + 1)
        own = [run for run in runs if run.size and run[0] <= right and run[-1] >= left]
        ends.append((int(own[0][0]), int(own[-1][-1])) if own else (left, right))
    outer = [round(float(np.median(side))) for side in zip(*ends, strict=True)]
    near = [sum(abs(e[i] - outer[i]) < OPEN_SIDE * dpi for e in ends) >= STEADY * len(ys) for i in (0, 1)]
    return outer[0] if near[0] else left, outer[1] if near[1] else right


def _bounded(levels: Levels, crossing: NDArray[np.bool_]) -> Levels:
    """The levels without outer stretches in which no crossing rule is drawn: a line of text beside the table."""
    met = np.flatnonzero(crossing.any(axis=0))
    return levels[met[0] : met[-1] + 2] if met.size else []


def _merged(below: NDArray[np.bool_], right: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """Rectangles (row, column, end row, end column) of places with no border between them.

    `below` is (rows + 1, columns), `right` (rows, columns + 1). What does not come out as a rectangle is taken apart
    into its rows.
    """
    rows, cols = right.shape[0], below.shape[1]
    owner = np.full((rows, cols), -1)
    rectangles: list[tuple[int, int, int, int]] = []
    for r in range(rows):
        for c in range(cols):
            if owner[r, c] >= 0:
                continue
            c1 = c + 1
            while c1 < cols and not right[r, c1] and owner[r, c1] < 0:
                c1 += 1
            r1 = r + 1
            while (
                r1 < rows
                and not below[r1, c:c1].any()
                and (owner[r1, c:c1] < 0).all()
                and (c == 0 or right[r1, c])
                and (c1 == cols or right[r1, c1])
                and not right[r1, c + 1 : c1].any()
            ):
                r1 += 1
            owner[r:r1, c:c1] = len(rectangles)
            rectangles.append((r, c, r1, c1))
    return rectangles


def _local(mask: Mask, level: int, start: int, end: int, dpi: float) -> int:
    """Where a level lies between `start` and `end` of the crossing direction: rules wave, and pages lie aslant."""
    reach = round(APART * dpi)
    low = max(0, level - reach)
    weight = (mask[start:end, low : level + reach + 1] > 0).sum(axis=0)
    total = int(weight.sum())
    return round(float((np.arange(low, low + len(weight)) * weight).sum() / total)) if total else level
