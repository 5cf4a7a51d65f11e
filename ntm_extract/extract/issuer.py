"""Who issued a document and for which unit: from the head's left column, else from the title, the date line and the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct
from rapidfuzz import fuzz

from ntm_extract.extract.letterhead import Letterhead
from ntm_extract.gazetteer import Gazetteer, Level, Unit, fold
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Outline
from ntm_extract.ner.labels import ORG, PLACE
from ntm_extract.text.folding import folded

LEVEL_WORD = re.compile(r"(?<!\w)(tinh|huyen|quan|thi xa|thanh pho|tp|xa|phuong|thi tran|dac khu)[\s.]+")
LEVEL_OF: dict[str, Level] = {
    "tinh": "tỉnh", "huyen": "huyện", "quan": "huyện", "thi xa": "huyện", "thanh pho": "huyện", "tp": "huyện", "xa": "xã", "phuong": "xã", "thi tran": "xã", "dac khu": "xã",
}  # fmt: skip
TITLE_OF = {
    "tinh": "tỉnh", "huyen": "huyện", "quan": "quận", "thi xa": "thị xã", "thanh pho": "thành phố", "tp": "thành phố", "xa": "xã", "phuong": "phường", "thi tran": "thị trấn", "dac khu": "đặc khu",
}  # fmt: skip
GOVERNED = ("UBND", "HĐND", "Đảng ủy", "Huyện ủy", "Thị ủy", "Thành ủy", "Tỉnh ủy")
PARTY = {"Huyện ủy": "huyen", "Thị ủy": "thi xa", "Tỉnh ủy": "tinh", "Thành ủy": "thanh pho"}


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


def find_seat(head: Letterhead, outline: Outline, knowledge: Knowledge) -> Seat:
    """Issuer and unit. The left column is believed first; a name that it spells wrongly is put right by the others."""
    lexicon = knowledge.lexicon
    joined = " ".join(head.left)
    org, tail = _organisation(joined, knowledge)
    if not org:
        org = next(
            (lexicon.organisation_of_code[c].short for c in head.codes[1:] if c in lexicon.organisation_of_code), ""
        )
        tail = joined if not org or LEVEL_WORD.match(folded(joined)) else ""
    word, name = _unit(tail)
    if org in PARTY and not word:
        word, name = PARTY[org], tail
    witnesses = list(_witnesses(head, outline))
    if not word and org in GOVERNED:
        word, name = next(((w, n) for w, n in witnesses if w), ("", ""))
    elif word and not name:
        name = next((n for w, n in witnesses if w in (word, "")), "")
    if org and org not in GOVERNED:
        return _department(org, head, tail, word, name, outline, knowledge)
    if not org or not word:
        return Seat(issuer=org or _plain(joined))
    return _settled(org, word, name, [n for _, n in witnesses], head.date, outline, knowledge)


def _settled(
    org: str, word: str, name: str, witnesses: list[str], date: str, outline: Outline, knowledge: Knowledge
) -> Seat:
    level = LEVEL_OF[word]
    if word in ("thanh pho", "tp") and knowledge.gazetteer and not knowledge.gazetteer.find(name, "huyện"):
        level = "tỉnh"
    name = _spelt(name, level, witnesses, knowledge.gazetteer)
    title = TITLE_OF[word]
    unit = _unit_of(name, level, title, date, outline, knowledge.gazetteer)
    shown = name if unit is None or fold(unit.name) != fold(name) else unit.name
    issuer = f"{org} {shown}" if org in PARTY else f"{org} {title} {shown}"
    return Seat(issuer=issuer, level=level, title=title, name=shown, unit=unit)


def _department(
    org: str, head: Letterhead, tail: str, word: str, name: str, outline: Outline, knowledge: Knowledge
) -> Seat:
    """A department: its own name, and the unit named over it or after it."""
    whole = " ".join(head.left)
    units = [(w, n) for w, n in map(_unit, [*head.left, whole]) if w]
    if not word and units:
        word, name = units[0]
    joint = [_organisation(part, knowledge)[0] for part in re.split(r"\s*[-–]\s*(?=BỘ|ỦY|UỶ|NGÂN|TỔNG)", whole)]
    if len(joint) > 1 and all(joint):
        return Seat(issuer=" - ".join(joint))
    if org.split(maxsplit=1)[0] in ("Bộ", "Chính", "Thủ", "Quốc") or not word:
        return Seat(issuer=org if org in folded_names(knowledge) else _plain(tail) or org)
    seat = _settled("UBND", word, name, [n for _, n in units], head.date, outline, knowledge)
    return Seat(
        issuer=f"{org} {seat.title} {seat.name}", level=seat.level, title=seat.title, name=seat.name, unit=seat.unit
    )


def folded_names(knowledge: Knowledge) -> set[str]:
    """Short names of all organisations."""
    return set(knowledge.lexicon.organisation_of.values())


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
        if not (word[0].isupper() or word in "-–" or word.isdigit()) or LEVEL_WORD.match(folded(word) + " "):
            break
        name.append(word)
    return match.group(1), " ".join(name).strip(" -–")


def _witnesses(head: Letterhead, outline: Outline) -> Iterable[tuple[str, str]]:
    """(level word, name) pairs that speak for the issuer's unit beside the left column: title, text, date line."""
    after = re.search(
        r"(?:tren dia ban|cua|tai|o)\s+(?=(?:tinh|huyen|quan|thi xa|thanh pho|xa|phuong|thi tran)\s)",
        folded(head.title),
    )
    if after is not None:
        yield _unit(head.title[after.end() :])
    for passage in outline.passages:
        for org, place in zip(passage.entities, passage.entities[1:], strict=False):
            if org.label == ORG and org.key in GOVERNED and place.label == PLACE and place.start - org.end <= 1:
                match = LEVEL_WORD.search(folded(passage.text[org.start : org.end]) + " ")
                if match is not None and (
                    not head.place or fold(head.place) == fold(passage.text[place.start : place.end])
                ):
                    yield match.group(1), passage.text[place.start : place.end]
    if head.place:
        yield "", head.place


