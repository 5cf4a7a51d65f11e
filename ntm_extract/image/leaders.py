"""Dot leaders: rows of dots that lead the eye to a figure, or wait for one to be written. Read, they are noise."""

from __future__ import annotations

from itertools import groupby, pairwise

import numpy as np

from ntm_extract.image.components import Components, Numbers

DOT = (0.06, 0.32)  # of a capital's height: least and greatest size of a dot
FULL = 0.5  # share of its rectangle that a dot fills
STEP = (0.12, 0.75)  # of a capital's height: between the middles of neighbouring dots
LEVEL = 0.12  # of a capital's height by which neighbours may stand higher or lower
RUN = 7  # dots in a row; an ellipsis has three to five
EVEN = 0.35  # by which a step may differ from the row's usual one


def leaders(parts: Components, capital: float) -> tuple[Numbers, int]:
    """The dots of a page that lead, and how many rows of them there are. `capital`: height of capitals in pixels."""
    width, height, area = parts.stats[:, 2], parts.stats[:, 3], parts.stats[:, 4]
    dot = (parts.size >= DOT[0] * capital) & (parts.size <= DOT[1] * capital) & (area >= FULL * width * height)
    dot &= parts.size <= 1.6 * np.minimum(width, height) + 1
    dot[0] = False
    chosen = np.flatnonzero(dot)
    runs = _runs(chosen, parts.centres, capital) if len(chosen) >= RUN else []
    return np.array([i for run in runs for i in run], dtype=np.intp), len(runs)


def _runs(chosen: np.ndarray, centres: np.ndarray, capital: float) -> list[list[int]]:
    """Dots that follow each other evenly on a level, from left to right."""
    order = chosen[np.argsort(centres[chosen, 0], kind="stable")]
    bands: dict[int, list[int]] = {}
    tall = max(2.0, LEVEL * capital)
    for i in order:
        bands.setdefault(int(centres[i, 1] // (3 * tall)), []).append(int(i))
        bands.setdefault(-1 - int((centres[i, 1] + 1.5 * tall) // (3 * tall)), []).append(int(i))
    found: list[list[int]] = []
    taken: set[int] = set()
    for band in bands.values():
        for run in _even(band, centres, capital, tall):
            if not taken.intersection(run):
                taken.update(run)
                found.append(run)
    return found


def _even(band: list[int], centres: np.ndarray, capital: float, tall: float) -> list[list[int]]:
    """Runs of a band: cut where dots stand too far apart or on another level, kept where their steps are even."""
    follows = [
        STEP[0] * capital <= centres[b, 0] - centres[a, 0] <= STEP[1] * capital
        and abs(centres[b, 1] - centres[a, 1]) <= tall
        for a, b in pairwise(band)
    ]
    runs: list[list[int]] = []
    at = 0
    for joined, group in groupby(follows):
        length = len(list(group))
        if joined and length + 1 >= RUN:
            run = band[at : at + length + 1]
            steps = np.diff(centres[run, 0])
            usual = float(np.median(steps))
            if np.mean(np.abs(steps - usual) <= EVEN * usual) >= 0.85:
                runs.append(run)
        at += length
    return runs
