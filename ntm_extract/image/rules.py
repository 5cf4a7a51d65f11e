"""Rules of tables in ink: pieces of them, and the levels at which they lie."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ntm_extract.image.page import Pixels

Mask = NDArray[np.uint8]
Levels = list[int]

PIECE_ACROSS, PIECE_DOWN = 0.45, 0.2  # inches: a run of ink this long is a piece of a rule, not of a word or letter
LEVEL_ACROSS, LEVEL_DOWN = 0.45, 0.28  # inches: the least that the pieces of one rule amount to
APART = 0.055  # inches: rules nearer than this are one (double, or waving)
BLACK, BLOCK = 128, 0.08  # grey level under which all is dark over so many inches where a cell is painted black
BULK = 0.06  # inches: what is thicker is no rule, not even a double one
LINE = 0.045  # inches: what is thicker may be a word in bold, and stays where rules are wiped out
LEAST_GAP = 0.1  # inches: the least height of a row, width of a column
SHORT_ACROSS, SHORT_DOWN = 0.15, 0.07  # inches: the least piece of a broken rule, where a rule is known to run


def ink(grey: Pixels, dpi: float) -> Mask:
    """255 where there is ink, by the brightness around it."""
    size = round(0.2 * dpi) | 1
    return np.asarray(cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, size, 14))


def strokes(grey: Pixels, dark: Mask, dpi: float) -> Mask:
    """The ink without what is painted black: letters and lines."""
    block = np.ones((max(3, round(BLOCK * dpi)),) * 2, np.uint8)
    solid = cv2.morphologyEx((grey < BLACK).astype(np.uint8) * 255, cv2.MORPH_OPEN, block)
    return np.asarray(cv2.subtract(dark, cv2.dilate(solid, np.ones((5, 5), np.uint8))), np.uint8)


def long_pieces(dark: Mask, dpi: float, *, horizontal: bool, bulk: float = BULK) -> Mask:
    """Runs of ink long enough for rules, no thicker than `bulk` inches; small gaps are closed, a slight slant does not
    end a run."""
    length, gap, thick = round((PIECE_ACROSS if horizontal else PIECE_DOWN) * dpi), 5, 3
    close = np.ones((1, gap) if horizontal else (gap, 1), np.uint8)
    run = np.ones((1, length) if horizontal else (length, 1), np.uint8)
    spread = np.ones((thick, 1) if horizontal else (1, thick), np.uint8)
    whole = cv2.morphologyEx(cv2.dilate(dark, spread), cv2.MORPH_CLOSE, close)
    runs = cv2.morphologyEx(whole, cv2.MORPH_OPEN, run)
    # letters in bold capitals, too, are long runs when spread; a rule is thin
    thicker = max(7, round(bulk * dpi))
    block = np.ones((thicker, 1) if horizontal else (1, thicker), np.uint8)
    return np.asarray(cv2.subtract(runs, cv2.dilate(cv2.morphologyEx(runs, cv2.MORPH_OPEN, block), np.ones((3, 3)))))


def short_pieces(dark: Mask, dpi: float) -> tuple[Mask, Mask]:
    """Runs of ink across and down that may be pieces of broken rules; down, stems of letters are hardly longer."""
    across = cv2.dilate(dark, np.ones((3, 1), np.uint8))
    down = cv2.dilate(dark, np.ones((1, 3), np.uint8))
    across = cv2.morphologyEx(across, cv2.MORPH_OPEN, np.ones((1, round(SHORT_ACROSS * dpi)), np.uint8))
    down = cv2.morphologyEx(down, cv2.MORPH_OPEN, np.ones((round(SHORT_DOWN * dpi), 1), np.uint8))
    return np.asarray(across, np.uint8), np.asarray(down, np.uint8)


def levels_of(profile: NDArray[np.int64], dpi: float, least: float) -> Levels:
    """Where rules lie: peaks of the length of their pieces, nearer ones taken together, waving ones summed."""
    reach = max(1, round(APART * dpi / 2))
    summed = np.convolve(profile, np.ones(2 * reach + 1), mode="same")
    found: Levels = []
    free = summed.copy()
    while free.max(initial=0) >= least * dpi * 2:
        at = int(free.argmax())
        low, high = max(0, at - reach), at + reach + 1
        weight = profile[low:high]
        middle = round(float((np.arange(low, low + len(weight)) * weight).sum() / max(1, weight.sum())))
        found.append(middle)
        free[max(0, at - round(LEAST_GAP * dpi)) : at + round(LEAST_GAP * dpi) + 1] = 0
    return sorted(found)
