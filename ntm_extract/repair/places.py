"""How the names of administrative units go: pairs of words that the language model has hardly seen, `xã Nậm Lành`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

import numpy as np

from ntm_extract.repair.decoder import Cache
from ntm_extract.repair.tokens import key

WEIGHT = 0.1  # of these pairs against the language model's 0.9

Place = tuple[str, str]
"""Kind and name of a unit: ("Xã", "Nậm Lành")."""


def place_pairs(places: Iterable[Place], number: Mapping[str, int]) -> Cache:
    """The pairs of words of all names, each after the last word of its kind, with the share of the second."""
    count: Counter[tuple[int, int]] = Counter()
    for kind, name in places:
        words = [number.get(key(word)) for word in (kind.split()[-1], *name.split())]
        count.update((a, b) for a, b in pairwise(words) if a is not None and b is not None)
    before: Counter[int] = Counter()
    for (one, _), n in count.items():
        before[one] += n
    pairs = sorted(count)
    keys = np.array([one * 65536 + other for one, other in pairs], dtype=np.uint32)
    return Cache(keys, np.array([count[p] / before[p[0]] for p in pairs], dtype=np.float32), WEIGHT)


def both(one: Cache, other: Cache) -> Cache:
    """The pairs of two caches with the weight of the first, to which the shares of the second are scaled."""
    pairs = np.union1d(one.pair, other.pair)
    prob = np.zeros(len(pairs), dtype=np.float32)
    prob[np.searchsorted(pairs, one.pair)] += one.prob
    prob[np.searchsorted(pairs, other.pair)] += other.prob * np.float32(other.weight / one.weight)
    return Cache(pairs, prob, one.weight)
