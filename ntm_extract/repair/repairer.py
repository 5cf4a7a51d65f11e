"""Repair of one text: tokens to a lattice of candidates, the likeliest path through it, and back to words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from ntm_extract.model import Line, Word
from ntm_extract.repair.channel import (
    IMPOSSIBLE, LONGEST, LOWER_CASE, TITLE_CASE, UPPER_CASE, Channel, Lexicon, align, build_lexicon, letters, search,
)
from ntm_extract.repair.codes import fix_code, fix_unit, part_joined, torn
from ntm_extract.repair.decoder import BEGINS_TITLE, NOTHING, QUOTE_TITLE, CaseModel, Lattice, case_path, decode, in_case
from ntm_extract.repair.headings import roman_fixes
from ntm_extract.repair.language_model import PROB_STEP, LanguageModel, step
from ntm_extract.repair.noise import SURE, crumb_cost, glued, is_noise
from ntm_extract.repair.paragraphs import paragraphs
from ntm_extract.repair.tokens import CODE_ID, DASH, NUMBER_ID, SPECIALS, STOP, UNKNOWN, Kind, Parts, key, kind, pause, split
from ntm_extract.text.normal import fold, new_tones, nfc, tone_style

MEMO = 200_000  # tokens whose candidates are remembered
PARTED, PARTED_UNSURE, PARTED_LEAD = -5.0, -8.0, 1.5  # log-probability of a word after the one before it; lead over the mark between them
FOREIGN = 0.5  # share of words that could be syllables below which a paragraph is another language's
KEPT = 30  # candidates of a token
MARGIN = np.float32(11.0)  # natural-log units: readings so much less likely than a token's best are not weighed


class Regime(NamedTuple):
    """How a kind of reading is treated: its channel and the cost of believing what is no word."""

    channel: Channel
    unknown: float  # cost of a token of letters that no dictionary has, and of each of its letters
    unknown_letter: float
    mixed: float  # cost of a token with a digit in it, such as `1a`, meant as it stands
    weight: float  # of channel costs against the language model's
    trust: float  # weight of the recogniser's confidence, where there is one


class Candidates(NamedTuple):
    """What a token may have been: vocabulary numbers and costs, likeliest first."""

    word: np.ndarray
    cost: np.ndarray


@dataclass(frozen=True)
class Repairer:
    """All that repair knows. Immutable; one object serves any number of texts. Built by edges.models.load_repairer."""

    words: tuple[str, ...]
    language_model: LanguageModel
    case_model: CaseModel
    regimes: Mapping[str, Regime]
    codes: Mapping[str, int]  # counts of the parts of codes: QĐ, UBND
    lexicon: Lexicon = field(init=False)
    index: Mapping[str, int] = field(init=False)
    folded: Set[str] = field(init=False, repr=False)  # the syllables that have marks, without them
    memo: dict[tuple[str, str], Candidates] = field(init=False, repr=False, compare=False, default_factory=dict)
    """What was found for (regime, token) before: saves time, changes nothing."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", {word: i for i, word in enumerate(self.words)})
        plain = [(word, i) for i, word in enumerate(self.words) if i >= len(SPECIALS)]
        object.__setattr__(self, "lexicon", build_lexicon(plain))
        object.__setattr__(self, "folded", frozenset(fold(w) for w in self.words[len(SPECIALS) :] if not w.isascii()))


VIETNAMESE_ONLY = frozenset("ăằắẳẵặầấẩẫậđẻẽẹềếểễệỉĩịỏọồốổỗộơờớởỡợủũụưừứửữựỷỹỵảạ")


def regime_of(cores: Iterable[str]) -> str:
    """`light` where the recogniser knew Vietnamese letters, `heavy` where it did not, `bare` where all marks were stripped."""
    words = [c.lower() for c in cores if len(c) > 1 and not c.isdecimal()]
    marked = sum(1 for w in words if not VIETNAMESE_ONLY.isdisjoint(w))
    if len(words) < 5 or marked >= 0.2 * len(words):
        return "light"
    odd = sum(1 for w in words if not w.isascii())
    return "bare" if odd < 0.01 * len(words) else "heavy"


def is_foreign(cores: Iterable[str], folded: Set[str]) -> bool:
    """Whether a paragraph without Vietnamese letters is in another language: few of its words could be syllables."""
    words = [c.lower() for c in cores if len(c) > 1 and c.isalpha()]
    native = sum(1 for w in words if fold(w) in folded)
    return len(words) >= 4 and native < FOREIGN * len(words)


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


