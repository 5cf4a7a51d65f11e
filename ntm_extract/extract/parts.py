"""Which amounts of a passage are parts of which: by brackets, and by "trong đó" in their sentence."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from ntm_extract.extract.funding import source_of, sources_in
from ntm_extract.extract.reading import Figures

MARGIN = Decimal("1.02")  # of rounding, where parts are added up
OPENS_PARTS = re.compile(
    r"(?<!\w)(?:trong đó|bao gồm|gồm|gồm có|cụ thể|chia ra|trong số (?:đó|này|ấy)|"
    r"riêng(?= (?:nguồn|vốn|ngân sách|xã|năm|huyện)))(?!\w)"
)
OUT_OF = re.compile(r"\W*trong (?:tổng )?(?:số|vốn|nguồn vốn|kinh phí)[^.;:\d]{0,60}")
IS_IN = re.compile(r"[^.;:\d]{0,60}, (?:đã )?có\s")
"""Before a total, and between it and its part: "Trong tổng vốn 9 tỷ đồng của dự án, có 4 tỷ đồng vốn trung ương"."""
NO_PART = re.compile(
    r"(?<!\w)(?:tăng|giảm(?! nghèo)|so với|bằng chữ|quy đổi|tương đương|năm trước|bình quân|hiện nay|"
    r"cách đây|năm \d{4})(?!\w)"
)
SUM = re.compile(r"(?<!\w)(?:kinh phí|vốn|tổng|trị giá|mức đầu tư|nguồn lực|chi phí|nhu cầu)(?!\w)[^,;]*$")
PAID_BY = re.compile(r"[,;]\s(?:riêng\s|phần\s)?(?P<who>[^,;.:()\d]{2,40})")
"""A clause that names a sum of money, and what stands between it and what one of those who pay gives."""
OWED = re.compile(r";\s(?:(?:còn|hiện|đang)\s)+nợ(?!\w)")
"""A debt behind a list of parts, that is none of them."""
YEARS = re.compile(r"năm \d{4}:")
"""In a bracket that parts an amount by years: "320 tỷ đồng (năm 2023: 95 tỷ đồng; năm 2024: …)"."""


def parents(figures: Figures, amounts: list[int]) -> dict[int, int | None]:
    """Within a passage: the amount that each amount is part of, by brackets and by "trong đó" in its sentence."""
    found: dict[int, int | None] = {}
    brackets: list[int | None] = []  # the amount that each open bracket details
    governor: list[int | None] = [None]  # by bracket level: the total that "trong đó" opened
    at = 0
    latest: int | None = None
    level_latest: list[int | None] = [None]  # by bracket level: the amount before
    sentence = 0
    for i in amounts:
        m = figures.mentions[i]
        gap_start = at
        for match in re.finditer(r"[()]|:(?=\s)|" + OPENS_PARTS.pattern, figures.low[at : m.start]):
            sign, place = match.group(), gap_start + match.start()
            if sign == "(":
                inner_of = _detailed(figures, level_latest[-1], place)
                brackets.append(governor[-1] if inner_of is None else inner_of)
                governor.append(None)
                level_latest.append(None)
            elif sign == ")" and brackets:
                brackets.pop()
                governor.pop()
                level_latest.pop()
            elif sign != ")":
                governor[-1] = (_listed if sign == ":" else _governed)(figures, level_latest[-1], place, governor[-1])
        begin = figures.sentence(m.start)[0]
        if begin > sentence:
            sentence = begin
            opens = OPENS_PARTS.match(figures.low[begin : begin + 12].lstrip())
            if not opens and not brackets:
                governor, level_latest = [None], [None]
        between = figures.low[figures.mentions[latest].end : m.start] if latest is not None else ""
        governor[-1] = _with_room(figures, found, governor[-1], i)
        part = governor[-1]
        inner = between[between.rfind("(") + 1 :]
        yearly = bool(brackets) and len(YEARS.findall(figures.low, *_bracket(figures.low, m.start))) > 1
        if (
            part is None
            and brackets
            and brackets[-1] is not None
            and (yearly or OPENS_PARTS.match(inner) or not NO_PART.search(inner))
        ):
            part = brackets[-1]
        if (
            part is None
            and latest is not None
            and OUT_OF.fullmatch(figures.low[begin : figures.mentions[latest].start])
        ):
            part = latest if IS_IN.match(between) else None
        if brackets == [] and OWED.search(between):
            part = None
        found[i] = None if part == i else part
        if governor[-1] is None:
            level_latest[-1] = i
        else:
            level_latest[-1] = i if brackets or governor[-1] != i else level_latest[-1]
        latest, at = i, m.end
    return _of_payer(figures, _adding_up(figures, found))


def _adding_up(figures: Figures, found: dict[int, int | None]) -> dict[int, int | None]:
    """Amounts of no whole that follow another in its sentence, or fill the next one, and add up to it are its parts,
    announced or not."""
    free = [i for i, whole in found.items() if whole is None and not figures.mentions[i].per]
    for i in free:
        end, value = figures.sentence(figures.mentions[i].start)[1], figures.mentions[i].value
        for last in (end, figures.sentence(end)[1]):
            rest = [j for j in found if j > i and found[j] in (None, i) and figures.mentions[j].start < last]
            rest = [j for j in rest if not figures.mentions[j].per]
            total = sum(figures.mentions[j].value for j in rest)
            if len(rest) > 1 and abs(total - value) <= value * (MARGIN - 1) / 4:
                return found | dict.fromkeys(rest, i)
    return _completing(figures, found)


def _completing(figures: Figures, found: dict[int, int | None]) -> dict[int, int | None]:
    """The amount of no whole that makes up what the parts before it leave of theirs is the last of them."""
    for i in (i for i, whole in found.items() if whole is None and not figures.mentions[i].per):
        start, value = figures.sentence(figures.mentions[i].start)[0], figures.mentions[i].value
        for whole in {w for w in found.values() if w is not None and w < i and figures.mentions[w].start >= start}:
            parts = [j for j, w in found.items() if w == whole and not figures.mentions[j].per]
            left = figures.mentions[whole].value - sum(figures.mentions[j].value for j in parts)
            if parts[-1] < i and left == value:
                return found | {i: whole}
    return found


def _of_payer(figures: Figures, found: dict[int, int | None]) -> dict[int, int | None]:
    """An amount told by nothing but who pays it, behind a sum of money of nobody's, is a part of it: "Kinh phí 9 tỷ
    đồng, dân góp 2 tỷ đồng"."""
    amounts = list(found)
    for whole, i in pairwise(amounts):
        total, part = figures.mentions[whole], figures.mentions[i]
        start = figures.sentence(part.start)[0]
        gap = figures.low[total.end : part.start]
        said = figures.low[max(start, 0) : total.start]
        told = PAID_BY.fullmatch(gap)
        if (
            found[whole] is None
            and found[i] is None
            and start <= total.start
            and told
            and part.value < total.value
            and not (total.per or part.per)
            and SUM.search(said)
            and not sources_in(said, figures.knowledge)
            and source_of(told["who"], figures.knowledge)
        ):
            found = found | {i: whole}
    return found


