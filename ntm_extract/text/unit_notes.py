"""The unit that is said once over figures, of data/units.toml: "Nguồn vốn (ĐVT: triệu đồng)", "Đơn vị tính: km"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from ntm_extract.text.folding import folded
from ntm_extract.text.wording import any_of

BRACKETS = re.compile(r"\(([^()]*)\)")


class Over(Struct, frozen=True, kw_only=True):
    """The words before a unit over figures; `examples` are texts and how many đồng their unit is."""

    words: tuple[str, ...]
    examples: Mapping[str, int] = {}


class Money(Struct, frozen=True, kw_only=True):
    """The names of a unit of money, and how many đồng it is."""

    names: tuple[str, ...]
    factor: int


class Notes(Struct, frozen=True, kw_only=True):
    """The part of the file that is read here."""

    over: Over
    money: tuple[Money, ...]


class Noted(NamedTuple):
    """A unit of money in brackets: how many đồng it is, and the character behind it."""

    factor: Decimal
    end: int


class UnitNotes(Struct, frozen=True, eq=False):
    """The same as patterns."""

    note: re.Pattern[str]  # a unit of money in brackets, as `unit`
    said: re.Pattern[str]  # on folded text: a unit behind its words, as `unit`
    line: re.Pattern[str]  # on folded text: begins a line that gives a unit
    money: tuple[tuple[re.Pattern[str], int], ...]  # names on folded text, the longest first

    def factor(self, unit: str) -> int | None:
        """Đồng in one of the unit; None where it is no money."""
        said = folded(unit)
        return next((factor for name, factor in self.money if name.search(said)), None)

    def noted(self, low: str) -> Noted | None:
        """The first unit of money that a lowered text gives in brackets."""
        found = self.note.search(low)
        return Noted(Decimal(self.factor(found["unit"]) or 1), found.end()) if found else None

    def over(self, lines: Sequence[str]) -> str:
        """The unit that lines give for all figures below, as written: behind its words, or of money in brackets."""
        for line in reversed(lines):
            if found := self.said.search(folded(line)):
                return line[slice(*found.span("unit"))].strip(" ().:;,")
            bracketed = (text.strip(" .") for text in BRACKETS.findall(line))
            if money := next((text for text in bracketed if self._is_money(text)), ""):
                return money
        return ""

    def _is_money(self, text: str) -> bool:
        return any(name.fullmatch(folded(text)) for name, _ in self.money)


def build(notes: Notes) -> UnitNotes:
    """Compile the names. A number or a letter alone in brackets is no unit in running text: "(1.000 đồng)", "(đ)"."""
    names = sorted(((name, money.factor) for money in notes.money for name in money.names), key=lambda n: -len(n[0]))
    told = "|".join(_parted(name, r"[.\s]?") for name, _ in names if len(name) > 1 and name[0].isalpha())
    words = "|".join(map(folded, sorted(notes.over.words, key=len, reverse=True)))
    return UnitNotes(
        note=re.compile(rf"(?i)\s?\((?:{any_of(notes.over.words)})?\s?:?\s?(?P<unit>{told})(?:\)|$)"),
        said=re.compile(rf"(?:{words})(?:\s*[:;.]\s*|\s+)(?P<unit>.+)"),
        line=re.compile(rf"\W*(?:{words})\b"),
        money=tuple((_whole(_parted(folded(name), r"[^\w%/]*")), factor) for name, factor in names),
    )


def _parted(name: str, by: str) -> str:
    """A pattern of a name whose words and numbers are parted by another."""
    return by.join(re.findall(r"\w+", name))


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){name}(?!\w)")
