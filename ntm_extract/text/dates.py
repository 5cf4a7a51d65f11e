"""Dates and periods in all their printed forms: the one home of reading them. Never a guess.

`find` reads prose, on its lowered view, where the marks tell "năm 2020" from "Nam 2020". `find_date`, `date_at` and
`period` read heads, citations and titles on a folded view, where marks, days and months may be misread.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from ntm_extract.text.folding import folded

YEAR = r"(?:19|20)\d\d"
COUNTED = r"\s?(?:xã|thôn|bản|hộ|huyện|công|tiêu)"
DATE = re.compile(
    rf"""(?<![\d/.,])(?=[\dcđghnqstv])(?:
    (?:(?:đến\s|trước\s|từ\s|hết\s)?ngày\s)?
      (?P<d1>\d{{1,2}})\s?[/.-]\s?(?P<m1>\d{{1,2}})\s?[/.-]\s?(?P<y1>{YEAR})(?!\d)
  | ngày\s(?P<d2>\d{{1,2}})\stháng\s(?P<m2>\d{{1,2}})(?:\snăm\s(?P<y2>{YEAR}))?
  | ngày\s\d{{1,2}}(?:\s?[/-]\s?\d{{1,2}})?(?![\d%/.]|,\d|{COUNTED})
  | (?:đêm|sáng|chiều|tối|hôm|trước|đến|hết)\s\d{{1,2}}\s?/\s?(?:0?[1-9]|1[0-2])(?![\d%/.]|,\d|{COUNTED})
  | tháng\s(?P<m4>\d{{1,2}})\s?(?:[/-]\s?|\s?năm\s)(?P<y4>{YEAR})(?!\d)
  | tháng\s(?P<m5>\d{{1,2}})(?!\d|[.,/]\d|\s?%)
  | (?P<half>0?[69]|sáu|chín)\stháng\s(?P<part>đầu|cuối)\snăm\s(?P<y3>{YEAR})(?![\d/]|[.,]\d)
  | quý\s(?P<quarter>i{{1,3}}|iv|[1-4])(?:\s?[/-]\s?|\snăm\s)(?P<y6>{YEAR})
  | quý\s\d(?!\d)
  | (?:(?:giai\sđoạn|nhiệm\skỳ|thời\skỳ|các\snăm|từ\snăm|niên\skhóa|năm\shọc|năm)\s)?
      (?P<y7>{YEAR})\s?(?:-|đến\s(?:hết\s|cuối\s)?(?:năm\s)?|và\s(?:năm\s)?|,\s?)\s?(?P<y8>{YEAR})(?![\d/.]|,\d)
  | (?:(?:từ|đầu|cuối|giữa|hết|đến|trong|trước|sau|so\svới|vào)\s)*năm\s(?P<y9>{YEAR})(?![\d/]|[.,]\d)
  | (?:đến\s)?(?:hết|cuối|đầu|giữa)\s(?P<y0>{YEAR})(?![\d/]|[.,]\d)
      (?=\s?(?:[.,;:()]|$)|\s(?:có|đã|đạt|toàn|cả|số)(?!\w))
  | (?:(?<=\A)|(?<=\A[-+*]\s)|(?<=;\s))(?P<y5>{YEAR})(?=:\s)
    )""",
    re.VERBOSE,
)
DIGIT = re.compile(r"\d")
BARE_YEAR = re.compile(rf"(?<![\d.,/-]){YEAR}(?![\d%/]|[.,]\d)")
TITLE_YEAR = re.compile(r"(?<!đến )năm\s(20\d\d)\W*$")
"""The year of a paper without a date, as its lowered title ends with it."""
SAID = re.compile(
    r"(?i)(?:trong\s)?(?:0?[69]|sáu|chín) tháng (?:đầu|cuối) năm(?: \d{4})?|"
    r"quý (?:[ivx]+|[1-4])(?:(?:/|-| năm )\d{4})?|"
    r"(?:(?:tính\s)?(?:đến|trong|từ|vào|hết|cuối|đầu)\s)*(?:hết\s|cuối\s|đầu\s)*(?:giai đoạn|năm|"
    r"tháng|ngày|nhiệm kỳ)\s\d[\d/ -]*\d?"
    r"(?:\sđến nay)?|(?:ước\s)?(?:(?:đến|vào|hết)\s)?(?:đầu|giữa|cuối)\s(?:năm|nhiệm kỳ)(?!\s\d)"
    r"|(?:đến|hết|trong)\s20\d\d(?!\d)|(?:trong|qua|sau)\s\d+ năm|đến \d+/\d+/\d+"
)
"""When something is, with the small words before it, years named or not: what says nothing of what a figure is."""
SAYS_WHEN = re.compile(r"\d|[Nn]ăm|[Qq]uý|[Nn]hiệm")
"""Without one of these SAID matches nothing."""

QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
SIX_MONTHS = ("6", "06", "sau", "sáu")
NOISY_YEAR = r"(?P<y>19[4-9]\d|20[0-3]\d)(?!\d)"
LONG = re.compile(
    rf"(?:ng\w{{1,3}}y\W?\s*)?(?P<d>[^\s,]{{0,5}})\s*th\w{{1,2}}ng\s*(?P<m>[^\s,]{{0,3}})\s*n\w{{1,3}}m\s*{NOISY_YEAR}"
)
GLYPHS = r"[\dil|o]{1,2}"  # digits and what is read in their place
SHORT = re.compile(
    rf"(?:ngay\s*:?\s*)?(?<![\w/])(?P<d>{GLYPHS})\s?[/.-]\s?(?P<m>{GLYPHS})\s?[/.-]\s?{NOISY_YEAR}",
)
MONTH = re.compile(rf"thang\s*(?P<m>\d{{1,2}})\s*(?:[/.-]\s?|nam\s+){NOISY_YEAR}")
LOOKALIKES = str.maketrans("IlìÌíÍ|oOóÓ", "11111110000")


class When(NamedTuple):
    """A date or period in prose: where it is printed and the last moment that it names.

    `iso` is its last day, month or year as far as it is printed (`2019-06-30`, `2019-06`, `2020` for "giai đoạn
    2016 - 2020"), "" where no year is named.
    """

    start: int
    end: int
    iso: str


class Dated(Struct, frozen=True):
    """A date, and the characters of the text that state it."""

    value: str
    start: int
    end: int


@lru_cache(maxsize=256)
def find(low: str) -> tuple[When, ...]:
    """Every date and period in a lowered text, in order."""
    if not DIGIT.search(low):
        return ()
    return tuple(When(m.start(), m.end(), _last_moment(m)) for m in DATE.finditer(low))


def find_date(text: str, start: int = 0) -> Dated | None:
    """The first date at or after `start` that gives at least a month; a day that can't be read is left away."""
    bare = folded(text)
    found = [(m.start(), i, m) for i, p in enumerate((LONG, SHORT, MONTH)) if (m := p.search(bare, start))]
    dated = (_dated(match, text) for _, _, match in sorted(found, key=lambda f: f[:2]))
    return next(filter(None, dated), None)


def date_at(text: str, start: int) -> Dated | None:
    """The date that begins at `start`, of the forms that follow the number of a document; a bare year is none."""
    bare = folded(text)
    dated = (_dated(m, text) for pattern in (LONG, SHORT, MONTH) if (m := pattern.match(bare, start)))
    return next(filter(None, dated), None)


def period(text: str) -> tuple[str, str] | None:
    """First and last date of the period that a title or clause names, each as precise as stated; "" for an open end."""
    bare = folded(text)
    found = ((read, pattern.search(bare)) for pattern, read in PERIODS)
    return next((span for read, match in found if match is not None and (span := read(match)) is not None), None)


def _stated(year: str, month: int | None = None, day: int | None = None) -> str:
    """`YYYY-MM-DD`, `YYYY-MM` or `YYYY`: as far as month and day are such."""
    if month is None or not 1 <= month <= 12:
        return year
    try:
        return date(int(year), month, day or 0).isoformat()
    except ValueError:
        return f"{year}-{month:02d}"


def _last_moment(m: re.Match[str]) -> str:
    year = next((m[f"y{i}"] for i in (8, 1, 2, 3, 4, 5, 6, 7, 9, 0) if m[f"y{i}"]), "")
    if not year:
        return ""
    if m["quarter"]:
        return _stated(year, 3 * QUARTERS[m["quarter"]])
    if m["half"]:
        return _stated(year, _months_of(m["half"], whole=m["part"] != "đầu")[1])
    month = next((m[f"m{i}"] for i in (1, 2, 4) if m[f"m{i}"]), "")
    day = next((m[f"d{i}"] for i in (1, 2) if m[f"d{i}"]), "")
    return _stated(year, int(month) if month else None, int(day) if day else None)


def _months_of(said: str, *, whole: bool) -> tuple[int, int]:
    """First and last month of "6 tháng đầu năm", or of the last six or nine (`whole`: up to the year's end)."""
    months = 6 if said in SIX_MONTHS else 9
    return (13 - months, 12) if whole else (1, months)


def _dated(match: re.Match[str], text: str) -> Dated | None:
    """The date that a noisy form states, if its month can be read."""
    month = _number(text[match.start("m") : match.end("m")])
    if month is None or not 1 <= month <= 12:
        return None
    day = _number(text[match.start("d") : match.end("d")]) if "d" in match.groupdict() else None
    return Dated(_stated(match["y"], month, day), match.start(), match.end())


def _number(seen: str) -> int | None:
    """The number, a letter that looks like a digit read as one if it stands beside a digit ("I5"); else None."""
    seen = seen.strip(" .,:")
    if DIGIT.search(seen):
        seen = seen.translate(LOOKALIKES)
    return int(seen) if re.fullmatch(r"\d{1,2}", seen) else None


def _since(match: re.Match[str]) -> tuple[str, str]:
    return _stated(match["y"], int(match["m"]) if match["m"] else None), ""


def _from_to(match: re.Match[str]) -> tuple[str, str]:
    return _joined(match["a"]), _joined(match["b"])


def _joined(stated: str) -> str:
    """ "8/2023" to 2023-08, "15/8/2023" to 2023-08-15."""
    return "-".join(f"{int(part):02d}" for part in reversed(stated.split("/")))


def _half(match: re.Match[str]) -> tuple[str, str]:
    first, last = _months_of(match["h"], whole=match["w"] != "dau")
    return _stated(match["y"], first), _stated(match["y"], last)


def _months(match: re.Match[str]) -> tuple[str, str] | None:
    last = int(match["n"])
    return (_stated(match["y"], 1), _stated(match["y"], last)) if 1 <= last <= 12 else None


def _quarter(match: re.Match[str]) -> tuple[str, str]:
    last = 3 * QUARTERS[match["q"]]
    return _stated(match["y"], last - 2), _stated(match["y"], last)


def _month(match: re.Match[str]) -> tuple[str, str] | None:
    dated = _dated(match, match.string)
    return (dated.value, dated.value) if dated else None


def _year(match: re.Match[str]) -> tuple[str, str]:
    return match["y"], match["y"]


PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, str] | None]], ...] = (
    (re.compile(rf"tu\s+(?:thang\s+(?P<m>\d{{1,2}})\s*(?:/|nam)\s*|nam\s+)?{NOISY_YEAR}\s+den\s+nay"), _since),
    (
        re.compile(
            r"(?:tu\s+)?(?:nam\s+|thang\s+)?(?P<a>(?:\d{1,2}/)?(?:19|20)\d{2})\s*(?:-|–|den(?:\s+het)?)\s*"
            r"(?:nam\s+|thang\s+|ngay\s+)?(?P<b>(?:\d{1,2}/){0,2}(?:19|20)\d{2})(?!\d)"
        ),
        _from_to,
    ),
    (re.compile(rf"(?P<h>6|sau|06|9|chin|09)\s+thang\s+(?P<w>dau|cuoi)\s+nam\s+{NOISY_YEAR}"), _half),
    (re.compile(rf"(?P<n>\d{{1,2}})\s+thang\s+(?:dau\s+)?nam\s+{NOISY_YEAR}"), _months),
    (re.compile(rf"quy\s+(?P<q>iv|iii|ii|i|[1-4])(?:\s*[/-]\s*|\s+nam\s+){NOISY_YEAR}"), _quarter),
    (MONTH, _month),
    (re.compile(rf"(?<![\d/.-]){NOISY_YEAR}"), _year),
)
"""Forms of periods, the more telling ones first."""
