"""Abbreviations that a document defines: `Ban Chỉ đạo (viết tắt là BCĐ)`. Its own words say how each is spelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ntm_extract.repair.tokens import split
from ntm_extract.text.normal import fold

_SAID = frozenset({"sau", "day", "duoc", "goi", "viet", "tat", "chung", "la"})  # sau đây viết tắt là …
_SHORTEST, _LONGEST = 3, 8  # letters
_LIKE_D = frozenset("bp")  # what Đ is read as, beside D

Place = tuple[int, int]


class Definition(NamedTuple):
    """An abbreviation: its letters without marks, and the places of the words that they begin."""

    letters: str
    words: tuple[Place, ...]


def is_short(core: str) -> bool:
    """Whether a core looks like an abbreviation: a few capitals."""
    return _SHORTEST <= len(core) <= _LONGEST and core.isalpha() and core.isupper()


def definitions(rows: Sequence[Sequence[str]]) -> list[Definition]:
    """What the lines of a document define: capitals in brackets after words that begin with the same letters."""
    found = []
    before: list[tuple[str, Place]] = []  # the words that a bracket may stand for
    opened: list[tuple[str, Place]] | None = None
    for place, token in _tokens(rows):
        lead, core, trail = split(token)
        if "(" in lead:
            opened = before
        if opened is not None and is_short(core) and ")" in trail:
            words = opened[-len(core) :]
            letters = "".join(fold(word)[:1] for word, _ in words)
            if len(letters) == len(core) and fits(core, letters):
                found.append(Definition(letters, tuple(place for _, place in words)))
        if opened is not None and (")" in trail or fold(core) not in _SAID):
            opened = None
        before = [*before[1 - _LONGEST :], (core, place)] if core[:1].isalpha() else []
    return found


def fits(core: str, letters: str) -> bool:
    """Whether a core may be a reading of the abbreviation of these letters."""
    read = fold(core)
    if len(read) != len(letters):
        return False
    return all(a == b or (b == "d" and a in _LIKE_D) for a, b in zip(read, letters, strict=True))


def spelled(
    rows: Sequence[Sequence[str]], defined: Iterable[Definition], written: Mapping[Place, str], marks: Sequence[bool]
) -> Iterator[tuple[Place, str]]:
    """(place, token) of each token that is one of the abbreviations, spelled as the words that define it say.

    `written` has the words that repair wrote anew; `marks` says of each line whether its reader knew Đ. Where such
    lines agree on another spelling more than once, it is the author's, and stays.
    """
    known = {one.letters: one for one in defined}
    if not known:
        return
    meant = {letters: _spelling(rows, one, written, marks) for letters, one in known.items()}
    for place, token in _tokens(rows):
        lead, core, trail = split(token)
        if is_short(core) and core not in meant.values():
            for letters, spelling in meant.items():
                if fits(core, letters):
                    yield place, lead + spelling + trail
                    break


def _spelling(
    rows: Sequence[Sequence[str]], one: Definition, written: Mapping[Place, str], marks: Sequence[bool]
) -> str:
    first = (split(written.get((n, i), rows[n][i])).core[:1].upper() for n, i in one.words)
    own = "".join("Đ" if letter == "Đ" else fold(letter).upper() for letter in first)
    cores = (split(token).core for (n, _), token in _tokens(rows) if marks[n])
    read = Counter(core for core in cores if is_short(core) and fits(core, one.letters))
    most = max(read, key=lambda core: (read[core], core), default=own)
    return most if read[most] > max(1, read[own]) else own


def _tokens(rows: Sequence[Sequence[str]]) -> Iterator[tuple[Place, str]]:
    for n, row in enumerate(rows):
        for i, token in enumerate(row):
            if token:
                yield (n, i), token
