"""A check names what does not hold, and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from ntm_extract.checks import check
from ntm_extract.checks.counts import count_within_total
from ntm_extract.checks.registry import Checker, Relation, relate
from ntm_extract.checks.view import View
from ntm_extract.edges.data import load_limits
from ntm_extract.facts import Budget, Criteria, Extraction, LegalRef, Percentage
from tests.conftest import evidence


def failed(extraction: Extraction) -> list[tuple[str, str]]:
    judged = check(extraction, load_limits())
    assert not judged.problems
    return [(c.check, c.severity) for c in judged.checks]


@pytest.mark.parametrize(
    ("num", "den", "value", "holds"),
    [
        ("81.4", "120.6", "67.5", True),  # rounded: 67.4958
        ("2", "3", "66.6", True),  # cut, not rounded
        ("2", "3", "66.7", True),
        ("2", "3", "67", True),
        ("2", "3", "68", False),
        ("92", "131", "73.5", False),
    ],
)
def test_ratio_against_percentage(num: str, den: str, value: str, holds: bool) -> None:
    fact = Percentage(evidence=evidence(), value=Decimal(value), num=Decimal(num), den=Decimal(den))
    assert failed(Extraction(percentages=(fact,))) == ([] if holds else [("ratio_makes_percentage", "error")])


@pytest.mark.parametrize(
    ("num", "den", "value", "quote", "holds"),
    [
        ("13", "11", None, "13/11 thôn", False),
        ("11", "11", None, "11/11 thôn", True),
        ("13", "10", "130", "13/10 ha, đạt 130%", True),
        ("13", "11", None, "13/11 ha, vượt kế hoạch", True),
    ],
)
def test_part_against_whole(num: str, den: str, value: str | None, quote: str, holds: bool) -> None:
    share = Decimal(value) if value else None
    fact = Percentage(evidence=evidence(quote=quote), value=share, num=Decimal(num), den=Decimal(den))
    assert failed(Extraction(percentages=(fact,))) == ([] if holds else [("part_within_whole", "warning")])


def test_a_part_given_as_more_than_may_leave_the_sum_short() -> None:
    total = budget(1000, 1)
    exact, more = budget(600, 2, total), replace(budget(300, 3, total), op=">")
    assert failed(Extraction(budgets=(total, exact, more))) == []
    assert failed(Extraction(budgets=(total, exact, replace(more, amount_vnd=500)))) == [("parts_make_total", "error")]


def budget(amount: int, line: int, parent: Budget | None = None) -> Budget:
    return Budget(
        evidence=evidence(f"{line}:0.0"),
        amount_vnd=amount,
        parent=parent.amount_vnd if parent else None,
        parent_id=parent.fact_id if parent else None,
    )


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((600, 400), []),
        ((600, 500), [("parts_make_total", "error")]),
        ((640, 300), [("parts_make_total", "warning")]),  # 360 read as 300
        ((600, 110), []),  # no likely misreading: a list that names some parts only
        ((600,), []),  # "trong đó" often names one part only
        ((1100,), [("parts_make_total", "error")]),
    ],
)
def test_parts_against_total(parts: tuple[int, ...], expected: list[tuple[str, str]]) -> None:
    total = budget(1000, 1)
    children = tuple(budget(amount, line, total) for line, amount in enumerate(parts, 2))
    assert failed(Extraction(budgets=(total, *children))) == expected


def test_count_above_total_and_places_against_count() -> None:
    above = Criteria(evidence=evidence("1:0.0"), scope="criterion", criterion=2, count=9, total=8)
    named = Criteria(evidence=evidence("2:0.0"), scope="criterion", criterion=3, count=2, total=8, places=("A",))
    good = Criteria(evidence=evidence("3:0.0"), scope="criterion", criterion=4, count=1, total=8, places=("A",))
    found = failed(Extraction(criteria=(above, named, good)))
    assert found == [("count_within_total", "error"), ("places_match_count", "warning")]


def test_a_broken_check_costs_only_itself() -> None:
    def broken(_: View) -> list[Relation]:
        raise ZeroDivisionError

    above = Criteria(evidence=evidence(), scope="criterion", criterion=2, count=9, total=8)
    found, problems = relate((Checker("broken", broken), count_within_total), View(Extraction(criteria=(above,))))
    assert [r.check for r in found] == ["count_within_total"]
    assert [p.code for p in problems] == ["check_failed"]


@pytest.mark.parametrize(
    ("numbers", "dates", "holds"),
    [
        (("212/NQ-HĐND", "12/NQ-HĐND"), ("2021-07-08", "2021-07-08"), False),
        (("212/NQ-HĐND", "213/NQ-HĐND"), ("2021-07-08", "2021-07-08"), True),  # two of one day
        (("212/NQ-HĐND", "12/NQ-HĐND"), ("2021-07-08", "2021-07-09"), True),
        (("212/NQ-HĐND", "12/NQ-UBND"), ("2021-07-08", "2021-07-08"), True),
    ],
)
def test_citations_that_lost_a_digit(numbers: tuple[str, str], dates: tuple[str, str], holds: bool) -> None:
    refs = tuple(
        LegalRef(evidence=evidence(position=number), kind="Nghị quyết", number=number, date=date)
        for number, date in zip(numbers, dates, strict=True)
    )
    assert failed(Extraction(legal_refs=refs)) == ([] if holds else [("citations_agree", "warning")])
