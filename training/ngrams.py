"""N-gram models in numpy: interpolated Kneser-Ney, static mixture, entropy pruning, the quantised trie of the run time.

An n-gram is a uint64 of 16 bits a word, the last word lowest. A Model is, for each order, sorted keys with natural-log
probabilities and back-off weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ntm_extract.repair.language_model import BACKOFF_STEP, BACKOFF_ZERO, PROB_STEP
from ntm_extract.repair.tokens import END, START

Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]
SHIFT = np.uint64(16)
FLOOR = np.log(1e-9)


@dataclass(frozen=True)
class Order:
    """The n-grams of one order: sorted keys, log-probabilities, log back-off weights (0 where it is no context)."""

    keys: Keys
    prob: Floats
    backoff: Floats


Model = tuple[Order, ...]


def mask(order: int) -> np.uint64:
    """The bits of the last `order` words."""
    return np.uint64((1 << 16 * order) - 1)


def find(keys: Keys, wanted: Keys) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Where each wanted key stands, and whether it is there."""
    at = np.searchsorted(keys, wanted)
    at = np.minimum(at, len(keys) - 1)
    return at, keys[at] == wanted


def windows(ids: NDArray[np.uint16], order: int) -> Keys:
    """All n-grams of a stream of paragraphs `<s> … </s> <s> … </s>`, none across a border."""
    n = len(ids) - order + 1
    out = np.zeros(n, dtype=np.uint64)
    good = np.ones(n, dtype=bool)
    for k in range(order):
        part = ids[k : k + n]
        out = (out << SHIFT) | part.astype(np.uint64)
        if k < order - 1:
            good &= part != END
    return out[good]


