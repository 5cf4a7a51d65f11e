"""Repair of one text: its regime, its noise and names, and the words of each paragraph put back in their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from msgspec.structs import replace

from ntm_extract.model import Line, Word
from ntm_extract.repair.candidates import Candidates, Finder, Knowledge
from ntm_extract.repair.channel import build_lexicon
from ntm_extract.repair.choosing import Choice, Place, Token, cases, choose
from ntm_extract.repair.codes import fix_unit, is_abbreviation, torn
from ntm_extract.repair.decoder import CaseModel, in_case
from ntm_extract.repair.headings import roman_numbers
from ntm_extract.repair.language_model import LanguageModel
from ntm_extract.repair.learning import Pairs, adapt
from ntm_extract.repair.names import Read, own_names, protection
from ntm_extract.repair.noise import begins_item
from ntm_extract.repair.paragraphs import paragraphs
from ntm_extract.repair.regimes import Regime, is_foreign, regime_of
from ntm_extract.repair.tokens import SPECIALS, kind, split
from ntm_extract.repair.writing import Repaired, rewrite
from ntm_extract.text.normal import fold, nfc, one_d, tone_style

MEMO = 200_000  # tokens whose candidates are remembered
ADAPT_WORDS = 120  # fewer say too little of a noise
ADAPT_MARGIN = 2.0  # of a word that the channel may learn from
ADAPT_STRENGTH = 40.0  # observations of each letter that the shipped channel counts for


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


def _own_pairs(finder: Finder, decided: Sequence[Sequence[Choice]]) -> Pairs:
    """What the text itself tells of its noise: words decided with some certainty, and how they were read."""
    pairs: Pairs = []
    for chosen in decided:
        for choice, case in zip(chosen, cases(finder, chosen), strict=True):
            if choice.word >= len(SPECIALS) and choice.margin is not None and choice.margin > ADAPT_MARGIN:
                word = in_case(finder.knowledge.words[choice.word], case)
                pairs.append((word, choice.token.parts.core, 1.0))
    return pairs


def _decide(repairer: Repairer, regime: str, texts: Sequence[Sequence[Token]]) -> tuple[Finder, list[list[Choice]]]:
    """Decode all paragraphs; a ruined text is decoded again under a channel moved towards its own noise."""
    finder = repairer.finder(regime)
    decided = [choose(finder, tokens) for tokens in texts]
    if not repairer.adapts or finder.regime.marks or sum(len(t) for t in texts) < ADAPT_WORDS:
        return finder, decided
    own = adapt(finder.regime.channel, _own_pairs(finder, decided), ADAPT_STRENGTH, 1)
    finder = Finder(repairer.knowledge, finder.regime._replace(channel=own), {})
    return finder, [choose(finder, tokens) for tokens in texts]


def _tokens(lines: Sequence[Line]) -> tuple[list[list[str]], dict[Place, Repaired]]:
    """The tokens of each line, with misread units already put right, and which these are."""
    read = [[nfc(w.recognised) for w in line.words] for line in lines]
    rows = [[one_d(token) for token in row] for row in read]
    found: dict[Place, Repaired] = {}
    for n, row in enumerate(rows):
        if begins_item(row):
            row[0] = "-"
            found[n, 0] = Repaired("-", None, "dash")
        for i, token in enumerate(row):
            row[i] = fix_unit(row[i - 1] if i else "", token)
            if row[i] != token:
                found[n, i] = Repaired(row[i], None, "unit")
    return rows, found


def _token(repairer: Repairer, regime: str, place: Place, text: str, confidence: float | None) -> Token:
    parts = split(text)
    known = is_abbreviation(parts.core, repairer.codes, marks=repairer.regimes[regime].marks)
    return Token(place, text, confidence, parts, kind(parts.core), abbreviation=known)


def _protected(texts: Sequence[Sequence[Token]]) -> list[list[Token]]:
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
        for choice, case in zip(chosen, cases(finder, chosen), strict=True):
            new = rewrite(finder, repairer.codes, choice, case, style_new)
            if new is not None and choice.token.place not in found:
                found[choice.token.place] = new
    for (n, i), number in roman_numbers(rows).items():
        found[n, i] = Repaired(number, None, "heading" if number != rows[n][i] else "")
    for n, row in enumerate(rows):
        for i in range(1, len(row)):
            if torn(row[i - 1], row[i]):
                left, right = (found.get((n, k), Repaired(row[k])).text for k in (i - 1, i))
                found[n, i - 1], found[n, i] = Repaired(left + right, None, "joined"), Repaired("", None, "joined")

    def word(n: int, i: int, old: Word) -> Word:
        new = found.get((n, i), Repaired(rows[n][i]))
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
