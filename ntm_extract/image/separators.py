"""Sheets that part the documents of a batch: bars for the scanner to see, or plain coloured paper."""

from __future__ import annotations

import numpy as np

from ntm_extract.image.components import components
from ntm_extract.image.page import Pixels

WORKING_DPI = 75.0
BAR = 0.35  # inches, least length of a bar
SOLID = 0.8  # share of its rectangle that a bar fills
SLENDER = (2.5, 30.0)  # times as long as it is broad; longer still are rules
FEWEST = 4  # bars of one length and direction
MOST_OF_INK = 0.6  # share of the sheet's ink that is bars
PLAIN = 40  # grey levels from its middle tone that nothing on plain paper is away
DUST = 0.001  # share of the sheet that may be


def is_separator(grey: Pixels, dpi: float) -> bool:
    """Whether the sheet bears bars and next to nothing else, or is plain paper darker than half grey."""
    step = max(1, int(dpi / WORKING_DPI))
    small = np.ascontiguousarray(grey[::step, ::step])
    middle = float(np.median(small))
    if middle < 128:
        return float(np.mean(np.abs(small - middle) > PLAIN)) <= DUST
    ink = (small < 128).astype(np.uint8)
    width, height, area = components(ink).stats[1:, 2:].T
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    bar = (longer >= BAR * dpi / step) & (area >= SOLID * width * height) & (longer >= SLENDER[0] * shorter)
    bar &= longer <= SLENDER[1] * shorter
    if not bar.any():
        return False
    usual, upright = float(np.median(longer[bar])), float(np.mean(height[bar] > width[bar]))
    alike = bar & (np.abs(longer - usual) <= 0.1 * usual)
    enough = np.count_nonzero(alike) >= FEWEST and max(upright, 1 - upright) >= SOLID
    return bool(enough and area[bar].sum() >= MOST_OF_INK * int(ink.sum()))
