"""Entities in passages: places, organisations, legal documents, terms of the programme. Pure; edges/nlp.py loads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ntm_extract.model import Entity, Outline
from ntm_extract.ner.labels import LEARNED_ALONE
from ntm_extract.ner.terms import TEXT

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from ntm_extract.knowledge import Knowledge

__all__ = ["annotate"]


def annotate(outline: Outline, nlp: Language, knowledge: Knowledge) -> Outline:
    """The outline with the entities of every passage: sorted, not overlapping, at characters of the passage's text.

    What the trained component alone found has no key, and is taken of the labels that facts can use without one.
    """
    docs = nlp.pipe(_doc(nlp, passage.text) for passage in outline.passages)
    passages = (
        replace(
            passage,
            entities=tuple(
                Entity(start=e.start_char, end=e.end_char, label=e.label_, key=e.id_)
                for e in doc.ents
                if e.id_ or e.label_ in LEARNED_ALONE
            ),
        )
        for passage, doc in zip(outline.passages, docs, strict=True)
    )
    return replace(outline, passages=tuple(passages))


def _doc(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    doc.user_data[TEXT] = text
    return doc
