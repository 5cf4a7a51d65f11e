"""One text out of several readings of a cell: what most say, and of figures what fits their ink. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from ntm_extract.layout.cells import FIGURES, PLAIN, glyphs

FITS = 3.0  # weight of a reading that has as many digits as the ink, against one that has not
UNLIKE = 0.5  # weight of a ratio among whole numbers, of a whole number among ratios

Said = tuple[str, float]
"""A text and the confidence in it."""


def fits(text: str, signs: str, *, ratio: bool) -> bool:
    """Whether a text is a figure, a ratio only among ratios, with as many digits as its ink has (unknown: "")."""
    return bool(FIGURES.fullmatch(text)) and ("/" in text) == ratio and (not signs or glyphs(text) == signs.count("0"))


def said_by_most(readings: Sequence[Said]) -> Said:
    """The text with the most confidence over all readings, the first of equals."""
    weight: dict[str, float] = defaultdict(float)
    for text, sure in readings:
        weight[text] += sure
    best = max(weight, key=lambda text: weight[text])
    return best, max(sure for text, sure in readings if text == best)


def voted_figure(readings: Sequence[Said], signs: str, *, free: int, ratio: bool) -> Said:
    """The figure that most readings say, those weighing more that fit the ink; the first reading where none is one.

    Of the readings the first `free` were not bound to digits: a word on which they agree stays. Readings that differ
    but in marks are one; the confidence falls with every reading that says something else.
    """
    first = readings[0][0]
    if all(text == first for text, _ in readings[:free]) and len(re.findall(r"[^\W\d]", first)) > 1:
        return readings[0]
    groups: dict[str, list[Said]] = defaultdict(list)
    for text, sure in readings:
        if FIGURES.fullmatch(text) and text != "-":
            groups[re.sub(r"[.,]", "", text)].append((text, sure))

    def weight(digits: str) -> float:
        inked = bool(signs) and glyphs(digits) == signs.count("0")
        return len(groups[digits]) * (FITS if inked else 1.0) * (1.0 if ("/" in digits) == ratio else UNLIKE)

    if not groups:
        return readings[0]
    best = groups[max(groups, key=weight)]
    texts = [text for text, _ in best]

    def likely(text: str) -> tuple[bool, int, bool]:
        return re.sub(r"[\d/]", "0", text) == signs, texts.count(text), bool(PLAIN.fullmatch(text))

    spelt = max(texts, key=likely)
    return spelt, max(sure for _, sure in best) * len(best) / len(readings)
