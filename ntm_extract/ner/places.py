"""Places: names after a word that says what they are ("xã", "các bản:"), lists included, and provinces named barely.

A name need not be in the gazetteer: reports name hamlets, and units that were dissolved long ago. One that is there is
cut at its right end ("MƯỜNG TÈ NĂM 2023") and gets the gazetteer's spelling in its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.attrs import LOWER
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token

from ntm_extract.gazetteer import Gazetteer, Level
from ntm_extract.ner.labels import PLACE
from ntm_extract.ner.lexicon import Lexicon
from ntm_extract.ner.terms import FOUND
from ntm_extract.text.folding import folded, lowered

LEVELS: dict[str, Level] = {"tỉnh": "tỉnh", "huyện": "huyện", "xã": "xã"}
CITY = "thành phố"
LONGEST = 5  # tokens of a name
BRACKET = 14  # tokens of a remark between two names of a list
PERSON = "Hồ Chí Minh"  # a province only where "thành phố" says so


def _spelt(words: Iterable[str]) -> str:
    """The words as a name, capitals made small but for the first."""
    return " ".join(word.capitalize() if word.isupper() and len(word) > 1 else word for word in words)


class PlaceRuler:
    """Adds a span for the bare name of every place; its key is "kind:name"."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self._provinces = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._kind_of: dict[tuple[int, ...], str] = {}  # by the words' keys in the vocabulary
        self._first: set[int] = set()

    def learn(self, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        """Take in the gazetteer and the words around names. Called once, before any text."""
        self._gazetteer, self._lexicon, words = gazetteer, lexicon, lexicon.places
        self._no_village = frozenset(map(folded, words.no_village))
        self._many = frozenset(map(folded, words.many))
        for kind, announced in words.announce.items():
            for phrase in announced:
                self._kind_of[self._keys(lowered(phrase))] = kind
                if kind != "bản":  # "ban", "lang" without marks are other words
                    self._kind_of[self._keys(folded(phrase))] = kind
        self._first = {phrase[0] for phrase in self._kind_of}
        for name in gazetteer.names("tỉnh"):
            if name != PERSON:
                self._provinces.add(name, [self.nlp.make_doc(name)])

    def __call__(self, doc: Doc) -> Doc:
        """Add what is found to the doc's span group."""
        spans = doc.spans[FOUND]
        words = doc.to_array(LOWER).tolist()
        for i, word in enumerate(words):
            if word in self._first:
                said = next((p for p in (tuple(words[i : i + 2]), (word,)) if p in self._kind_of), None)
                if said is not None:
                    spans.extend([*self._after(doc, doc[i], self._kind_of[said], len(said))])
        for match, start, end in self._provinces(doc):
            if all(t.text[0].isupper() for t in doc[start:end] if t.is_alpha):
                spans.append(Span(doc, start, end, label=PLACE, span_id=f"tỉnh:{self.nlp.vocab.strings[match]}"))
        return doc

    def _keys(self, phrase: str) -> tuple[int, ...]:
        return tuple(map(self.nlp.vocab.strings.add, phrase.split()))

    def _after(self, doc: Doc, token: Token, kind: str, size: int) -> Iterator[Span]:
        """Names after the announcing word of so many tokens that begins at the token."""
        before = doc[token.i - 1].norm_ if token.i else ""
        if (token.norm_ == "xa" and before == "thi") or (kind == "bản" and before in self._no_village):
            return
        start, many = self._start(doc, token.i + size, before in self._many or before.isdigit())
        at: int | None = start
        while at is not None and at < len(doc):
            span = self._name(doc, at, kind, many, at == start)
            if span is None:
                return
            yield span
            at = self._next(doc, span.end)

    @staticmethod
    def _start(doc: Doc, at: int, many: bool) -> tuple[int, bool]:
        """Where the first name begins, and whether a list is announced: "các xã gồm: …", "TP. …"."""
        if at < len(doc) and doc[at].text == "." and doc[at - 1].norm_ in ("tp", "tx"):
            at += 1
        says = at + 1 if at < len(doc) and doc[at].lower_ in ("gồm", "là") else at
        if says < len(doc) and doc[says].text == ":":
            return says + 1, True
        return (says if many else at), many

    def _name(self, doc: Doc, at: int, kind: str, many: bool, first: bool) -> Span | None:
        """The name that begins at token `at`, the longest known first; in a list, or first, also unknown ones."""
        end = at
        while end < len(doc) and end - at < LONGEST and self._fits(doc, at, end):
            end += 1
        stop = next((i for i in range(at, end) if not self._names(doc[i], i == at)), end)
        for known in range(end, at, -1):
            key = self._known(doc[at:known].text, kind)
            if key and not self._longer(doc, at, known, stop, kind):
                return Span(doc, at, known, label=PLACE, span_id=key)
            if key:
                break
        if not (many or first) or not self._plausible(doc, at, stop, kind, many):
            return None
        return Span(
            doc, at, stop, label=PLACE, span_id=f"{self._level('', kind)}:{_spelt(t.text for t in doc[at:stop])}"
        )

    def _longer(self, doc: Doc, at: int, known: int, stop: int, kind: str) -> bool:
        """Whether a name that no list has begins with one that a list has: "Tân Mỹ Khê" is not "Tân Mỹ"."""
        rest = doc[known:stop]
        if not len(rest) or kind == "tỉnh" or stop - at >= LONGEST or doc[at].text.isupper() != rest[0].text.isupper():
            return False
        return len(rest) == 1 or not self._known(rest.text, kind)

    def _known(self, name: str, kind: str) -> str:
        """Key of the unit with this name, "" if there is none.

        The key has the gazetteer's spelling where marks are missing, else that of the text: another one may be meant.
        """
        level = self._level(name, kind)
        units = self._gazetteer.find(name, LEVELS[level]) if level in LEVELS else ()
        if not units:
            return ""
        same = units[0].name.lower() == name.lower() or folded(name) == name.lower()
        return f"{level}:{units[0].name if same else _spelt(name.split())}"

    def _level(self, name: str, kind: str) -> str:
        """The kind, a city being what the gazetteer says: a province ("Hà Nội") or within one ("Yên Bái")."""
        if kind != CITY:
            return kind
        return "tỉnh" if any(unit.title == "Thành phố" for unit in self._gazetteer.find(name, "tỉnh")) else "huyện"

    def _plausible(self, doc: Doc, at: int, stop: int, kind: str, many: bool) -> bool:
        """Whether words that no list knows name a place: every province is known, a person is none."""
        size = stop - at
        if kind == "tỉnh" or not 0 < size < LONGEST:
            return False
        if size > 2 and not many and doc[at].lower_ in self._lexicon.family:  # "Chủ tịch UBND xã Lò Văn Páo"
            return False
        return size > 1 or (kind == "bản" and doc[at - 1].text != ":")  # "Cấp xã: Qua rà soát …"

    def _names(self, token: Token, first: bool) -> bool:
        """Whether the word can stand in an unknown name; one that begins a heading can only be its first."""
        if not token.text[0].isupper() or token.lower_ in self._lexicon.places.no_name:
            return False
        return first or token.lower_ not in self._lexicon.starters

    @staticmethod
    def _fits(doc: Doc, at: int, i: int) -> bool:
        """Whether token i can belong to a name that begins at `at`: a capital, a number at its end, a dash within."""
        text = doc[i].text
        if text in "-–'":
            return i > at and i + 1 < len(doc) and doc[i + 1].text[0].isupper()
        return (text[0].isupper() and (doc[i].is_alpha or "'" in text)) or (text.isdigit() and len(text) < 3)

    def _next(self, doc: Doc, at: int) -> int | None:
        """Where the list goes on after an item that ended at `at`, over a remark, comma or "và"; None if it ends."""
        if at < len(doc) and doc[at].text == "(":
            close = next((i for i in range(at, min(at + BRACKET, len(doc))) if doc[i].text == ")"), None)
            at = close + 1 if close is not None else at
        start = at
        while at < len(doc) and at - start < 2 and doc[at].text in self._lexicon.places.joins:
            at += 1
        return at if at < len(doc) and doc[at].text[0].isupper() else None
