"""Repair of one text: tokens to a lattice of candidates, the likeliest path through it, and back to words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from ntm_extract.model import Line, Word
from ntm_extract.repair.candidates import Candidates, Finder, Knowledge, case_of
from ntm_extract.repair.channel import build_lexicon
from ntm_extract.repair.codes import fix_code, fix_unit, is_abbreviation, part_joined, torn
from ntm_extract.repair.decoder import (
    BEGINS_TITLE,
    NOTHING,
    QUOTE_TITLE,
    CaseModel,
    Lattice,
    case_path,
    decode,
    in_case,
)
from ntm_extract.repair.headings import roman_numbers
from ntm_extract.repair.language_model import LanguageModel
from ntm_extract.repair.learning import Pairs, adapt
from ntm_extract.repair.names import Read, own_names, protection
from ntm_extract.repair.noise import crumb_cost, glued, is_noise
from ntm_extract.repair.paragraphs import paragraphs
from ntm_extract.repair.regimes import Regime, is_foreign, regime_of
from ntm_extract.repair.sureness import case_is_sure, need, trust
from ntm_extract.repair.tokens import (
    CODE_ID,
    DASH,
    NUMBER_ID,
    SPECIALS,
    STOP,
    UNKNOWN,
    Kind,
    Parts,
    key,
    kind,
    pause,
    split,
)
from ntm_extract.text.normal import fold, new_tones, nfc, one_d, tone_style

MEMO = 200_000  # tokens whose candidates are remembered
ADAPT_WORDS = 120  # fewer say too little of a noise
ADAPT_MARGIN = 2.0  # of a word that the channel may learn from
ADAPT_STRENGTH = 40.0  # observations of each letter that the shipped channel counts for

NAME = 1.0  # cost of reading a capitalised word otherwise, where the recogniser knows the marks: most are names

Place = tuple[int, int]  # line and word, from 0
_Y_TO_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


@dataclass(frozen=True)
class Repairer:
    """All that repair knows. Immutable; one object serves any number of texts. Built by edges.models.load_repairer."""

    words: tuple[str, ...]
    language_model: LanguageModel
    case_model: CaseModel
    regimes: Mapping[str, Regime]
    codes: Mapping[str, int]  # counts of the parts of codes: QĐ, UBND
    adapts: bool = True  # whether a ruined text teaches its own noise
    knowledge: Knowledge = field(init=False, repr=False)
    folded: Set[str] = field(init=False, repr=False)  # the syllables that have marks, without them
    memo: Mapping[str, dict[str, Candidates]] = field(init=False, repr=False, compare=False)
    """By regime, what was found for a token before: saves time, changes nothing."""

    def __post_init__(self) -> None:
        plain = [(word, i) for i, word in enumerate(self.words) if i >= len(SPECIALS)]
        number = {word: i for i, word in enumerate(self.words)}
        knowledge = Knowledge(self.words, number, build_lexicon(plain), self.language_model, self.case_model)
        object.__setattr__(self, "knowledge", knowledge)
        object.__setattr__(self, "folded", frozenset(fold(word) for word, _ in plain if not word.isascii()))
        object.__setattr__(self, "memo", {name: {} for name in self.regimes})

    def finder(self, regime: str) -> Finder:
        """A finder of candidates that shares what others found."""
        memo = self.memo[regime]
        if len(memo) > MEMO:
            memo.clear()
        return Finder(self.knowledge, self.regimes[regime], memo)


class _Token(NamedTuple):
    """A token of a paragraph: where it stands, what it is made of."""

    place: Place
    text: str
    confidence: float | None
    parts: Parts
    what: Kind
    protection: float = 0.0  # cost of reading it otherwise, as a name of the document
    abbreviation: bool = False  # a known one, which stays


class _Repaired(NamedTuple):
    """What becomes of a token."""

    text: str
    margin: float | None = None
    reason: str = ""


class _Choice(NamedTuple):
    """A token and the word decided for it (NOTHING: noise; specials: kept), with its margin if several were weighed."""

    token: _Token
    word: int
    margin: float | None


def _choose(finder: Finder, tokens: Sequence[_Token]) -> list[_Choice]:
    """Decode one paragraph."""
    first, word, cost = [0], [], []
    steps: list[int] = []  # of each token's word; -1 where it has none

    def add(words: NDArray[np.int32], costs: NDArray[np.float32]) -> None:
        word.append(words)
        cost.append(costs)
        first.append(first[-1] + len(words))

    def fixed(number: int) -> None:
        add(np.array([number], dtype=np.int32), np.zeros(1, dtype=np.float32))

    for token in tokens:
        what, core = token.what, token.parts.core
        steps.append(len(first) - 1)
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
            add(*_weighed(finder, token))
        after = pause(token.parts.trail)
        if after is not None:
            fixed(after)
    if len(first) == 1:
        return [_Choice(token, DASH, None) for token in tokens]
    lattice = Lattice(np.array(first, dtype=np.int32), np.concatenate(word), np.concatenate(cost))
    path, margins = decode(finder.knowledge.language_model, lattice)
    return [
        _Choice(token, int(lattice.word[path[at]]), float(margins[at])) if at >= 0 else _Choice(token, DASH, None)
        for token, at in zip(tokens, steps, strict=True)
    ]


def _weighed(finder: Finder, token: _Token) -> Candidates:
    """The candidates of a word with the recogniser's confidence laid on all but the word as read."""
    core = token.parts.core
    word, cost = finder.candidates(core)
    name = finder.regime.marks and token.what is Kind.WORD and core[0].isupper() and not core.isupper()
    if token.confidence is None and not name and not token.protection:
        return Candidates(word, cost)
    own = finder.knowledge.number.get(key(core), UNKNOWN) if token.what is Kind.WORD else CODE_ID
    doubt = finder.regime.trust * trust(token.confidence) + (NAME if name else 0.0) + token.protection
    cost = cost + np.float32(doubt) * (word != own)
    crumb = crumb_cost(core, token.confidence) if token.text == core else None
    if crumb is not None:
        word, cost = np.append(word, NOTHING), np.append(cost, crumb)
    return Candidates(word.astype(np.int32), cost.astype(np.float32))


