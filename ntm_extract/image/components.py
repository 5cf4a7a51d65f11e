"""Connected pieces of ink: the one home of finding and measuring them, on whole pages and in parts of them."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ntm_extract.compiled import compiled
from ntm_extract.image.page import Pixels

INK = 160  # grey level under which a pixel is ink
Numbers = NDArray[np.intp]


class Components(NamedTuple):
    """The pieces of ink of an image; piece 0 is the paper, of which nothing is measured.

    labels: (rows, columns), the piece of each pixel. stats: a row a piece: x, y, width, height, pixels. centres: x, y.
    """

    labels: NDArray[np.int32]
    stats: NDArray[np.int32]
    centres: NDArray[np.float64]

    @property
    def size(self) -> NDArray[np.int32]:
        """The longer side of each piece's rectangle."""
        return np.maximum(self.stats[:, cv2.CC_STAT_WIDTH], self.stats[:, cv2.CC_STAT_HEIGHT])


def page_components(grey: Pixels) -> Components:
    """The pieces of ink of a grey page, or of a part of one."""
    return components((grey < INK).astype(np.uint8))


def components(mask: NDArray[np.uint8]) -> Components:
    """The pieces of what is not 0, touching by sides or corners."""
    count, found = cv2.connectedComponents(np.ascontiguousarray(mask), connectivity=8)
    labels: NDArray[np.int32] = np.asarray(found)
    return Components(labels, *_measured(labels, count))


def count_components(mask: NDArray[np.uint8]) -> int:
    """How many pieces of what is not 0 there are, none measured."""
    return int(cv2.connectedComponents(np.ascontiguousarray(mask), connectivity=8)[0]) - 1


@compiled
def _measured(labels: NDArray[np.int32], count: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Stats and centres of numbered pieces. OpenCV measures the paper too, which takes most of its time."""
    left, top = np.full(count, labels.shape[1]), np.full(count, labels.shape[0])
    right, bottom = np.full(count, -1), np.full(count, -1)
    pixels, across, down = np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count, np.int64)
    for y in range(labels.shape[0]):
        for x in range(labels.shape[1]):
            piece = labels[y, x]
            if piece:
                left[piece] = min(left[piece], x)
                right[piece] = max(right[piece], x)
                top[piece] = min(top[piece], y)
                bottom[piece] = y
                pixels[piece] += 1
                across[piece] += x
                down[piece] += y
    stats, centres = np.zeros((count, 5), np.int32), np.zeros((count, 2), np.float64)
    for piece in range(1, count):
        stats[piece] = (
            left[piece],
            top[piece],
            right[piece] - left[piece] + 1,
            bottom[piece] - top[piece] + 1,
            pixels[piece],
        )
        centres[piece] = across[piece] / pixels[piece], down[piece] / pixels[piece]
    return stats, centres


def painted_over(grey: Pixels, parts: Components, chosen: Numbers) -> Pixels:
    """The page with these pieces turned to paper, with the grey edge around each, or a pale ghost of it would stay."""
    gone = np.zeros(len(parts.stats), dtype=np.uint8)
    gone[chosen] = 1
    ghost = cv2.dilate(gone[parts.labels], np.ones((3, 3), np.uint8)) > 0
    sample = grey[::4, ::4][parts.labels[::4, ::4] == 0]
    clean = grey.copy()
    clean[ghost] = np.uint8(np.median(sample)) if sample.size else np.uint8(255)
    return clean
