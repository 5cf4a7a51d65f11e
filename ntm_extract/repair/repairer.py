"""Repair of one text: its regime, its noise and names, and the words of each paragraph put back in their lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from dataclasses import replace as dc_replace
from functools import partial
from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace

from ntm_extract.model import Line, Word
from ntm_extract.repair.abbreviations import Definition, definitions, fits, is_short, spelled
from ntm_extract.repair.adapting import STRENGTH, decide, own_pairs
from ntm_extract.repair.candidates import Candidates, Finder, Knowledge, case_shares, rareness
from ntm_extract.repair.channel import build_lexicon
from ntm_extract.repair.choosing import Edge, Place, Token, cases, closed
from ntm_extract.repair.codes import fix_unit, is_abbreviation, is_numeral, torn_code
from ntm_extract.repair.decoder import CaseModel
from ntm_extract.repair.headings import number_labels, roman_numbers
from ntm_extract.repair.joining import torn_onsets, torn_words
from ntm_extract.repair.language_model import LanguageModel
from ntm_extract.repair.learning import Pairs, adapt
from ntm_extract.repair.names import NO_PLACES, Names, Places, Read, own_names, protection
from ntm_extract.repair.noise import begins_item, cleaned, edge_noise, ends, pieces
from ntm_extract.repair.paragraphs import paragraphs
from ntm_extract.repair.regimes import Regime, is_foreign, regimes_of
from ntm_extract.repair.settling import settled
from ntm_extract.repair.tokens import SPECIALS, Kind, kind, split
from ntm_extract.repair.writing import Rewritten, joined, rewrite
from ntm_extract.text.normal import fold, nfc, one_d, tone_style

MEMO = 50_000  # tokens whose candidates are remembered


@dataclass(frozen=True)
class Repairer:
    """All that repair knows. Immutable; one object serves any number of texts. Built by edges.models.load_repairer."""

    words: tuple[str, ...]
    language_model: LanguageModel
    case_model: CaseModel
    regimes: Mapping[str, Regime]
    codes: Mapping[str, int]  # counts of the parts of codes: QĐ, UBND
    places: Places = NO_PLACES  # the listed units: pairs of words of their names stay as read
    adapts: bool = True  # whether a ruined text teaches its own noise
    knowledge: Knowledge = field(init=False, repr=False)
    folded: Set[str] = field(init=False, repr=False)  # the syllables that have marks, without them
    memo: Mapping[str, dict[str, Candidates]] = field(init=False, repr=False, compare=False)
    """By regime, what was found for a token before: saves time, changes nothing."""

    def __post_init__(self) -> None:
        plain = [(word, i) for i, word in enumerate(self.words) if i >= len(SPECIALS)]
        number = {word: i for i, word in enumerate(self.words)}
        knowledge = Knowledge(
            words=self.words,
            number=number,
            lexicon=build_lexicon(plain),
            language_model=self.language_model,
            case_model=self.case_model,
            codes=self.codes,
            places=self.places,
            rareness=rareness(self.language_model),
            case_shares=case_shares(self.case_model),
        )
        object.__setattr__(self, "knowledge", knowledge)
        object.__setattr__(self, "folded", frozenset(fold(word) for word, _ in plain if not word.isascii()))
        object.__setattr__(self, "memo", {name: {} for name in self.regimes})

    def finder(self, regime: str) -> Finder:
        """A finder of candidates that shares what others found."""
        memo = self.memo[regime]
        if len(memo) > MEMO:
            memo.clear()
        return Finder(self.knowledge, self.regimes[regime], memo)


class _Document(NamedTuple):
    """A document made ready to be decided."""

    lines: tuple[Line, ...]
    rows: list[list[str]]  # the tokens of each line; of a word that was torn the second half is ""
    ruled: dict[Place, Rewritten]  # what rules have settled before
    regimes: list[str]  # of each line
    defined: list[Definition]
    ends: list[tuple[int, int]]  # of each line, the first and the last token that is no speck
    noise: float  # at the ends of lines


def _document(lines: tuple[Line, ...], repairer: Repairer) -> _Document:
    rows, ruled = _tokens(lines)
    regimes = regimes_of([[split(token).core for token in row] for row in rows])
    for n, row in enumerate(rows):
        marks = repairer.regimes[regimes[n]].marks
        torn = torn_words(row, repairer.knowledge.number, repairer.language_model) if marks else torn_onsets(row)
        for i in torn:
            row[i], row[i + 1] = row[i] + row[i + 1], ""
            ruled[n, i], ruled[n, i + 1] = Rewritten(row[i], None, "joined"), Rewritten("", None, "joined")
    return _Document(lines, rows, ruled, regimes, definitions(rows), list(map(ends, rows)), edge_noise(rows))


def _tokens(lines: Sequence[Line]) -> tuple[list[list[str]], dict[Place, Rewritten]]:
    """The tokens of each line, with misread units already put right, and which these are."""
    read = [[nfc(w.recognised) for w in line.words] for line in lines]
    rows = [[one_d(token) for token in row] for row in read]
    found: dict[Place, Rewritten] = {}
    for n, row in enumerate(rows):
        if begins_item(row):
            row[0] = "-"
            found[n, 0] = Rewritten("-", None, "dash")
        for i, token in enumerate(row):
            row[i] = fix_unit(row[i - 1] if i else "", token)
            if row[i] != token:
                found[n, i] = Rewritten(row[i], None, "unit")
    return rows, found


def _token(repairer: Repairer, document: _Document, place: Place, text: str) -> Token:
    regime = document.regimes[place[0]]
    parts = split(text)
    specks = repairer.regimes[regime].specks
    if specks and kind(parts.core) in (Kind.WORD, Kind.MIXED):
        parts = cleaned(parts)
    marks = repairer.regimes[regime].marks
    known = is_abbreviation(parts.core, repairer.codes, marks=marks) or is_numeral(parts.core, marks=marks)
    known = known or (is_short(parts.core) and any(fits(parts.core, one.letters) for one in document.defined))
    confidence = document.lines[place[0]].words[place[1]].confidence
    first, last = document.ends[place[0]]
    edge = Edge.LEFT if place[1] <= first else Edge.RIGHT if place[1] >= last else Edge.NONE
    noise = document.noise if specks and edge is not Edge.NONE else 0.0
    return Token(place, text, confidence, parts, kind(parts.core), 0.0, known, edge, noise)


def _protected(texts: Sequence[Sequence[Token]], listed: Names) -> list[list[Token]]:
    """The paragraphs with what the document's own names, and those of listed units, are protected by."""
    read = [[Read(token.parts, token.confidence) for token in text] for text in texts]
    names = own_names(read) | listed
    return [
        [
            token._replace(protection=cost) if cost else token
            for token, cost in zip(text, protection(seen, names), strict=True)
        ]
        for text, seen in zip(texts, read, strict=True)
    ]


