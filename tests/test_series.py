"""Over documents: a plan stands beside the later result, a fall that can't be is flagged, the urgent comes first."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from ntm_extract.facts import Criteria, Extraction, Head
from ntm_extract.outputs.attention import Attention
from ntm_extract.outputs.ready import ready
from ntm_extract.outputs.series import points, series
from ntm_extract.result import Check, Result
from tests.conftest import evidence


def report(result: Result, doc_id: str, date: str, *counts: tuple[int, str], criteria_set: str = "2021-2025") -> Result:
    facts = tuple(
        Criteria(
            evidence=evidence(f"{n}:0.0", doc_id=doc_id), scope="standard", level="nông thôn mới", count=count,
            unit="xã", status=status, criteria_set=criteria_set,
            as_of=None if status == "achieved" else str(int(date[:4]) + 1),
        )  # type: ignore[arg-type]
        for n, (count, status) in enumerate(counts, 1)
    )  # fmt: skip
    extraction = Extraction(head=Head(date=date, district="Đồng Rẫy", province="Trường Vân"), criteria=facts)
    return replace(result, extraction=extraction, document=replace(result.document, doc_id=doc_id))


def test_plan_beside_result_and_impossible_drop(result: Result) -> None:
    first = report(result, "a" * 16, "2022-12-20", (7, "achieved"), (9, "target"))
    second = report(result, "b" * 16, "2023-12-20", (8, "achieved"))
    third = report(result, "c" * 16, "2024-12-20", (3, "achieved"))
    rows = series(p for r in (third, first, second) for p in points(r))
    assert [(r["period"], r["status"], r["value"], r["plan"], r["flag"]) for r in rows] == [
        ("2022-12-20", "achieved", 7, None, ""),
        ("2023", "target", 9, None, ""),
        ("2023-12-20", "achieved", 8, 9, ""),
        ("2024-12-20", "achieved", 3, None, "impossible drop"),
    ]
    assert {r["place"] for r in rows} == {"Đồng Rẫy, Trường Vân"}


def test_a_new_set_of_criteria_may_begin_lower(result: Result) -> None:
    old = report(result, "a" * 16, "2020-12-20", (9, "achieved"), criteria_set="2016-2020")
    new = report(result, "b" * 16, "2021-12-20", (4, "achieved"))
    assert [r["flag"] for r in series([*points(old), *points(new)])] == ["", ""]


def test_one_time_is_no_series(result: Result) -> None:
    assert series(points(report(result, "a" * 16, "2022-12-20", (7, "achieved")))) == []


@pytest.mark.parametrize("settled", [False, True])
def test_errors_come_before_doubts_and_settled_checks_not_at_all(result: Result, settled: bool) -> None:
    fact = replace(result.extraction.percentages[0], value=Decimal(70))
    low = replace(result.extraction.criteria[0], evidence=evidence("9:0.0", confidence=0.2))
    check = Check(
        check="ratio_makes_percentage", fact_ids=(fact.fact_id,), expected="62,5%", found="70%", severity="error",
        message="sai", message_en="wrong", settled=settled,
    )  # fmt: skip
    attention = Attention(0.5)
    rows = ready(replace(result, extraction=Extraction(percentages=(fact,), criteria=(low,)), checks=(check,)))
    attention.add(rows.confidences, rows.failed, rows.looks)
    assert [look.rank for look in attention.first] == ([2] if settled else [0, 2])
    assert attention.marked == (1 if settled else 2)
