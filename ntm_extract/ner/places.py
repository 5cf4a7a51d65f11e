"""Places: names after a word that says what they are ("xã", "các bản:"), lists included, and provinces named barely.

A name need not be in the gazetteer: reports name hamlets, and units that were dissolved long ago. One that is there is
cut at its right end ("MƯỜNG TÈ NĂM 2023") and gets the gazetteer's spelling in its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token

from ntm_extract.gazetteer import Gazetteer, Level
from ntm_extract.ner.labels import PLACE
from ntm_extract.ner.terms import FOUND
from ntm_extract.text.folding import folded

TRIGGERS: dict[tuple[str, ...], str] = {
    ("tỉnh",): "tỉnh", ("huyện",): "huyện", ("quận",): "huyện", ("thị", "xã"): "huyện", ("thành", "phố"): "tỉnh",
    ("tp",): "tỉnh", ("tx",): "huyện", ("xã",): "xã", ("phường",): "xã", ("thị", "trấn"): "xã", ("đặc", "khu"): "xã",
    ("bản",): "bản", ("thôn",): "bản", ("buôn",): "bản", ("ấp",): "bản", ("làng",): "bản", ("xóm",): "bản", ("khóm",): "bản",
}  # fmt: skip
UNMARKED = {tuple(map(folded, words)): kind for words, kind in TRIGGERS.items() if kind != "bản"}
LEVELS: dict[str, Level] = {"tỉnh": "tỉnh", "huyện": "huyện", "xã": "xã"}
NOT_NAMES = frozenset(
    ["ủy", "uỷ", "đoàn", "đội", "hội", "năm", "giai", "nông", "do", "và", "trên", "địa", "của", "số", "thực", "về", "theo", "i", "ii", "iii", "iv", "v", "vi", "vii", "ntm", "kiểu", "nâng", "đạt", "có", "chuẩn", "trung", "ương", "khi", "để", "được", "từ", "đến", "nhà", "các", "này", "là"]
)  # what follows a trigger in capitals without being a name: "Huyện ủy", "XÃ HỘI", "xã NTM"
NOT_VILLAGES = frozenset(
    ["nong", "van", "co", "bien", "phien", "tai", "dich", "nguyen", "can", "nhu", "ke"]
)  # văn bản, cơ bản, kịch bản, kết làng
MANY = frozenset(["cac", "nhung", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi", "gom"])
JOINS = frozenset([",", ";", "và", "&", "+", "-", "–"])
LONGEST = 5


class PlaceRuler:
    """Adds a span for the bare name of every place; its key is "kind:name"."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self._gazetteer: Gazetteer | None = None
        self._families: frozenset[str] = frozenset()
        self._provinces = PhraseMatcher(nlp.vocab, attr="LOWER")
        strings = nlp.vocab.strings
        self._first = {strings.add(t[0]) for t in TRIGGERS} | {strings.add(t[0]) for t in UNMARKED}

    def learn(self, gazetteer: Gazetteer, families: Iterable[str]) -> None:
        """Take in the gazetteer, and the family names that persons' names begin with. Called once, before the first text."""
        self._gazetteer = gazetteer
        self._families = frozenset(map(folded, families))
        for name in gazetteer.names("tỉnh"):
            if name != "Hồ Chí Minh":  # without "thành phố" before it that is a person
                self._provinces.add(name, [self.nlp.make_doc(name)])

    def __call__(self, doc: Doc) -> Doc:
        """Add what is found to the doc's span group."""
        spans = doc.spans[FOUND]
        for token in doc:
            if token.lower in self._first:
                spans.extend(list(self._after(doc, token)))
        for match, start, end in self._provinces(doc):
            if all(t.text[0].isupper() for t in doc[start:end] if t.is_alpha):
                spans.append(Span(doc, start, end, label=PLACE, span_id=f"tỉnh:{self.nlp.vocab.strings[match]}"))
        return doc

    def _after(self, doc: Doc, token: Token) -> Iterator[Span]:
        """Names after the trigger that begins at the token."""
        for size in (2, 1):
            words = tuple(t.lower_ for t in doc[token.i : token.i + size])
            kind = TRIGGERS.get(words) or UNMARKED.get(words)
            if kind is not None:
                break
        else:
            return
        before = doc[token.i - 1].norm_ if token.i else ""
        if (kind == "bản" and before in NOT_VILLAGES) or (token.norm_ == "xa" and before == "thi"):
            return
        at, many = token.i + size, before in MANY or before.isdigit()
        if at < len(doc) and doc[at].text == "." and token.norm_ in ("tp", "tx"):
            at += 1
        says = at + 1 if at < len(doc) and doc[at].lower_ in ("gồm", "là") else at
        if says < len(doc) and doc[says].text == ":":
            at, many = says + 1, True
        elif many:
            at = says
        while at < len(doc):
            span = self._name(doc, at, kind, many)
            if span is None:
                return
            yield span
            at = self._next(doc, span.end)
            if at is None:
                return

    def _name(self, doc: Doc, at: int, kind: str, many: bool) -> Span | None:
        """The name that begins at token `at`, longest known first; unknown ones only after the trigger or in a list."""
        end = at
        while end < len(doc) and end - at < LONGEST and self._fits(doc, at, end):
            end += 1
        if end == at or not (doc[at].text[0].isupper() or doc[at].text.isdigit()):
            return None
        level = LEVELS.get(kind)
        for stop in range(end, at, -1):
            found = self._known(doc[at:stop].text, level)
            if found:
                return Span(doc, at, stop, label=PLACE, span_id=found)
        if doc[at].text.isdigit():
            return None
        listed = at > 0 and doc[at - 1].text in JOINS
        stop = next((i for i in range(at, end) if not doc[i].text[0].isupper() or doc[i].lower_ in NOT_NAMES), end)
        if kind == "tỉnh" or (doc[at].norm_ in self._families and stop - at > 2):  # "UBND huyện Lò Văn Páo" is a person
            return None
        if (listed and not many) or stop == at or stop - at == LONGEST:
            return None
        if stop - at == 1 and (kind != "bản" or doc[at - 1].text == ":"):  # "Cấp xã: Qua rà soát …"
            return None
        name = " ".join(t.text.title() if t.text.isupper() and len(t.text) > 1 else t.text for t in doc[at:stop])
        return Span(doc, at, stop, label=PLACE, span_id=f"{kind}:{name}")

    def _known(self, name: str, level: Level | None) -> str:
        """Key of the unit with this name, of the trigger's level or, for a city, of the one below; "" if there is none."""
        if level is None or self._gazetteer is None:
            return ""
        for tried in (level, "huyện") if level == "tỉnh" else (level,):
            units = self._gazetteer.find(name, LEVELS[tried])
            if units:
                return f"{tried}:{units[0].name}"
        return ""

    @staticmethod
    def _fits(doc: Doc, at: int, i: int) -> bool:
        """Whether token i can belong to a name that begins at `at`: a word with a capital, a number at its end, a dash."""
        text = doc[i].text
        if text in "-–'":
            return i > at and i + 1 < len(doc) and doc[i + 1].text[0].isupper()
        return (text[0].isupper() and (doc[i].is_alpha or "'" in text)) or (text.isdigit() and len(text) < 3)

    @staticmethod
    def _next(doc: Doc, at: int) -> int | None:
        """Where the list goes on after an item that ended at `at`, over a bracket and a comma or "và"; None if it ends."""
        if at < len(doc) and doc[at].text == "(":
            close = next((i for i in range(at, min(at + 14, len(doc))) if doc[i].text == ")"), None)
            at = close + 1 if close is not None else at
        start = at
        while at < len(doc) and at - start < 2 and doc[at].text in JOINS:
            at += 1
        return at if at < len(doc) and doc[at].text[0].isupper() else None
