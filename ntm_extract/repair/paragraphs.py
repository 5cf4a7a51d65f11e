"""Which lines belong to one paragraph, so that words are judged by their neighbours across line ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ITEM = re.compile(r"^\s*([-+*•–—]\s|\(?[0-9]{1,2}[.)]\s|[a-zđ][.)]\s|[IVXLl1]{1,5}\.\s|Đi[eề]u \d|PH[UỤ] L[UỤ]C)")


def paragraphs(lines: Sequence[str]) -> list[list[int]]:
    """Groups of line numbers (from 0). Blank lines end a paragraph, so do list signs and what looks like a heading.

    A dash before a small letter, after a line that no mark ends, is in a sentence ("kinh tế / - xã hội") or a speck.
    """
    out: list[list[int]] = []
    before = ""
    for n, line in enumerate(lines):
        text = line.strip()
        if not text:
            before = ""
            continue
        new = not before or before.endswith((".", ";", ":")) or (text.isupper() != before.isupper())
        new = new or (bool(_ITEM.match(text)) and not dash_runs_on(before, text))
        if new:
            out.append([])
        out[-1].append(n)
        before = text
    return out


def dash_runs_on(before: str, text: str) -> bool:
    """Whether a line begins with a dash that goes on with a sentence of the line before."""
    return text.startswith(("- ", "– ", "— ")) and text[2:3].islower() and before[-1:].isalnum()
