"""The tables of a page: grid by their rules or by their words, cells read apart from the page."""

from __future__ import annotations

from collections import Counter

from ntm_extract.image.aligned import TextInk
from ntm_extract.image.cells import cuts
from ntm_extract.image.grid import Grid, find_grid
from ntm_extract.image.page import PageImage
from ntm_extract.image.tables import Area, ruled_areas
from ntm_extract.layout.aligned import aligned_tables
from ntm_extract.layout.seen import Seen
from ntm_extract.model import Box, Cell, Line, Table
from ntm_extract.reading.cells import Reading, read_cells
from ntm_extract.settings import Settings

LEAST_FILLED = 4  # cells with text: fewer are a frame, a form of address
LEAST_PARTED = 2  # rows that begin two cells or more
STAMP = 220.0, 90.0  # width and height in points within which a ruled frame is the stamp of an office that received it
CAPTION_LINES = 6


def read_tables(
    number: int, page: PageImage, seen: tuple[Seen, ...], lines: tuple[Line, ...], settings: Settings
) -> tuple[Table, ...]:
    """The tables of a prepared page, from top to bottom.

    `seen` are the words of the page: those outside ruled tables may stand in tables without rules. Its `lines` give
    captions.
    """
    grids = [
        (grid, cut) for grid in _grids(page, seen) if len(cut := cuts(page.pixels, page.dpi, grid)) >= LEAST_FILLED
    ]
    tables: list[Table] = []
    above = 0.0
    for grid, cut in sorted(grids, key=lambda one: one[0].area[1]):
        box = page.box(*grid.area)
        cells = _cells(number, page, grid, read_cells(page, cut, grid, settings))
        tables.append(Table(cells=cells, rows=grid.rows, cols=grid.cols, box=box, caption=_caption(lines, box, above)))
        above = box.y1
    return tuple(tables)


def _grids(page: PageImage, seen: tuple[Seen, ...]) -> list[Grid]:
    """Ruled tables that are no stamps, and tables without rules between them."""
    areas = sorted(ruled_areas(page.pixels, page.dpi), key=lambda a: (a[0] - a[2]) * (a[3] - a[1]))
    ruled: list[Grid] = []
    for area in areas:  # the largest first: what lies within a table is part of it
        grid = None if any(_within(area, other.area) for other in ruled) else find_grid(page.pixels, page.dpi, area)
        if grid is not None and not _is_frame(grid) and not _is_stamp(page.box(*grid.area)):
            ruled.append(grid)
    free = [w for w in seen if not any(g.area[1] <= w.middle <= g.area[3] for g in ruled)]
    return ruled + aligned_tables(free, TextInk(page.pixels, page.dpi))


def _within(area: Area, other: Area) -> bool:
    """Whether the middle of an area lies in another."""
    x, y = (area[0] + area[2]) / 2, (area[1] + area[3]) / 2
    return other[0] <= x <= other[2] and other[1] <= y <= other[3]


def _is_frame(grid: Grid) -> bool:
    """Whether but one row is parted into cells: a frame with a picture in it, a form of a card."""
    begin = Counter(region.row for region in grid.regions)
    return sum(count > 1 for count in begin.values()) < LEAST_PARTED


def _is_stamp(box: Box) -> bool:
    return box.x1 - box.x0 < STAMP[0] and box.y1 - box.y0 < STAMP[1]


def _cells(number: int, page: PageImage, grid: Grid, read: Reading) -> tuple[Cell, ...]:
    cells = []
    for r in grid.regions:
        text, sure = read.get((r.row, r.col), ("", 1.0))
        cells.append(
            Cell(
                row=r.row,
                col=r.col,
                row_span=r.rows,
                col_span=r.cols,
                page=number,
                text=text,
                recognised=text,
                box=page.box(min(r.x0, r.x1), min(r.y0, r.y1), max(r.x0, r.x1), max(r.y0, r.y1)),
                confidence=round(sure, 4),
            )
        )
    return tuple(cells)


def _caption(lines: tuple[Line, ...], box: Box, above: float) -> tuple[str, ...]:
    """The last lines between the table before (or the page's top) and the table."""
    over = [line for line in lines if line.box is not None and above <= line.box.y0 and line.box.y1 <= box.y0 + 4]
    return tuple(line.recognised for line in over[-CAPTION_LINES:])
