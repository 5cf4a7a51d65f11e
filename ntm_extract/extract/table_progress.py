"""Percentages, quantities and money out of a table of indicators: plan, result and share in columns."""

from __future__ import annotations

from decimal import Decimal

from ntm_extract.extract.table_heads import Column, Row, money_scale, plain
from ntm_extract.extract.table_view import View
from ntm_extract.facts import Budget, Fact, Percentage, Quantity, Status


def progress(view: View) -> list[Fact]:
    """A share with its result and plan as numerator and denominator; other figures by the unit of their row."""
    plans, results, rates = view.with_role("plan", "total"), view.with_role("result"), view.with_role("rate")
    if not (rates or (plans and results)):
        return []
    units = view.with_role("unit")
    found: list[Fact] = []
    for row in (r for r in view.rows if r.label):
        unit = view.text(row.row, units[0].col) if units else view.unit
        shared = False
        for rate in rates:
            fact = _share(view, row, rate, (_before(results, rate), _before(plans, rate)), unit)
            if fact is not None:
                found.append(fact)
                shared = shared or fact.num is not None
        if not shared or money_scale(unit) is not None:
            for column, status in [(c, "target") for c in plans] + [(c, "achieved") for c in results]:
                other = _figure(view, row, column, status, unit)  # type: ignore[arg-type]
                if other is not None:
                    found.append(other)
    return found


def _before(columns: list[Column], rate: Column) -> Column | None:
    """The last of the columns to the left of a share, the first of all where none is."""
    left = [c for c in columns if c.col < rate.col]
    return left[-1] if left else columns[0] if columns else None


def _share(
    view: View, row: Row, rate: Column, ratio: tuple[Column | None, Column | None], unit: str
) -> Percentage | None:
    """The share in a cell, with numerator and denominator from the columns of `ratio`."""
    result, plan = ratio
    text = view.text(row.row, rate.col).rstrip("%").strip()
    value = view.number(row.row, rate.col, share=True) if text == view.text(row.row, rate.col) else _plain(text)
    if value is None:
        return None
    num = view.number(row.row, result.col) if result is not None else None
    den = view.number(row.row, plan.col) if plan is not None else None
    whole = num is not None and bool(den) and plain(unit) != "%"
    return Percentage(
        evidence=view.evidence(row.row, rate.col, row.label, "table share"),
        value=value,
        num=num if whole else None,
        den=den if whole else None,
        of=(unit or None) if whole else None,
        label=row.label,
        status="achieved",
    )


def _plain(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "."))
    except ArithmeticError:
        return None


def _figure(view: View, row: Row, column: Column, status: Status, unit: str) -> Fact | None:
    value = view.number(row.row, column.col, share=plain(unit) == "%")
    if value is None or not unit:
        return None
    evidence = view.evidence(row.row, column.col, row.label, "table figure")
    scale = money_scale(unit)
    if scale is not None:
        return Budget(evidence=evidence, amount_vnd=int(value * scale), label=row.label, status=status)
    if plain(unit) == "%":
        return Percentage(evidence=evidence, value=value, label=row.label, status=status)
    return Quantity(evidence=evidence, value=value, unit=unit, label=row.label, status=status)
