"""Heads and feet set in two columns: each cell a line of its own.

Official documents open with issuer and number on the left, country and date on the right: read row by row, as they
are copied. They close with the list of recipients on the left, the signature on the right: read column by column. Both
are known by what stands in them; any other pair of pieces on a level (a label and its figure) stays one line.
"""

from __future__ import annotations

import re
from statistics import median

from ntm_extract.layout.seen import Seen
from ntm_extract.text.normal import fold

Piece = list[Seen]

HEAD = re.compile(r"cong h[o0]a xa h|doc l[a-z]p.{0,4}tu do|hanh phuc|dang cong san")
FOOT = re.compile(r"n[o0]i\s?nh[a-z]n")
DASHED = re.compile(r"[-–—~*+•¬]")
CORRIDOR = 0.8  # line heights that must stay free between the columns
NEAR = 3.5  # line heights; a wider gap under the last row ends the block


def untangle(levels: list[list[Piece]]) -> list[Piece]:
    """Lines in reading order, from levels of one or more pieces side by side."""
    ordered: list[Piece] = []
    at = 0
    while at < len(levels):
        end, corridor = _block(levels, at)
        if end > at:
            block = [piece for level in levels[at:end] for piece in level]
            ordered += sorted(block, key=lambda p: p[0].x0 > corridor) if _is_foot(block[0]) else block
            at = end
        else:
            ordered.append([word for piece in levels[at] for word in piece])
            at += 1
    return ordered


def _block(levels: list[list[Piece]], at: int) -> tuple[int, float]:
    """End of the two-column block that starts at a level, and where the corridor between its columns runs."""
    if len(levels[at]) != 2:
        return at, 0.0
    left, right = levels[at]
    foot = _is_foot(left)
    if not foot and not HEAD.search(fold(_text(right))):
        return at, 0.0
    height = median(w.height for piece in levels[at] for w in piece)
    start, stop = left[-1].x1, right[0].x0
    end, last = at + 1, at + 1
    bottom = max(_foot(p) for p in levels[at])
    for level in levels[at + 1 :]:
        lefts = [p for p in level if p[-1].x1 < stop and p[0].x0 < (start + stop) / 2]
        rights = [p for p in level if p[0].x0 > start and p not in lefts]
        far = min(_top(p) for p in level) - bottom > (NEAR * 3 if foot else NEAR) * height
        new_start = max([start, *(p[-1].x1 for p in lefts)])
        new_stop = min([stop, *(p[0].x0 for p in rights)])
        if far or len(lefts) + len(rights) < len(level) or new_stop - new_start < CORRIDOR * height:
            break
        start, stop, end = new_start, new_stop, end + 1
        bottom = max(bottom, *(_foot(p) for p in level))
        if rights or (foot and DASHED.match(_text(level[0]))):
            last = end  # a left piece alone may be the title under the head: it must not come before the right column
    return last, (start + stop) / 2


def _is_foot(left: Piece) -> bool:
    return FOOT.match(fold(_text(left))) is not None


def _text(piece: Piece) -> str:
    return " ".join(w.text for w in piece)


def _top(piece: Piece) -> float:
    return median(w.y0 for w in piece)


def _foot(piece: Piece) -> float:
    return median(w.y1 for w in piece)