def _cases(finder: Finder, chosen: Sequence[_Choice]) -> list[int]:
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


def same_but_y(one: str, other: str) -> bool:
    """Whether two spellings differ only in i and y: kì, kỳ."""
    return one != other and one.translate(_Y_TO_I) == other.translate(_Y_TO_I)


def _written(  # noqa: PLR0911
    repairer: Repairer, choice: _Choice, case: int, style_new: bool, marks: bool
) -> tuple[str, str]:
    """(core, reason) as the choice has it written."""
    token, core = choice.token, choice.token.parts.core
    if token.abbreviation:
        return core, ""
    if choice.word == UNKNOWN:
        joined = part_joined(core, repairer.codes)
        return joined, "code" if joined != core else ""
    if choice.word < len(SPECIALS):
        return core, ""
    word, read = repairer.words[choice.word], key(core)
    if same_but_y(read, word) or (len(core) == 1 and choice.token.parts.trail.startswith(")")):
        return core, ""  # kì and kỳ are both right; `q)` names a list item
    own = case_of(core)
    if marks and own is not None and case_is_sure(token.confidence):
        case = own  # such a recogniser tells capitals apart
    if read != word:
        lone = len(core) == 1 and core.isascii() and core.isupper()
        if marks and (lone or (choice.margin is not None and choice.margin <= need(core, token.confidence))):
            return core, ""
        return in_case(new_tones(word) if style_new else word, case), "misread"
    if own == case or (own is None and core.isascii()):
        return core, ""
    return in_case(core.lower(), case), "case"


def _rewrite(  # noqa: PLR0911
    repairer: Repairer, finder: Finder, choice: _Choice, case: int, style_new: bool
) -> _Repaired | None:
    """What becomes of a token, None if it is none of repair's business."""
    token = choice.token
    lead, core, trail = token.parts
    if token.what is Kind.SIGN:
        if core == "—" and not finder.regime.marks:
            return _Repaired("-", None, "dash")  # Độc lập - Tự do - Hạnh phúc
        return _Repaired("", None, "noise") if is_noise(core, token.confidence) else None
    if choice.word == NOTHING:
        return _Repaired("", choice.margin, "noise")
    if token.what in (Kind.CODE, Kind.MIXED) and finder.parted(core, token.confidence) is not None:
        left, _, right = glued(core) or ("", "", "")
        return _Repaired(f"{lead}{left} {right}{trail}", None, "parted")
    if token.what is Kind.CODE:
        code = finder.slashed(fix_code(core, repairer.codes), repairer.codes)
        return _Repaired(lead + code + trail, None, "code") if code != core else None
    if token.what is Kind.NUMBER:
        return None
    written, reason = _written(repairer, choice, case, style_new, finder.regime.marks)
    return _Repaired(lead + written + trail, choice.margin, reason)


