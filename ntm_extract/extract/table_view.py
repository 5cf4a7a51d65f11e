"""A table as its readers see it: columns and rows with their roles, cells, and evidence for what a cell states."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property
from statistics import fmean

from msgspec import Struct

from ntm_extract.extract.evidence import QUOTE_LIMIT, uncalibrated
from ntm_extract.extract.table_heads import SIGNED, Column, columns, role_of, rows, value
from ntm_extract.extract.timing import NAMED
from ntm_extract.facts import Evidence, Op, Signals, Status
from ntm_extract.knowledge import Knowledge
from ntm_extract.layout.cells import said
from ntm_extract.layout.paragraphs import MARKER
from ntm_extract.layout.sheets import Sheet
from ntm_extract.model import Cell
from ntm_extract.text import dates
from ntm_extract.text.folding import folded, lowered

SIGNS: dict[str, Op] = {"≥": ">=", "≤": "<=", ">": ">", "<": "<", ">=": ">=", "<=": "<="}
TITLE_WORDS = 10
SURE = 0.95  # of a cell's meaning where head and row are known


class Figure(Struct, frozen=True):
    """What a cell states: a number or a ratio, its sign and the unit beside it."""

    value: Decimal | None
    op: Op = "="
    unit: str = ""
    num: int | None = None
    den: int | None = None


class View:
    """One table, read. `planned`: the document speaks of aims where nothing else is said."""

    def __init__(
        self, doc_id: str, sheet: Sheet, knowledge: Knowledge, spoken: str | None, *, planned: bool = False
    ) -> None:
        self.doc_id, self.sheet, self.planned = doc_id, sheet, planned
        self.knowledge, self.criteria_set = knowledge, spoken
        self.cols = columns(sheet, knowledge)
        self.rows = rows(sheet, self.cols, knowledge)
        self.owner = sheet.table.owner()

    @cached_property
    def unit(self) -> str:
        """The unit that the caption gives."""
        return self.knowledge.unit_notes.over(self.sheet.table.caption)

    @cached_property
    def status(self) -> Status:
        """Planned or reached, as the caption says; reached where it says nothing."""
        said = " ".join(self.sheet.table.caption)
        if self.planned:  # a plan's "vốn thực hiện" is none yet
            _, reached = self.knowledge.cue_patterns["section"]
            return "achieved" if reached.search(lowered(said)) else "target"
        return "target" if role_of(said, self.knowledge.tables.status) == "target" else "achieved"

    @cached_property
    def named(self) -> str:
        """What the line over the table calls it, without sign, brackets and dates; "" where it tells more."""
        for line in reversed(self.sheet.table.caption):
            sign = MARKER.match(line) or SIGNED.match(line)
            bare = re.sub(r"\([^()]*\)", " ", line[sign.end() if sign else 0 :])
            bare = " ".join(dates.SAID.sub(" ", bare).split()).strip(" :.;-")
            if bare and not self.knowledge.unit_notes.line.match(folded(bare)):
                said = bare.lower() if bare.isupper() else bare
                return "" if len(said.split()) > TITLE_WORDS and re.search(r"[.;:]\s|\d", said) else said
        return ""

    @cached_property
    def title(self) -> str:
        """The same, a long one cut."""
        cut = " ".join(self.named.split()[:TITLE_WORDS])
        return cut if cut == self.named else self.knowledge.wording.clean(cut)

    @cached_property
    def as_of(self) -> str | None:
        """The date or year that the lines over the table give."""
        return next((said for line in reversed(self.sheet.table.caption) if (said := moment(line))), None)

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

    def figure(self, row: int, col: int, *, share: bool = False) -> Figure | None:
        """The one figure that a cell states; None where it states none, or more."""
        found = said(self.text(row, col))
        if found is None or found["number"] is None:
            return None
        number, percent = found["number"].rstrip("%"), found["number"].endswith("%")
        op: Op = SIGNS.get(found["op"] or "", "=")
        unit = "%" if percent else (found["unit"] or "").strip()
        if "/" in number:
            num, _, den = number.partition("/")
            if not num.isdigit() or not den.isdigit():
                return None
            return Figure(None, op, unit, int(num), int(den))
        peers = [m["number"] for r in self.rows if (m := said(self.text(r.row, col))) and m["number"]]
        read = value(number, peers, share=share or percent)
        return Figure(read, op, unit) if read is not None else None

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
            line=cell.line,
            box=cell.box,
            section="",
            quote=f"{lead[: max(0, room)]}: {cell.text}",
            quote_ocr=cell.recognised or cell.text,
            confidence=uncalibrated(SURE, cell.confidence),
            rule=rule,
            position=f"{self.sheet.number}:{cell.row}:{cell.col}",
            signals=self._signals(cell),
        )


def moment(text: str) -> str | None:
    """The last date, month or year that a head or label names as its own, as ISO."""
    low = lowered(text)
    named = [w.iso for w in dates.find(low) if w.iso and not NAMED.search(low[: w.start])]
    if not named and (bare := dates.BARE_YEAR.fullmatch(low.strip())):
        return bare.group()
    return named[-1] if named else None
