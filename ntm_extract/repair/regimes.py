"""Kinds of reading, told apart by their letters: each has its channel and its weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from math import log
from operator import mul
from typing import NamedTuple

from ntm_extract.repair.channel import Channel
from ntm_extract.repair.tokens import Kind, kind
from ntm_extract.text.normal import fold

VIETNAMESE_ONLY = frozenset("ăằắẳẵặầấẩẫậđẻẽẹềếểễệỉĩịỏọồốổỗộơờớởỡợủũụưừứửữựỷỹỵảạ")
REGIMES = ("light", "heavy", "bare")
"""A recogniser that knew Vietnamese letters; one that did not; text whose marks were all stripped."""
_SHARES = ((0.50, 0.25, 0.25), (0.02, 0.35, 0.63), (0.005, 0.01, 0.985))
COSTS = tuple(tuple(-log(share) for share in shares) for shares in _SHARES)
"""By regime, of a word with Vietnamese letters, with others beyond ASCII, with neither."""
START = (0.0, 4.0, 5.5)  # five words without any mark say that marks were lost
CHANGE = 30.0  # of the regime, from a line to the next
FOREIGN = 0.5  # share of words that could be syllables below which a paragraph may be another language's
LEAST_FOREIGN = 8  # words of a paragraph: the ruined names of a few receivers say too little
FOREIGN_LETTERS = 4.0  # and the mean of letters of its words from which it is: syllables, also ruined ones, have fewer


class Regime(NamedTuple):
    """How a kind of reading is treated: its channel and the cost of believing what is no word."""

    channel: Channel
    unknown: float  # cost of a token of letters that no dictionary has, and of each of its letters
    unknown_letter: float
    mixed: float  # cost of a token with a digit in it, such as `1a`, meant as it stands
    weight: float  # of channel costs against the language model's
    trust: float  # weight of the recogniser's confidence, where there is one
    marks: bool  # whether the recogniser knows Vietnamese letters and so is mostly right
    specks: bool = False  # whether lone signs and crumbs are noise even where no confidence says so


def regimes_of(lines: Sequence[Sequence[str]]) -> list[str]:
    """The regime of each line of cores: the likeliest way through the document, in which a change has its price.

    So one document may hold pages of several kinds, but a table of abbreviations, or a name, makes no passage of its
    own.
    """
    best = START
    came: list[tuple[int, ...]] = []
    for cores in lines:
        counts = _letters(cores)
        least = min(range(len(REGIMES)), key=best.__getitem__)
        back = tuple(k if best[k] <= best[least] + CHANGE else least for k in range(len(REGIMES)))
        came.append(back)
        best = tuple(
            best[before] + (before != k) * CHANGE + sum(map(mul, counts, COSTS[k])) for k, before in enumerate(back)
        )
    state = min(range(len(REGIMES)), key=best.__getitem__)
    found = []
    for back in reversed(came):
        found.append(REGIMES[state])
        state = back[state]
    return found[::-1]


def _letters(cores: Iterable[str]) -> tuple[int, int, int]:
    """How many words have Vietnamese letters, other letters beyond ASCII, neither."""
    words = [c.lower() for c in cores if len(c) > 1 and not c.isdecimal() and kind(c) in (Kind.WORD, Kind.MIXED)]
    plain = sum(word.isascii() for word in words)
    marked = sum(1 for word in words if not VIETNAMESE_ONLY.isdisjoint(word))
    return marked, len(words) - plain - marked, plain


def is_foreign(cores: Iterable[str], folded: Set[str]) -> bool:
    """Whether a paragraph without Vietnamese letters is in another language: few of its words, long ones, could be
    syllables.
    """
    words = [c.lower() for c in cores if len(c) > 1 and c.isalpha()]
    native = sum(1 for w in words if fold(w) in folded)
    long = sum(map(len, words)) >= FOREIGN_LETTERS * len(words)
    return len(words) >= LEAST_FOREIGN and native < FOREIGN * len(words) and long