def _within(row: Sequence[str], ends: tuple[int, int]) -> Sequence[str]:
    """A line without the specks at its ends, by which no paragraph is known."""
    return row[ends[0] : ends[1] + 1]


def _texts(repairer: Repairer, document: _Document) -> dict[str, list[list[Token]]]:
    """The paragraphs of the document, parted where the regime changes, by their regime."""
    texts: dict[str, list[list[Token]]] = {}
    rows = document.rows
    clean = map(_within, rows, document.ends) if document.noise else rows
    for numbers in paragraphs([" ".join(row) for row in clean]):
        for regime, part in groupby(numbers, key=document.regimes.__getitem__):
            places = [(n, i) for n in part for i in range(len(rows[n])) if rows[n][i]]
            specks = repairer.regimes[regime].specks
            text = [
                _token(repairer, document, (n, i), piece)
                for n, i in places
                for piece in (pieces(rows[n][i]) if specks else (rows[n][i],))
            ]
            if regime == "light" or not is_foreign((t.parts.core for t in text), repairer.folded):
                texts.setdefault(regime, []).append(text)
    made: dict[str, list[list[Token]]] = {}
    for name, own in texts.items():
        knows = repairer.regimes[name]
        made[name] = _protected(own, repairer.places.pairs) if knows.marks else closed(own) if knows.specks else own
    return made


