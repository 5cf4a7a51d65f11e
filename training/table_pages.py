"""A seeded set of scanned annex tables with their cells, and of text pages without any.

    python -m training.table_pages build/tables --seed 1

Three kinds of tables at four levels, four ways each: heads merged; continued over a page; rules broken on purpose on a
page turned by 90 degrees or in landscape; without rules or two to a page: sixty pages, and twelve of text.
Writes in/<name>.pdf and <name>.cells.csv (table, row, col, rowspan, colspan, text; none for pages of text).
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from training.compose import FONTS, report
from training.compose_world import World
from training.degrade import LEVELS, degrade
from training.samples_files import pdf
from training.samples_source import read_source
from training.table_contents import KINDS, Contents, Kind, contents
from training.typeset import A4, BOTTOM, LEFT, MM, PT, Piece, Placed, Sheet, Style, atoms, broken, set_line
from training.typeset_document import cell_spans, set_source
from training.typeset_draw import draw

GRADES = ("clean", "office", "poor", "fax")
Way = Literal["merged", "continued", "broken", "sideways", "bare", "two"]
"""What a document tries: see the module's head. "broken" is in landscape, "sideways" is broken too and lies turned."""

Page = NDArray[np.uint8]


class Annex(Struct, frozen=True):
    """What one document of the set is."""

    kind: Kind
    grade: str
    way: Way

    @property
    def name(self) -> str:
        """Of its files."""
        return f"{self.kind}_{self.grade}_{self.way}"


def plan() -> list[Annex]:
    """The forty-eight documents with tables."""
    found = []
    for i, kind in enumerate(KINDS):
        for j, grade in enumerate(GRADES):
            odd = (i + j) % 2 == 1
            ways: tuple[Way, ...] = ("merged", "continued", "sideways" if odd else "broken", "two" if odd else "bare")
            found += [Annex(kind, grade, way) for way in ways]
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description="Compose the set of annex tables.")
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    write(chosen.folder, chosen.seed)


def write(folder: Path, seed: int) -> None:
    """The whole set under `folder`; what is there is not made again."""
    (folder / "in").mkdir(parents=True, exist_ok=True)
    for number, annex in enumerate(plan()):
        path = folder / "in" / f"{annex.name}.pdf"
        if not path.exists():
            tables, pages = compose(annex, [seed, number])
            _write_cells(folder / f"{annex.name}.cells.csv", tables)
            pdf(pages, LEVELS[annex.grade].dpi, path)
    for number, grade in enumerate(GRADES):
        path = folder / "in" / f"text_{grade}.pdf"
        if not path.exists():
            pdf(text_pages(grade, folder, 1000 * seed + number), LEVELS[grade].dpi, path)


def text_pages(grade: str, folder: Path, seed: int) -> list[Page]:
    """Pages of a composed report without annexes: a head in two cells, lists, receivers beside who signs."""
    path = folder / f"text_{grade}.md"
    path.write_text(report(seed, annexed=False), encoding="utf-8")
    source = read_source(path)
    path.unlink()
    sheets = set_source(source)
    rng = np.random.default_rng(seed)
    chosen = [sheets[n] for n in sorted({0, 1, len(sheets) - 1})]
    return [degrade(_grey(draw(sheet, source.head.seal, rng)), LEVELS[grade], rng) for sheet in chosen]


def compose(annex: Annex, seed: list[int]) -> tuple[list[Contents], list[Page]]:
    """The tables of a document, and its pages as scanned."""
    rng = np.random.default_rng(seed)
    w = World(int(rng.integers(1 << 30)))
    font, points = FONTS[int(rng.integers(len(FONTS)))], float(rng.choice((10.5, 11, 11.5, 12)))
    wide = annex.way in ("broken", "sideways")
    rows = {"continued": 26, "two": 5, "broken": 10, "sideways": 10}.get(annex.way, 12)
    tables = [contents(annex.kind, w, rows, merged=annex.way != "bare")]
    if annex.way == "two":
        tables.append(contents("progress" if annex.kind == "budget" else "budget", w, 5))
    if any(len(t.widths) > 12 for t in tables):
        points = min(points, 10.5)
    setter = _Setter(font, points, landscape=wide, ruled=annex.way != "bare", rng=rng)
    setter.line(f"PHỤ LỤC {rng.integers(1, 9):02}", bold=True)
    setter.line(f"(Kèm theo Báo cáo số {w.whole(12, 700)}/BC-UBND ngày {w.day}/{w.month}/{w.year})", italic=True)
    for table in tables:
        split = len(table.rows) * 2 // 3 if annex.way == "continued" else len(table.rows)
        setter.table(table, split, repeated=bool(rng.integers(2)))
    return tables, [_scanned(annex, sheet, rng) for sheet in setter.sheets]


def _scanned(annex: Annex, sheet: Sheet, rng: np.random.Generator) -> Page:
    page = _grey(draw(sheet, "", rng))
    if annex.way in ("broken", "sideways"):
        _break_rules(page, sheet, rng)
    if annex.way == "sideways":
        page = np.rot90(page, int(rng.choice((1, 3)))).copy()
    return degrade(page, LEVELS[annex.grade], rng)


def _grey(page: NDArray[np.uint8]) -> Page:
    return np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), np.uint8)


