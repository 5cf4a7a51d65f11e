"""Lines of a page as texts that stand apart, and the columns under which they stand. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from ntm_extract.layout.cells import TICKS
from ntm_extract.layout.seen import Seen

FIGURE = re.compile(r"[-–—]|[(\[]?\d[\d.,/%]*[)\]]?")
APART = 0.8  # of a letter's height: what is farther apart in a line stands in another cell

Interval = tuple[float, float]


class TextRow(Struct):
    """Words on one height."""

    words: list[Seen]

    @property
    def top(self) -> float:
        """Of most words."""
        return median(w.y0 for w in self.words)

    @property
    def bottom(self) -> float:
        """Of most words."""
        return median(w.y1 for w in self.words)

    @property
    def middle(self) -> float:
        """Halfway down."""
        return (self.top + self.bottom) / 2

    @property
    def text(self) -> str:
        """From left to right."""
        return " ".join(w.text for w in sorted(self.words, key=lambda w: w.x0))

    def cells(self, apart: float) -> list[list[Seen]]:
        """Words that stand together."""
        found: list[list[Seen]] = []
        for word in sorted(self.words, key=lambda w: w.x0):
            if found and word.x0 - max(w.x1 for w in found[-1]) < apart:
                found[-1].append(word)
            else:
                found.append([word])
        return found


def text_rows(words: Sequence[Seen], height: float) -> list[TextRow]:
    """Words on one height, from top to bottom."""
    rows: list[TextRow] = []
    for word in sorted(words, key=lambda w: w.y0 + w.y1):
        middle = (word.y0 + word.y1) / 2
        if rows and abs(middle - rows[-1].middle) < 0.5 * height:
            rows[-1].words.append(word)
        else:
            rows.append(TextRow([word]))
    return rows


def is_figure(cell: list[Seen]) -> bool:
    """Whether a text is a figure, a dash or a tick."""
    text = " ".join(w.text for w in cell)
    return bool(FIGURE.fullmatch(text)) or text.lower() in TICKS


def in_column(row: TextRow, column: Interval) -> list[Seen]:
    """The words of a line whose middle stands in a column."""
    return [w for w in row.words if column[0] - 1 <= (w.x0 + w.x1) / 2 <= column[1] + 1]


def columns_under(cell: list[Seen], spread: Sequence[Interval]) -> tuple[int, int]:
    """The first column that a text touches, and how many; the nearest one where it lies in a gutter."""
    x0, x1 = min(w.x0 for w in cell), max(w.x1 for w in cell)
    edges = [min(x0, spread[0][0]), *((a[1] + b[0]) / 2 for a, b in pairwise(spread)), max(x1, spread[-1][1])]
    touched = [c for c, (a, b) in enumerate(pairwise(edges)) if min(x1, b) - max(x0, a) > 0.2 * min(x1 - x0, b - a)]
    return (touched[0], len(touched)) if touched else (0, 1)


def centre(cell: list[Seen]) -> float:
    """Where the middle of a text stands."""
    return (min(w.x0 for w in cell) + max(w.x1 for w in cell)) / 2
