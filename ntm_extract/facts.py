"""What we say that a document states: one class a table, each row with its evidence.

The fields, in order, are the columns of CONTRACT (docs/data-dictionary.md), each described in outputs/schema/.
Numbers are Decimal, so that what was printed is what is kept.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from ntm_extract.model import Box

CRITERIA = 19
"""How many there are in each set."""
Op = Literal["=", ">", ">=", "<", "<="]
Status = Literal["achieved", "target"]


class Signals(Struct, frozen=True, kw_only=True):
    """What speaks for and against a reading, before checks: from it the confidence is worked out."""

    certainty: float  # of the rule, 0..1
    seen: float | None = None  # least confidence of the recogniser in the words of the number; None for plain text
    around: float | None = None  # mean confidence in the words of the quote
    changed: float = 0.0  # share of the quote's words that repair changed
    margin: float | None = None  # least margin by which repair decided in the quote
    near: float | None = None  # the same of the words that touch the number


class Evidence(Struct, frozen=True, kw_only=True):
    """Where a fact stands and why we believe it. `position` identifies its number in the text as recognised."""

    doc_id: str
    page: int
    line: int | None
    box: Box | None
    section: str
    quote: str
    quote_ocr: str
    confidence: float
    rule: str
    position: str
    signals: Signals | None = None  # None where another stage states the confidence itself

    def __post_init__(self) -> None:
        if not self.quote or not self.rule or not self.doc_id:
            raise ValueError("a fact needs a document, a quote and a rule")
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence out of 0..1: {self.confidence}")

    @property
    def cell(self) -> tuple[int, int, int] | None:
        """(table, row, column) of a fact that stands in a cell of a table; None for one of running text."""
        parts = self.position.split(":")
        return (int(parts[0]), int(parts[1]), int(parts[2])) if len(parts) == 3 else None

    def beside(self, other: Evidence) -> bool:
        """Whether both stand in running text, on the same line or on neighbouring ones of a page."""
        if self.line is None or other.line is None or self.page != other.page or self.cell or other.cell:
            return False
        return abs(self.line - other.line) <= 1


class Fact(Struct, frozen=True, kw_only=True):
    """A row of a fact table. Its identity does not hang on value, label, rule or repair: corrections survive."""

    evidence: Evidence

    @property
    def table(self) -> str:
        """Name of the table that it belongs to."""
        return TABLE_OF[type(self)]

    @property
    def fact_id(self) -> str:
        """First 16 hex digits of a hash over document, table, scope, page and position."""
        e = self.evidence
        key = "|".join((e.doc_id, self.table, str(getattr(self, "scope", "")), str(e.page), e.position))
        return hashlib.sha256(key.encode()).hexdigest()[:16]


class Criteria(Fact, frozen=True, kw_only=True):
    """A count of the national set of new-rural criteria."""

    scope: Literal["criterion", "band", "unit", "average", "standard"]
    criterion: int | None = None
    level: str | None = None
    criteria_set: str | None = None
    change: Literal["total", "increment"] = "total"
    op: Op = "="
    count: int | None = None
    total: int | None = None
    unit: str | None = None
    band_min: int | None = None
    band_max: int | None = None
    value: Decimal | None = None
    status: Status = "achieved"
    as_of: str | None = None
    places: tuple[str, ...] = ()
    failing: tuple[str, ...] = ()  # communes named as not meeting the criterion

    def __post_init__(self) -> None:
        if self.criterion is not None and not 1 <= self.criterion <= CRITERIA:
            raise ValueError(f"no such criterion: {self.criterion}")


class Percentage(Fact, frozen=True, kw_only=True):
    """A percentage, a per mille, or an a/b ratio."""

    value: Decimal | None
    unit: Literal["%", "‰"] = "%"
    op: Op = "="
    num: Decimal | None = None
    den: Decimal | None = None
    of: str | None = None
    label: str = ""
    status: Status = "achieved"
    period: str | None = None

    @property
    def computed(self) -> Decimal | None:
        """100 · num / den (1000 for ‰), to four decimals."""
        if self.num is None or not self.den:
            return None
        return ((1000 if self.unit == "‰" else 100) * self.num / self.den).quantize(Decimal("0.0001"))


class Budget(Fact, frozen=True, kw_only=True):
    """An amount of money in whole đồng."""

    amount_vnd: int
    op: Op = "="
    per: str | None = None
    label: str = ""
    source: str | None = None
    capital: Literal["đầu tư", "sự nghiệp"] | None = None
    status: Status = "achieved"
    period: str | None = None
    parent: int | None = None
    parent_id: str | None = None


class Quantity(Fact, frozen=True, kw_only=True):
    """Any other measured or counted value."""

    value: Decimal
    unit: str
    op: Op = "="
    label: str = ""
    status: Status = "achieved"
    period: str | None = None


class LegalRef(Fact, frozen=True, kw_only=True):
    """A document that this document cites, at its first mention."""

    kind: str
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    name: str | None = None

    def __post_init__(self) -> None:
        if not self.number and not self.name:
            raise ValueError("a legal reference needs a number or a name")


TABLE_OF: dict[type[Fact], str] = {
    Criteria: "criteria",
    Percentage: "percentages",
    Budget: "budgets",
    Quantity: "quantities",
    LegalRef: "legal_refs",
}


class Head(Struct, frozen=True, kw_only=True):
    """What head and foot of the document say of itself. Bare names; `YYYY-MM` where the day can't be read.

    `head_ocr` is there only where number or day could not be read surely: their lines as recognised.
    """

    kind: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    province: str | None = None
    district: str | None = None
    commune: str | None = None
    place_code: str | None = None
    signer: str | None = None
    head_ocr: str | None = None


class PlaceMention(Struct, frozen=True, kw_only=True):
    """An administrative unit named in the document: at which page first, how often."""

    page: int
    name: str
    kind: Literal["tỉnh", "huyện", "xã", "bản"]
    code: str | None = None
    code_2025: str | None = None
    count: int = 1


class Uncounted(Struct, frozen=True):
    """A printed number that ended in no row, and why.

    "head" stands for head and foot, "qualifier" for a part of another row, "unread" for what looks like a figure and
    was not understood.
    """

    page: int
    line: int
    printed: str
    reason: str


class Extraction(Struct, frozen=True, kw_only=True):
    """Everything read out of one document."""

    head: Head = Head()
    criteria: tuple[Criteria, ...] = ()
    percentages: tuple[Percentage, ...] = ()
    budgets: tuple[Budget, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    legal_refs: tuple[LegalRef, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All rows of the fact tables."""
        return (*self.criteria, *self.percentages, *self.budgets, *self.quantities, *self.legal_refs)
