"""Around a number: comparisons before and after it, rates behind it."""

from __future__ import annotations

import re

from ntm_extract.facts import Op
from ntm_extract.knowledge import Knowledge
from ntm_extract.text import units
from ntm_extract.text.units import Unit

SYMBOLS = {"<": "<", ">": ">", "≥": ">=", "≤": "<=", ">=": ">=", "<=": "<=", "=>": ">=", "=<": "<="}
SIGNS = (">=", "<=", "=>", "=<", "≥", "≤", ">", "<")
SLASH = re.compile(r"\s?/\s?(?:\d{1,2}\s)?")
POWER = re.compile(r"[23²³](?!\d)")
REACH = 24  # characters before a number within which its hedge stands


def relation(low: str, start: int, end: int, knowledge: Knowledge, *, scanned: bool) -> tuple[Op, int, bool]:
    """The relation stated around a number, where its hedge begins, and whether it is the earlier of two values.

    `scanned` says that the text was read from an image: the recogniser has no ≥ and ≤ and reads them as > and <.
    """
    around = knowledge.around
    op, begin = _hedge(low, start, knowledge)
    if around.differs.match(low, begin) and around.differs_from.match(low, end):
        return "=", start, False  # "thấp hơn 1,1 tiêu chí so với …" is a change
    if scanned and op in (">", "<") and not low[begin].isalpha():
        op += "="
    if after := knowledge.hedged_behind.match(low, end):
        op = knowledge.hedge_after[after["hedge"]]
    left = low[max(0, begin - REACH) : begin]
    if around.from_least.search(left) and not around.made_from.search(left):
        if around.from_to.match(low, end):
            return _op(op), begin, True
        return _op(">=" if op == "=" else op), begin - 3, False
    return _op(op), begin, False


def _hedge(low: str, start: int, knowledge: Knowledge) -> tuple[str, int]:
    left = low[max(0, start - REACH) : start]
    stripped = left.rstrip()
    behind = start - len(left) + len(stripped)
    if stripped.endswith(SIGNS):
        sign = next(s for s in SIGNS if stripped.endswith(s))
        return SYMBOLS[sign], behind - len(sign)
    words = re.split(r"\W+", stripped) if left != stripped else []
    for n in (4, 3, 2, 1):
        phrase = " ".join(words[-n:])
        cut = len(words) == n and len(left) == REACH  # the first word may have lost its beginning
        other = "".join(words[-n - 1 : -n]) in knowledge.hedge_unless.get(phrase, ())
        if len(words) >= n and not cut and not other and phrase in knowledge.hedge_before:
            return knowledge.hedge_before[phrase], behind - len(phrase)
    return "=", start


def _op(op: str) -> Op:
    return op  # type: ignore[return-value]  # data files are checked to hold operators only


def rate_of_money(low: str, end: int, default: str, knowledge: Knowledge) -> tuple[str, int]:
    """What an amount that ends at `end` is counted per, and where that ends; `default` is a unit given in brackets."""
    rate = knowledge.counting.rate.match(low, end)
    if rate is None:
        given = "/" in default and low[end - 1 : end].isdigit()
        return (default.partition("/")[2] if given else ""), end
    per = rate.group(1) or rate.group(2)
    slash = SLASH.match(low, end)
    if rate.group(1) and slash and "/" not in per:
        counted = units.read(low, slash.end(), knowledge.units, knowledge.scales)
        if counted.kind in ("count", "measure") and "/" not in counted.text:
            return counted.text, counted.end
    last = low.rfind("/", end, rate.end())
    if rate.group(1) and "/" in per and last >= 0:  # "đồng/năm/hợp tác xã"
        counted = units.read(low, last + 1, knowledge.units, knowledge.scales)
        if counted.kind == "count" and counted.end > rate.end():
            return f"{per.rpartition('/')[0]}/{counted.text}", counted.end
    return "/".join(knowledge.counting.misread.get(part, part) for part in per.split("/")), rate.end()


def rate_of_unit(low: str, unit: Unit, knowledge: Knowledge) -> tuple[str, int]:
    """A unit with its rate: "tiêu chí/xã", "con/hộ"; and where it ends."""
    slash = units.SLASH_UNIT.match(low, unit.end)
    word = units.WORD.match(low, slash.end()) if slash else None
    if word:
        power = POWER.match(low, word.end()) if word.group() in ("km", "m") else None
        end = power.end() if power else word.end()
        per = knowledge.counting.misread.get(word.group(), low[word.start() : end])
        rated = unit._replace(text=f"{unit.text}/{per}", end=end)
        return rate_of_unit(low, rated, knowledge) if units.SLASH_UNIT.match(low, end) else (rated.text, end)
    each = knowledge.around.per_one.match(low, unit.end)
    return (f"{unit.text}/{each['per']}", each.end()) if each else (unit.text, unit.end)
