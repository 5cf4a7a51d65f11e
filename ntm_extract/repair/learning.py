"""Learn a channel from pairs (what stood there, what was read) by EM over the alignments of their letters.

Used in training, with a prior of likeness between letters, and at run time, with the shipped channel as prior.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ntm_extract.compiled import compiled
from ntm_extract.repair.channel import IMPOSSIBLE, LETTERS, N_LETTERS, Channel, align, letters
from ntm_extract.text.normal import fold

OTHER = "\ufffd"  # the last sign: any character that the channel does not know
Pairs = list[tuple[str, str, float]]
"""(true word, word as read, weight)."""


@compiled
def _count(costs, true, signs, weight, ops, counts):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """Add one pair's pieces to the counts, which have the shapes of the costs. Returns the pair's cost."""
    pair, bigram = costs[0], costs[1]
    cost, rows = align(costs, true, signs, ops)
    n11, n10, n01, n12, n21, n22 = counts
    i = j = 0
    for k in range(rows - 1, -1, -1):
        a, b = ops[k, 0], ops[k, 1]
        i += a
        j += b
        if a == 0:
            n01[signs[j - 1]] += weight
        elif a == 1 and b == 0:
            n10[true[i - 1]] += weight
        elif a == 1 and b == 1:
            n11[true[i - 1], signs[j - 1]] += weight
        elif a == 1:
            n12[true[i - 1], bigram[signs[j - 2], signs[j - 1]]] += weight
        elif b == 1:
            n21[pair[true[i - 2], true[i - 1]], signs[j - 1]] += weight
        else:
            n22[pair[true[i - 2], true[i - 1]], bigram[signs[j - 2], signs[j - 1]]] += weight
    return cost if rows else np.float32(0.0)


def _zeros(channel: Channel) -> tuple[NDArray[Any], ...]:
    return tuple(
        np.zeros(a.shape, dtype=np.float32)
        for a in (
            channel.one_one,
            channel.one_none,
            channel.none_one,
            channel.one_two,
            channel.two_one,
            channel.two_two,
        )
    )


def _collect(channel: Channel, pairs: Pairs) -> tuple[tuple[NDArray[Any], ...], float]:
    """Expected counts under the channel, by the best alignment of each pair, and the total cost."""
    counts = _zeros(channel)
    ops = np.zeros((64, 2), dtype=np.int64)
    total = 0.0
    for true, read, weight in pairs:
        ids = letters(true)
        if ids is not None and 0 < len(true) < 30 and 0 < len(read) < 30:
            total += weight * float(_count(channel.costs, ids, channel.encode(read), np.float32(weight), ops, counts))
    return counts, total


def _first_letter(channel: Channel) -> NDArray[Any]:
    """The first letter of each letter pair, by its number."""
    rows, columns = np.nonzero(channel.pair >= 0)
    first = np.zeros(channel.two_one.shape[0], dtype=np.int64)
    first[channel.pair[rows, columns]] = rows
    return first


def reestimate(channel: Channel, pairs: Pairs, prior: Channel, strength: float) -> tuple[Channel, float]:
    """One EM step: the channel of the pairs' best alignments, each letter with `strength` observations of the prior.

    Returns it with the mean cost of a pair under the old channel.
    """
    (n11, n10, n01, n12, n21, n22), total = _collect(channel, pairs)
    first = _first_letter(channel)
    seen = n11.sum(1) + n10 + n12.sum(1)
    np.add.at(seen, first, n21.sum(1) + n22.sum(1))
    whole = (seen + strength).astype(np.float32)

    def cost(n: NDArray[Any], before: NDArray[Any], by: NDArray[Any]) -> NDArray[Any]:
        p = (n + strength * np.exp(-before) * (before < IMPOSSIBLE)) / by
        costs: NDArray[np.float32] = np.minimum(-np.log(np.maximum(p, 1e-13)), IMPOSSIBLE).astype(np.float32)
        return costs

    places = np.float32(seen.sum() + strength * 20)
    learned = Channel(
        channel.signs,
        channel.pair,
        channel.bigram,
        cost(n11, prior.one_one, whole[:, None]),
        cost(n10, prior.one_none, whole),
        np.minimum(-np.log((n01 + strength * 20 * np.exp(-prior.none_one)) / places), IMPOSSIBLE).astype(np.float32),
        cost(n12, prior.one_two, whole[:, None]),
        cost(n21, prior.two_one, whole[first][:, None]),
        cost(n22, prior.two_two, whole[first][:, None]),
    )
    return learned, total / max(1.0, sum(w for *_, w in pairs))


def likeness(pairs: Pairs, least: int = 3) -> Channel:
    """A first channel by the looks of letters, over the characters and pieces that occur in the pairs."""
    seen = Counter(c for _, read, w in pairs for c in read)
    frequent = sorted(c for c, n in seen.items() if n >= least)
    signs = "".join(dict.fromkeys([*LETTERS, *"0123456789", *frequent])) + OTHER
    size = len(signs)
    doubles = Counter((a, b) for _, read, _ in pairs for a, b in pairwise(read))
    twins = Counter(t for true, _, _ in pairs for t in pairwise(true) if t[0] in LETTERS and t[1] in LETTERS)
    pair = np.full((N_LETTERS, N_LETTERS), -1, dtype=np.int16)
    for number, (a, b) in enumerate(sorted(t for t, n in twins.items() if n >= least)):
        pair[LETTERS.index(a), LETTERS.index(b)] = number
    bigram = np.full((size, size), -1, dtype=np.int16)
    known = sorted(d for d, n in doubles.items() if n >= least and d[0] in signs and d[1] in signs)
    for number, (a, b) in enumerate(known):
        bigram[signs.index(a), signs.index(b)] = number
    bases = [fold(c) for c in LETTERS]
    shapes = [fold(c) for c in signs]
    one_one = np.full((N_LETTERS, size), 8.0, dtype=np.float32)
    for t, letter in enumerate(LETTERS):
        for s, sign in enumerate(signs):
            if letter == sign:
                one_one[t, s] = 0.7
            elif bases[t] == shapes[s]:
                one_one[t, s] = 2.5 if letter.isupper() == sign.isupper() else 4.5
            elif not sign.isalpha():
                one_one[t, s] = 5.5
    p, q = int(pair.max()) + 1, int(bigram.max()) + 1
    return Channel(
        signs,
        pair,
        bigram,
        one_one,
        np.full(N_LETTERS, 7.0, np.float32),
        np.full(size, 7.0, np.float32),
        np.full((N_LETTERS, q), 9.5, np.float32),
        np.full((p, size), 9.5, np.float32),
        np.full((p, q), 12.0, np.float32),
    )


def smoothed(channel: Channel) -> Channel:
    """A prior for rare letters: of each letter mostly what befalls letters of the same base, a little of everything."""
    p = np.exp(-channel.one_one.astype(np.float64))
    bases = [(fold(c), c.isupper()) for c in LETTERS]
    marks = [fold(c) for c in LETTERS]
    out = np.zeros_like(p)
    for t in range(N_LETTERS):
        kin = [k for k in range(N_LETTERS) if bases[k] == bases[t]]
        out[t] = p[kin].mean(0) * 0.9
        plain = [s for s in range(len(channel.signs)) if fold(channel.signs[s]) == marks[t]]
        out[t, plain] += 0.06 / len(plain)
        out[t] += 0.04 / len(channel.signs)
    one_one = -np.log(out)
    return channel._replace(
        one_one=one_one.astype(np.float32),
        one_none=np.maximum(channel.one_none, 6.0),
        none_one=np.minimum(np.maximum(channel.none_one, 5.0), 11.0),
        one_two=np.full_like(channel.one_two, IMPOSSIBLE),
        two_one=np.full_like(channel.two_one, IMPOSSIBLE),
        two_two=np.full_like(channel.two_two, IMPOSSIBLE),
    )


def learn(pairs: Pairs, rounds: int = 7, strength: float = 8.0) -> Channel:
    """A channel from scratch."""
    channel = likeness(pairs)
    prior = channel
    for turn in range(rounds):
        if turn >= 2:
            prior = smoothed(channel)
        channel, _ = reestimate(channel, pairs, prior, strength if turn >= 2 else 1.0)
    return trimmed(channel)


def adapt(channel: Channel, pairs: Pairs, strength: float, rounds: int = 2) -> Channel:
    """The channel moved towards a document's own pairs; it keeps the pieces that it knows."""
    moved = channel
    for _ in range(rounds):
        moved, _ = reestimate(moved, pairs, channel, strength)
    return moved


