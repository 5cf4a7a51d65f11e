"""Dust and scanner noise: lone specks go, the dots and marks of letters stay."""

from __future__ import annotations

import cv2
import numpy as np

from ntm_extract.image.page import Pixels

SPECK = 0.3  # of a capital's height: a speck is no larger either way; full stops and dots below are as small
REACH = 0.5  # of a capital's height: nearer to a letter than this, a speck may be its mark
LETTER = 0.45  # of a capital's height: what is at least as tall or wide is no speck
WORTH = 30  # lone specks on a page from which cleaning pays; fewer do no harm


def despeckle(grey: Pixels, capital: float) -> Pixels:
    """The page without lone specks, where it has many. `capital` is the height of its capitals in pixels."""
    ink = (grey < 160).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    size = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    letters = size >= LETTER * capital
    letters[0] = False
    reach = 2 * round(REACH * capital) + 1
    near = cv2.dilate(letters[labels].astype(np.uint8), np.ones((reach, reach), np.uint8))
    beside = np.zeros(count, dtype=bool)
    beside[np.unique(labels[near > 0])] = True
    lone = (size <= SPECK * capital) & ~beside
    lone[0] = False
    if np.count_nonzero(lone) < WORTH:
        return grey
    # with the grey edge around each, or a pale ghost of it would stay
    ghost = cv2.dilate(lone[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    paper = np.uint8(np.median(grey[ink == 0])) if count > 1 else np.uint8(255)
    return np.where(ghost, paper, grey)
