"""Coloured ink over black text: seals and signatures taken off, the letters under them kept."""

from __future__ import annotations

import cv2
import numpy as np

from ntm_extract.image.page import Pixels

COLOURED = 60  # difference between a pixel's strongest and weakest channel from which it is coloured, not JPEG noise
LEAST_AREA = 0.0005  # share of the page; below it there is nothing to take off
SMALL = 0.25  # scale at which marks are looked for
MOST_OF_INK = 0.5  # share of all ink from which colour is what the page is printed in, not what was put over it


def separate(pixels: Pixels) -> tuple[Pixels, float]:
    """Grey pixels without coloured ink, and the share of the page that such ink covers (0 on a grey page).

    Coloured ink lets one channel through almost like paper, black ink none: the strongest channel shows the text under
    a seal. What colour is left is lifted towards white.
    """
    if pixels.ndim == 2:
        return pixels, 0.0
    plain = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    chroma, strongest = _chroma(pixels)
    coloured = chroma > COLOURED
    area = round(float(_marks(coloured).mean()), 5)
    if area < LEAST_AREA:
        return plain, 0.0
    ink = int(np.count_nonzero(plain < 128))
    if ink and np.count_nonzero(coloured & (plain < 160)) > MOST_OF_INK * ink:
        return plain, 0.0
    lifted = cv2.add(strongest, cv2.subtract(chroma, np.full_like(chroma, COLOURED // 2)))
    near = cv2.dilate(coloured.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return np.where(near, np.asarray(lifted, dtype=np.uint8), plain), area


def covered(pixels: Pixels, points: np.ndarray) -> np.ndarray:
    """Whether each of the points (x, y in pixels, one a row) lies within coloured marks."""
    if pixels.ndim == 2 or not len(points):
        return np.zeros(len(points), dtype=bool)
    marks = _marks(_chroma(pixels)[0] > COLOURED)
    columns = np.clip(points[:, 0] * SMALL, 0, marks.shape[1] - 1).astype(int)
    rows = np.clip(points[:, 1] * SMALL, 0, marks.shape[0] - 1).astype(int)
    return np.asarray(marks[rows, columns] > 0)


def _chroma(pixels: Pixels) -> tuple[np.ndarray, np.ndarray]:
    """How coloured each pixel is, and its strongest channel."""
    red, green, blue = cv2.split(pixels)
    strongest = cv2.max(cv2.max(red, green), blue)
    return cv2.subtract(strongest, cv2.min(cv2.min(red, green), blue)), strongest


def _marks(coloured: np.ndarray) -> np.ndarray:
    """Coloured marks at a quarter of the size, their gaps closed. Lone coloured pixels don't count."""
    small = cv2.resize(coloured.astype(np.uint8) * 255, None, fx=SMALL, fy=SMALL, interpolation=cv2.INTER_AREA)
    marks = (small > 80).astype(np.uint8)
    return np.asarray(cv2.morphologyEx(marks, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)))