_Y_TO_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


def same_but_y(one: str, other: str) -> bool:
    """Whether two spellings differ only in i and y: kì, kỳ."""
    return one != other and one.translate(_Y_TO_I) == other.translate(_Y_TO_I)


class _Text:
    """The repair of one text: what is computed once for all its tokens."""

    def __init__(self, repairer: Repairer, name: str) -> None:
        self.repairer = repairer
        self.name = name
        self.regime = repairer.regimes[name]
        self.case_memo: dict[tuple[str, str], list[float]] = {}
        self.found_word = np.zeros(len(repairer.words) * 2, dtype=np.int32)
        self.found_cost = np.zeros(len(repairer.words) * 2, dtype=np.float32)
        self.ops = np.zeros((64, 2), dtype=np.int64)

    def candidates(self, core: str) -> Candidates:
        """The words that a core may be a reading of."""
        memo = self.repairer.memo
        known = memo.get((self.name, core))
        if known is None:
            if len(memo) >= MEMO:
                memo.clear()
            known = memo[self.name, core] = self._candidates(core)
        return known

    def _candidates(self, core: str) -> Candidates:
        repairer, regime = self.repairer, self.regime
        costs: dict[int, float] = {}
        if len(core) <= LONGEST:
            signs = regime.channel.encode(core)
            case_model = repairer.case_model
            same, own = key(core), case_of(core)
            for case in cases_of(core):
                known = self.case_costs(same, core)[case] if case == own and same in repairer.index else IMPOSSIBLE
                n = search(
                    repairer.lexicon, regime.channel.costs, signs, case, np.float32(known), MARGIN,
                    self.found_word, self.found_cost,
                )
                found = self.found_word[:n]
                title, upper = case_model.title[found], case_model.upper[found]
                share = (1 - title - upper, np.maximum(title, 0.1), np.maximum(upper, 0.05))[case]
                total = regime.weight * self.found_cost[:n] - np.log(np.maximum(share, 0.02))
                for word, cost in zip(found.tolist(), total.tolist(), strict=True):
                    if cost < costs.get(word, 1e9):
                        costs[word] = cost
        words = np.fromiter(costs.keys(), dtype=np.int32, count=len(costs))
        cost = np.fromiter(costs.values(), dtype=np.float32, count=len(costs))
        prior = repairer.language_model.prob1[words] * (PROB_STEP * 0.6)
        order = np.argsort(cost + prior, kind="stable")[:KEPT]
        words, cost = words[order], cost[order]
        if kind(core) is Kind.MIXED:
            as_is = regime.mixed if any(c.isdigit() for c in core) else 2 * regime.mixed
            words, cost = np.append(words, np.int32(CODE_ID)), np.append(cost, np.float32(as_is))
        elif key(core) not in repairer.index:
            unknown = regime.unknown + regime.unknown_letter * len(core)
            words, cost = np.append(words, np.int32(UNKNOWN)), np.append(cost, np.float32(unknown))
        return Candidates(words.astype(np.int32), cost.astype(np.float32))

    def parted(self, core: str, confidence: float | None) -> tuple[int, int] | None:
        """The two words that a core is, where a speck between them was read as a mark and no space."""
        found = glued(core)
        if found is None or (confidence is None and self.name == "light"):
            return None
        lm, index = self.repairer.language_model, self.repairer.index
        left, right = index.get(key(found[0])), index.get(key(found[2]))
        if left is None or right is None:
            return None
        together, *_ = step(lm, left, -1, -1, right)
        mark = pause(found[1])
        apart = -9.0 if mark is None else step(lm, left, -1, -1, mark)[0] + step(lm, mark, -1, -1, right)[0]
        return (left, right) if together > max(PARTED if confidence is None or confidence > SURE else PARTED_UNSURE, apart + PARTED_LEAD) else None

    def case_costs(self, word: str, core: str) -> list[float]:
        """Cost of the reading for the word in each case."""
        known = self.case_memo.get((word, core))
        if known is None:
            known = self.case_memo[word, core] = self._case_costs(word, core)
        return known

    def _case_costs(self, word: str, core: str) -> list[float]:
        signs = self.regime.channel.encode(core)
        out = []
        for case in (LOWER_CASE, TITLE_CASE, UPPER_CASE):
            ids = letters(in_case(word, case))
            if ids is None or len(core) > LONGEST:
                out.append(0.0)
            else:
                out.append(float(align(self.regime.channel.costs, ids, signs, self.ops)[0]))
        return out


