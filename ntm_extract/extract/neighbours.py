"""The figures beside a figure: the one before it, its range, its list, what it restates."""

from __future__ import annotations

import re

from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.reading import Figures

RANGE = 8  # characters that the ends of a range are less apart


def is_real(mention: Mention) -> bool:
    """A figure that may end the words of another one; a bare number may not."""
    return mention.role != "none" and bool(mention.unit or mention.role != "count")


def figure_before(figures: Figures, i: int) -> int | None:
    """The figure before the i-th mention."""
    return next((j for j in range(i - 1, -1, -1) if is_real(figures.mentions[j])), None)


def ranged(lower: Mention, upper: Mention) -> bool:
    """Whether two mentions are the ends of one range: "15 - 16 xã"."""
    return lower.op == ">=" and upper.op == "<=" and lower.end + RANGE > upper.start


def pair(figures: Figures, i: int) -> tuple[int, int]:
    """First and last mention of the range that the i-th is an end of; itself twice where it is none."""
    ms = figures.mentions
    if i and ms[i - 1].role == ms[i].role and ranged(ms[i - 1], ms[i]):
        return i - 1, i
    if i + 1 < len(ms) and ms[i + 1].role == ms[i].role and ranged(ms[i], ms[i + 1]):
        return i, i + 1
    return i, i


def list_head(figures: Figures, i: int) -> int:
    """The first of a list of counts ("ra 02 nghị quyết, 01 đề án, 09 kế hoạch"); the mention itself outside of one."""
    head = i
    for j in range(i - 1, -1, -1):
        last = figures.mentions[j]
        if not is_real(last):
            continue
        gap = figures.low[last.end : figures.mentions[head].start]
        measured = last.unit_kind == "measure" and figures.mentions[i].unit_kind != "measure"
        if last.role != "count" or measured or len(gap) > 40 or not figures.around.listed.fullmatch(gap):
            break
        head = j
    return head


def sibling(figures: Figures, i: int) -> bool:
    """Whether an amount or share stands in a list of its kind: the one before it does not name it."""
    j, mention = figure_before(figures, i), figures.mentions[i]
    if j is None or figures.mentions[j].role != mention.role:
        return False
    return figures.low.startswith((",", ";", " -", " –"), figures.mentions[j].end, mention.start)


def follows_closely(figures: Figures, i: int) -> bool:
    """Whether only a comma, a bracket or a small word stands between a figure and the one before it."""
    j = figure_before(figures, i)
    if j is None:
        return False
    gap = figures.low[figures.mentions[j].end : figures.mentions[i].start]
    close = len(gap) <= 24 + len(figures.mentions[i].unit) and not re.search(r"[;.|]", gap)
    return close or bool(figures.around.parts_of.search(gap))


def restated(figures: Figures, i: int) -> int | None:
    """The mention straight before, where this one restates it as a share, in money, or against the plan."""
    mention = figures.mentions[i]
    if mention.role not in ("percent", "money"):
        return None
    outer = mention.role == "percent" and figures.around.bracket_then_share.search(figures.low[: mention.start])
    if outer and (
        whole := [j for j in range(i) if figures.mentions[j].end <= outer.start() and is_real(figures.mentions[j])]
    ):
        gap = figures.low[figures.mentions[whole[-1]].end : outer.start()]
        return whole[-1] if not re.search(r"[;.]", gap) else None
    if (j := figure_before(figures, i)) is None:
        return None
    last = figures.mentions[j]
    gap = figures.low[last.end : mention.start]
    if last.unit == "tiêu chí" and mention.role == "percent" and figures.around.beside.fullmatch(gap):
        return next((k for k in range(j - 1, -1, -1) if figures.mentions[k].unit == "xã"), None)  # that have so many
    sharing = "(" in gap or mention.role == "percent" or "quy" in gap
    if not sharing or last.role == "percent" or not figures.around.beside.fullmatch(gap) or gap.strip() in ("", ";"):
        return None
    of_noun = figures.around.noun_behind.match(figures.low, mention.end)
    return None if of_noun and not re.search(r"[(]|đạt|chiếm", gap) else j


def compared(figures: Figures, i: int) -> int | None:
    """The figure that a bracket compares with the i-th: "41,5 triệu đồng/người/năm (kế hoạch 43)"."""
    j = figure_before(figures, i)
    beside = j is not None and figures.knowledge.forms.compared.fullmatch(
        figures.low, figures.mentions[j].end, figures.mentions[i].start
    )
    return j if beside else None


def in_bracket(figures: Figures, j: int, i: int) -> bool:
    """Whether a figure stands in a bracket that closes before another, and one before that bracket is told of."""
    gap = figures.low[figures.mentions[j].end : figures.mentions[i].start]
    opened = figures.low.rfind("(", 0, figures.mentions[j].start)
    whole = [m for m in figures.mentions[:j] if is_real(m) and 0 <= opened - m.end < 3]
    return bool(whole) and gap.find(")") >= 0 and gap.find("(", 0, gap.find(")")) < 0
