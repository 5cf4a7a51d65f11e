"""Words that were read without the spaces between them: the likeliest ways to part a core into a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from ntm_extract.compiled import compiled
from ntm_extract.repair.language_model import LanguageModel, step
from ntm_extract.repair.tokens import UNKNOWN
from ntm_extract.text.normal import fold

RUN = 4  # words of a core at most
SHORTEST_RUN, LONGEST_PART = 5, 8  # letters
KEPT_RUNS, KEPT_WAYS, KEPT_PARTS = 12, 8, 12  # of a core; up to a place in it; words that a part of it may be
SPACE_LOST = 4.5  # cost of a space that was not read
FOLLOW = 0.6  # weight of how words follow each other, where the likeliest runs are picked
_VOWELS = frozenset("aeiouy")
Weighed = list[tuple[float, int]]
"""Costs and numbers of words."""


def is_part(core: str) -> bool:
    """Whether letters may be a word by themselves."""
    return 1 < len(core) <= LONGEST_PART and core.isalpha() and not _VOWELS.isdisjoint(fold(core))


def _after(core: str, end: int) -> int:
    """Where the part after the one that ends here begins: a sign at the border goes."""
    return end + (end < len(core) and not core[end].isalnum())


def cuts(core: str, count: int) -> Iterator[tuple[str, ...]]:
    """The ways to part a core into so many words."""
    if count == 1:
        if is_part(core):
            yield (core,)
        return
    for end in range(2, min(len(core), LONGEST_PART + 1)):
        if is_part(core[:end]):
            for rest in cuts(core[_after(core, end) :], count - 1):
                yield core[:end], *rest


@compiled
def _follow(lm, before, words):  # type: ignore[no-untyped-def]
    """Log-probability of each word after each of those before."""
    out = np.zeros((len(before), len(words)))
    for i in range(len(before)):
        for k in range(len(words)):
            out[i, k] = step(lm, before[i], -1, -1, words[k])[0]
    return out


class _Way(NamedTuple):
    """The words up to a place in a core; their cost, and what they are ranked by."""

    rank: float
    cost: float
    words: tuple[int, ...]


def runs(core: str, weigh: Callable[[str], Weighed], model: LanguageModel) -> list[tuple[float, tuple[int, ...]]]:
    """The likeliest few ways to read a core as two words or more, as (cost, words). `weigh` says what a part may be."""
    ways: list[list[_Way]] = [[] for _ in range(len(core) + 1)]
    ways[0] = [_Way(0.0, 0.0, ())]
    for place in range(len(core) - 1):
        before = [way for way in sorted(ways[place])[:KEPT_WAYS] if len(way.words) < RUN]
        begin = _after(core, place) if place else 0
        if not before:
            continue
        last = np.array([way.words[-1] if way.words else UNKNOWN for way in before], dtype=np.int64)
        for end in range(begin + 2, min(len(core), begin + LONGEST_PART) + 1):
            if not is_part(core[begin:end]) or not (found := weigh(core[begin:end])[:KEPT_PARTS]):
                continue
            follow = _follow(model, last, np.array([word for _, word in found], dtype=np.int64))
            for way, likely in zip(before, follow.tolist(), strict=True):
                for (cost, word), p in zip(found, likely, strict=True):
                    whole = cost + (SPACE_LOST if way.words else 0.0)
                    ways[end].append(_Way(way.rank + whole - FOLLOW * p, way.cost + whole, (*way.words, word)))
    return [(way.cost, way.words) for way in sorted(ways[-1]) if len(way.words) > 1][:KEPT_RUNS]