def _break_rules(page: Page, sheet: Sheet, rng: np.random.Generator) -> None:
    """White gaps of one to four millimetres in a quarter of the borders."""
    for x0, y0, x1, y1 in sheet.rules:
        if rng.random() >= 0.25:
            continue
        size, at = rng.uniform(1, 4) * MM, rng.uniform(0.1, 0.9)
        x, y = x0 + at * (x1 - x0), y0 + at * (y1 - y0)
        half = size / 2 if y0 == y1 else 4
        high = 4 if y0 == y1 else size / 2
        page[max(0, int(y - high)) : int(y + high) + 1, max(0, int(x - half)) : int(x + half) + 1] = 255


class _Setter:
    """Sets captions and tables on sheets from top to bottom."""

    def __init__(self, font: str, points: float, *, landscape: bool, ruled: bool, rng: np.random.Generator) -> None:
        self.font, self.points, self.ruled, self.rng = font, points, ruled, rng
        self.size = A4[::-1] if landscape else A4
        self.double, self.open = bool(rng.random() < 0.2), bool(rng.random() < 0.2)
        self.sheets: list[Sheet] = []
        self._turn_over()

    def _turn_over(self) -> None:
        self.sheets.append(Sheet(self.size, [], [], [], floor=self.size[1] - BOTTOM))

    def line(self, text: str, *, align: str = "centre", bold: bool = False, italic: bool = False) -> None:
        """A line of text over the whole width."""
        sheet, style = self.sheets[-1], Style(self.font, 12.5, bold, italic)
        sheet.y += style.size * PT * 1.35
        sheet.lines.append(Placed(text, sheet.y, set_line(atoms(text, style), style, LEFT, sheet.width, align)))

    def table(self, table: Contents, split: int, *, repeated: bool) -> None:
        """A table with its caption, what is after row `split` on the next sheet, under the head again if `repeated`."""
        for text in table.caption:
            self.line(text, bold=text.isupper() or text.startswith("Biểu"), italic=text.startswith("("))
        if table.unit:
            self.line(table.unit, align="right", italic=True)
        self._rows(table, table.rows[:split])
        if split < len(table.rows):
            self._turn_over()
            self._rows(table, (*(table.rows[: table.head] if repeated else ()), *table.rows[split:]))
        for note in table.notes:
            self.line(note, align="left", italic=True)
        self.sheets[-1].y += 14 * PT

    def _rows(self, table: Contents, lines: tuple[tuple[str, ...], ...]) -> None:
        sheet, step = self.sheets[-1], self.points * PT * 1.2
        total = sum(table.widths)
        edges = [LEFT]
        for share in table.widths:
            edges.append(edges[-1] + share / total * sheet.width)
        pad = (3.0 if self.ruled else 5.5) * PT
        tops, spans = [sheet.y + 6 * PT], list(cell_spans(lines))
        set_cells = []
        heights = [step + 2 * pad] * len(lines)
        for row, col, rows, cols, text in spans:
            headed = lines[row] in table.rows[: table.head]
            style = Style(self.font, self.points, bold=headed or not lines[row][0].isdigit())
            room = edges[col + cols] - edges[col] - 2 * 3 * PT
            own = broken(atoms(text, style), style, room) if text else []
            set_cells.append((row, col, rows, cols, own, style, headed))
            if rows == 1:
                heights[row] = max(heights[row], len(own) * step + 2 * pad)
        for height in heights:
            tops.append(tops[-1] + height)
        if tops[-1] > sheet.floor:
            raise ValueError("the table is higher than its sheet")
        for row, col, rows, cols, own, style, headed in set_cells:
            first = tops[row] + (tops[row + rows] - tops[row] - len(own) * step) / 2 + 0.75 * step
            x, wide = edges[col] + 3 * PT, edges[col + cols] - edges[col] - 6 * PT
            align = "left" if not headed and col in table.left else "centre"
            if not self.ruled and not headed and col > max(table.left):
                align = "right"
            pieces = [
                Piece(p.x, p.text, p.style, p.dy + n * step)
                for n, words in enumerate(own)
                for p in set_line(words, style, x, wide, align)
            ]
            sheet.lines.append(Placed("", first, tuple(pieces)))
        if self.ruled:
            sheet.rules += self._rules(spans, edges, tops)
        sheet.y = tops[-1] + 4 * PT

    def _rules(
        self, spans: list[tuple[int, int, int, int, str]], edges: list[float], tops: list[float]
    ) -> list[tuple[float, float, float, float]]:
        found = []
        for row, col, rows, cols, _ in spans:
            x0, x1, y0, y1 = edges[col], edges[col + cols], tops[row], tops[row + rows]
            found += [(x0, y0, x1, y0), (x0, y1, x1, y1)]
            found += [(x, y0, x, y1) for x in (x0, x1) if not (self.open and x in (edges[0], edges[-1]))]
        if self.double:
            found += [(edges[0], y, edges[-1], y) for y in (tops[0] - 7, tops[-1] + 7)]
        return found


def _write_cells(path: Path, tables: list[Contents]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["table", "row", "col", "rowspan", "colspan", "text"])
        for number, table in enumerate(tables, 1):
            writer.writerows((number, *cell) for cell in cell_spans(table.rows))


if __name__ == "__main__":
    main()
