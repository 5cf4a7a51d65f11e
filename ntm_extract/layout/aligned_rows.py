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
LEVEL = 0.4  # of a letter's height by which the middles of what stands on one line may differ
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
        """Of most words."""
        return median(w.middle for w in self.words)

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
    """Words on one height, from top to bottom: texts first, as the middle of one word depends on its letters."""
    rows: list[TextRow] = []
    for text in sorted(_texts(words, height), key=lambda text: text.middle):
        near = min(rows[-2:], key=lambda row: abs(text.middle - row.middle), default=None)
        if near is not None and abs(text.middle - near.middle) < LEVEL * height:
            near.words += text.words
        else:
            rows.append(text)
    return sorted(rows, key=lambda row: row.middle)


def _texts(words: Sequence[Seen], height: float) -> list[TextRow]:
    """Words that follow each other on one height."""
    found: list[TextRow] = []
    for word in sorted(words, key=lambda w: w.x0):
        before = [
            text
            for text in found
            if word.x0 - text.words[-1].x1 < APART * height
            and abs(word.middle - text.words[-1].middle) < height
            and abs(word.middle - text.middle) < LEVEL * height
        ]
        if before:
            min(before, key=lambda text: abs(word.middle - text.middle)).words.append(word)
        else:
            found.append(TextRow([word]))
    return found


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
