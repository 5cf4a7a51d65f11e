"""Dates and periods in all their printed forms, found on the lowered view of a text.

A When covers the characters of one date or period. `iso` is its last day, month or year as far as it is printed
(`2019-06-30`, `2019-06`, `2020` for "giai đoạn 2016 - 2020"), "" where no year is named.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

YEAR = r"(?:19|20)\d\d"
COUNTED = r"\s?(?:xã|thôn|bản|hộ|huyện|công|tiêu)"
DATE = re.compile(
    rf"""(?<![\d/.,])(?=[\dcđghnqstv])(?:
    (?:(?:đến\s|trước\s|từ\s|hết\s)?ngày\s)?
      (?P<d1>\d{{1,2}})\s?[/.-]\s?(?P<m1>\d{{1,2}})\s?[/.-]\s?(?P<y1>{YEAR})(?!\d)
  | ngày\s(?P<d2>\d{{1,2}})\stháng\s(?P<m2>\d{{1,2}})(?:\snăm\s(?P<y2>{YEAR}))?
  | ngày\s\d{{1,2}}(?:\s?[/-]\s?\d{{1,2}})?(?![\d%/.]|,\d|{COUNTED})
  | (?:đêm|sáng|chiều|tối|hôm|trước|đến|hết)\s\d{{1,2}}\s?/\s?\d{{1,2}}(?![\d%/.]|,\d|{COUNTED})
  | tháng\s(?P<m4>\d{{1,2}})\s?(?:[/-]\s?|\s?năm\s)(?P<y4>{YEAR})(?!\d)
  | tháng\s(?P<m5>\d{{1,2}})(?!\d|[.,/]\d|\s?%)
  | (?P<half>0?[69]|sáu|chín)\stháng\s(?P<part>đầu|cuối)\snăm\s(?P<y3>{YEAR})(?![\d/]|[.,]\d)
  | quý\s(?P<quarter>i{{1,3}}|iv|[1-4])(?:\s?[/-]\s?|\snăm\s)(?P<y6>{YEAR})
  | quý\s\d(?!\d)
  | (?:(?:giai\sđoạn|nhiệm\skỳ|thời\skỳ|các\snăm|từ\snăm|niên\skhóa|năm\shọc|năm)\s)?
      (?P<y7>{YEAR})\s?(?:-|đến\s(?:hết\s|cuối\s)?(?:năm\s)?|và\s(?:năm\s)?|,\s?)\s?(?P<y8>{YEAR})(?![\d/.]|,\d)
  | (?:(?:từ|đầu|cuối|giữa|hết|đến|trong|trước|sau|so\svới|vào)\s)*năm\s(?P<y9>{YEAR})(?![\d/]|[.,]\d)
    )""",
    re.VERBOSE,
)
QUARTERS = ("i", "ii", "iii", "iv", "1", "2", "3", "4")
DIGIT = re.compile(r"\d")
BARE_YEAR = re.compile(rf"(?<![\d.,/-]){YEAR}(?![\d%/]|[.,]\d)")


class When(NamedTuple):
    """A date or period: where it is printed and the last moment that it names."""

    start: int
    end: int
    iso: str


@lru_cache(maxsize=256)
def find(low: str) -> tuple[When, ...]:
    """Every date and period in a lowered text, in order."""
    if not DIGIT.search(low):
        return ()
    return tuple(When(m.start(), m.end(), _iso(m)) for m in DATE.finditer(low))


def _iso(m: re.Match[str]) -> str:
    year = next((m[f"y{i}"] for i in (8, 1, 2, 3, 4, 6, 7, 9) if m[f"y{i}"]), "")
    if not year:
        return ""
    if m["quarter"]:
        return f"{year}-{3 * QUARTERS.index(m['quarter']) % 12 + 3:02}"
    if m["half"]:
        return f"{year}-{12 if m['part'] == 'cuối' else 6 if m['half'] in ('6', '06', 'sáu') else 9:02}"
    month = next((m[f"m{i}"] for i in (1, 2, 4) if m[f"m{i}"]), "")
    day = next((m[f"d{i}"] for i in (1, 2) if m[f"d{i}"]), "")
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}"
