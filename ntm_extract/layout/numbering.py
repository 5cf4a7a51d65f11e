"""Signs of rows (I, 1, 1.1, a), -) as one sequence: a sign that was misread is known by its neighbours. Pure.

Each sign has readings, the likelier the cheaper; a search over the rows keeps the cheapest ways to open, continue and
leave levels. Where rows bear amounts, a parent whose parts make its sum makes a way cheaper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial

from msgspec import Struct

LETTER, ROMAN, NUMBER, SMALL, DASH, PLUS = 0, 1, 2, 10, 11, 12
"""Levels from the outermost; 1.1 lies one under 1, 1.1.1 two."""

BARE = " .):,("  # what may stand around a sign
ALPHABET = "ABCDĐEGHIKLMNOPQRSTUVXY"
ROMANS = dict(zip(
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
     "XVIII", "XIX", "XX"], range(1, 21), strict=True,
))  # fmt: skip
AS_DIGIT = str.maketrans("Il|][!iOoQSsZzBGgqT", "1111111000552286997")
AS_ROMAN = {"1": "I", "l": "I", "|": "I", "]": "I", "!": "I", "i": "I", "T": "I", "H": "II", "U": "II", "M": "III",
            "Y": "V", "y": "V", "v": "V", "x": "X", "I": "I", "V": "V", "X": "X"}  # fmt: skip
AS_LETTER = {"4": "A", "8": "B", "€": "C", "(": "C", "0": "D", "c": "C"}

MISREAD, ANY, LOST, UNSEEN = 1.0, 1.6, 0.7, 2.2  # cost of a sign read as a like one, as another, inked and unread, none
NONE_READ, NONE_INKED, NONE_EMPTY = 2.2, 1.2, 0.3  # cost of a row without sign, by what its cell holds
FIRST, RUNNING, INSIDE, ELSEWHERE = (
    0.3,
    0.5,
    0.8,
    1.6,
)  # cost of a level opened at 1, after its last, at a page, anywhere
SKIPPED, NEW_ROOT = 1.2, 1.0
SUM_FITS, SUM_FAILS, NEAR = -1.0, 0.8, Decimal("0.005")
BEAM, RANKED = 40, 8


class Sign(Struct, frozen=True):
    """A row's sign: its level, its place among its like, and how it is written."""

    level: int
    value: int
    text: str


class Numbered(Struct, frozen=True):
    """A row's sign (None: it has none) and the row, counted as given, that it lies under."""

    sign: Sign | None
    parent: int | None


class _Way(Struct, frozen=True):
    cost: float = 0.0
    open: tuple[tuple[Sign, int], ...] = ()  # the levels that are open, each with its row
    last: tuple[tuple[int, int], ...] = ()  # the last value of every level so far
    rows: tuple[Numbered, ...] = ()


def numbered(
    signs: Sequence[str],
    inked: Sequence[bool],
    amounts: Mapping[int, Decimal] | None = None,
    whole: Decimal | None = None,
) -> list[Numbered]:
    """The likeliest numbering of rows, from their signs as read and whether each sign's cell bears ink.

    `amounts`: what rows sum up to, as far as known; `whole`: the sum of the outermost.
    """
    ways = [_Way()]
    for row, (sign, ink) in enumerate(zip(signs, inked, strict=True)):
        best: dict[tuple[object, ...], _Way] = {}
        for way in ways:
            for step in _steps(way, sign.strip(BARE), row, ink=ink):
                key = (step.open, step.last)
                if key not in best or step.cost < best[key].cost:
                    best[key] = step
        ways = sorted(best.values(), key=lambda w: w.cost)[:BEAM]
    judged = partial(_with_sums, amounts=amounts or {}, whole=whole)
    return list(min(ways[:RANKED], key=judged).rows)


def _with_sums(way: _Way, amounts: Mapping[int, Decimal], whole: Decimal | None) -> float:
    parts: dict[int | None, list[Decimal]] = {}
    for row, one in enumerate(way.rows):
        if one.sign is not None and row in amounts:
            parts.setdefault(one.parent, []).append(amounts[row])
    cost = way.cost
    for parent, values in parts.items():
        total = whole if parent is None else amounts.get(parent)
        if total:
            cost += SUM_FITS if abs(sum(values) - total) <= NEAR * total else SUM_FAILS
    return cost


def _steps(way: _Way, sign: str, row: int, *, ink: bool) -> Iterator[_Way]:
    none = NONE_READ if sign else NONE_INKED if ink else NONE_EMPTY
    yield _Way(way.cost + none, way.open, way.last, (*way.rows, Numbered(None, None)))
    for reading, cost in readings(sign):
        yield _taken(way, reading, row, cost)
    free = ANY if sign else LOST if ink else UNSEEN
    for level, value, write in _expected(way):
        yield _taken(way, Sign(level, value, write(value)), row, free)


