"""Text within tables as its cells were read: a line a row, its cells from left to right. No word of a page is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import reduce

from msgspec.structs import replace

from ntm_extract.model import Box, Cell, Line, Table, Word


def with_cells(lines: Sequence[Line], tables: Sequence[Table]) -> tuple[Line, ...]:
    """The lines of a page, those in tables made anew, a line a row, where the first of them stood.

    Cells are read apart from the page, lone digits and figures more than once: what they say counts, at the boxes of
    the page's words. A cell that was found empty keeps the page's words.
    """
    found: list[Line] = []
    inside: list[list[Word]] = [[] for _ in tables]
    places: dict[int, int] = {}  # of a table among the lines found
    for line in lines:
        if line.role != "body":
            found.append(line)
            continue
        owners = [_table_of(word.box, tables) for word in line.words]
        for i in sorted({i for i in owners if i is not None}):
            places.setdefault(i, len(found))
            inside[i] += [word for word, owner in zip(line.words, owners, strict=True) if owner == i]
        if rest := tuple(word for word, owner in zip(line.words, owners, strict=True) if owner is None):
            found.append(replace(line, words=rest))
    for i, table in enumerate(tables):
        if i not in places:  # the page's words passed over all of it
            top = table.box.y0 if table.box is not None else 0.0
            places[i] = sum(line.box is not None and line.box.y1 <= top for line in found)
    for i in sorted(places, key=lambda i: places[i], reverse=True):
        found[places[i] : places[i]] = _rows(tables[i], inside[i])
    return tuple(replace(line, number=number) for number, line in enumerate(found, 1))


def _table_of(box: Box | None, tables: Sequence[Table]) -> int | None:
    """Which table the middle of a box lies in."""
    if box is None:
        return None
    return next((i for i, t in enumerate(tables) if t.box is not None and _away(box, t.box) == 0), None)


def _away(box: Box, other: Box) -> float:
    """How far the middle of a box lies outside another."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return max(other.x0 - x, x - other.x1, 0.0) + max(other.y0 - y, y - other.y1, 0.0)


def _rows(table: Table, words: Iterable[Word]) -> list[Line]:
    """The table's rows as lines; each of the page's words is given to the cell that it lies in or nearest to."""
    boxed = [(cell, cell.box) for cell in table.cells if cell.box is not None]
    own: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        if word.box is not None and boxed:
            at = word.box
            cell = min(boxed, key=lambda one: _away(at, one[1]))[0]
            own.setdefault((cell.row, cell.col), []).append(word)
    rows: dict[int, list[Word]] = {}
    for cell in sorted(table.cells, key=lambda c: (c.row, c.col)):
        rows.setdefault(cell.row, []).extend(_said(cell, own.get((cell.row, cell.col), [])))
    return [Line(number=0, words=tuple(row), role="table") for row in rows.values() if row]


def _said(cell: Cell, own: list[Word]) -> list[Word]:
    """The cell's words, each with the box of the page's word that it is, or of those that it was read from."""
    parts = cell.text.split()
    if not parts or cell.box is None:
        return own
    words: list[Word] = []
    matcher = SequenceMatcher(None, [word.recognised for word in own], parts, autojunk=False)
    for _, first, end, begin, stop in matcher.get_opcodes():
        said, seen = parts[begin:stop], own[first:end]
        if "".join(said) == "".join(word.recognised for word in seen):  # the page shows gaps better
            words += seen
        elif len(said) == len(seen):
            words += [_word(text, word.box, cell) for text, word in zip(said, seen, strict=True)]
        else:
            near = seen or own[max(0, first - 1) : first + 1]
            words += [_word(text, _around(near) or cell.box, cell) for text in said]
    return words


def _word(text: str, box: Box | None, cell: Cell) -> Word:
    return Word(text=text, recognised=text, box=box, confidence=cell.confidence)


def _around(words: Sequence[Word]) -> Box | None:
    boxes = [word.box for word in words if word.box is not None]
    return reduce(Box.union, boxes) if boxes else None
