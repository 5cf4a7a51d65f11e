"""What head and foot of a document say of it: kind, number, date, issuer, title, period, place, signer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import dropwhile, islice
from typing import NamedTuple

from msgspec.structs import replace
from rapidfuzz import fuzz

from ntm_extract.extract.issuer import Seat, above, find_seat, mentioned
from ntm_extract.extract.letterhead import REACH, Letterhead, read_letterhead
from ntm_extract.extract.registry import extractor
from ntm_extract.facts import Head
from ntm_extract.gazetteer import REFORM, fold
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Document, Line, Outline
from ntm_extract.ner.labels import LAW, PERSON
from ntm_extract.ner.laws import codes_of
from ntm_extract.ner.lexicon import Lexicon
from ntm_extract.ner.tokenizer import SMALL
from ntm_extract.text.dates import period
from ntm_extract.text.folding import UPPER, folded, lowered

SURE_AFTER, SURE_BEFORE = {"ngay": 0.9, "thang": 0.6, "nam": 0.9}, {"thang": 0.9, "nam": 0.6}
"""Least confidence of digits after and before these words."""
SURE_APART = 0.75
"""The same of digits standing apart before the sign of a document's number."""
SURE_AS_ONE = 0.5
"""The same of digits that were read as one word with the sign."""
AS_ONE = re.compile(r"\W*\d{1,5}(?=[a-z]?[/-])")
TITLE_CASE, CAPITALS = rf"[^\W\d_{SMALL}][{SMALL}']*", rf"[^\W\d_{SMALL}]+"
FILLED = 8  # letters and digits of a word that may be figures filled in, run together with the word beside
WHOLE_DATE, MOST_SHOWN = len("YYYY-MM-DD"), 200  # characters
NUMBER_LINE = re.compile(r"(?<!\w)s[o06]\s?[:.;]|/[a-z]{2,4}-[a-z]{2,}")
DATE_LINE = re.compile(r"ng\w{1,3}y\b.*th\w{1,2}ng\b.*n\w{1,2}m\b")
FAR = 14  # lines between the office of the signer and the name, seal and signature read as specks included
BEHALF = re.compile(r"(?<!\w)tm\W{0,2}\s?(?:uy ban|ban)")  # the office under it may be lost under the seal
ANNEXED = re.compile(r"kem theo\s*$")
RECEIVERS = re.compile(r"^.*\b(?:Lưu|Nơi nhận)\s?:.*?(?:\s{2,}|[.;](?=\s)|$)")  # of copies: the left column of the foot
AUTHORITY = re.compile(
    r"(?<!\w)(?:UBND|HĐND|(?:[UỦ][yỷ] ban|Hội đồng) nhân dân|Sở(?: [^\W\d_]+,?){1,8}?|Phòng(?: [^\W\d_]+,?){1,8}?) "
    rf"(?P<level>tỉnh|huyện) (?P<name>[{UPPER}][{SMALL}']*(?: [{UPPER}][{SMALL}']*){{0,3}})(?!\w)"
)
NAME = re.compile(rf"(?<![\w:])(?:{TITLE_CASE}(?: {TITLE_CASE}){{1,4}}|{CAPITALS}(?: {CAPITALS}){{1,4}})\W*$")


def letterhead(outline: Outline, knowledge: Knowledge) -> Letterhead:
    """The first head of the file, as printed. A number that can't be read there is taken from the annexes' heads."""
    lines = list(islice(_lines(outline.document), REACH))
    head = read_letterhead(lines, knowledge.lexicon, _body(outline, len(lines)))
    return head if head.number or not head.codes else replace(head, number=_annexed(head, outline))


def _body(outline: Outline, lines: int) -> int:
    """The line on which the text under the first head begins; `lines` where it has no head or none of the text."""
    after = dropwhile(lambda p: p.kind != "head", outline.passages)
    below = next(dropwhile(lambda p: p.kind == "head", after), None)
    first = below.tokens[0].word if below is not None else None
    rows = islice(_rows(outline.document), lines)
    return next((i for i, row in enumerate(rows) if any(word is first for word in row.words)), lines)


def _annexed(head: Letterhead, outline: Outline) -> str:
    """The number in "Kèm theo Báo cáo số 7/BC-UBND" of the head's own kind and codes; "" if read in several ways."""
    numbers = set()
    for passage in outline.passages:
        for entity in passage.entities:
            if entity.label == LAW and ANNEXED.search(folded(passage.text[: entity.start])):
                kind, number, _ = entity.key.split("|", 2)
                if kind == head.kind and tuple(codes_of(number)) == head.codes:
                    numbers.add(number)
    return numbers.pop() if len(numbers) == 1 else ""


class Opening(NamedTuple):
    """The first head of a document as printed, and what it says; several extractors ask for it."""

    printed: Letterhead
    head: Head


def read_opening(outline: Outline, knowledge: Knowledge) -> Opening:
    """Read the head and the signature once a document."""
    printed = letterhead(outline, knowledge)
    return Opening(printed, _head(printed, outline, knowledge))


@extractor(table="head", needs=read_opening)
def extract_document(outline: Outline, knowledge: Knowledge, opening: Opening) -> Head:
    """The first head of the file and its signature. Parts that can't be read stay empty."""
    return opening.head


def _head(head: Letterhead, outline: Outline, knowledge: Knowledge) -> Head:
    seat = find_seat(head, outline, knowledge)
    province, district, commune = _place(seat, head, outline, knowledge)
    span = period(head.title)
    return Head(
        kind=head.kind or None,
        number=head.number or None,
        date=head.date or None,
        issuer=seat.issuer or None,
        title=head.title or None,
        period_start=(span and span[0]) or None,
        period_end=(span and span[1]) or None,
        province=province,
        district=district,
        commune=commune,
        place_code=seat.unit.code if seat.unit else None,
        signer=_signer(tuple(islice(_lines(outline.document), head.end, None)), knowledge.lexicon, _persons(outline)),
        head_ocr=_unread(head, outline.document) or None,
    )


