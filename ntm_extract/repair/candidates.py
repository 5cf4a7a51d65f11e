"""What a token may have been: words of the lexicon under the channel, the token itself, words run together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from functools import lru_cache
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ntm_extract.repair.channel import (
    IMPOSSIBLE,
    LONGEST,
    LOWER_CASE,
    TITLE_CASE,
    UPPER_CASE,
    Lexicon,
    align_cases,
    letters,
    search,
)
from ntm_extract.repair.codes import is_slashed
from ntm_extract.repair.decoder import NOTHING, CaseModel
from ntm_extract.repair.language_model import PROB_STEP, LanguageModel, step
from ntm_extract.repair.names import Places
from ntm_extract.repair.noise import SURE, glued
from ntm_extract.repair.regimes import Regime
from ntm_extract.repair.runs import RUN, SHORTEST_RUN, Weighed, runs
from ntm_extract.repair.tokens import CODE_ID, NUMBER_ID, REMEMBERED, UNKNOWN, Kind, key, kind, pause
from ntm_extract.text.normal import fold, old_tones

PART_MARGIN = np.float32(4.0)  # likewise of the words that a part of a token may be
KEPT = 60  # candidates of a token
RARENESS = 0.6  # weight of how seldom a word is where these are picked
MARGIN = np.float32(11.0)  # natural-log units: readings so much less likely than a token's best are not weighed
KNOWN_MARGIN = np.float32(8.0)  # likewise of the parts of a token such as đồng/năm, where marks are not known
LIKE_CODE = 1.0  # cost of taking capitals without a vowel, KTXH, or T6 as they stand
_LIKE_CODE = re.compile(r"^[A-ZĐ]\d$")
_DIGIT_READ = re.compile(r"^[^\W\d_]{1,3}(?<!m)[0-9]$")  # x4 for xã, not m2
_UNIT = re.compile(r"[a-z]{1,2}[23]")
_VOWEL = re.compile(r"[aeiouy]")
DIGIT = 3.0  # cost of each digit of a lone number
LIKE_ONE = 7.0  # cost of a core's likeliest word up to which it is one word and no two
PARTED, PARTED_UNSURE, PARTED_LEAD = -5.0, -8.0, 1.5  # log-probability of a word after another; lead over a mark


class Knowledge(NamedTuple):
    """The language's side of repair: words and their numbers, their trie, how they follow and are capitalised."""

    words: tuple[str, ...]
    number: Mapping[str, int]  # of each word
    lexicon: Lexicon
    language_model: LanguageModel
    case_model: CaseModel
    codes: Mapping[str, int]  # counts of the parts of codes
    places: Places
    rareness: NDArray[np.float32]  # (V,) cost of how seldom a word is, by which candidates are picked
    case_shares: NDArray[np.float32]  # (3, V) log-probability of each case of a word


def rareness(model: LanguageModel) -> NDArray[np.float32]:
    """What candidates are picked by beside their costs: of each word a part of its negative log-probability."""
    cost: NDArray[np.float32] = model.prob1 * np.float32(PROB_STEP * RARENESS)
    return cost


def case_shares(model: CaseModel) -> NDArray[np.float32]:
    """Log-probabilities of lower, title and upper case of each word, none of them counted as too seldom."""
    shares = (1 - model.title - model.upper, np.maximum(model.title, 0.1), np.maximum(model.upper, 0.05))
    logs: NDArray[np.float32] = np.log(np.maximum(np.stack(shares), np.float32(0.02)))
    return logs


class Candidates(NamedTuple):
    """What a token may be: numbers of a word, of words that ran together, or none, in rows; costs."""

    words: NDArray[np.int32]  # (n, RUN), NOTHING after the last of a row
    cost: NDArray[np.float32]

    def beside(self, cost: float, *words: int) -> Candidates:
        """The candidates and one more, of these words."""
        row = np.array([[*words, *[NOTHING] * (RUN - len(words))]], dtype=np.int32)
        return Candidates(np.concatenate((self.words, row)), np.append(self.cost, np.float32(cost)))


NO_CANDIDATES = Candidates(np.zeros((0, RUN), np.int32), np.zeros(0, np.float32))


