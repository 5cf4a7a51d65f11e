"""Dust and scanner noise: lone specks go, the dots and marks of letters stay."""

from __future__ import annotations

import cv2
import numpy as np

from ntm_extract.image.page import Pixels

SPECK = 0.3  # of a capital's height: a speck is no larger either way; full stops and dots below are as small
REACH = 0.5  # of a capital's height: nearer to a letter than this, a speck may be its mark
LETTER = 0.45  # of a capital's height: what is at least as tall or wide is no speck
DASH = (0.18, 2.0)  # of a capital's height: the least length of a dash that stands alone in a cell; of its own height
WORTH = 30  # lone specks on a page from which cleaning pays; fewer do no harm


def despeckle(grey: Pixels, capital: float) -> tuple[Pixels, int]:
    """The page without lone specks, where it has many, and how many went.

    `capital` is the height of its capitals in pixels.
    """
    ink = (grey < 160).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    size = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    letter, small = size >= LETTER * capital, size <= SPECK * capital
    letter[0] = small[0] = False
    if np.count_nonzero(small) < WORTH:
        return grey, 0
    kind = (letter + 2 * small).astype(np.uint8)[labels]  # one look-up for a whole page: they are what this costs
    reach = 2 * round(REACH * capital) + 1
    near = cv2.dilate((kind == 1).astype(np.uint8), np.ones((reach, reach), np.uint8))
    spots = np.flatnonzero(kind == 2)
    owner = labels.ravel()[spots]
    beside = np.zeros(count, dtype=bool)
    beside[owner[near.ravel()[spots] > 0]] = True
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    dash = (width >= DASH[0] * capital) & (width >= DASH[1] * height)
    lone = small & ~beside & ~dash
    if np.count_nonzero(lone) < WORTH:
        return grey, 0
    # with the grey edge around each, or a pale ghost of it would stay
    ghost = np.zeros_like(ink)
    ghost.ravel()[spots[lone[owner]]] = 1
    ghost = np.asarray(cv2.dilate(ghost, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    sample = grey[::4, ::4][ink[::4, ::4] == 0]
    clean = grey.copy()
    clean[ghost > 0] = np.uint8(np.median(sample)) if sample.size else np.uint8(255)
    return clean, int(np.count_nonzero(lone))
