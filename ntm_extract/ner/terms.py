"""Terms known by heart: organisations, programmes, funding sources, kinds of capital, criteria, levels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from ntm_extract.gazetteer import fold
from ntm_extract.ner.labels import ORG

FOUND = "found"
"""Name of the span group that every ruler adds to and `settle` reads."""
TEXT = "text"
"""Where a doc's user data keep its text, which `Doc.text` would put together anew."""
LONG = 4  # tokens from which a phrase without its marks is taken for the term even in small letters
LEVELS = {("tinh",), ("huyen",), ("xa",), ("phuong",), ("quan",), ("thi", "xa"), ("thi", "tran"), ("thanh", "pho")}


class Term(NamedTuple):
    """A phrase and what it stands for. `marks` False finds it without its marks too, but only with a capital."""

    label: str
    key: str
    phrase: str
    marks: bool = True


class TermRuler:
    """Adds a span for every term. An organisation takes in the office before it and the level word after it."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self._exact = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._bare = PhraseMatcher(nlp.vocab, attr="NORM")
        self._term: dict[int, Term] = {}
        self._offices: set[tuple[str, ...]] = set()

    def learn(self, terms: Iterable[Term], offices: Iterable[str]) -> None:
        """Take the terms in. Called once, before the first text."""
        phrases: dict[tuple[str, str, bool], list[Doc]] = defaultdict(list)
        for term in terms:
            phrases[term.label, term.key, term.marks].append(self.nlp.make_doc(term.phrase))
        for (label, key, marks), docs in phrases.items():
            name = f"{label}|{key}|{marks}"
            (self._exact if marks else self._bare).add(name, docs)
            self._term[self.nlp.vocab.strings.add(name)] = Term(label, key, "", marks)
        self._offices = {tuple(fold(office).split()) for office in offices}

    def __call__(self, doc: Doc) -> Doc:
        """Add what is found to the doc's span group."""
        found = doc.spans[FOUND]
        for matcher in (self._exact, self._bare):
            for match, start, end in matcher(doc):
                term = self._term[match]
                if not term.marks and end - start < LONG and not doc[start].text[0].isupper():
                    continue
                span = self._widened(doc, start, end) if term.label == ORG else (start, end)
                found.append(Span(doc, *span, label=term.label, span_id=term.key))
        return doc

    def _widened(self, doc: Doc, start: int, end: int) -> tuple[int, int]:
        for size in (3, 2, 1):
            if size <= start and tuple(t.norm_ for t in doc[start - size : start]) in self._offices:
                start -= size
                break
        for size in (2, 1):
            level = doc[end : end + size]
            if (
                len(level) == size
                and tuple(t.norm_ for t in level) in LEVELS
                and doc[end : end + size + 1][-1].norm_ != "hoi"
            ):
                end += size
                break
        return start, end
