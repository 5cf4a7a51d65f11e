"""Which numbers of a document ended in no row, and why: so that what is missing can be seen."""

from __future__ import annotations

from ntm_extract.extract.claims import Reading, read_document
from ntm_extract.extract.registry import extractor
from ntm_extract.extract.traps import Reason
from ntm_extract.facts import Uncounted
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Outline, Page, Passage, Token
from ntm_extract.text.numbers import NUMBER


@extractor(table="uncounted", needs=read_document)
def extract_uncounted(outline: Outline, knowledge: Knowledge, reading: Reading) -> tuple[Uncounted, ...]:
    """The numbers without a row, first those of the text, then those of lines that no sentence runs through."""
    aside = [one for page in outline.document.pages for one in _aside(page)]
    return (*uncounted(outline, reading), *aside)


def uncounted(outline: Outline, reading: Reading) -> tuple[Uncounted, ...]:
    """Every number of the outline's passages that no figure table holds, in reading order."""
    found: list[Uncounted] = []
    read = {figures.index: i for i, figures in enumerate(reading.passages)}
    for index, passage in enumerate(outline.passages):
        if index not in read:
            reason = "heading" if passage.kind == "heading" else "head"
            found += [_row(passage, *m.span(), reason) for m in NUMBER.finditer(passage.text)]
            continue
        i = read[index]
        reasons = _reasons(reading, i)
        found += [
            _row(passage, *m.span(), reasons[m.start()]) for m in NUMBER.finditer(passage.text) if reasons[m.start()]
        ]
    return tuple(found)


def _reasons(reading: Reading, i: int) -> dict[int, Reason | str]:
    """Reason by the first character of each number of a passage; "" where a row holds it."""
    figures = reading.passages[i]
    counted = {claim.at for claim in reading.claims[i]}
    reasons: dict[int, Reason | str] = {m.start(): "unread" for m in NUMBER.finditer(figures.passage.text)}
    for at, mention in enumerate(figures.mentions):
        reason: Reason | str = mention.reason
        if at in reading.taken[i]:
            reason = "" if at in counted else "qualifier"
        elif mention.role == "count" and not mention.unit:
            reason = "unread"
        for start in reasons:
            if mention.start <= start < mention.end:
                reasons[start] = reason
    return reasons


def _row(passage: Passage, start: int, end: int, reason: str) -> Uncounted:
    token: Token = passage.tokens_in(start, end)[0]
    return Uncounted(token.page, token.line, passage.text[start:end], reason)


def _aside(page: Page) -> list[Uncounted]:
    """Numbers within ruled tables and in what the page repeats: not read as text."""
    return [
        Uncounted(page.number, line.number, m[0], line.role)
        for line in page.lines
        if line.role != "body"
        for m in NUMBER.finditer(line.text)
    ]
