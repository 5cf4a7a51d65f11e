"""The tables of a page: grid by their rules or by their words, cells read apart from the page on one strip a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import partial
from statistics import fmean

from ntm_extract.edges import ocr
from ntm_extract.image.aligned import columns
from ntm_extract.image.cells import Cut, cuts, likeness, strip
from ntm_extract.image.grid import Grid, find_grid
from ntm_extract.image.page import PageImage
from ntm_extract.image.tables import Area, ruled_areas
from ntm_extract.layout.aligned import aligned_tables
from ntm_extract.layout.cells import FIGURES, TICK, TICKS, Kind, as_inked, as_others, glyphs, kinds, style, tidy
from ntm_extract.layout.seen import Seen
from ntm_extract.model import Box, Cell, Line, Table
from ntm_extract.settings import Settings

BLOCK = 6  # page segmentation mode: one block of lines
LEAST_FILLED = 4  # cells with text: fewer are a frame, a form of address
LEAST_PARTED = 2  # rows that begin two cells or more
STAMP = 220.0, 90.0  # width and height in points within which a ruled frame is the stamp of an office that received it
CAPTION_LINES = 6
LARGER = 1.5  # by which doubtful figures are enlarged to be read again
ALIKE, MODELS = 0.6, 24  # likeness from which a mark is one like another; as many are looked at
GUESSED = 0.7  # confidence in a tick known by its looks alone
SPLIT = 0.3  # confidence in a short text whose copies were read in different ways

Reading = dict[tuple[int, int], tuple[str, float]]


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
    for grid, cut in sorted(grids, key=lambda one: one[0].area[1]):
        box = page.box(*grid.area)
        cells = _cells(number, page, grid, _read(page, cut, grid, settings))
        above = tables[-1].box.y1 if tables else 0.0
        tables.append(Table(cells=cells, rows=grid.rows, cols=grid.cols, box=box, caption=_caption(lines, box, above)))
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
    return ruled + aligned_tables(free, partial(columns, page.pixels, page.dpi))


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


def _read(page: PageImage, cut: tuple[Cut, ...], grid: Grid, settings: Settings) -> Reading:
    """Text and confidence of the cells that bear ink: all at once, then the figures that are none yet once more."""
    found: Reading = {(c.region.row, c.region.col): ("-", 1.0) for c in cut if c.dash}
    letters = tuple(sorted((c for c in cut if not c.dash), key=lambda c: (c.region.col, c.region.row)))
    found |= on_strip(page, letters, settings)
    kind = kinds({place: text for place, (text, _) in found.items()}, grid.cols)
    head = _head(grid)
    kind = kinds({(r - head, c): text for (r, c), (text, _) in found.items() if r >= head}, grid.cols)
    found = {place: (tidy(text, kind[place[1]], head=place[0] < head), sure) for place, (text, sure) in found.items()}
    body = tuple(c for c in letters if c.region.row >= head)
    found |= _ticks_by_looks(body, found, kind)
    found |= _figures_again(page, body, found, kind, settings)
    return found | _marks_restored(body, found, kind)


def _head(grid: Grid) -> int:
    """Rows of the head, as far as its first row's cells reach."""
    first = [region for region in grid.regions if region.row == 0]
    rows = max((region.rows for region in first), default=1)
    return 2 if rows == 1 and any(region.cols > 1 for region in first) and grid.rows > 2 else min(rows, grid.rows - 1)


def _marks_restored(cut: tuple[Cut, ...], found: Reading, kind: list[Kind]) -> Reading:
    """Figures as the others of their column are written: with a mark that only ink shows, or the mark of the others."""
    restored: Reading = {}
    for col in {c.region.col for c in cut if kind[c.region.col] == "figure"}:
        own = [c for c in cut if c.region.col == col and "/" not in found[c.region.row, col][0]]
        inked = {c.region.row: as_inked(found[c.region.row, col][0], c.signs) for c in own}
        styles = [style(text) for text in inked.values()]
        sure_of = {row: text for row, text in inked.items() if not style(text) or styles.count(style(text)) > 1}
        for c in own:
            text, sure = found[c.region.row, col]
            others = [style(t) for row, t in sure_of.items() if row != c.region.row]
            new = as_others(sure_of.get(c.region.row, text), others)
            if new != text:
                restored[c.region.row, col] = new, min(sure, GUESSED)
    return restored


