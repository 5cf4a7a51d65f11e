"""How tall a page's letters are, and how much ink it bears."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ntm_extract.image.components import components
from ntm_extract.image.page import Pixels

CAPITAL = 26.0
"""Pixels: the height of capitals at which Tesseract reads Vietnamese best. Grey pages of 150 to 200 dpi: at 22 px 2.5 %
of syllables wrong, at 26 px 2.1; fax pages 4.5 and 3.9."""
STEPPED_CAPITAL = 22.0
"""The same for black-and-white scans that have to shrink much: their stair-stepped edges want more averaging. At
300 dpi 18 px 3.4 % wrong, 21 px 3.1, 24 px 3.3, 30 px 3.4, as scanned (38 px) 4.5."""
SHRINKS_MUCH = 0.8
CAPITAL_TO_X = 1.45  # height of a capital over that of an x, in the Times of official documents
PRINTED_CAPITAL = 9.0  # points: of 14 pt type, taken where a page has too few letters to measure
X_HEIGHTS = (3.4, 9.0)  # points, of an x: below are specks, dots and tone marks, above capitals and rules
ENOUGH_LETTERS = 40
TALLEST = 14.0  # points, of a letter of a line: a capital of 20 pt type
LINE_LETTERS, SAME_LINE, LINE_REACH = 8, 0.3, 20.0
"""Letters that make a line, and how far apart they may be, in heights of one: their feet, and to either side."""
PAPER, WHITE = 250, 0.0001  # grey level of clean paper, and share of values clearly darker that it may bear
BILEVEL = 0.005  # share of pixels neither black nor white; grey scans have some at every letter's edge
WORKING_DPI = 200.0
SOFT = 0.9  # pixels; sigma of the lens that shows doubtful letters otherwise
PALE = 50.0  # grey levels under the paper's from which a pixel may be faded print


def ink_share(grey: Pixels) -> float:
    """Share of dark pixels, 0..1."""
    return round(float(np.count_nonzero(grey < 128)) / max(1, grey.size), 5)


def pale_share(grey: Pixels) -> float:
    """Share of pixels clearly darker than the paper, however pale, 0..1."""
    sample = grey[::2, ::2]
    return round(float(np.count_nonzero(sample < float(np.median(sample)) - PALE)) / max(1, sample.size), 5)


def white(pixels: Pixels) -> bool:
    """Whether a page is clean paper all over: no step of its cleaning could find anything on it."""
    return bool(np.median(pixels[::8, ::8]) >= PAPER and np.count_nonzero(pixels < PAPER - PALE) <= WHITE * pixels.size)


def contrast(grey: Pixels) -> float:
    """How far ink stands off paper, 0..1, by the medians of the two sides of Otsu's threshold; 0 on a blank page."""
    counts = np.bincount(grey[::3, ::3].ravel(), minlength=256)
    threshold = int(cv2.threshold(np.ascontiguousarray(grey[::3, ::3]), 0, 255, cv2.THRESH_OTSU)[0])
    dark, light = counts[: threshold + 1], counts[threshold + 1 :]
    if not dark.sum() or not light.sum():
        return 0.0
    ink, paper = (int(np.searchsorted(np.cumsum(side), side.sum() / 2)) for side in (dark, light))
    return round((threshold + 1 + paper - ink) / 255, 3)


def _letters(grey: Pixels, dpi: float, tallest: float) -> tuple[NDArray[np.int32], float]:
    """Boxes (x, y, width, height) of what has the shape of a letter no taller than so many points, and their scale."""
    scale = min(1.0, WORKING_DPI / dpi)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    ink = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 20)
    stats = components(np.asarray(ink, dtype=np.uint8)).stats[1:]
    width, height, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA]
    point = dpi * scale / 72
    letter = (height >= X_HEIGHTS[0] * point) & (height <= tallest * point)
    letter &= (width < 3 * height) & (width * 3 > height)
    letter &= (area > 0.2 * width * height) & (area < 0.9 * width * height)
    return np.asarray(stats[letter, : cv2.CC_STAT_AREA], dtype=np.int32), scale


def capital_height(grey: Pixels, dpi: float) -> float:
    """Height of a capital letter in pixels, from the commonest height of letters (that of an x)."""
    boxes, scale = _letters(grey, dpi, X_HEIGHTS[1])
    heights = boxes[:, cv2.CC_STAT_HEIGHT]
    if len(heights) < ENOUGH_LETTERS:
        return PRINTED_CAPITAL * dpi / 72
    counts = np.bincount(heights).astype(np.float64)
    smooth = np.convolve(counts, [0.5, 1.0, 0.5], mode="same") * np.arange(len(counts))  # noise is mostly low
    mode = int(smooth.argmax())
    around = np.arange(max(0, mode - 1), min(len(counts), mode + 2))
    x_height = float((around * counts[around]).sum() / counts[around].sum())
    return x_height * CAPITAL_TO_X / scale


def bears_a_line(grey: Pixels, dpi: float) -> bool:
    """Whether letters stand side by side on the page, as many as specks never do."""
    boxes = _letters(grey, dpi, TALLEST)[0].astype(np.float64)
    left, height = boxes[:, cv2.CC_STAT_LEFT], boxes[:, cv2.CC_STAT_HEIGHT]
    foot = boxes[:, cv2.CC_STAT_TOP] + height
    for at in range(len(boxes)):
        beside = np.abs(foot - foot[at]) <= SAME_LINE * height[at]
        beside &= np.abs(left - left[at]) <= LINE_REACH * height[at]
        if np.count_nonzero(beside & (np.abs(height - height[at]) <= height[at] / 2)) >= LINE_LETTERS:
            return True
    return False


def best_scale(grey: Pixels, capital: float) -> float:
    """By how much to scale a page whose capitals are `capital` pixels high."""
    scale = CAPITAL / capital
    between = np.count_nonzero((grey > 40) & (grey < 215)) / max(1, grey.size)
    return STEPPED_CAPITAL / capital if scale < SHRINKS_MUCH and between < BILEVEL else scale


def softened(grey: Pixels) -> Pixels:
    """Letters as a softer lens shows them: steps and broken strokes close."""
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), SOFT), dtype=np.uint8)
