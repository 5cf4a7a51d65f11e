"""A failed check says which reading of which number would close it, likeliest first, and breaks nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_extract.checks import check
from ntm_extract.checks.magnitudes import described
from ntm_extract.checks.readings import readings
from ntm_extract.edges.data import load_knowledge, load_limits
from ntm_extract.edges.textfile import split
from ntm_extract.extract import EXTRACTORS
from ntm_extract.extract.registry import run
from ntm_extract.facts import Criteria, Extraction, Percentage
from ntm_extract.layout.passages import outline
from ntm_extract.model import Document
from ntm_extract.result import Check
from tests.conftest import evidence

READERS = tuple(one for one in EXTRACTORS if one.table in ("criteria", "percentages", "budgets", "quantities"))


def checked(text: str) -> tuple[Check, ...]:
    document = Document(doc_id="0" * 16, source="a.txt", media="text", pages=split(text))
    extraction, problems = run(READERS, outline(document), load_knowledge())
    assert not problems
    return check(extraction, load_limits()).checks


def test_the_number_that_closes_two_checks_comes_first() -> None:
    found = checked(
        "- Tổng vốn thực hiện năm 2024: 7.310 triệu đồng, trong đó:\n"
        "+ Ngân sách huyện: 2.735 triệu đồng;\n"
        "+ Vốn lồng ghép: 4.515 triệu đồng (trong đó: vốn đầu tư 1.420 triệu đồng; vốn sự nghiệp 3.155 triệu đồng).\n"
    )
    by_parts = [c for c in found if c.check == "parts_make_total"]
    assert len(by_parts) == 2
    for one in by_parts:
        assert one.proposals[0].text == "4.515 → 4.575"
        assert one.proposals[0].changes[0].value == "4575000000"
        assert all(one.proposals[0].likelihood > other.likelihood for other in one.proposals[1:])


def test_figures_of_two_real_documents(shared: Callable[[str], Path]) -> None:
    plan = checked(shared("gold/true/plan2025.txt").read_text(encoding="utf-8"))
    assert [c.proposals[0].text for c in plan if c.check == "parts_make_total"] == ["2.256 → 2.556"] * 2
    report = checked(shared("gold/true/report2023a.txt").read_text(encoding="utf-8"))
    (ratio,) = [c for c in report if c.check == "ratio_makes_percentage"]
    assert {"92,6 → 96,2", "92,6 → 96,1"} & {p.text for p in ratio.proposals}


def test_an_average_against_nineteen_counts_names_both_figures() -> None:
    counts = [11, 9, 11, 8, 7, 6, 9, 11, 8, 5, 4, 10, 7, 9, 8, 10, 6, 9, 11]
    facts = [
        Criteria(evidence=evidence(f"{n}:0.0"), scope="criterion", criterion=n, count=c, total=11, unit="xã")
        for n, c in enumerate(counts, 1)
    ]
    mean = Criteria(
        evidence=evidence("40:0.0", quote="bình quân 14,55 tiêu chí/xã"), scope="average", value=Decimal("14.55")
    )
    (found,) = check(Extraction(criteria=(*facts, mean)), load_limits()).checks
    assert found.check == "counts_make_average"
    assert sum(counts) == 159
    assert "160" in found.message and "159" in found.message
    assert "14,55" in found.message_en


def test_a_total_unlike_all_others_is_told_with_its_reading() -> None:
    lines = [f"- Có {n}/14 xã đạt tiêu chí {name}.\n" for n, name in ((9, "Giao thông"), (11, "Điện"), (7, "Y tế"))]
    (found,) = checked("".join(lines) + "- Có 6/74 xã đạt tiêu chí Trường học.\n")
    assert (found.check, found.proposals[0].text) == ("one_total", "74 → 14")


def test_a_list_that_names_some_parts_only_is_no_failure() -> None:
    assert not checked(
        "- Vốn đã phân bổ: 9.000 triệu đồng (trong đó: giao thông 2.110 triệu đồng; điện 640 triệu đồng)."
    )


def test_the_count_and_the_ratio_of_one_number_change_together() -> None:
    count = Criteria(
        evidence=evidence("1:0.0", quote="6/12 xã (66,67%)"),
        scope="criterion",
        criterion=2,
        count=6,
        total=12,
        unit="xã",
    )
    share = Percentage(
        evidence=evidence("1:1.0", quote="6/12 xã (66,67%)"),
        value=Decimal("66.67"),
        num=Decimal(6),
        den=Decimal(12),
        of="xã",
    )
    (found,) = check(Extraction(criteria=(count,), percentages=(share,)), load_limits()).checks
    chosen = next(p for p in found.proposals if p.text == "6 → 8")
    assert {(c.table, c.field, c.value) for c in chosen.changes} == {
        ("criteria", "count", "8"),
        ("percentages", "num", "8"),
    }


@given(st.from_regex(r"[1-9][0-9]{0,2}(\.[0-9]{3}){0,2}(,[0-9]{1,2})?", fullmatch=True))
def test_readings_are_numbers_and_never_the_same(text: str) -> None:
    found = readings(text)
    assert text not in found
    assert all(re.fullmatch(r"\d+(?:[.,]\d+)*", other) and cost > 0 for other, cost in found.items())


@pytest.mark.parametrize("table", ["magnitudes"])
def test_limits_fit_their_examples(table: str) -> None:
    from ntm_extract.edges.data import _table

    for one in _table(table)["limit"]:
        assert all(re.search(one["match"], text) for text in one["examples"]), one["name"]
        assert not any(re.search(one["match"], text) for text in one["others"]), one["name"]


def test_an_income_out_of_all_proportion_is_told() -> None:
    found = checked("- Thu nhập bình quân đầu người đạt 435 triệu đồng/người/năm.\n")
    assert [c.check for c in found] == ["magnitude"]
    assert described(Criteria(evidence=evidence(), scope="average")) == "average |  |  |  | "
