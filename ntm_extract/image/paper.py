"""The paper behind the ink made even: shade lifted, print of the other side that shines through taken off."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ntm_extract.image.page import Pixels

COARSE = 8  # pixels of the page to one of the paper's shade
UNEVEN = 40  # grey levels between the lightest and the darkest twentieth of the paper from which light is uneven
DARKEST = 60  # grey level below which what is shaded can't be told from ink: left as it is
WHITE = 245  # grey level to which paper is lifted
PALE = 0.5  # of the contrast of ink: what is paler, and away from ink, shines through
FAINT = 0.12  # of the contrast of ink: what is paler still is the paper's own grain
SHINES = 0.012  # share of the page from which pale print is the other side's
GREY = 0.02  # share of pixels neither black nor white, of a page that has shades at all


def even(grey: Pixels) -> tuple[Pixels, float]:
    """The page with its paper even, where it is not, and the share of it that shone through (0 where none did)."""
    between = np.count_nonzero((grey[::4, ::4] > 20) & (grey[::4, ::4] < 235)) / max(1, grey[::4, ::4].size)
    if between < GREY or min(grey.shape) < 8 * COARSE:
        return grey, 0.0
    return _without_other_side(_lifted(grey))


def _lifted(grey: Pixels) -> Pixels:
    """Uneven light divided out; ink keeps its depth against the paper around it."""
    rows, columns = grey.shape
    small = cv2.resize(grey, (columns // COARSE, rows // COARSE), interpolation=cv2.INTER_AREA)
    shade = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 21)
    dark, light = np.percentile(shade, (5, 95))
    if light - dark < UNEVEN or dark < DARKEST:
        return grey
    paper: NDArray[np.float32] = cv2.resize(shade, (columns, rows), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    return np.asarray(np.clip(grey * (WHITE / np.maximum(paper, DARKEST)), 0, 255), dtype=np.uint8)


def _without_other_side(grey: Pixels) -> tuple[Pixels, float]:
    """Pale print that touches no ink becomes paper, where there is so much of it that it is the sheet's other side."""
    sample = grey[::2, ::2]
    threshold = int(cv2.threshold(np.ascontiguousarray(sample), 0, 255, cv2.THRESH_OTSU)[0])
    dark, light = sample[sample <= threshold], sample[sample > threshold]
    if not dark.size or not light.size:
        return grey, 0.0
    ink, paper = float(np.percentile(dark, 20)), float(np.median(light))
    pale, faint = ink + (1 - PALE) * (paper - ink), paper - FAINT * (paper - ink)
    smooth = cv2.blur(grey, (3, 3))  # the sensor's grain is no print
    near = cv2.dilate((grey < pale).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    other = (smooth < faint) & ~near
    share = float(np.count_nonzero(other)) / other.size
    if share < SHINES:
        return grey, 0.0
    # with its soft rim, or ghosts of the letters would stay
    rim = (cv2.dilate(other.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0) & ~near
    return np.where(rim, np.uint8(round(paper)), grey), round(share, 5)
