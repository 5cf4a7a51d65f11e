"""Connected pieces of ink: found once a page, looked at by whoever tells dirt and dots from letters."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ntm_extract.image.page import Pixels

INK = 160  # grey level under which a pixel is ink
Numbers = NDArray[np.intp]


class Components(NamedTuple):
    """The pieces of ink of a page; piece 0 is the paper.

    labels: (rows, columns), the piece of each pixel. stats: a row a piece: x, y, width, height, pixels. centres: x, y.
    """

    labels: NDArray[np.int32]
    stats: NDArray[np.int32]
    centres: NDArray[np.float64]

    @property
    def size(self) -> NDArray[np.int32]:
        """The longer side of each piece's rectangle."""
        return np.maximum(self.stats[:, cv2.CC_STAT_WIDTH], self.stats[:, cv2.CC_STAT_HEIGHT])


def components(grey: Pixels) -> Components:
    """The pieces of ink, touching by sides or corners."""
    _, labels, stats, centres = cv2.connectedComponentsWithStats((grey < INK).astype(np.uint8), connectivity=8)
    return Components(np.asarray(labels), np.asarray(stats), np.asarray(centres))


def painted_over(grey: Pixels, parts: Components, chosen: Numbers) -> Pixels:
    """The page with these pieces turned to paper, with the grey edge around each, or a pale ghost of it would stay."""
    gone = np.zeros(len(parts.stats), dtype=np.uint8)
    gone[chosen] = 1
    ghost = cv2.dilate(gone[parts.labels], np.ones((3, 3), np.uint8)) > 0
    sample = grey[::4, ::4][parts.labels[::4, ::4] == 0]
    clean = grey.copy()
    clean[ghost] = np.uint8(np.median(sample)) if sample.size else np.uint8(255)
    return clean
