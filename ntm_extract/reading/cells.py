"""The cells of a table, read on one strip: those in doubt several times in other looks, and what most readings say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from statistics import fmean

import numpy as np
from msgspec import Struct

from ntm_extract.edges import ocr
from ntm_extract.image.cells import Cut, Placed, bold, likeness, runs, strip
from ntm_extract.image.components import INK
from ntm_extract.image.grid import Grid
from ntm_extract.image.page import PageImage, Pixels
from ntm_extract.layout.cells import DECIMALS, TICK, TICKS, Kind, as_inked, as_others, is_sign, kinds, style, tidy
from ntm_extract.layout.seen import Seen
from ntm_extract.layout.votes import fits, said_by_most, voted_figure
from ntm_extract.settings import Settings

BLOCK = 6  # page segmentation mode: one block of lines
DIGITS = "0123456789"
ALIKE, MODELS = 0.6, 24  # likeness from which a mark is one like another; as many are looked at
GUESSED = 0.7  # confidence in a tick known by its looks alone
SPLIT = 0.3  # confidence in a short text whose copies were read in different ways
RATIOS = 1 / 3  # share of a row's or column's texts from which ratios are expected in it
SURE_FIGURE, SURE_TEXT = (
    0.8,
    0.95,
)  # confidence from which one reading of a figure that fits its ink, of a text, is enough

Place = tuple[int, int]
Reading = dict[Place, tuple[str, float]]


class Look(Struct, frozen=True):
    """How a strip is shown to the recogniser: its scale, and by how many pixels strokes are drawn thicker."""

    scale: float = 1.0
    bolder: int = 0


PLAIN, SMALL = Look(), Look(0.8)
BOLD = Look(0.8, bolder=1)
FOR_FIGURES = BOLD, Look(bolder=1), Look(0.8, bolder=2)
RUNS = 4  # what a reading of single digits as one number counts, of readings


class _Columns(Struct, frozen=True):
    """What is known of a table's columns: how many rows are head, and of what kind each column is under it."""

    head: int
    kind: list[Kind]

    def tidied(self, read: Reading) -> Reading:
        """A reading with each cell cleaned as its column's kind has it."""
        return {
            (row, col): (tidy(text, self.kind[col], head=row < self.head), sure)
            for (row, col), (text, sure) in read.items()
        }


def read_cells(page: PageImage, cut: tuple[Cut, ...], grid: Grid, settings: Settings) -> Reading:
    """Text and confidence of the cells that bear ink."""
    letters = tuple(sorted((c for c in cut if not c.dash), key=lambda c: (c.region.col, c.region.row)))
    dashes: Reading = {_place(c): ("-", 1.0) for c in cut if c.dash}
    first = dashes | on_strip(page, letters, settings)
    head = _head(grid)
    columns = _Columns(
        head, kinds({(r - head, c): text for (r, c), (text, _) in first.items() if r >= head}, grid.cols)
    )
    found = columns.tidied(first)
    body = tuple(c for c in letters if c.region.row >= head)
    found |= _ticks_by_looks(body, found, columns.kind)
    found |= _again(page, letters, found, columns, settings)
    return found | _marks_restored(body, found, columns.kind)


def _place(cut: Cut) -> Place:
    return cut.region.row, cut.region.col


def _head(grid: Grid) -> int:
    """Rows of the head, as far as its first row's cells reach."""
    first = [region for region in grid.regions if region.row == 0]
    rows = max((region.rows for region in first), default=1)
    return 2 if rows == 1 and any(region.cols > 1 for region in first) and grid.rows > 2 else min(rows, grid.rows - 1)


def _again(page: PageImage, cut: tuple[Cut, ...], found: Reading, columns: _Columns, settings: Settings) -> Reading:
    """The cells in doubt as most of several readings have them: figures from digits only, weighed by their ink."""
    ratios = _ratios(found)
    numeric = {_place(c) for c in cut if _is_figure(c, found, columns)}
    figures = tuple(c for c in cut if _place(c) in numeric and _doubtful(c, found, ratio=_place(c) in ratios))
    texts = tuple(c for c in cut if _place(c) not in numeric and found[_place(c)][1] < SURE_TEXT)

    def read(cells: tuple[Cut, ...], look: Look, letters: str = "") -> Reading:
        return columns.tidied(on_strip(page, cells, settings, look, letters))

    free = [found, read((*figures, *texts), SMALL)]
    allowed = f"{DIGITS}.,%-" + ("/" if any(_place(c) in ratios for c in figures) else "")
    told = [*(read(figures, look, allowed) for look in FOR_FIGURES), *[_in_runs(page, figures, settings)] * RUNS]
    bolder = read(texts, BOLD)
    again = {_place(c): said_by_most([r[_place(c)] for r in (*free, bolder)]) for c in texts}
    for c in figures:
        said = [r[_place(c)] for r in (*free, *told) if _place(c) in r]
        again[_place(c)] = voted_figure(said, c.signs, free=len(free), ratio=_place(c) in ratios)
    return again


def _ratios(found: Reading) -> frozenset[Place]:
    """Where ratios (7/9) stand: in rows and columns of which a third or more are some."""
    texts = {place: text for place, (text, _) in found.items() if text}
    slashed = {place for place, text in texts.items() if re.search(r"\d/\d", text)}
    share = [
        {k: sum(p[i] == k for p in slashed) / sum(p[i] == k for p in texts) for k in {p[i] for p in slashed}}
        for i in (0, 1)
    ]
    return frozenset(p for p in found if max(share[i].get(p[i], 0.0) for i in (0, 1)) > RATIOS)


