"""Cells set for reading: cut from the page without rules and specks, and put under each other on one strip."""

from __future__ import annotations

import cv2
import numpy as np
from msgspec import Struct

from ntm_extract.image.components import components
from ntm_extract.image.grid import GRAIN, Grid, Region, rule_mask
from ntm_extract.image.page import Pixels
from ntm_extract.image.rules import Mask, ink
from ntm_extract.image.signs import signs_of
from ntm_extract.image.tables import Area

INSET = 0.015  # inches kept away from the rules
SPECK = 0.045  # inches: what is smaller either way is a dot, a comma, a tone mark or dirt
ALONE = 0.07  # inches: a dot farther from all letters is dirt
NARROW, COPIES = 0.16, 3  # inches: what is narrower is a letter or two, and set so many times
RUN = 8  # digits that stand alone set as one number
SAME_SIZE = 0.75  # the least ratio of the sizes of marks that are alike
DASH = (0.035, 0.13, 0.05)  # inches: least and greatest length, greatest height of a dash
LYING = 1.3  # width by height that a dash has at least, with the haze around it


class Cut(Struct, frozen=True):
    """The ink of a cell: its rectangle on the page, its clean pixels, and whether it is but a dash.

    `signs`: what stands in a cell of one line, from left to right: "0" for a letter or digit, "." and "," for a mark at
    the foot of the line.
    """

    region: Region
    area: Area
    pixels: Pixels
    dash: bool = False
    signs: str = ""


class Placed(Struct, frozen=True):
    """Where on the strip a cut stands, and how many times."""

    cut: Cut
    x: int
    y: int
    copies: int = 1


def cuts(grey: Pixels, dpi: float, grid: Grid) -> tuple[Cut, ...]:
    """The cells that bear ink."""
    left, top, right, bottom = grid.area
    pad = round(0.1 * dpi)
    left, top = max(0, left - pad), max(0, top - pad)
    view = grey[top : bottom + pad, left : right + pad]
    dark = ink(np.asarray(cv2.GaussianBlur(view, (0, 0), GRAIN * dpi), np.uint8), dpi)
    dark = np.asarray(cv2.subtract(dark, rule_mask(dark, dpi, grid, left, top)), np.uint8)
    found = []
    for region in grid.regions:
        inset = max(1, round(INSET * dpi))
        x0, y0, x1, y1 = (
            region.x0 + inset - left,
            region.y0 + inset - top,
            region.x1 - inset - left,
            region.y1 - inset - top,
        )
        cut = _cut(view[y0:y1, x0:x1], dark[y0:y1, x0:x1], dpi) if x1 - x0 > 4 and y1 - y0 > 4 else None
        if cut is not None:
            (a, b, c, d), pixels, dash, signs = cut
            found.append(Cut(region, (a + x0 + left, b + y0 + top, c + x0 + left, d + y0 + top), pixels, dash, signs))
    return tuple(found)


def _cut(grey: Pixels, dark: Mask, dpi: float) -> tuple[Area, Pixels, bool, str] | None:
    parts = components(dark)
    boxes = parts.stats[1:]
    if not len(boxes):
        return None
    size, far = SPECK * dpi, ALONE * dpi
    large = np.flatnonzero((boxes[:, 2] >= size) | (boxes[:, 3] >= size))
    large = np.array([i for i in large if not _at_edge(boxes[i], dark.shape, dpi)], dtype=int)
    dashes = [i for i in range(len(boxes)) if _is_dash(boxes[i], dpi, dark.shape)]
    letters = [i for i in large if i not in dashes]
    if not letters:
        if len(dashes) != 1:
            return None
        kept, dash = dashes, True
    else:
        kept, dash = [i for i in range(len(boxes)) if i in letters or _near(boxes[i], boxes[letters], far)], False
        kept = [i for i in kept if boxes[i][4] >= 3]
    chosen = boxes[kept]
    x0, y0 = chosen[:, 0].min(), chosen[:, 1].min()
    x1, y1 = (chosen[:, 0] + chosen[:, 2]).max(), (chosen[:, 1] + chosen[:, 3]).max()
    mask = np.isin(parts.labels[y0:y1, x0:x1], np.array(kept) + 1).astype(np.uint8)
    part = grey[y0:y1, x0:x1]
    paper = int(np.percentile(grey, 85))
    clean = np.where(cv2.dilate(mask, np.ones((5, 5), np.uint8)) > 0, part, paper)
    lifted = np.clip(clean.astype(np.float32) * (255.0 / max(1, paper)), 0, 255).astype(np.uint8)
    return (int(x0), int(y0), int(x1), int(y1)), lifted, dash, signs_of(chosen)


