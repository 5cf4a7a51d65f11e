"""The date or period that a figure's sentence, or the list head over it, gives it."""

from __future__ import annotations

import re

from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.reading import Figures
from ntm_extract.text import dates
from ntm_extract.text.dates import When
from ntm_extract.text.folding import lowered
from ntm_extract.text.forms import Around

NAMED = re.compile(
    r"(?:bộ tiêu chí|chương trình|quyết định|nghị quyết)[^.;:,]{0,60}$"
    r"|(?:công văn|văn bản|tờ trình|thông báo|kế hoạch|hướng dẫn|báo cáo|chỉ thị|thông tư|nghị định)\s(?:số:?\s)?"
    r"\d[^\s;:]*,?\s\(?$"
)
"""What a date belongs to that is part of a name: the set of criteria 'giai đoạn 2021 - 2025' dates no figure."""
IN_BRACKETS = re.compile(r"\((20\d\d)\)\W*$")
"""The bare year of a heading: "Điểm xuất phát (2010)"."""


def since(figures: Figures, date: When) -> bool:
    """Whether a date only says what a figure is compared with: "so với cuối năm 2015"."""
    return _compared(figures.low, date, figures.around)


def _compared(low: str, date: When, around: Around) -> bool:
    before = max(0, date.start - 30)
    return bool(around.since_begins.match(low, date.start) or around.since.search(low[before : date.start]))


def when(figures: Figures, mention: Mention) -> str | None:
    """The date or period that the figure's sentence gives it, as printed; None where it gives none."""
    return _when(figures, mention)[0]


def as_of(figures: Figures, mention: Mention, end: int) -> str | None:
    """The same as an ISO date, month or year; or the date straight behind the words, up to `end`, that the figure is
    a part of ("7 xã đạt chuẩn nông thôn mới năm 2019")."""
    said = next((w for w in figures.whens if w.start >= end and _adjacent(figures, end, w)), None)
    if said and said.iso and not figures.around.period.match(figures.low, said.start) and not since(figures, said):
        return said.iso
    return _when(figures, mention)[1]


def _when(figures: Figures, mention: Mention) -> tuple[str | None, str | None]:
    """As printed and as ISO: of the figure's own sentence, else of the list heads over it."""
    found = _own_when(figures, mention)
    if found:
        return figures.passage.text[found.start : found.end].strip(), found.iso
    for above in figures.heads:
        if dated := _last_dated(above.text, figures.around):
            return dated
    headed = figures.passage.kind == "item" and figures.passage.section  # "2. Mục tiêu năm 2022", straight over a list
    return (_last_dated(figures.passage.section[-1], figures.around) if headed else None) or (None, None)


def _last_dated(title: str, around: Around) -> tuple[str, str] | None:
    """The last date of a list head or heading that is its own, as printed and as ISO."""
    low = lowered(title)
    dated = [w for w in dates.find(low) if w.iso and not _compared(low, w, around) and not NAMED.search(low[: w.start])]
    if dated:
        return title[dated[-1].start : dated[-1].end].strip(), dated[-1].iso
    year = IN_BRACKETS.search(title)
    return (year[1], year[1]) if year else None


def _own_when(figures: Figures, mention: Mention) -> When | None:
    start, end = figures.sentence(mention.start)
    inside = [w for w in figures.whens if start <= w.start < end and w.iso and not since(figures, w)]
    close = [
        w
        for w in inside
        if w.start >= mention.end
        and _adjacent(figures, mention.end, w)
        and not figures.low.startswith(":", w.end)  # "320 tỷ đồng (năm 2023: 95 tỷ đồng; …)" dates the next
    ]
    if close:
        return close[0]
    before = [w for w in inside if w.end <= mention.start and not _of_another(figures, w, mention)]
    if not before and figures.low[:start].endswith(" | "):  # "Năm 2016: 9 xã | 29 xã": of what opens the row
        before = [w for w in figures.whens[:1] if w.iso and not figures.mentions[0].end <= w.start]
    return before[-1] if before else None


def _of_another(figures: Figures, date: When, mention: Mention) -> bool:
    """Whether a date before a figure dates another: a plan that is passed, or the figure that it came from."""
    if figures.around.plan_of.search(figures.low[: date.start]):
        return True
    said_before = max((m.end for m in figures.mentions if m.end <= mention.start), default=0)
    if figures.around.today.search(figures.low, max(date.end, said_before), mention.start):
        return True
    return any(m.before and m.end <= date.start and _adjacent(figures, m.end, date) for m in figures.mentions)


def _adjacent(figures: Figures, end: int, date: When) -> bool:
    """A date straight after the figure that ends there ("28,1% năm 2011", "13/19 vào cuối năm 2025", "(năm 2011)")."""
    return date.start < end + 14 and not figures.around.not_its_date.search(figures.low[end : date.start])
