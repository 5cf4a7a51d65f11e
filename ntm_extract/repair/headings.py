"""Roman numbers of headings misread (`H.`, `1I.`, `11.`), put right where their sequence proves it; `Số:`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ntm_extract.text.normal import fold

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_SHAPE = re.compile(r"^[\dIVXHLl|!]{1,5}\.$")
_AFTER_NOUN = re.compile(r"^[IVXHLl|!]{1,5}[.:,]?$")
_STROKES = str.maketrans({"L": "I", "l": "I", "1": "I", "|": "I", "!": "I", "H": "II"})
_LABEL = re.compile(r"^[S$][\w&](?=:?$)")
_NUMBERED = re.compile(r"^\d{1,5}(?:/\d{4})?/[A-ZĐ]")
_NOUNS = frozenset({"phu luc", "phan", "chuong"})

# Costs of a reading of a sequence of numbers; the cheapest is taken.
_NEVER = 99.0
_SAME_STROKES, _H_FOR_I, _STROKE_LOST = 1.0, 2.0, 3.0  # H for II; HH for II; II for III
_OUTSIDE = 2.5  # of a number that belongs to no sequence, or to another
_MISSED = 3.0  # of each number left out
_AGAIN, _NOT_FROM_ONE = 3.0, 1.0  # of counting from I again, of beginning with another number than I


class _Head(NamedTuple):
    """A number at its place, as read without its point."""

    line: int
    word: int
    read: str

    def cost(self, value: int) -> float:
        """Of having read so what was the `value`-th number."""
        number, strokes = _ROMAN[value - 1], self.read.translate(_STROKES)
        if self.read == number:
            return 0.0
        if strokes == number:
            return _SAME_STROKES
        if self.read.replace("H", "I") == number:
            return _H_FOR_I
        only_strokes = set(strokes) == set(number) == {"I"}
        return _STROKE_LOST if only_strokes and abs(len(strokes) - len(number)) == 1 else _NEVER


def _section_heads(lines: Sequence[Sequence[str]]) -> list[_Head]:
    """Numbers with a point that begin a heading in capitals."""
    return [
        _Head(n, 0, row[0][:-1])
        for n, row in enumerate(lines)
        if len(row) > 2 and _SHAPE.match(row[0]) and " ".join(row[1:4]).isupper()
    ]


def _noun_heads(lines: Sequence[Sequence[str]]) -> dict[str, list[_Head]]:
    """Numbers after `Phụ lục`, `Chương` … that begin a line and stand alone or before capitals, by that noun."""
    found: dict[str, list[_Head]] = {}
    for n, row in enumerate(lines):
        for i in (1, 2):
            if i >= len(row) or not _AFTER_NOUN.match(row[i]):
                continue
            noun, rest = fold(" ".join(row[:i])), row[i + 1 : i + 4]
            if noun in _NOUNS and (not rest or " ".join(rest).isupper()):
                found.setdefault(noun, []).append(_Head(n, i, row[i].rstrip(".:,")))
    return found


def _step(before: int, value: int) -> float:
    """Cost of a number after another (0: after none)."""
    if before == 0:
        return 0.0 if value == 1 else _NOT_FROM_ONE
    if value > before:
        return _MISSED * (value - before - 1)
    return _AGAIN if value == 1 else _NEVER


def _sequence(heads: Sequence[_Head]) -> list[int]:
    """The number of each head, 0 for those outside the sequence: the cheapest reading of all together."""
    digits = [any(c.isdigit() for c in h.read) for h in heads]
    arabic = any(d and h.read.strip("1") for d, h in zip(digits, heads, strict=True))  # 10., 12.
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}  # by the last number of the sequence
    for head, is_digits in zip(heads, digits, strict=True):
        after = {last: (cost + _OUTSIDE, (*path, 0)) for last, (cost, path) in best.items()}
        for value in range(1, len(_ROMAN) + 1):
            own = _NEVER if is_digits and arabic else head.cost(value)
            for last, (cost, path) in best.items():
                total = cost + own + _step(last, value)
                if own < _NEVER and total < min(_NEVER, after.get(value, (_NEVER,))[0]):
                    after[value] = total, (*path, value)
        best = after
    return list(min(best.values())[1])


def _proved(heads: Sequence[_Head], numbers: Sequence[int]) -> list[bool]:
    """Whether each number stands in a run I, II, III … of which one was read rightly, or that is three long from I."""
    proved = [False] * len(heads)
    start = 0
    for k in range(1, len(heads) + 1):
        if k < len(heads) and numbers[k] and numbers[k] == numbers[k - 1] + 1 and numbers[k - 1]:
            continue
        run = list(zip(heads[start:k], numbers[start:k], strict=True))
        if numbers[start]:
            costs = [head.cost(number) for head, number in run]
            whole = numbers[start] == 1 and len(run) >= 3 and max(costs) <= _SAME_STROKES
            proved[start:k] = [whole or min(costs) == 0] * len(run)
        start = k
    return proved


def roman_numbers(lines: Sequence[Sequence[str]]) -> dict[tuple[int, int], str]:
    """(line, word) -> the token as it must be, for the numbers of headings that their sequence settles."""
    settled = {}
    for heads in (_section_heads(lines), *_noun_heads(lines).values()):
        numbers = _sequence(heads)
        for head, number, is_proved in zip(heads, numbers, _proved(heads, numbers), strict=True):
            if is_proved:
                token = lines[head.line][head.word]
                settled[head.line, head.word] = _ROMAN[number - 1] + token[len(head.read) :]
    return settled


def number_labels(lines: Sequence[Sequence[str]]) -> dict[tuple[int, int], str]:
    """(line, word) -> `Số` before the document's number at the beginning of a line, in a reading without marks: `S6:`.

    It is so in every letterhead, also among lines of capitals.
    """
    return {
        (n, 0): _LABEL.sub("Số", row[0])
        for n, row in enumerate(lines)
        if len(row) > 1 and _LABEL.match(row[0]) and _NUMBERED.match(row[1])
    }
