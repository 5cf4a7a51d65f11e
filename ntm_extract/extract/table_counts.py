"""Criteria out of a table of counts: communes that meet each criterion, criteria that each commune meets, communes at a
level or in a band by district."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from ntm_extract.extract.standards import named_level
from ntm_extract.extract.table_criteria import number_of
from ntm_extract.extract.table_heads import NAMING, Column, Row, plain
from ntm_extract.extract.table_view import Figure, View, moment
from ntm_extract.facts import CRITERIA, Criteria, Fact, Percentage
from ntm_extract.text.folding import folded, lowered

NOT_COUNTED = (*NAMING, "label", "mark", "source", "money")
"""Roles of columns that count no communes or criteria."""
LEAST = 3  # rows named as criteria from which a table is by criterion
MOST = 0.5  # share of the rows that must be so
COMMUNES = re.compile(r"(?<!\w)(?:xa|don vi|dia phuong)(?!\w)")
OF_CRITERIA = re.compile(r"(?<!\w)(?:tieu chi|tc)(?!\w)")
FAILED = re.compile(r"(?<!\w)(?:chua|khong|con lai|con thieu)(?!\w)")
UNITS = ("", "xa", "tieu chi", "tc", "thi tran")
"""What may stand beside a count in its cell, without marks."""
MEAN = re.compile(r"(?<!\w)(?:binh quan|bq|trung binh)(?!\w)|tieu chi ?/ ?xa|tc ?/ ?xa")
ADDED = re.compile(r"(?<!\w)(?:moi|them|tang|trong nam)(?!\w)")
NEW_RURAL = re.compile(r"(?<!\w)(?:xay dung )?nong thon moi(?!\w)")
TOLD = re.compile(r"(?<!\w)(?:ntm|dat chuan|ve dich|can dich|nang cao|kieu mau|cong nhan)(?!\w)")
BAND = re.compile(
    r"""(?:(?:so\ )?xa\ )?(?:dat\ )?(?:
      (?:duoi|<)\ ?(?P<under>\d{1,2})
    | (?:tu|>=)\ ?(?P<least>\d{1,2})(?:\ (?:tieu\ chi|tc))?\ tro\ len
    | (?:tu\ )?(?P<low>\d{1,2})\ ?(?:-|den)\ ?(?P<high>\d{1,2})
    | (?P<one>\d{1,2}))(?:/19)?\ (?:tieu\ chi|tc)""",
    re.VERBOSE,
)


Maker = Callable[[Row, Figure, Column], Fact | None]
"""What makes a fact of a row, the figure in it, and the figure's column."""


