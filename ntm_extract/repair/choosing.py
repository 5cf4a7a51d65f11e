"""The words of a paragraph: its tokens as a lattice of candidates, the likeliest path through it, and their case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ntm_extract.repair.candidates import NO_CANDIDATES, Candidates, Finder
from ntm_extract.repair.decoder import BEGINS_TITLE, NO_CACHE, NOTHING, TITLE_AFTER, Cache, Lattice, case_path, decode
from ntm_extract.repair.noise import crumb_cost, is_dash, is_speck
from ntm_extract.repair.runs import Weighed, cuts
from ntm_extract.repair.sureness import trust
from ntm_extract.repair.tokens import CODE_ID, DASH, NUMBER_ID, SPECIALS, UNKNOWN, Kind, Parts, key, pause

NAME = 1.0  # cost of reading a capitalised word otherwise, where the recogniser knows the marks: most are names

CRUMB_CONFIDENCE = 0.7  # of short tokens of a ruined reading that has none
DASH_SPECK, MARK_SPECK = 5.0, 3.5  # costs of taking a dash, or a point before a small letter, for a speck
DIGIT_SPECK = 10.0  # likewise a digit
HYPHEN_SPECK = 2.0  # likewise a hyphen between words that were read together
NAMED = 0.99  # share of Title in names of units
LONGEST, LONGEST_IN_NOISE = 2, 3  # letters of a crumb
NOISY = 2.0  # noise from which longer crumbs are weighed

LONE_DIGITS = re.compile(r"[1-9]\d?")
"""What a syllable may be read as where marks are not known: 6 for ở, 16 for lộ. Not 06."""
_OPENING, _CLOSING = frozenset('“"'), frozenset('”"')
Place = tuple[int, int]  # line and word, from 0


class Edge(Enum):
    """Where in its line a token stands."""

    NONE = 0
    LEFT = 1
    RIGHT = 2


class Token(NamedTuple):
    """A token of a paragraph: where it stands, what it is made of."""

    place: Place
    text: str
    confidence: float | None
    parts: Parts
    what: Kind
    protection: float = 0.0  # cost of reading it otherwise, as a name of the document
    abbreviation: bool = False  # a known one, which stays
    edge: Edge = Edge.NONE
    noise: float = 0.0  # log-probability by which it is likelier noise than another token, as at a noisy edge


def closed(texts: Sequence[Sequence[Token]]) -> list[list[Token]]:
    """The paragraphs of a document without the opening quotation marks that none closes: specks before words."""
    out: list[list[Token]] = []
    is_closed = False
    for text in reversed(texts):
        made: list[Token] = []
        for token in reversed(text):
            lead, core, trail = token.parts
            is_closed = is_closed or not _CLOSING.isdisjoint(trail)
            opens = not _OPENING.isdisjoint(lead)
            if opens and not is_closed:
                lead = "".join(mark for mark in lead if mark not in _OPENING)
            is_closed = is_closed and not opens
            made.append(token._replace(parts=Parts(lead, core, trail)))
        out.append(made[::-1])
    return out[::-1]


class Choice(NamedTuple):
    """A token and the word decided for it (NOTHING: noise; specials: kept), with its margin if several were weighed."""

    token: Token
    word: int
    margin: float | None


class Steps:
    """A paragraph's lattice while it is built, step by step."""

    def __init__(self) -> None:
        self.found: list[Candidates] = []
        self.own: list[int] = []  # number of the word as read, of each step
        self.doubt: list[float] = []  # cost of every other word

    def add(self, found: Candidates, own: int = NOTHING, doubt: float = 0.0) -> int:
        """One more step; its number."""
        self.found.append(found)
        self.own.append(own)
        self.doubt.append(doubt)
        return len(self.found) - 1

    def lattice(self) -> Lattice:
        """The candidates of all steps, with the doubt of each step laid on all but its word as read."""
        counts = [len(step.cost) for step in self.found]
        first = np.zeros(len(counts) + 1, dtype=np.int32)
        np.cumsum(counts, out=first[1:])
        words, cost = (np.concatenate(parts) for parts in zip(*self.found, strict=True))
        other = (words[:, 0] != np.repeat(np.array(self.own, dtype=np.int32), counts)) & (words[:, 0] != NOTHING)
        return Lattice(first, words, cost + np.repeat(np.array(self.doubt, dtype=np.float32), counts) * other)