_CONFIDENCES = (0.80, 0.88, 0.915, 0.935, 0.95, 0.96)
_TRUST = (-2.7, -2.4, -1.8, -1.0, -0.6, 1.0)


def trust(confidence: float | None) -> float:
    """By how much a recogniser's confidence speaks for a token as read: log-likelihood ratio of right to wrong readings.

    Measured on Tesseract `vie`, whose confidences bunch up above 0.9. 0 where there is none.
    """
    return 0.0 if confidence is None else float(np.interp(confidence, _CONFIDENCES, _TRUST))


class _Slot(NamedTuple):
    """A token of a paragraph: where it stands, its parts, and its steps in the lattice (main step or -1)."""

    line: int
    place: int
    parts: Parts
    what: Kind
    step: int
    confidence: float | None


def _lattice(text: _Text, words: Sequence[tuple[int, int, str, float | None]]) -> tuple[Lattice, list[_Slot]]:
    """The lattice of a paragraph's tokens (line, place, token, confidence)."""
    first, word, cost, slots = [0], [], [], []

    def fixed(number: int) -> None:
        word.append(np.array([number], dtype=np.int32))
        cost.append(np.zeros(1, dtype=np.float32))
        first.append(first[-1] + 1)

    for line, place, token, confidence in words:
        parts = split(token)
        what = kind(parts.core)
        at = len(first) - 1
        pair = text.parted(parts.core, confidence) if what in (Kind.CODE, Kind.MIXED) else None
        if pair is not None:
            fixed(pair[0])
            fixed(pair[1])
        elif what is Kind.NUMBER or what is Kind.CODE:
            fixed(NUMBER_ID if what is Kind.NUMBER else CODE_ID)
        elif what is Kind.SIGN:
            if parts.core in "-–—+*•":
                fixed(DASH)
            at = -1
        else:
            found = text.candidates(parts.core)
            word.append(found.word)
            own = text.repairer.index.get(key(parts.core), UNKNOWN)
            other = found.word != (own if what is Kind.WORD else CODE_ID)
            cost.append(found.cost + np.float32(text.regime.trust * trust(confidence)) * other.astype(np.float32))
            first.append(first[-1] + len(found.word))
            crumb = crumb_cost(parts.core, confidence) if token == parts.core else None
            if crumb is not None:
                word[-1], cost[-1] = np.append(word[-1], np.int32(NOTHING)), np.append(cost[-1], np.float32(crumb))
                first[-1] += 1
        slots.append(_Slot(line, place, parts, what, at, confidence))
        after = pause(parts.trail)
        if after is not None and what is not Kind.SIGN:
            fixed(after)
    return Lattice(np.array(first, dtype=np.int32), np.concatenate(word) if word else np.zeros(0, np.int32),
                   np.concatenate(cost) if cost else np.zeros(0, np.float32)), slots


def _cases(text: _Text, chosen: Sequence[tuple[_Slot, int]]) -> list[int]:
    """The case of each chosen word (vocabulary number)."""
    costs, begins = [], []
    begin = True
    for slot, word in chosen:
        if word >= len(SPECIALS):
            costs.append(text.case_costs(text.repairer.words[word], slot.parts.core))
        else:
            costs.append([0.0, 0.0, 0.0])
        quoted = any(c in "“\"" for c in slot.parts.lead)
        begins.append(BEGINS_TITLE if begin else QUOTE_TITLE if quoted else 0.0)
        begin = slot.what is Kind.SIGN or pause(slot.parts.trail) == STOP
    path = case_path(
        text.repairer.case_model, np.array([w for _, w in chosen], dtype=np.int64),
        np.array(begins, dtype=np.float64), np.array(costs, dtype=np.float64).reshape(-1, 3),
    )
    return [int(c) for c in path]


