"""Which numbers of a document ended in no row, and why: so that what is missing can be seen."""

from __future__ import annotations

from msgspec import Struct

from ntm_extract.extract.claims import Reading
from ntm_extract.extract.traps import Reason
from ntm_extract.model import Outline, Passage, Token
from ntm_extract.text.numbers import NUMBER


class Uncounted(Struct, frozen=True):
    """A printed number without a row; "head" stands for head and foot, "qualifier" for a part of another row."""

    page: int
    line: int
    printed: str
    reason: str


def uncounted(outline: Outline, reading: Reading) -> tuple[Uncounted, ...]:
    """Every number of the outline that no figure table holds, in reading order."""
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
