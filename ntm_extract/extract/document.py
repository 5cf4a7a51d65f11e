"""What head and foot of a document say of it: kind, number, date, issuer, title, period, place, signer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from ntm_extract.extract.issuer import Seat, find_seat, mentioned
from ntm_extract.extract.letterhead import REACH, read_letterhead
from ntm_extract.extract.registry import extractor
from ntm_extract.facts import Head
from ntm_extract.gazetteer import REFORM
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Document, Line, Outline
from ntm_extract.ner.lexicon import Lexicon
from ntm_extract.text.dating import period
from ntm_extract.text.folding import folded

SURE = {"ngay": 0.8, "thang": 0.6, "/": 0.9}
"""Least confidence of digits after these words, and of those standing apart before the sign of a document's number."""
TITLE_CASE, CAPITALS = r"[^\W\d_a-zà-ỹ][a-zà-ỹ']*", r"[^\W\d_a-zà-ỹ]+"
RECEIVERS = re.compile(r"^.*\b(?:Lưu|Nơi nhận)\s?:.*?(?:\s{2,}|[.;](?=\s)|$)")  # of copies: the left column of the foot
NAME = re.compile(rf"(?<![\w:])(?:{TITLE_CASE}(?: {TITLE_CASE}){{1,4}}|{CAPITALS}(?: {CAPITALS}){{1,4}})\W*$")


@extractor(table="head")
def extract_document(outline: Outline, knowledge: Knowledge) -> Head:
    """The first head of the file. Parts that can't be read stay empty."""
    lines = list(islice(_lines(outline.document), REACH))
    head = read_letterhead(lines, knowledge.lexicon)
    seat = find_seat(head, outline, knowledge)
    province, district, commune = _place(seat, head.date, outline, knowledge)
    span = period(head.title)
    return Head(
        kind=head.kind or None,
        number=head.number or None,
        date=head.date or None,
        issuer=seat.issuer or None,
        title=head.title or None,
        period_start=span[0] if span else None,
        period_end=span[1] if span else None,
        province=province,
        district=district,
        commune=commune,
        place_code=seat.unit.code if seat.unit else None,
        signer=_signer(list(_lines(outline.document)), knowledge.lexicon),
    )


def _lines(document: Document) -> list[str]:
    """Lines of the pages from the first that has words, without furniture; leading blank ones left away."""
    texts = [_sure(line) for page in document.pages for line in page.lines if line.role == "body" or not line.words]
    first = next((i for i, text in enumerate(texts) if text.strip()), 0)
    return texts[first:]


def _sure(line: Line) -> str:
    """The line's text with `?` for digits that the recogniser doubts: number and day are often written by hand."""
    words = [word for word in line.words if word.text]
    texts = [word.text for word in words]
    for i, word in enumerate(words):
        before = folded(texts[i - 1]) if i else ""
        after = texts[i + 1] if i + 1 < len(texts) else ""
        floor = SURE.get(before, SURE["/"] if after[:1] in ("/", "-") else 0.0)
        if word.confidence is not None and word.confidence < floor and len(word.text) <= 5:
            texts[i] = re.sub(r"\d", "?", word.text)
    return " ".join(texts)


def _place(seat: Seat, date: str, outline: Outline, knowledge: Knowledge) -> tuple[str | None, str | None, str | None]:
    """Province, district and commune of the issuer. A unit known by code gives what lies above it."""
    gazetteer, unit = knowledge.gazetteer, seat.unit
    if gazetteer is not None and unit is not None:
        above = gazetteer.district_of(unit)
        return (
            gazetteer.province_of(unit).name,
            above.name if above else None,
            seat.name if seat.level == "xã" else None,
        )
    commune = seat.name if seat.level == "xã" else None
    district = seat.name if seat.level == "huyện" else None
    province = seat.name if seat.level == "tỉnh" else None
    if seat.name and province is None:
        named = mentioned(outline, "tỉnh")
        province = named[0] if len(named) == 1 else None
    if date >= REFORM:
        district = None
    return province, district, commune


def _signer(lines: Sequence[str], lexicon: Lexicon) -> str | None:
    """The name under the signature: the first name of a person after the last office that signs."""
    tail = [(i, line) for i, line in enumerate(lines) if line.strip()]
    last = max((n for n, (_, line) in enumerate(tail) if _signs(line, lexicon)), default=None)
    if last is None:
        return None
    families = {folded(name) for name in lexicon.families}
    for _, line in tail[last + 1 : last + 14]:
        found = NAME.search(RECEIVERS.sub("", line))
        if found is not None and folded(found.group().split()[0]) in families:
            return " ".join(word.capitalize() for word in re.findall(r"[^\W\d_]+", found.group()))
    return None


def _signs(line: str, lexicon: Lexicon) -> bool:
    """Whether the line ends in the office of a signer, in capitals."""
    words = line.rsplit("  ", 1)[-1].split()
    for size in range(5, 0, -1):
        end = words[-size:]
        text = " ".join(end).strip(" .,:;)(|_-")
        if len(end) == size and text.isupper() and folded(text) in {folded(t) for t in lexicon.titles}:
            return True
    return False
