"""Names of counts and measures: the words before, what is counted, the words behind, and what has a size."""

from __future__ import annotations

import re

from ntm_extract.extract.around import bounds, words_after, words_before
from ntm_extract.extract.reading import Figures, written

HAS = re.compile(r"(?:, (?:thị xã|thành phố|thị trấn|phường))?\s(?:đã\s|đang\s)?có\s")
"""Between those counted and the share of them that tells which they are."""


def counted(figures: Figures, i: int, last: int) -> str:
    """Words before, counted noun, words after: "xây mới" + "trạm y tế" + "xã"."""
    mention = figures.mentions[i]
    after = words_after(figures, last) or _having(figures, last)
    before = words_before(figures, i, alone=not after)
    noun = written(figures, mention) if mention.unit_kind in ("count", "noun") else ""
    if noun and not before and not after:
        noun = _fuller(figures, i, noun)
    if noun and (before.lower() == noun.lower() or before.lower().endswith((f" {noun.lower()}", "dân số"))):
        return before
    if noun and re.match(r"(?i)(?:tổng )?số\s", before) and noun.split()[0] in before.lower().split():
        return before
    if after and len(before.split()) > 8:
        before = figures.words.clean(" ".join(before.split()[-8:]))
    return " ".join(w for w in (before, noun, after) if w)


def _fuller(figures: Figures, i: int, noun: str) -> str:
    """What is counted, as the count before of the same in the sentence says it: "187 hộ nghèo, nay còn 139 hộ"."""
    start = figures.sentence(figures.mentions[i].start)[0]
    before = (m for m in reversed(figures.mentions[:i]) if m.role == "count" and m.start >= start)
    return next((written(figures, m) for m in before if m.unit.startswith(noun.lower() + " ")), noun)


def _having(figures: Figures, i: int) -> str:
    """The share that tells which are counted: "12 huyện có 100% số xã đạt chuẩn"."""
    following = figures.mentions[i + 1] if i + 1 < len(figures.mentions) else None
    if following is None or following.role != "percent":
        return ""
    has = HAS.fullmatch(figures.low, figures.mentions[i].end, following.start)
    said = figures.passage.text[following.start : following.end]
    return f"có {said} {words_after(figures, i + 1)}".strip() if has else ""


def sized(figures: Figures, i: int, found: str) -> str:
    """What has the size that a figure gives: "công trình nhà văn hóa thôn 5 có mức đầu tư 0,8 tỷ đồng"."""
    start, end = bounds(figures, i)
    said = figures.passage.text[start:end]
    words = figures.words.clean(said[: max(0, said.lower().rfind(found.lower()))]).split()
    return " ".join(words[-12:]) if len(words) > 1 else ""
