"""Bare numbers of a list whose unit is said once: over it in brackets, or by the whole that they are parts of.

"Vốn giao 9.400 trđ: NSTW 6.100 (ĐTPT 5.000; SN 1.100), NST 3.300" holds five amounts, "96 công trình, trong đó giao
thông 60, thủy lợi 36" three counts. A number takes the unit only where its own words name whose money it is, or where
the numbers add up to the whole: a wrong amount is worse than a missing one.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from ntm_extract.extract.funding import capital_of, sources_in
from ntm_extract.extract.singles import Mention, Role
from ntm_extract.knowledge import Knowledge
from ntm_extract.text import numbers, units
from ntm_extract.text.folding import lowered

IN_BRACKETS = re.compile(
    r"\((?:đvt|đơn vị(?: tính)?)?\s?:?\s?(?P<unit>(?:triệu|tr|tỷ|tỉ|nghìn|ngàn)[.\s]?(?:đồng|đ)|đồng)\)"
)
TOTAL = re.compile(r"(?:tổng(?: số| cộng| vốn| kinh phí| nguồn vốn)?|cộng|kế hoạch|giải ngân|thực hiện)")
NAME = re.compile(
    r"(?:^|[;,:(.]\s?|\s[-–]\s|(?<!\w)(?:trong đó|gồm|bao gồm|chia ra|và|từ)\s)(?P<name>[^;,:(.\d–]{1,60}?)\s?:?\s$"
)
"""What stands before a number of a list, up to the border before it."""
ENDS = re.compile(r"\s?(?:[;,.)(|]|[-–]\s|và\s|=\s?\d|$)")
"""Behind a number that nothing is said of."""
SENTENCES = re.compile(r"[.]\s(?!\W*(?:trong đó|gồm|bao gồm|chia ra|cụ thể)(?!\w))")
STATE = re.compile(
    r"\s?(?:\(|,\s)(?:trong đó\s)?(?:đã |còn |đang |có )?"
    r"(?:ngừng|hỏng|mới|thành lập|giải thể|xuống cấp|chưa)(?:\s[^\W\d_]+){0,3}\s$"
)
"""Between things counted and how many of them are in some state: "27 HTX (ngừng hoạt động 4)"."""
OPENS = re.compile(r"^(?:(?:trong đó|gồm|bao gồm|chia ra|và|từ|có)\s)+")
PART_OF = re.compile(r"[^.\d]{0,20}?(?:trong đó|gồm)(?: có)?:?\s")
IN_COMPARISON = re.compile(
    r"\s?\((?:kh|kế hoạch|chỉ tiêu(?=:| (?:là|đề ra|giao|năm|tỉnh|huyện|của))|mục tiêu|yêu cầu|chuẩn|quy định|"
    r"mức chuẩn|cùng kỳ|năm trước|năm ngoái|đầu kỳ|đầu năm|năm (?:19|20)\d\d)"
    r"(?: (?:là|đạt|đề ra|giao|năm|cả năm|của (?:tỉnh|huyện|xã|trung ương)|tỉnh giao|huyện giao|(?:19|20)\d\d))*"
    r"\s?:?\s?"
)
"""Between a figure and what a bracket compares it with: "41,5 triệu đồng/người/năm (kế hoạch 43)"."""
CHANGED_BY = re.compile(
    r"(?:\s?\([^()]*%\))?[,;]\s(?:so (?:với )?[^,;.:()\d]{0,20}(?:(?:19|20)\d\d)?\s)?"
    r"(?:(?:tăng|giảm)(?: thêm| được)?\s|[+-])"
)
"""Between a count and by how much it changed: "41 trang trại, tăng 9"."""
SINCE = re.compile(r"\sso\s(?:với|cùng)(?!\w)")
FACTORS = tuple(Decimal(10) ** n for n in (0, 3, 6, 9))
ROUNDING = Decimal("0.001")


class _Unit(Struct, frozen=True):
    """What the whole counts: money by its factor, or things by their name."""

    role: Role
    name: str
    kind: str
    factor: Decimal


def money_unit(over: str, knowledge: Knowledge) -> Decimal | None:
    """The unit of the amounts below a title ("Nguồn vốn (triệu đồng)") or list head ("Tổng 9 tỷ đồng, gồm:")."""
    low = lowered(over)
    if said := IN_BRACKETS.search(low):
        return units.read(said["unit"], 0, knowledge.units, knowledge.scales).factor
    found = [units.read(low, m.end(), knowledge.units, knowledge.scales) for m in numbers.NUMBER.finditer(low)]
    amounts = [unit.factor for unit in found if unit.kind == "money"]
    return amounts[-1] if amounts and low.rstrip().endswith(":") else None


def complete(found: list[Mention], low: str, over: Decimal | None, knowledge: Knowledge) -> list[Mention]:
    """The mentions of a passage, bare ones with the unit said for all of them; `over` is that of its heads."""
    kept = _compared(found, low)
    if not any(_unsaid(m, low) for m in kept):
        return kept
    own = IN_BRACKETS.search(low)
    if own is not None:
        over = units.read(own["unit"], 0, knowledge.units, knowledge.scales).factor
        money = _Unit("money", "đồng", "money", over)
        kept = [_with(m, money, low) if own.end() + 2 >= m.start >= own.end() and _bare(m, low) else m for m in kept]
    for i, whole in enumerate(list(kept)):
        unit = _unit(whole, low, knowledge)
        if unit is not None:
            _fill(kept, i, unit, low, knowledge)
    if over is not None:
        money = _Unit("money", "đồng", "money", over)
        for i, m in enumerate(kept):
            if own is not None and m.start < own.end():
                continue
            if (_bare(m, low) and TOTAL.fullmatch(_name(low, m))) or (
                _unsaid(m, low) and _names_money(low, m, knowledge)
            ):
                kept[i] = _with(m, money, low)
    return kept


def _bare(m: Mention, low: str) -> bool:
    """Whether a number has nothing behind it that it counts."""
    return m.role == "count" and not m.unit and ENDS.match(low, m.number[1]) is not None


def _unsaid(m: Mention, low: str) -> bool:
    """Whether a number has nothing behind it that it counts, though the words before it may name a thing."""
    return m.role == "count" and m.end <= m.number[1] and ENDS.match(low, m.number[1]) is not None


def _compared(found: list[Mention], low: str) -> list[Mention]:
    """The mentions, what a figure is compared with in the unit, and at the rate, of that figure."""
    kept = list(found)
    figures = [i for i, m in enumerate(found) if m.role != "none"]
    for n, (before, i) in enumerate(pairwise(figures)):
        last, m = found[before], found[i]
        told = found[figures[n - 1]] if n and last.role == "percent" and low.startswith(")", last.end) else last
        gap = low[told.end : m.start]
        bracket = IN_COMPARISON.fullmatch(gap) and low.startswith((")", ",", ";"), m.end)
        if bracket and m.role == told.role == "money":
            kept[i] = m._replace(per=m.per or told.per)
        elif (bracket and _bare(m, low)) or _changed(told, m, low):
            kept[i] = _alike(told, m, low)
    return kept


def _changed(told: Mention, m: Mention, low: str) -> bool:
    """Whether a bare number behind a count tells by how much that changed; behind a mean it tells too little."""
    open_ = _bare(m, low) or (m.role == "count" and not m.unit and SINCE.match(low, m.number[1]))
    counted = told.role == "count" and "/" not in told.unit
    return bool(open_) and counted and CHANGED_BY.fullmatch(low, told.end, m.start) is not None


def _alike(told: Mention, m: Mention, low: str) -> Mention:
    """A bare number in the unit of the figure before it; itself where that has none to lend, or counts criteria, whose
    own forms read it."""
    if told.role == "money":
        unit = _Unit("money", "đồng", "money", _factor(told, low))
        return _with(m, unit, low)._replace(per=told.per) if unit.factor in FACTORS else m
    if told.role in ("count", "percent") and told.unit and not told.unit.startswith("tiêu chí"):
        return _with(m, _Unit(told.role, told.unit, told.unit_kind, Decimal(1)), low)
    return m


def _factor(amount: Mention, low: str) -> Decimal:
    """What the printed number of an amount was multiplied by."""
    printed = numbers.read(low[slice(*amount.number)])
    return amount.value / printed if printed else Decimal(1)


def _unit(whole: Mention, low: str, knowledge: Knowledge) -> _Unit | None:
    if whole.role == "money" and not whole.per:
        behind = units.read(low, whole.number[1], knowledge.units, knowledge.scales)
        factor = behind.factor if behind.kind == "money" else _factor(whole, low)
        return _Unit("money", "đồng", "money", factor) if factor > 1 else None
    if whole.role == "count" and whole.unit and whole.unit_kind in ("count", "measure"):
        return _Unit("count", whole.unit, whole.unit_kind, Decimal(1))
    return None


def _fill(kept: list[Mention], i: int, unit: _Unit, low: str, knowledge: Knowledge) -> None:
    """Give the bare numbers that follow the i-th mention in its sentence its unit, where they are its parts."""
    whole = kept[i]
    end = SENTENCES.search(low, whole.end)
    last = end.start() if end else len(low)
    after = [j for j in range(i + 1, len(kept)) if kept[j].end <= last]
    open_ = _unsaid if unit.role == "money" else _bare
    bare = [j for j in after if open_(kept[j], low) and kept[j].value * unit.factor <= whole.value]
    if unit.kind == "count" and bare[:1] == [i + 1] and STATE.fullmatch(low, whole.end, kept[i + 1].start):
        kept[i + 1] = _with(kept[i + 1], unit, low)
    for j in bare if unit.role == "count" else ():
        own = _named_part(low, whole, kept[j], knowledge)
        if own is not None:
            kept[j] = _with(kept[j], own, low)
    bare = [j for j in bare if open_(kept[j], low)]
    named = unit.role == "money" and all(_names_money(low, kept[j], knowledge) for j in bare)
    for j in bare if named else _adding_up(kept, after, whole, unit, low):
        kept[j] = _with(kept[j], unit, low)


def _named_part(low: str, whole: Mention, m: Mention, knowledge: Knowledge) -> _Unit | None:
    """The unit that a part's name begins with: "1.200 hộ, trong đó hộ nghèo 45"."""
    name = _name(low, m)
    counted = units.read(name, 0, knowledge.units, knowledge.scales)
    part = PART_OF.fullmatch(low[whole.end : m.start].removesuffix(name + " "))
    same = counted.text.split()[:1] == whole.unit.split()[:1] or f", {counted.text} " in low[whole.start : m.start]
    if counted.kind != "count" or part is None or not same or m.value > whole.value:
        return None
    return _Unit("count", counted.text, "count", Decimal(1))


