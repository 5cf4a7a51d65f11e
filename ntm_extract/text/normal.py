"""One spelling for what is written in several ways: Unicode form, tone placement (hoá, hóa), keys without marks."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from unidecode import unidecode

ToneStyle = Literal["old", "new"]
"""Where oa, oe, uy at a syllable's end carry their tone: `old` on the first letter (hóa), `new` on the second (hoá)."""

_TONES = "\u0300\u0301\u0309\u0303\u0323"  # grave, acute, hook above, tilde, dot below


def _pairs() -> dict[str, str]:
    """New spelling -> old spelling of the endings, in lower, upper and title case."""
    pairs: dict[str, str] = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in _TONES:
            new = first + unicodedata.normalize("NFC", second + tone)
            old = unicodedata.normalize("NFC", first + tone) + second
            pairs |= {new: old, new.upper(): old.upper(), new.capitalize(): old.capitalize()}
    return pairs


_NEW_TO_OLD = _pairs()
_OLD_TO_NEW = {old: new for new, old in _NEW_TO_OLD.items()}
_NEW = re.compile(rf"(?<![qQ])({'|'.join(_NEW_TO_OLD)})(?!\w)")
_OLD = re.compile(rf"(?<![qQ])({'|'.join(_OLD_TO_NEW)})(?!\w)")
_SPACES = re.compile(r"\s+")
_ETH = re.compile("ÐĐ|ĐÐ|Ð")
_SMALL_ETH = re.compile("ðđ|đð|ð")


def nfc(text: str) -> str:
    """The text with every letter and its marks as one code point where Unicode has one."""
    return unicodedata.normalize("NFC", text)


def one_d(text: str) -> str:
    """Icelandic eth as the Vietnamese letter it looks like; the two side by side are one letter that was read twice."""
    if "Ð" not in text and "ð" not in text:  # nearly always
        return text
    return _SMALL_ETH.sub("đ", _ETH.sub("Đ", text))


def fold(text: str) -> str:
    """A search key: lower case, no marks, foreign letters in Latin ones, single spaces. `Đắk Lắk` -> `dak lak`."""
    return _SPACES.sub(" ", unidecode(nfc(text)).lower()).strip()


def old_tones(text: str) -> str:
    """The text with hoá written hóa; `quý` keeps its own."""
    return _NEW.sub(lambda m: _NEW_TO_OLD[m[1]], text)


def new_tones(text: str) -> str:
    """The text with hóa written hoá."""
    return _OLD.sub(lambda m: _OLD_TO_NEW[m[1]], text)


def tone_style(text: str) -> ToneStyle | None:
    """Which placement the text uses more often; None where it shows neither, or both alike."""
    old, new = len(_OLD.findall(text)), len(_NEW.findall(text))
    if old == new:
        return None
    return "old" if old > new else "new"
