"""Figures by their ink: how many digits stand in a word, and where marks stand between them."""

from __future__ import annotations

import cv2
import numpy as np

from ntm_extract.image.components import components
from ntm_extract.image.page import Pixels

TALL, LEVEL = 0.7, 0.15  # of a line's height: the least of a digit, how far its foot may lie from the others'
DIGIT = 0.74  # width of a digit by its height, with the room to the next: digits may touch
MARK = 0.35  # of a digit's height: the greatest width of a dot or comma


def signs_of(boxes: np.ndarray) -> str:
    """The signs of one line of figures by their sizes alone: "0" for a digit, "." and "," for a mark at its foot.

    `boxes`: x, y, width, height, pixels of each piece of ink, a row a piece. "" where they are no such line.
    """
    height = boxes[:, 3].max()
    tall = boxes[boxes[:, 3] >= TALL * height]
    foot, head = np.median(tall[:, 1] + tall[:, 3]), np.median(tall[:, 1])
    if (np.abs(tall[:, 1] + tall[:, 3] - foot) > LEVEL * height).any():
        return ""
    found = []
    for _, y, w, h, _ in sorted(boxes.tolist()):
        if h >= TALL * height:
            found.append("0" * max(1, round(w / (DIGIT * (foot - head)))))
        elif y + h / 2 > foot - 0.25 * height and w < MARK * height and found and found[-1][-1] == "0":
            found.append("," if y + h > foot + 0.1 * height else ".")
    return "".join(found)


def signs_at(grey: Pixels, ink: int, least: int) -> str:
    """The signs of a word cut from its page: what is darker than `ink`, in pieces of at least `least` pixels."""
    stats = components((grey < ink).astype(np.uint8)).stats[1:]
    stats = stats[stats[:, cv2.CC_STAT_AREA] >= least]
    return signs_of(stats) if len(stats) else ""
