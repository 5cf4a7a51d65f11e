"""Sets a sample's source in the layout of Decree 30/2020/ND-CP: from blocks to sheets of placed lines.

Everything is in pixels at DPI; sheets are A4. Nothing is drawn here (typeset_draw does that), so the truth text, its
line numbers and the place of every fact are known without an image. Lines stand in reading order: page number, left
head cell, right head cell, body, footnotes; a row of a table is one line, its cells parted by tabs.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct
from PIL import ImageFont

from training.samples_source import Head, Source

DPI = 300
PT = DPI / 72
MM = DPI / 25.4
A4 = (2480, 3508)
LEFT, RIGHT, TOP, BOTTOM = 30 * MM, 16 * MM, 20 * MM, 19 * MM
RULE = 3

FONTS = {
    "Tinos": "/usr/share/fonts/truetype/croscore/Tinos-{}.ttf",
    "FreeSerif": "/usr/share/fonts/truetype/freefont/FreeSerif{}.ttf",
    "Termes": "/usr/share/texmf/fonts/opentype/public/tex-gyre/texgyretermes-{}.otf",
    "Chorus": "/usr/share/texmf/fonts/opentype/public/tex-gyre/texgyrechorus-mediumitalic.otf",
}
FACES = {
    "Tinos": ("Regular", "Bold", "Italic", "BoldItalic"),
    "FreeSerif": ("", "Bold", "Italic", "BoldItalic"),
    "Termes": ("regular", "bold", "italic", "bolditalic"),
}


class Style(Struct, frozen=True):
    """How a piece of text is set. `raised` is a footnote mark, `inked` is written by hand."""

    family: str
    size: float  # points
    bold: bool = False
    italic: bool = False
    raised: bool = False
    inked: bool = False

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        """The font at the size in which it is drawn."""
        if self.inked:
            return _load(FONTS["Chorus"], self.size * 1.15)
        face = FACES[self.family][self.bold + 2 * self.italic]
        return _load(FONTS[self.family].format(face), self.size * (0.62 if self.raised else 1))


@cache
def _load(path: str, points: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, points * PT, layout_engine=ImageFont.Layout.BASIC)


class Piece(Struct, frozen=True):
    """Text of one style at x (left edge) on its line; `dy` moves it against the line's baseline."""

    x: float
    text: str
    style: Style
    dy: float = 0


class Placed(Struct, frozen=True):
    """A line, or a row of a table, on its sheet: the characters of a block (-1: none) from `start` on."""

    text: str
    y: float  # baseline
    pieces: tuple[Piece, ...]
    block: int = -1
    start: int = 0


class Sheet(Struct):
    """One page; grows while it is being set."""

    size: tuple[int, int]
    lines: list[Placed]
    notes: list[Placed]
    rules: list[tuple[float, float, float, float]]  # x0, y0, x1, y1
    seal: tuple[float, float] | None = None  # centre
    signature: tuple[float, float] | None = None
    y: float = TOP
    floor: float = 0  # where footnotes begin

    @property
    def width(self) -> float:
        """Of the text column."""
        return self.size[0] - LEFT - RIGHT

    @property
    def reading(self) -> list[Placed]:
        """All lines in reading order."""
        return self.lines + self.notes


Atom = tuple[tuple[str, Style], ...]  # a word: its parts of one style each


def _width(atom: Atom) -> float:
    return sum(style.font.getlength(text) for text, style in atom)


def atoms(text: str, style: Style) -> list[Atom]:
    """Words of marked-up text, each with its styles. Footnote marks and **bold** may touch a word."""
    words: list[list[tuple[str, Style]]] = [[]]
    bold = style.bold
    for token in re.split(r"(\*\*|\[\^\d+\]|\{[^}]*\}| )", text):
        if token == "**":
            bold = not bold
        elif token == " ":
            words.append([])
        elif token.startswith("[^"):
            words[-1].append((token[2:-1], Style(style.family, style.size, raised=True)))
        elif token.startswith("{"):
            words[-1].append((token[1:-1], Style(style.family, style.size, inked=True)))
        elif token:
            words[-1].append((token, Style(style.family, style.size, bold, style.italic)))
    return [tuple(word) for word in words if word]


def plain(text: str) -> str:
    """Marked-up text as printed: the words joined by single spaces."""
    return " ".join("".join(part for part, _ in word) for word in atoms(text, Style("Tinos", 14)))


def broken(words: list[Atom], style: Style, width: float, indent: float = 0) -> list[list[Atom]]:
    """Greedy lines no wider than `width` (the first is shorter by `indent`)."""
    space = style.font.getlength(" ")
    lines: list[list[Atom]] = [[]]
    room = width - indent
    for word in words:
        need = _width(word) + (space if lines[-1] else 0)
        if lines[-1] and need > room:
            lines.append([])
            room, need = width, _width(word)
        lines[-1].append(word)
        room -= need
    return lines


def _pieces(line: list[Atom], style: Style, x: float, gap: float) -> tuple[Piece, ...]:
    pieces = []
    for word in line:
        for text, own in word:
            dy = -0.33 * own.size * PT if own.raised else 0
            pieces.append(Piece(x, text, own, dy))
            x += own.font.getlength(text)
        x += gap
    return tuple(pieces)


