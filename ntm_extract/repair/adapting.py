"""What a document tells of itself: its noise, by which the channel moves towards it, and how its words follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ntm_extract.repair.candidates import Finder, Knowledge
from ntm_extract.repair.choosing import Choice, Token, cases, choose
from ntm_extract.repair.decoder import Cache, in_case
from ntm_extract.repair.learning import Pairs, adapt, weigh
from ntm_extract.repair.tokens import COMMA, SPECIALS, pause

LEAST = 120  # words: fewer say too little
SURE = 2.0  # margin of a word that may be learned from
STRENGTH = 15.0  # observations of each letter that the channel at hand counts for
ROUNDS = 2  # of learning from the document and deciding again
CACHE_WEIGHT = 0.1  # against the language model's 0.9
CACHE_PRIOR = 2.0  # observations of a word that the language model counts for
NEAR = 10  # observations that a name of a unit counts for, where the document names the district or province it lies in


def own_pairs(finder: Finder, decided: Sequence[Sequence[Choice]]) -> Pairs:
    """Words decided with some certainty, and how they were read."""
    pairs = []
    for chosen in decided:
        for choice, case in zip(chosen, cases(finder, chosen), strict=True):
            if _is_sure(choice):
                pairs.append((in_case(finder.knowledge.words[choice.word], case), choice.token.parts.core))
    return weigh(pairs)


def own_cache(decided: Sequence[Sequence[Choice]], near: Counter[tuple[int, int]]) -> Cache:
    """How the words that were decided with some certainty follow each other, and those of names of units near by."""
    count = Counter({one * 65536 + other: NEAR * n for (one, other), n in near.items()})
    for chosen in decided:
        for left, right in pairwise(chosen):
            if _is_sure(left) and _is_sure(right) and pause(left.token.parts.trail) is None:
                count[left.word * 65536 + right.word] += 1
    before: Counter[int] = Counter()
    for pair, n in count.items():
        before[pair // 65536] += n
    pairs = sorted(count)
    shares = [count[p] / (before[p // 65536] + CACHE_PRIOR) for p in pairs]
    return Cache(np.array(pairs, dtype=np.uint32), np.array(shares, dtype=np.float32), CACHE_WEIGHT)


def names_near(knowledge: Knowledge, decided: Sequence[Sequence[Choice]]) -> Counter[tuple[int, int]]:
    """The names of the units in the districts and provinces that the document names: each pair of words, and the first
    one after a comma, as in a list.
    """
    words, number = knowledge.words, knowledge.number
    texts = ([words[choice.word] for choice in chosen if choice.word >= 0] for chosen in decided)
    names = {name for text in texts for name in knowledge.places.named(text)}
    return Counter(
        pair for name in names for pair in pairwise([COMMA, *(number[word] for word in name.split() if word in number)])
    )


def _is_sure(choice: Choice) -> bool:
    return choice.word >= len(SPECIALS) and choice.margin is not None and choice.margin > SURE


def decide(finder: Finder, texts: Sequence[Sequence[Token]], *, adapts: bool) -> tuple[Finder, list[list[Choice]]]:
    """Decode all paragraphs of one regime; a ruined document then again, by what it has told of itself.

    A reading that knows the marks is mostly right already and is decoded once: nothing was gained there.
    """
    decided = [choose(finder, tokens) for tokens in texts]
    base = finder.regime
    if not adapts or base.marks or sum(len(t) for t in texts) < LEAST:
        return finder, decided
    for _ in range(ROUNDS):
        near = names_near(finder.knowledge, decided)
        cache = own_cache(decided, near)
        channel = adapt(base.channel, own_pairs(finder, decided), STRENGTH, 1)
        finder = finder.under(base._replace(channel=channel), near.keys())
        decided = [choose(finder, tokens, cache) for tokens in texts]
    return finder, decided