def _own_pairs(finder: Finder, decided: Sequence[Sequence[_Choice]]) -> Pairs:
    """What the text itself tells of its noise: words decided with some certainty, and how they were read."""
    pairs: Pairs = []
    for chosen in decided:
        for choice, case in zip(chosen, _cases(finder, chosen), strict=True):
            if choice.word >= len(SPECIALS) and choice.margin is not None and choice.margin > ADAPT_MARGIN:
                word = in_case(finder.knowledge.words[choice.word], case)
                pairs.append((word, choice.token.parts.core, 1.0))
    return pairs


def _decide(repairer: Repairer, regime: str, texts: Sequence[Sequence[_Token]]) -> tuple[Finder, list[list[_Choice]]]:
    """Decode all paragraphs; a ruined text is decoded again under a channel moved towards its own noise."""
    finder = repairer.finder(regime)
    decided = [_choose(finder, tokens) for tokens in texts]
    if not repairer.adapts or finder.regime.marks or sum(len(t) for t in texts) < ADAPT_WORDS:
        return finder, decided
    own = adapt(finder.regime.channel, _own_pairs(finder, decided), ADAPT_STRENGTH, 1)
    finder = Finder(repairer.knowledge, finder.regime._replace(channel=own), {})
    return finder, [_choose(finder, tokens) for tokens in texts]


def _tokens(lines: Sequence[Line]) -> tuple[list[list[str]], dict[Place, _Repaired]]:
    """The tokens of each line, with misread units already put right, and which these are."""
    read = [[nfc(w.recognised) for w in line.words] for line in lines]
    rows = [[one_d(token) for token in row] for row in read]
    found: dict[Place, _Repaired] = {}
    for n, row in enumerate(rows):
        for i, token in enumerate(row):
            row[i] = fix_unit(row[i - 1] if i else "", token)
            if row[i] != token:
                found[n, i] = _Repaired(row[i], None, "unit")
    return rows, found


def _token(repairer: Repairer, regime: str, place: Place, text: str, confidence: float | None) -> _Token:
    parts = split(text)
    known = is_abbreviation(parts.core, repairer.codes, marks=repairer.regimes[regime].marks)
    return _Token(place, text, confidence, parts, kind(parts.core), abbreviation=known)


def _protected(texts: Sequence[Sequence[_Token]]) -> list[list[_Token]]:
    """The paragraphs with what the document's own names are protected by."""
    read = [[Read(token.parts, token.confidence) for token in text] for text in texts]
    names = own_names(read)
    return [
        [token._replace(protection=cost) for token, cost in zip(text, protection(seen, names), strict=True)]
        for text, seen in zip(texts, read, strict=True)
    ]


def repair_lines(lines: tuple[Line, ...], repairer: Repairer) -> tuple[Line, ...]:
    """The lines of a whole document (or a page), repaired. Same lines, same words; each keeps what was recognised."""
    rows, found = _tokens(lines)
    cores = [split(t).core for row in rows for t in row]
    regime = regime_of(cores)
    texts = []
    for numbers in paragraphs([" ".join(row) for row in rows]):
        places = [(n, i) for n in numbers for i in range(len(rows[n]))]
        tokens = [(p, rows[p[0]][p[1]], lines[p[0]].words[p[1]].confidence) for p in places]
        text = [_token(repairer, regime, *token) for token in tokens]
        if regime == "light" or not is_foreign((t.parts.core for t in text), repairer.folded):
            texts.append(text)
    if repairer.regimes[regime].marks:
        texts = _protected(texts)
    style_new = tone_style(" ".join(cores)) == "new"
    finder, decided = _decide(repairer, regime, texts)
    for chosen in decided:
        for choice, case in zip(chosen, _cases(finder, chosen), strict=True):
            new = _rewrite(repairer, finder, choice, case, style_new)
            if new is not None and choice.token.place not in found:
                found[choice.token.place] = new
    for (n, i), number in roman_numbers(rows).items():
        found[n, i] = _Repaired(number, None, "heading" if number != rows[n][i] else "")
    for n, row in enumerate(rows):
        for i in range(1, len(row)):
            if torn(row[i - 1], row[i]):
                left, right = (found.get((n, k), _Repaired(row[k])).text for k in (i - 1, i))
                found[n, i - 1], found[n, i] = _Repaired(left + right, None, "joined"), _Repaired("", None, "joined")

    def word(n: int, i: int, old: Word) -> Word:
        new = found.get((n, i), _Repaired(rows[n][i]))
        if not new.reason and one_d(old.recognised) != old.recognised:
            new = new._replace(reason="letter")
        return replace(old, text=new.text, margin=new.margin, reason=new.reason)

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
