"""How sure a fact is: its signals and what the checks say of it, weighed by a small logistic model. Pure.

The model (models/confidence.json, with a card) has a weight for each feature and the table that makes its scores into
frequencies. The features of a fact are the same in training and here.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ntm_extract.checks import check
from ntm_extract.checks.registry import Relation
from ntm_extract.checks.view import Limit
from ntm_extract.facts import TABLE_OF, Check, Extraction, Fact, Percentage
from ntm_extract.model import Problem

FEATURES = (
    "seen", "seen_low", "around", "changed", "margin", "certainty", "exact_held", "bound_held", "failed",
    "quantity", "legal_ref", "criteria", "share_alone", "ratio_alone", "of_criteria", "glued", "odd", "broken",
)  # fmt: skip
ODD = re.compile(r"[!?§$|{}~#*\\£€¡\[\]]|\d[^\W\d_]\d|[^\W\d_]/\d|\s[IlOÔŠÓ]\s?\d")
"""Signs that no such sentence has: digits read as something else."""
BROKEN = re.compile(r"\d[.,]{2}|\d[.,]\s\d|\d\s\d|\d\.\d{1,2}(?![\d%.])|(?<![\d.,])0\d{2}|\s-\d")
"""Numbers out of shape: torn apart, doubled signs, groups of the wrong length."""
DATES = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
LOW = 0.6
"""Below this the recogniser was guessing."""
PLAIN = 0.95
"""What the recogniser's confidence counts as where the source is plain text, which has none."""


class Confidence(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The trained model: log-odds from features, then scores to frequencies by interpolation (isotonic)."""

    features: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float
    scores: tuple[float, ...]
    frequencies: tuple[float, ...]

    def __post_init__(self) -> None:
        if self.features != FEATURES or len(self.weights) != len(FEATURES) or len(self.scores) != len(self.frequencies):
            raise ValueError("the confidence model is of another version; train it again")


def features(fact: Fact, held: Counter[tuple[str, bool]], failed: bool) -> list[float]:
    """What the model weighs of a fact, in the order of FEATURES. `held`: its relations that hold, exact or bound."""
    signals = fact.evidence.signals
    seen = PLAIN if signals is None or signals.seen is None else signals.seen
    around = seen if signals is None or signals.around is None else signals.around
    margin = 8.0 if signals is None or signals.margin is None else min(8.0, max(0.0, signals.margin))
    table = fact.table
    return [
        math.log((seen + 0.01) / (1.01 - seen)),
        float(seen < LOW),
        math.log((around + 0.01) / (1.01 - around)),
        signals.changed if signals else 0.0,
        margin / 8,
        signals.certainty if signals else fact.evidence.confidence,
        float(min(2, held[fact.fact_id, True])),
        float(min(2, held[fact.fact_id, False])),
        float(failed),
        float(table == "quantities"),
        float(table == "legal_refs"),
        float(table == "criteria"),
        float(isinstance(fact, Percentage) and fact.num is None),
        float(isinstance(fact, Percentage) and fact.value is None),
        float(table == "quantities" and getattr(fact, "unit", "").startswith(("tiêu chí", "xã"))),
        float(any(c.isalpha() for c in _number_word(fact))),
        float(bool(ODD.search(fact.evidence.quote_ocr))),
        float(bool(BROKEN.search(DATES.sub("", fact.evidence.quote_ocr)))),
    ]


def _number_word(fact: Fact) -> str:
    """The words of the quote as recognised that hold digits: letters among them are a sign of a bad reading."""
    return " ".join(word for word in fact.evidence.quote_ocr.split() if any(c.isdigit() for c in word))


def table_of_features(
    extraction: Extraction, relations: Sequence[Relation], checks: Sequence[Check]
) -> list[list[float]]:
    """A row for each fact of the document, in the order of `extraction.facts`."""
    held: Counter[tuple[str, bool]] = Counter()
    for relation in relations:
        if relation.check != "one_total" and relation.test(relation.values) is None:  # that says nothing of the count
            held.update((fact_id, relation.exact) for fact_id in relation.fact_ids)
    failed = {fact_id for check in checks for fact_id in check.fact_ids}
    return [features(fact, held, fact.fact_id in failed) for fact in extraction.facts]


class Assessed(NamedTuple):
    """Facts with their confidence, the checks that failed on them, and those that could not be made."""

    extraction: Extraction
    checks: tuple[Check, ...]
    problems: tuple[Problem, ...]


def assess(extraction: Extraction, limits: tuple[Limit, ...], model: Confidence) -> Assessed:
    """Hold the facts of a document against each other, and say how sure each is."""
    judged = check(extraction, limits)
    return Assessed(rate(extraction, judged.relations, judged.checks, model), judged.checks, judged.problems)


def rate(
    extraction: Extraction, relations: Sequence[Relation], checks: Sequence[Check], model: Confidence
) -> Extraction:
    """The facts with their calibrated confidence; one without signals keeps the confidence that it came with."""
    rows = table_of_features(extraction, relations, checks)
    if not rows:
        return extraction
    scores = np.array(rows) @ np.array(model.weights) + model.bias
    sure = np.interp(scores, model.scores, model.frequencies)
    rated = {
        fact.fact_id: replace(fact, evidence=replace(fact.evidence, confidence=round(float(p), 4)))
        for fact, p in zip(extraction.facts, sure, strict=True)
        if fact.evidence.signals is not None
    }
    tables: dict[str, Any] = {
        name: tuple(rated.get(fact.fact_id, fact) for fact in getattr(extraction, name)) for name in TABLE_OF.values()
    }
    return replace(extraction, **tables)
