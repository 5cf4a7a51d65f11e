"""Administrative units that the text names, linked to their official codes, each once with its count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from ntm_extract.extract.document import Opening, read_opening
from ntm_extract.extract.registry import extractor
from ntm_extract.facts import Head, PlaceMention
from ntm_extract.gazetteer import Gazetteer, Level, Unit, loose
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Entity, Outline, Passage
from ntm_extract.ner.labels import PLACE
from ntm_extract.ner.tokenizer import SMALL
from ntm_extract.text.folding import folded

LEVELS: dict[str, Level] = {"tỉnh": "tỉnh", "huyện": "huyện", "xã": "xã"}
SAID = re.compile(r"(?:tinh|thanh pho|tp\.?)\s+$")
ABOVE = re.compile(r",?\s*(?:thuoc )?(?:huyen|thi xa|thanh pho|tp\.?|tinh)\s+")  # between a unit and the one it lies in

ANNOUNCED = re.compile(r"(?<!\w)(?:[Xx]ã|[Bb]ản|[Tt]hôn|[Bb]uôn|[Ấấ]p|[Ll]àng|[Xx]óm|[Ss]óc|[Pp]hum)(?!\w)")
NAME = rf"[^\W\d_{SMALL}][\w']*(?: [^\W\d_{SMALL}][\w']*){{0,3}}"
LISTED = re.compile(
    rf"(?:[{SMALL}\s]{{0,50}}(?:từ \d+ (?:-|đến) \d+ tiêu chí)?(?:,? ?gồm:?|,? là:?|:|,? như:?|\() ?)? ?"
    rf"(?:{NAME}(?: \([^)]*\))?(?:,|;| và| -| –) )*"
)
"""Between the word that says what places are and one of them: words that lead a list in, and the names before it."""


class Named(NamedTuple):
    """A place in a passage: where it begins, what kind of unit it is said to be, its name, and the unit if settled."""

    start: int
    kind: str
    name: str
    unit: Unit | None


class Siblings(NamedTuple):
    """Communes of one district by name, and a pattern that finds them."""

    units: dict[str, Unit]
    pattern: re.Pattern[str]


@extractor(table="places", needs=read_opening)
def extract_places(outline: Outline, knowledge: Knowledge, opening: Opening) -> tuple[PlaceMention, ...]:
    """Every place in the order of first mention. A name that the gazetteer can't settle keeps empty codes."""
    head = opening.head
    siblings = _siblings(head, knowledge.gazetteer)
    found: dict[str, PlaceMention] = {}
    for passage in outline.passages:
        known = [*_entities(passage, head, knowledge.gazetteer), *_bare(passage, siblings)]
        for place in sorted([*known, *_learned(passage, known, found, knowledge)], key=lambda p: p.start):
            identity = f"{place.unit.era}:{place.unit.code}" if place.unit else f"{place.kind}:{folded(place.name)}"
            before = found.get(identity)
            tokens = passage.tokens_in(place.start, place.start + 1)
            found[identity] = PlaceMention(
                page=before.page if before else tokens[0].page,
                name=place.unit.name if place.unit else place.name,
                kind=place.unit.level if place.unit else LEVELS.get(place.kind, "bản"),
                code=place.unit.code if place.unit else None,
                code_2025=(place.unit.code_2025 or None) if place.unit else None,
                count=before.count + 1 if before else 1,
            )
    return tuple(found.values())


def _entities(passage: Passage, head: Head, gazetteer: Gazetteer | None) -> Iterator[Named]:
    for at, entity in enumerate(passage.entities):
        if entity.label == PLACE and entity.key:
            kind, _, name = entity.key.partition(":")
            before = folded(passage.text[max(0, entity.start - 10) : entity.start])
            near = _elsewhere(passage, at, head, gazetteer)
            yield Named(entity.start, kind, name, _unit(name, kind, before, near, gazetteer))


