"""What repair changed, line by line, to be read on a terminal."""

from __future__ import annotations

from itertools import groupby

from ntm_extract.model import Line, Word
from ntm_extract.repair.plain import Repaired

_REMOVED = ("\x1b[31m", "\x1b[0m"), ("[-", "-]")  # in colour, in plain text
_ADDED = ("\x1b[32m", "\x1b[0m"), ("{+", "+}")


def diff(repaired: Repaired, *, colour: bool) -> str:
    """The changed lines, each after its number: what was read in red or as `[-…-]`, what it became in green or `{+…+}`.

    "" where nothing changed.
    """
    changed = (line for line in repaired.lines if any(word.changed for word in line.words))
    return "".join(f"{line.number}: {_line(line, colour)}\n" for line in changed)


def _line(line: Line, colour: bool) -> str:
    shown: list[str] = []
    for changed, run in groupby(line.words, key=lambda word: word.changed):
        words: list[Word] = list(run)
        old, new = (" ".join(filter(None, texts)) for texts in ([w.recognised for w in words], [w.text for w in words]))
        shown.append(_marked(old, _REMOVED[not colour]) + _marked(new, _ADDED[not colour]) if changed else old)
    return " ".join(shown)


def _marked(words: str, signs: tuple[str, str]) -> str:
    return f"{signs[0]}{words}{signs[1]}" if words else ""
