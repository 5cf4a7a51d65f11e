"""Bare numbers of a list whose unit is said once: over it in brackets, or by the whole that they are parts of.

"Vốn giao 9.400 trđ: NSTW 6.100 (ĐTPT 5.000; SN 1.100), NST 3.300" holds five amounts, "96 công trình, trong đó giao
thông 60, thủy lợi 36" three counts. A number takes the unit only where its own words name whose money it is, or where
the numbers add up to the whole: a wrong amount is worse than a missing one.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from ntm_extract.extract.funding import capital_of, sources_in
from ntm_extract.extract.singles import Mention, Role
from ntm_extract.knowledge import Knowledge
from ntm_extract.text import numbers, units
from ntm_extract.text.folding import lowered
from ntm_extract.text.forms import Forms

FACTORS = tuple(Decimal(10) ** n for n in (0, 3, 6, 9))
ROUNDING = Decimal("0.001")


class _Unit(Struct, frozen=True):
    """What the whole counts: money by its factor, or things by their name."""

    role: Role
    name: str
    kind: str
    factor: Decimal


class _Line(Struct, frozen=True):
    """A passage in lower case, and what its numbers are called there."""

    low: str
    knowledge: Knowledge

    @property
    def forms(self) -> Forms:
        """What stands around bare numbers."""
        return self.knowledge.forms

    def ends(self, m: Mention) -> bool:
        """Whether nothing is said of a number behind it."""
        return self.forms.bare_ends.match(self.low, m.number[1]) is not None

    def bare(self, m: Mention) -> bool:
        """Whether a number has nothing behind it that it counts."""
        return m.role == "count" and not m.unit and self.ends(m)

    def unsaid(self, m: Mention) -> bool:
        """Whether a number has nothing behind it that it counts, though the words before it may name a thing."""
        return m.role == "count" and m.end <= m.number[1] and self.ends(m)

    def open(self, m: Mention, unit: _Unit) -> bool:
        """Whether a number may take the unit."""
        return self.unsaid(m) if unit.role == "money" else self.bare(m)

    def printed(self, m: Mention, *, whole: bool = False) -> Decimal | None:
        """The number as it is written, nothing multiplied."""
        return numbers.read(self.low[slice(*m.number)], whole=whole)

    def name(self, m: Mention) -> str:
        """What a number is called before it."""
        said = self.forms.part_name.search(self.low[max(0, m.start - 80) : m.start])
        return self.forms.part_opens.sub("", said["name"].strip(" -+*•")) if said else ""

    def names_money(self, m: Mention) -> bool:
        """Whether the words before a number say whose money it is, and nothing else."""
        name = self.name(m)
        named = sources_in(name, self.knowledge) or capital_of(name, self.knowledge)
        return bool(name) and len(name.split()) <= 7 and bool(named)

    def given(self, m: Mention, unit: _Unit) -> Mention:
        """A number in the unit."""
        value = self.printed(m, whole=unit.kind == "count") or m.value
        return m._replace(role=unit.role, value=value * unit.factor, unit=unit.name, unit_kind=unit.kind, reason="")


def money_unit(over: str, knowledge: Knowledge) -> Decimal | None:
    """The unit of the amounts below a title ("Nguồn vốn (triệu đồng)") or list head ("Tổng 9 tỷ đồng, gồm:")."""
    low = lowered(over)
    if said := knowledge.unit_notes.noted(low):
        return said.factor
    found = [units.read(low, m.end(), knowledge.units, knowledge.scales) for m in numbers.NUMBER.finditer(low)]
    amounts = [unit.factor for unit in found if unit.kind == "money"]
    return amounts[-1] if amounts and low.rstrip().endswith(":") else None


def complete(found: list[Mention], low: str, over: Decimal | None, knowledge: Knowledge) -> list[Mention]:
    """The mentions of a passage, bare ones with the unit said for all of them; `over` is that of its heads."""
    line = _Line(low, knowledge)
    kept = _compared(found, line)
    if not any(map(line.unsaid, kept)):
        return kept
    own = knowledge.unit_notes.noted(low)
    if own is not None:
        over = own.factor
        behind = (own.end + 2 >= m.start >= own.end and line.bare(m) for m in kept)
        kept = [line.given(m, _money(over)) if near else m for m, near in zip(kept, behind, strict=True)]
    for i, whole in enumerate(list(kept)):
        unit = _unit(whole, line)
        if unit is not None:
            _fill(kept, i, unit, line)
    if over is not None:
        for i, m in enumerate(kept):
            if own is not None and m.start < own.end:
                continue
            if (line.bare(m) and line.forms.total_name.fullmatch(line.name(m))) or (
                line.unsaid(m) and line.names_money(m)
            ):
                kept[i] = line.given(m, _money(over))
    return kept


def _money(factor: Decimal) -> _Unit:
    return _Unit("money", "đồng", "money", factor)


def _compared(found: list[Mention], line: _Line) -> list[Mention]:
    """The mentions, what a figure is compared with in the unit, and at the rate, of that figure."""
    kept = list(found)
    figures = [i for i, m in enumerate(found) if m.role != "none"]
    for n, (before, i) in enumerate(pairwise(figures)):
        last, m = found[before], found[i]
        shared = n and last.role == "percent" and line.low.startswith(")", last.end)
        told = found[figures[n - 1]] if shared else last
        beside = line.forms.compared.fullmatch(line.low, told.end, m.start) is not None
        bracket = beside and line.low.startswith((")", ",", ";"), m.end)
        if bracket and m.role == told.role == "money":
            kept[i] = m._replace(per=m.per or told.per)
        elif (bracket and line.bare(m)) or _changed(told, m, line):
            kept[i] = _alike(told, m, line)
    return kept


def _changed(told: Mention, m: Mention, line: _Line) -> bool:
    """Whether a bare number behind a count tells by how much that changed; behind a mean it tells too little."""
    counted = told.role == "count" and "/" not in told.unit
    if not counted or m.role != "count" or m.unit:
        return False
    ends = line.ends(m) or line.forms.since.match(line.low, m.number[1])
    return bool(ends) and line.forms.changed_by.fullmatch(line.low, told.end, m.start) is not None


def _alike(told: Mention, m: Mention, line: _Line) -> Mention:
    """A bare number in the unit of the figure before it; itself where that has none to lend, or counts criteria, whose
    own forms read it."""
    if told.role == "money":
        factor = _factor(told, line)
        return line.given(m, _money(factor))._replace(per=told.per) if factor in FACTORS else m
    if told.role in ("count", "percent") and told.unit and not told.unit.startswith("tiêu chí"):
        return line.given(m, _Unit(told.role, told.unit, told.unit_kind, Decimal(1)))
    return m


def _factor(amount: Mention, line: _Line) -> Decimal:
    """What the printed number of an amount was multiplied by."""
    printed = line.printed(amount)
    return amount.value / printed if printed else Decimal(1)


def _unit(whole: Mention, line: _Line) -> _Unit | None:
    if whole.role == "money" and not whole.per:
        behind = units.read(line.low, whole.number[1], line.knowledge.units, line.knowledge.scales)
        factor = behind.factor if behind.kind == "money" else _factor(whole, line)
        return _money(factor) if factor > 1 else None
    if whole.role == "count" and whole.unit and whole.unit_kind in ("count", "measure"):
        return _Unit("count", whole.unit, whole.unit_kind, Decimal(1))
    return None


def _fill(kept: list[Mention], i: int, unit: _Unit, line: _Line) -> None:
    """Give the bare numbers that follow the i-th mention in its sentence its unit, where they are its parts."""
    whole = kept[i]
    end = line.forms.parts_end.search(line.low, whole.end)
    last = end.start() if end else len(line.low)
    after = [j for j in range(i + 1, len(kept)) if kept[j].end <= last]
    bare = [j for j in after if line.open(kept[j], unit) and kept[j].value * unit.factor <= whole.value]
    follows = unit.kind == "count" and bare[:1] == [i + 1]
    if follows and line.forms.in_state.fullmatch(line.low, whole.end, kept[i + 1].start):
        kept[i + 1] = line.given(kept[i + 1], unit)
    for j in bare if unit.role == "count" else ():
        own = _named_part(whole, kept[j], line)
        if own is not None:
            kept[j] = line.given(kept[j], own)
    bare = [j for j in bare if line.open(kept[j], unit)]
    named = unit.role == "money" and all(line.names_money(kept[j]) for j in bare)
    for j in bare if named else _adding_up(kept, after, whole, unit, line):
        kept[j] = line.given(kept[j], unit)


def _named_part(whole: Mention, m: Mention, line: _Line) -> _Unit | None:
    """The unit that a part's name begins with: "1.200 hộ, trong đó hộ nghèo 45"."""
    name, between = line.name(m), line.low[whole.end : m.start]
    counted = units.read(name, 0, line.knowledge.units, line.knowledge.scales)
    part = line.forms.part_of.fullmatch(between.removesuffix(name + " "))
    said = line.low[whole.start : m.start]
    same = counted.text.split()[:1] == whole.unit.split()[:1] or f", {counted.text} " in said
    if counted.kind != "count" or part is None or not same or m.value > whole.value:
        return None
    return _Unit("count", counted.text, "count", Decimal(1))


def _adding_up(kept: list[Mention], after: list[int], whole: Mention, unit: _Unit, line: _Line) -> list[int]:
    """The bare numbers straight behind a whole, if they, and what has a unit of its own, make it up."""
    parts: list[int] = []
    total = Decimal(0)
    for j in after:
        m = kept[j]
        if line.open(m, unit) or (m.role == "none" and m.reason == "name" and line.ends(m)):
            total += (line.printed(m) or Decimal(0)) * unit.factor
            parts.append(j)
        elif m.role == unit.role and (unit.role == "money" or m.unit == unit.name):
            total += m.value
        if len(parts) > 1 and abs(total - whole.value) <= whole.value * (ROUNDING if unit.role == "money" else 0):
            return parts
    return []
