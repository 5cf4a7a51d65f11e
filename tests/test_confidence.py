"""Confidence follows what was seen and checked, and the matrix follows the places that counts name."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from ntm_extract.checks import check
from ntm_extract.checks.confidence import FEATURES, Confidence, rate
from ntm_extract.edges.data import load_limits
from ntm_extract.edges.models import load_confidence, models_folder
from ntm_extract.facts import Criteria, Extraction, Percentage, Result, Signals
from ntm_extract.outputs.matrix import marks
from ntm_extract.settings import Settings
from tests.conftest import evidence


def sure(value: str, seen: float) -> float:
    signals = Signals(certainty=0.95, seen=seen, around=seen, margin=9.0)
    fact = Percentage(
        evidence=evidence(signals=signals, quote="30/40 km, đạt 75%", quote_ocr="30/40 km, đạt 75%"),
        value=Decimal(value),
        num=Decimal(30),
        den=Decimal(40),
    )
    extraction = Extraction(percentages=(fact,))
    judged = check(extraction, load_limits())
    model = load_confidence(models_folder())
    return rate(extraction, judged.relations, judged.checks, model).percentages[0].evidence.confidence


def test_a_proven_number_is_surer_than_a_contradicted_or_badly_seen_one() -> None:
    assert sure("75", 0.96) > 0.95
    assert sure("75", 0.96) > sure("75", 0.3)
    assert sure("75", 0.96) > sure("15", 0.96)
    assert sure("15", 0.96) < Settings().review_below


def test_a_fact_without_signals_keeps_its_confidence(result: Result) -> None:
    judged = check(result.extraction, load_limits())
    rated = rate(result.extraction, judged.relations, judged.checks, load_confidence(models_folder()))
    assert rated == result.extraction


def test_a_model_of_other_features_is_refused() -> None:
    with pytest.raises(ValueError, match="another version"):
        Confidence(features=FEATURES[1:], weights=(1.0,), bias=0.0, scores=(0.0,), frequencies=(1.0,))


def test_marks_follow_places_and_complement(result: Result) -> None:
    met = Criteria(
        evidence=evidence("1:0.0", quote="2/3 xã đạt tiêu chí Điện (gồm các xã: An Phú, Nà Lọm)"),
        scope="criterion", criterion=4, count=2, total=3, unit="xã", places=("An Phú", "Nà Lọm"),
    )  # fmt: skip
    failing = Criteria(
        evidence=evidence("2:0.0", quote="2/3 xã đạt tiêu chí Y tế, chưa đạt là xã Đồng Rẫy"),
        scope="criterion", criterion=15, count=2, total=3, unit="xã", places=("Đồng Rẫy",),
    )  # fmt: skip
    found = list(marks(replace(result, extraction=Extraction(criteria=(met, failing)))))
    assert [(m["commune"], m["criterion"], m["met"]) for m in found] == [
        ("An Phú", 4, "yes"), ("Nà Lọm", 4, "yes"), ("Đồng Rẫy", 15, "no"),
    ]  # fmt: skip
    assert {m["fact_id"] for m in found} == {met.fact_id, failing.fact_id}
