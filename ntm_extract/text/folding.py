"""Views of a text that keep its length, so that a place found in a view is a place in the text.

`lowered` is lower case with one place for the tone mark ("hoá" and "hóa" are one); `folded` drops all marks as well.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONES = "\u0300\u0301\u0303\u0309\u0323"


def _bare(letter: str) -> str:
    """A letter without its marks; đ becomes d. One character in, one out."""
    if letter in "đĐðÐ":
        return "d"
    base = unicodedata.normalize("NFD", letter)[0]
    return base.lower() if len(base.lower()) == 1 else base


def _lower(letter: str) -> str:
    if letter in "ÐðĐ":
        return "đ"
    return letter.lower() if len(letter.lower()) == 1 else letter


LETTERS = [chr(c) for c in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))]
UPPER = "A-Z" + "".join(letter for letter in LETTERS if letter.isupper() and letter > "Z")
"""Every capital letter, for use in a character class of a pattern."""
LOWER = (
    {ord(c): _lower(c) for c in LETTERS}
    | {ord("–"): "-", ord("—"): "-", ord("−"): "-", ord("\u00a0"): " "}
    | {ord(c): " " for c in "_ˆ~¬`"}
)
BARE = {ord(c): _bare(c) for c in LETTERS}


def _toned(vowel: str, tone: str) -> str:
    return unicodedata.normalize("NFC", vowel + tone)


# Old style puts the tone of oa, oe, uy on the second vowel in an open syllable; we read both as the new style.
MOVED = {a + _toned(b, t): _toned(a, t) + b for a, b in ("oa", "oe", "uy") for t in TONES}
OPEN = re.compile("(?<!q)(" + "|".join(MOVED) + r")(?![a-zà-ỹđ])")

# Words that many write with i; official spelling has y ("tỉ lệ", "thời kì", "qui hoạch").
WITH_I = {"tỉ": "tỷ", "kì": "kỳ", "kĩ": "kỹ", "mĩ": "mỹ", "lí": "lý", "qui": "quy", "quí": "quý"}
SPELLED = re.compile(r"(?<![a-zà-ỹđ])(?:" + "|".join(WITH_I) + r")(?![a-zà-ỹđ])")


@lru_cache(maxsize=1 << 14)
def lowered(text: str) -> str:
    """The text in lower case, tone marks placed as in "hóa", "thủy", y for i as in "tỷ lệ". Same length.

    Dashes are "-", specks blanks.
    """
    low = OPEN.sub(lambda m: MOVED[m.group(1)], text.translate(LOWER))
    return SPELLED.sub(lambda m: WITH_I[m.group()], low)


def folded(text: str) -> str:
    """The text in lower case without any marks. Same length as the text."""
    return text.translate(BARE)
