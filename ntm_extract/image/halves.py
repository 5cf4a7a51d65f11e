"""Two pages scanned side by side: where one ends and the next begins."""

from __future__ import annotations

import cv2
import numpy as np

from ntm_extract.image.page import Pixels

WORKING_DPI = 50.0
BROAD = 1.2  # width over height from which a sheet may hold two pages
MIDDLE = (0.42, 0.58)  # share of the width within which the gutter runs
GUTTER = 0.05  # share of the width that is free paper between the pages' texts: the inner margins of both
FULL = 0.55  # share of the height over which each side must bear text
BALANCE = 0.35  # ink of the poorer side over that of the richer
LONG, MANY = 0.8, 0.35  # share of a side's breadth that a full line runs over; share of rows with ink in such lines


def gutter(grey: Pixels, dpi: float) -> int | None:
    """The column at which a sheet of two pages is to be cut; None where it is one page.

    A ruled table or text over the whole sheet leaves no free gutter; labels and their figures in two columns are no
    full lines on either side. Two columns of text on one page are read as two pages would be: one after the other.
    """
    rows, columns = grey.shape
    if columns < BROAD * rows:
        return None
    scale = min(1.0, WORKING_DPI / dpi)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    ink = cv2.adaptiveThreshold(small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 18)
    inch = dpi * scale
    frame = round(0.15 * inch)  # the edge of the glass
    down = ink[frame:-frame].sum(axis=0)
    wide = ink.shape[1]
    first, last = round(MIDDLE[0] * wide), round(MIDDLE[1] * wide)
    free = down <= max(1, 0.004 * ink.shape[0])
    run = _longest(free, first, last)
    if run is None or run[1] - run[0] < GUTTER * wide:
        return None
    left, right = ink[frame:-frame, frame : run[0]], ink[frame:-frame, run[1] : -frame]
    sides = sorted((int(left.sum()), int(right.sum())))
    if not sides[0] or sides[0] < BALANCE * sides[1] or min(_height(left), _height(right)) < FULL * ink.shape[0]:
        return None
    if min(_full_lines(left), _full_lines(right)) < MANY:
        return None
    return round((run[0] + run[1]) / 2 / scale)


def _longest(free: np.ndarray, first: int, last: int) -> tuple[int, int] | None:
    """The longest stretch of free columns whose middle lies between the two, as (begin, end)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], free.astype(np.int8), [0]))))
    runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if first <= (a + b) / 2 <= last]
    return max(runs, key=lambda run: run[1] - run[0], default=None)


def _height(ink: np.ndarray) -> int:
    """Rows from the first to the last that bears ink."""
    rows = np.flatnonzero(ink.sum(axis=1) > 1)
    return int(rows[-1] - rows[0]) if rows.size else 0


def _full_lines(ink: np.ndarray) -> float:
    """Share of the rows with ink that run over most of the side's breadth."""
    across = np.flatnonzero(ink.sum(axis=0) > 1)
    breadth = across[-1] - across[0] if across.size else 0
    bearing = [np.flatnonzero(row) for row in ink if np.count_nonzero(row) > 2]
    return float(np.mean([row[-1] - row[0] >= LONG * breadth for row in bearing])) if bearing and breadth else 0.0
