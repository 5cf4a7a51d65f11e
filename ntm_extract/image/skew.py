"""How far a page is turned: the angle at which its lines of text stand out most sharply against each other."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ntm_extract.image.components import components
from ntm_extract.image.page import Pixels

LIMIT = 15.0  # degrees either way
WORKING_DPI = 100.0
LONG = 2.0  # inches; no word is longer
THIN = 12  # times as long as it is broad: a stroke, not a word
COARSE = np.arange(-LIMIT, LIMIT + 0.01, 0.5)
ENOUGH_POINTS = 200  # edges of ink below which a page says nothing about its skew

Points = NDArray[np.float64]


def skew(grey: Pixels, dpi: float) -> float:
    """Degrees to turn the page counter-clockwise so that its lines run level; 0.0 where nothing tells."""
    points = _edges(_ink(grey, dpi))
    return _finest(points, _sharpest(points)) if _tells(points) else 0.0


def sideways_and_skew(grey: Pixels, dpi: float) -> tuple[bool, float]:
    """Whether the text runs up or down the page, and the skew of the page (set upright by 90 degrees where it does).

    Text runs sideways where lines stand out more clearly across the page's columns than across its rows.
    """
    ink = _ink(grey, dpi)
    level, turned = _edges(ink), _edges(np.rot90(ink, -1))
    if not _tells(level):
        return False, 0.0
    across = _sharpest(level)
    down = _sharpest(turned) if _tells(turned) else None
    if down is not None and down.peak > across.peak:
        return True, _finest(turned, down)
    return False, _finest(level, across)


def _tells(points: Points) -> bool:
    return len(points[0]) >= ENOUGH_POINTS


class Sharpest(NamedTuple):
    """The angle of all that are tried at which edges stand on the fewest rows, and by how much it stands out."""

    angle: float
    peak: float


def _sharpest(points: Points) -> Sharpest:
    found = [_sharpness(points, angle) for angle in COARSE]
    best = max(range(len(found)), key=lambda i: (found[i], -abs(COARSE[i])))
    return Sharpest(float(COARSE[best]), found[best] / float(np.mean(found)))


def _finest(points: Points, coarse: Sharpest) -> float:
    fine = _best(points, coarse.angle + np.arange(-0.6, 0.61, 0.1))
    return round(_best(points, fine + np.arange(-0.1, 0.101, 0.02)), 2)


def _best(points: Points, angles: NDArray[np.float64]) -> float:
    return float(max(angles, key=lambda angle: (_sharpness(points, angle), -abs(angle))))


def _sharpness(points: Points, angle: float) -> float:
    """Sum of squares of the number of edges on each row of the turned page."""
    radians = np.deg2rad(angle)
    rows = points[1] * np.cos(radians) - points[0] * np.sin(radians)
    counts = np.bincount((rows - rows.min()).astype(np.intp))  # of no negative number: cut down is rounded down
    return float(np.square(counts, dtype=np.float64).sum())


def _ink(grey: Pixels, dpi: float) -> NDArray[np.uint8]:
    """Ink of the page at working resolution, 0 or 1, without rules and frames."""
    scale = min(1.0, WORKING_DPI / dpi)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    # against the paper around, so that a shaded page or a dark margin doesn't count as ink
    ink = cv2.adaptiveThreshold(small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    return _without_rules(np.asarray(ink, dtype=np.uint8), dpi * scale)


def _edges(ink: NDArray[np.uint8]) -> Points:
    """x and y, a row each, of where ink ends downwards: baselines of letters are the densest of these."""
    bottom = (ink[:-1] == 1) & (ink[1:] == 0)
    border = 2 + min(bottom.shape) // 50  # the scanner's edge is straight too, but not the text's
    y, x = np.nonzero(bottom[border:-border, border:-border])
    return np.vstack((x, y)).astype(np.float64)


def _without_rules(ink: NDArray[np.uint8], dpi: float) -> NDArray[np.uint8]:
    """Ink without frames, rules and the scanner's edge: they are straight whichever way the text runs."""
    parts = components(ink)
    width, height = parts.stats[:, cv2.CC_STAT_WIDTH], parts.stats[:, cv2.CC_STAT_HEIGHT]
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    keep = (longer < LONG * dpi) & ((longer < 0.3 * dpi) | (longer < THIN * shorter))
    keep[0] = False  # the paper
    return keep.astype(np.uint8)[parts.labels]
