"""A page image that knows where on the page each of its pixels lies."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ntm_extract.model import Box

Pixels = NDArray[np.uint8]
Affine = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PageImage:
    """Pixels, and where they are.

    pixels: (height, width) grey or (height, width, 3) RGB, 0 is black.
    to_points: 3 × 3 affine matrix from pixel corners (x, y, 1) to PDF points from the upright page's top left.
    width, height: of the page in points.
    """

    pixels: Pixels
    to_points: Affine
    width: float
    height: float

    @property
    def dpi(self) -> float:
        """Pixels an inch, along the rows."""
        return float(72 / np.hypot(self.to_points[0, 0], self.to_points[1, 0]))

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self.pixels.shape[1], self.pixels.shape[0]

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box in points, cut to the page, of a rectangle of pixels."""
        (a, b, c), (d, e, f) = self.to_points[:2].tolist()  # plain numbers: a page has hundreds of words
        corners = ((x0, y0), (x1, y0), (x0, y1), (x1, y1))
        across = [min(max(a * x + b * y + c, 0.0), self.width) for x, y in corners]
        down = [min(max(d * x + e * y + f, 0.0), self.height) for x, y in corners]
        return Box(*(round(v, 2) for v in (min(across), min(down), max(across), max(down))))

    def with_pixels(self, pixels: Pixels) -> PageImage:
        """The same page with other pixels at the same places."""
        return PageImage(pixels, self.to_points, self.width, self.height)

    def upright(self, rotation: int) -> PageImage:
        """The page turned clockwise by 90, 180 or 270 degrees, so that its text stands upright."""
        quarters = rotation // 90 % 4
        if quarters == 0:
            return self
        columns, rows = self.size
        page = turn(quarters, self.width, self.height)
        width, height = (self.height, self.width) if quarters % 2 else (self.width, self.height)
        back = np.linalg.inv(turn(quarters, columns, rows))
        pixels = np.ascontiguousarray(np.rot90(self.pixels, -quarters))
        return PageImage(pixels, page @ self.to_points @ back, width, height)

    def columns(self, first: int, end: int) -> PageImage:
        """The part of the image between two columns of pixels, on the same page."""
        shift = np.array([[1, 0, first], [0, 1, 0], [0, 0, 1.0]])
        pixels = np.ascontiguousarray(self.pixels[:, first:end])
        return PageImage(pixels, self.to_points @ shift, self.width, self.height)

    def straightened(self, degrees: float, scale: float) -> PageImage:
        """The image scaled and turned counter-clockwise, its frame widened so that nothing leaves it.

        The corners that this adds are paper: white ones beside grey paper would make ink of all of it for a recogniser.
        """
        columns, rows = self.size
        if abs(degrees) < 1e-9:
            if scale == 1:
                return self
            size = (max(1, round(columns * scale)), max(1, round(rows * scale)))
            way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
            resized = np.asarray(cv2.resize(self.pixels, size, interpolation=way), dtype=np.uint8)
            shrink = np.diag([columns / size[0], rows / size[1], 1.0])
            return PageImage(resized, self.to_points @ shrink, self.width, self.height)
        if scale < 1:  # shrink first: a warp alone would sample, not average
            return self.straightened(0.0, scale).straightened(degrees, 1.0)
        angle = np.deg2rad(degrees)
        cos, sin = float(np.cos(angle)) * scale, float(np.sin(angle)) * scale
        width = int(np.ceil(abs(columns * cos) + abs(rows * sin)))
        height = int(np.ceil(abs(columns * sin) + abs(rows * cos)))
        forth = np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]])
        forth[:2, 2] = np.array([width, height]) / 2 - forth[:2, :2] @ (np.array([columns, rows]) / 2)
        # cv2 places pixels by their centres, we by their corners
        half = np.array([[1.0, 0, 0.5], [0, 1.0, 0.5], [0, 0, 1.0]])
        centred = (np.linalg.inv(half) @ forth @ half)[:2]
        turned = cv2.warpAffine(
            self.pixels,
            centred,
            (width, height),
            flags=cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=self._paper(),
        )
        page = self.to_points @ np.linalg.inv(forth)
        return PageImage(np.asarray(turned, dtype=np.uint8), page, self.width, self.height)

    def _paper(self) -> tuple[float, ...]:
        """The commonest tone, a channel each."""
        sample = self.pixels[::8, ::8]
        return tuple(float(v) for v in np.atleast_1d(np.median(sample, axis=(0, 1))))


def turn(quarters: int, width: float, height: float) -> Affine:
    """Clockwise quarter turns of a width × height rectangle that keep its top left at the origin."""
    return np.array(
        {
            0: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
            1: [[0, -1, height], [1, 0, 0], [0, 0, 1]],
            2: [[-1, 0, width], [0, -1, height], [0, 0, 1]],
            3: [[0, 1, 0], [-1, 0, width], [0, 0, 1]],
        }[quarters],
        dtype=np.float64,
    )
