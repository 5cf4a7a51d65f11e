"""What repair changed, line by line, to be read on a terminal."""

from __future__ import annotations

from difflib import SequenceMatcher

_REMOVED = ("\x1b[31m", "\x1b[0m"), ("[-", "-]")  # in colour, in plain text
_ADDED = ("\x1b[32m", "\x1b[0m"), ("{+", "+}")


def diff(before: str, after: str, *, colour: bool) -> str:
    """The changed lines, each after its number: what was read in red or as `[-…-]`, what it became in green or `{+…+}`.

    Both texts must have the same lines, as repair leaves them. Raises ValueError otherwise. "" where nothing changed.
    """
    pairs = zip(before.split("\n"), after.split("\n"), strict=True)
    changed = ((n, *pair) for n, pair in enumerate(pairs, 1) if pair[0].split() != pair[1].split())
    return "".join(f"{n}: {_line(old.split(), new.split(), colour)}\n" for n, old, new in changed)


def _line(old: list[str], new: list[str], colour: bool) -> str:
    shown: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            shown += old[i1:i2]
        else:
            shown.append(_marked(old[i1:i2], _REMOVED[not colour]) + _marked(new[j1:j2], _ADDED[not colour]))
    return " ".join(shown)


def _marked(words: list[str], signs: tuple[str, str]) -> str:
    return f"{signs[0]}{' '.join(words)}{signs[1]}" if words else ""
