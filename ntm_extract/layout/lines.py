"""Recognised words to the lines of a page, in reading order, with noise and page furniture set apart."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from statistics import median

import msgspec

from ntm_extract.layout.columns import untangle
from ntm_extract.layout.furniture import is_noise, is_page_number
from ntm_extract.layout.seen import Row, Seen
from ntm_extract.text.syllables import is_syllable

WIDE_GAP = 2.0  # heights of a line from which a gap parts cells, not words; justified words stand closer
JOINED = re.compile(r"(?P<left>[^\W\d_]{2,})(?P<stop>[.,;:]+)(?P<right>[^\W\d_]{2,})[.,;:]*")

TOUCHING = 0.1  # heights of a line: no space is as narrow
NUMBER_BEGINS = re.compile(r"\W*\d*/(?:[A-ZĐ\d]+[-/])*(?:[A-ZĐ]+\d*[-/]?)?")  # 118/2008/NĐ-
NUMBER_ENDS = re.compile(r"-?[A-ZĐ\d]+(?:[-/][A-ZĐ\d]+)*\W*")  # CP


def arrange(seen: tuple[Seen, ...], height: float) -> tuple[Row, ...]:
    """The lines of a page `height` tall in reading order, each from left to right; noise comes last."""
    levels: list[list[list[Seen]]] = []
    noise: list[Row] = []
    words = [part for word in seen for part in parted(word)]
    for _, group in groupby(words, key=lambda w: w.place):
        pieces = split(united(sorted(group, key=lambda w: w.x0)))
        noise += [Row(tuple(piece), "furniture") for piece in pieces if is_noise(piece)]
        if level := [piece for piece in pieces if not is_noise(piece)]:
            levels.append(level)
    rows = [Row(tuple(piece)) for piece in untangle(levels)]
    return (*(Row(row.words, "furniture") if is_page_number(row, rows, height) else row for row in rows), *noise)


def parted(word: Seen) -> tuple[Seen, ...]:
    """The word, or the two that a speck in the gap between them was read as one with. No sign is lost.

    Small syllables on both sides of a stop and no space are never one word; hyphens may be.
    """
    found = JOINED.fullmatch(word.text)
    if found is None or not (found["left"][1:] + found["right"]).islower():
        return (word,)
    if not is_syllable(found["left"]) or not is_syllable(found["right"]):
        return (word,)
    end = found.end("stop")
    cut = word.x0 + (word.x1 - word.x0) * end / len(word.text)
    first = msgspec.structs.replace(word, text=word.text[:end], x1=cut)
    return first, msgspec.structs.replace(word, text=word.text[end:], x0=cut)


def united(line: list[Seen]) -> list[Seen]:
    """A recognised line, numbers of documents that were read as two words without a space between them made one."""
    height = median(w.height for w in line)
    words = line[:1]
    for word in line[1:]:
        before = words[-1]
        touching = abs(word.x0 - before.x1) <= TOUCHING * height
        if touching and NUMBER_BEGINS.fullmatch(before.text) and NUMBER_ENDS.fullmatch(word.text):
            sure = min(before.confidence, word.confidence)
            low, high = min(before.y0, word.y0), max(before.y1, word.y1)
            text = before.text + word.text
            words[-1] = msgspec.structs.replace(before, text=text, confidence=sure, y0=low, x1=word.x1, y1=high)
        else:
            words.append(word)
    return words


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
