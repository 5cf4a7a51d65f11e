"""Dust and scanner noise: lone specks go, the dots and marks of letters stay."""

from __future__ import annotations

import cv2
import numpy as np

from ntm_extract.image.components import Components, Numbers

SPECK = 0.3  # of a capital's height: a speck is no larger either way; full stops and dots below are as small
REACH = 0.5  # of a capital's height: nearer to a letter than this, a speck may be its mark
LETTER = 0.45  # of a capital's height: what is at least as tall or wide is no speck
DASH = (0.18, 2.0)  # of a capital's height: the least length of a dash that stands alone in a cell; of its own height
WORTH = 30  # lone specks on a page from which cleaning pays; fewer do no harm


def specks(parts: Components, capital: float) -> Numbers:
    """The lone specks of a page that has many; none of one that has few. `capital`: height of capitals in pixels."""
    labels, stats, size = parts.labels, parts.stats, parts.size
    letter, small = size >= LETTER * capital, size <= SPECK * capital
    letter[0] = small[0] = False
    if np.count_nonzero(small) < WORTH:
        return np.empty(0, dtype=np.intp)
    kind = (letter + 2 * small).astype(np.uint8)[labels]  # one look-up for a whole page: they are what this costs
    reach = 2 * round(REACH * capital) + 1
    near = cv2.dilate((kind == 1).astype(np.uint8), np.ones((reach, reach), np.uint8))
    spots = np.flatnonzero(kind == 2)
    owner = labels.ravel()[spots]
    beside = np.zeros(len(stats), dtype=bool)
    beside[owner[near.ravel()[spots] > 0]] = True
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    dash = (width >= DASH[0] * capital) & (width >= DASH[1] * height)
    lone = np.flatnonzero(small & ~beside & ~dash)
    return lone if len(lone) >= WORTH else lone[:0]
