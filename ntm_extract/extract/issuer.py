"""Who issued a document and for which unit: by the head's left column, the title, the date line and the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct
from rapidfuzz import fuzz

from ntm_extract.extract.letterhead import Letterhead
from ntm_extract.gazetteer import REFORM, Gazetteer, Level, Unit, fold
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Outline
from ntm_extract.ner.labels import ORG, PLACE
from ntm_extract.text.folding import folded


class Rank(NamedTuple):
    """What a level word says: the word with its marks, and the level that it stands for."""

    title: str
    level: Level


RANKS = {
    "tinh": Rank("tỉnh", "tỉnh"),
    "huyen": Rank("huyện", "huyện"),
    "quan": Rank("quận", "huyện"),
    "thi xa": Rank("thị xã", "huyện"),
    "thanh pho": Rank("thành phố", "huyện"),  # of a province; those of the first level are told by their name
    "tp": Rank("thành phố", "huyện"),
    "xa": Rank("xã", "xã"),
    "phuong": Rank("phường", "xã"),
    "thi tran": Rank("thị trấn", "xã"),
    "dac khu": Rank("đặc khu", "xã"),
}
LEVEL_WORD = re.compile(
    rf"(?<!\w)(?:(?P<party>huyen|tinh|quan)\s+uy\s+|(?!quan\s+(?:ly|tri)\b)(?P<level>{'|'.join(RANKS)})[\s.]+)"
)
"""Of a unit, or of its Party committee ("HUYỆN ỦY …"); no board ("BAN QUẢN LÝ …")."""
ORGAN = re.compile(r"(?:doan|hoi dong|ban|van phong|phong|to|trung tam|thuong truc|chi cuc)\s")
"""A line of the left column that names an organ, not the end of the name of the unit above it."""
LEVEL_SYLLABLES = frozenset(rank.title for rank in RANKS.values())
HERE = re.compile(rf"(?:tren dia ban|cua|tai|o)\s+(?=(?:{'|'.join(RANKS)})\s)")
GOVERNED = ("UBND", "HĐND", "Đảng ủy", "Huyện ủy", "Thị ủy", "Thành ủy", "Tỉnh ủy")
PARTY = {"Huyện ủy": "huyen", "Thị ủy": "thi xa", "Tỉnh ủy": "tinh", "Thành ủy": "thanh pho"}
CENTRAL = ("Bộ", "Chính", "Thủ", "Quốc")
NUMBER_BEHIND = re.compile(r"(?<=[^\W\d]) \d+$")
JOINT = re.compile(r"\s*[-–]\s*(?=BỘ|ỦY|UỶ|NGÂN|TỔNG)")


class Seat(Struct, frozen=True, kw_only=True):
    """The issuer's name and the unit that it stands for. Names are bare; "" where unknown."""

    issuer: str = ""
    level: Level | None = None
    title: str = ""  # "huyện", "thị trấn" …
    name: str = ""
    unit: Unit | None = None


def mentioned(outline: Outline, level: Level) -> list[str]:
    """Names of units of the level in the text, the most frequent first, then in order of the text."""
    keys = [e.key for p in outline.passages for e in p.entities if e.label == PLACE]
    counts = Counter(key.split(":", 1)[1] for key in keys if key.startswith(level + ":"))
    return [name for name, _ in counts.most_common()]


class Sight(NamedTuple):
    """All that there is to see of a document."""

    head: Letterhead
    outline: Outline
    knowledge: Knowledge


def find_seat(head: Letterhead, outline: Outline, knowledge: Knowledge) -> Seat:
    """Issuer and unit. The left column is believed first; a name that it spells wrongly is put right by the others."""
    sight = Sight(head, outline, knowledge)
    joined = " ".join(head.left)
    org, tail = _organisation(joined, knowledge)
    if not org:
        known = knowledge.lexicon.organisation_of_code
        org = next((known[code].short for code in head.codes[1:] if code in known), "")
        tail = joined if not org or LEVEL_WORD.match(folded(joined)) else ""
    word, name = _unit(tail)
    name = _on_its_line(name, word, head.left)
    if org in PARTY and not word:
        word, name = PARTY[org], tail
    if org and org not in GOVERNED:
        return _department(org, tail, (word, name), sight)
    witnesses = list(_witnesses(head, outline))
    if not word and org:
        word, name = next(((w, n) for w, n in witnesses if w), ("", ""))
    elif word and not name:
        name = next((n for w, n in witnesses if w in (word, "")), "")
    if not org or not word:
        return Seat(issuer=org or _plain(joined))
    return _settled(org, word, _spelt(name, word, witnesses, sight), sight)


