"""The numbers that a printed one may have been misread from: digits that look alike, lost or doubled digits, signs.

Each reading has a cost, the negative logarithm (base e) of how often a number is so misread. The pairs are those that
recognisers confuse; other digits and exchanged neighbours are the slips of a typist.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from ntm_extract.text import numbers

ALIKE = {
    "0": "698", "1": "74", "2": "7", "3": "85", "4": "19", "5": "638", "6": "058", "7": "12", "8": "3560", "9": "04",
}  # fmt: skip
ALIKE_COST = 5.0
SIGN_COST = 6.0  # a comma for a point, a point lost
LOST_COST = 7.0  # a digit lost: ten could stand in each place
DOUBLED_COST = 6.0
SWAPPED_COST = 8.0  # two digits exchanged
OTHER_COST = 8.5  # any other digit
LIKELY = 7.5
"""Up to this cost a reading is one that recognisers make."""


def readings(text: str) -> dict[str, float]:
    """What may stand on paper where `text` was read, with its cost; `text` itself is not among them."""
    found: dict[str, float] = {}

    def offer(other: str, cost: float) -> None:
        if other != text and numbers.NUMBER.fullmatch(other) and numbers.read(other) is not None:
            found[other] = min(cost, found.get(other, cost))

    for i, sign in enumerate(text):
        before, after = text[:i], text[i + 1 :]
        if not sign.isdigit():
            offer(before + (",." if sign == "." else ".,")[0] + after, SIGN_COST)
            offer(before + after, SIGN_COST + 1)
            continue
        for digit in "0123456789":
            offer(before + digit + after, ALIKE_COST if digit in ALIKE[sign] else OTHER_COST)
        doubled = after[:1] == sign
        for shorter in {before + after, _grouped(before + after)}:
            offer(shorter, DOUBLED_COST if doubled else OTHER_COST)
    for i in range(len(text) + 1):
        for digit in "0123456789":
            longer = text[:i] + digit + text[i:]
            again = digit in (text[i - 1 : i], text[i : i + 1])
            for other in {longer, _grouped(longer)}:
                offer(other, LOST_COST - (1 if again else 0))
        if 0 < i < len(text) and text[i - 1].isdigit() and text[i].isdigit():
            offer(text[:i] + "," + text[i:], SIGN_COST + 1)
    digits = [i for i, sign in enumerate(text) if sign.isdigit()]
    for i, j in pairwise(digits):
        offer(text[:i] + text[j] + text[i + 1 : j] + text[i] + text[j + 1 :], SWAPPED_COST)
    return found


def _grouped(text: str) -> str:
    """The same digits with points between thousands, where the number had them."""
    if "." not in text:
        return text
    whole, comma, rest = text.partition(",")
    digits = re.sub(r"\D", "", whole)
    return (f"{int(digits):,}".replace(",", ".") if digits else whole) + comma + rest


def value(text: str, scale: Decimal, *, share: bool = False, whole: bool = False) -> Decimal | None:
    """The value of a printed number times the scale of its unit."""
    number = numbers.read(text, share=share, whole=whole)
    return None if number is None else number * scale
