"""Dates as Vietnamese documents write them, to `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. Never a guess.

"ngày 29/7/2025"  "29 tháng 7 năm 2025"  "tháng 7/2025"  "năm 2025"  "ngày /7 tháng 9 năm 2025" -> 2025-09
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from msgspec import Struct

from ntm_extract.text.folding import folded

YEAR = r"(?P<y>19[4-9]\d|20[0-3]\d)(?!\d)"
LONG = re.compile(
    rf"(?:ng\w{{1,3}}y\W?\s*)?(?P<d>[^\s,]{{0,5}})\s*th\w{{1,2}}ng\s*(?P<m>[^\s,]{{0,3}})\s*n\w{{1,3}}m\s*{YEAR}"
)
GLYPHS = r"[\dil|o]{1,2}"  # digits and what is read in their place
SHORT = re.compile(
    rf"(?:ngay\s*:?\s*)?(?<![\w/])(?P<d>{GLYPHS})\s?[/.-]\s?(?P<m>{GLYPHS})\s?[/.-]\s?{YEAR}",
)
MONTH = re.compile(rf"thang\s*(?P<m>\d{{1,2}})\s*(?:[/.-]\s?|nam\s+){YEAR}")
ONLY_YEAR = re.compile(rf"(?<![\d/.-]){YEAR}")
LOOKALIKES = str.maketrans("IlìÌíÍ|oOóÓ", "11111110000")
DIGIT = re.compile(r"\d")
FROM_TO = re.compile(
    r"(?:tu\s+)?(?:nam\s+|thang\s+)?(?P<a>(?:\d{1,2}/)?(?:19|20)\d{2})\s*(?:-|–|den(?:\s+het)?)\s*"
    r"(?:nam\s+|thang\s+|ngay\s+)?(?P<b>(?:\d{1,2}/){0,2}(?:19|20)\d{2})(?!\d)"
)
QUARTER = re.compile(rf"quy\s+(?P<q>iv|iii|ii|i|[1-4])(?:\s*[/-]\s*|\s+nam\s+){YEAR}")
MONTHS = re.compile(rf"(?P<n>\d{{1,2}})\s+thang\s+(?:dau\s+)?nam\s+{YEAR}")
SINCE = re.compile(rf"tu\s+(?:thang\s+(?P<m>\d{{1,2}})\s*(?:/|nam)\s*|nam\s+)?{YEAR}\s+den\s+nay")
HALF = re.compile(rf"(?P<h>6|sau|06|9|chin|09)\s+thang\s+(?P<w>dau|cuoi)\s+nam\s+{YEAR}")


class Dated(Struct, frozen=True):
    """A date, and the characters of the text that state it."""

    value: str
    start: int
    end: int


def find_date(text: str, start: int = 0) -> Dated | None:
    """The first date at or after `start` that gives at least a month; a day that can't be read is left away."""
    bare = folded(text)
    found = [(m.start(), i, m) for i, p in enumerate((LONG, SHORT, MONTH)) if (m := p.search(bare, start))]
    for _, _, match in sorted(found, key=lambda f: f[:2]):
        value = _iso(match, text)
        if value:
            return Dated(value, match.start(), match.end())
    return None


def date_at(text: str, start: int) -> Dated | None:
    """The date that begins at `start`, of the forms that follow the number of a document; a bare year is none."""
    bare = folded(text)
    for pattern in (LONG, SHORT, MONTH):
        match = pattern.match(bare, start)
        if match and (value := _iso(match, text)):
            return Dated(value, match.start(), match.end())
    return None


def _iso(match: re.Match[str], text: str) -> str:
    year = int(match["y"])
    month = _number(text[match.start("m") : match.end("m")])
    if month is None or not 1 <= month <= 12:
        return ""
    day = _number(text[match.start("d") : match.end("d")]) if "d" in match.groupdict() else None
    if day is None:
        return f"{year}-{month:02d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return f"{year}-{month:02d}"


def _number(seen: str) -> int | None:
    """The number, a letter that looks like a digit read as one if it stands beside a digit ("I5"); else None."""
    seen = seen.strip(" .,:")
    if DIGIT.search(seen):
        seen = seen.translate(LOOKALIKES)
    return int(seen) if re.fullmatch(r"\d{1,2}", seen) else None


def period(text: str) -> tuple[str, str] | None:
    """First and last date of the period that a title or clause names, each as precise as stated; "" for an open end."""
    bare = folded(text)
    found = ((read, pattern.search(bare)) for pattern, read in PERIODS)
    return next((span for read, match in found if match is not None and (span := read(match)) is not None), None)


def _since(match: re.Match[str]) -> tuple[str, str]:
    return (f"{match['y']}-{int(match['m']):02d}" if match["m"] else match["y"]), ""


def _from_to(match: re.Match[str]) -> tuple[str, str]:
    return _joined(match["a"]), _joined(match["b"])


def _half(match: re.Match[str]) -> tuple[str, str]:
    months = 6 if match["h"] in ("6", "sau", "06") else 9
    first, last = (1, months) if match["w"] == "dau" else (13 - months, 12)
    return f"{match['y']}-{first:02d}", f"{match['y']}-{last:02d}"


def _months(match: re.Match[str]) -> tuple[str, str] | None:
    last = int(match["n"])
    return (f"{match['y']}-01", f"{match['y']}-{last:02d}") if 1 <= last <= 12 else None


def _quarter(match: re.Match[str]) -> tuple[str, str]:
    quarter = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(match["q"]) or int(match["q"])
    return f"{match['y']}-{3 * quarter - 2:02d}", f"{match['y']}-{3 * quarter:02d}"


def _month(match: re.Match[str]) -> tuple[str, str] | None:
    value = _iso(match, match.string)
    return (value, value) if value else None


def _year(match: re.Match[str]) -> tuple[str, str]:
    return match["y"], match["y"]


PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, str] | None]], ...] = (
    (SINCE, _since),
    (FROM_TO, _from_to),
    (HALF, _half),
    (MONTHS, _months),
    (QUARTER, _quarter),
    (MONTH, _month),
    (ONLY_YEAR, _year),
)
"""Forms of periods, the more telling ones first."""


def _joined(stated: str) -> str:
    """ "8/2023" to 2023-08, "15/8/2023" to 2023-08-15."""
    return "-".join(f"{int(part):02d}" for part in reversed(stated.split("/")))