def _ticks_by_looks(cut: tuple[Cut, ...], found: Reading, kind: list[Kind]) -> Reading:
    """Cells of columns of ticks that were passed over or read as something else, though they look like ticks."""
    in_ticks = [c for c in cut if kind[c.region.col] == "tick"]
    read = [c for c in in_ticks if found[c.region.row, c.region.col][0].lower() in TICKS][:MODELS]
    rest = [c for c in in_ticks if found[c.region.row, c.region.col][0].lower() not in TICKS]
    return {
        (c.region.row, c.region.col): (TICK, GUESSED)
        for c in rest
        if sum(likeness(c, tick) >= ALIKE for tick in read) >= len(read) / 4 > 0
    }


def _figures_again(
    page: PageImage, cut: tuple[Cut, ...], found: Reading, kind: list[Kind], settings: Settings
) -> Reading:
    """Cells of columns of figures that were read as none, or as ratios among whole numbers, read as figures."""
    ratios = {
        col: sum("/" in text for (_, c), (text, _) in found.items() if c == col) > sum(c == col for _, c in found) / 3
        for col in range(len(kind))
    }
    again = tuple(
        c
        for c in cut
        if c.region.cols == 1
        and (kind[c.region.col] == "figure" or _odd(found[c.region.row, c.region.col][0], kind[c.region.col]))
        and _doubtful(found[c.region.row, c.region.col][0], c.signs, ratios=ratios[c.region.col])
    )
    signs = "/" if any(ratios[c.region.col] for c in again) else ""
    read = on_strip(page, again, settings, letters=f"0123456789.,%-{signs}", scale=LARGER)
    signs_of = {(c.region.row, c.region.col): c.signs for c in again}
    clean = {place: (tidy(text, "figure", head=False), sure) for place, (text, sure) in read.items()}
    return {
        place: (text, sure)
        for place, (text, sure) in clean.items()
        if FIGURES.fullmatch(text) and _better(found[place][0], text, signs_of[place])
    }


def _better(first: str, second: str, signs: str) -> bool:
    """Whether a second reading is to be taken: it has the digits that the ink has, or only settles signs of the first.

    Where the first saw a letter or two and no digit at all, there is nothing to keep.
    """
    inked = bool(signs) and glyphs(second) == signs.count("0")
    digits = re.sub(r"\D", "", first)
    if not digits:
        return inked or (not signs and len(first) <= 2)
    marks = [len(re.findall(r"(?<=\d)\D+(?=\d)", text)) for text in (first, second)]
    return (inked and glyphs(first) != glyphs(second)) or (digits == re.sub(r"\D", "", second) and marks[0] == marks[1])


def _odd(text: str, kind: Kind) -> bool:
    """Whether a text in a column of ticks is neither a tick nor a sum of them."""
    return kind == "tick" and text.lower() not in TICKS


def _doubtful(text: str, signs: str, *, ratios: bool) -> bool:
    """Whether a text is no figure, no ratio among ratios, or has other digits than its ink."""
    if not FIGURES.fullmatch(text) or ("/" in text) != ratios:
        return text != "-"
    return bool(signs) and text != "-" and glyphs(text) != signs.count("0")


def on_strip(
    page: PageImage, cut: tuple[Cut, ...], settings: Settings, *, letters: str = "", scale: float = 1.0
) -> Reading:
    """Text and confidence of each cut, by the row and column of its region: all read at once, under each other."""
    if not cut:
        return {}
    pixels, placed = strip(cut, page.dpi)
    image = page.with_pixels(pixels).straightened(0.0, scale)
    seen = ocr.read(image, settings, mode=BLOCK, letters=letters)
    slack = 0.04 * page.dpi
    found: Reading = {}
    for one in placed:
        low, high = (one.y - slack) * scale, (one.y + one.cut.pixels.shape[0] + slack) * scale
        words = [w for w in seen if low <= w.middle < high]
        place = one.cut.region.row, one.cut.region.col
        found[place] = _one(words, one.copies) if one.copies > 1 else (" ".join(w.text for w in words), _sure(words))
    return found


def _one(words: list[Seen], copies: int) -> tuple[str, float]:
    """What the copies of a short text say, and how surely: little where they disagree.

    Copies that ran together unevenly can't be told apart; a word longer than its share is several of them, no reading.
    """
    said = "".join(w.text for w in words)
    size, rest = divmod(len(said), copies)
    if rest:
        parts = [w.text for w in words if len(w.text) <= size + 1]
    else:
        parts = [said[i * size : (i + 1) * size] for i in range(copies)]
    best = max(parts, key=parts.count, default="")
    whole = len(parts) == copies and parts.count(best) == copies
    return best, _sure(words) if whole else min(SPLIT, _sure(words))


def _sure(words: Iterable[Seen]) -> float:
    """Mean confidence; 0 where ink was not read."""
    return fmean([w.confidence for w in words] or [0.0])


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
