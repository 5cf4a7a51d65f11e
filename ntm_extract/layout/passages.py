"""A document as an outline: passages in reading order, each with its kind, section path, list sign and depth."""

from __future__ import annotations

import re

from ntm_extract.layout.headings import KIND_LINE, Opening, opening
from ntm_extract.layout.paragraphs import Paragraph, paragraphs
from ntm_extract.model import Document, Outline, Passage, PassageKind
from ntm_extract.text.folding import folded

HEAD_LINE = re.compile(
    r"(?:cong hoa xa hoi|doc lap\b|.*doc lap ?- ?tu do|so ?:|uy ban nhan dan|hoi dong nhan dan|ubnd |"
    r"hdnd |huyen uy|tinh uy|"
    r"dang uy|ban chi dao|so nong nghiep|van phong|chu tich uy ban|bo )"
)
NUMBER_LINE = re.compile(r"so ?: ?\S*\d*\s?/")
FOOT_LINE = re.compile(r"(?:noi nhan\b|tm\. |t\.?m\.? uy ban|kt\. ?chu tich|kt\. |tl\. |tuq\. )")
ANNEX_LINE = re.compile(r"(?:phu luc|bieu|bang|phu bieu)\b")
DASH, STAR = 20, 22
"""Levels of list signs: a star or dot may head dashes, as dashes may head it; a cross never heads a dash."""
REACH = 14  # paragraphs within which a head shows itself


def outline(document: Document) -> Outline:
    """Read the document's structure. Total: any document has an outline, if only of plain passages."""
    parts = paragraphs(document)
    kinds = _kinds(parts)
    passages: list[Passage] = []
    sections: list[tuple[int, str]] = []
    signs: list[int] = []
    for part, kind in zip(parts, kinds, strict=True):
        if kind in ("head", "foot", "note"):
            if kind == "head":
                sections, signs = [], []
            passages.append(_passage(part, kind, sections))
            continue
        if part.cell:
            passages.append(_passage(part, kind, sections))
            continue
        opened = opening(part.text, in_section=bool(sections))
        if opened.level and opened.level < 20:
            while sections and sections[-1][0] >= opened.level:
                sections.pop()
        depth = _depth(signs, opened)
        made: PassageKind = "heading" if opened.heading else "item" if opened.sign else "body"
        passages.append(_passage(part, made, sections, opened.sign, depth))
        if opened.heading or opened.lead:
            sections.append((opened.level, part.text if opened.heading else opened.lead))
    return Outline(document=document, passages=tuple(passages))


def _passage(
    part: Paragraph, kind: PassageKind, sections: list[tuple[int, str]], sign: str = "", depth: int = 0
) -> Passage:
    path = tuple(title for _, title in sections)
    return Passage(kind=kind, tokens=part.tokens, text=part.text, section=path, marker=sign, depth=depth)


def _depth(signs: list[int], opened: Opening) -> int:
    """Depth in the list tree: signs seen since the last heading or plain paragraph nest in order of appearance."""
    if opened.heading or not opened.sign:
        signs.clear()
        return 0
    if opened.level in signs:
        del signs[signs.index(opened.level) + 1 :]
    elif signs and opened.level < min(signs) and not (opened.level >= DASH and min(signs) >= STAR):
        signs[:] = [opened.level]
    else:
        signs.append(opened.level)
    return len(signs)


def _kinds(parts: tuple[Paragraph, ...]) -> list[PassageKind]:
    """Head, foot and note of each paragraph; everything else is "body" for now."""
    kinds: list[PassageKind] = []
    keys = [folded(part.text) for part in parts]
    state = "head" if _head_begins(parts, keys, 0) else "body"
    titled = False
    for i, (part, key) in enumerate(zip(parts, keys, strict=True)):
        if state != "head" and _is_caps_office(part.text, key) and _head_begins(parts, keys, i):
            state, titled = "head", False
        if state == "head":
            if titled and not (part.text.isupper() or (part.centred and part.text[0].islower())):
                state = "body"
            elif not titled and i > 0 and _is_title_of(keys[i - 1]):
                titled = True
            elif len(part.text.split()) > 60 or (not _kind_ahead(keys, i) and not HEAD_LINE.match(key)):
                state = "body"
        if state == "body" and FOOT_LINE.match(key) and i > 2:
            state = "foot"
        elif state == "foot" and ANNEX_LINE.match(key):
            state = "body"
        kinds.append("note" if part.note else "head" if state == "head" else "foot" if state == "foot" else "body")
    return kinds


def _is_title_of(key: str) -> bool:
    return bool(KIND_LINE.fullmatch(key.strip()))


def _is_caps_office(text: str, key: str) -> bool:
    return text.isupper() and bool(HEAD_LINE.match(key))


def _head_begins(parts: tuple[Paragraph, ...], keys: list[str], at: int) -> bool:
    """A head shows a number line, the state's motto or a line with the kind within a few paragraphs."""
    near = range(at, min(at + (REACH if at == 0 else 4), len(parts)))
    return any(NUMBER_LINE.match(keys[i]) or "doc lap" in keys[i][:60] or _kind(parts, keys, i) for i in near)


def _kind(parts: tuple[Paragraph, ...], keys: list[str], i: int) -> bool:
    return parts[i].text.isupper() and bool(KIND_LINE.fullmatch(keys[i].strip()))


def _kind_ahead(keys: list[str], at: int) -> bool:
    return any(KIND_LINE.fullmatch(key.strip()) for key in keys[at : at + REACH])