def _settled(org: str, word: str, name: str, sight: Sight) -> Seat:
    """The seat of an organisation in the unit of this name."""
    gazetteer = sight.knowledge.gazetteer
    title, level = RANKS[word]
    if title == "thành phố" and gazetteer is not None and not gazetteer.find(name, "huyện"):
        level = "tỉnh"
    unit = _unit_of(name, level, title, sight)
    shown = unit.name if unit is not None and fold(unit.name) == fold(name) else _shown(name, level, gazetteer)
    issuer = f"{org} {shown}" if org in PARTY else f"{org} {title} {shown}"
    return Seat(issuer=issuer, level=level, title=title, name=shown, unit=unit)


def _on_its_line(name: str, word: str, left: tuple[str, ...]) -> str:
    """The name without what it took from a line below that names an organ: "HUYỆN NÀ SÁY" over "ĐOÀN THẨM TRA"."""
    for line, below in pairwise(left):
        alone = _unit(line)
        if alone[0] == word and alone[1] and name.startswith(alone[1] + " ") and ORGAN.match(folded(below) + " "):
            return alone[1]
    return name


def _department(org: str, tail: str, unit: tuple[str, str], sight: Sight) -> Seat:
    """A department: its own name, and the unit named after it or over it."""
    left = sight.head.left
    whole = " ".join(left)
    joint = [_organisation(part, sight.knowledge)[0] for part in JOINT.split(whole)]
    if len(joint) > 1 and all(joint):
        return Seat(issuer=" - ".join(joint))
    word, name = unit if unit[0] else next(((w, n) for w, n in map(_unit, [*left, whole]) if w), ("", ""))
    if org.split(maxsplit=1)[0] in CENTRAL or not word:
        return Seat(issuer=org)
    seat = _settled("UBND", word, name, sight)
    issuer = f"{org} {seat.title} {seat.name}"
    return Seat(issuer=issuer, level=seat.level, title=seat.title, name=seat.name, unit=seat.unit)


def _organisation(text: str, knowledge: Knowledge) -> tuple[str, str]:
    """Short name of the last organisation in the text, and what follows it; ("", "") if none is known."""
    bare = re.sub(r"\s+", " ", folded(text))
    best: tuple[int, int, str] | None = None
    for name, short in knowledge.lexicon.organisation_of.items():
        at = bare.rfind(name)
        if at < 0 or (at and bare[at - 1].isalnum()) or bare[at + len(name) : at + len(name) + 1].isalnum():
            continue
        if best is None or at >= best[1] or (at <= best[0] and at + len(name) >= best[1]):
            best = (at, at + len(name), short)
    if best is None:
        close = fuzz.partial_ratio_alignment("uy ban nhan dan", bare, score_cutoff=82)
        return ("UBND", text[close.dest_end :].strip()) if close is not None else ("", "")
    return best[2], re.sub(r"\s+", " ", text)[best[1] :].strip(" -–:.,")


def _unit(text: str) -> tuple[str, str]:
    """Folded level word and bare name of the first unit in the text: ("huyen", "MƯỜNG TÈ")."""
    match = LEVEL_WORD.search(folded(text))
    if match is None:
        return "", ""
    words = re.findall(r"[^\W\d_][\w'’]*|[-–]|\d+", text[match.end() :])
    name: list[str] = []
    for word in words[:6]:
        if not (word[0].isupper() or word in "-–" or word.isdigit()) or _is_level(word):
            break
        name.append(word)
    return match["level"] or match["party"], " ".join(name).strip(" -–")


