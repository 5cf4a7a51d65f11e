"""The money of a table: whose it is, of which kind, and what each amount is part of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from ntm_extract.extract.funding import capital_of, source_of, two_sources
from ntm_extract.extract.table_heads import Column, Row, says
from ntm_extract.extract.table_view import View
from ntm_extract.facts import Budget
from ntm_extract.knowledge import Knowledge
from ntm_extract.text.folding import lowered

SUMS = ("total", "plan", "result", "money")
"""Roles of columns that hold what the sources of a row, or its rows, sum up to."""
BY_SOURCE = 0.5  # share of the rows that name whose money it is where a table is of sources
HEAD_COUNT = re.compile(r"^(?:đầu người|người dân|nhân khẩu|khẩu|ng(?!\w))")


class Money:
    """What the heads and rows of a table say of its money."""

    def __init__(self, view: View, columns: list[Column]) -> None:
        self.knowledge, self.columns = view.knowledge, columns
        self.role = next(r for r in view.knowledge.tables.role if r.name == "money")
        self.rows = {row.row: row for row in view.rows}
        names = [r for r in view.rows if not r.total and r.label]
        self.titled = source_of(lowered(view.named), view.knowledge)
        self.by_source = sum(map(self.named, names)) >= max(1.0, BY_SOURCE * len(names))

    def named(self, row: Row) -> bool:
        """Whether a row's name says whose money it is."""
        low = lowered(row.label)
        return bool(source_of(low, self.knowledge) or two_sources(low, self.knowledge))

    def holds(self, column: Column) -> bool:
        """Whether a column's head says that it is money."""
        return column.role == "source" or any(says(text, self.role) for text in column.path)

    def main(self, column: Column) -> Column | None:
        """The column of the sums that a column of sources or capital parts; None of any other."""
        if column.role != "source" and not (column.role == "money" and self._capital(column)):
            return None
        sums = [c for c in self.columns if c.role in SUMS and not (c.role == "money" and self._capital(c))]
        return before(sums, column)

    def source(self, row: Row, column: Column) -> str | None:
        """Whose money it is: by the column, by the row of a table of sources, or by the title of a table that names
        no source in either."""
        if any(c.role == "source" for c in self.columns) or self.by_source:
            return column.source or (self._source(row) if self.by_source else None)
        return self.titled

    def _source(self, row: Row) -> str | None:
        """Whose money the row, or one that it is part of, names."""
        low = lowered(row.label)
        if row.total or two_sources(low, self.knowledge):
            return None
        above = self.rows.get(row.parent) if row.parent is not None else None
        return source_of(low, self.knowledge) or (self._source(above) if above is not None else None)

    def capital(self, row: Row, column: Column) -> str | None:
        """Its kind: by the column, or by the row of a table of sources."""
        return self._capital(column) or (capital_of(lowered(row.label), self.knowledge) if self.by_source else None)

    def _capital(self, column: Column) -> str | None:
        """The kind of capital that the head names, its lowest cell first."""
        return next((c for text in reversed(column.path) if (c := capital_of(lowered(text), self.knowledge))), None)

    def with_parents(self, budgets: Mapping[tuple[int, int], Budget]) -> dict[tuple[int, int], Budget]:
        """The budgets by row and column, each with what it is part of: a source its row's total, a total that above."""
        mains = {c.col: main.col for c in self.columns if (main := self.main(c)) is not None}
        found: dict[tuple[int, int], Budget] = {}
        for (row, col), budget in budgets.items():
            above = budgets.get((row, mains[col])) if col in mains else self._above(row, col, budgets)
            if above is not None and above.amount_vnd >= budget.amount_vnd and not above.per and not budget.per:
                found[row, col] = replace(budget, parent=above.amount_vnd, parent_id=above.fact_id)
            else:
                found[row, col] = budget
        return found

    def _above(self, row: int, col: int, budgets: Mapping[tuple[int, int], Budget]) -> Budget | None:
        """The same column of the nearest row above it in the tree that has an amount."""
        at = self.rows[row].parent
        while at is not None and (at, col) not in budgets:
            at = self.rows[at].parent
        return budgets[at, col] if at is not None else None


def before(columns: list[Column], column: Column) -> Column | None:
    """The last of some columns to the left of one, the first of all where none is."""
    left = [c for c in columns if c.col < column.col]
    return left[-1] if left else columns[0] if columns else None


def per(unit: str, label: str, knowledge: Knowledge) -> str | None:
    """The rate that a unit of money names; income is counted a head, whether or not it says so."""
    said = HEAD_COUNT.sub("người", lowered(unit).partition("/")[2].strip())
    low = lowered(label)
    income = any(lowered(name) in low for one in knowledge.indicators if one.per for name in (one.name, *one.aliases))
    if income and "người" not in said and not said.startswith(("hộ", "ha")):
        return f"người/{said}" if said else "người"
    return said or None