def set_line(line: list[Atom], style: Style, x: float, width: float, align: str) -> tuple[Piece, ...]:
    """One line at left edge x: "left", "centre", "right" or "full" (stretched to the width)."""
    space = style.font.getlength(" ")
    spare = width - sum(map(_width, line)) - space * (len(line) - 1)
    if align == "full" and len(line) > 1:
        return _pieces(line, style, x, space + spare / (len(line) - 1))
    return _pieces(line, style, x + {"centre": spare / 2, "right": spare}.get(align, 0), space)


def _text(line: list[Atom]) -> str:
    return " ".join("".join(text for text, _ in word) for word in line)


class Setter:
    """Fills sheets from top to bottom."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.head: Head = source.head
        self.sheets: list[Sheet] = []
        self.body = Style(self.head.font, self.head.size)
        self.new_sheet(landscape=False)

    @property
    def sheet(self) -> Sheet:
        """The one being filled."""
        return self.sheets[-1]

    def style(self, points: float, *, bold: bool = False, italic: bool = False) -> Style:
        """A style of the document's family."""
        return Style(self.head.font, points, bold, italic)

    def new_sheet(self, *, landscape: bool) -> None:
        """Go on to the next sheet, with its page number."""
        size = A4[::-1] if landscape else A4
        sheet = Sheet(size, [], [], [], floor=size[1] - BOTTOM)
        self.sheets.append(sheet)
        number, where = len(self.sheets), self.head.page_number
        if number == 1 or where == "none":
            return
        style = self.style(13)
        y = TOP if where == "top" else size[1] - 10 * MM
        pieces = set_line([((str(number), style),)], style, LEFT, sheet.width, "centre" if where == "top" else "right")
        (sheet.lines if where == "top" else sheet.notes).append(Placed(str(number), y, pieces))
        if where == "top":
            sheet.y += 20 * PT

    def write(
        self, text: str, style: Style, align: str, *, block: int = -1, indent: float = 0, inset: float = 0
    ) -> None:
        """A paragraph, over as many sheets as it needs, with the footnotes that it refers to."""
        step = style.size * PT * self.head.leading
        start = 0
        lines = broken(atoms(text, style), style, self.sheet.width - 2 * inset, indent)
        for number, line in enumerate(lines):
            marks = [t for word in line for t, own in word if own.raised]
            notes = [entry for mark in marks for entry in self._note(mark)]
            height = sum(self._note_step for _ in notes)
            if self.sheet.y + step > self.sheet.floor - height - (
                2 * self._note_step if notes and not self.sheet.notes else 0
            ):
                self.new_sheet(landscape=self.sheet.size[0] > self.sheet.size[1])
            self.sheet.y += step
            first, last = number == 0, number == len(lines) - 1
            shift = indent if first else 0
            how = "left" if align == "full" and last else align
            pieces = set_line(line, style, LEFT + inset + shift, self.sheet.width - 2 * inset - shift, how)
            self.sheet.lines.append(Placed(_text(line), self.sheet.y - 0.25 * step, pieces, block, start))
            start += len(_text(line)) + 1
            self._foot(notes)

    @property
    def _note_step(self) -> float:
        return 10 * PT * 1.18

    def _note(self, mark: str) -> list[tuple[int, int, list[Atom]]]:
        """Lines of a footnote: block, first character (its mark is not part of the block's text), words."""
        block = self.source.notes[mark]
        style = self.style(10)
        words = [((mark, Style(self.head.font, 10, raised=True)),), *atoms(self.source.blocks[block].text, style)]
        lines, start = [], -len(mark) - 1
        for line in broken(words, style, self.sheet.width):
            lines.append((block, max(0, start), line))
            start += len(_text(line)) + 1
        return lines

    def _foot(self, notes: list[tuple[int, int, list[Atom]]]) -> None:
        if not notes:
            return
        sheet = self.sheet
        at_bottom = [p for p in sheet.notes if p.block < 0]  # the page number stays last
        kept = [p for p in sheet.notes if p.block >= 0]
        rise = len(notes) * self._note_step
        kept = [Placed(p.text, p.y - rise, p.pieces, p.block, p.start) for p in kept]
        for index, (block, start, line) in enumerate(notes):
            y = sheet.size[1] - BOTTOM - (len(notes) - 1 - index) * self._note_step - 0.25 * self._note_step
            kept.append(Placed(_text(line), y, set_line(line, self.style(10), LEFT, sheet.width, "left"), block, start))
        sheet.notes = kept + at_bottom
        sheet.rules = [r for r in sheet.rules if r[0] != LEFT or r[2] != LEFT + 50 * MM]
        top = kept[0].y - self._note_step
        sheet.rules.append((LEFT, top, LEFT + 50 * MM, top))
        sheet.floor = top - 4 * PT

    def cell(self, text: str, style: Style, x: float, width: float, *, y: float, align: str = "centre") -> float:
        """Lines of a cell of the head or the foot from y down; returns the y below. Does not break sheets."""
        for line in broken(atoms(text, style), style, width):
            y += style.size * PT * 1.2
            baseline = y - 0.25 * style.size * PT
            self.sheet.lines.append(Placed(_text(line), baseline, set_line(line, style, x, width, align)))
        return y

    def rule(self, x: float, y: float, length: float) -> None:
        """A thin rule centred on x."""
        self.sheet.rules.append((x - length / 2, y, x + length / 2, y))