def _is_level(word: str) -> bool:
    """Whether a word says a level: "TỈNH", and "TINH" where marks were lost, but not "TĨNH" of a name."""
    return bool(LEVEL_WORD.match(folded(word) + " ")) and (word.isascii() or word.lower() in LEVEL_SYLLABLES)


def _witnesses(head: Letterhead, outline: Outline) -> Iterator[tuple[str, str]]:
    """(level word, name) pairs that speak for the issuer's unit beside the left column: title, text, date line."""
    after = HERE.search(folded(head.title))
    if after is not None:
        yield _unit(head.title[after.end() :])
    for passage in outline.passages:
        for org, place in zip(passage.entities, passage.entities[1:], strict=False):
            if (
                org.label == ORG
                and org.key in GOVERNED
                and place.label == PLACE
                and place.key
                and place.start - org.end <= 1
            ):
                match = LEVEL_WORD.search(folded(passage.text[org.start : org.end]) + " ")
                name = passage.text[place.start : place.end]
                if match is not None and (not head.place or fold(head.place) == fold(name)):
                    yield match["level"] or match["party"], name
    if head.place:
        yield "", head.place


def _spelt(name: str, word: str, witnesses: list[tuple[str, str]], sight: Sight) -> str:
    """The name; where no list has it, that of a witness of the lists, or the text's usual spelling, if alike."""
    level, gazetteer = RANKS[word].level, sight.knowledge.gazetteer
    if gazetteer is None or gazetteer.find(name, level):
        return name
    name = NUMBER_BEHIND.sub("", name)  # no listed unit is numbered so: a speck
    known = (n for _, n in witnesses if gazetteer.find(n, level) and _alike(name, n) >= 80)
    usual = (n for n in mentioned(sight.outline, level) if _alike(name, n) >= 88 and abs(len(n) - len(name)) < 2)
    return next(known, next(usual, name))


def _alike(name: str, other: str) -> float:
    return fuzz.ratio(fold(name), fold(other))


def above(head: Letterhead, gazetteer: Gazetteer | None) -> dict[Level, str]:
    """Names of the units that the left column names, by level: "UBND TỈNH YÊN BÁI" over "HUYỆN VĂN CHẤN"."""
    units = (_unit(line) for line in head.left)
    return {RANKS[word].level: _shown(name, RANKS[word].level, gazetteer) for word, name in units if word and name}


def _shown(name: str, level: Level, gazetteer: Gazetteer | None) -> str:
    """A name that could not be linked, in the gazetteer's letters where that has but one way of writing it."""
    spellings = {unit.name for unit in gazetteer.find(name, level)} if gazetteer is not None else set()
    if len(spellings) == 1:
        return spellings.pop()
    return " ".join(word.capitalize() if word.isupper() else word for word in name.split())


def _unit_of(name: str, level: Level, title: str, sight: Sight) -> Unit | None:
    """The unit that the name means. The text's own provinces and districts are the context, the most frequent first.

    A text that names provinces (or, before the reform, districts) but not the unit's own speaks of another unit.
    """
    gazetteer, date = sight.knowledge.gazetteer, sight.head.date or None
    if gazetteer is None or not name:
        return None
    provinces: list[str | None] = [*mentioned(sight.outline, "tỉnh")] if level != "tỉnh" else []
    districts: list[str | None] = [*mentioned(sight.outline, "huyện")] if level == "xã" else []
    for province in provinces or [None]:
        for district in [*districts, None]:
            unit = gazetteer.link(name, level, province, district, date, title=title)
            if unit is None or (date is not None and (unit.era == "after") != (date >= REFORM)):
                continue  # the issuer is a unit of the document's own time
            above = gazetteer.district_of(unit)
            if district is None and (above is None or not districts or level != "xã"):
                return unit
            if district is not None and above is not None and fold(above.name) == fold(district):
                return unit
    return None


def _plain(text: str) -> str:
    """An issuer in capitals as prose: "BỘ Y TẾ" to "Bộ Y tế"."""
    return text.capitalize() if text.isupper() else text