def _taken(way: _Way, sign: Sign, row: int, cost: float) -> _Way:
    outer = tuple(one for one in way.open if one[0].level < sign.level)
    same = next((one for one, _ in way.open if one.level == sign.level), None)
    last = dict(way.last)
    if sign.level < DASH:
        cost += _sequence_cost(way, sign, same, last, rooted=bool(outer))
    if NUMBER < sign.level < SMALL and (not outer or outer[-1][0].text != sign.text.rpartition(".")[0]):
        cost += MISREAD
    last[sign.level] = sign.value
    for inner in [level for level in last if level > sign.level and level > NUMBER]:
        del last[inner]  # only whole numbers run on over groups
    parent = outer[-1][1] if outer else None
    known = tuple(sorted(last.items()))
    return _Way(way.cost + cost, (*outer, (sign, row)), known, (*way.rows, Numbered(sign, parent)))


def _sequence_cost(way: _Way, sign: Sign, same: Sign | None, last: Mapping[int, int], *, rooted: bool) -> float:
    if same is not None:
        off = abs(sign.value - same.value - 1)
        return 0.0 if not off else SKIPPED + min(0.5, 0.1 * off)
    if way.open and not rooted and sign.level not in last:
        return NEW_ROOT + (FIRST if sign.value == 1 else ELSEWHERE)
    if sign.value == 1:
        return FIRST
    if sign.value == last.get(sign.level, 0) + 1:
        return RUNNING
    return ELSEWHERE if way.rows else INSIDE  # a piece of a table may begin anywhere


def _expected(way: _Way) -> Iterator[tuple[int, int, Callable[[int], str]]]:
    """The signs that may come next: of each open level, and the first of a level under the innermost."""
    for one, _ in way.open:
        yield one.level, one.value + 1, partial(written, one.level, one.text.rpartition(".")[0])
    top = way.open[-1][0].level if way.open else -1
    running = dict(way.last)
    for level in (LETTER, ROMAN, NUMBER):
        if level > top:
            yield level, 1, partial(written, level, "")
            if level == NUMBER and running.get(level):
                yield level, running[level] + 1, partial(written, level, "")


def written(level: int, prefix: str, value: int) -> str:
    """A sign as it is printed."""
    if level == LETTER:
        return ALPHABET[(value - 1) % len(ALPHABET)]
    if level == ROMAN:
        return next((text for text, number in ROMANS.items() if number == value), str(value))
    if level == SMALL:
        return ALPHABET[(value - 1) % len(ALPHABET)].lower()
    return f"{prefix}.{value}" if NUMBER < level < SMALL and prefix else str(value)


def readings(sign: str) -> list[tuple[Sign, float]]:
    """What a sign may be, with the cost of each."""
    found: dict[Sign, float] = {}

    def add(reading: Sign | None, cost: float) -> None:
        if reading is not None:
            found[reading] = min(cost, found.get(reading, cost))

    if not sign:
        return []
    if re.fullmatch(r"[-–—*•]+", sign):
        return [(Sign(DASH, 0, sign), 0.0)]
    if sign == "+":
        return [(Sign(PLUS, 0, sign), 0.0)]
    add(_number(sign), 0.0)
    add(_number(sign.translate(AS_DIGIT)), MISREAD)
    if re.fullmatch(r"[1-9]\d", sign):
        add(_number(f"{sign[0]}.{sign[1]}"), MISREAD)
    if sign in ROMANS:
        add(Sign(ROMAN, ROMANS[sign], sign), 0.0)
    roman = "".join(AS_ROMAN.get(c, "?") for c in sign)
    if roman in ROMANS:
        add(Sign(ROMAN, ROMANS[roman], roman), MISREAD)
    if len(sign) == 1:
        if sign in ALPHABET:
            add(Sign(LETTER, ALPHABET.index(sign) + 1, sign), 0.2 if sign in ROMANS else 0.0)
        if sign in AS_LETTER:
            add(Sign(LETTER, ALPHABET.index(AS_LETTER[sign]) + 1, AS_LETTER[sign]), MISREAD)
        if sign.upper() in ALPHABET:
            add(Sign(SMALL, ALPHABET.index(sign.upper()) + 1, sign.lower()), 0.0 if sign.islower() else MISREAD)
    return list(found.items())


def _number(text: str) -> Sign | None:
    if not re.fullmatch(r"\d{1,3}(?:[.,]\d{1,2}){0,3}", text):
        return None
    parts = text.replace(",", ".").split(".")
    if len(parts) == 1:
        return Sign(NUMBER, int(text), text)
    return Sign(NUMBER + len(parts) - 1, int(parts[-1]), ".".join(parts))