class Counts:
    """The counts of one table."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.found: list[Fact] = []
        self.taken: dict[int, str] = {}
        self.levels: dict[int, str] = {}  # by column
        self.columns = [c for c in view.cols if c.role not in NOT_COUNTED]
        self.head = plain(next((c.name for c in view.cols if c.role == "label"), ""))
        self.heads = plain(" ".join(c.name for c in view.cols))
        self.caption = plain(" ".join(view.sheet.table.caption))
        words = sorted((plain(w) for w in view.knowledge.tables.recognised), key=len, reverse=True)
        self.standard = re.compile(rf"(?:(?:{'|'.join(map(re.escape, words))}|\d+|/|%)(?: |$))+")
        self.named = {r.row: n for r in view.rows if (n := number_of(r.label, r.index, view.knowledge))}
        self.bands = {r.row: b for r in view.rows if (b := band(r.label))}

    def read(self) -> None:
        """Read what the rows make of the columns."""
        rows = [r for r in self.view.rows if r.label and not r.total]
        if len(set(self.named.values())) >= LEAST and len(self.named) >= MOST * len(rows):
            self._by_criterion()
            return
        for column in self.columns:
            if column.role in ("rate", "portion", "change"):
                continue
            said = _said(column)
            if FAILED.search(said):
                continue
            if len(self.bands) >= 2 and COMMUNES.search(said):
                self._column(column, "xã", self._band_row)
            elif (inner := band(column.name)) and COMMUNES.search(f"{self.heads} {self.caption}"):
                self._column(column, "xã", partial(self._band, inner=inner))
            elif self._says_criteria(column, said) and self._of_communes(column, said):
                self._column(column, "tiêu chí", self._mean if MEAN.search(said) else self._unit)
            elif level := self._level(column, said):
                self.levels[column.col] = level
                self._column(column, "xã", self._standard)

    def _column(self, column: Column, unit: str, make: Maker) -> None:
        facts: list[Fact] = []
        for row in self.view.rows:
            figure = self.view.figure(row.row, column.col)
            if figure is None or not row.label or plain(figure.unit) not in UNITS:
                continue
            fact = make(row, figure, column)
            if fact is not None:
                facts.append(fact)
        if facts:
            self.taken[column.col] = unit
            self.found += facts

    def _by_criterion(self) -> None:
        for column in self.columns:
            said = _said(column)
            if FAILED.search(said):
                continue
            communes = re.search(r"(?<!\w)xa(?!\w)", said) or (
                (column.role in ("count", "plan", "result") or moment(column.name))
                and re.search(r"so xa|cac xa|xa dat", self.caption)
            )
            if (
                communes
                and column.role not in ("rate", "portion", "change", "total")
                and not column.unit.startswith("%")
            ):
                self._column(column, "xã", self._criterion)

    def _criterion(self, row: Row, figure: Figure, column: Column) -> Fact | None:
        number = self.named.get(row.row)
        if number is None:
            return self._closing(row, figure, column)
        count = whole(figure)
        if count is None:
            return None
        return self._made(row, column, scope="criterion", criterion=number, count=count, total=figure.den, unit="xã",
                          op=figure.op)  # fmt: skip

    def _closing(self, row: Row, figure: Figure, column: Column) -> Fact | None:
        """A row under the criteria: their mean a commune, or how many of all are met."""
        said = plain(row.label)
        if not OF_CRITERIA.search(said):
            return None
        if MEAN.search(said):
            return self._mean(row, figure, column)
        if figure.den is None or self._shared(row, column):
            return None
        return Percentage(
            evidence=self.view.evidence(row.row, column.col, row.label, "table ratio"),
            value=None,
            num=Decimal(figure.num or 0),
            den=Decimal(figure.den),
            of="tiêu chí",
            label=row.label,
            status=column.status or self.view.status,
        )

    def _shared(self, row: Row, column: Column) -> bool:
        """Whether a share is printed beside a ratio, which then states it."""
        rates = (c for c in self.view.with_role("rate") if c.col > column.col)
        return any(self.view.figure(row.row, c.col, share=True) is not None for c in rates)

    def _says_criteria(self, column: Column, said: str) -> bool:
        """Whether a column tells of criteria: by its head, or by the caption over years, plans and results."""
        told = column.role in ("plan", "result") or moment(column.name) is not None
        return bool(OF_CRITERIA.search(said) or (told and re.search(r"so (?:tieu chi|tc)", self.caption)))

    def _of_communes(self, column: Column, said: str) -> bool:
        """Whether the rows are communes, so that a column of criteria tells how many each has; a mean is of any."""
        if MEAN.search(said):
            return True
        labels = [plain(r.label) for r in self.view.rows if r.label and not r.total]
        communes = (
            re.search(r"(?<!\w)xa(?!\w)", self.head) or sum(t.startswith("xa ") for t in labels) > len(labels) / 2
        )
        if not communes and not (
            COMMUNES.search(self.head) and re.search(r"(?<!\w)(?:cac |tung |theo )xa(?!\w)", self.caption)
        ):
            return False
        said_all = [f for r in self.view.rows if self._is_place(r) and (f := self.view.figure(r.row, column.col))]
        return bool(said_all) and all((n := whole(f)) is not None and n <= (f.den or CRITERIA) <= 60 for f in said_all)

    def _unit(self, row: Row, figure: Figure, column: Column) -> Fact | None:
        if MEAN.search(plain(row.label)):
            return self._mean(row, figure, column)
        count = whole(figure)
        if count is None or not self._is_place(row):
            return None
        name = re.sub(r"(?i)^xã\s+", "", row.label)
        return self._made(row, column, scope="unit", count=count, total=figure.den, places=(name,), op=figure.op)

    @staticmethod
    def _is_place(row: Row) -> bool:
        """Whether a row is one commune, not their sum or mean."""
        said = plain(row.label)
        return bool(said) and not row.total and not MEAN.search(said) and not re.match(r"(?:tong|cong|toan)\b", said)

    def _mean(self, row: Row, figure: Figure, column: Column) -> Fact | None:
        if figure.value is None or figure.value > CRITERIA:
            return None
        return self._made(row, column, scope="average", value=figure.value, op=figure.op)

    def _level(self, column: Column, said: str) -> str | None:
        """At which level a column counts communes; sums of what the column before it counts are at the same."""
        if not self.standard.fullmatch(said):
            return None
        if said.startswith("luy ke") and column.col - 1 in self.levels and not TOLD.search(said):
            return self.levels[column.col - 1]
        if not re.search(r"(?<!\w)xa(?!\w)", said) or not TOLD.search(said):
            return None
        return named_level(lowered(" ".join(column.path))) or "nông thôn mới"

    def _standard(self, row: Row, figure: Figure, column: Column) -> Fact | None:
        count = whole(figure)
        if count is None:
            return None
        said = _said(column)
        level = self.levels[column.col]
        added = "increment" if ADDED.search(said) and not re.search(r"luy ke|tong so", said) else "total"
        return self._made(row, column, scope="standard", level=level, count=count, total=figure.den, unit="xã",
                          change=added, op=figure.op)  # fmt: skip

    def _band_row(self, row: Row, figure: Figure, column: Column) -> Fact | None:
        inner = self.bands.get(row.row)
        return self._band(row, figure, column, inner) if inner else None

    def _band(self, row: Row, figure: Figure, column: Column, inner: tuple[int | None, int | None]) -> Fact | None:
        count = whole(figure)
        if count is None:
            return None
        return self._made(row, column, scope="band", count=count, total=figure.den, unit="xã", band_min=inner[0],
                          band_max=inner[1], op=figure.op)  # fmt: skip

    def _made(self, row: Row, column: Column, **fields: object) -> Criteria:
        return Criteria(
            evidence=self.view.evidence(row.row, column.col, row.label, "table count"),
            criteria_set=self.view.criteria_set,
            status=column.status or self.view.status,
            as_of=moment(column.name) or moment(row.label) or self.view.as_of,
            **fields,  # type: ignore[arg-type]
        )


def _said(column: Column) -> str:
    """The words of a column's head, "NTM" for the long name."""
    return NEW_RURAL.sub("ntm", " ".join(plain(" ".join([*column.path, column.unit])).replace("/", " / ").split()))


def band(text: str) -> tuple[int | None, int | None] | None:
    """Least and most criteria that a label or head names: "10 - 14 tiêu chí", "dưới 5 TC"; None where it names none."""
    said = BAND.fullmatch(" ".join(folded(re.sub(r"[–−÷]", "-", text)).split()))
    if said is None:
        return None
    if said["under"]:
        return None, int(said["under"]) - 1
    if said["least"]:
        return int(said["least"]), None
    return int(said["low"] or said["one"]), int(said["high"] or said["one"])


def whole(figure: Figure) -> int | None:
    """The count that a cell states, alone or out of a total; None of a number with decimals."""
    if figure.den is not None:
        return figure.num if figure.num is not None and figure.num <= figure.den else None
    return int(figure.value) if figure.value is not None and figure.value == int(figure.value) else None


def counts(view: View) -> tuple[list[Fact], dict[int, str]]:
    """The counts of criteria, and the columns that hold them with what they count."""
    reader = Counts(view)
    reader.read()
    return reader.found, reader.taken
