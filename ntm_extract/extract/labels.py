"""What a figure is a figure of: a short name in the document's words, from around its number.

The words come, in this order, from the figure that a share or change only adds to, from the cell before in a row of a
table, from behind the number ("100% hộ nghèo …"), or from before it ("Tỷ lệ hộ nghèo là …"), and where a figure
stands alone from the list head or heading over it.
"""

from __future__ import annotations

import re

from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.reading import Figures, written
from ntm_extract.extract.wording import (
    AGAINST,
    BESIDE,
    CHANGE,
    CUT_AFTER,
    HARD,
    HEAD_NOUN,
    LEFT_VERB,
    LISTED,
    PARTS,
    PRONOUN,
    RIGHT_START,
    SIDE,
    SO_WITH,
    clean,
    joined,
    last_clause,
    limit,
    own_part,
)
from ntm_extract.text.folding import lowered


def label(figures: Figures, i: int, depth: int = 0) -> str:
    """The label of the passage's i-th mention."""
    mention = figures.mentions[i]
    i, last = _pair(figures, i)
    if depth < 4:
        change = CHANGE.search(figures.low[max(0, mention.start - 28) : mention.start])
        if change:
            return _changed(figures, i, change.group(1), depth)
        beside = _beside(figures, i)
        if beside is not None:
            return _share(figures, i, beside, depth)
    if mention.role == "percent" and _right_first(figures, figures.mentions[last]):
        found = _after(figures, last)
        if len(found.split()) <= 3:
            found = f"{found} {_before(figures, i, alone=False)}".strip()
    elif mention.role in ("percent", "money"):
        found = _before(figures, i) or _after(figures, last)
    else:
        found = _counted(figures, i, last)
    if depth < 4:
        found = _completed(figures, i, found, depth)
    return limit(found or _title(figures))


def _real(mention: Mention) -> bool:
    """A figure that may end the words of another one; a bare number may not."""
    return mention.role != "none" and bool(mention.unit or mention.role != "count")


def _pair(figures: Figures, i: int) -> tuple[int, int]:
    """First and last mention of the range that the i-th is an end of; itself twice where it is none."""
    ms = figures.mentions
    if (
        ms[i].op == "<="
        and i
        and ms[i - 1].op == ">="
        and ms[i].start - ms[i - 1].end <= 7
        and ms[i - 1].role == ms[i].role
    ):
        return i - 1, i
    if (
        ms[i].op == ">="
        and i + 1 < len(ms)
        and ms[i + 1].op == "<="
        and ms[i + 1].start - ms[i].end <= 7
        and ms[i + 1].role == ms[i].role
    ):
        return i, i + 1
    return i, i


def _completed(figures: Figures, i: int, found: str, depth: int) -> str:
    """A name that says too little is completed by the whole that it is part of, or by the figure before it."""
    mention = figures.mentions[i]
    if not found or PRONOUN.fullmatch(found.lower()):
        return _before_bracket(figures, mention) or _inherited(figures, i, depth, far=bool(found)) or found
    if len(found.split()) <= 4 and (whole := _as_part(figures, i, found, depth)) != found:
        return whole
    if mention.role == "money" and _sibling(figures, i):
        return found
    counted = mention.unit.split() if mention.role == "count" and mention.unit in found.lower() else []
    enough = 2 if mention.role != "count" else 1 if len(counted) < 2 else 0
    if len(found.split()) - len(counted) > enough or not _follows_closely(figures, i):
        return found
    head = _list_head(figures, i)
    base = _before(figures, head) if mention.role == "count" and head < i else _inherited(figures, i, depth)
    rest = [w for w in base.split() if w.lower() not in found.lower().split()]
    return " ".join([found, *rest[:7]])


def _before_bracket(figures: Figures, mention: Mention) -> str:
    """The clause before a bracket that holds nothing but the figure: "Xã dẫn đầu là Nà Sáy (39,5 triệu đồng)"."""
    start = figures.sentence(mention.start)[0]
    said, bracket, inside = figures.passage.text[start : mention.start].rpartition("(")
    if not bracket or clean(inside):
        return ""
    previous = max(
        (m.end - start for m in figures.mentions if _real(m) and start <= m.end <= start + len(said)), default=0
    )
    return clean(last_clause(said[previous:]))


def _list_head(figures: Figures, i: int) -> int:
    """The first of a list of counts ("ra 02 nghị quyết, 01 đề án, 09 kế hoạch"); the mention itself outside of one."""
    head = i
    for j in range(i - 1, -1, -1):
        last = figures.mentions[j]
        if not _real(last):
            continue
        gap = figures.low[last.end : figures.mentions[head].start]
        if last.role != "count" or len(gap) > 40 or not LISTED.fullmatch(gap):
            break
        head = j
    return head


def _sibling(figures: Figures, i: int) -> bool:
    """Whether an amount stands in a list of amounts: the one before it does not name it."""
    before = next((m for m in reversed(figures.mentions[:i]) if _real(m)), None)
    gap = figures.low[before.end : figures.mentions[i].start] if before is not None else ""
    return before is not None and before.role == "money" and gap.startswith((",", ";"))


