"""Words as a recogniser hands them over, and the rows that layout makes of them."""

from __future__ import annotations

from msgspec import Struct

from ntm_extract.model import LineRole


class Seen(Struct, frozen=True):
    """A word as recognised: text, confidence 0..1, rectangle, and the recogniser's (block, paragraph, line)."""

    text: str
    confidence: float
    x0: float
    y0: float
    x1: float
    y1: float
    place: tuple[int, int, int]

    @property
    def height(self) -> float:
        """Of its rectangle."""
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        """Height on the page of its centre."""
        return (self.y0 + self.y1) / 2


class Row(Struct, frozen=True):
    """A line of words from left to right, and its role."""

    words: tuple[Seen, ...]
    role: LineRole = "body"

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(w.text for w in self.words)
