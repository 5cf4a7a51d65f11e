"""The n-gram model at run time: a quantised trie in memory-mapped arrays, walked by compiled code.

A context is three node indices: the trie nodes of its last word, last two and last three words (-1 where the model
holds no such n-gram). Scoring a word looks it up under each and gives the next context in the same step.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ntm_extract.compiled import leaf

PROB_STEP = 0.075  # natural-log units a step of a stored probability
BACKOFF_STEP = 0.04
BACKOFF_ZERO = 200  # code of a back-off weight of 1


class LanguageModel(NamedTuple):
    """Arrays of the trie. `child_n[i]:child_n[i+1]` are the (n+1)-grams that go on from n-gram i, sorted by word."""

    prob1: NDArray[np.uint8]
    backoff1: NDArray[np.uint8]
    child1: NDArray[np.uint32]
    word2: NDArray[np.uint16]
    prob2: NDArray[np.uint8]
    backoff2: NDArray[np.uint8]
    child2: NDArray[np.uint32]
    word3: NDArray[np.uint16]
    prob3: NDArray[np.uint8]
    backoff3: NDArray[np.uint8]
    child3: NDArray[np.uint32]
    word4: NDArray[np.uint16]
    prob4: NDArray[np.uint8]


@leaf
def find(words, low, high, word):  # type: ignore[no-untyped-def]
    """Index of `word` in words[low:high], or -1."""
    end = high
    while low < high:
        middle = (low + high) >> 1
        if words[middle] < word:
            low = middle + 1
        else:
            high = middle
    if low < end and words[low] == word:
        return low
    return -1


@leaf
def step(lm, n1, n2, n3, word):  # type: ignore[no-untyped-def]
    """(log-probability of `word` after the context, next n1, n2, n3)."""
    m2 = find(lm.word2, np.int64(lm.child1[n1]), np.int64(lm.child1[n1 + 1]), word)
    m3 = -1
    if n2 >= 0:
        m3 = find(lm.word3, np.int64(lm.child2[n2]), np.int64(lm.child2[n2 + 1]), word)
    if n3 >= 0:
        m4 = find(lm.word4, np.int64(lm.child3[n3]), np.int64(lm.child3[n3 + 1]), word)
        if m4 >= 0:
            return -PROB_STEP * lm.prob4[m4], word, m2, m3
    total = 0.0
    if n3 >= 0:
        total += BACKOFF_STEP * (np.int64(lm.backoff3[n3]) - BACKOFF_ZERO)
    if m3 >= 0:
        return total - PROB_STEP * lm.prob3[m3], word, m2, m3
    if n2 >= 0:
        total += BACKOFF_STEP * (np.int64(lm.backoff2[n2]) - BACKOFF_ZERO)
    if m2 >= 0:
        return total - PROB_STEP * lm.prob2[m2], word, m2, m3
    total += BACKOFF_STEP * (np.int64(lm.backoff1[n1]) - BACKOFF_ZERO)
    return total - PROB_STEP * lm.prob1[word], word, m2, m3
