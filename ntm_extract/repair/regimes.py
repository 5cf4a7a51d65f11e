"""Kinds of reading, told apart by their letters: each has its channel and its weights."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import NamedTuple

from ntm_extract.repair.channel import Channel
from ntm_extract.text.normal import fold

VIETNAMESE_ONLY = frozenset("ăằắẳẵặầấẩẫậđẻẽẹềếểễệỉĩịỏọồốổỗộơờớởỡợủũụưừứửữựỷỹỵảạ")
FEW = 5  # words: fewer say nothing of a page
FOREIGN = 0.5  # share of words that could be syllables below which a paragraph is another language's


class Regime(NamedTuple):
    """How a kind of reading is treated: its channel and the cost of believing what is no word."""

    channel: Channel
    unknown: float  # cost of a token of letters that no dictionary has, and of each of its letters
    unknown_letter: float
    mixed: float  # cost of a token with a digit in it, such as `1a`, meant as it stands
    weight: float  # of channel costs against the language model's
    trust: float  # weight of the recogniser's confidence, where there is one
    marks: bool  # whether the recogniser knows Vietnamese letters and so is mostly right


def regime_of(cores: Iterable[str]) -> str:
    """`light` where the recogniser knew Vietnamese letters, `heavy` where not, `bare` where all marks were stripped."""
    words = [c.lower() for c in cores if len(c) > 1 and not c.isdecimal()]
    marked = sum(1 for w in words if not VIETNAMESE_ONLY.isdisjoint(w))
    if len(words) < FEW or marked >= 0.2 * len(words):
        return "light"
    odd = sum(1 for w in words if not w.isascii())
    return "bare" if odd < 0.01 * len(words) else "heavy"


def is_foreign(cores: Iterable[str], folded: Set[str]) -> bool:
    """Whether a paragraph without Vietnamese letters is in another language: few of its words could be syllables."""
    words = [c.lower() for c in cores if len(c) > 1 and c.isalpha()]
    native = sum(1 for w in words if fold(w) in folded)
    return len(words) >= 4 and native < FOREIGN * len(words)