def own_noise(lines: tuple[Line, ...], repairer: Repairer) -> dict[str, Pairs]:
    """What a document tells of its noise, by the regime that its passages were decided under."""
    texts = _texts(repairer, _document(lines, repairer))
    return {r: own_pairs(*decide(repairer.finder(r), own, adapts=True)) for r, own in texts.items()}


def frozen(repairer: Repairer, noise: Iterable[Mapping[str, Pairs]]) -> Repairer:
    """The repairer with its channels moved to what many documents told of their noise (see own_noise).

    The channel for readings with marks stays: such readings are mostly right, and their own decisions teach nothing.
    """
    told: dict[str, Pairs] = {name: [] for name, regime in repairer.regimes.items() if not regime.marks}
    for one in noise:
        for name in told:
            told[name] += one.get(name, [])
    regimes = {
        name: r._replace(channel=adapt(r.channel, told[name], STRENGTH)) if told.get(name) else r
        for name, r in repairer.regimes.items()
    }
    return dc_replace(repairer, regimes=regimes)


def repair_lines(lines: tuple[Line, ...], repairer: Repairer) -> tuple[Line, ...]:
    """The lines of a whole document (or a page), repaired. Same lines, same words; each keeps what was recognised.

    Text alone is repaired until it stays; recognised words, whose confidences would not go with their text, once.
    """
    if any(word.confidence is not None for line in lines for word in line.words):
        return _pass(lines, repairer)
    return settled(lines, partial(_pass, repairer=repairer))


def _pass(lines: tuple[Line, ...], repairer: Repairer) -> tuple[Line, ...]:
    document = _document(lines, repairer)
    rows = document.rows
    style_new = tone_style(" ".join(split(token).core for row in rows for token in row)) == "new"
    made: dict[Place, Rewritten] = {}
    for regime, own in _texts(repairer, document).items():
        finder, decided = decide(repairer.finder(regime), own, adapts=repairer.adapts)
        for chosen in decided:
            for choice, case in zip(chosen, cases(finder, chosen), strict=True):
                new = rewrite(finder, choice, case, style_new)
                if new is None and choice.token.text != rows[choice.token.place[0]][choice.token.place[1]]:
                    new = Rewritten(choice.token.text)  # beside another part of its word
                if new is not None:
                    made[choice.token.place] = joined(made.get(choice.token.place), new)
    found = made | {place: ruled.after(made.get(place)) for place, ruled in document.ruled.items()}
    marks = [repairer.regimes[regime].marks for regime in document.regimes]
    written = {place: found[place].text for one in document.defined for place in one.words if place in found}
    for place, text in spelled(rows, document.defined, written, marks):
        found[place] = Rewritten(text, None, "abbreviation")
    for (n, i), number in roman_numbers(rows).items():
        found[n, i] = Rewritten(number, None, "heading" if number != rows[n][i] else "")
    for (n, i), label in number_labels(rows).items():
        if not marks[n]:
            found[n, i] = Rewritten(label, None, "heading")
    for n, row in enumerate(rows):
        for i in range(1, len(row)):
            if torn_code(row[i - 1], row[i]):
                left, right = (found.get((n, k), Rewritten(row[k])).text for k in (i - 1, i))
                found[n, i - 1], found[n, i] = Rewritten(left + right, None, "joined"), Rewritten("", None, "joined")

    def word(n: int, i: int, old: Word) -> Word:
        text, margin, reason = found.get((n, i)) or Rewritten(rows[n][i])
        if text == old.recognised and reason != "digits":
            reason = ""
        elif not reason:
            reason = "letter"  # Unicode form, eth for Đ
        return replace(old, text=text, margin=margin, reason=reason)

    return tuple(
        replace(line, words=tuple(word(n, i, w) for i, w in enumerate(line.words))) for n, line in enumerate(lines)
    )