def _at_edge(box: np.ndarray, shape: tuple[int, ...], dpi: float) -> bool:
    """What is left of a rule: a thin line along the edge of the cell."""
    x, y, w, h = (int(v) for v in box[:4])
    thin = 0.03 * dpi
    near = 0.03 * dpi
    return (h <= thin and w > 3 * h and (y <= near or y + h >= shape[0] - near)) or (
        w <= thin and h > 3 * w and (x <= near or x + w >= shape[1] - near)
    )


def _is_dash(box: np.ndarray, dpi: float, shape: tuple[int, ...]) -> bool:
    _, y, w, h = (int(v) for v in box[:4])
    middle = y + h / 2
    return (
        DASH[0] * dpi <= w <= DASH[1] * dpi
        and h <= DASH[2] * dpi
        and w >= LYING * h
        and 0.2 * shape[0] < middle < 0.8 * shape[0]
    )


def _near(box: np.ndarray, others: np.ndarray, far: float) -> bool:
    x, y, w, h = (int(v) for v in box[:4])
    dx = np.maximum(np.maximum(others[:, 0] - (x + w), x - (others[:, 0] + others[:, 2])), 0)
    dy = np.maximum(np.maximum(others[:, 1] - (y + h), y - (others[:, 1] + others[:, 3])), 0)
    return bool((np.hypot(dx, dy) <= far).any())


def likeness(one: Cut, other: Cut) -> float:
    """How like the ink of two cells is, from -1 to 1: their correlation once of one size; 0 where sizes differ much."""
    for a, b in zip(one.pixels.shape, other.pixels.shape, strict=True):
        if not SAME_SIZE <= a / b <= 1 / SAME_SIZE:
            return 0.0
    here, there = (cv2.GaussianBlur(cv2.resize(c.pixels, (16, 16)), (3, 3), 0).ravel() for c in (one, other))
    if not here.std() or not there.std():
        return 0.0
    return float(np.corrcoef(here, there)[0, 1])


def strip(cut: tuple[Cut, ...], dpi: float, *, copied: bool = True) -> tuple[Pixels, tuple[Placed, ...]]:
    """The cuts under each other on white paper, and where each stands.

    A single letter or digit alone on a line is often lost or misread; it is set three times, if `copied`.
    """
    margin, gap, between = round(0.12 * dpi), round(0.1 * dpi), round(0.1 * dpi)
    copies = [COPIES if copied and c.pixels.shape[1] < NARROW * dpi else 1 for c in cut]
    wide = (n * (c.pixels.shape[1] + between) for n, c in zip(copies, cut, strict=True))
    width = max(wide, default=1) + 2 * margin
    height = sum(c.pixels.shape[0] + gap for c in cut) + 2 * margin
    paper = np.full((height, width), 255, np.uint8)
    placed, y = [], margin
    for n, c in zip(copies, cut, strict=True):
        h, w = c.pixels.shape
        for i in range(n):
            x = margin + i * (w + between)
            paper[y : y + h, x : x + w] = c.pixels
        placed.append(Placed(c, margin, y, n))
        y += h + gap
    return paper, tuple(placed)


def runs(cut: tuple[Cut, ...], dpi: float) -> tuple[Pixels, tuple[tuple[int, int, tuple[Cut, ...]], ...]]:
    """Cuts of one digit each, set beside each other as long numbers, and top, bottom and cuts of each line."""
    margin, gap, between = round(0.12 * dpi), round(0.15 * dpi), round(0.15 * dpi)
    groups = [cut[i : i + RUN] for i in range(0, len(cut), RUN)]
    width = max(sum(c.pixels.shape[1] + between for c in group) for group in groups) + 2 * margin
    height = sum(max(c.pixels.shape[0] for c in group) + gap for group in groups) + 2 * margin
    paper = np.full((height, width), 255, np.uint8)
    lines, y = [], margin
    for group in groups:
        tall, x = max(c.pixels.shape[0] for c in group), margin
        for c in group:
            h, w = c.pixels.shape
            paper[y + tall - h : y + tall, x : x + w] = c.pixels
            x += w + between
        lines.append((y - gap // 2, y + tall + gap // 2, group))
        y += tall + gap
    return paper, tuple(lines)


def bold(pixels: Pixels, by: int) -> Pixels:
    """Strokes thicker by so many pixels: thin ones of a worn page break up."""
    return np.asarray(cv2.erode(pixels, np.ones((by + 1, by + 1), np.uint8)), np.uint8) if by else pixels
