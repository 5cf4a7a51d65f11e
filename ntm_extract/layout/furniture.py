"""What stands on a page and is not its text: page numbers, specks and strokes read as letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import mean

from ntm_extract.layout.seen import Row, Seen

PAGE_NUMBER = re.compile(r"[-–—~.\s]*\d{1,3}[-–—~.\s]*")
MARGIN = 0.12  # share of the page at its top and foot where page numbers stand
DOUBT = 0.6  # mean confidence under which a piece of crumbs is noise
LETTERS = re.compile(r"[^\W_]")


def is_noise(piece: Sequence[Seen]) -> bool:
    """Whether a piece of a line is specks, rules or strokes read as characters: no word, no number, in doubt."""
    text = " ".join(w.text for w in piece)
    letters = len(LETTERS.findall(text))
    if letters == 0:
        return not re.fullmatch(r"[-–—+*•%‰…]|[./…]{2,}", text)
    if any(c.isdigit() for c in text):
        return False
    longest = max(len(LETTERS.findall(w.text)) for w in piece)
    return longest <= 2 and mean(w.confidence for w in piece) < DOUBT


def is_page_number(row: Row, rows: Sequence[Row], height: float) -> bool:
    """Whether the row is a number alone at the top or foot of a page `height` tall, beyond all other text."""
    if not PAGE_NUMBER.fullmatch(row.text):
        return False
    top, foot = min(w.y0 for w in row.words), max(w.y1 for w in row.words)
    others = [w for other in rows if other is not row and other.role == "body" for w in other.words]
    if foot < MARGIN * height:
        return all(w.middle > foot for w in others)
    if top > (1 - MARGIN) * height:
        return all(w.middle < top for w in others)
    return False
