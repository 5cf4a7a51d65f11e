"""Roman numbers of headings read as other signs (`1I.`, `11.`, `L.`), put right where their neighbours prove it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_SHAPE = re.compile(r"^[\dIVXLl|!]{1,5}\.$")
_STROKES = str.maketrans({"L": "I", "l": "I", "1": "I", "|": "I", "!": "I"})


def roman_fixes(lines: Sequence[Sequence[str]]) -> dict[int, str]:
    """Line index -> right first token, for headings in capitals whose number follows from the ones around them.

    A number is put right only if some heading reads rightly, all headings then count on without a gap, and the letters
    as read have the shape of the number.
    """
    heads = [
        (n, row[0])
        for n, row in enumerate(lines)
        if len(row) > 2 and _SHAPE.match(row[0]) and " ".join(row[1:4]).isupper()
    ]
    right = [k for k, (_, token) in enumerate(heads) if token[:-1] in _ROMAN]
    if not right:
        return {}
    shift = _ROMAN.index(heads[right[0]][1][:-1]) - right[0]
    fixes = {}
    for k, (n, token) in enumerate(heads):
        number = k + shift
        if not 0 <= number < len(_ROMAN) or token[:-1].translate(_STROKES) != _ROMAN[number]:
            return {}
        if token[:-1] != _ROMAN[number]:
            beside = {k - 1, k + 1} & set(right)
            if beside or not any(c.isdigit() for c in token):
                fixes[n] = _ROMAN[number] + "."
    return fixes
