"""Recognised words to the lines of a page, in reading order, with noise and page furniture set apart."""

from __future__ import annotations

from itertools import groupby, pairwise
from statistics import median

from ntm_extract.layout.columns import untangle
from ntm_extract.layout.furniture import is_noise, is_page_number
from ntm_extract.layout.seen import Row, Seen

WIDE_GAP = 2.0  # heights of a line from which a gap parts cells, not words; justified words stand closer


def arrange(seen: tuple[Seen, ...], height: float) -> tuple[Row, ...]:
    """The lines of a page `height` tall in reading order, each from left to right; noise comes last."""
    levels: list[list[list[Seen]]] = []
    noise: list[Row] = []
    for _, group in groupby(seen, key=lambda w: w.place):
        pieces = split(sorted(group, key=lambda w: w.x0))
        noise += [Row(tuple(piece), "furniture") for piece in pieces if is_noise(piece)]
        if level := [piece for piece in pieces if not is_noise(piece)]:
            levels.append(level)
    rows = [Row(tuple(piece)) for piece in untangle(levels)]
    return (*(Row(row.words, "furniture") if is_page_number(row, rows, height) else row for row in rows), *noise)


def split(line: list[Seen]) -> list[list[Seen]]:
    """A recognised line cut where a gap is too wide for a space."""
    height = median(w.height for w in line)
    pieces = [[line[0]]]
    for before, word in pairwise(line):
        if word.x0 - before.x1 > WIDE_GAP * height:
            pieces.append([])
        pieces[-1].append(word)
    return pieces


def lying(seen: tuple[Seen, ...]) -> bool:
    """Whether words run up or down the page: the recogniser reads them so too, but in no order."""
    words = [w for w in seen if len(w.text) >= 3]
    return sum(1 for w in words if w.height > w.x1 - w.x0) > len(words) / 2
