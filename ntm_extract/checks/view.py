"""A document's facts as the checks look at them: by identity, with the numbers as printed, and how many communes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property, wraps
from typing import Any, NamedTuple, TypeVar

from ntm_extract.facts import Budget, Criteria, Extraction, Fact, Percentage, Quantity
from ntm_extract.text import numbers

T = TypeVar("T")
SCALES = tuple(Decimal(10) ** power for power in (0, 3, 6, 9, 12, 4))
NUMBERS: Mapping[type[Fact], tuple[str, ...]] = {
    Criteria: ("count", "total", "value"),
    Percentage: ("num", "den", "value"),
    Budget: ("amount_vnd",),
    Quantity: ("value",),
}
"""The fields that hold printed numbers, by class of fact."""
COMMUNE = "xã"
OF_ALL = ("criterion", "band", "standard")
"""Scopes of a count whose total is all communes."""
AGREED = 0.7  # share of the totals that must be the same for a document to have one number of communes


class Limit(NamedTuple):
    """What an indicator can be: the least and the greatest value that was ever true of one."""

    name: str
    table: str
    field: str
    pattern: re.Pattern[str]  # of label, quote, unit and rate, in lower case
    low: Decimal
    high: Decimal


class Printed(NamedTuple):
    """A number as it stands in the quote, and the scale of its unit ("4,1 tỷ": 10^9)."""

    text: str
    scale: Decimal

    @property
    def rounded(self) -> bool:
        """Whether it has decimals, so that it may be a rounded figure."""
        return self.step < self.scale

    @property
    def step(self) -> Decimal:
        """The unit of its last digit."""
        value = numbers.read(self.text) or Decimal(0)
        return Decimal(1).scaleb(int(value.as_tuple().exponent)) * self.scale


class Counted(NamedTuple):
    """What a count is of: two counts of the same at one time must be one figure."""

    scope: str
    criterion: int | None
    level: str | None
    band: tuple[int | None, int | None]
    who: str  # what is counted, communes or districts; the commune whose criteria are


class View:
    """Facts of one document. Built once for all checks; nothing here changes."""

    def __init__(self, extraction: Extraction, limits: tuple[Limit, ...] = ()) -> None:
        self.extraction = extraction
        self.limits = limits
        self.kept: dict[Callable[[View], Any], Any] = {}  # what `once` has worked out
        self.by_id: dict[str, Fact] = {fact.fact_id: fact for fact in extraction.facts}

    @cached_property
    def told(self) -> tuple[Budget, ...]:
        """The money of the running text, in reading order."""
        return tuple(fact for fact in self.extraction.budgets if fact.evidence.cell is None)

    @cached_property
    def lone_shares(self) -> tuple[Percentage, ...]:
        """The percentages of the running text that stand without the ratio that they are of."""
        return tuple(
            p
            for p in self.extraction.percentages
            if p.value is not None and p.num is None and p.op == "=" and p.unit == "%" and p.evidence.cell is None
        )

    @cached_property
    def communes(self) -> int | None:
        """How many communes the document speaks of: the total that its counts agree on."""
        return agreed(total for _, _, total in self.totals if total == int(total))

    @cached_property
    def totals(self) -> tuple[tuple[str, str, Decimal], ...]:
        """What is printed as the number of all communes: (fact_id, field, value)."""
        counts = (
            (fact.fact_id, "total", Decimal(fact.total))
            for fact in self.extraction.criteria
            if fact.total and of_all(fact) and (fact.unit or COMMUNE) == COMMUNE
        )
        shares = self.extraction.percentages
        return (
            *counts,
            *((one.fact_id, "den", one.den) for one in shares if one.of == COMMUNE and one.den is not None),
        )

    def numbers(self) -> Iterator[tuple[Fact, str, Decimal]]:
        """Every number of every fact: (fact, field, value)."""
        for fact in self.extraction.facts:
            for field in NUMBERS.get(type(fact), ()):
                value = getattr(fact, field)
                if value is not None:
                    yield fact, field, Decimal(value)


def once(function: Callable[[View], T]) -> Callable[[View], T]:
    """A function of a view that several checks ask for: worked out once a view."""

    @wraps(function)
    def kept(view: View) -> T:
        if function not in view.kept:
            view.kept[function] = function(view)
        found: T = view.kept[function]
        return found

    return kept


def of_all(fact: Criteria) -> bool:
    """Whether a count is out of all communes; levels and bands in rows of a table are out of a district's."""
    return fact.scope in OF_ALL and (fact.evidence.cell is None or fact.scope == "criterion")


def counted(view: View, fact: Criteria) -> Counted | None:
    """What a plain count of all communes, or of one commune's criteria, is of; None for any other."""
    if fact.count is None or fact.change != "total" or fact.op != "=" or fact.scope == "average":
        return None
    if fact.scope == "unit":
        if len(fact.places) != 1:
            return None
        return Counted(fact.scope, None, fact.level, (None, None), fact.places[0].casefold())
    if not of_all(fact) or fact.total not in (None, view.communes):
        return None  # of other communes than all
    return Counted(fact.scope, fact.criterion, fact.level, (fact.band_min, fact.band_max), fact.unit or COMMUNE)


def agreed(totals: Iterable[Decimal | int]) -> int | None:
    """The total that most of several are; None where they do not agree."""
    counted = Counter(map(int, totals))
    total, count = counted.most_common(1)[0] if counted else (0, 0)
    return total if count >= 2 and count >= AGREED * counted.total() else None


def printed(fact: Fact, field: str) -> Printed:
    """How a number of a fact is printed: as found in its quote, else as it would be."""
    value, quote = Decimal(getattr(fact, field)), fact.evidence.quote
    if fact.evidence.cell is not None:
        quote = quote.rpartition(": ")[2]  # the cell, without what its row and column are called
    found = [
        Printed(match[0], scale)
        for match in numbers.NUMBER.finditer(quote)
        for scale in (SCALES if isinstance(fact, Budget | Quantity) else SCALES[:1])
        if value in (said * scale for said in _readings(match[0], money=isinstance(fact, Budget)))
    ]
    if found:
        return found[-1] if field in ("den", "total") else found[0]
    return Printed(vn(value), Decimal(1))


def share_follows(share: Percentage, fact: Fact, field: str, between: re.Pattern[str]) -> bool:
    """Whether the quote of a share has it straight after a number of a fact, with such words between."""
    before, _, _ = share.evidence.quote.rpartition(printed(share, "value").text)
    _, found, words = before.rpartition(printed(fact, field).text)
    return bool(found) and bool(between.fullmatch(words))


def _readings(text: str, *, money: bool) -> set[Decimal]:
    """What a printed number may be; of money "11,950 triệu" is never 11,950 of the next smaller unit."""
    said = (
        (numbers.read(text),)
        if money
        else (numbers.read(text), numbers.read(text, whole=True), numbers.read(text, share=True))
    )
    return {value for value in said if value is not None}


def vn(number: Decimal | int | None) -> str:
    """A number as Vietnamese write it: 1.234,5."""
    return "" if number is None else f"{Decimal(number):,f}".translate(str.maketrans(",.", ".,"))