def trimmed(channel: Channel, limit: float = 9.5) -> Channel:
    """Without the letter pairs and sign pairs that hardly ever are a piece of their own."""
    keep_p = np.flatnonzero((channel.two_one.min(1, initial=99) < limit) | (channel.two_two.min(1, initial=99) < limit))
    keep_b = np.flatnonzero((channel.one_two.min(0, initial=99) < limit) | (channel.two_two.min(0, initial=99) < limit))

    def renumber(table: NDArray[Any], keep: NDArray[Any]) -> NDArray[Any]:
        new = np.full(int(table.max()) + 2, -1, dtype=np.int16)
        new[keep] = np.arange(len(keep))
        numbers: NDArray[np.int16] = new[table]  # -1 finds the last place, which stays -1
        return numbers

    return channel._replace(
        pair=renumber(channel.pair, keep_p),
        bigram=renumber(channel.bigram, keep_b),
        one_two=np.ascontiguousarray(channel.one_two[:, keep_b]),
        two_one=np.ascontiguousarray(channel.two_one[keep_p]),
        two_two=np.ascontiguousarray(channel.two_two[np.ix_(keep_p, keep_b)]),
    )


def weigh(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """Equal pairs as one with their number as weight, in order."""
    return [(true, read, float(n)) for (true, read), n in sorted(Counter(pairs).items())]
