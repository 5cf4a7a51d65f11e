"""Documents that the text cites: one row a distinct document, at its first mention."""

from __future__ import annotations

import re

from ntm_extract.extract.document import extract_document
from ntm_extract.extract.evidence import evidence
from ntm_extract.extract.registry import extractor
from ntm_extract.facts import LegalRef
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Entity, Outline, Passage
from ntm_extract.ner.labels import LAW, ORG, PLACE
from ntm_extract.text.dating import date_at
from ntm_extract.text.folding import folded

GAP = re.compile(r"[\s,(]*(?:ra |ban hanh |ky )?")
OF = re.compile(r"[\s,()]*(?:cua|do)\s+")
ISSUED_BY = re.compile(
    r"\s*(?:da )?(?:co |ban hanh|ky ban hanh|ky|ra|thong qua|phe duyet|tai|co)?\s*(?:cac |mot so )?$"
)
ISSUER_END = re.compile(
    r"[,;:.()\"“”]|\s(?:ban hanh|ve|phe duyet|quy dinh|nam|ngay|huong dan|va|giao|cong nhan|thong qua|sua doi|cong bo|bai bo|thanh lap|"
    r"trien khai|thuc hien|tai|so|khoa|trong|de|doi voi|cho|la|da|kem|theo|dieu chinh|phan bo|to chuc|yeu cau|chi dao|nham)\b"
)


@extractor(table="legal_refs")
def extract_legal_refs(outline: Outline, knowledge: Knowledge) -> tuple[LegalRef, ...]:
    """Every document cited by number or by name, but the one at hand."""
    own = extract_document.function(outline, knowledge).number
    seen: dict[tuple[str, str], int] = {}
    refs: list[LegalRef] = []
    for passage in outline.passages:
        for entity in passage.entities:
            if entity.label != LAW:
                continue
            if passage.kind == "head" and passage.text[entity.start].isdigit():
                continue  # a head's own number; documents that its title cites are named by kind
            kind, number, name = entity.key.split("|", 2)
            identity = (kind, number) if number else ("", folded(name))
            if identity in seen or (number and number == own) or (not number and not name):
                continue
            seen[identity] = len(refs)
            refs.append(_ref(outline.document.doc_id, passage, entity, kind, number, name))
    return tuple(refs)


def _ref(doc_id: str, passage: Passage, entity: Entity, kind: str, number: str, name: str) -> LegalRef:
    text = passage.text
    dated = date_at(text, entity.end + len(_match(GAP, text, entity.end)))
    end = dated.end if dated else entity.end
    issuer = _issuer_after(passage, end)
    if dated is None and issuer:  # "Quyết định số 12/QĐ-UBND của UBND tỉnh ngày 3/4/2020"
        dated = date_at(text, issuer[1] + len(_match(GAP, text, issuer[1])))
        end = max(dated.end if dated else 0, issuer[1])
    elif issuer:
        end = issuer[1]
    if not issuer:
        issuer = _issuer_inside(passage, entity) or _issuer_before(passage, entity)
    at = text.find(number[:1], entity.start, entity.end) if number else entity.start
    return LegalRef(
        kind=kind,
        number=number or None,
        date=dated.value if dated else None,
        issuer=text[issuer[0] : issuer[1]].strip(" ,;.") if issuer else None,
        name=name or None,
        evidence=evidence(
            doc_id,
            passage,
            (min(entity.start, issuer[0]) if issuer else entity.start, end),
            (at, entity.end),
            rule="law.number" if number else "law.name",
            certainty=0.95 if number else 0.9,
        ),
    )


def _match(pattern: re.Pattern[str], text: str, at: int) -> str:
    found = pattern.match(folded(text), at)
    return found.group() if found else ""


def _issuer_after(passage: Passage, at: int) -> tuple[int, int] | None:
    """Characters of the issuer named after "của": an organisation with its unit, else the capitalised words up to a stop."""
    said = OF.match(folded(passage.text), at)
    if said is None:
        return None
    start = said.end()
    for i, entity in enumerate(passage.entities):
        if entity.label == ORG and entity.start == start:
            return start, _with_unit(passage, i)
    if start >= len(passage.text) or not passage.text[start].isupper():
        return None
    stop = ISSUER_END.search(folded(passage.text), start)
    end = stop.start() if stop else len(passage.text)
    return (start, end) if 0 < len(passage.text[start:end].split()) <= 12 else None


def _issuer_inside(passage: Passage, entity: Entity) -> tuple[int, int] | None:
    """The issuer between kind and number: "báo cáo của UBND tỉnh số 7/BC-UBND"."""
    said = re.search(
        r"\s(?:cua|do)\s+(.+?)\s+(?:tai\s+)?so\s*:?\s*\S+$", folded(passage.text[entity.start : entity.end])
    )
    return (entity.start + said.start(1), entity.start + said.end(1)) if said else None


def _issuer_before(passage: Passage, entity: Entity) -> tuple[int, int] | None:
    """The issuer right before: "Thủ tướng Chính phủ ban hành Quyết định …", "Sở Nội vụ tại Tờ trình …"."""
    for i, org in reversed(list(enumerate(passage.entities))):
        if org.label != ORG or org.start >= entity.start:
            continue
        end = _with_unit(passage, i)
        between = folded(passage.text[end : entity.start])
        if end <= entity.start and between.strip() and ISSUED_BY.fullmatch(between):
            return org.start, end
        return None
    return None


def _with_unit(passage: Passage, index: int) -> int:
    """End of the organisation, the unit that follows it and what names it further ("Ban Chỉ đạo … huyện X") taken in."""
    org = passage.entities[index]
    end = org.end
    for place in passage.entities[index + 1 :]:
        between = passage.text[end : place.start]
        if place.label != PLACE or folded(between).strip() not in ("", "tinh", "huyen", "xa", "thi xa", "thanh pho"):
            break
        end = place.end
    return end
