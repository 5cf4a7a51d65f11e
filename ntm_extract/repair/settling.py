"""Repair again what was repaired, until nothing changes: whoever repairs a repaired text gets the same text.

One pass judges a text as it was read; the text that it leaves may be of another regime, with other names and another
noise of its own, and so be judged otherwise. Passes lead to a text that stays, nearly always after the first.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from msgspec.structs import replace

from ntm_extract.model import Line, Word

PASSES = 8  # more than any text has needed
Lines = tuple[Line, ...]


def settled(lines: Lines, repair: Callable[[Lines], Lines]) -> Lines:
    """The lines repaired so that repairing their text once more changes nothing.

    Passes go on until a text comes back. It is the last one where the last pass changed nothing; where a few texts
    follow each other in a ring it is the least of the ring, wherever the passes entered it; where none came back within
    PASSES the lines stay as read. In all three cases the text that is returned settles as itself.
    """
    made: list[Lines] = []
    texts = [[line.recognised for line in lines]]
    while len(made) < PASSES:
        made.append(_again(made[-1], repair) if made else repair(lines))
        text = [line.text for line in made[-1]]
        texts.append(text)
        first = texts.index(text)
        if first < len(made):
            ring = range(first + 1, len(texts))  # of the states after the one that has come back
            return made[min(ring, key=texts.__getitem__) - 1]
    return tuple(replace(line, words=tuple(replace(w, text=w.recognised) for w in line.words)) for line in lines)


def _again(lines: Lines, repair: Callable[[Lines], Lines]) -> Lines:
    """One more pass over what a pass left; a word keeps what was recognised, and the reason of its last change."""
    repaired = repair(tuple(replace(line, words=tuple(map(_read, line.text.split()))) for line in lines))
    return tuple(replace(a, words=_joined(a, b)) for a, b in zip(lines, repaired, strict=True))


def _read(text: str) -> Word:
    return Word(text=text, recognised=text)


def _joined(before: Line, after: Line) -> tuple[Word, ...]:
    """The words of a line with what the next pass made of their text, of which each is one token or more, or none."""
    tokens = iter(after.words)
    return tuple(_made(word, list(islice(tokens, len(word.text.split())))) for word in before.words)


def _made(word: Word, tokens: list[Word]) -> Word:
    """The word with the text that its tokens have now."""
    text = " ".join(token.text for token in tokens if token.text)
    if text == word.text:
        return word
    changed = [token for token in tokens if token.changed]
    margins = [token.margin for token in changed if token.margin is not None]
    reason = changed[0].reason if text != word.recognised else ""
    return replace(word, text=text, margin=min(margins, default=None), reason=reason)
