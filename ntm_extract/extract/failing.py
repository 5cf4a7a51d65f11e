"""Communes that a sentence names as not meeting what others meet: "…; còn 2 xã chưa đạt: Nà Sáy, Mường Khong"."""

from __future__ import annotations

import re

from ntm_extract.text.forms import A_NAME, NAME

FAR = 200  # characters behind the count within which those that fail are named
NAMES = rf"(?:xã\s)?{NAME}(?:(?:,|;|,?\svà)\s(?:xã\s)?{NAME})*"
UNMET = r"(?:còn\s|vẫn\s)?(?:chưa|không)\s(?:đạt|hoàn thành)"
LED = r"(?:\s?\((?:gồm\s|là\s)?|:\s|\s(?:gồm|bao gồm|là|đó là|có)(?:\scó)?:?\s)(?:(?:các\s)?xã:?\s)?"
FAILING = re.compile(
    rf"(?i:xã\s{UNMET}[^.;:(\d]{{0,50}}?{LED}|{UNMET}\s(?:gồm|là|có)\s(?:các\s)?xã:?\s)(?P<listed>{NAMES})"
    rf"|(?i:(?:còn|riêng)\s(?:các\s)?)(?P<left>xã\s{NAMES})\s(?i:{UNMET})"
    rf"|(?i:\btrừ\s(?:các\s)?)(?P<but>xã\s{NAMES})"
)


def failing(text: str, start: int, end: int) -> tuple[str, ...]:
    """The names between a count, which ends at `start`, and the next, which begins at `end`."""
    found = FAILING.search(text, start, min(end, start + FAR))
    said = next(filter(None, found.groups()), "") if found else ""
    return tuple(name.removeprefix("Xã ") for name in A_NAME.findall(said))