def _elsewhere(passage: Passage, at: int, head: Head, gazetteer: Gazetteer | None) -> Head:
    """The head as it holds for one entity: another district and province if the text says so right after its name.

    "xã Tân Lập, huyện Bắc Quang, tỉnh Hà Giang" is that commune in a report of any district. A name above it that no
    list has is a misreading and says nothing.
    """
    if gazetteer is None:
        return head
    said: dict[str, str] = {}
    end = passage.entities[at].end
    for above in passage.entities[at + 1 : at + 3]:
        kind, _, name = above.key.partition(":")
        if above.label != PLACE or not ABOVE.fullmatch(folded(passage.text[end : above.start])):
            break
        if kind in ("huyện", "tỉnh") and gazetteer.find(name, LEVELS[kind]):
            said.setdefault(kind, name)
        end = above.end
    district, province = said.get("huyện"), said.get("tỉnh")
    if district is not None and province is None:
        unit = gazetteer.link(district, "huyện", head.province, date=head.date) or gazetteer.link(district, "huyện")
        province = gazetteer.province_of(unit).name if unit is not None else None
    here = loose(district or head.district or ""), loose(province or head.province or "")
    if here == (loose(head.district or ""), loose(head.province or "")):
        return head
    return replace(head, district=district, province=province, commune=None)


def _unit(name: str, kind: str, before: str, head: Head, gazetteer: Gazetteer | None) -> Unit | None:
    """The unit meant, by the document's province, district and date. A commune elsewhere stays unlinked."""
    if gazetteer is None or kind not in LEVELS:
        return None
    level = LEVELS[kind]
    if level == "xã" and head.commune and loose(name) == loose(head.commune):  # the head has weighed what it is
        return next((u for u in gazetteer.find(name, level) if u.code == head.place_code), None)
    title = "Thị trấn" if before.endswith("thi tran ") else "Phường" if before.endswith("phuong ") else None
    if level == "tỉnh" and not SAID.search(before) and head.district and name != head.province:
        near = gazetteer.link(name, "xã", head.province, head.district, head.date)
        if near is not None and (above := gazetteer.district_of(near)) is not None and above.name == head.district:
            return near  # a commune of the district that is named like a province
    unit = gazetteer.link(name, level, head.province, head.district, head.date, title=title)
    if unit is None and level == "huyện":
        unit = gazetteer.link(name, level, date=head.date)
    if unit is None and level == "xã" and head.district:
        unit = gazetteer.misspelt(name, head.district, head.province, head.date)
    return unit


def _siblings(head: Head, gazetteer: Gazetteer | None) -> Siblings | None:
    """Communes of the document's district by name: a report of a district names them without saying what they are."""
    if gazetteer is None or not head.district:
        return None
    district = gazetteer.link(head.district, "huyện", head.province, date=head.date)
    if district is None:
        return None
    units = reversed(gazetteer.communes_of(district))  # the newest name of a code stands first
    named = {u.name: u for u in units if " " in u.name and u.name != district.name}
    return Siblings(named, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, named))})(?!\w)")) if named else None


def _bare(passage: Passage, siblings: Siblings | None) -> Iterator[Named]:
    """Communes of the district outside of all entities."""
    if siblings is not None:
        for match in siblings.pattern.finditer(passage.text):
            if not any(_touches(entity, *match.span()) for entity in passage.entities if entity.key):
                unit = siblings.units[match.group()]
                yield Named(match.start(), unit.level, unit.name, unit)


def _learned(
    passage: Passage, known: list[Named], found: Mapping[str, PlaceMention], knowledge: Knowledge
) -> Iterator[Named]:
    """Hamlets and communes that the trained component alone found, of no list, where the text says what they are."""
    taken = {place.start for place in known}
    for entity in passage.entities:
        name = passage.text[entity.start : entity.end]
        proper = " " in name and name == name.title() and passage.kind != "head"
        if entity.label != PLACE or entity.key or entity.start in taken or not proper:
            continue
        said = list(ANNOUNCED.finditer(passage.text, 0, entity.start))
        if said and LISTED.fullmatch(passage.text[said[-1].end() : entity.start]):
            listed = knowledge.gazetteer is not None and any(knowledge.gazetteer.find(name, v) for v in LEVELS.values())
            if not listed:
                commune = said[-1].group().lower() == "xã" or f"xã:{folded(name)}" in found
                yield Named(entity.start, "xã" if commune else "bản", name, None)


def _touches(entity: Entity, start: int, end: int) -> bool:
    return entity.start < end and entity.end > start