def _adding_up(kept: list[Mention], after: list[int], whole: Mention, unit: _Unit, low: str) -> list[int]:
    """The bare numbers straight behind a whole, if they, and what has a unit of its own, make it up."""
    parts: list[int] = []
    total = Decimal(0)
    for j in after:
        m = kept[j]
        bare = _unsaid(m, low) if unit.role == "money" else _bare(m, low)
        if bare or (m.role == "none" and m.reason == "name" and ENDS.match(low, m.number[1])):
            value = numbers.read(low[slice(*m.number)])
            total += (value or Decimal(0)) * unit.factor
            parts.append(j)
        elif m.role == unit.role and (unit.role == "money" or m.unit == unit.name):
            total += m.value
        if len(parts) > 1 and abs(total - whole.value) <= whole.value * (ROUNDING if unit.role == "money" else 0):
            return parts
    return []


def _with(m: Mention, unit: _Unit, low: str) -> Mention:
    value = numbers.read(low[slice(*m.number)], whole=unit.kind == "count") or m.value
    return m._replace(role=unit.role, value=value * unit.factor, unit=unit.name, unit_kind=unit.kind, reason="")


def _name(low: str, m: Mention) -> str:
    said = NAME.search(low[max(0, m.start - 80) : m.start])
    return OPENS.sub("", said["name"].strip(" -+*•")) if said else ""


def _names_money(low: str, m: Mention, knowledge: Knowledge) -> bool:
    """Whether the words before a number say whose money it is, and nothing else."""
    name = _name(low, m)
    return bool(name) and len(name.split()) <= 7 and bool(sources_in(name, knowledge) or capital_of(name, knowledge))