def _repair_paragraph(text: _Text, words: Sequence[tuple[int, int, str, float | None]], style_new: bool) -> dict[tuple[int, int], tuple[str, float | None, str]]:
    """(text, margin, reason) of the tokens that change or were weighed."""
    lattice, slots = _lattice(text, words)
    if len(lattice.first) == 1:
        return {}
    path, margins = decode(text.repairer.language_model, lattice)
    chosen = [(slot, int(lattice.word[path[slot.step]]) if slot.step >= 0 else DASH) for slot in slots]
    cases = _cases(text, chosen)
    out: dict[tuple[int, int], tuple[str, float | None, str]] = {}
    for (slot, number), case in zip(chosen, cases, strict=True):
        core = slot.parts.core
        if slot.what is Kind.SIGN and is_noise(core, slot.confidence):
            out[slot.line, slot.place] = ("", None, "noise")
        pair = glued(core) if slot.what in (Kind.CODE, Kind.MIXED) else None
        if pair and text.parted(core, slot.confidence) is not None:
            out[slot.line, slot.place] = (f"{slot.parts.lead}{pair[0]} {pair[2]}{slot.parts.trail}", None, "parted")
            continue
        if slot.what is Kind.CODE:
            code = fix_code(core, text.repairer.codes)
            if code != core:
                out[slot.line, slot.place] = (slot.parts.lead + code + slot.parts.trail, None, "code")
        if slot.what not in (Kind.WORD, Kind.MIXED):
            continue
        margin = float(margins[slot.step])
        if number == NOTHING:
            out[slot.line, slot.place] = ("", margin, "noise")
            continue
        surface, reason = core, ""
        if number >= len(SPECIALS):
            word = text.repairer.words[number]
            same = key(core) == word
            if same_but_y(key(core), word) or (len(core) == 1 and slot.parts.trail.startswith(")")):
                pass  # kì and kỳ are both right; `q)` names a list item
            elif not same:
                surface = in_case(new_tones(word) if style_new else word, case)
                reason = "misread"
            elif case_of(core) != case and (case_of(core) is not None or not core.isascii()):
                surface = in_case(core.lower(), case)
                reason = "case" if surface != core else ""
        elif number == UNKNOWN:
            surface = part_joined(core, text.repairer.codes)
            reason = "code" if surface != core else ""
        out[slot.line, slot.place] = (slot.parts.lead + surface + slot.parts.trail, margin, reason)
    return out


def repair_lines(lines: tuple[Line, ...], repairer: Repairer) -> tuple[Line, ...]:
    """The lines of a page or whole text, repaired. Same lines, same words; each keeps what was recognised."""
    tokens = [[nfc(w.recognised).replace("Ð", "Đ").replace("ð", "đ") for w in line.words] for line in lines]
    cores = [split(t).core for row in tokens for t in row]
    text = _Text(repairer, regime_of(cores))
    style_new = tone_style(" ".join(cores)) == "new"
    found: dict[tuple[int, int], tuple[str, float | None, str]] = {}
    for numbers in paragraphs([" ".join(row) for row in tokens]):
        words = [(n, i, t, w.confidence) for n in numbers for i, (t, w) in enumerate(zip(tokens[n], lines[n].words, strict=True))]
        if text.name != "light" and is_foreign((split(t).core for _, _, t, _ in words), repairer.folded):
            continue
        found |= _repair_paragraph(text, words, style_new)

    for n, number in roman_fixes(tokens).items():
        found[n, 0] = (number, None, "heading")
    for n, row in enumerate(tokens):
        for i, token in enumerate(row):
            before = row[i - 1] if i else ""
            unit = fix_unit(before, token)
            if unit != token:
                found[n, i] = (unit, None, "unit")
            elif i and torn(before, token):
                left, right = (found.get((n, k), (row[k],))[0] for k in (i - 1, i))
                found[n, i - 1], found[n, i] = (left + right, None, "joined"), ("", None, "joined")

    def word(n: int, i: int, old: Word) -> Word:
        new, margin, reason = found.get((n, i), (tokens[n][i], None, ""))
        return replace(old, text=new, margin=margin, reason=reason)

    return tuple(
        replace(line, words=tuple(word(n, i, w) for i, w in enumerate(line.words))) for n, line in enumerate(lines)
    )


def repair_text(text: str, repairer: Repairer) -> str:
    """The text repaired, its lines and form feeds kept."""
    pieces = text.replace("\f", "\n\f\n").split("\n")
    lines = tuple(
        Line(number=n, words=tuple(Word(text=t, recognised=t) for t in piece.split()))
        for n, piece in enumerate(pieces, 1)
    )
    repaired = repair_lines(lines, repairer)
    out = "\n".join("\f" if piece == "\f" else line.text for piece, line in zip(pieces, repaired, strict=True))
    return out.replace("\n\f\n", "\f")
