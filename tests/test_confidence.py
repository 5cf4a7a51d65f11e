"""Confidence follows what was seen and checked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ntm_extract.checks import check
from ntm_extract.checks.confidence import FEATURES, Confidence, rate
from ntm_extract.edges.data import load_limits
from ntm_extract.edges.models import load_confidence, models_folder
from ntm_extract.facts import Extraction, Percentage, Signals
from ntm_extract.result import Result
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
