"""The ink of tables without rules: columns where none stands between, and marks in them that were passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ntm_extract.image.cells import LYING, SPECK
from ntm_extract.image.components import components
from ntm_extract.image.grid import GRAIN, rule_mask
from ntm_extract.image.page import Pixels
from ntm_extract.image.rules import ink

GUTTER = 0.065  # inches: the least room between two columns, wider than any space between words
LETTER = 0.055  # inches: what is smaller, and no dash, is dirt
SLACK = 0.02  # inches by which a row is looked at over and under its letters


@dataclass(frozen=True, eq=False)
class TextInk:
    """The letters of a level grey page; all lengths are in its pixels."""

    grey: Pixels
    dpi: float

    def columns(
        self, rows: Sequence[tuple[float, float]], left: float, right: float
    ) -> list[tuple[float, float, float]]:
        """Left and right edge of each column of rows (top, bottom) between two edges, and the share that fill it."""
        x0, x1 = max(0, round(left)), min(self.grey.shape[1], round(right))
        y0 = max(0, round(min(r[0] for r in rows) - SLACK * self.dpi))
        labels, stats = self._letters(x0, y0, x1, round(max(r[1] for r in rows) + SLACK * self.dpi))
        letters = np.isin(labels, stats[:, 0])
        used = np.array([letters[max(0, round(top) - y0) : round(bottom) - y0].any(axis=0) for top, bottom in rows])
        marks = np.flatnonzero(np.diff(np.concatenate(([False], used.any(axis=0), [False])).astype(np.int8)))
        found: list[tuple[float, float]] = []
        for a, b in zip(marks[::2].tolist(), marks[1::2].tolist(), strict=True):
            if found and a + x0 - found[-1][1] < GUTTER * self.dpi:
                found[-1] = found[-1][0], float(b + x0)
            else:
                found.append((float(a + x0), float(b + x0)))
        return [(a, b, float(used[:, round(a) - x0 : round(b) - x0].any(axis=1).mean())) for a, b in found]

    def marks(self, column: tuple[float, float], top: float, bottom: float) -> list[tuple[float, float, float, float]]:
        """The boxes (left, top, right, bottom) of all ink as large as letters or dashes in a stretch of a column."""
        x0, y0 = max(0, round(column[0])), max(0, round(top))
        _, stats = self._letters(x0, y0, round(column[1]), round(bottom))
        return [(float(x + x0), float(y + y0), float(x + w + x0), float(y + h + y0)) for _, x, y, w, h in stats]

    def _letters(self, x0: int, y0: int, x1: int, y1: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The connected pieces of ink in a part of the page, and of those that are no specks: number, x, y, w, h."""
        view = cv2.GaussianBlur(self.grey[y0:y1, x0:x1], (0, 0), GRAIN * self.dpi)
        dark = ink(np.asarray(view, np.uint8), self.dpi)
        dark = np.asarray(cv2.subtract(dark, rule_mask(dark, self.dpi)), np.uint8)
        labels, stats, _ = components(dark)
        wide, high = stats[:, 2] / self.dpi, stats[:, 3] / self.dpi
        large = np.flatnonzero((np.maximum(wide, high) >= LETTER) | ((wide >= SPECK) & (wide >= LYING * high)))
        large = large[large > 0]
        return labels, np.column_stack((large, stats[large, :4])).astype(np.int32)