def _unread(head: Letterhead, document: Document) -> str:
    """The lines of number and date as recognised, where one of the two has a part that can't be read surely."""
    lines = [line.recognised for line in islice(_rows(document), head.end)]
    numbers, dates = ([NUMBER_LINE.search(folded(x)) for x in lines], [DATE_LINE.search(folded(x)) for x in lines])
    unread = (any(numbers) and not head.number) or (any(dates) and len(head.date) < WHOLE_DATE)
    said = (line for line, *found in zip(lines, numbers, dates, strict=True) if any(found))
    return " | ".join(said)[:MOST_SHOWN] if unread else ""


def _lines(document: Document) -> Iterator[str]:
    """Lines of the pages from the first that has words, without furniture."""
    return (_sure(line) for line in _rows(document))


def _rows(document: Document) -> Iterator[Line]:
    lines = (line for page in document.pages for line in page.lines if line.role == "body" or not line.words)
    return dropwhile(lambda line: not line.text, lines)


def _sure(line: Line) -> str:
    """The line's text with `?` for digits that the recogniser doubts: number and day are often written by hand."""
    if all(word.confidence is None for word in line.words):
        return line.text
    words = [word for word in line.words if word.text]
    texts = [word.text for word in words]
    for i, word in enumerate(words):
        before = folded(texts[i - 1]) if i else ""
        after = texts[i + 1] if i + 1 < len(texts) else ""
        floor = SURE_AFTER.get(before, SURE_APART if after[:1] in ("/", "-") else SURE_BEFORE.get(folded(after), 0.0))
        if word.confidence is None:
            continue
        if word.confidence < floor and len(word.text) <= FILLED:
            texts[i] = re.sub(r"\d", "?", word.text)
        elif word.confidence < SURE_AS_ONE and AS_ONE.match(word.text):
            texts[i] = AS_ONE.sub(lambda digits: re.sub(r"\d", "?", digits[0]), word.text, count=1)
    return " ".join(texts)


def _place(
    seat: Seat, head: Letterhead, outline: Outline, knowledge: Knowledge
) -> tuple[str | None, str | None, str | None]:
    """Province, district and commune of the issuer. A unit known by code gives what lies above it."""
    gazetteer, unit = knowledge.gazetteer, seat.unit
    if gazetteer is not None and unit is not None:
        district = gazetteer.district_of(unit)
        commune = seat.name if seat.level == "xã" else None
        return gazetteer.province_of(unit).name, district.name if district else None, commune
    names = {seat.level: seat.name} if seat.name else {}
    printed = above(head, gazetteer)
    if seat.name and seat.level != "tỉnh":
        names["tỉnh"] = printed.get("tỉnh") or _governing(outline, "tỉnh") or _only(mentioned(outline, "tỉnh"))
    if seat.level == "xã" and head.date < REFORM:
        names["huyện"] = printed.get("huyện") or _governing(outline, "huyện") or _only(mentioned(outline, "huyện"))
    return names.get("tỉnh") or None, names.get("huyện") or None, names.get("xã") or None


def _governing(outline: Outline, level: str) -> str:
    """The unit of a level whose authorities the text cites, known to lists or not: "Sở Y tế tỉnh Khe Đá"; "" where it
    cites those of several."""
    cited = (m for p in outline.passages for m in AUTHORITY.finditer(p.text) if m["level"] == level)
    return _only(list(dict.fromkeys(m["name"] for m in cited)))


def _only(names: list[str]) -> str:
    """The first name if the others are but spellings of it: of several, none is known to be the unit above."""
    return names[0] if names and all(fuzz.ratio(fold(names[0]), fold(name)) >= 75 for name in names) else ""


def _persons(outline: Outline) -> frozenset[str]:
    """Names of persons that the trained component found, folded."""
    found = (p.text[e.start : e.end] for p in outline.passages for e in p.entities if e.label == PERSON)
    return frozenset(folded(" ".join(re.findall(r"[^\W\d_]+", name))) for name in found)


def _signer(lines: Sequence[str], lexicon: Lexicon, persons: frozenset[str]) -> str | None:
    """The name under the signature: one with a known family name, else one that is known for a person's."""
    by_family = _signed(lines, lexicon, lambda words: lowered(words[0]) in lexicon.family)
    return by_family or _signed(lines, lexicon, lambda words: folded(" ".join(words)) in persons)


def _signed(lines: Sequence[str], lexicon: Lexicon, is_person: Callable[[list[str]], bool]) -> str | None:
    """The first person's name in the lines after an office that signs."""
    after = FAR
    for line in filter(str.strip, lines):
        if _signs(line, lexicon):
            after = 0
        elif after < FAR:
            after += 1
            name = NAME.search(RECEIVERS.sub("", line))
            words = re.findall(r"[^\W\d_]+", name.group()) if name is not None else []
            if words and is_person(words) and folded(" ".join(words)) not in lexicon.signing:
                return " ".join(word.capitalize() for word in words)
    return None


def _signs(line: str, lexicon: Lexicon) -> bool:
    """Whether the line ends in the office of a signer, in capitals."""
    words = re.findall(r"[^\W\d_]+", line)[-5:]
    if not words or not words[-1].isupper():
        return False
    if "TM" in line and BEHALF.search(folded(line)):
        return True
    ends = (" ".join(words[start:]) for start in range(len(words)))
    return any(end.isupper() and folded(end) in lexicon.signing for end in ends)