@lru_cache(REMEMBERED)
def case_of(core: str) -> int | None:
    """The case that a core is written in, None for a mixture."""
    if core.islower():
        return LOWER_CASE
    if core.isupper() and len(core) > 1:
        return UPPER_CASE
    if core[:1].isupper() and (len(core) == 1 or core[1:].islower()):
        return TITLE_CASE
    return None


def cases_of(core: str) -> tuple[int, ...]:
    """The cases in which a core may have been written on paper."""
    capitals = sum(c.isupper() for c in core)
    if capitals == 0:
        return (LOWER_CASE,)
    if capitals == 1 and core[0].isupper():
        return (TITLE_CASE, LOWER_CASE)
    return (UPPER_CASE, TITLE_CASE, LOWER_CASE)


class Finder:
    """Finds candidates under one regime and remembers them: `memo` by token, which only saves time."""

    def __init__(
        self,
        knowledge: Knowledge,
        regime: Regime,
        memo: dict[str, Candidates],
        near: Set[tuple[int, int]] = frozenset(),
    ) -> None:
        self.knowledge = knowledge
        self.near = near  # pairs of words of the names of units near by
        self.regime = regime
        self.memo = memo
        self.parts: dict[str, Weighed] = {}
        self.case_memo: dict[tuple[str, str], tuple[float, ...]] = {}
        self.found_word = np.zeros(len(knowledge.words) * 2, dtype=np.int32)
        self.found_cost = np.zeros(len(knowledge.words) * 2, dtype=np.float32)
        self.ops = np.zeros((64, 2), dtype=np.int64)
        self.leads = regime.channel.leads

    def under(self, regime: Regime, near: Set[tuple[int, int]]) -> Finder:
        """A finder under another regime, with nothing found yet."""
        return Finder(self.knowledge, regime, {}, near)

    def candidates(self, core: str) -> Candidates:
        """The words that a core may be a reading of."""
        known = self.memo.get(core)
        if known is None:
            known = self.memo[core] = self._candidates(core)
        return known

    def _candidates(self, core: str) -> Candidates:
        regime = self.regime
        found = self._words(core, MARGIN)
        likeliest = float(found.cost.min(initial=IMPOSSIBLE))
        if kind(core) is Kind.MIXED:
            digits = any(c.isdigit() for c in core)
            like = LIKE_CODE if regime.marks else regime.mixed / 2  # S6 may be Số where marks are not known
            as_is = like if _LIKE_CODE.match(core) else regime.mixed if digits else 2 * regime.mixed
            found = found.beside(as_is, CODE_ID)
        elif key(core) not in self.knowledge.number:
            short = core.isupper() and len(core) > 1 and not _VOWEL.search(fold(core))
            found = found.beside(LIKE_CODE if short else regime.unknown + regime.unknown_letter * len(core), UNKNOWN)
        if regime.specks and likeliest > LIKE_ONE and SHORTEST_RUN <= len(core) <= LONGEST:
            for run, words in runs(core, self._part_words, self.knowledge.language_model):
                found = found.beside(run, *words)
        return found

    def lone_digits(self, core: str) -> Candidates:
        """A number of one or two digits, and the words that it may be a reading of."""
        known = self.memo.get(core)
        if known is None:
            known = self.memo[core] = self._words(core, MARGIN).beside(DIGIT * len(core), NUMBER_ID)
        return known

    def _words(self, core: str, margin: np.float32) -> Candidates:
        """The likeliest words that a core may be, by their cost and how frequent they are."""
        if len(core) > LONGEST:
            return NO_CANDIDATES
        words, cost = self._search(core, margin)
        order = np.argsort(cost + self.knowledge.rareness[words], kind="stable")[:KEPT]
        rows = np.full((len(order), RUN), NOTHING, np.int32)
        rows[:, 0] = words[order]
        return Candidates(rows, cost[order])

    def _part_words(self, core: str) -> Weighed:
        """The likeliest words that a part of a core may be."""
        known = self.parts.get(core)
        if known is None:
            found = self._words(core, PART_MARGIN)
            known = self.parts[core] = list(zip(found.cost.tolist(), found.words[:, 0].tolist(), strict=True))
        return known

    def _search(self, core: str, margin: np.float32) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Costs of words, each in the case that fits best."""
        regime = self.regime
        signs = regime.channel.encode(old_tones(core))
        same, own = key(core), case_of(core)
        words, costs = [], []
        best = IMPOSSIBLE
        for case in cases_of(core):
            if case == own and same in self.knowledge.number:
                best = min(best, self.case_costs(same, core)[case])
            n = search(
                self.knowledge.lexicon, regime.channel.costs, self.leads, signs, case, np.float32(best), margin,
                self.found_word, self.found_cost,
            )  # fmt: skip
            found, cost = self.found_word[:n].copy(), self.found_cost[:n]
            best = min(best, float(cost.min(initial=IMPOSSIBLE)))
            words.append(found)
            costs.append(np.float32(regime.weight) * cost - self.knowledge.case_shares[case, found])
        if len(words) == 1:
            return words[0], costs[0]
        word, cost = np.concatenate(words), np.concatenate(costs)
        order = np.argsort(cost, kind="stable")
        first = np.sort(order[np.unique(word[order], return_index=True)[1]])
        return word[first], cost[first]

    def case_costs(self, word: str, core: str) -> tuple[float, ...]:
        """Cost of the reading for the word in lower, title and upper case."""
        known = self.case_memo.get((word, core))
        if known is None:
            signs = self.regime.channel.encode(old_tones(core))
            ids = letters(word)
            known = (0.0, 0.0, 0.0)
            if ids is not None and len(signs) <= LONGEST:
                known = align_cases(self.regime.channel.costs, ids, signs, self.ops)
            self.case_memo[word, core] = known
        return known

    def slash_words(self, core: str) -> Weighed:
        """What the first part of a token such as `dong/nguoi/nam` may be, of words that such tokens have."""
        first = core.split("/", maxsplit=1)[0]
        return self._known_parts(first) if is_slashed(core) and not _UNIT.fullmatch(first) else []

    def slashed(self, core: str, first: str | None = None) -> str:
        """`dong/m2/nam` as `đồng/m2/năm`: parts that are no words of such tokens, as the likeliest that are."""
        if not is_slashed(core):
            return core
        head, *parts = core.split("/")
        return "/".join((first or self._part(head), *map(self._part, parts)))

    def rated(self, core: str) -> str:
        """`6,5%/nam` as `6,5%/năm`: what a number with its unit is counted by."""
        head, *parts = core.split("/")
        return "/".join((head, *(self._part(part) if len(part) > 1 and part.islower() else part for part in parts)))

    def _known_parts(self, part: str) -> Weighed:
        words, codes = self.knowledge.words, self.knowledge.codes
        found = self._words(part, PART_MARGIN if self.regime.marks else KNOWN_MARGIN)
        weighed = zip(found.cost.tolist(), found.words[:, 0].tolist(), strict=True)
        return [(cost - log(codes[words[word]]), word) for cost, word in weighed if words[word] in codes]

    def _part(self, part: str) -> str:
        known = self._known_parts(part) if part.isalpha() or _DIGIT_READ.match(part) else []
        return self.knowledge.words[min(known)[1]] if known else part

    def parted(self, core: str, confidence: float | None) -> tuple[int, int] | None:
        """The two words that a core is, where a speck between them was read as a mark and no space."""
        found = glued(core)
        sure = confidence is None or confidence > SURE
        if found is None or (sure and (found[1][0] in "-–'’" or self.regime.marks)):
            return None  # kinh tế-xã hội
        model, number = self.knowledge.language_model, self.knowledge.number
        left, right = number.get(key(found[0])), number.get(key(found[2]))
        if left is None or right is None:
            return None
        together, *_ = step(model, left, -1, -1, right)
        mark = pause(found[1])
        apart = -9.0 if mark is None else step(model, left, -1, -1, mark)[0] + step(model, mark, -1, -1, right)[0]
        least = PARTED if sure else PARTED_UNSURE
        return (left, right) if together > max(least, apart + PARTED_LEAD) else None
