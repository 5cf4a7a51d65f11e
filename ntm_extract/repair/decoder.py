"""Beam search for the likeliest words of a paragraph, and for their case. The inner loops are compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ntm_extract.compiled import compiled, leaf
from ntm_extract.repair.channel import LOWER_CASE, TITLE_CASE, UPPER_CASE
from ntm_extract.repair.language_model import LanguageModel, find, step
from ntm_extract.repair.tokens import END, START

BEAM = 20
WIDTH = 14.0  # natural-log units: a reading so much worse than the best of its step is given up
NOTHING = -1  # the candidate that a token is no word at all
RIVALS = 6  # alternatives weighed for a word's margin


class Lattice(NamedTuple):
    """A paragraph: the candidates of step k are first[k]:first[k+1] of `words` and `cost`.

    A candidate is one word, a few that were read without a space, or none: a row of `words`, NOTHING after the last.
    """

    first: NDArray[np.int32]
    words: NDArray[np.int32]
    cost: NDArray[np.float32]


class Cache(NamedTuple):
    """How often the document itself has one word after another. Empty arrays: nothing is known."""

    pair: NDArray[np.uint32]  # sorted: previous word * 65536 + word
    prob: NDArray[np.float32]  # share of the word after the previous one
    weight: float  # against the language model's 1 - weight


NO_CACHE = Cache(np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.float32), 0.0)


@leaf
def _mixed(cache, before, word, p):  # type: ignore[no-untyped-def]
    """The language model's log-probability `p` of the word mixed with the cache's."""
    if len(cache.pair) == 0:
        return p
    at = find(cache.pair, 0, len(cache.pair), before * 65536 + word)
    if at < 0:
        return p
    return np.log(np.exp(p) * (1 - cache.weight) + cache.weight * cache.prob[at])


@leaf
def _take(lm, n1, n2, n3, words, c):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """(log-probability of candidate c's words after the context, next n1, n2, n3)."""
    total = 0.0
    for word in words[c]:
        if word < 0:
            break
        p, n1, n2, n3 = step(lm, n1, n2, n3, word)
        total += p
    return total, n1, n2, n3


@leaf
def _same(words, one, other):  # type: ignore[no-untyped-def]
    """Whether two candidates are the same words."""
    same = True
    for i in range(words.shape[1]):
        same &= words[one, i] == words[other, i]
    return same


@compiled
def _beam(lm, cache, first, words, cost, beam, width, start, end):  # type: ignore[no-untyped-def]  # noqa: PLR0912,PLR0915,PLR0917
    steps = len(first) - 1
    most = 1
    for k in range(steps):
        most = max(most, first[k + 1] - first[k])
    score = np.zeros(beam)
    state = np.zeros((beam, 3), dtype=np.int64)
    state[0, 0], state[0, 1], state[0, 2] = start, -1, -1
    live = 1
    back = np.zeros((steps, beam), dtype=np.int32)
    chosen = np.zeros((steps, beam), dtype=np.int32)
    new_score = np.zeros(beam * most)
    new_state = np.zeros((beam * most, 3), dtype=np.int64)
    new_back = np.zeros(beam * most, dtype=np.int32)
    new_word = np.zeros(beam * most, dtype=np.int32)
    table = np.zeros(8192, dtype=np.int32)  # of states, by hash: an entry holds where its stamp is this step's
    stamp = np.full(8192, -1, dtype=np.int32)
    order = np.zeros(beam, dtype=np.int64)
    for k in range(steps):
        count = 0
        best = 1e30
        for h in range(live):
            for c in range(first[k], first[k + 1]):
                value = score[h] + cost[c]
                if value > best + width:
                    continue
                n1, n2, n3 = state[h, 0], state[h, 1], state[h, 2]
                for i in range(words.shape[1]):
                    if words[c, i] < 0 or value > best + width:
                        break
                    before = n1
                    p, n1, n2, n3 = step(lm, n1, n2, n3, words[c, i])
                    value -= _mixed(cache, before, words[c, i], p)
                if value > best + width:
                    continue
                best = min(best, value)
                slot = (n1 * 7919 + (n2 + 1) * 104729 + (n3 + 1) * 1299709) & 8191
                while True:
                    at = table[slot]
                    if stamp[slot] != k:
                        at = count
                        count += 1
                        table[slot], stamp[slot] = at, k
                        new_state[at, 0], new_state[at, 1], new_state[at, 2] = n1, n2, n3
                        new_score[at] = 1e30
                        break
                    if new_state[at, 0] == n1 and new_state[at, 1] == n2 and new_state[at, 2] == n3:
                        break
                    slot = (slot + 1) & 8191
                if value < new_score[at]:
                    new_score[at] = value
                    new_back[at] = h
                    new_word[at] = c
        live = 0
        for at in range(count):  # keep the best few in order
            i = live
            if live == beam:
                if new_score[at] >= new_score[order[beam - 1]]:
                    continue
                i = beam - 1
            else:
                live += 1
            while i > 0 and new_score[order[i - 1]] > new_score[at]:
                order[i] = order[i - 1]
                i -= 1
            order[i] = at
        for i in range(live):
            at = order[i]
            score[i] = new_score[at]
            state[i] = new_state[at]
            back[k, i] = new_back[at]
            chosen[k, i] = new_word[at]
    h = 0
    best = 1e30
    for i in range(live):
        p, _, _, _ = step(lm, state[i, 0], state[i, 1], state[i, 2], end)
        if score[i] - p < best:
            best = score[i] - p
            h = i
    path = np.zeros(steps, dtype=np.int32)
    for k in range(steps - 1, -1, -1):
        path[k] = chosen[k, h]
        h = back[k, h]
    return path


@compiled
def _margins(lm, first, words, cost, path, rivals, start):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """For each step, how much worse the best other candidate makes the paragraph, the rest of the path as it is."""
    steps = len(path)
    out = np.full(steps, 99.0)
    state = np.zeros((steps + 1, 3), dtype=np.int64)
    state[0, 0], state[0, 1], state[0, 2] = start, -1, -1
    gain = np.zeros(steps)
    for k in range(steps):
        c = path[k]
        gain[k], n1, n2, n3 = _take(lm, state[k, 0], state[k, 1], state[k, 2], words, c)
        state[k + 1, 0], state[k + 1, 1], state[k + 1, 2] = n1, n2, n3
    for k in range(steps):
        last = min(steps, k + 4)
        base = float(cost[path[k]])
        for j in range(k, last):
            base -= gain[j]
        tried = 0
        for c in range(first[k], first[k + 1]):
            if c == path[k] or _same(words, c, path[k]):
                continue
            tried += 1
            if tried > rivals:
                break
            value = cost[c]
            p, n1, n2, n3 = _take(lm, state[k, 0], state[k, 1], state[k, 2], words, c)
            value -= p
            for j in range(k + 1, last):
                p, n1, n2, n3 = _take(lm, n1, n2, n3, words, path[j])
                value -= p
            out[k] = min(out[k], value - base)
    return out


def decode(
    lm: LanguageModel, lattice: Lattice, cache: Cache = NO_CACHE
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The chosen candidate of each step, as an index into the lattice's arrays, and the margins of the choices."""
    path = _beam(lm, cache, *lattice, BEAM, WIDTH, START, END)
    return path, _margins(lm, *lattice, path, RIVALS, START)


class CaseModel(NamedTuple):
    """How words are capitalised: shares of Title and UPPER case inside sentences, and of Title after a given word."""

    title: NDArray[np.float32]  # (V,)
    upper: NDArray[np.float32]  # (V,)
    pair: NDArray[np.uint32]  # sorted: previous word * 65536 + word
    pair_title: NDArray[np.uint8]  # share of Title in 255ths


RUN = 0.93  # share of capitals that go on where the word before is in capitals and no abbreviation
BEGINS_TITLE = 0.96  # of Title at the beginning of a paragraph
TITLE_AFTER = {".": 0.9, "!": 0.9, "?": 0.9, "…": 0.5, ":": 0.47, ";": 0.13, "-": 0.65, "(": 0.22, "“": 0.5, '"': 0.5}
"""Of Title after a mark at the end of a token, a dash that stands alone, an opening bracket or quotation mark:
about as counted in reports and official texts; seldom marks as the full stop."""


@compiled
def case_path(model, words, begins, costs):  # type: ignore[no-untyped-def]  # noqa: PLR0912
    """The likeliest case of each word.

    `words` (n,); `begins` (n,) share of Title there, 0: as inside a sentence; `costs` (n, 3) of the reading by case.
    """
    titles, uppers, pairs, pair_titles = model
    n = len(words)
    best = np.full((n, 3), 1e30)
    back = np.zeros((n, 3), dtype=np.int8)
    for k in range(n):
        w = words[k]
        upper = min(0.995, max(0.0005, uppers[w]))
        title = min(0.99, max(0.001, titles[w]))
        if k > 0:
            at = find(pairs, 0, len(pairs), words[k - 1] * 65536 + w)
            if at >= 0:
                title = min(0.99, max(0.002, pair_titles[at] / 255.0))
        if begins[k] > 0:
            title = begins[k]
        for before in range(3):
            if k == 0 and before > 0:
                break
            high = upper
            if k > 0 and before == UPPER_CASE and uppers[words[k - 1]] < 0.5:
                high = max(upper, RUN)
            elif k == 0 or begins[k] > 0:
                high = max(upper, 0.05)
            for case in range(3):
                p = high if case == UPPER_CASE else (1 - high) * (title if case == TITLE_CASE else 1 - title)
                value = costs[k, case] - np.log(p) + (best[k - 1, before] if k > 0 else 0.0)
                if value < best[k, case]:
                    best[k, case] = value
                    back[k, case] = before
    path = np.zeros(n, dtype=np.int8)
    if n:
        case = 0
        for other in range(1, 3):
            if best[n - 1, other] < best[n - 1, case]:
                case = other
        for k in range(n - 1, -1, -1):
            path[k] = case
            case = int(back[k, case])
    return path


def in_case(word: str, case: int) -> str:
    """The lower-case word written in the case."""
    if case == LOWER_CASE:
        return word
    return word.upper() if case == UPPER_CASE else word[0].upper() + word[1:]