def _follows_closely(figures: Figures, i: int) -> bool:
    """Whether only a comma, a bracket or a small word stands between a figure and the one before it."""
    before = next((m for m in reversed(figures.mentions[:i]) if _real(m)), None)
    if before is None:
        return False
    gap = figures.low[before.end : figures.mentions[i].start]
    return (len(gap) <= 24 + len(figures.mentions[i].unit) and not re.search(r"[;.|]", gap)) or bool(PARTS.search(gap))


def _counted(figures: Figures, i: int, last: int) -> str:
    """Words before, counted noun, words after: "xây mới" + "trạm y tế" + "xã"."""
    mention = figures.mentions[i]
    after = _after(figures, last)
    before = _before(figures, i, alone=not after)
    counted = written(figures, mention) if mention.unit_kind in ("count", "noun") else ""
    if counted and re.match(r"(?i)(?:tổng )?số\s", before) and counted.split()[0] in before.lower().split():
        return before
    if after and len(before.split()) > 9:
        before = clean(" ".join(before.split()[-9:]))
    return " ".join(w for w in (before, counted, after) if w)


def _right_first(figures: Figures, mention: Mention) -> bool:
    """Whether a percentage's noun stands behind it ("có 100% trường học …", "từ 80% gia đình …")."""
    if not RIGHT_START.match(figures.low, mention.end):
        return False
    start = figures.sentence(mention.start)[0]
    if figures.low[:start].rstrip().endswith("|") and not clean(figures.passage.text[start : mention.start]):
        return False  # its own cell holds nothing but the figure: the cell before names it
    return not LEFT_VERB.search(figures.low[start : mention.start]) or not _before_words(figures, mention, start)


def _before_words(figures: Figures, mention: Mention, start: int) -> str:
    return clean(re.split(r"[;|:.]", figures.passage.text[start : mention.start])[-1])


def _beside(figures: Figures, i: int) -> int | None:
    """The mention straight before, where this one restates it as a share, in money, or against the plan."""
    mention = figures.mentions[i]
    if mention.role not in ("percent", "money"):
        return None
    for j in range(i - 1, -1, -1):
        last = figures.mentions[j]
        if not _real(last):
            continue
        gap = figures.low[last.end : mention.start]
        sharing = "(" in gap or mention.role == "percent" or "quy" in gap
        if sharing and last.role != "percent" and BESIDE.fullmatch(gap) and gap.strip():
            return None if RIGHT_START.match(figures.low, mention.end) and "(" not in gap and "đạt" not in gap else j
        return None
    return None


def _share(figures: Figures, i: int, beside: int, depth: int) -> str:
    """The label of the figure that a share stands beside; against the plan, or within the list's total."""
    mention, last = figures.mentions[i], figures.mentions[beside]
    base = label(figures, beside, depth + 1)
    against = AGAINST.match(figures.low, mention.end)
    if against:
        return limit(f"{base} so với {against['what']}")
    if mention.role == "percent" and last.role == "money":
        total = next((a for a in figures.above if a.text.rstrip().endswith(":")), None)
        named = clean(re.split(r"\d|:", total.text)[0]) if total is not None else ""
        return " ".join(base.split()[:6]) + f" trong {named}" if named else base
    if mention.role == "money":
        return limit(f"{clean(figures.passage.text[last.end : mention.start])} {base}".strip())
    return base


