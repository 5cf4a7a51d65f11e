"""Administrative units that the text names, linked to their official codes, each once with its count."""

from __future__ import annotations

from ntm_extract.extract.document import extract_document
from ntm_extract.extract.registry import extractor
from ntm_extract.facts import Head, PlaceMention
from ntm_extract.gazetteer import Gazetteer, Level, Unit
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Outline
from ntm_extract.ner.labels import PLACE
from ntm_extract.text.folding import folded

LEVELS: dict[str, Level] = {"tỉnh": "tỉnh", "huyện": "huyện", "xã": "xã"}


@extractor(table="places")
def extract_places(outline: Outline, knowledge: Knowledge) -> tuple[PlaceMention, ...]:
    """Every place in the order of first mention. A name that the gazetteer can't settle keeps empty codes."""
    head = extract_document.function(outline, knowledge)
    found: dict[str, PlaceMention] = {}
    for passage in outline.passages:
        for entity in passage.entities:
            if entity.label != PLACE:
                continue
            kind, _, name = entity.key.partition(":")
            text = passage.text[entity.start : entity.end]
            title = folded(passage.text[max(0, entity.start - 10) : entity.start])
            unit = _unit(name or text, kind, title, head, knowledge.gazetteer)
            identity = f"{kind}:{unit.code}" if unit else f"{kind}:{folded(name)}"
            before = found.get(identity)
            tokens = passage.tokens_in(entity.start, entity.end)
            if not tokens:
                continue
            found[identity] = PlaceMention(
                page=before.page if before else tokens[0].page,
                name=unit.name if unit else name or text,
                kind=LEVELS.get(kind, "bản"),
                code=unit.code if unit else None,
                code_2025=(unit.code_2025 or None) if unit else None,
                count=before.count + 1 if before else 1,
            )
    return tuple(found.values())


def _unit(name: str, kind: str, before: str, head: Head, gazetteer: Gazetteer | None) -> Unit | None:
    """The unit meant, by the document's own province, district and date. A commune outside its province stays unlinked."""
    if gazetteer is None or kind not in LEVELS:
        return None
    level = LEVELS[kind]
    title = "Thị trấn" if before.endswith("thi tran ") else "Phường" if before.endswith("phuong ") else None
    unit = gazetteer.link(name, level, head.province, head.district, head.date, title)
    if unit is None and level == "huyện":
        unit = gazetteer.link(name, level, date=head.date)
    return unit
