"""Sums of the money in annex tables: sources make the total of their row, rows the one above them.

The tree of rows and the roles of columns are read off the page too, and may be misread. Where the numbers of a table
contradict its tree or its columns again and again, that is told once, and no number is blamed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from ntm_extract.checks.registry import Relation, broken, checker
from ntm_extract.checks.sums import sum_of
from ntm_extract.checks.view import View, once
from ntm_extract.facts import Budget

ASTRAY = 1 / 2  # share of the sums over one structure that fail where the structure is wrong, not a number


class Grid(NamedTuple):
    """The money of one table by (row, column), the column of row totals, and the rows under each row."""

    cells: Mapping[tuple[int, int], Budget]
    main: int | None
    under: Mapping[int, tuple[int, ...]]

    def row(self, row: int) -> dict[int, Budget]:
        """The money of a row by column."""
        return {col: fact for (r, col), fact in self.cells.items() if r == row}

    @property
    def grand(self) -> int | None:
        """The row that all others are part of; None where there is none."""
        below = {row for rows in self.under.values() for row in rows}
        tops = [row for row in self.under if row not in below]
        return tops[0] if len(tops) == 1 else None


@once
def grids(view: View) -> list[Grid]:
    """The tables of money of a document."""
    tables: dict[int, dict[tuple[int, int], Budget]] = defaultdict(dict)
    for fact in view.extraction.budgets:
        if fact.evidence.cell is not None and fact.per is None:
            table, row, col = fact.evidence.cell
            tables[table][row, col] = fact
    return [_grid(cells) for cells in tables.values()]


def _grid(cells: Mapping[tuple[int, int], Budget]) -> Grid:
    at = {fact.fact_id: place for place, fact in cells.items()}
    mains: Counter[int] = Counter()
    parents: dict[int, Counter[int]] = defaultdict(Counter)
    for (row, _), fact in cells.items():
        above = at.get(fact.parent_id or "")
        if above is not None and above[0] == row:
            mains[above[1]] += 1
        elif above is not None:
            parents[row][above[0]] += 1
    under: dict[int, list[int]] = defaultdict(list)
    for row in sorted(parents):
        under[parents[row].most_common(1)[0][0]].append(row)
    return Grid(cells, mains.most_common(1)[0][0] if mains else None, {k: tuple(v) for k, v in under.items()})


@checker
def sources_make_total(view: View) -> Iterator[Relation]:
    """In a row of a table the columns of sources sum to the total beside them."""
    for grid in grids(view):
        if grid.main is None:
            continue
        sums = []
        for row in sorted({row for row, _ in grid.cells}):
            cells = grid.row(row)
            total = cells.pop(grid.main, None)
            if total is not None and cells:
                sums.append(sum_of("sources_make_total", total, list(cells.values()), complete=True))
        if _stands(sums):
            yield from sums
        else:
            yield _astray("sources_add_up", sums, "các cột nguồn vốn", "the columns of sources")


@checker
def columns_make_total(view: View) -> Iterator[Relation]:
    """The rows under a row sum to it, in the column of totals and in that of each source."""
    for grid in grids(view):
        lost: list[Relation] = []
        for top, rows in grid.under.items():
            sums = _down(grid, top, rows)
            if _stands(sums):
                yield from sums if len(sums) > 1 else (replace(sums[0], doubtful=True),)
                continue
            lost += sums
            flat = tuple(row for row in sorted({row for row, _ in grid.cells}) if row != top)
            other = _down(grid, top, flat) if top == grid.grand else []
            if len(other) > 1 and all(one.holds for one in other):
                yield from other
        if lost:
            yield _astray("rows_add_up", lost, "các dòng", "the rows")


def _down(grid: Grid, top: int, rows: Sequence[int]) -> list[Relation]:
    """The sums of the rows under one, a column each."""
    return [
        sum_of(
            "columns_make_total", total, [cell for row in rows if (cell := grid.cells.get((row, col)))], complete=True
        )
        for col, total in grid.row(top).items()
    ]


def _stands(sums: Sequence[Relation]) -> bool:
    """Whether the numbers bear the structure out: few of the sums over it fail."""
    failed = sum(not one.holds for one in sums)
    return failed <= max(1, int(ASTRAY * len(sums)))


def _astray(check: str, sums: Sequence[Relation], what: str, what_en: str) -> Relation:
    failed = sum(not one.holds for one in sums)
    good = len(sums) - failed
    return broken(
        check,
        sums[0].fact_ids[:1],
        f"{len(sums)}/{len(sums)}",
        f"{good}/{len(sums)}",
        f"Bảng có {failed} trong {len(sums)} tổng theo {what} không khớp: có thể đọc thiếu hoặc sai thứ bậc",
        f"{failed} of {len(sums)} sums over {what_en} of the table fail: one may be unread or in the wrong place",
    )
