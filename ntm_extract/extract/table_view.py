"""A table as its readers see it: columns and rows with their roles, cells, and evidence for what a cell states."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from statistics import fmean

from ntm_extract.extract.evidence import QUOTE_LIMIT, uncalibrated
from ntm_extract.extract.table_heads import Column, caption_unit, columns, role_of, rows, value
from ntm_extract.facts import Evidence, Signals, Status
from ntm_extract.knowledge import Knowledge
from ntm_extract.layout.sheets import Sheet
from ntm_extract.model import Cell

SURE = 0.95  # of a cell's meaning where head and row are known


class View:
    """One table, read."""

    def __init__(self, doc_id: str, sheet: Sheet, knowledge: Knowledge, spoken: str | None) -> None:
        self.doc_id, self.sheet = doc_id, sheet
        self.knowledge, self.criteria_set = knowledge, spoken
        self.cols = columns(sheet, knowledge)
        self.rows = rows(sheet, self.cols, knowledge)
        self.owner = sheet.table.owner()

    @cached_property
    def unit(self) -> str:
        """The unit that the caption gives."""
        return caption_unit(self.sheet)

    @cached_property
    def status(self) -> Status:
        """Planned or reached, as the caption says; reached where it says nothing."""
        said = " ".join(self.sheet.table.caption)
        return "target" if role_of(said, self.knowledge.tables.status) == "target" else "achieved"

    def with_role(self, *roles: str) -> list[Column]:
        """The columns of these roles, from left to right."""
        return [c for c in self.cols if c.role in roles]

    def cell(self, row: int, col: int) -> Cell | None:
        """The cell at a place; None where the grid has a hole."""
        return self.owner.get((row, col))

    def text(self, row: int, col: int) -> str:
        """The text at a place."""
        cell = self.cell(row, col)
        return cell.text if cell is not None else ""

    def number(self, row: int, col: int, *, share: bool = False) -> Decimal | None:
        """The number at a place, read as the others of its column are written."""
        return value(self.text(row, col), [self.text(r.row, col) for r in self.rows], share=share)

    def _signals(self, cell: Cell) -> Signals:
        """What the reading of the cell, and of the rest of its row, says for and against it."""
        row = [c for c in self.sheet.table.cells if c.row == cell.row and c.text]
        return Signals(
            certainty=SURE,
            seen=cell.confidence,
            around=round(fmean(c.confidence for c in row), 4) if row else None,
            changed=float(cell.text != cell.recognised),
        )

    def evidence(self, row: int, col: int, label: str, rule: str) -> Evidence:
        """Evidence for the fact that the cell states of `label`."""
        cell = self.owner[row, col]
        head = self.sheet.path(col)
        lead = " – ".join(part for part in (label, head[-1] if head else "") if part)
        room = QUOTE_LIMIT - len(cell.text) - 2
        return Evidence(
            doc_id=self.doc_id,
            page=cell.page,
            line=None,
            box=cell.box,
            section="",
            quote=f"{lead[: max(0, room)]}: {cell.text}",
            quote_ocr=cell.recognised or cell.text,
            confidence=uncalibrated(SURE, cell.confidence),
            rule=rule,
            position=f"{self.sheet.number}:{cell.row}:{cell.col}",
            signals=self._signals(cell),
        )
