"""Columns and tables as declarations, and the columns that several tables share."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from msgspec import Struct

Value = str | int | float | Decimal | None
Row = Mapping[str, Value]
ColumnType = Literal["string", "integer", "number"]


class Column(Struct, frozen=True):
    """A column: `type` as in Frictionless Table Schema; `choices` where only these values (or none) occur."""

    name: str
    type: ColumnType
    description: str
    choices: tuple[str, ...] = ()


class Table(Struct, frozen=True):
    """A table and its columns, in the order of the file."""

    name: str
    description: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(c.name for c in self.columns)


def text(name: str, description: str, *choices: str) -> Column:
    """A column of text; of these choices only, if any."""
    return Column(name, "string", description, choices)


def integer(name: str, description: str) -> Column:
    """A column of whole numbers."""
    return Column(name, "integer", description)


def number(name: str, description: str) -> Column:
    """A column of numbers."""
    return Column(name, "number", description)


DOC_ID = text("doc_id", "first 16 hex digits of the file's SHA-256")
BOX = tuple(
    number(n, f"{side} edge of the {{what}} in PDF points from the page's top left; empty for text files")
    for n, side in (("x0", "left"), ("y0", "top"), ("x1", "right"), ("y1", "bottom"))
)


def box(what: str) -> tuple[Column, ...]:
    """The four edges of `what`."""
    return tuple(number(c.name, c.description.format(what=what)) for c in BOX)


OP = text("op", "comparison stated with the number", "=", ">", ">=", "<", "<=")
STATUS = text("status", "result reached, or target set", "achieved", "target")
PERIOD = text("period", "time that the figure is for, as the sentence or its list head states it")
