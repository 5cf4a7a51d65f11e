"""Which borders between neighbouring places of a grid are drawn: whole, in pieces, or lost between cells with text."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ntm_extract.image.rules import APART, Levels, Mask

DRAWN = 0.4  # share of its length from which a border is drawn
THIN = 0.013  # inches to either side of its middle that a rule takes with its slant; letters take more
LEFT, LEFT_SHARE = 0.035, 0.18  # inches, and share of its length, that are left at least of a border with gaps
GAP = 0.008  # inches from the crossing rule, and between pieces, that are no gap
TEXT = 0.06  # share of a border with gaps that text may touch
CROSSED = 0.15  # share of a lost border that text may touch
KNOWN = 0.6  # share of the stretches of a level that is sure to run through
OFTEN = 0.5  # share of the stretches that have a border that is lost in others
GUTTER, MARK = 0.035, 0.03  # inches beside a lost border that text leaves free; size of the least text


def borders(mask: Mask, levels: Levels, across: Levels, dpi: float) -> NDArray[np.bool_]:
    """(levels, stretches): whether each level is drawn between neighbouring crossing levels."""
    reach, inner = round(APART * dpi), round(0.03 * dpi)
    found = np.zeros((len(levels), max(0, len(across) - 1)), dtype=bool)
    for i, level in enumerate(levels):
        band = mask[max(0, level - reach) : level + reach + 1].max(axis=0) > 0
        for j, (a, b) in enumerate(pairwise(across)):
            part = band[a + inner : b - inner]
            found[i, j] = part.size > 0 and part.mean() >= DRAWN
    return found


def paths(mask: Mask, levels: Levels, across: Levels, dpi: float) -> NDArray[np.float64]:
    """(levels, stretches): where each level runs between crossing levels; rules wave, and pages lie aslant.

    Where nothing of it is drawn, as its neighbours have it.
    """
    reach = round(APART * dpi)
    found = np.zeros((len(levels), max(0, len(across) - 1)))
    middles = np.array([(a + b) / 2 for a, b in pairwise(across)])
    for i, level in enumerate(levels):
        low = max(0, level - reach)
        band = mask[low : level + reach + 1] > 0
        weights = np.array([band[:, a:b].sum(axis=1) for a, b in pairwise(across)])
        totals = weights.sum(axis=1)
        known = totals > 0
        if not known.any():
            found[i] = level
            continue
        local = (weights[known] @ np.arange(low, low + band.shape[0])) / totals[known]
        found[i] = np.interp(middles, middles[known], local)
    return found


def traced(
    dark: Mask, rules: tuple[Mask, Mask], levels: Levels, across: Levels, dpi: float, *, loose: bool = False
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """(levels, stretches): whether each border is drawn, gaps or not, and the share of it that text touches.

    `rules`: long pieces along the levels and along the crossing ones. What is left of a border with gaps joins a
    crossing rule, as no stroke of a letter does; a `loose` one across may also be several pieces, or lie where most of
    its level is drawn.
    """
    drawn = borders(rules[0], levels, across, dpi)
    along = paths(rules[0], levels, across, dpi)
    crossing = paths(rules[1].T, across, levels, dpi)
    nodes = (np.pad(crossing, ((0, 0), (1, 0)), mode="edge") + np.pad(crossing, ((0, 0), (0, 1)), mode="edge")) / 2
    thin, gap = max(1, round(THIN * dpi)), max(2, round(GAP * dpi))
    known = drawn.mean(axis=1) >= KNOWN
    texts = np.ones(along.shape)
    found = drawn.copy()
    for i, j in np.ndindex(found.shape):
        y, a, b = (round(float(v)) for v in (along[i, j], nodes[j, i], nodes[j + 1, i]))
        low = _nearest(dark[:, a + thin + 1 : b - thin], y, thin) - thin
        y = low + thin
        inked = np.flatnonzero(dark[low : y + thin + 1, a + thin + 1 : b - thin].max(axis=0, initial=0))
        beside = np.concatenate((dark[max(0, low - thin) : low], dark[y + thin + 1 : y + 2 * thin + 1]))
        text = beside[:, a + 3 * thin : b - 3 * thin].max(axis=0, initial=0) > 0
        if not text.size:
            continue
        texts[i, j] = text.mean()
        if inked.size >= max(LEFT * dpi, LEFT_SHARE * (b - a)) and texts[i, j] <= TEXT:
            joined = min(inked[0], b - a - 2 * thin - 2 - inked[-1]) < gap
            found[i, j] |= joined or (loose and ((np.diff(inked) > gap).any() or known[i]))
    return found, texts


def _nearest(dark: Mask, y: int, thin: int) -> int:
    """The height near `y` at which most ink lies along a stretch."""
    low = max(thin, y - 2 * thin)
    rows = (dark[low - thin : y + 3 * thin + 1] > 0).sum(axis=1)
    summed = np.convolve(rows, np.ones(2 * thin + 1), mode="valid")
    best = np.flatnonzero(summed >= 0.95 * summed.max(initial=0))
    return low + int(min(best, key=lambda at: abs(low + at - y))) if best.size else max(thin, y)


def mended(
    drawn: NDArray[np.bool_], texts: NDArray[np.float64], letters: Mask, levels: tuple[Levels, Levels], dpi: float
) -> NDArray[np.bool_]:
    """(rows, levels): upright borders, with those lost in the body that no text crosses.

    The rows over and under a lost one have it; or most rows have it, and text stands on both sides of it. `levels`:
    across and upright.
    """
    ys, xs = levels
    found = drawn.copy()
    rows, cols = drawn.shape
    often = drawn[1:].mean(axis=0) >= OFTEN
    for r in range(1, rows):
        for c in range(1, cols - 1):
            if drawn[r, c] or texts[r, c] > CROSSED:
                continue
            under = r + 1 == rows or drawn[r + 1, c]
            sides = often[c] and _parts(letters[ys[r] : ys[r + 1]], (xs[c - 1], xs[c], xs[c + 1]), dpi)
            found[r, c] = sides or (drawn[r - 1, c] and under)
    return found


def _parts(letters: Mask, levels: tuple[int, int, int], dpi: float) -> bool:
    """Whether text stands on both sides of the second of three upright levels, and leaves a gutter along it."""
    free = round(GUTTER * dpi)
    view = letters[free : letters.shape[0] - free]
    bounds = levels[0] + free, levels[1] - free, levels[1] + free + 1, levels[2] - free
    before, at, after = (
        cv2.countNonZero(np.ascontiguousarray(view[:, a:b])) if b > a and view.size else 0 for a, b in pairwise(bounds)
    )
    return min(before, after) >= (MARK * dpi) ** 2 > at
