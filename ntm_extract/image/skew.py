"""How far a page is turned: the angle at which its lines of text stand out most sharply against each other."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ntm_extract.image.page import Pixels

LIMIT = 15.0  # degrees either way
WORKING_DPI = 100.0
LONG = 2.0  # inches; no word is longer
THIN = 12  # times as long as it is broad: a stroke, not a word
ENOUGH_POINTS = 200  # edges of ink below which a page says nothing about its skew

Points = NDArray[np.float64]


def skew(grey: Pixels, dpi: float) -> float:
    """Degrees to turn the page counter-clockwise so that its lines run level; 0.0 where nothing tells."""
    return _skew(_edges(*_small(grey, dpi)))


def sideways_and_skew(grey: Pixels, dpi: float) -> tuple[bool, float]:
    """Whether the text runs up or down the page, and the skew of the page (set upright by 90 degrees where it does).

    Text runs sideways where lines stand out more clearly across the page's columns than across its rows.
    """
    small, inch = _small(grey, dpi)
    points = _edges(small, inch)
    turned = _edges(np.ascontiguousarray(np.rot90(small, -1)), inch)
    if min(len(points), len(turned)) < ENOUGH_POINTS:
        return False, _skew(points)
    angles = np.arange(-LIMIT, LIMIT + 0.01, 0.5)
    lying = _peak(turned, angles) > _peak(points, angles)
    return lying, _skew(turned if lying else points)


def _skew(points: Points) -> float:
    if len(points) < ENOUGH_POINTS:
        return 0.0
    coarse = _best(points, np.arange(-LIMIT, LIMIT + 0.01, 0.5))
    fine = _best(points, coarse + np.arange(-0.6, 0.61, 0.1))
    return round(_best(points, fine + np.arange(-0.1, 0.101, 0.02)), 2)


def _peak(points: Points, angles: NDArray[np.float64]) -> float:
    """How far the sharpest angle stands out against the others."""
    found = [_sharpness(points, angle) for angle in angles]
    return max(found) / float(np.mean(found))


def _small(grey: Pixels, dpi: float) -> tuple[Pixels, float]:
    """The page at working resolution, and what that is."""
    scale = min(1.0, WORKING_DPI / dpi)
    if scale == 1:
        return grey, dpi
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8), dpi * scale


def _edges(small: Pixels, dpi: float) -> Points:
    """(x, y) where ink ends downwards: baselines of letters are the densest of these."""
    # against the paper around, so that a shaded page or a dark margin doesn't count as ink
    ink = cv2.adaptiveThreshold(small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    ink = _without_rules(np.asarray(ink, dtype=np.uint8), dpi)
    bottom = (ink[:-1] == 1) & (ink[1:] == 0)
    border = 2 + min(bottom.shape) // 50  # the scanner's edge is straight too, but not the text's
    y, x = np.nonzero(bottom[border:-border, border:-border])
    return np.column_stack((x, y)).astype(np.float64)


def _without_rules(ink: Pixels, dpi: float) -> Pixels:
    """Ink without frames, rules and the scanner's edge: they are straight whichever way the text runs."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    keep = (longer < LONG * dpi) & ((longer < 0.3 * dpi) | (longer < THIN * shorter))
    keep[0] = False  # the paper
    return np.asarray(keep[labels], dtype=np.uint8) if count > 1 else ink


def _best(points: Points, angles: NDArray[np.float64]) -> float:
    return float(max(angles, key=lambda angle: (_sharpness(points, angle), -abs(angle))))


def _sharpness(points: Points, angle: float) -> float:
    """Sum of squares of the number of edges on each row of the turned page."""
    radians = np.deg2rad(angle)
    rows = points[:, 1] * np.cos(radians) - points[:, 0] * np.sin(radians)
    counts = np.bincount(np.floor(rows - rows.min()).astype(np.intp))
    return float(np.square(counts, dtype=np.float64).sum())