class At(NamedTuple):
    """The steps of a token: of its word, or first word, and of the mark after it; -1 where it has none."""

    core: int = -1
    mark: int = -1


def choose(finder: Finder, tokens: Sequence[Token], cache: Cache = NO_CACHE) -> list[Choice]:
    """Decode one paragraph. A token of words that ran together makes a choice of each."""
    steps, places = weighed(finder, tokens)
    if not steps.found:
        return [Choice(token, DASH, None) for token in tokens]
    lattice = steps.lattice()
    path, margins = decode(finder.knowledge.language_model, lattice, cache)
    words = [tuple(word for word in row if word != NOTHING) for row in lattice.words[path].tolist()]
    sure = margins.tolist()
    chosen: list[Choice] = []
    for read, at in zip(tokens, places, strict=True):
        pointless = at.mark >= 0 and not words[at.mark]
        token = read._replace(parts=read.parts._replace(trail="")) if pointless else read
        if at.core < 0:
            chosen.append(Choice(token, DASH, None))
        elif not words[at.core]:
            chosen.append(Choice(token, NOTHING, sure[at.core]))
        else:
            parts = zip(parted(finder, token, words[at.core]), words[at.core], strict=True)
            chosen += (Choice(part, word, sure[at.core]) for part, word in parts)
    return chosen


def weighed(finder: Finder, tokens: Sequence[Token]) -> tuple[Steps, list[At]]:
    """The lattice of a paragraph, and the steps of each token in it."""
    steps = Steps()
    around = zip(tokens, _nearest(tokens), _nearest(tokens[::-1])[::-1], strict=True)
    return steps, [_step(finder, steps, token, before, after) for token, before, after in around]


def _nearest(tokens: Sequence[Token]) -> list[Token | None]:
    """The token before each one, specks passed over."""
    last = None
    found: list[Token | None] = []
    for token in tokens:
        found.append(last)
        if token.what is not Kind.SIGN or not is_speck(token.parts.core):
            last = token
    return found


def _step(finder: Finder, steps: Steps, token: Token, before: Token | None, after: Token | None) -> At:
    """Add a token's steps to the lattice."""
    what, core = token.what, token.parts.core
    specks = finder.regime.specks and token.confidence is None
    pair = finder.parted(core, token.confidence) if what in (Kind.CODE, Kind.MIXED) else None
    if pair is not None:
        at = steps.add(_one(pair[0]), pair[0])
        steps.add(_one(pair[1]), pair[1])
    elif what is Kind.CODE:
        words = () if finder.regime.marks else finder.slash_words(core)
        at = steps.add(_one(CODE_ID) if not words else _words(words))
    elif what is Kind.NUMBER:
        at = steps.add(digits(finder, token) if specks else _one(NUMBER_ID))
    elif token.abbreviation:
        at = steps.add(_one(finder.knowledge.number.get(key(core), CODE_ID)))
    elif what is Kind.SIGN:
        if not is_dash(core):
            return At()
        speck = dash_cost(token, before, after) if specks else None
        return At(steps.add(_one(DASH) if speck is None else _one(DASH).beside(speck)))
    else:
        own = finder.knowledge.number.get(key(core), UNKNOWN) if what is Kind.WORD else CODE_ID
        at = steps.add(candidates(finder, token), own, doubts(finder, token))
    mark = pause(token.parts.trail)
    if specks and token.parts.trail == "-" and after is not None and after.place == token.place:
        return At(at, steps.add(_one(DASH).beside(HYPHEN_SPECK)))  # va-cac, but also tế-xã
    if mark is None:
        return At(at)
    maybe = (
        specks and _is_word(token) and token.parts.trail == "." and after is not None and after.parts.core[0].islower()
    )
    return At(at, steps.add(_one(mark).beside(MARK_SPECK) if maybe else _one(mark)))


def dash_cost(token: Token, before: Token | None, after: Token | None) -> float | None:
    """The cost of taking a lone dash for a speck. None where it is surely one that was printed: where it begins an
    item, stands close before a capital (`-Giao`), after a stop before a number, or between numbers.
    """
    words = _is_word(before), _is_word(after)
    small = after is not None and words[1] and after.text[:1].islower()
    said = before is not None and (words[0] or before.what is Kind.NUMBER)
    follows = said and before is not None and not before.parts.trail
    if token.edge is Edge.LEFT and not (small and follows):
        return None
    if after is not None and after.place == token.place:
        return HYPHEN_SPECK if small and said else None
    if all(one is not None and one.what is Kind.NUMBER for one in (before, after)):
        return None
    runs_on = any(words) and before is not None and not before.parts.trail
    return DASH_SPECK - token.noise if token.edge is Edge.RIGHT or all(words) or runs_on else None


