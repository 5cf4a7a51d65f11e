"""Names: the document's own, which no list has (what it repeats in capitals, always alike, is a name and stays), and
those of the administrative units that lie in the districts and provinces that it speaks of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from ntm_extract.repair.tokens import Kind, Parts, kind, pause
from ntm_extract.text.normal import fold
from ntm_extract.text.syllables import is_syllable

OFTEN = 3  # times that a name must have been read
SURE = 0.85  # confidence of a reading that counts
SURE_AFTER_PLACE = 0.9  # confidence from which a word after `bản` is believed
PAIR, SINGLE, PLACE = 8.0, 3.0, 12.0  # costs (natural log) of reading such a word otherwise
ABOVE = frozenset({"huyện", "xã", "phố", "tỉnh"})  # last words of the titles of units that others lie in
LONGEST = 4  # words of the name of one
PLACES = frozenset({"bản", "thôn", "xóm", "buôn", "ấp", "làng", "xã", "huyện"})

Names = frozenset[str]
"""Single names and pairs, lower case, a space between the words of a pair."""


class Places(NamedTuple):
    """The listed administrative units, in lower case."""

    pairs: Names = frozenset()  # of the words that their names are made of
    within: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """By "huyện mường tè", "tỉnh lai châu" (of thị xã and thành phố the last word): the names of the units in it."""

    def named(self, words: Sequence[str]) -> Iterator[str]:
        """The names of the units in each district or province that a passage names."""
        for i, word in enumerate(words):
            if word in ABOVE:
                keys = (" ".join(words[i : i + n + 1]) for n in range(LONGEST, 0, -1))
                yield from next((self.within[key] for key in keys if key in self.within), ())


NO_PLACES = Places()


class Read(NamedTuple):
    """A token as a name is looked for in it."""

    parts: Parts
    confidence: float | None

    @property
    def is_title(self) -> bool:
        """Whether it is a word of two letters or more with one capital, the first."""
        core = self.parts.core
        return len(core) > 1 and core.isalpha() and core[0].isupper() and core[1:].islower()

    @property
    def is_sure(self) -> bool:
        """Whether the recogniser was."""
        return self.confidence is None or self.confidence >= SURE


def _seen(text: Sequence[Read]) -> Iterable[str]:
    """What may be a name in a paragraph: pairs of Title words, and single ones that begin no sentence."""
    for before, word in pairwise(text):
        if not (word.is_title and word.is_sure):
            continue
        if before.is_title and before.is_sure and not before.parts.trail and not word.parts.lead:
            yield f"{before.parts.core} {word.parts.core}".lower()
        if pause(before.parts.trail) is None and kind(before.parts.core) is Kind.WORD and not word.parts.lead:
            yield word.parts.core.lower()


def own_names(texts: Iterable[Sequence[Read]]) -> Names:
    """The names that the paragraphs of a document repeat and never read otherwise."""
    times = Counter(name for text in texts for name in _seen(text))
    spellings = Counter(map(fold, times))
    return frozenset(name for name, n in times.items() if n >= OFTEN and spellings[fold(name)] == 1)


def protection(text: Sequence[Read], names: Names) -> list[float]:
    """For each token of a paragraph the cost of reading it otherwise: a name of the document, or named by `bản` …"""
    costs = [0.0] * len(text)
    for i, word in enumerate(text):
        core = word.parts.core
        if not core[:1].isupper() or len(core) < 2 or not core.isalpha():
            continue
        if core.lower() in names:
            costs[i] = max(costs[i], SINGLE)
        if i == 0:
            continue
        before = text[i - 1]
        if not before.parts.trail and f"{before.parts.core} {core}".lower() in names:
            costs[i - 1], costs[i] = max(costs[i - 1], PAIR), PAIR
        confident = word.confidence is not None and word.confidence >= SURE_AFTER_PLACE
        named = before.parts.core.lower() in PLACES or (costs[i - 1] == PLACE and not before.parts.trail)
        if named and confident and word.is_title and is_syllable(core):
            costs[i] = PLACE
    return costs
