"""Documents that the text cites: one row a distinct document, at its first mention."""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec.structs import replace

from ntm_extract.extract.document import Opening, read_opening
from ntm_extract.extract.evidence import evidence
from ntm_extract.extract.letterhead import Letterhead
from ntm_extract.extract.registry import extractor
from ntm_extract.facts import LegalRef
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Entity, Outline, Passage
from ntm_extract.ner.labels import LAW, ORG, PLACE
from ntm_extract.ner.laws import LAW_WORD
from ntm_extract.ner.lexicon import Lexicon, before
from ntm_extract.text.dates import Dated, date_at
from ntm_extract.text.folding import folded

SAME_DAY = re.compile(r"[\s,(]*(?:(?:đều|có|được|ký|ban hành)\s)*(?:cùng|đều)\s(?:(?:được|ký|ban hành)\s)*(?=ngày)")
GAP = re.compile(r"[\s,(]*(?:(?:(?:cùng|đều|được|ban hành|ký)\s)+(?=ngày))?")
OF = re.compile(r"[\s,()]*(?:cua|do)\s+")
ISSUED_BY = re.compile(r"\s*(?:da )?(?:co|ban hanh|ky ban hanh|ky|ra|thong qua|phe duyet|tai)\s*(?:cac |mot so )?")
APPROVED_IN = re.compile(
    r"\s*(?:da )?(?:phe duyet|ban hanh|thong qua|cong nhan|quy dinh)(?: [^.;:]{0,160})? (?:tai|theo)\s*"
)
"""Between who approved something and where: "được Thủ tướng Chính phủ phê duyệt tại Quyết định số …"."""
ANNOUNCED = re.compile(r"\s*\(\s*|\s*:?\s*so\s*:?\s*")
"""Between "của" with who issued something and the citation: "đề nghị của Sở Nội vụ (Tờ trình số …)", "các Quyết định
của UBND tỉnh: số …"."""
ISSUES = re.compile(r"\s*(?:da )?(?:ban hanh|ra|ky ban hanh)\s*(?:cac |mot so )?(?:van ban)?(?: gom)?\s*:?\s*")
INSIDE = re.compile(r"\s(?:cua|do)\s+(.+?)\s+(?:tai\s+)?so\s*:?\s*\S+$")
ANNEXED = re.compile(r"^\W*\((?:ban hanh )?kem theo (?:cong van |van ban )?$")
"""Before the document that a whole paper is an annex of: "(Kèm theo Báo cáo số …)" cites nothing."""
LISTED = re.compile(r"[\s,;]*(?:va)?\s*(?:so)?[\s:]*")
LONGEST_ISSUER = 12  # words


class Where(NamedTuple):
    """A stretch of a passage's text."""

    start: int
    end: int


@extractor(table="legal_refs", needs=read_opening)
def extract_legal_refs(outline: Outline, knowledge: Knowledge, opening: Opening) -> tuple[LegalRef, ...]:
    """Every document cited by number or by name, but the one at hand."""
    own = opening.printed
    seen: set[tuple[str, str]] = set()
    refs: list[LegalRef] = []
    for passage in outline.passages:
        for entity in passage.entities:
            if entity.label != LAW or (passage.kind == "head" and passage.text[entity.start].isdigit()):
                continue  # a number without a kind, in a head, is the head's own
            if ANNEXED.search(folded(passage.text[: entity.start])):
                continue
            kind, number, name = entity.key.split("|", 2)
            identity = (kind, number) if number else ("", folded(name))
            if identity not in seen and not (number and _own(number, own)):
                seen.add(identity)
                ref = _ref(passage, entity, outline.document.doc_id, knowledge.lexicon)
                refs.append(_undated(ref) if _later(ref.date, own.date) else ref)
    return tuple(refs)


def _own(number: str, own: Letterhead) -> bool:
    """Whether the number is that of the document at hand, or its end ("!58/BC-UBND" for "158/BC-UBND")."""
    return own.number.endswith(number)


def _later(cited: str | None, own: str) -> bool:
    """Whether the date of a cited document lies after that of the document that cites it, as far as both are known."""
    size = min(len(cited or ""), len(own))
    return bool(size) and (cited or "")[:size] > own[:size]


def _undated(ref: LegalRef) -> LegalRef:
    """The citation without its date, which must have been misread."""
    return replace(ref, date=None, evidence=replace(ref.evidence, confidence=round(ref.evidence.confidence / 2, 4)))


def _ref(passage: Passage, entity: Entity, doc_id: str, lexicon: Lexicon) -> LegalRef:
    kind, number, name = entity.key.split("|", 2)
    text = passage.text
    dated = _date(text, entity.end)
    issuer = _issuer_after(passage, dated.end if dated else entity.end, lexicon)
    if dated is None and issuer:  # "Quyết định số 12/QĐ-UBND của UBND tỉnh ngày 3/4/2020"
        dated = _date(text, issuer.end)
    end = dated.end if dated else entity.end
    day = dated or _date_shared(text, passage, entity, lexicon)
    issuer = issuer or _issuer_inside(passage, entity) or _issuer_before(passage, entity)
    issuer = issuer or _issuer_of_list(passage, entity)
    if issuer and LAW_WORD.match(text, issuer.start):  # what is amended: "Luật sửa đổi một số điều của Luật … số …"
        issuer = None
    named = text[issuer.start : issuer.end] if issuer else _issuer_shared(passage, entity, end, lexicon)
    parts = [(entity.start, entity.end), *([issuer] if issuer else []), *([(dated.start, dated.end)] if dated else [])]
    at = text.find(number[:1], entity.start, entity.end) if number else entity.start
    return LegalRef(
        kind=kind,
        number=number or None,
        date=day.value if day else None,
        issuer=named.strip(" ,;.") or None,
        name=name or None,
        evidence=evidence(
            doc_id,
            passage,
            (min(start for start, _ in parts), max(end for _, end in parts)),
            (at, entity.end),
            rule="law.number" if number else "law.name",
            certainty=0.95 if number else 0.9,
        ),
    )


