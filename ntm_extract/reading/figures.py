"""Figures of running text held against their ink, and read once more where they have other digits or marks."""

from __future__ import annotations

import re

import numpy as np
from msgspec.structs import replace

from ntm_extract.image.cells import Cut
from ntm_extract.image.components import INK
from ntm_extract.image.grid import Region
from ntm_extract.image.page import PageImage
from ntm_extract.image.signs import signs_at
from ntm_extract.layout.seen import Seen
from ntm_extract.problems import StageError
from ntm_extract.reading.cells import Look, on_strip
from ntm_extract.settings import Settings

FIGURE = re.compile(r"(?P<digits>\d(?:[\d.,]*\d)?)(?P<tail>[.,;:]*)")
ROOM = 0.012  # inches around a word that its ink may stand out by
LEAST = 3  # pixels; what is smaller is no mark
LARGER = Look(1.5)
MOST = 16  # figures of a page that are read again: where more disagree, ink tells nothing


def settle(page: PageImage, seen: tuple[Seen, ...], settings: Settings) -> tuple[Seen, ...]:
    """The words of a page; a figure whose ink shows other digits or marks is read again, alone and larger.

    The second reading counts only where it has just the digits and marks that the ink has: "2" of "12", "24." of "2.4."
    """
    doubtful = {i: cut for i, word in enumerate(seen) if (cut := _doubt(page, i, word)) is not None}
    if not doubtful or len(doubtful) > MOST:
        return seen
    try:
        read = on_strip(page, tuple(doubtful.values()), settings, LARGER, "0123456789.,")
    except StageError:
        return seen
    words = list(seen)
    for i, cut in doubtful.items():
        first, (said, sure) = FIGURE.fullmatch(seen[i].text), read[i, 0]
        second = FIGURE.fullmatch("".join(said.split()))
        if first is None or second is None or not _holds(second["digits"], first["digits"]):
            continue  # ink that shows fewer digits was cut off with its box
        if _shape(second["digits"]) == _shape(cut.signs):
            words[i] = replace(seen[i], text=second["digits"] + first["tail"], confidence=round(sure, 4))
    return tuple(words)


def _doubt(page: PageImage, number: int, word: Seen) -> Cut | None:
    """The word's ink, set for reading, where it is a figure and its ink shows another one."""
    figure = FIGURE.fullmatch(word.text)
    if figure is None:
        return None
    room = max(1, round(ROOM * page.dpi))
    x0, y0 = max(0, int(word.x0) - room), max(0, int(word.y0) - room)
    x1, y1 = int(word.x1) + room, int(word.y1) + room
    pixels = np.ascontiguousarray(page.pixels[y0:y1, x0:x1])
    signs = signs_at(pixels, INK, LEAST) if pixels.size else ""
    if not signs or _shape(signs) == _shape(figure["digits"]):
        return None
    return Cut(Region(number, 0, 1, 1, x0, y0, x1, y1), (x0, y0, x1, y1), pixels, signs=signs)


def _shape(signs: str) -> str:
    """Digits as "0" and the marks between them as "."."""
    return re.sub(r"[.,]", ".", re.sub(r"\d", "0", signs.rstrip(".,")))


def _holds(figure: str, other: str) -> bool:
    """Whether the figure has all digits of the other, in their order."""
    left = iter(figure)
    return all(digit in left for digit in re.sub(r"\D", "", other))
