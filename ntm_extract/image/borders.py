"""Dark edges of the scanner's glass and punch holes: painted as paper, so that every pixel stays where it is."""

from __future__ import annotations

import cv2
import numpy as np

from ntm_extract.image.components import components
from ntm_extract.image.page import Pixels

WORKING_DPI = 75.0
DARK = 110  # grey level up to which a pixel may be the scanner's lid or a hole; a shadow's soft rim is taken with it
THICK = 0.09  # inches either way that dark must measure; no stroke of a letter is as thick
WIDEST = 0.3  # share of the sheet that edges may take: more is a dark page, not its edge
HOLE = (0.16, 0.42)  # inches, least and greatest diameter of a punch hole
HOLE_MARGIN = 0.9  # inches from an edge within which holes are punched
ROUND = 0.72, 1.4  # filled share of a disc of its diameter, longer side over shorter: what a hole keeps to
RIM = 0.05  # inches around a mark that go with it, where they are not white


def bare(grey: Pixels, dpi: float) -> tuple[Pixels, float]:
    """The page with its dark edges and punch holes painted over, and their share of it (0 where there are none)."""
    step = max(1, int(dpi / WORKING_DPI))
    small = np.ascontiguousarray(grey[::step, ::step])
    inch = dpi / step
    thick = max(3, round(THICK * inch))
    dark = (small < DARK).astype(np.uint8)
    # widened, so that an edge thinner than `thick` counts
    framed = cv2.copyMakeBorder(dark, thick, thick, thick, thick, cv2.BORDER_REPLICATE)
    solid = cv2.morphologyEx(framed, cv2.MORPH_OPEN, np.ones((thick, thick), np.uint8))[thick:-thick, thick:-thick]
    if not solid.any():
        return grey, 0.0
    marks = _marks(np.ascontiguousarray(solid), inch)
    area = float(marks.mean())
    if not area or area > WIDEST:
        return grey, 0.0
    rim = 2 * max(1, round(RIM * inch)) + 1
    wider = cv2.dilate(marks, np.ones((rim, rim), np.uint8))
    rows, columns = grey.shape
    over = cv2.resize(wider, (columns, rows), interpolation=cv2.INTER_NEAREST) > 0
    paper = np.uint8(np.median(small[dark == 0])) if (dark == 0).any() else np.uint8(255)
    clean = grey.copy()
    clean[over & (grey < paper)] = paper
    return clean, round(area, 5)


def _marks(solid: Pixels, inch: float) -> Pixels:
    """Which of the solid dark spots lie at the sheet's edge or are punch holes."""
    labels, stats, centres = components(solid)
    rows, columns = solid.shape
    x, y, width, height, area = stats.T
    edge = (x == 0) | (y == 0) | (x + width == columns) | (y + height == rows)
    longer, shorter = np.maximum(width, height), np.maximum(1, np.minimum(width, height))
    hole = (longer >= HOLE[0] * inch) & (longer <= HOLE[1] * inch) & (longer <= ROUND[1] * shorter)
    hole &= area >= ROUND[0] * np.pi / 4 * width * height
    margin = HOLE_MARGIN * inch
    across, down = centres.T
    away = np.minimum(np.minimum(across, columns - across), np.minimum(down, rows - down))
    hole &= away <= margin
    keep = (edge | hole) & (np.arange(len(stats)) > 0)
    return np.asarray(keep[labels], dtype=np.uint8)