def _bracket(low: str, at: int) -> tuple[int, int]:
    """The bracket around a character."""
    end = low.find(")", at)
    return low.rfind("(", 0, at) + 1, end if end >= 0 else len(low)


def _listed(figures: Figures, latest: int | None, place: int, current: int | None) -> int | None:
    """What a colon details: the amount right before it ("Nguồn lực 90 tỷ đồng: ngân sách tỉnh 60 tỷ đồng, …")."""
    right_before = latest is not None and not figures.low[figures.mentions[latest].end : place].strip()
    return latest if right_before and not figures.mentions[latest or 0].per else current


def _with_room(figures: Figures, found: dict[int, int | None], whole: int | None, i: int) -> int | None:
    """The total that a part still fits in: when a part's own parts fill it, the next belongs to the total above."""
    above = found.get(whole) if whole is not None else None
    if whole is None or above is None:
        return whole
    parts = [
        figures.mentions[j].value for j, parent in found.items() if parent == whole and not figures.mentions[j].per
    ]
    full = sum(parts) + figures.mentions[i].value > figures.mentions[whole].value * MARGIN
    return above if full and not figures.mentions[i].per else whole


def _detailed(figures: Figures, latest: int | None, place: int) -> int | None:
    """The amount that a bracket opening here details: the one just before it."""
    if latest is None:
        return None
    gap = figures.low[figures.mentions[latest].end : place]
    return latest if len(gap) < 30 and not re.search(r"[.;]", gap) else None


def _governed(figures: Figures, latest: int | None, place: int, current: int | None) -> int | None:
    """What a "trong đó" at this place details: the amount before it if near, a second one within a part goes deeper."""
    if latest is None:
        return current
    gap = figures.low[figures.mentions[latest].end : place]
    begin, _ = figures.sentence(place)
    opens = not figures.low[begin:place].strip() and figures.sentence(begin - 1)[0] <= figures.mentions[latest].start
    if not opens and (";" in gap.rstrip(" ;") or len(gap) > 60):
        return current
    return latest
