"""Sentences with their entities to train the entity component on: filled templates, weakly labelled paragraphs, damage.

The names of templates come from the gazetteer, from ner.toml and from chance; the labels of paragraphs from the rulers
of the package and a few patterns for persons and indicators. What these can't settle is marked as unknown.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from spacy.language import Language

from ntm_extract.gazetteer import Level
from ntm_extract.knowledge import Knowledge
from ntm_extract.ner.labels import INDICATOR, LAW, ORG, PERSON, PLACE, PROGRAMME, SOURCE
from ntm_extract.repair.channel import LETTERS, Channel

SLOT = re.compile(r"\{(\w+)\}")
LABEL_OF = {"xa": PLACE, "huyen": PLACE, "tinh": PLACE, "ban": PLACE, "nguoi": PERSON, "coquan": ORG, "luat": LAW}
LABEL_OF |= {"ct": PROGRAMME, "nguon": SOURCE, "chitieu": INDICATOR}
TITLE = r"[^\W\d_a-zà-ỹđ][a-zà-ỹđ']*"
PERSON_SAID = re.compile(rf"(?<!\w)(?:[ÔôĐđBbAaCc](?:ng|ồng chí|à|nh|hị)) ((?:{TITLE} ){{1,3}}{TITLE})(?!\w)")
PERSON_LIKE = re.compile(rf"(?<!\w)({TITLE}(?: {TITLE}){{1,4}})(?!\w)")
INDICATOR_SAID = re.compile(
    r"(?<!\w)(?:[Tt]ỷ lệ|[Tt]hu nhập bình quân|[Ss]ố tiêu chí bình quân|[Bb]ình quân tiêu chí|[Gg]iá trị sản xuất|"
    r"[Nn]ăng suất|[Tt]ổng sản lượng|[Đđ]ộ che phủ)[^.;:,()\d]{0,80}?"
    r"(?=\s(?:đạt|là|còn|ước|giảm|tăng|chiếm|lên|xuống|từ|trên|dưới)(?!\w)|\s?:|\s\(?\d)"
)
INDICATOR_LIKE = re.compile(
    r"(?<!\w)(?:[Tt]ỷ lệ|[Bb]ình quân|[Nn]ăng suất|[Ss]ản lượng|[Gg]iá trị|[Ss]ố|[Dd]iện tích)(?: [^\s.;:]+){1,9}"
)
CLAUSE = re.compile(r"(?<=[;.])\s+(?=\S)")


class Labelled(NamedTuple):
    """A text, its entities (start, end, label), and stretches (start, end) of which nothing is known."""

    text: str
    spans: list[tuple[int, int, str]]
    unknown: list[tuple[int, int]]


class Damage:
    """What a recogniser does to letters by a channel: each letter is misread or lost at a rate; never a digit."""

    def __init__(self, channel: Channel) -> None:
        self.signs = channel.signs
        likely = np.exp(-channel.one_one.astype(np.float64))
        for t, letter in enumerate(LETTERS):
            if letter in self.signs:
                likely[t, self.signs.index(letter)] = 0.0
        likely[:, -1] = 0.0  # any other sign
        likely[:, [i for i, sign in enumerate(self.signs) if sign.isdigit() or sign.isspace()]] = 0.0
        lost = np.exp(-channel.one_none.astype(np.float64))
        likely = np.concatenate([likely, lost[:, None]], axis=1)
        self.steps = np.cumsum(likely / np.maximum(likely.sum(axis=1, keepdims=True), 1e-12), axis=1)

    def __call__(self, given: Labelled, rate: float, rng: random.Random) -> Labelled:
        """The text with letters misread, its spans moved along. Spans of which nothing is left are dropped."""
        at, out = [0], []
        for letter in given.text:
            read = letter
            t = LETTERS.find(letter)
            if t >= 0 and rng.random() < rate:
                s = int(np.searchsorted(self.steps[t], rng.random()))
                read = self.signs[s] if s < len(self.signs) else ""
            out.append(read)
            at.append(at[-1] + len(read))
        spans = [(at[a], at[b], label) for a, b, label in given.spans if at[a] < at[b]]
        return Labelled("".join(out), spans, [(at[a], at[b]) for a, b in given.unknown])


class Writer:
    """Fills templates. `without` are names that must not appear (those of the sentences that are scored)."""

    def __init__(self, words: Path, knowledge: Knowledge, without: frozenset[str], rng: random.Random) -> None:
        if knowledge.gazetteer is None:
            raise ValueError("the gazetteer is missing")
        self.words = tomllib.loads(words.read_text(encoding="utf-8"))
        self.rng, self.lexicon = rng, knowledge.lexicon
        self.without = without
        levels: tuple[tuple[str, Level], ...] = (("xa", "xã"), ("huyen", "huyện"), ("tinh", "tỉnh"))
        names = knowledge.gazetteer.names
        self.units = {slot: [name for name in names(level) if name not in without] for slot, level in levels}
        self.listed = {"nguon": "sources", "chitieu": "indicators"}
        self.made: dict[str, Callable[[random.Random], str]] = {
            "ban": self._hamlet,
            "nguoi": self._person,
            "coquan": self._organisation,
            "luat": self._law,
            "ct": self._programme,
            "so": self._figure,
            "pt": self._share,
            "tien": self._money,
            "nam": self._year,
        }
        pairs = [name.split() for name in self.units["xa"] if name.replace(" ", "").isalpha() and name.count(" ") == 1]
        self.firsts, self.seconds = [p[0] for p in pairs], [p[1] for p in pairs]

    def sentence(self) -> Labelled:
        """One to three filled templates in a row."""
        text, spans = "", []
        for _ in range(self.rng.choice((1, 1, 2, 3))):
            filled = self._filled(self.rng.choice(self.words["templates"]))
            shift = len(text)
            text += filled.text + " "
            spans += [(a + shift, b + shift, label) for a, b, label in filled.spans]
        if self.rng.random() < 0.04 and len(text.upper()) == len(text):
            text = text.upper()
        return Labelled(text.rstrip(), spans, [])

    def _filled(self, template: str) -> Labelled:
        text, spans, last = "", [], 0
        for slot in SLOT.finditer(template):
            text += template[last : slot.start()]
            value = self.value(slot.group(1))
            label = LABEL_OF.get(slot.group(1))
            if label is not None:
                spans.append((len(text), len(text) + len(value), label))
            text += value
            last = slot.end()
        text += template[last:]
        return Labelled(text[0].upper() + text[1:], spans, [])

    def value(self, slot: str) -> str:
        """What a slot is filled with; never a name of `without`."""
        while True:
            value = self._value(slot)
            if value not in self.without:
                return value

    def _value(self, slot: str) -> str:
        pick, rng, words = self.rng.choice, self.rng, self.words
        if slot in self.units:
            return pick(self.units[slot])
        if slot in self.listed:
            return str(pick(words[self.listed[slot]]))
        return self.made[slot](rng)

    def _figure(self, rng: random.Random) -> str:
        return rng.choice((str(rng.randint(1, 30)), f"{rng.randint(1, 9):02}", str(rng.randint(30, 999))))

    def _share(self, rng: random.Random) -> str:
        return f"{rng.randint(1, 99)},{rng.randint(0, 99)}%" if rng.random() < 0.6 else f"{rng.randint(1, 100)}%"

    def _money(self, rng: random.Random) -> str:
        amount = f"{rng.randint(1, 900)}{rng.choice(('', ',5', '.250'))}"
        return f"{amount} {rng.choice(('triệu đồng', 'tỷ đồng', 'triệu', 'tỷ'))}"

    def _year(self, rng: random.Random) -> str:
        return str(rng.randint(2010, 2026))

    def _hamlet(self, rng: random.Random) -> str:
        parts = [rng.choice(self.firsts), rng.choice(self.seconds)]
        kind = rng.random()
        extra = [rng.choice(self.seconds)] if kind < 0.12 else [str(rng.randint(1, 12))] if kind < 0.2 else []
        return " ".join(parts + extra)

    def _organisation(self, rng: random.Random) -> str:
        office = rng.choice(self.lexicon.offices) + " " if rng.random() < 0.25 else ""
        return " ".join(f"{office}{rng.choice(self.words['organisations'])} {rng.choice(self.words['levels'])}".split())

    def _programme(self, rng: random.Random) -> str:
        pick, words = rng.choice, self.words
        quoted = pick(('"{}"', "“{}”", "{}")).format(pick(words["programme_quotes"]))
        number = pick(("135", "30a", "134", "167", "327", "1956", "661", "61", "825", "01", "3/2022", "2085"))
        return str(pick(words["programmes"])).format(q=quoted, n=number, t=pick(words["programme_topics"]))

    def _person(self, rng: random.Random) -> str:
        pick, words = rng.choice, self.words
        if rng.random() < 0.12:
            name = f"{pick(words['highland'])} {pick(words['highland_given'])}"
        else:
            family = pick(self.lexicon.families) if rng.random() < 0.9 else pick(self.firsts)
            name = " ".join(f"{family} {pick(words['middles'])} {pick(words['given'])}".split())
        return name.upper() if rng.random() < 0.05 else name

    def _law(self, rng: random.Random) -> str:
        pick = rng.choice
        if rng.random() < 0.2:
            return f"Luật {pick(self.lexicon.laws)}"
        kind = pick([k for k in self.lexicon.kinds if k.code])
        body = pick(("UBND", "TTg", "CP", "HĐND", "BCĐ", "TU", "BNNPTNT", "SNN", "VPĐP", "HU", "BTC"))
        year = f"/{rng.randint(2010, 2025)}" if rng.random() < 0.35 else ""
        return f"{kind.name} {pick(('số ', 'số ', 'số: ', ''))}{rng.randint(1, 4000)}{year}/{pick(kind.code)}-{body}"


def weak(paragraphs: Sequence[str], nlp: Language, writer: Writer, rng: random.Random) -> Iterator[Labelled]:
    """Paragraphs labelled by the rulers and patterns; half of their places and persons are given other names."""
    families = frozenset(writer.lexicon.families)
    for doc in nlp.pipe(paragraphs):
        text = doc.text
        spans = [(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in (PLACE, ORG, LAW, PROGRAMME)]
        unknown = [(e.start_char, e.end_char) for e in doc.ents if e.label_ == SOURCE]
        for e in doc.ents:
            if e.label_ == SOURCE and e.text.lower().startswith(("ngân sách", "nst", "nsh", "nsx")):
                spans.append((e.start_char, e.end_char, SOURCE))
        for match in PERSON_LIKE.finditer(text):
            words = match.group(1).split()
            if words[0] in families and len(words) in (3, 4) and _free(match.span(1), spans):
                spans.append((*match.span(1), PERSON))
        spans += [(*m.span(1), PERSON) for m in PERSON_SAID.finditer(text) if _free(m.span(1), spans)]
        spans += [(*m.span(), INDICATOR) for m in INDICATOR_SAID.finditer(text) if _free(m.span(), spans)]
        for pattern in (PERSON_LIKE, INDICATOR_LIKE):
            unknown += [m.span() for m in pattern.finditer(text) if _free(m.span(), spans)]
        unknown = [u for u in unknown if _free(u, spans)]
        yield _renamed(Labelled(text, sorted(spans), unknown), writer, rng)


def _free(span: tuple[int, int], spans: Sequence[tuple[int, int, str]]) -> bool:
    return not any(a < span[1] and span[0] < b for a, b, _ in spans)


def _renamed(given: Labelled, writer: Writer, rng: random.Random) -> Labelled:
    """Other names for half of the places and persons."""
    moves: list[tuple[int, int]] = []  # (character, by how much what begins there or later moves)
    out, last, spans = "", 0, []
    for a, b, label in given.spans:
        old = given.text[a:b]
        out += given.text[last:a]
        slot = {PLACE: "ban", PERSON: "nguoi"}.get(label)
        new = writer.value(slot) if slot and not old.isupper() and rng.random() < 0.5 else old
        spans.append((len(out), len(out) + len(new), label))
        out += new
        moves.append((b, len(new) - len(old)))
        last = b
    out += given.text[last:]
    unknown = [(a + (d := sum(by for at, by in moves if at <= a)), b + d) for a, b in given.unknown]
    return Labelled(out, spans, unknown)
