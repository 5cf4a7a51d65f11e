"""Plain text in, plain text out, with what was changed and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ntm_extract.model import Line, Word
from ntm_extract.repair.repairer import Repairer, repair_lines


class Change(NamedTuple):
    """A word that repair put in the place of another."""

    line: int  # from 1; a form feed does not count
    original: str
    text: str  # "" where it was dropped as noise
    margin: float | None  # log-probability by which it beat the best other reading; None where a rule decided
    reason: str


class Repaired(NamedTuple):
    """A text repaired, and its lines word by word; a form feed is a line of its own."""

    text: str
    lines: tuple[Line, ...]

    @property
    def changes(self) -> Iterator[Change]:
        """The changed words in order."""
        for line in self.lines:
            for word in line.words:
                if word.changed:
                    yield Change(line.number, word.recognised, word.text, word.margin, word.reason)


def repair_text(text: str, repairer: Repairer) -> Repaired:
    """The text repaired, its lines and form feeds kept; white space within a line becomes single spaces."""
    pieces = text.replace("\f", "\n\f\n").split("\n")
    number, before = 0, ""
    lines: list[Line] = []
    for piece in pieces:
        number += not lines or "\f" not in (before, piece)
        words = () if piece == "\f" else tuple(Word(text=t, recognised=t) for t in piece.split())
        lines.append(Line(number=number, words=words))
        before = piece
    repaired = repair_lines(tuple(lines), repairer)
    out = "\n".join("\f" if piece == "\f" else line.text for piece, line in zip(pieces, repaired, strict=True))
    return Repaired(out.replace("\n\f\n", "\f"), repaired)
