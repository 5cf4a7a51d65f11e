"""From character spans of a passage to the evidence of a fact: page, line, box, quote as held and as recognised."""

from __future__ import annotations

import re
from statistics import fmean

from ntm_extract.facts import Evidence, Signals
from ntm_extract.model import Box, Passage, Token

QUOTE_LIMIT = 200
NEAR = 12  # characters on either side of a number: two or three words
NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
"""As numbers are counted within a word, a ratio or date as one: identities of facts hang on it, so it never changes."""


def evidence(
    doc_id: str,
    passage: Passage,
    stated: tuple[int, int],
    number: tuple[int, int],
    *,
    rule: str,
    certainty: float,
) -> Evidence:
    """Evidence for the fact that the stretch `stated` tells; its number stands at characters `number` of the passage.

    `certainty` is how sure the rule is of itself (0..1); the recogniser's confidence in the number's words is folded
    in. A quote over the limit is cut to the part around the number.
    """
    tokens = passage.tokens_in(*number)
    if not tokens:
        raise ValueError(f"no word at {number} of {passage.text[:60]!r}")
    start, end = _fit(stated, number)
    quoted = passage.tokens_in(start, end)
    said = " ".join(t.word.recognised for t in quoted)
    seen = min((t.word.confidence for t in tokens if t.word.confidence is not None), default=1.0)
    return Evidence(
        doc_id=doc_id,
        page=tokens[0].page,
        line=tokens[0].line,
        box=_box(tokens),
        section=" > ".join(passage.section),
        quote=passage.text[start:end].strip() or passage.text[slice(*number)],
        quote_ocr=said[: 2 * QUOTE_LIMIT],
        confidence=uncalibrated(certainty, seen),
        rule=rule,
        position=_position(tokens[0], number[0]),
        signals=_signals(certainty, tokens, quoted, passage.tokens_in(number[0] - NEAR, number[1] + NEAR)),
    )


def uncalibrated(certainty: float, seen: float) -> float:
    """A fact's confidence before checks: of its rule, halved at most by the recogniser's in its number."""
    return round(certainty * (0.5 + 0.5 * seen), 4)


def quote(text: str, start: int, end: int) -> tuple[int, int]:
    """The shortest stretch of a text that states a figure: from the clause's border before it to its end."""
    low = max((text.rfind(mark, 0, start) + 1 for mark in (";", ". ", "(", "|")), default=0)
    return (low if start - low <= 150 else max(text.rfind(",", 0, start) + 1, start - 120, 0)), end


def _signals(
    certainty: float, number: tuple[Token, ...], quoted: tuple[Token, ...], near: tuple[Token, ...]
) -> Signals:
    around = [t.word.confidence for t in quoted if t.word.confidence is not None]
    return Signals(
        certainty=certainty,
        seen=min((t.word.confidence for t in number if t.word.confidence is not None), default=None),
        around=round(fmean(around), 4) if around else None,
        changed=round(sum(t.word.changed for t in quoted) / max(1, len(quoted)), 4),
        margin=_margin(quoted),
        near=_margin(near),
    )


def _margin(tokens: tuple[Token, ...]) -> float | None:
    return min((t.word.margin for t in tokens if t.word.margin is not None), default=None)


def _fit(quote: tuple[int, int], number: tuple[int, int]) -> tuple[int, int]:
    start, end = min(quote[0], number[0]), max(quote[1], number[1])
    if end - start > QUOTE_LIMIT:
        start = max(start, min(number[0] - QUOTE_LIMIT // 2, end - QUOTE_LIMIT))
        end = min(end, start + QUOTE_LIMIT)
    return start, end


def _box(tokens: tuple[Token, ...]) -> Box | None:
    whole: Box | None = None
    for token in tokens:
        if token.word.box is not None and token.line == tokens[0].line:
            whole = token.word.box if whole is None else whole.union(token.word.box)
    return whole


def _position(token: Token, start: int) -> str:
    """Text: line, ordinal of the word, which number within it. Scan: the word's box to 2 pt, and which number in it."""
    nth = len(NUMBER.findall(token.word.text[: max(0, start - token.start)]))
    box = token.word.box
    if box is None:
        return f"{token.line}:{token.ordinal}.{nth}"
    return "{}:{}:{}:{}.{}".format(*(2 * round(v / 2) for v in (box.x0, box.y0, box.x1, box.y1)), nth)
