"""Repair of the text of table cells: known phrases first, marks of single words, signs of rows.

A cell is short, so the language model has little to go by: what it proposes counts only where letters stay and marks
change ("Chuyến tiếp" to "Chuyển tiếp"). A long phrase is known though one letter is wrong ("Doanh nghiện"). Figures,
ticks and signs that are numbers are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec.structs import replace
from rapidfuzz.distance import Levenshtein

from ntm_extract.layout.numbering import BARE, numbered, readings
from ntm_extract.layout.sheets import Sheet, sheets
from ntm_extract.model import Box, Cell, Document, Line, Table, Word
from ntm_extract.repair.repairer import Repairer, repair_lines
from ntm_extract.text.folding import folded

LETTERS = 3  # the least that a phrase must have to be known by its letters alone
BRACKET = re.compile(r"(.*?)\s*(\([^()]*\))?", re.DOTALL)
SIGNS = 0.6  # share of signs from which the first column numbers the rows
UNREAD = 0.35  # confidence up to which a sign counts as unread
LONG = 8  # letters from which a phrase is known though one of them was misread


def phrases(known: Iterable[str]) -> dict[str, str]:
    """Phrases by their letters without marks, case and spaces; those that share their letters are left out."""
    found: dict[str, set[str]] = {}
    for phrase in known:
        found.setdefault(_letters(phrase), set()).add(phrase)
    one = {letters: min(spelt) for letters, spelt in found.items() if len({s.lower() for s in spelt}) == 1}
    return {letters: phrase for letters, phrase in one.items() if len(letters) >= LETTERS}


def repair_tables(tables: tuple[Table, ...], known: Mapping[str, str], repairer: Repairer) -> tuple[Table, ...]:
    """The tables with the text of their cells repaired; what was recognised stays beside it."""
    texts = {cell.text for table in tables for cell in table.cells if _may_be_phrase(cell.text)}
    new = {text: phrase for text in texts if (phrase := _phrase(text, known))}
    rest = sorted(text for text in texts - set(new) if _is_words(text))
    lines = tuple(
        Line(number=i, words=tuple(Word(text=w, recognised=w, confidence=0.9) for w in text.split()))
        for i, text in enumerate(rest, start=1)
    )
    for text, line in zip(rest, repair_lines(lines, repairer) if lines else (), strict=True):
        if _letters(line.text) == _letters(text):
            new[text] = line.text
    return tuple(replace(table, cells=tuple(_told(cell, new) for cell in table.cells)) for table in tables)


def with_signs(document: Document) -> Document:
    """The document with the signs of its tables' rows as their sequence has them, over all pages of a table.

    So signs are known that were lost or read as letters.
    """
    new = {place: text for sheet in sheets(document) for place, text in _signs(sheet).items()}
    if not new:
        return document

    def told(table: Table) -> Table:
        cells = tuple(
            replace(c, text=new.get((c.page, c.line, c.box), c.text)) if c.col == 0 else c for c in table.cells
        )
        return replace(table, cells=cells)

    pages = tuple(replace(page, tables=tuple(map(told, page.tables))) for page in document.pages)
    return replace(document, pages=pages)


def _signs(sheet: Sheet) -> dict[tuple[int, int | None, Box | None], str]:
    """What the signs of a table's rows should be, by page and line or box, where they were read otherwise."""
    column = [cell for cell in sheet.table.cells if cell.col == 0 and cell.col_span == 1 and cell.row >= sheet.head]
    filled = [cell for cell in column if cell.text]
    if sum(bool(readings(cell.text.strip(BARE))) for cell in filled) < SIGNS * max(1, len(filled)):
        return {}
    read = [cell.text if cell.confidence > UNREAD or cell.text.isdigit() else "" for cell in column]
    placed = numbered(read, [bool(cell.text) or cell.confidence < 1 for cell in column])
    return {
        (cell.page, cell.line, cell.box): one.sign.text
        for cell, one in zip(column, placed, strict=True)
        if one.sign and not cell.text.isdigit() and cell.text.strip(BARE) != one.sign.text
    }


def _phrase(text: str, known: Mapping[str, str]) -> str | None:
    """The phrase that a text is: all its letters, of a long one all but one; what follows in brackets stays."""
    said, bracket = BRACKET.fullmatch(text).groups()  # type: ignore[union-attr]
    letters = _letters(said.replace("0", "o"))
    found = known.get(letters)
    if found is None and len(letters) >= LONG:
        near = [known[other] for other in known if Levenshtein.distance(letters, other, score_cutoff=1) <= 1]
        found = near[0] if len(near) == 1 else None
    return found and _in_case(found, said) + (f" {bracket}" if bracket else "")


def _told(cell: Cell, new: Mapping[str, str]) -> Cell:
    return replace(cell, text=new[cell.text]) if cell.text in new else cell


def _may_be_phrase(text: str) -> bool:
    """Whether a cell holds words, perhaps with an o read as 0, perhaps with a unit in brackets after them."""
    said = BRACKET.fullmatch(text).group(1)  # type: ignore[union-attr]
    return _is_words(said.replace("0", "o")) and sum(c.isalpha() for c in said) >= LETTERS


def _is_words(text: str) -> bool:
    """Whether a cell holds words and nothing else but commas and dashes between them."""
    return len(text) >= LETTERS and any(c.isalpha() for c in text) and all(c.isalpha() or c in " ,-." for c in text)


def _letters(text: str) -> str:
    return "".join(c for c in folded(text) if c.isalnum())


def _in_case(phrase: str, as_read: str) -> str:
    if as_read.isupper():
        return phrase.upper()
    first = phrase[:1].upper() if as_read[:1].isupper() else phrase[:1]
    return first + phrase[1:]
