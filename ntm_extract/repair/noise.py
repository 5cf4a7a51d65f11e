"""Specks, rules and seals read as tokens or between words as punctuation: what is dropped, what is parted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log

from ntm_extract.repair.tokens import Parts
from ntm_extract.text.syllables import is_syllable

NEVER_TEXT = frozenset("`´¬ˆ‹›¡⁄¦„\\")  # no Vietnamese document sets these alone
SELDOM_TEXT = frozenset("|_~^°{}#=\"'‘’“”*;:.,!?£ø•®©§¥€¢·…«»<>[]()")  # alone, and read with little confidence: noise
_RUN_TOGETHER = re.compile(
    r"^(\W*[^\W\d_][^\W_]+)([.,;:‘-]{1,2}|(?<![oưuOƯU])['’])([^\W\d_A-ZĐ][^\W_]*[^\W\d]\W*|[^\W\d_A-ZĐ]\d)$"
)
_DASH = re.compile(r"^(?:[-–—+*•]|_?[-–—]+_?)$")
_LISTED = re.compile(r"^([-–—]|\d{1,2}\.|[IVX]{1,4}\.)([^\W\d_a-zđ][^\W\d_]{2,}\W*)$")
_BESIDE = re.compile(r"^([-–—]{1,2})([^\W\d_A-ZĐ][^\W\d_]+\W*)$")
_AFTER_WORD = re.compile(
    r"^((?=[^\W_]*[aeiouyàáâãèéêìíòóôõùúýăĩũơư])[^\W\d_A-ZĐ][^\W_]*[^\W\d_])[.:‘'-]{1,2}(\d[\d.,/]*%?\W*)$"
)
_BEFORE_WORD = re.compile(r"^(\d[\d.,]*%?)[.:‘'-]{1,2}([^\W\d_A-ZĐ]{2,}\W*|[^\W\d_A-ZĐ]\d\W*)$")
SPECKS = (NEVER_TEXT | SELDOM_TEXT) - frozenset("*<>()^#")
_END = re.compile(r"[.,]/[.,]")
_TWO_STOPS = re.compile(r"(?<![.,;:])([.,;:])([.,;:])$")  # not the end of an ellipsis
_LONE_STOP = re.compile(r"^[.,;:]$")
_AT_WORDS = str.maketrans("", "", "?_|~«»‘`´¬{}[]")  # signs that a ruined reading has at words, its paper seldom
USUAL_NOISE, FEW_LINES = 0.02, 10  # share of lines with a sign for nothing at an end; lines that are no evidence
MOST_NOISE = 4.0
SURE = 0.85  # confidence above which a lone sign stays
CRUMB = 0.8  # confidence above which lone letters stay
NAMED = 6.0  # more for what may be a short name: Pa, Ea, Co, and KHE among capitals
_GLUED = re.compile(r"^([^\W\d_]{1,7})([.,;:'’*+\-–]{1,2})([^\W\d_]{1,7})$")


def is_noise(token: str, confidence: float | None) -> bool:
    """Whether a token without letter or digit is clearly no text."""
    signs = set(token)
    if signs <= NEVER_TEXT:
        return True
    if confidence is None or confidence >= SURE or len(token) > 3:
        return False
    return signs <= NEVER_TEXT | SELDOM_TEXT


def is_speck(token: str) -> bool:
    """Whether a sign that stands alone in a reading without confidences is no text: `:` or `|_`, not a dash."""
    return len(token) <= 4 and set(token) <= SPECKS


def ends(row: Sequence[str]) -> tuple[int, int]:
    """The places in a line of its first and last token that is no speck."""
    text = [i for i, token in enumerate(row) if token and not is_speck(token)] or [0]
    return text[0], text[-1]


def edge_noise(rows: Sequence[Sequence[str]]) -> float:
    """How much likelier than elsewhere (log-probability) a token at the end of a line is noise, by the signs that stand
    there for nothing: hardly any in a clean layer, in every other line of a page with dark edges.
    """
    lines = [row for row in rows if len(row) > 1]
    noisy = sum(is_speck(row[0]) or is_speck(row[-1]) or is_dash(row[-1]) for row in lines)
    share = noisy / (len(lines) + FEW_LINES)
    return min(MOST_NOISE, log(share / USUAL_NOISE)) if share > USUAL_NOISE else 0.0


def is_dash(token: str) -> bool:
    """Whether a sign that stands alone is a dash, or the sign of a list."""
    return bool(_DASH.match(token))


def is_long_dash(token: str) -> bool:
    """Whether a sign that stands alone is a dash read too long, or with a speck: `—`, `_-`."""
    return token == "—" or (len(token) > 1 and is_dash(token))


def begins_item(row: Sequence[str]) -> bool:
    """Whether a line begins with the dash of a list, read as `~`."""
    return len(row) > 1 and row[0] == "~"


def pieces(text: str) -> tuple[str, ...]:
    """A token of a ruined reading as the words that it holds: `tréng.lua`, `qua;.viéc`, `va-cac`; specks go.

    So do numbers that a word was read beside: `nam.2017`, `95%-ngudi`, `1.Muc`, and the dash of a list: `-Giao`.
    """
    if found := _RUN_TOGETHER.match(text):
        left, sign, right = found.groups()
        return left + "".join(dict.fromkeys(c for c in sign if c in ",;-")), right
    if found := _BESIDE.match(text):
        return "-", found[2]
    found = _LISTED.match(text) or _AFTER_WORD.match(text) or _BEFORE_WORD.match(text)
    return found.groups() if found else (text,)


def cleaned(parts: Parts) -> Parts:
    """A word of a ruined reading without the specks that were read at its ends: `cứ?`, `_dựa`, `.kết`, `xã:,`; with
    `./.` for `,/.`.
    """
    trail = _END.sub("./.", parts.trail.translate(_AT_WORDS))
    if len(parts.core) > 1 and not parts.core.isupper():  # TP., may be short for something
        trail = _TWO_STOPS.sub(lambda two: min(two.groups(), key=";:,.".index), trail)
    return Parts(_LONE_STOP.sub("", parts.lead.translate(_AT_WORDS)), parts.core, trail)


def crumb_cost(core: str, confidence: float | None, longest: int = 2) -> float | None:
    """Cost (natural log) of taking a short token of letters for noise, or None where it can't be."""
    if confidence is None or confidence >= CRUMB or len(core) > longest or any(c.isdigit() or c in "IVX" for c in core):
        return None
    title = len(core) == 2 and core[0].isupper() and core[1].islower()
    named = (title or (len(core) == 3 and core.isupper())) and is_syllable(core.lower())
    return 6.0 + 6.0 * confidence + 2.5 * (len(core) - 1) + NAMED * named


def glued(core: str) -> tuple[str, str, str] | None:
    """Two words with a mark between them, `gắn.với`: (word, mark, word)."""
    found = _GLUED.match(core)
    if not found or not found[3].islower():
        return None
    return found[1], found[2], found[3]