def discounts(counts: NDArray[np.int64]) -> Floats:
    """The modified Kneser-Ney discounts for counts 1, 2 and 3 or more, at indices 1..3."""
    n1, n2, n3, n4 = (float(max(1, (counts == k).sum())) for k in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    found = [0.0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3]
    return np.clip(np.array(found), [0, 0.1, 0.2, 0.3], [0, 0.95, 1.9, 2.9])


def estimate(ids: NDArray[np.uint16], order: int, size: int, keep: tuple[int, ...]) -> Model:
    """Interpolated modified Kneser-Ney over `size` words. `keep[n-1]`: least count of an n-gram that is stored."""
    grams = [np.unique(windows(ids, n), return_counts=True) for n in range(1, order + 1)]
    model: list[Order] = []
    lower_keys = np.arange(size, dtype=np.uint64)
    lower_prob = np.full(size, 1.0 / size)
    for n in range(1, order + 1):
        keys, raw = grams[n - 1]
        counts = raw.astype(np.int64)
        if n < order:  # how many different words stand before it; as counted where the paragraph begins with it
            longer = grams[n][0]
            tails, left = np.unique(longer & mask(n), return_counts=True)
            at, there = find(keys, tails)
            continued = np.zeros(len(keys), dtype=np.int64)
            continued[at[there]] = left[there]
            begins = (keys >> np.uint64(16 * (n - 1))) == START
            counts = np.where(begins, counts, continued)
        counts = np.maximum(counts, 1)
        discount = discounts(counts)[np.minimum(counts, 3)]
        contexts, index = np.unique(keys >> SHIFT, return_inverse=True)
        total = np.bincount(index, weights=counts)
        own = (counts - discount) / total[index]
        stored = raw >= keep[n - 1]
        left_over = 1 - np.bincount(index, weights=np.where(stored, own, 0.0), minlength=len(contexts))
        at, there = find(lower_keys, keys & mask(n - 1)) if n > 1 else (np.zeros(len(keys), dtype=np.int64), None)
        below = np.where(there, lower_prob[at], 1e-9) if there is not None else np.full(len(keys), 1.0 / size)
        prob = own + left_over[index] * below
        keys, prob = keys[stored], prob[stored]
        if n == 1:  # every word has a place, seen or not
            whole = np.full(size, left_over[0] / size)
            whole[keys.astype(np.int64)] = prob
            keys, prob = np.arange(size, dtype=np.uint64), whole
        model.append(Order(keys, np.log(np.maximum(prob, 1e-12)), np.zeros(len(keys))))
        lower_keys, lower_prob = keys, prob
    return with_backoffs(tuple(model))


def score(model: Model, keys: Keys, order: int) -> Floats:
    """Log-probability of the last word of each n-gram after the others."""
    if order == 1:
        return model[0].prob[keys.astype(np.int64)]
    if order > len(model):
        return score(model, keys & mask(order - 1), order - 1)
    top = model[order - 1]
    at, there = find(top.keys, keys)
    out = np.empty(len(keys))
    out[there] = top.prob[at[there]]
    rest = keys[~there]
    below = model[order - 2]
    at, context = find(below.keys, rest >> SHIFT)
    out[~there] = np.where(context, below.backoff[at], 0.0) + score(model, rest & mask(order - 1), order - 1)
    return out


def with_backoffs(model: Model) -> Model:
    """The model with the back-off weights that make every context sum to one."""
    done: list[Order] = [model[0]]
    for n in range(2, len(model) + 1):
        top = model[n - 1]
        contexts, index = np.unique(top.keys >> SHIFT, return_inverse=True)
        seen = np.bincount(index, weights=np.exp(top.prob))
        shorter = np.bincount(index, weights=np.exp(score(tuple(done), top.keys & mask(n - 1), n - 1)))
        weight = np.log(np.maximum(1 - seen, 1e-6)) - np.log(np.maximum(1 - shorter, 1e-6))
        below = done[-1]
        at, there = find(below.keys, contexts)
        backoff = np.zeros(len(below.keys))
        backoff[at[there]] = weight[there]
        done[-1] = Order(below.keys, below.prob, backoff)
        done.append(Order(top.keys, top.prob, np.zeros(len(top.keys))))
    return tuple(done)


def mix(models: list[Model], weights: list[float]) -> Model:
    """One back-off model of the weighted mean of several, over the union of their n-grams."""
    orders = max(len(m) for m in models)
    mixed = []
    for n in range(1, orders + 1):
        keys = np.unique(np.concatenate([m[n - 1].keys for m in models if len(m) >= n]))
        total = np.zeros(len(keys))
        for model, weight in zip(models, weights, strict=True):
            total += weight * np.exp(score(model, keys, n))
        mixed.append(Order(keys, np.log(total), np.zeros(len(keys))))
    return with_backoffs(tuple(mixed))


def prune(model: Model, sizes: tuple[int, ...]) -> Model:
    """The model with at most sizes[n-2] n-grams of order n: those whose loss would cost most, and their beginnings."""
    joint = [model[0].prob]
    for n in range(2, len(model) + 1):
        at, there = find(model[n - 2].keys, model[n - 1].keys >> SHIFT)
        joint.append(np.where(there, joint[-1][at], FLOOR) + model[n - 1].prob)
    kept: list[Order] = []
    needed: Keys = np.zeros(0, dtype=np.uint64)
    for n in range(len(model), 1, -1):
        top, below = model[n - 1], model[n - 2]
        at, there = find(below.keys, top.keys >> SHIFT)
        backed = np.where(there, below.backoff[at], 0.0) + score(model[: n - 1], top.keys & mask(n - 1), n - 1)
        gain = np.exp(joint[n - 1]) * (top.prob - backed)
        if len(needed):
            at, there = find(top.keys, needed)
            gain[at[there]] = np.inf
        size = min(sizes[n - 2], len(gain))
        chosen = np.sort(np.argpartition(-gain, size - 1)[:size])
        if len(needed):
            chosen = np.union1d(chosen, np.flatnonzero(np.isinf(gain)))
        keys = top.keys[chosen]
        kept.append(Order(keys, top.prob[chosen], np.zeros(len(keys))))
        needed = np.unique(keys >> SHIFT)
    return with_backoffs((model[0], *reversed(kept)))


def quantise(log_probs: Floats) -> NDArray[np.uint8]:
    """Log-probabilities in steps of PROB_STEP, from 0 downwards."""
    return np.clip(np.rint(-log_probs / PROB_STEP), 0, 255).astype(np.uint8)


def trie(model: Model) -> dict[str, NDArray[np.generic]]:
    """The arrays of `repair.language_model.LanguageModel`."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for n, order in enumerate(model, 1):
        if n > 1:
            arrays[f"word{n}"] = (order.keys & mask(1)).astype(np.uint16)
        arrays[f"prob{n}"] = quantise(order.prob)
        if n < len(model):
            bows = np.rint(order.backoff / BACKOFF_STEP) + BACKOFF_ZERO
            arrays[f"backoff{n}"] = np.clip(bows, 0, 255).astype(np.uint8)
            first = np.searchsorted(model[n].keys >> SHIFT, order.keys)
            arrays[f"child{n}"] = np.append(first, len(model[n].keys)).astype(np.uint32)
    return arrays


def perplexity(model: Model, ids: NDArray[np.uint16]) -> float:
    """Per word (specials counted, paragraph starts not), at the model's full order."""
    total, count = 0.0, 0
    order = len(model)
    for n in range(2, order + 1):
        keys = windows(ids, n)
        if n < order:  # the first words of paragraphs have short contexts
            keys = keys[(keys >> np.uint64(16 * (n - 1))) == START]
        total += float(score(model, keys, n).sum())
        count += len(keys)
    return float(np.exp(-total / count))
