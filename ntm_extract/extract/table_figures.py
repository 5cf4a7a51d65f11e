"""Money, shares and other figures out of a table: each by the unit that its column, its row or the caption gives it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from ntm_extract.extract.funding import spelled
from ntm_extract.extract.table_heads import BRACKETED, NAMING, Column, Row, counted, plain
from ntm_extract.extract.table_money import SUMS, Money, before, per
from ntm_extract.extract.table_view import Figure, View, moment
from ntm_extract.facts import Budget, Fact, Percentage, Quantity, Status
from ntm_extract.text import dates, units
from ntm_extract.text.folding import lowered

SHARES = ("rate", "portion")
NEAR = Decimal(1)
"""Points by which a share may differ from its numerator out of its denominator."""
DAY_OR_MONTH = r"(?:ngày )?\d{1,2}/\d{1,2}(?:/(?:19|20)\d\d)?|tháng \d{1,2}|\d{1,2} tháng|\d{1,2}/(?:19|20)\d\d"
AGREE = 0.5  # least share of the rows whose share is what their numerator and denominator make
TITLED = range(2, 5)  # words of a title that go into the name of its total
NO_LEAD = ("source", "number")
"""Roles of columns whose name is no part of what their figures are called."""
TELLING = 3  # words from which the name of a rate says more than that it is one
LABEL_WORDS = 20


Parts = tuple[Decimal, Decimal, str | None] | tuple[None, None, None]
NONE: Parts = None, None, None


class TableFigures:
    """The figures of one table. `taken`: columns that were read already, with what they count."""

    def __init__(self, view: View, taken: Mapping[int, str]) -> None:
        self.view, self.taken = view, taken
        self.knowledge = view.knowledge
        self.rows = {row.row: row for row in view.rows}
        self.columns = [c for c in view.cols if c.role not in (*NAMING, "label", "mark")]
        self.money = Money(view, self.columns)
        self.units = next(iter(view.with_role("unit")), None)
        self.ratios = {c.col for c in self.columns if self._is_ratio(c)}
        self.shares = {c.col: self._whole(c) for c in self.columns if c.role == "rate"}

    def read(self) -> list[Fact]:
        """The facts, row by row."""
        found: dict[tuple[int, int], Fact] = {}
        for row in sorted(self.view.rows, key=lambda r: not r.total):  # a grand total may stand last
            if not row.label:
                continue
            shared: set[int] = set()  # columns of a share's numerator and denominator
            for column in reversed(self.columns):
                if column.col in self.taken:
                    continue
                fact = self._fact(row, column, shared)
                if fact is not None:
                    found[row.row, column.col] = fact
        found |= self.money.with_parents({place: f for place, f in found.items() if isinstance(f, Budget)})
        return [found[place] for place in sorted(found)]

    def _is_ratio(self, column: Column) -> bool:
        said = [f for row in self.rows if (f := self.view.figure(row, column.col)) is not None]
        return bool(said) and sum(f.den is not None for f in said) > len(said) / 2

    def _fact(self, row: Row, column: Column, shared: set[int]) -> Fact | None:
        figure = self.view.figure(row.row, column.col)
        if figure is None or (column.role == "change" and figure.value == 0):
            return None
        unit = figure.unit or self._unit(row, column)
        if figure.den is not None:
            return self._ratio(row, column, figure, unit) if column.col not in shared else None
        if plain(unit) == "%" or unit == "‰":
            return self._share(row, column, unit, shared)
        scale = self.knowledge.unit_notes.factor(unit)
        if scale is not None and figure.value is not None:
            return Budget(
                evidence=self.view.evidence(row.row, column.col, row.label, "table budget"),
                amount_vnd=int(figure.value * scale),
                op=figure.op,
                per=per(unit, row.label, self.knowledge),
                label=self._label(row, column),
                source=self.money.source(row, column),
                capital=self.money.capital(row, column),  # type: ignore[arg-type]
                status=self._status(column),
                period=self._period(row, column),
            )
        if figure.value is None or column.col in shared or not self._counts(unit):
            return None
        return Quantity(
            evidence=self.view.evidence(row.row, column.col, row.label, "table figure"),
            value=figure.value,
            unit=unit,
            op=figure.op,
            label=self._label(row, column),
            status=self._status(column),
            period=self._period(row, column),
        )

    def _unit(self, row: Row, column: Column) -> str:
        """What a figure without a unit beside it is counted in: by its column, its row, the table."""
        own = column.unit
        named = BRACKETED.search(row.label)
        of_shares = named is not None and plain(named.group(1)) == "%"  # under amounts: "Cơ cấu (%)"
        if of_shares or plain(own) == "%" or column.role in SHARES:
            return "%"
        if own and (self._counts(own) or self._is_money(own)):
            return own
        if column.role == "change" and self._counted_before(column) >= 0:
            return self.taken[self._counted_before(column)]
        measured = self.view.text(row.row, self.units.col) if self.units else ""
        if self.money.holds(column):
            return next((u for u in (measured, self.view.unit) if self._is_money(u)), "")
        if column.role in (*SUMS, "change", "number") or (not column.role and moment(column.name)):
            return measured or (named.group(1) if named and self._is_unit(named.group(1)) else "") or self.view.unit
        return ""

    def _counts(self, unit: str) -> bool:
        """Whether a unit is one of things or measures; of the table's own column of units, any word is."""
        return bool(unit) and (self.units is not None or self._kind(unit) in ("count", "measure", "foreign"))

    def _is_unit(self, unit: str) -> bool:
        return self._is_money(unit) or self._kind(unit) in ("percent", "count", "measure", "foreign")

    def _is_money(self, unit: str) -> bool:
        return self.knowledge.unit_notes.factor(unit) is not None

    def _kind(self, unit: str) -> str:
        return units.read(lowered(unit), 0, self.knowledge.units, self.knowledge.scales).kind

    def _status(self, column: Column) -> Status:
        """As the head says; of a part, as that of its whole says."""
        main = self.money.main(column)
        return column.status or (main.status if main is not None else None) or self.view.status

    def _period(self, row: Row, column: Column) -> str | None:
        """The time that the row or the column stands for, as written."""
        if _is_time(row.label):
            return row.label
        return column.name if moment(column.name) and _is_time(column.name) else None

    def _label(self, row: Row, column: Column) -> str:
        """What the figure is of: its row, and its column where that says more than the role that it has."""
        title, name = self.view.title, BRACKETED.sub("", column.name).strip()
        named = BRACKETED.search(row.label)
        label = row.label[: named.start()].strip() if named and self._is_unit(named.group(1)) else row.label
        if _is_time(row.label):
            own = (spelled(name, self.knowledge) or name) if column.source else ""
            parts = [own or title or name, name if title and not column.role else "", row.label]
        elif row.total and column.source:
            parts = [row.label, column.source]
        else:
            lead = self._lead(row, column, name)
            whole = title if row.total and not lead and len(title.split()) in TITLED else ""
            parts = [*lead, label, whole or self._part_of(row)]
        return " ".join(" ".join(parts).split()[:LABEL_WORDS])

    def _lead(self, row: Row, column: Column, name: str) -> list[str]:
        """What a column says of its figures before the name of their row."""
        if _is_time(name):
            return []
        beside = self.view.sheet.path(self._counted_before(column)) if column.role in ("rate", "change") else ()
        if column.role == "rate":
            said = [BRACKETED.sub("", text.partition("/")[0]).strip() for text in beside]
            return said or ([name] if not self.shares[column.col] and len(name.split()) >= TELLING else [])
        if column.col in self.ratios:
            return [name.partition("/")[0].strip()]
        sums = [c for c in self.columns if c.role in SUMS]
        alike = sums if row.total else [c for c in sums if self._status(c) == self._status(column)]
        bare = column.role == "money" and plain(name) in map(plain, self.money.role.aliases)
        tells = (
            len(alike) > 1 if column.role in SUMS and (column.role != "money" or bare) else column.role not in NO_LEAD
        )
        return [name, *beside] if tells else []

    def _counted_before(self, column: Column) -> int:
        """The nearest column to the left that counts criteria or communes; -1 where there is none."""
        return max((c for c in self.taken if c < column.col), default=-1)

    def _part_of(self, row: Row) -> str:
        """The source that a row without one of its own is part of."""
        above = self.rows.get(row.parent) if row.parent is not None else None
        own = not self.money.by_source or above is None or above.total or self.money.named(row)
        return "" if own or above is None else above.label

    def _ratio(self, row: Row, column: Column, figure: Figure, unit: str) -> Percentage | None:
        """A ratio without a share printed beside it."""
        return Percentage(
            evidence=self.view.evidence(row.row, column.col, row.label, "table ratio"),
            value=None,
            num=Decimal(figure.num or 0),
            den=Decimal(figure.den or 0),
            of=unit or None,
            label=self._label(row, column),
            status=self._status(column),
            period=self._period(row, column),
        )

    def _share(self, row: Row, column: Column, unit: str, shared: set[int]) -> Percentage | None:
        """The share in a cell; of a rate, numerator and denominator from a ratio or from plan and result."""
        figure = self.view.figure(row.row, column.col, share=True)
        if figure is None or figure.value is None:
            return None
        num, den, of = self._out_of(row, self.shares[column.col]) if self.shares.get(column.col) else NONE
        if num is not None:
            shared |= self.shares[column.col]
        if of is not None and self._is_money(of):
            num, den, of = NONE  # the amounts are budgets, no ratio a/b is printed
        results = self.view.with_role("result")
        status = "achieved" if column.role == "rate" and results else self._status(column)
        return Percentage(
            evidence=self.view.evidence(row.row, column.col, row.label, "table share"),
            value=figure.value,
            unit="‰" if unit == "‰" else "%",
            op=figure.op,
            num=num,
            den=den,
            of=of,
            label=self._label(row, column),
            status=status,
            period=self._period(row, column),
        )

    def _whole(self, rate: Column) -> set[int]:
        """The columns that a share comes of, if most rows agree: the ratio beside it, else result and plan."""
        if rate.col - 1 in self.ratios:
            cols = {rate.col - 1}
        else:
            result = before(self.view.with_role("result"), rate)
            plan = before(self.view.with_role("plan", "total"), rate)
            if result is None or plan is None:
                return set()
            cols = {result.col, plan.col}
        said = [
            abs(100 * num / den - share.value) <= NEAR
            for row in self.view.rows
            if (share := self.view.figure(row.row, rate.col, share=True)) is not None and share.value is not None
            for num, den, _ in [self._out_of(row, cols)]
            if num is not None and den
        ]
        return cols if sum(said) >= AGREE * max(1, len(said)) else set()

    def _out_of(self, row: Row, cols: set[int]) -> Parts:
        """Numerator, denominator and unit in a column of ratios, or in those of result and plan."""
        if len(cols) == 1:
            (col,) = cols
            figure = self.view.figure(row.row, col)
            if figure is None or figure.num is None or not figure.den:
                return None, None, None
            return (
                Decimal(figure.num),
                Decimal(figure.den),
                counted(row.label, self.knowledge) or self.taken.get(col) or figure.unit or None,
            )
        result, plan = sorted((c for c in self.columns if c.col in cols), key=lambda c: c.role != "result")
        num, den = self.view.figure(row.row, result.col), self.view.figure(row.row, plan.col)
        unit = self._unit(row, result)
        if num is None or den is None or num.value is None or not den.value or plain(unit) == "%":
            return None, None, None
        return num.value, den.value, unit or None


def _is_time(text: str) -> bool:
    """Whether a head or label is a date or period and no more."""
    low = lowered(text).strip(" .:;").removeprefix("ước ")
    said = dates.SAID.fullmatch(low) or dates.BARE_YEAR.fullmatch(low) or re.fullmatch(DAY_OR_MONTH, low)
    return said is not None or any((w.start, w.end) == (0, len(low)) for w in dates.find(low))


def figures(view: View, taken: Mapping[int, str]) -> list[Fact]:
    """Every figure whose unit is known."""
    return TableFigures(view, taken).read()