def _is_word(token: Token | None) -> bool:
    return token is not None and token.what in (Kind.WORD, Kind.MIXED) and not token.abbreviation


def parted(finder: Finder, token: Token, words: Sequence[int]) -> list[Token]:
    """The token parted where the words that it is part best."""
    if len(words) == 1:
        return [token]
    texts = [finder.knowledge.words[word] for word in words]

    def cost(parts: Sequence[str]) -> float:
        return sum(min(finder.case_costs(word, part)) for word, part in zip(texts, parts, strict=True))

    lead, core, trail = token.parts
    cores = min(cuts(core, len(words)), key=cost)
    leads, trails = [lead, *[""] * (len(words) - 1)], [*[""] * (len(words) - 1), trail]
    return [
        token._replace(text="".join(parts), parts=parts, what=Kind.WORD) for parts in map(Parts, leads, cores, trails)
    ]


@lru_cache(1 << 14)
def _one(number: int) -> Candidates:
    return NO_CANDIDATES.beside(0.0, number)


def _words(weighed: Weighed) -> Candidates:
    found = NO_CANDIDATES
    for cost, word in weighed:
        found = found.beside(cost, word)
    return found


def candidates(finder: Finder, token: Token) -> Candidates:
    """The words that a token may be; short ones read with little confidence may be noise."""
    core = token.parts.core
    found = finder.candidates(core)
    confidence = CRUMB_CONFIDENCE if finder.regime.specks and token.confidence is None else token.confidence
    longest = LONGEST_IN_NOISE if token.noise > NOISY else LONGEST
    crumb = crumb_cost(core, confidence, longest) if token.text == core else None
    return found if crumb is None else found.beside(crumb - token.noise)


def digits(finder: Finder, token: Token) -> Candidates:
    """What a number of a ruined reading may be: of one or two digits also a syllable, or a speck. It stays as read, but
    a number that is likelier no number is told as such.
    """
    core = token.parts.core
    if not LONE_DIGITS.fullmatch(core):
        return _one(NUMBER_ID)
    found = finder.lone_digits(core)
    return found.beside(DIGIT_SPECK - token.noise) if len(token.text) == 1 else found


def doubts(finder: Finder, token: Token) -> float:
    """The cost of reading a token otherwise than it was read."""
    core = token.parts.core
    name = finder.regime.marks and token.what is Kind.WORD and core[0].isupper() and not core.isupper()
    return finder.regime.trust * trust(token.confidence) + (NAME if name else 0.0) + token.protection


def _named(finder: Finder, chosen: Sequence[Choice]) -> set[int]:
    """The places of the words of names of units near by that were read with capitals."""
    found: set[int] = set()
    for at, (left, right) in enumerate(pairwise(chosen)):
        capitals = left.token.parts.core[:1].isupper() and right.token.parts.core[:1].isupper()
        if capitals and (left.word, right.word) in finder.near:
            found |= {at, at + 1}
    return found


def cases(finder: Finder, chosen: Sequence[Choice]) -> list[int]:
    """The case of each chosen word."""
    costs, begins = [], []
    begin = BEGINS_TITLE
    named = _named(finder, chosen)
    for at, (token, word, _) in enumerate(chosen):
        known = word >= len(SPECIALS)
        costs.append(finder.case_costs(finder.knowledge.words[word], token.parts.core) if known else (0.0, 0.0, 0.0))
        begins.append(NAMED if at in named else begin or TITLE_AFTER.get(token.parts.lead[-1:], 0.0))
        if token.what is Kind.SIGN:
            begin = TITLE_AFTER["-"] if word != NOTHING else begin
        else:
            begin = next((TITLE_AFTER[mark] for mark in reversed(token.parts.trail) if mark in TITLE_AFTER), 0.0)
    numbers = np.array([max(0, c.word) for c in chosen], dtype=np.int64)
    path = case_path(finder.knowledge.case_model, numbers, np.array(begins), np.array(costs, dtype=np.float64))
    return [int(c) for c in path]
