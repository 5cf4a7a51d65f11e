"""What a paragraph is by its opening sign: heading or item, and at which level of the document."""

from __future__ import annotations

import re
from typing import NamedTuple

from ntm_extract.layout.paragraphs import MARKER
from ntm_extract.text.folding import folded, lowered

KINDS = (
    "báo cáo|kế hoạch|quyết định|nghị quyết|thông báo|công văn|tờ trình|đề án|chương trình|hướng dẫn|chỉ thị|biên bản|"
    "quy định|phương án|công điện|thông tư|nghị định|kết luận|quy chế|giấy mời|chương trình hành động"
)
KIND_LINE = re.compile(rf"(?:{folded(KINDS)})(?: lien tich)?[:.]?")
"""The line that says what a document is, folded."""
FIGURE = re.compile(r"\d\s*(?:(?:nghìn|ngàn|trăm|vạn)\s)?(?:%|‰|triệu|tỷ|tỉ|đồng|xã|km|ha|m2|hộ|người|tấn|/)")
NOTED = re.compile(r"(?<=\w)\s?\((?![^()]*(?:đồng|tỷ|triệu|%))[^()]*\)$")
"""What is noted behind a heading in capitals: "A. KẾT QUẢ NĂM 2017 (117 xã)"."""
MAX_WORDS = 110


class Opening(NamedTuple):
    """The sign of a paragraph, its level (1 the highest; 9 and more are list signs), and whether it is a heading."""

    sign: str
    level: int
    heading: bool
    lead: str  # title of a numbered item that goes on after a colon


UNIT_NOTE = re.compile(r"(?i)\s?\((?:đvt|đơn vị(?: tính)?)\s?:[^()]*\)")
"""The unit of the amounts below a heading: its colon opens no text ("4. Nguồn lực (ĐVT: tỷ đồng)")."""
LEVELS = {"phần": 1, "chương": 2, "điều": 4}
BULLETS = {"-": 20, "–": 20, "—": 20, "+": 21, "*": 22, "•": 23, "●": 23, "▪": 23, "~": 20}


def opening(text: str, *, in_section: bool = False) -> Opening:
    """Read a paragraph's sign. A paragraph without one is plain: sign "" and level 0.

    `in_section` says that a section is open: there "I. Làm đường" is a misread "1.", since a second first section
    would be in capitals.
    """
    found = MARKER.match(text)
    if not found:
        return Opening("", 0, False, "")
    sign = (found["sign"] or found["bullet"]).strip()
    rest = text[found.end() :].strip()
    said = UNIT_NOTE.sub("", rest)
    level = _level(sign, rest)
    if in_section and sign in ("I.", "l.") and not rest.isupper():
        level = _level("1.", rest)
    elif not in_section and sign in ("1.", "l.") and rest.isupper() and len(rest.split()) > 1:
        level = _level("I.", rest)  # and the first section in capitals is "I.", whatever was read
    if level >= 20:
        return Opening(sign, level, False, "")
    heading = _is_heading(level, said)
    title = "" if heading else _lead(sign, rest, level)
    return Opening(sign, level, heading, title)


def _level(sign: str, rest: str) -> int:
    if sign[0] in BULLETS:
        return BULLETS[sign[0]]
    if re.fullmatch(r"[A-HĐ]\.", sign):
        return 2
    word = lowered(sign.split(maxsplit=1)[0])
    if word in LEVELS:
        return LEVELS[word]
    if sign[-1] == ")":
        return 11 if sign.strip("()").strip().isdigit() else 10
    roman = re.fullmatch(r"([IVXl1|]+)(?:[.)]|\s?[-–])?", sign)
    if roman and (not roman[1].isdigit() or (rest.isupper() and set(roman[1]) == {"1"} and len(roman[1]) > 1)):
        return 3  # "11. NỘI DUNG" is a misread "II."
    return 4 + len([part for part in sign.split(".") if part])


OF_CRITERION = re.compile(r"tiêu chí(?: số)? \d{1,2}(?![\d/])[^.;:\d]*")
"""A line that only names a criterion, whatever its sign: "b) Tiêu chí số 3 về Thủy lợi"."""


def _is_heading(level: int, rest: str) -> bool:
    if not rest or len(rest.split()) > MAX_WORDS:
        return level < 4
    if rest.isupper() or (level < 4 and NOTED.sub("", rest).isupper()):
        return True
    if OF_CRITERION.fullmatch(lowered(rest)):
        return True
    return not re.search(r"[.;,]$", rest) and not re.search(r":\s*\S", rest) and not FIGURE.search(rest) and level < 10


def _lead(sign: str, rest: str, level: int) -> str:
    """The title before the colon of "12. Lao động: tỷ lệ …"; for an article, its number."""
    if level == 4:
        return sign
    title, colon, _ = rest.partition(":")
    return f"{sign} {title.strip()}" if colon and len(title.split()) <= 15 else ""