def _is_figure(cut: Cut, found: Reading, columns: _Columns) -> bool:
    """Whether a cell of the body should be a figure: by its column, or as a sum under ticks.

    In a first column of mixed signs (I, 1, a) what was not read as a digit may be another sign.
    """
    (row, col), text = _place(cut), found[_place(cut)][0]
    if row < columns.head or cut.region.cols > 1:
        return False
    if columns.kind[col] == "tick":
        return text.lower() not in TICKS
    mixed = col == 0 and any(is_sign(t) for (_, c), (t, _) in found.items() if c == 0)
    return columns.kind[col] == "figure" and (text.isdigit() or not mixed)


def _doubtful(cut: Cut, found: Reading, *, ratio: bool) -> bool:
    text, sure = found[_place(cut)]
    return text != "-" and (sure < SURE_FIGURE or not fits(text, cut.signs, ratio=ratio))


def _in_runs(page: PageImage, cut: tuple[Cut, ...], settings: Settings) -> Reading:
    """Cells of one digit read as the digits of long numbers, as far as as many digits are seen as there are cells."""
    single = tuple(c for c in cut if c.signs == "0")
    if len(single) < 2:
        return {}
    pixels, lines = runs(single, page.dpi)
    seen = _seen(page, pixels, settings, BOLD, DIGITS)
    found: Reading = {}
    for top, bottom, cells in lines:
        words = [w for w in seen if top * BOLD.scale <= w.middle < bottom * BOLD.scale]
        digits = "".join(w.text for w in words)
        if len(digits) == len(cells):
            found |= {_place(c): (digit, _sure(words)) for c, digit in zip(cells, digits, strict=True)}
    return found


def _marks_restored(cut: tuple[Cut, ...], found: Reading, kind: list[Kind]) -> Reading:
    """Figures as the others of their column are written: with a mark that only ink shows, or the mark of the others.

    Decimals are written in one way all over a table.
    """
    figures = [c for c in cut if kind[c.region.col] == "figure" and "/" not in found[_place(c)][0]]
    inked = {_place(c): as_inked(found[_place(c)][0], c.signs) for c in figures}
    styles = Counter((col, style(text)) for (_, col), text in inked.items())
    trusted = {p: t for p, t in inked.items() if not style(t) or styles[p[1], style(t)] > 1}
    restored: Reading = {}
    for place in inked:
        text, sure = found[place]
        others = [style(t) for p, t in trusted.items() if p[1] == place[1] and p != place]
        decimals = [s for p, t in trusted.items() if (s := style(t)) in DECIMALS and p != place]
        new = as_others(trusted.get(place, text), others + decimals)
        if new != text:
            restored[place] = new, min(sure, GUESSED)
    return restored


def _ticks_by_looks(cut: tuple[Cut, ...], found: Reading, kind: list[Kind]) -> Reading:
    """Cells of columns of ticks that were passed over or read as something else, though they look like ticks."""
    in_ticks = [c for c in cut if kind[c.region.col] == "tick"]
    read = [c for c in in_ticks if found[_place(c)][0].lower() in TICKS][:MODELS]
    rest = [c for c in in_ticks if found[_place(c)][0].lower() not in TICKS]
    return {
        _place(c): (TICK, GUESSED)
        for c in rest
        if sum(likeness(c, tick) >= ALIKE for tick in read) >= len(read) / 4 > 0
    }


def on_strip(
    page: PageImage, cut: tuple[Cut, ...], settings: Settings, look: Look = PLAIN, letters: str = ""
) -> Reading:
    """Text and confidence of each cut, by the row and column of its region: all read at once, under each other."""
    if not cut:
        return {}
    pixels, placed = strip(cut, page.dpi)
    seen = _seen(page, pixels, settings, look, letters)
    slack = 0.04 * page.dpi
    found: Reading = {}
    for one in placed:
        low, high = (one.y - slack) * look.scale, (one.y + one.cut.pixels.shape[0] + slack) * look.scale
        words = [w for w in seen if low <= w.middle < high]
        if one.copies > 1:
            found[_place(one.cut)] = _one(words, one.copies)
        else:
            whole = _all_lines_read(one, words, look.scale)
            found[_place(one.cut)] = (
                " ".join(w.text for w in words),
                _sure(words) if whole else min(SPLIT, _sure(words)),
            )
    return found


def _all_lines_read(one: Placed, words: list[Seen], scale: float) -> bool:
    """Whether each line of ink of a cut has a word: the recogniser passes over one of two now and then."""
    inked = np.concatenate(([0], (one.cut.pixels < INK).any(axis=1).astype(np.int8), [0]))
    edges = np.flatnonzero(np.diff(inked)).reshape(-1, 2)
    tall = 0.6 * max((bottom - top for top, bottom in edges), default=0)  # marks over letters are no lines
    lines = ((one.y + (top + bottom) / 2) * scale for top, bottom in edges if bottom - top >= tall)
    return all(any(w.y0 <= line <= w.y1 for w in words) for line in lines)


def _seen(page: PageImage, pixels: Pixels, settings: Settings, look: Look, letters: str) -> tuple[Seen, ...]:
    """The words on a strip, their boxes in its pixels by the look's scale."""
    image = page.with_pixels(bold(pixels, look.bolder)).straightened(0.0, look.scale)
    return ocr.read(image, settings, mode=BLOCK, letters=letters)


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
