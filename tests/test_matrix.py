"""Which commune has met which criterion when: named as meeting or failing, complements, annex tables, dates."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bench.damage import Original, originals, read
from ntm_extract.facts import Criteria, Extraction, Head
from ntm_extract.outputs.matrix import marks
from ntm_extract.result import Result
from tests.conftest import ROOT, evidence
from tests.reading_help import facts

Mark = tuple[str, int, str]


def marked(found: Extraction, result: Result) -> list[Mark]:
    return [
        (str(m["commune"]), int(m["criterion"] or 0), str(m["met"])) for m in marks(replace(result, extraction=found))
    ]


@pytest.mark.parametrize(
    ("text", "failing"),
    [
        ("Tiêu chí số 2 (Giao thông): 10/12 xã đạt; còn 2 xã chưa đạt: Mai Thượng, Đồng Lũng.", "Mai Thượng;Đồng Lũng"),
        ("Có 11/12 xã đạt tiêu chí Điện, còn xã Khe Bạc chưa đạt.", "Khe Bạc"),
        ("Có 10/12 xã đạt tiêu chí thu nhập (02 xã chưa đạt là Mai Thượng và Khe Bạc).", "Mai Thượng;Khe Bạc"),
        ("Có 10/12 xã đạt tiêu chí Y tế, trừ xã Đồng Lũng và xã Khe Bạc.", "Đồng Lũng;Khe Bạc"),
        ("Có 11/12 xã đạt tiêu chí Y tế, chưa đạt là xã Đồng Lũng.", "Đồng Lũng"),
        ("Có 9/12 xã đạt tiêu chí Chợ; 3 xã chưa đạt do thiếu vốn.", ""),
        ("Có 2/12 xã đạt tiêu chí Điện (gồm các xã: Mai Thượng, Đồng Lũng); 10 xã chưa đạt.", ""),
        (
            "Có 11/12 xã đạt tiêu chí Điện; 10/12 xã đạt tiêu chí Y tế, còn 2 xã chưa đạt: Mai Thượng, Khe Bạc.",
            ";Mai Thượng;Khe Bạc",
        ),
    ],
)
def test_communes_named_as_failing(text: str, failing: str) -> None:
    assert ";".join(";".join(one.failing) for one in facts(text).criteria) == failing


def test_each_time_has_its_marks(result: Result) -> None:
    found = facts(
        "Đến tháng 6/2022 có 1/3 xã đạt tiêu chí Y tế (gồm xã: Khe Bạc); đến tháng 12/2023 có 2/3 xã đạt tiêu chí "
        "Y tế, còn xã Đồng Lũng chưa đạt."
    )
    rows = list(marks(replace(result, extraction=replace(found, head=Head(date="2024-01-05")))))
    assert [(m["commune"], m["met"], m["as_of"]) for m in rows] == [
        ("Khe Bạc", "yes", "2022-06"),
        ("Đồng Lũng", "no", "2023-12"),
    ]
    assert [m["fact_id"] for m in rows] == [one.fact_id for one in found.criteria]


def test_the_others_are_the_other_side_where_the_document_names_all(result: Result) -> None:
    met = Criteria(
        evidence=evidence("1:0.0"), scope="criterion", criterion=4, count=2, total=3, places=("An Phú", "Nà Lọm")
    )
    fails = Criteria(
        evidence=evidence("2:0.0"), scope="criterion", criterion=15, count=2, total=3, failing=("Đồng Rẫy",)
    )
    some = [("An Phú", 4, "yes"), ("Nà Lọm", 4, "yes"), ("Đồng Rẫy", 4, "no")]
    whole = [("Đồng Rẫy", 15, "no"), ("An Phú", 15, "yes"), ("Nà Lọm", 15, "yes")]
    assert marked(Extraction(criteria=(met, fails)), result) == some + whole
    assert marked(Extraction(criteria=(fails,)), result) == whole[:1]  # the two others are not named anywhere
    four = replace(fails, total=4, count=3)
    assert marked(Extraction(criteria=(met, four)), result) == [*some, whole[0]]  # a fourth


@pytest.mark.parametrize("name", ["huyen_nam_cuong_2023", "huyen_ngoc_tien_2025", "huyen_phong_diem_2014"])
def test_an_annex_table_marks_every_commune(name: str, result: Result) -> None:
    """As many communes are marked as are counted, and every other commune of the table is marked as failing."""
    truth = originals(ROOT / "samples/truth", ROOT / "samples/source")[name]
    found, _ = read(Original("", truth.tables))
    counts = [one for one in found.criteria if one.scope == "criterion" and one.count is not None]
    communes = max(len(one.places) + len(one.failing) for one in counts)
    by_criterion: dict[int, list[str]] = {}
    for _, criterion, met in marked(found, result):
        by_criterion.setdefault(criterion, []).append(met)
    assert sorted(by_criterion) == list(range(1, 20))
    assert {len(met) for met in by_criterion.values()} == {communes}
    assert all(by_criterion[one.criterion or 0].count("yes") == one.count for one in counts)
