"""What stands behind a number: per cent, money, a unit, a counted noun. Works on the lowered view of a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from ntm_extract.text.folding import folded

Kind = Literal["percent", "money", "measure", "count", "time", "age", "foreign", "noun", "stop", "none"]

PERCENT = re.compile(r"\s{0,2}(?:điểm\s)?(?:(?P<mille>‰|%o\b|%0\b|phần nghìn)|%|phần trăm)")
DONG = re.compile(
    r"\s?(?:vnđ\b|vnd\b|đ\.|đ\b(?!/c(?!\w))|"
    r"đồng\b(?!\s(?:bào|chí|ruộng|thời|bộ|cỏ|dân|lòng|đều|hành|tình|thuận|nghiệp|đội|sức|minh|hồ)))"
)
SHORT_MILLIONS = re.compile(r"\s?tr(?:\.?\s?đ(?:ồng)?(?!\w)\.?(?=[\s/,;:)]|$)|(?=[\s/,;:)]|\.(?:\s|$)|$))")
"""Millions as tables and notes abbreviate them: "4.500 trđ", "10tr/nhà"."""
DAMAGED_DONG = re.compile(r"\s(?:đóng|đống|đông|đòng|dong|dồng|đổng|đong|dông)(?=[\s/.,;:)]|$)")
"""The word after "triệu" or "tỷ" where its marks were misread; nothing else is written there."""
PAYER = re.compile(r"(?:tỉnh|huyện|xã|thôn|bản|dân)(?=\s?(?:[+;,.)]|và\s|\d|$))")
"""Behind millions or billions these give the money and are not counted: "4 tỷ tỉnh, 3 tỷ dân"; but "2 triệu dân"."""
WORD = re.compile(r"[^\W\d_]+")
SLASH_UNIT = re.compile(r"\s?/\s?(?=[^\W\d_])")


class Unit(NamedTuple):
    """What a number counts; `end` is the character after it, `factor` multiplies money and nothing else."""

    kind: Kind
    text: str
    start: int
    end: int
    factor: Decimal = Decimal(1)


class Written(NamedTuple):
    """A unit as a text writes it, and the unit that is meant ("tc": "tiêu chí")."""

    name: str
    kind: Kind
    meant: str


Index = Mapping[str, tuple[Written, ...]]
"""Units by their first word, the longest first."""


def index(units: Mapping[str, Kind], short: Mapping[str, str]) -> Index:
    """Arrange lowered unit names for `read`; `short` are abbreviations of some."""
    found: dict[str, list[Written]] = {}
    written = [Written(name, kind, name) for name, kind in units.items()]
    written += [Written(name, units[meant], meant) for name, meant in short.items()]
    for one in sorted(written, key=lambda unit: (-len(unit.name), unit.name)):
        name = one.name
        word = WORD.match(name)
        if word:
            found.setdefault(word.group(), []).append(one)
            bare = folded(name)
            if " " in name and bare != name:  # long enough to be told without its marks
                found.setdefault(word.group() + "|", []).append(one)
                if bare.split()[0] != word.group():
                    found.setdefault(bare.split()[0] + "|", []).append(one)
    return {word: tuple(names) for word, names in found.items()}


def read(low: str, at: int, units: Index, scales: Mapping[str, Decimal]) -> Unit:
    """The unit that begins at character `at`, directly or after a space. Kind "none" where nothing is counted."""
    percent = PERCENT.match(low, at)
    if percent:
        return Unit("percent", "‰" if percent["mille"] else "%", at, percent.end())
    short = SHORT_MILLIONS.match(low, at)
    if short:
        return Unit("money", short.group().strip(), at, short.end(), Decimal(1_000_000))
    factor, after_scale = _scale(low, at, scales)
    dong = DONG.match(low, after_scale) or (DAMAGED_DONG.match(low, after_scale) if factor >= 1_000_000 else None)
    if dong:
        return Unit("money", low[at : dong.end()].strip(), at, dong.end(), factor)
    start = after_scale + (1 if low[after_scale : after_scale + 1] == " " else 0)
    known = _known(low, start, units)
    pays = PAYER.match(low, start) if factor >= 1_000_000 else None
    if known and not (pays and (pays.group() != "dân" or factor > 1_000_000)):
        return Unit(known.kind, (low[at:start] + known.meant).strip(), at, start + len(known.name))
    if factor >= 1_000_000:
        return Unit("money", low[at:after_scale].strip(), at, after_scale, factor)
    glued = start == at and low[at : at + 1].isalpha()  # letters that are no unit: a name such as "30a"
    end = start if glued else _noun(low, start, units)
    return Unit("noun", low[at:end].strip(), at, end) if end > start else Unit("none", "", at, at)


def _scale(low: str, at: int, scales: Mapping[str, Decimal]) -> tuple[Decimal, int]:
    factor = Decimal(1)
    while True:
        word = WORD.match(low, at + (1 if low[at : at + 1] == " " else 0))
        if not word or word.group() not in scales:
            return factor, at
        factor *= scales[word.group()]
        at = word.end()


def _known(low: str, start: int, units: Index) -> Written | None:
    """The longest listed unit that begins here and ends with a word's end; a rate ("tấn/ha") belongs to it."""
    word = WORD.match(low, start)
    if not word:
        return None
    for one in units.get(word.group(), ()):
        end = start + len(one.name)
        named = (one.kind != "stop" or " " in one.name) and low.startswith(one.name, start)
        if named and not low[end : end + 1].isalnum():
            return one if one.kind != "stop" else None
    bare = folded(low[start : start + 40])
    for one in units.get(word.group() + "|", ()):
        if bare.startswith(folded(one.name)) and not bare[len(one.name) : len(one.name) + 1].isalnum():
            return one
    return None


def _noun(low: str, start: int, units: Index) -> int:
    """End of the one or two words that an unlisted noun is taken to have; `start` where a stop word or unit stands."""
    end = start
    for at in (start, -1):
        word = WORD.match(low, end + 1 if at < 0 else at)
        if not word or any(_ends_noun(one, low, word) for one in units.get(word.group(), ())):
            break
        end = word.end()
        if low[end : end + 1] != " ":
            break
    return end


def _ends_noun(one: Written, low: str, word: re.Match[str]) -> bool:
    """Whether a listed name is the word that begins here, or words that count nothing ("hằng tháng")."""
    end = word.start() + len(one.name)
    stops = one.kind == "stop" and low.startswith(one.name, word.start()) and not low[end : end + 1].isalnum()
    return stops or one.name == word.group()