def _spelt(name: str, level: Level, witnesses: list[str], gazetteer: Gazetteer | None) -> str:
    """The name in its right letters: of the gazetteer if it has it, else of a witness that is much the same."""
    if gazetteer is not None and not gazetteer.find(name, level):
        for other in witnesses:
            if gazetteer.find(other, level) and (not name or fuzz.ratio(fold(name), fold(other)) >= 80):
                name = other
                break
    if gazetteer is not None and (found := gazetteer.find(name, level)):
        return found[0].name
    same = next((w for w in witnesses if fold(w) == fold(name) and not w.isupper()), "")
    return same or " ".join(word.capitalize() if word.isupper() else word for word in name.split())


def _unit_of(
    name: str, level: Level, title: str, date: str, outline: Outline, gazetteer: Gazetteer | None
) -> Unit | None:
    """The unit that the name means, the text's own provinces and districts as context, the most frequent first."""
    if gazetteer is None or not name:
        return None
    when = date or None
    provinces: list[str | None] = [*mentioned(outline, "tỉnh")]
    districts: list[str | None] = [*mentioned(outline, "huyện")] if level == "xã" else []
    for province in [*provinces, None]:
        for district in [*districts, None]:
            found = gazetteer.candidates(name, level, province, district, when)
            if district is not None:
                found = tuple(u for u in found if (d := gazetteer.district_of(u)) and fold(d.name) == fold(district))
            unit = gazetteer.link(name, level, province, district, when, title) if found else None
            if unit is not None:
                return unit
    return None


def _plain(text: str) -> str:
    """An issuer in capitals as prose: "BỘ Y TẾ" to "Bộ Y tế"."""
    return text.capitalize() if text.isupper() else text
