"""Budgets out of a table of money: works in rows, a total and its sources in columns."""

from __future__ import annotations

from ntm_extract.extract.funding import capital_of
from ntm_extract.extract.table_heads import Column, Row, money_scale
from ntm_extract.extract.table_view import View
from ntm_extract.facts import Budget
from ntm_extract.text.folding import lowered


def budgets(view: View) -> list[Budget]:
    """A row a cell of money: a cell's parent is its row's total, a row total's parent the total of the row above it."""
    totals, parts = view.with_role("total"), view.with_role("source")
    money = [c for c in (*totals, *parts) if _scale(view, c) is not None]
    if not money or (not parts and not view.unit and not any(money_scale(c.unit) for c in totals)):
        return []
    main = totals[0] if totals else None
    found: dict[tuple[int, int], Budget] = {}
    for row in sorted(view.rows, key=lambda r: not r.total):  # a grand total may stand last
        for column in money:
            fact = _fact(view, row, column, main, found)
            if fact is not None:
                found[row.row, column.col] = fact
    return [found[place] for place in sorted(found)]


def _scale(view: View, column: Column) -> int | None:
    said = money_scale(column.unit)
    return said if said is not None else money_scale(view.unit)


def _fact(
    view: View, row: Row, column: Column, main: Column | None, found: dict[tuple[int, int], Budget]
) -> Budget | None:
    number, scale = view.number(row.row, column.col), _scale(view, column)
    if number is None or scale is None or not row.label:
        return None
    amount = int(number * scale)
    if main is None:
        above = found.get((row.parent, column.col)) if row.parent is not None else None
    elif column is main:
        above = _ancestor(view, row, main, found)
    else:
        above = found.get((row.row, main.col))
    if above is not None and above.amount_vnd < amount:
        above = None
    return Budget(
        evidence=view.evidence(row.row, column.col, row.label, "table budget"),
        amount_vnd=amount,
        label=row.label,
        source=column.source,
        capital=capital_of(lowered(" ".join(column.path)), view.knowledge),  # type: ignore[arg-type]
        status=view.status,
        parent=above.amount_vnd if above is not None else None,
        parent_id=above.fact_id if above is not None else None,
    )


def _ancestor(view: View, row: Row, main: Column, found: dict[tuple[int, int], Budget]) -> Budget | None:
    """The total of the nearest row above it in the tree that has one."""
    by_row = {r.row: r for r in view.rows}
    at = row.parent
    while at is not None:
        if (at, main.col) in found:
            return found[at, main.col]
        at = by_row[at].parent
    return None
