"""Digits as a pen or a stamp leaves them: strokes of our own, unsteady each time. Digits in, ink 0..1 out."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.float32]

WIDTH = 0.62  # of a digit's height, from one to the next


@cache
def hands() -> dict[str, list[list[NDArray[np.float64]]]]:
    """Of each digit the ways to write it, each a list of strokes, each rows of points; see handwriting.toml."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {digit: [[np.array(stroke) for stroke in hand] for hand in ways] for digit, ways in data.items()}


def written(digits: str, height: float, rng: np.random.Generator) -> Ink:
    """Digits as one hand writes them at this moment, about `height` pixels tall, with room around."""
    size = height * rng.uniform(0.95, 1.5)
    pen = max(2, round(height * rng.uniform(0.07, 0.13)))
    slant, unsteady = rng.uniform(-0.1, 0.35), rng.uniform(0.01, 0.045)
    pad = round(height)
    canvas = np.zeros((round(size) + 2 * pad, round(size * WIDTH * len(digits) * 1.3) + 2 * pad), np.float32)
    x, level = float(pad), float(pad)
    for digit in digits:
        ways = hands()[digit]
        tall = size * rng.uniform(0.85, 1.1)
        for stroke in ways[rng.integers(len(ways))]:
            points = stroke + rng.normal(0, unsteady, stroke.shape)
            points[:, 0] += slant * (1 - points[:, 1]) * 0.5
            way = np.rint((smooth(points) * tall + (x, level)) * 8).astype(np.int32)
            cv2.polylines(canvas, [way], isClosed=False, color=1.0, thickness=pen, lineType=cv2.LINE_AA, shift=3)
        x += tall * WIDTH * rng.uniform(0.85, 1.2)
        level += size * rng.uniform(-0.08, 0.08)
    return np.clip(canvas, 0, 1)


def smooth(points: NDArray[np.float64], steps: int = 8) -> NDArray[np.float64]:
    """A curve through the points (Catmull-Rom)."""
    ends = np.vstack((2 * points[0] - points[1], points, 2 * points[-1] - points[-2]))
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.vstack((*parts, points[-1:]))


def stamped(digits: str, height: float, rng: np.random.Generator) -> Ink:
    """Digits of a numbering stamp: plain, larger than print, a little turned, worn in places."""
    size = height * rng.uniform(1.1, 1.5)
    scale, thick = size / 22, max(2, round(size * 0.1))
    (wide, tall), _ = cv2.getTextSize(digits, cv2.FONT_HERSHEY_SIMPLEX, scale, thick)
    pad = round(height)
    plate = np.zeros((tall + 2 * pad, wide + 2 * pad), np.uint8)
    cv2.putText(plate, digits, (pad, pad + tall), cv2.FONT_HERSHEY_SIMPLEX, scale, 255, thick, cv2.LINE_AA)
    canvas = plate.astype(np.float32) / 255
    middle = (canvas.shape[1] / 2, canvas.shape[0] / 2)
    turn = cv2.getRotationMatrix2D(middle, rng.uniform(-5, 5), 1.0)
    canvas = np.asarray(cv2.warpAffine(canvas, turn, canvas.shape[::-1]), np.float32)
    worn = cv2.GaussianBlur(rng.uniform(0, 1, canvas.shape).astype(np.float32), (0, 0), 2.0)
    return np.clip(canvas * np.clip((worn - 0.3) * 9, 0, 1), 0, 1)