def _date(text: str, at: int) -> Dated | None:
    """The date that follows at once, over a comma or an opening bracket."""
    gap = GAP.match(text, at)
    return date_at(text, gap.end()) if gap else None


def _issuer_after(passage: Passage, at: int, lexicon: Lexicon) -> Where | None:
    """The issuer named after "của": an organisation with its unit, else capitalised words up to a stop word."""
    said = OF.match(folded(passage.text), at)
    if said is None:
        return None
    start = said.end()
    for i, entity in enumerate(passage.entities):
        if entity.label == ORG and entity.start == start:
            return Where(start, _with_unit(passage, i))
    joint = passage.text.startswith("liên ", start)  # "của liên Bộ Nông nghiệp và PTNT, Tài chính"
    if start >= len(passage.text) or not (joint or passage.text[start].isupper()):
        return None
    end = before(lexicon.issuer_end, passage.text, start)
    return Where(start, end) if 0 < len(passage.text[start:end].split()) <= LONGEST_ISSUER else None


def _issuer_shared(passage: Passage, entity: Entity, at: int, lexicon: Lexicon) -> str:
    """The issuer named with a later citation of a list whose number ends alike: "512/QĐ-TTg và 77/QĐ-TTg của …"."""
    ahead = (e for e in passage.entities if e.label == LAW and e.start >= at)
    for other in ahead:
        if not LISTED.fullmatch(folded(passage.text[at : other.start])) or _tail(other) != _tail(entity):
            return ""
        dated = _date(passage.text, other.end)
        at = dated.end if dated else other.end
        issuer = _issuer_after(passage, at, lexicon)
        if issuer:
            return passage.text[issuer.start : issuer.end]
    return ""


def _date_shared(text: str, passage: Passage, entity: Entity, lexicon: Lexicon) -> Dated | None:
    """The date that a later citation of the list gives for all: "số 318/QĐ-TTg và số 319/QĐ-TTg cùng ngày 8/3/2022"."""
    at = entity.end
    for other in (e for e in passage.entities if e.label == LAW and e.start >= entity.end):
        if not LISTED.fullmatch(folded(text[at : other.start])):
            return None
        issuer = _issuer_after(passage, other.end, lexicon)
        if same := SAME_DAY.match(text, issuer.end if issuer else other.end):
            return date_at(text, same.end())
        at = other.end
    return None


def _tail(entity: Entity) -> str:
    """The letters of a number: those of one issuer's documents of one kind are the same."""
    return entity.key.split("|")[1].lstrip("0123456789/-")


def _issuer_inside(passage: Passage, entity: Entity) -> Where | None:
    """The issuer between kind and number: "báo cáo của UBND tỉnh số 7/BC-UBND"."""
    said = INSIDE.search(folded(passage.text[entity.start : entity.end]))
    if said is None or passage.text[entity.start + said.start() + 1] in "Đđ":  # "đô thị" is no "do"
        return None
    return Where(entity.start + said.start(1), entity.start + said.end(1))


def _issuer_before(passage: Passage, entity: Entity) -> Where | None:
    """The issuer right before: "Thủ tướng Chính phủ ban hành Quyết định …", "Sở Nội vụ tại Tờ trình …"."""
    before = [i for i, one in enumerate(passage.entities) if one.label == ORG and one.start < entity.start]
    if not before:
        return None
    end = _with_unit(passage, before[-1])
    start = passage.entities[before[-1]].start
    between = folded(passage.text[end : entity.start])
    owned = folded(passage.text[max(0, start - 4) : start]) in ("cua ", " do ")
    said = ISSUED_BY.fullmatch(between) or APPROVED_IN.fullmatch(between) or (owned and ANNOUNCED.fullmatch(between))
    return Where(start, end) if said else None


def _issuer_of_list(passage: Passage, entity: Entity) -> Where | None:
    """Who issued all that the sentence goes on to list: "UBND huyện đã ban hành: Quyết định …; Kế hoạch …"."""
    before = [i for i, one in enumerate(passage.entities) if one.label == ORG and one.start < entity.start]
    cited = [one for one in passage.entities if one.label == LAW and one.start < entity.start]
    if not before or not cited:
        return None
    end = _with_unit(passage, before[-1])
    first = next((one.start for one in cited if one.start >= end), len(passage.text))
    between = folded(passage.text[end:first])
    said = ISSUES.fullmatch(between) or (":" in between and ANNOUNCED.fullmatch(between))
    inside = re.search(r"\.\s", passage.text[end : entity.start])
    return Where(passage.entities[before[-1]].start, end) if said and not inside else None


def _with_unit(passage: Passage, index: int) -> int:
    """End of the organisation together with the unit named after it ("Sở Nội vụ" + "tỉnh Yên Bái")."""
    end = passage.entities[index].end
    for place in passage.entities[index + 1 :]:
        between = folded(passage.text[end : place.start]).strip()
        if place.label == ORG and between == "va" and _alike(passage.entities[index], place, passage.text):
            end = place.end  # "phòng Tài chính và phòng Nông nghiệp"
            continue
        if place.label != PLACE or between not in ("", "tinh", "huyen", "xa", "thi xa", "thanh pho"):
            break
        end = place.end
    return end


def _alike(one: Entity, other: Entity, text: str) -> bool:
    """Whether two organisations are of one kind, by the first words of their names."""
    first, second = (folded(text[e.start : e.end]).partition(" ")[0] for e in (one, other))
    return first == second
