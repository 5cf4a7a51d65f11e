"""The spaCy pipeline: our tokenizer, the rulers, and one component that settles which of overlapping spans stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from ntm_extract.ner.labels import CAPITAL, CRITERION, LAW, LEVEL, ORG, PLACE, PROGRAMME, SOURCE
from ntm_extract.ner.laws import LawRuler
from ntm_extract.ner.lexicon import Lexicon
from ntm_extract.ner.places import PlaceRuler
from ntm_extract.ner.terms import FOUND, Term, TermRuler
from ntm_extract.ner.tokenizer import make_tokenizer, set_attributes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ntm_extract.knowledge import Knowledge

FIRST = {LAW: 3, PROGRAMME: 2, ORG: 1, PLACE: 1}
"""Which label wins where spans overlap; within a rank the longer span does."""
HAMLET = "bản:"


@Language.factory("ntm_terms")
def _terms(nlp: Language, name: str) -> TermRuler:
    return TermRuler(nlp)


@Language.factory("ntm_places")
def _places(nlp: Language, name: str) -> PlaceRuler:
    return PlaceRuler(nlp)


@Language.factory("ntm_laws")
def _laws(nlp: Language, name: str) -> LawRuler:
    return LawRuler(nlp)


@Language.component("ntm_start")
def _start(doc: Doc) -> Doc:
    doc.spans[FOUND] = []
    return doc


@Language.component("ntm_settle")
def _settle(doc: Doc) -> Doc:
    """The spans found become the doc's entities, none overlapping.

    Those of the trained component give way to them, unless one of another label takes a mere term in ("tỷ lệ hộ
    nghèo") or a hamlet's name is longer than the rulers dare say.
    """
    if not doc.spans[FOUND] and not doc.ents:
        return doc
    kept: list[Span] = []
    taken: set[int] = set()
    groups: dict[int, list[Span]] = {}
    for span in doc.spans[FOUND]:
        groups.setdefault(FIRST.get(span.label_, 0), []).append(span)
    for rank in sorted(groups, reverse=True):
        for span in filter_spans(groups[rank]):
            if taken.isdisjoint(range(span.start, span.end)):
                kept.append(span)
                taken.update(range(span.start, span.end))
    learned = []
    for span in doc.ents:
        met = [k for k in kept if k.start < span.end and span.start < k.end]
        if all(_takes_in(span, k) for k in met):
            key = HAMLET + span.text if any(k.label_ == PLACE for k in met) else ""
            learned.append(Span(doc, span.start, span.end, label=span.label, span_id=key))
            kept = [k for k in kept if k not in met]
    doc.set_ents(sorted([*kept, *learned], key=lambda s: s.start))
    return doc


def _takes_in(span: Span, term: Span) -> bool:
    inside = span.start <= term.start and term.end <= span.end
    if term.label_ == PLACE:
        return inside and span.label_ == PLACE and term.id_.startswith(HAMLET) and not span.text.isupper()
    return inside and term.label_ not in FIRST and term.label_ != span.label_


def blank() -> Language:
    """A pipeline with our tokenizer and nothing else."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    set_attributes(nlp.vocab)
    nlp.tokenizer = make_tokenizer(nlp)
    return nlp


def build(knowledge: Knowledge, lexicon: Lexicon) -> Language:
    """The pipeline with rulers only. No file is read; nothing beyond spaCy's own Vietnamese defaults is needed."""
    nlp = blank()
    nlp.add_pipe("ntm_start")
    nlp.add_pipe("ntm_laws")
    nlp.add_pipe("ntm_terms")
    nlp.add_pipe("ntm_places")
    nlp.add_pipe("ntm_settle")
    nlp.get_pipe("ntm_laws").learn(lexicon)  # type: ignore[attr-defined]
    nlp.get_pipe("ntm_terms").learn(terms(knowledge, lexicon), lexicon.offices)  # type: ignore[attr-defined]
    if knowledge.gazetteer is not None:
        nlp.get_pipe("ntm_places").learn(knowledge.gazetteer, lexicon)  # type: ignore[attr-defined]
    return nlp


def terms(knowledge: Knowledge, lexicon: Lexicon) -> Iterator[Term]:
    """Every term of the data files with its label. Names of organisations are found without their marks too."""
    for name, short in lexicon.organisation_of.items():
        yield Term(ORG, short, name, marks=False)
    for programme in lexicon.programmes:
        for phrase in (programme.name, *programme.aliases):
            yield Term(PROGRAMME, programme.name, phrase)
    for phrase, source in knowledge.source_of.items():
        yield Term(SOURCE, source, phrase)
    for phrase, capital in knowledge.capital_of.items():
        yield Term(CAPITAL, capital, phrase)
    for phrase, level in knowledge.level_of.items():
        yield Term(LEVEL, level, phrase)
    for phrase, number in knowledge.criterion_of.items():
        yield Term(CRITERION, str(number), phrase)
