"""Numbers that are no figures: parts of dates, codes, headings and names, ages, grades, bare years."""

from __future__ import annotations

import re
from typing import Literal

from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Passage
from ntm_extract.ner.labels import LAW
from ntm_extract.text import dates
from ntm_extract.text.dates import When
from ntm_extract.text.folding import UPPER
from ntm_extract.text.units import Unit

Reason = Literal["", "date", "code", "heading", "name", "duration", "age", "grade", "rate", "restated", "unread"]
"""Why a number ended in no row; "" for one that is a figure."""
CODE = re.compile(
    r"(?<![\d.,])\d+(?!\s-\sNS)\s?(?:/\s?\d{4})?\s?[/-]\s?[A-ZĐ]+[A-Za-zĐđÀ-ỹ]*\d{0,2}(?:\s?[-/&]\s?[A-ZĐ][A-Za-zĐđ]*\d{0,3})*"
    r"|(?:[Ss]ố|[Ss]ố:)\s?\d+(?:/\d+)+"
    r"|(?:TCVN|QCVN|TCXDVN|ISO)\s?\d+(?:[-:.]\d+)*"
)
INNER_HEADING = re.compile(
    rf"(?<!\S)\(?\d{{1,2}}(?:\.\d{{1,2}})+\.?(?=\s[{UPPER}])|(?<!\S)\(\d{{1,2}}\)|^\s*\d{{1,2}}\s\|"
)
QUOTED = re.compile(r"[“\"][^“”\"%]{1,60}[”\"]")
SUBITEM = re.compile(r"(?<!\w)(?:chỉ tiêu|nội dung)\s(?:số\s)?\d{1,2}\.\d{1,2}(?!\d)")
SUBITEMS = re.compile(r"(?<=[,;(]\s)\d{1,2}\.\d{1,2}(?=\s[^\W\d_])")
"""Numbers of the parts of a criterion: "Chỉ tiêu 17.1 nước sạch 21%, 17.8 nhà tiêu hợp vệ sinh 68%"."""
NAMES = re.compile(
    r"(?<!\d)[2-6]G(?!\w)|(?<![\d.,/])(?:24/24(?!\s(?:xã|thôn|bản|ấp|trường|hộ|đơn vị|huyện))|7/7(?=\s(?:ngày|giờ)))"
    r"(?![\d.,/])|\d+[Dd](?!\w)|"
    r"\([^()]*(?:[Pp]hụ lục|[Bb]iểu|[Bb]ảng)[^()]*(?:kèm theo|đính kèm)\)"
)
DAYS = re.compile(r"(?:ngày|tháng|năm)\s(?:\d{1,4}(?:,\s|\svà\s|-|\sđến\s))*$")
AFTER_YEAR = re.compile(r"\d{4}(?:,\s|\svà\s)$")  # "năm 2024, 5/9 xã": what follows a year is no day
PART_OF_YEAR = re.compile(r"(?<!\w)(?:đầu|giữa|cuối|hết)\snăm\s$")  # "cuối năm 7/19 tiêu chí"
MISREAD_RATE = re.compile(r"(?<!\w)t[ỷỉ]\s$")
BILLIONS = re.compile(r"\d\s?t[ỷỉ]\s$")
BARE_YEAR_LEFT = re.compile(r"(?:^|[;:(,.]\s?|\sđến\s)$")
COUNTED_LEFT = re.compile(r"(?:(?:tổng|con|đạt|trên|dưới)\ssố:?|(?:cùng|đầu|cuối)\skỳ)\s$")
EVERY = re.compile(r"(?<!\w)(?:mỗi|từng)\s$")
"""Before a word that is counted itself: "mỗi tổ 3 - 5 người"."""
GRADE_LEFT = re.compile(r"(?<!nâng )(?:hạng|bậc)\s$")

PAIR_RIGHT = re.compile(
    r"\s?/\s?\d+\s(?:xã|thôn|bản|ấp|huyện|hộ|trường|trạm)(?!\w)|\s?(?:-|đến)\s?\d+\s(?:tiêu chí|xã)(?!\w)"
)
"""Behind a number that is the first of a ratio or range, whatever word stands before ("chợ nông thôn 4/22 xã",
"nhóm 10 - 14 tiêu chí")."""
BROKEN_LEFT = re.compile(r"(?:\d[:;]|[!|]|(?<![^\W_])[lIOoÏ][.,]|\d[lIoO][.,]?)$")
BROKEN_RIGHT = re.compile(r"[lIoO][.,]?\d|[:;]\d{3}(?!\d)|!\d")
"""Beside a number some of whose digits were misread ("3:402", "l.350", "4l,5"): better missing than wrong."""

