"""Columns of a table without rules: where no ink stands in any of its rows."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from ntm_extract.image.cells import SPECK
from ntm_extract.image.grid import rule_mask
from ntm_extract.image.page import Pixels
from ntm_extract.image.rules import ink

GUTTER = 0.065  # inches: the least room between two columns, wider than any space between words
SLACK = 0.02  # inches by which a row is looked at over and under its letters


def columns(
    grey: Pixels, dpi: float, rows: Sequence[tuple[float, float]], left: float, right: float
) -> list[tuple[float, float, float]]:
    """Left and right edge of each column and the share of rows that fill it.

    `rows` (top, bottom) and the table's edges `left` and `right` are in pixels, too.
    """
    x0, x1 = max(0, round(left)), min(grey.shape[1], round(right))
    y0, y1 = max(0, round(min(r[0] for r in rows) - SLACK * dpi)), round(max(r[1] for r in rows) + SLACK * dpi)
    dark = ink(grey[y0:y1, x0:x1], dpi)
    dark = np.asarray(cv2.subtract(dark, rule_mask(dark, dpi)), np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    large = np.zeros(count, bool)
    large[1:] = (stats[1:, 2] >= SPECK * dpi) | (stats[1:, 3] >= SPECK * dpi)
    letters = large[labels]
    used = np.array([letters[max(0, round(top) - y0) : round(bottom) - y0].any(axis=0) for top, bottom in rows])
    marks = np.flatnonzero(np.diff(np.concatenate(([False], used.any(axis=0), [False])).astype(np.int8)))
    runs = list(zip(marks[::2].tolist(), marks[1::2].tolist(), strict=True))
    found: list[tuple[float, float]] = []
    for a, b in runs:
        if found and a + x0 - found[-1][1] < GUTTER * dpi:
            found[-1] = found[-1][0], float(b + x0)
        else:
            found.append((float(a + x0), float(b + x0)))
    return [(a, b, float(used[:, round(a) - x0 : round(b) - x0].any(axis=1).mean())) for a, b in found]