def _bounds(figures: Figures, i: int) -> tuple[int, int]:
    """The stretch before the mention that may name it: from the last clause border or the mention before."""
    mention = figures.mentions[i]
    text = figures.passage.text
    start = figures.sentence(mention.start)[0]
    if not clean(text[start : mention.start]) and text[start - 2 : start].strip() == "|":
        start = max(text.rfind(mark, 0, start - 2) for mark in ("|", ";")) + 1  # the cell before in a table's row
        mention_start = text.rfind("|", start, mention.start)
        return start, mention_start if mention_start > start else mention.start
    for border in HARD.finditer(text, start, mention.start):
        start = border.end()
    previous = [m for m in figures.mentions[:i] if _real(m) and m.end > start]
    if previous:
        start = max(start, previous[-1].end)
    depth = 0
    for at in range(mention.start - 1, start - 1, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth < 0:  # inside a bracket: only its own words name the figure
            return at + 1, mention.start
    return start, mention.start


def _before(figures: Figures, i: int, *, alone: bool = True) -> str:
    """Words before the i-th mention; `alone` where they must name it without words behind it."""
    mention = figures.mentions[i]
    start, end = _bounds(figures, i)
    said = re.sub(r"\([^()]*\)", lambda m: " " * len(m.group()), figures.passage.text[start:end])
    listed = said.rstrip().endswith(":")
    if any(m.end == start for m in figures.mentions[:i] if _real(m)):
        said = own_part(said)
    colon = said.rstrip(" :").rfind(": ")
    if colon >= 0:
        said = said[colon + 1 :]
    if mention.role == "money" and listed:
        found = clean(said)
        return clean(found.split(",")[0]) if len(found.split()) > 8 else found
    heads = list(HEAD_NOUN.finditer(lowered(said)))
    if heads:
        head = heads[-1].start("head")
        found = clean(said[head:])
        if len(found.split()) <= 2:
            found = " ".join([found, *clean(last_clause(said[:head], alone)).split()[-6:]])
        return found
    if not listed and mention.role not in ("percent", "ratio"):
        said = last_clause(said, alone)
    elif not alone:
        said = said.rsplit(", ", 1)[-1]
    return clean(said)


def _after(figures: Figures, i: int) -> str:
    mention = figures.mentions[i]
    text = figures.passage.text
    begin = mention.end
    if mention.role != "percent" and (side := SIDE.match(text, begin)) and not PARTS.search(text, begin, side.end()):
        begin = side.end()
    end = figures.sentence(mention.start)[1]
    following = [m.start for m in figures.mentions[i + 1 :] if _real(m) and m.start >= begin]
    end = min([end, *following[:1]])
    border = HARD.search(text, begin, end)
    said = text[begin : border.start() if border else end]
    following = [] if border else following
    if said.lstrip().startswith((",", ")")) or (border and not said.strip()):
        return ""
    said = said.split("(")[0].split(")")[0].split(":")[0]
    if following and end == following[0] and "," in said:
        said = said[: said.rfind(",")]
    elif following and end == following[0] and " và " in said:
        said = said[: said.rfind(" và ")]
    said = re.sub(r"(?i)^\s*(?:các|số|tổng số|toàn bộ)\s", " ", said)
    cut = CUT_AFTER.search(lowered(said))
    if mention.role == "percent":
        cut = re.compile(r", (?=\d|trong đó|bảo đảm|đảm bảo|đạt|tăng|giảm)|,$|(?<!\w)so với").search(said)
    return clean(said[: cut.start()] if cut else said)


def _changed(figures: Figures, i: int, verb: str, depth: int) -> str:
    """As "tăng 74 xã so với năm 2010": the verb, what changed, and against what."""
    mention = figures.mentions[i]
    start = _bounds(figures, i)[0]
    own = CHANGE.sub("", figures.passage.text[start : mention.start])
    heads = list(HEAD_NOUN.finditer(lowered(own)))
    own = clean(
        own[heads[-1].start("head") :] if heads else last_clause(own, alone=start == figures.sentence(start)[0])
    )
    base = own if len(own.split()) > 1 else _inherited(figures, i, depth)
    if not base and mention.unit_kind in ("count", "noun"):
        base = mention.unit
    against = SO_WITH.match(figures.passage.text, mention.end)
    return limit(
        " ".join(w for w in (verb, " ".join(base.split()[:10]), against.group(1).strip() if against else "") if w)
    )


def _inherited(figures: Figures, i: int, depth: int, far: bool = False) -> str:
    """The label of the mention before in the sentence (the passage if `far`), for one without words of its own."""
    start = figures.sentence(figures.mentions[i].start)[0]
    for j in range(i - 1, -1, -1):
        m = figures.mentions[j]
        if _real(m):
            return label(figures, j, depth + 1) if m.end > start or far else ""
    return ""


def _as_part(figures: Figures, i: int, found: str, depth: int) -> str:
    """As "trong đó kiên cố 176,3 km": a short name is completed by that of the whole, counted in the same unit."""
    mention = figures.mentions[i]
    start = figures.sentence(mention.start)[0]
    for opened in PARTS.finditer(figures.low, start, mention.start):
        whole = [
            j for j, m in enumerate(figures.mentions[:i]) if start <= m.start and m.end <= opened.start() and _real(m)
        ]
        if whole and (figures.mentions[whole[-1]].unit.split() or [""])[0] == (mention.unit.split() or ["-"])[0]:
            return joined(found, label(figures, whole[-1], depth + 1))
    last = next((j for j in range(i - 1, -1, -1) if _real(figures.mentions[j])), None)
    if last is not None and mention.unit_kind in ("measure", "percent") and len(found.split()) <= 2:
        before = figures.mentions[last]
        gap = figures.low[before.end : mention.start]
        if before.unit == mention.unit and before.start >= start and gap.startswith(",") and len(gap) < 30:
            whole_label = label(figures, last, depth + 1)
            return joined(found, whole_label) if len(whole_label.split()) > 3 else found
    return found


def _title(figures: Figures) -> str:
    """The list head or heading over a figure that stands alone."""
    for above in figures.above:
        if above.text.rstrip().endswith(":"):
            return clean(above.text)
    if figures.passage.section:
        title = re.sub(r"^\W*[\dIVXa-zđ]{1,4}[.)]\s*(?:[\d.]+\s)?|\([^()]*\)", "", figures.passage.section[-1])
        return clean(title)
    return ""
