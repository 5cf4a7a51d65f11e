"""Two readings of the same words made one: the surer of both counts, if it is no worse Vietnamese. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby
from statistics import fmean, median

from msgspec import Struct

from ntm_extract.layout.furniture import is_noise
from ntm_extract.layout.seen import Seen
from ntm_extract.text.syllables import is_syllable

DOUBT = 0.8  # confidence under which a word is read again
BESIDE = 2  # words on either side that are read with it: alone it is read worse
MOST = 40  # stretches of a page that are read again; a page with more is beyond help
JOINED = re.compile(r"[^\W\d_]+[-.,;:][^\W\d_]+\W*")  # two words with a speck in the gap between them


class Stretch(Struct, frozen=True):
    """Words that follow each other on a line, by their indexes, and the line's top and foot at them."""

    words: tuple[int, ...]
    top: float
    foot: float


def doubtful(seen: Sequence[Seen]) -> tuple[Stretch, ...]:
    """The doubtful words of a page with those beside them; none where nearly all is in doubt."""
    found: list[Stretch] = []
    for _, group in groupby(range(len(seen)), key=lambda i: seen[i].place):
        line = sorted(group, key=lambda i: seen[i].x0)
        if is_noise([seen[i] for i in line]):
            continue
        top, foot = median(seen[i].y0 for i in line), median(seen[i].y1 for i in line)
        for first, end in _runs([seen[i].confidence < DOUBT for i in line]):
            words = tuple(line[first:end])
            found.append(Stretch(words, min(top, median(seen[i].y0 for i in words)), foot))
    return tuple(found) if len(found) <= MOST else ()


def _runs(doubts: Sequence[bool]) -> list[tuple[int, int]]:
    """Begin and end of each doubt with what is beside it; those that touch are one."""
    runs: list[tuple[int, int]] = []
    for i in (i for i, doubt in enumerate(doubts) if doubt):
        first, end = max(0, i - BESIDE), min(len(doubts), i + BESIDE + 1)
        if runs and first <= runs[-1][1]:
            runs[-1] = runs[-1][0], end
        else:
            runs.append((first, end))
    return runs


def merged(first: Sequence[Seen], second: Sequence[Seen]) -> tuple[Seen, ...]:
    """The first reading with words of the second where that is better. None is lost or added, no digit is changed."""
    words: list[Seen] = []
    matcher = SequenceMatcher(None, [w.text for w in first], [w.text for w in second], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        here, there = first[a:b], second[c:d]
        if tag != "replace":
            words += here
        elif len(here) == len(there):
            words += (w for one, other in zip(here, there, strict=True) for w in _better([one], [other]))
        else:
            words += _better(here, there)
    return tuple(words)


def _better(here: Sequence[Seen], there: Sequence[Seen]) -> Sequence[Seen]:
    surer = fmean(w.confidence for w in there) > fmean(w.confidence for w in here)
    parted = len(there) < len(here) and any(JOINED.fullmatch(w.text) for w in there)
    return there if surer and not parted and _digits(here) == _digits(there) and _good(there) >= _good(here) else here


def _digits(words: Sequence[Seen]) -> list[str]:
    return [digits for w in words if (digits := re.sub(r"\D", "", w.text))]


def _good(words: Sequence[Seen]) -> float:
    """Share of words that are Vietnamese syllables or have digits."""
    bare = [re.sub(r"^\W+|\W+$", "", w.text) for w in words]
    return fmean(any(c.isdigit() for c in text) or is_syllable(text) for text in bare)
