"""How numbers are written in Vietnamese administrative prose: comma for decimals, dot for thousands, and the slips.

`read` settles one printed number; what it counts decides the two doubtful forms: three digits after a comma are
decimals of a measure ("857,418 tỷ") but thousands of whole things ("3,726 hộ"), and three digits after a dot are
thousands unless the number is a share ("12.345 %") or begins with a zero ("0.125").
"""

from __future__ import annotations

import re
from decimal import Decimal

NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
MOST_DIGITS = 15  # of a figure: hundreds of thousands of billions of dong; what is longer was run together
GROUPS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")

ALIKE = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+[.,]\d{1,2}")
"""Groups of three and a short last part: its mark was printed or read as that of the groups ("1,282,2")."""


def read(printed: str, *, whole: bool = False, share: bool = False) -> Decimal | None:
    """The value of a printed number, or None where its separators make no sense ("1.23.4") or it is too long for one.

    `whole` says that it counts things that have no fractions, `share` that it is a percentage.
    """
    dots, commas = printed.count("."), printed.count(",")
    if len(printed) - dots - commas > MOST_DIGITS:
        return None
    if not dots and not commas:
        return Decimal(printed)
    if dots and commas:
        return _mixed(printed)
    mark = "." if dots else ","
    parts = printed.split(mark)
    grouped = bool(GROUPS.fullmatch(printed)) and parts[0] != "0"
    if len(parts) > 2:
        if grouped and not parts[0].startswith("0"):
            return Decimal("".join(parts))
        return (
            Decimal("".join(parts[:-1]) + "." + parts[-1])
            if ALIKE.fullmatch(printed) and not whole and not share
            else None
        )
    thousands = grouped and not share and (mark == "." or whole) and not parts[0].startswith("0")
    return Decimal("".join(parts) if thousands else f"{parts[0]}.{parts[1]}")


def _mixed(printed: str) -> Decimal | None:
    """Both separators: the last one is the decimal mark and stands once, the other parts groups of three."""
    mark = "," if printed.rfind(",") > printed.rfind(".") else "."
    group = "." if mark == "," else ","
    head, _, tail = printed.rpartition(mark)
    if mark in head or not GROUPS.fullmatch(head):
        return None
    return Decimal(head.replace(group, "") + "." + tail)


def plain(value: Decimal) -> str:
    """A number without exponent and without trailing zeros of its fraction."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
