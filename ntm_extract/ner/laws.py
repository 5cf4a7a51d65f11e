"""Citations of documents: kind and number ("Quyết định số 12/QĐ-UBND"), or the name of a law ("Luật Đầu tư công").

The span runs from the kind, where it stands before the number, to the number's or name's end; the key is
"kind|number|name" in the forms that tables use. The digits of a number are never changed; its letters only where one
usual misreading turns an unknown code into a known one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from ntm_extract.ner.labels import LAW
from ntm_extract.ner.lexicon import Lexicon, before
from ntm_extract.ner.terms import FOUND, TEXT
from ntm_extract.text.folding import folded

NUMBER = re.compile(
    r"(?<![^\s(:;“\"'|])(?P<digits>\d{1,5}[a-zđ]?)\s?(?P<year>[/⁄]\s?(?:19|20)\d{2})?\s?(?P<sign>[-/⁄])\s?"
    r"(?P<code>[A-ZĐÐ][\w'’&.]*(?:\s?[-/⁄]\s?[A-ZĐÐ][\w'’&]*)*)"
)
PLAIN = re.compile(r"(?<![\w.,/-])\d{1,5}(?:/(?:19|20)\d{2})?(?![\w/⁄%#\]\[|!]|[.,]\d|\s\d)")
DIGIT = re.compile(r"\d")
ISSUER_THEN = re.compile(r",?\s(?:(?:của|do)\s[A-ZĐ]|ngày\s\d)")
SAY_SO = r"(?:\s*[.,]?\s*(?:so|s6|só))?\s*[:.]{0,2}\s*"
TORN = re.compile(r"(?<!\w)so\s*:?\s+(?=\S*\d)\S{1,4}\s$")  # "số 1 24/NQ-CP": which digits are lost can't be known
LAW_WORD = re.compile(r"(?<!\w)(?:Bộ luật|Luật|Pháp lệnh|LUẬT|BỘ LUẬT|Bộ Luật)\s+(?=\w)")
NOT_LAW = re.compile(r"(?<!\w)(?:phap|hoc|hoi|khoa|nganh|cong ty|truong|phong|hang) $")  # "Đại học Luật Hà Nội"
HEADED = re.compile(r"(?:^|\||[^\s:;,(])\s*S[ốo60ôó]\s*[:.]?\s*$")  # "Số: 12/BC-UBND" is the head's own number
OWN_PARTS = 3  # kind, sign, issuer: the departments behind them are too many to know what was misread
AND_LAW = re.compile(r"(?:,|\s+và)\s+(?:Luật|Bộ luật)\s+")
"""Between two laws that one law amends."""
AMENDING = re.compile(r"sua doi,? bo sung mot so dieu cua (?:cac )?")


class Cited(NamedTuple):
    """A citation: where it stands in the text, and what it names. Number or name may be empty, never both."""

    start: int
    end: int
    kind: str
    number: str
    name: str


def number_text(found: re.Match[str], lexicon: Lexicon) -> str:
    """A document number as it must have been printed: without blanks, the codes of kind and issuer put right."""
    code = found["code"].replace("Ð", "Đ").replace("⁄", "/")
    parts = re.split(r"([-/])", re.sub(r"[\s'’.]", "", code))
    code = "".join(lexicon.code(part) if i < OWN_PARTS else part for i, part in enumerate(parts))
    year = re.sub(r"\s", "", found["year"] or "")
    return f"{found['digits']}{year}{found['sign']}{code}".replace("⁄", "/")


def codes_of(number: str) -> list[str]:
    """The letter parts of a number: ["KH", "UBND"] of "7/KH-UBND"."""
    return [part for part in re.split(r"[-/]", number) if part and not part[0].isdigit()]


class LawReader:
    """Reads all citations of a text. Pure: a function of the lexicon and the text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        kinds = "|".join(sorted(map(re.escape, lexicon.kind_of), key=len, reverse=True))
        self._kind_before = re.compile(rf"(?<!\w)({kinds})(?:\s+lien (?:tich|nganh|bo|so))?{SAY_SO}$")
        self._kind_afar = re.compile(
            rf"(?<!\w)({kinds})\s+(?:cua|do)\s+(?:(?!{kinds})[^.;:]){{3,90}}?\s(?:tai\s+)?so\s*:?\s*$"
        )
        self._kind_plain = re.compile(rf"(?<!\w)(?P<kind>{kinds})\s+(?P<so>so\s*:?\s*)?(?=\d)")
        self._names = {
            "Luật": self._listed(lexicon.laws),
            "Bộ luật": self._listed(lexicon.law_codes),
            "Pháp lệnh": self._listed(lexicon.ordinances),
        }

    def read(self, text: str) -> list[Cited]:
        """Citations in the order of the text, none overlapping another."""
        bare = folded(text)
        numbered = self._numbered(text, bare) if DIGIT.search(text) else ()
        found = sorted([*numbered, *self._named(text, bare)])
        kept: list[Cited] = []
        for cited in found:
            if not kept or cited.start >= kept[-1].end:
                kept.append(cited)
        return kept

    def _numbered(self, text: str, bare: str) -> Iterator[Cited]:
        last: Cited | None = None
        for match in NUMBER.finditer(text):
            number = number_text(match, self.lexicon)
            codes = codes_of(number)
            start, kind = self._kind(text, bare, match.start(), codes, last)
            torn = TORN.search(bare, max(0, match.start() - 12), match.start())
            if not kind or torn or not self._plausible(codes, start < match.start()):
                continue
            last = Cited(start, match.end(), kind, number, "")
            yield last
        for match in self._kind_plain.finditer(bare):
            plain, of = PLAIN.match(text, match.end()), self.lexicon.kind_of[match["kind"]]
            if plain is None or NUMBER.match(text, match.end()):
                continue  # the number has a code, and was read above
            if match["so"] or (of.bare and ISSUER_THEN.match(text, plain.end())):  # but "Chương trình 135"
                yield Cited(match.start(), plain.end(), of.name, plain.group(), "")

    def _kind(self, text: str, bare: str, at: int, codes: list[str], last: Cited | None) -> tuple[int, str]:
        """Where the citation begins and its kind: named before it, named before its issuer, or as its code says."""
        for pattern in (self._kind_before, self._kind_afar):
            named = pattern.search(bare[max(0, at - 140) : at])
            if named is not None:
                begin, kind = max(0, at - 140) + named.start(1), self.lexicon.kind_of[named.group(1)].name
                return self._coded(bare, begin, kind, codes) or (begin, kind)
        if HEADED.search(text, max(0, at - 9), at):
            return at, ""
        coded = next((self.lexicon.kind_of_code[c].name for c in codes if c in self.lexicon.kind_of_code), "")
        if last is not None and at - last.end < 160 and not re.search(r"[.:]\s", bare[last.end : at]):
            return at, coded or last.kind
        return at, coded

    def _coded(self, bare: str, at: int, named: str, codes: list[str]) -> tuple[int, str] | None:
        """Another kind that the code says and the clause names before: "Quyết định phê duyệt Đề án số 9/QĐ-UBND"."""
        kind = self.lexicon.kind_of_code.get(codes[0]) if codes else None
        clause = bare[max(bare.rfind(mark, 0, at) + 1 for mark in (";", ",", ".")) : at]
        begin = clause.rfind(folded(kind.name)) if kind is not None and kind.name != named else -1
        return (at - len(clause) + begin, kind.name) if kind is not None and begin >= 0 else None

    def _plausible(self, codes: list[str], announced: bool) -> bool:
        """A number's letters: known ones, or capitals that a kind announces ("12-Nâng" is no number of a document)."""
        first = codes[0] if codes else ""
        if first in self.lexicon.known_codes:
            return True
        return announced and len(first) >= 2 and first[1].isupper()

    def _named(self, text: str, bare: str) -> Iterator[Cited]:
        for match in LAW_WORD.finditer(text):
            kind = (
                match.group().split(None, 1)[0] if match.group().lower().startswith("luật") else match.group().strip()
            )
            kind = {"luat": "Luật", "bo luat": "Bộ luật", "phap lenh": "Pháp lệnh"}[folded(kind)]
            at = match.end()
            amending = AMENDING.match(bare, at)
            begin = at
            if amending is not None:
                inner = LAW_WORD.match(text, amending.end())
                at = inner.end() if inner is not None else amending.end()
            end, listed = self._name_end(text, bare, at, kind)
            if end <= at or NOT_LAW.search(bare, max(0, match.start() - 12), match.start()):
                continue
            said = text[begin:at] + (listed or text[at:end])
            while amending is not None and (more := AND_LAW.match(text, end)) is not None:
                stop, listed = self._name_end(text, bare, more.end(), "Bộ luật" if "Bộ" in more.group() else "Luật")
                if stop <= more.end():
                    break
                said += more.group() + (listed or text[more.end() : stop])
                end = stop
            name = re.sub(r"\s+", " ", said).strip()
            if name.isupper():
                name = name.capitalize()
            start = match.start()
            number = re.compile(r"\s*,?\s*\(?\s*(?:số|so)\s*:?\s*").match(text, end)
            coded = NUMBER.match(text, number.end()) if number is not None else None
            if coded is not None:
                yield Cited(start, coded.end(), kind, number_text(coded, self.lexicon), f"{kind} {name}")
            else:
                yield Cited(start, end, kind, "", f"{kind} {name}")

    def _name_end(self, text: str, bare: str, at: int, kind: str) -> tuple[int, str]:
        """End of the law's name that begins at `at`, and the name if listed, in the list's letters.

        The longest listed name wins, specks between its words overlooked; else up to eight words before a stop.
        """
        pattern, names = self._names[kind]
        listed = pattern.match(bare, at)
        if listed is not None:
            return listed.end(), names[" ".join(re.findall(r"\w+", listed.group()))]
        if not text[at].isupper() or folded(text[at : at + 3]).strip() in ("su", "gia", "so", "nay"):
            return at, ""
        skip = len("phong, chong") if bare.startswith("phong, chong", at) else 0  # the one comma that begins names
        end = before(self.lexicon.law_end, text, at + skip)
        return (end if 0 < len(text[at:end].split()) <= 8 else at), ""

    @staticmethod
    def _listed(names: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
        """A pattern of the folded names, the longest first, and each name by its bare words."""
        words = {" ".join(re.findall(r"\w+", folded(name))): name for name in names}
        longest = sorted(words, key=len, reverse=True)
        return re.compile("(?:" + "|".join(w.replace(" ", r"[\s.,:;'’-]+") for w in longest) + r")(?!\w)"), words


class LawRuler:
    """The pipeline component: adds a span for every citation to the doc's span group."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self._reader: LawReader | None = None

    def learn(self, lexicon: Lexicon) -> None:
        """Take the lexicon in. Called once, before the first text."""
        self._reader = LawReader(lexicon)

    def __call__(self, doc: Doc) -> Doc:
        """Add what is found to the doc's span group."""
        if self._reader is not None:
            for cited in self._reader.read(doc.user_data.get(TEXT) or doc.text):
                span = doc.char_span(
                    cited.start,
                    cited.end,
                    label=LAW,
                    span_id=f"{cited.kind}|{cited.number}|{cited.name}",
                    alignment_mode="expand",
                )
                if span is not None:
                    doc.spans[FOUND].append(span)
        return doc