DECIMAL = re.compile(r"\d,\d")
Masks = list[tuple[int, int, Reason]]


def masks(passage: Passage, low: str, whens: tuple[When, ...], knowledge: Knowledge) -> Masks:
    """Stretches of a passage whose numbers belong to something else, with the reason."""
    text = passage.text
    found: Masks = [(m.start(), m.end(), "code") for m in CODE.finditer(text)]
    found += [(m.start(), m.end(), "code") for m in knowledge.cited.finditer(low)]
    for entity in passage.entities:
        if entity.label == LAW and (number := entity.key.split("|")[1]):  # "Nghị định 57/2018 của Chính phủ"
            at = text.find(number[0], entity.start, entity.end)
            found.append((max(at, entity.start), entity.end, "code"))
    found += [(w.start, w.end, "date") for w in whens]
    found += [(m.start(), m.end(), "heading") for m in INNER_HEADING.finditer(text)]
    found += [(m.start(), m.end(), "name") for m in NAMES.finditer(text)]
    if SUBITEM.search(low):
        found += [(m.start(), m.end(), "heading") for m in SUBITEMS.finditer(low)]
    if passage.kind == "note" and (sign := re.match(r"\W*\d{1,2}(?!\d)", text)):
        found.append((0, sign.end(), "heading"))
    found += [(token.start, token.end, "unread") for token in passage.tokens if token.word.reason == "digits"]
    if passage.marker:
        found.append((0, text.find(passage.marker) + len(passage.marker), "heading"))
    return found


def quoted(text: str) -> tuple[tuple[int, int], ...]:
    """Short quotations: a bare number in one is part of a name ("5 không, 3 sạch")."""
    return tuple(m.span() for m in QUOTED.finditer(text))


def broken(text: str, start: int, end: int) -> bool:
    """Whether a number is the sound part of a misread one."""
    return bool(BROKEN_LEFT.search(text[max(0, start - 3) : start]) or BROKEN_RIGHT.match(text, end))


def trap(
    low: str, number: tuple[int, int], unit: Unit, quotes: tuple[tuple[int, int], ...], knowledge: Knowledge
) -> Reason:
    """Whether a number is part of a name, a year, a grade or an age; "" where it is none of these."""
    start, end = number
    left = low[max(0, start - 40) : start]
    glued = low[start - 1 : start].isalpha() or (low[end : end + 1].isalpha() and unit.kind == "none")
    if glued or (MISREAD_RATE.search(left) and not BILLIONS.search(left)):  # "30a"; a misread "tỷ lệ"
        return "name"
    loose = _loose(unit, knowledge)
    if _year(low[start:end], left, loose):
        return "date"
    loose = loose and not DECIMAL.search(low[start:end])  # "đường ngõ xóm 9,45/9,9 km": no name has decimals
    in_quotes = unit.kind in ("none", "noun") and any(a <= start and end <= b for a, b in quotes)
    if in_quotes or (_named(left, unit, loose, knowledge) and not PAIR_RIGHT.match(low, end)):
        return "name"
    if unit.text in knowledge.counting.grades or GRADE_LEFT.search(left):
        return "grade"
    return "age" if unit.kind == "age" else ""


def _loose(unit: Unit, knowledge: Knowledge) -> bool:
    """Nothing is surely counted: a word before the number may own it."""
    return unit.kind in ("none", "noun", "time") or unit.text in knowledge.counting.grades


def _year(digits: str, left: str, loose: bool) -> bool:
    if dates.BARE_YEAR.fullmatch(digits) and (BARE_YEAR_LEFT.search(left) or loose):
        return True
    day = loose and len(digits) <= 4 and bool(DAYS.search(left))
    return day and not (len(digits) < 4 and (AFTER_YEAR.search(left) or PART_OF_YEAR.search(left)))


def _named(left: str, unit: Unit, loose: bool, knowledge: Knowledge) -> bool:
    if (loose or unit.kind == "count") and knowledge.numbered_always.search(left):
        return True
    word = knowledge.numbered.search(left) if loose else None
    if word is None or COUNTED_LEFT.search(left) or EVERY.search(left[: word.start()]):
        return False
    return not left[: word.start()].rstrip()[-1:].isdigit()  # "18 tiêu chí 01": the word is counted itself
