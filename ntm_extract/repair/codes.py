"""The few rules for what is no word: parts of document numbers, units read wrongly, numbers and codes torn apart.

No rule here changes a digit, and none touches a token that does not look exactly as named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product

from ntm_extract.text.normal import fold
from ntm_extract.text.syllables import is_syllable

CODE_JOINTS = re.compile(r"[-–/&.,\d]+")
_PARTS = re.compile(r"([-–/&.,\d]+)")
_MISREAD = {"D": "DĐ", "P": "PĐ", "B": "BĐ", "b": "bĐ", "d": "dĐ"}
_SLASHED = re.compile(r"^(?:[^\W\d_]+|[a-z]{1,2}[23]|(?:[^\W\d_]+\d){1,2}[^\W\d_]+)(?:/(?:[^\W\d_]+\d?))+$")
"""Words and units with slashes between: đồng/người/năm, m3/ngày; read as d6ng/nam, đồng/h6."""
_SHORT_RATE = re.compile(r"^trđ?/")  # millions as notes abbreviate them: no word of theirs was misread
_VOWEL = re.compile(r"[aeiouy]")
_ROMAN = re.compile(r"^(?=[IVX]{2,5}$)X{0,2}(?:IX|IV|V?I{0,3})$")
_KNOWN = 20  # times that an abbreviation was seen
_MARKED = frozenset(["TƯ"])  # abbreviations with a marked vowel: Trung ương
_CLEAR = 40  # times that a part must be more frequent than the part as read

_NUMBER_SLASH = re.compile(r"^\d+(?:/\d{4})?/$")
_NUMBER_BEFORE = re.compile(r"\d[\d.,]*$")
_UNIT_SQUARE = re.compile(r"^(\d[\d.,]*)?(m|km|cm|dm)\?([,.;:)]*)$")
_PER_MILLE = re.compile(r"^(\d[\d.,]*)?%[oO0]([,.;:)]*)$")
_OPEN_NUMBER = re.compile(r"^\(?\d{1,5}$")
_SLASH_CODE = re.compile(r"^/[A-ZĐ]{1,6}-[A-ZĐ][A-Za-zĐđ]{1,9}[,.;:)]*$")
_OPEN_CODE = re.compile(r"^\(?\d{1,5}(/\d{4})?/[A-ZĐ]{1,5}-$")
_CODE_END = re.compile(r"^([A-ZĐ]{2,10}|TTg|BNNPTNT)[,.;:)]*$")


def fix_part(part: str, counts: Mapping[str, int], *, marks: bool) -> str:
    """One part of a code with its Đ put right: QD -> QĐ, QB -> QĐ, HDND -> HĐND. Unknown parts stay.

    A recogniser that knows the `marks` of Vietnamese does not take Đ for another letter than D: its PNN is an office.
    """
    places = [i for i, c in enumerate(part) if c in ("D" if marks else _MISREAD)]
    if not places or len(places) > 4:
        return part
    best, most = part, max(counts.get(part, 0), 0)
    for letters in product(*(_MISREAD[part[i]] for i in places)):
        made = list(part)
        for i, letter in zip(places, letters, strict=True):
            made[i] = letter
        other = "".join(made)
        seen = counts.get(other, 0)
        # another capital than D must be no known part at all before we doubt it, and where an office (P for phòng) may
        # begin with it, what it becomes a common one
        only_d = all(part[i] == "D" or part[i] == c for i, c in zip(places, letters, strict=True))
        common = other[0] == part[0] or seen >= _KNOWN
        doubted = seen >= _CLEAR * counts.get(part, 0) if only_d else part not in counts and common
        if seen > most and doubted:
            best, most = other, seen
    return best


def fix_code(core: str, counts: Mapping[str, int], *, marks: bool) -> str:
    """A code such as 263/QD-TTg or 12/NQHBND with each part of letters put right; its digits and joints stay."""
    *before, last = _PARTS.split(core)
    fixed = [fix_part(p, counts, marks=marks) if p.isalpha() and not p.islower() else p for p in (*before, last)]
    if not marks and _NUMBER_SLASH.match("".join(before)):
        fixed[-1] = part_joined(fixed[-1], counts)
    return "".join(fixed)


def is_slashed(core: str) -> bool:
    """Whether a core is words and units with slashes between them, no document number."""
    return core.islower() and bool(_SLASHED.match(core)) and not _SHORT_RATE.match(core)


def is_abbreviation(core: str, counts: Mapping[str, int], *, marks: bool) -> bool:
    """Whether capitals are a known abbreviation that stays as read, without a vowel but for TƯ: TT, NN, TTr.

    D does not tell itself from Đ where the recogniser does not know the `marks` of Vietnamese.
    """
    if marks and core in _MARKED:
        return True
    if counts.get(core, 0) < _KNOWN or sum(c.isupper() for c in core) < 2 or _VOWEL.search(fold(core)):
        return False
    return marks or "D" not in core


def is_numeral(core: str, *, marks: bool) -> bool:
    """Whether a core is a Roman number of two letters or more, which stays as read like any number.

    One that may be a syllable (VI for VÌ) is a word where the recogniser does not know the `marks` of Vietnamese.
    """
    return bool(_ROMAN.match(core)) and (marks or not is_syllable(core.lower()))


def part_joined(core: str, counts: Mapping[str, int]) -> str:
    """Capitals that are two known parts run together, NQHBND -> NQ-HĐND, or the core as it is.

    To be asked only of all that stands behind a number and its slash: NNPTNT elsewhere is an office.
    """
    if len(core) < 5 or not core.isupper() or not core.isalpha() or core in counts:
        return core
    best, most = core, 0
    for cut in (2, 3):
        left, right = (fix_part(p, counts, marks=False) for p in (core[:cut], core[cut:]))
        seen = min(counts.get(left, 0), counts.get(right, 0))
        if len(right) >= 3 and seen >= 30 and seen > most:
            best, most = f"{left}-{right}", seen
    return best


def fix_unit(before: str, token: str) -> str:
    """`m?` after a number is m², `%o` is ‰; `before` is the token before."""
    if "?" not in token and "%" not in token:  # nearly always
        return token
    for pattern, sign in ((_UNIT_SQUARE, "²"), (_PER_MILLE, "‰")):
        found = pattern.match(token)
        if found and (found[1] or _NUMBER_BEFORE.search(before)):
            unit = found[2] + sign if sign == "²" else sign
            return (found[1] or "") + unit + found[found.re.groups]
    return token


def torn_code(left: str, right: str) -> bool:
    """Whether two neighbouring tokens are one code: `614` `/KH-UBND`, `160/2004/NĐ-` `CP`."""
    if right.startswith("/"):
        return bool(_OPEN_NUMBER.match(left) and _SLASH_CODE.match(right))
    return left.endswith("-") and bool(_OPEN_CODE.match(left) and _CODE_END.match(right))
