"""The words of a paragraph: its tokens as a lattice of candidates, the likeliest path through it, and their case."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ntm_extract.repair.candidates import Candidates, Finder
from ntm_extract.repair.decoder import BEGINS_TITLE, NO_CACHE, NOTHING, QUOTE_TITLE, Cache, Lattice, case_path, decode
from ntm_extract.repair.noise import crumb_cost
from ntm_extract.repair.sureness import trust
from ntm_extract.repair.tokens import CODE_ID, DASH, NUMBER_ID, SPECIALS, STOP, UNKNOWN, Kind, Parts, key, pause

NAME = 1.0  # cost of reading a capitalised word otherwise, where the recogniser knows the marks: most are names

CRUMB_CONFIDENCE = 0.7  # of short tokens of a ruined reading that has none

Place = tuple[int, int]  # line and word, from 0


class Token(NamedTuple):
    """A token of a paragraph: where it stands, what it is made of."""

    place: Place
    text: str
    confidence: float | None
    parts: Parts
    what: Kind
    protection: float = 0.0  # cost of reading it otherwise, as a name of the document
    abbreviation: bool = False  # a known one, which stays


class Choice(NamedTuple):
    """A token and the word decided for it (NOTHING: noise; specials: kept), with its margin if several were weighed."""

    token: Token
    word: int
    margin: float | None


def choose(finder: Finder, tokens: Sequence[Token], cache: Cache = NO_CACHE) -> list[Choice]:
    """Decode one paragraph."""
    found: list[Candidates] = []
    own: list[int] = []  # number of the word as read, of each step
    doubt: list[float] = []  # cost of every other word
    steps: list[int] = []  # of each token's word; -1 where it has none

    def fixed(number: int) -> None:
        found.append(_one(number))
        own.append(number)
        doubt.append(0.0)

    for token in tokens:
        what, core = token.what, token.parts.core
        steps.append(len(found))
        pair = finder.parted(core, token.confidence) if what in (Kind.CODE, Kind.MIXED) else None
        if pair is not None:
            fixed(pair[0])
            fixed(pair[1])
        elif what in (Kind.NUMBER, Kind.CODE):
            fixed(NUMBER_ID if what is Kind.NUMBER else CODE_ID)
        elif token.abbreviation:
            fixed(finder.knowledge.number.get(key(core), CODE_ID))
        elif what is Kind.SIGN:
            steps[-1] = -1
            if core in "-–—+*•":
                fixed(DASH)
            continue
        else:
            found.append(candidates(finder, token))
            own.append(finder.knowledge.number.get(key(core), UNKNOWN) if what is Kind.WORD else CODE_ID)
            doubt.append(doubts(finder, token))
        after = pause(token.parts.trail)
        if after is not None:
            fixed(after)
    if not found:
        return [Choice(token, DASH, None) for token in tokens]
    lattice = _lattice(found, own, doubt)
    path, margins = decode(finder.knowledge.language_model, lattice, cache)
    chosen, sure = lattice.word[path].tolist(), margins.tolist()
    return [
        Choice(token, chosen[at], sure[at]) if at >= 0 else Choice(token, DASH, None)
        for token, at in zip(tokens, steps, strict=True)
    ]


@lru_cache(1 << 14)
def _one(number: int) -> Candidates:
    return Candidates(np.array([number], dtype=np.int32), np.zeros(1, dtype=np.float32))


def _lattice(found: Sequence[Candidates], own: Sequence[int], doubt: Sequence[float]) -> Lattice:
    """The candidates of all steps, with the doubt of each step laid on all but its word as read."""
    counts = [len(step.word) for step in found]
    first = np.zeros(len(found) + 1, dtype=np.int32)
    np.cumsum(counts, out=first[1:])
    word = np.concatenate([step.word for step in found])
    other = (word != np.repeat(np.array(own, dtype=np.int32), counts)) & (word != NOTHING)
    cost = np.concatenate([step.cost for step in found])
    return Lattice(first, word, cost + np.repeat(np.array(doubt, dtype=np.float32), counts) * other)


def candidates(finder: Finder, token: Token) -> Candidates:
    """The words that a token may be; short ones read with little confidence may be noise."""
    core = token.parts.core
    found = finder.candidates(core)
    confidence = CRUMB_CONFIDENCE if finder.regime.specks and token.confidence is None else token.confidence
    crumb = crumb_cost(core, confidence) if token.text == core else None
    if crumb is None:
        return found
    return Candidates(np.append(found.word, np.int32(NOTHING)), np.append(found.cost, np.float32(crumb)))


def doubts(finder: Finder, token: Token) -> float:
    """The cost of reading a token otherwise than it was read."""
    core = token.parts.core
    name = finder.regime.marks and token.what is Kind.WORD and core[0].isupper() and not core.isupper()
    return finder.regime.trust * trust(token.confidence) + (NAME if name else 0.0) + token.protection


def cases(finder: Finder, chosen: Sequence[Choice]) -> list[int]:
    """The case of each chosen word."""
    costs, begins = [], []
    begin = True
    for token, word, _ in chosen:
        known = word >= len(SPECIALS)
        costs.append(finder.case_costs(finder.knowledge.words[word], token.parts.core) if known else (0.0, 0.0, 0.0))
        quoted = any(c in '“"' for c in token.parts.lead)
        begins.append(BEGINS_TITLE if begin else QUOTE_TITLE if quoted else 0.0)
        begin = token.what is Kind.SIGN or pause(token.parts.trail) == STOP
    numbers = np.array([max(0, c.word) for c in chosen], dtype=np.int64)
    path = case_path(finder.knowledge.case_model, numbers, np.array(begins), np.array(costs, dtype=np.float64))
    return [int(c) for c in path]
