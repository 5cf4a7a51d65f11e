"""Where on a page the ruled tables stand: rules found by their length, areas by rules that cross."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ntm_extract.image.components import components, count_components
from ntm_extract.image.page import Pixels

WORK_DPI = 150.0  # rules are longer than letters at any resolution; this one is cheap
RULE_WIDTH = 0.5  # inches: the shortest horizontal rule, longer than any dash or underlined word of one syllable
RULE_HEIGHT = 0.22  # inches: the shortest vertical rule, taller than any letter
LEAST_CROSSINGS = 6  # two ruled cells: one alone is a frame
LEAST_PART = 2  # crossings of a piece of a table whose rules are broken
MANY_CROSSINGS = 24  # a shade has none of its own: with so many it is a table that the edge of the scan cuts off
TOUCHING, OVER = 0.4, 0.8  # inches between pieces of one table, less than a caption takes; share of width they share
UPRIGHT, LEVEL = 2, 0.3  # upright rules, or share of the width of one across, on each height of a table
LEAST_SHARE = 0.01  # of the page: smaller frames are stamps and boxes round a word
EDGE = 0.012  # of the page: what touches two of its edges is the shade of the scanner

Area = tuple[int, int, int, int]


def ruled_areas(grey: Pixels, dpi: float) -> tuple[Area, ...]:
    """Areas of ruled tables as (x0, y0, x1, y1) in pixels of a level grey page, from top to bottom."""
    scale = min(1.0, WORK_DPI / dpi)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    dark = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    inch = dpi * scale
    across = _rules(np.asarray(dark, dtype=np.uint8), (round(RULE_WIDTH * inch), 1))
    down = _rules(np.asarray(dark, dtype=np.uint8), (1, round(RULE_HEIGHT * inch)))
    drawn = _thick(across), _thick(down)
    if not (drawn[0] & drawn[1]).any():
        return ()
    across, down = _trimmed(across, down), _trimmed(down.T, across.T).T
    crossings = _thick(across) & _thick(down)
    parts: list[tuple[Area, int]] = []
    for x, y, width, height, _ in components(_thick(across | down)).stats[1:].tolist():
        count = count_components(crossings[y : y + height, x : x + width])
        shade = _edges_touched(x, y, width, height, dark.shape) > 1 and count < MANY_CROSSINGS
        if count >= LEAST_PART and not shade:
            parts.append(((x, y, x + width, y + height), count))
    areas: list[Area] = []
    for joined, _ in _joined(parts, TOUCHING * inch):
        for x0, y0, x1, y1 in _parted(joined, *drawn, TOUCHING * inch):
            count = count_components(crossings[y0:y1, x0:x1])
            if count >= LEAST_CROSSINGS and (x1 - x0) * (y1 - y0) >= LEAST_SHARE * dark.size:
                areas.append((round(x0 / scale), round(y0 / scale), round(x1 / scale), round(y1 / scale)))
    return tuple(sorted(areas, key=lambda a: (a[1], a[0])))


def _parted(area: Area, across: NDArray[np.uint8], down: NDArray[np.uint8], gap: float) -> list[Area]:
    """The area, or the tables in it: a scratch through the text between two joins them, where no other rules run."""
    x0, y0, x1, y1 = area
    edges = np.diff((down[y0:y1, x0:x1] > 0).astype(np.int8), axis=1, prepend=0)
    drawn = ((edges > 0).sum(axis=1) >= UPRIGHT) | ((across[y0:y1, x0:x1] > 0).mean(axis=1) >= LEVEL)
    ruled = np.flatnonzero(drawn)
    if not ruled.size:
        return [area]
    runs = np.split(ruled, np.flatnonzero(np.diff(ruled) > gap) + 1)
    if len(runs) == 1:
        return [area]
    return [(x0, y0 + int(run[0]), x1, y0 + int(run[-1]) + 1) for run in runs]


def _joined(parts: list[tuple[Area, int]], gap: float) -> list[tuple[Area, int]]:
    """Areas with their crossings, those taken together that lie in each other or under each other no gap apart."""
    found: list[tuple[Area, int]] = []
    for area, count in sorted(parts, key=lambda part: part[0][1]):
        own, crossings = area, count
        for other, others in [one for one in found if _one_table(one[0], area, gap)]:
            found.remove((other, others))
            own = (min(own[0], other[0]), min(own[1], other[1]), max(own[2], other[2]), max(own[3], other[3]))
            crossings += others
        found.append((own, crossings))
    return found


def _one_table(a: Area, b: Area, gap: float) -> bool:
    """Whether most of the narrower area lies over or under the other, or in it, with less than `gap` between."""
    shared = min(a[2], b[2]) - max(a[0], b[0])
    return shared >= OVER * min(a[2] - a[0], b[2] - b[0]) and max(a[1], b[1]) - min(a[3], b[3]) < gap


def _trimmed(rules: NDArray[np.uint8], others: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Horizontal rules cut off beyond the outermost of the upright ones they cross: a scratch may run over the page."""
    found = components(rules)
    near = _thick(np.ascontiguousarray(others))
    kept = np.zeros_like(rules)
    for i, (x, y, width, height, _) in enumerate(found.stats[1:].tolist(), start=1):
        place = slice(y, y + height), slice(x, x + width)
        own = found.labels[place] == i
        crossed = np.flatnonzero((own & (near[place] > 0)).any(axis=0))
        if crossed.size:
            own[:, : crossed[0]] = False
            own[:, crossed[-1] + 1 :] = False
            kept[place] |= np.where(own, 255, 0).astype(np.uint8)
    return kept


def _edges_touched(x: int, y: int, width: int, height: int, shape: tuple[int, ...]) -> int:
    rows, columns = shape[:2]
    near = EDGE * max(rows, columns)
    return sum((x < near, y < near, x + width > columns - near, y + height > rows - near))


def _rules(dark: Pixels, shape: tuple[int, int]) -> NDArray[np.uint8]:
    """Dark runs at least as long as `shape` (columns, rows); a gap of two pixels does not end a run."""
    along = (5, 1) if shape[1] == 1 else (1, 5)
    whole = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones(along[::-1], np.uint8))
    return np.asarray(cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones(shape[::-1], np.uint8)), dtype=np.uint8)


def _thick(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.asarray(cv2.dilate(mask, np.ones((5, 5), np.uint8)), dtype=np.uint8)
