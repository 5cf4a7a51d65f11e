"""What a white-space token is made of, and which tokens repair must not touch.

split("(trong") -> Parts("(", "trong", "")          kind("trong") -> WORD
split("12/19,") -> Parts("", "12/19", ",")          kind("12/19") -> NUMBER
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from ntm_extract.text.normal import old_tones

UNKNOWN, START, END, NUMBER_ID, CODE_ID, COMMA, STOP, DASH = range(8)
SPECIALS = ("<unk>", "<s>", "</s>", "<num>", "<code>", ",", ".", "-")
"""The first words of every vocabulary, in the order of the constants above."""


REMEMBERED = 1 << 15  # tokens whose parts, kind and key are kept: a document repeats most of its own


class Kind(IntEnum):
    """What the core of a token is."""

    WORD = 0  # letters alone
    NUMBER = 1  # digits with their separators and signs
    CODE = 2  # an abbreviation or number of letters, digits, hyphens, a name with an apostrophe: KH-UBND, T8, H'leo
    MIXED = 3  # letters with digits or signs among them that are no quantity or code: s6, x4, i€u, tré)ng
    SIGN = 4  # no letter and no digit


class Parts(NamedTuple):
    """A token in three: punctuation before, core, punctuation after."""

    lead: str
    core: str
    trail: str


_LEAD = re.compile(r"^[\"'“”‘’«(\[{*•·+\-–—_=~|<>≥≤.,;:!?…]+")
_TRAIL = re.compile(r"(?:[.,]/[.,]|[\"'“”‘’»)\]}.,;:!?…*_|\-–—])+$")  # ./. ends a document
_FOOTNOTE = re.compile(r"[aeiouyàáâãèéêìíòóôõùúýăĩũơư\u1ea0-\u1ef9](?:ng|nh|ch|m|t|p)(\d{1,2})$")
"""Digits behind a syllable that no letter can follow: the number of a footnote."""
_NUMBER = re.compile(r"^[+\-–]?\d[\d.,/:%‰\-–]*$")
_UNIT = re.compile(
    r"^[<>≥≤~+\-–]?\d[\d.,]*(%|‰|‰o|%o|°C|oC|tr|tỷ|ty|km2|km²|km|m2|m²|m3|m³|cm|mm|dm|ha|kg|g|m|h|l|ml|"
    r"kv|kw|kwh|mw|w|v|s|ph|đ|d|k|x|"
    r"tấn|tạ|kV|KV|kW|kWh|MW|MWh|Mbps|GB|MB|lít|m\?|km\?)(/\w+)*$",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"^(?:[A-ZĐƯÂÊÔƠĂ]{2,4}\.?\d+[a-zA-ZđĐ]?"
    r"|[A-ZĐƯÂÊÔƠĂ](?:\.?\d{2,}[a-zđ]?|\.\d|\d)(?<![BCDHLNSTX][46])"  # QL4H, QH15, T12, B2; not S6, B6, X4
    r"|\d+[A-ZĐ]{1,5}\d*"  # 4H, 01B
    r"|[^\W\d_][\w.]*(?:[-–/][\w.]+)+"  # QĐ-TTg, KT-XH, và/hoặc
    r"|[A-ZĐ][\w.]*(?:[-–/&][A-ZĐ][\w.]*)+"  # DTTS&MN; not th&p for thấp
    r"|\d[\w.,]*(?:[-–/&][\w.,&]+)+"  # 614/KH-UBND
    r"|[/\-–][\w.]+(?:[-–/][\w.]+)*"  # /KH-UBND
    r"|[BCDĐGHKLMNPRSTVX]['’][^\W\d_]{2,}"  # H'leo, M'nông
    r"|[\w.\-]+@\w+\.[\w.]+|(?:https?|www)\S+)$"  # not m@t for một
)
_LONE_UNIT = re.compile(r"^(m|km|cm|dm)[23²³°]$")  # m° was m² or m³
_LETTER = re.compile(r"[^\W\d_]")
_OPENERS_AS_LETTERS = "&¢€¥£@©®$§"


@lru_cache(REMEMBERED)
def split(token: str) -> Parts:
    """The token in three parts; a token without letter or digit is all core."""
    lead = _LEAD.match(token)
    start = lead.end() if lead else 0
    if start == len(token):
        return Parts("", token, "")
    trail = _TRAIL.search(token, start)
    end = trail.start() if trail else len(token)
    if end == start:
        return Parts("", token, "")
    if token[end : end + 1] in "'’" and end < len(token) and not any(c in "'‘’" for c in token[:start]):
        end += 1  # the horn of a letter: co' for cơ
    if footnote := _FOOTNOTE.search(token, start, end):
        end = footnote.start(1)
    return Parts(token[:start], token[start:end], token[end:])


@lru_cache(REMEMBERED)
def kind(core: str) -> Kind:  # noqa: PLR0911
    """What the core is. Everything but WORD and MIXED is a fixed point of repair (codes but for the listed rules)."""
    if core.isalpha():
        return Kind.WORD
    if _NUMBER.match(core) or _UNIT.match(core):
        return Kind.NUMBER
    if not _LETTER.search(core):
        if any(c.isdigit() for c in core):
            return Kind.MIXED if core in ("1€", "1¢") else Kind.NUMBER
        return Kind.MIXED if len(core) == 1 and core in _OPENERS_AS_LETTERS else Kind.SIGN
    if _CODE.match(core) or _LONE_UNIT.match(core):
        return Kind.CODE
    digits = sum(c.isdigit() for c in core)
    if digits >= 3 or any(c in "/%‰" for c in core):
        return Kind.CODE
    return Kind.MIXED


@lru_cache(REMEMBERED)
def key(core: str) -> str:
    """The vocabulary's spelling of a word: lower case, old tone placement."""
    return old_tones(core.lower())


def pause(punctuation: str) -> int | None:
    """The special word that punctuation beside a word stands for in the language model, if any."""
    for char in punctuation:
        if char in ".;:!?…":
            return STOP
        if char == ",":
            return COMMA
    return None


def units(token: str) -> tuple[str, ...]:
    """The token as language-model words, specials by their names: `(trong,` -> `trong` `,`."""
    _, core, trail = split(token)
    what = kind(core)
    if what is Kind.SIGN:
        return (SPECIALS[DASH],) if core in "-–—+*•" else ()
    middle = {Kind.NUMBER: SPECIALS[NUMBER_ID], Kind.CODE: SPECIALS[CODE_ID]}.get(what) or key(core)
    after = pause(trail)
    return (middle,) if after is None else (middle, SPECIALS[after])
