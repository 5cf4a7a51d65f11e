"""Text to annotated outline, for the tests of names: one page, one line a line, as a text file is read."""

from __future__ import annotations

from functools import cache

from spacy.language import Language

from ntm_extract.edges.data import load_knowledge
from ntm_extract.knowledge import Knowledge
from ntm_extract.layout.passages import outline
from ntm_extract.model import Document, Line, Outline, Page, Word
from ntm_extract.ner import annotate
from ntm_extract.ner.pipeline import build


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


@cache
def pipeline() -> Language:
    return build(knowledge(), knowledge().lexicon)


def document(text: str, confidence: dict[str, float] | None = None) -> Document:
    lines = tuple(
        Line(
            number=n,
            words=tuple(
                Word(text=w, recognised=w, confidence=(confidence or {}).get(w, 0.96 if confidence else None))
                for w in line.split()
            ),
        )
        for n, line in enumerate(text.strip("\n").split("\n"), 1)
    )
    page = Page(number=1, lines=lines, text_source="text")
    return Document(doc_id="0123456789abcdef", source="a.txt", media="text", pages=(page,))


def read(text: str, confidence: dict[str, float] | None = None) -> Outline:
    return annotate(outline(document(text, confidence)), pipeline(), knowledge())
