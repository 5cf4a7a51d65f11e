"""How sure a fact is: its signals and what the checks say of it, weighed by a small logistic model. Pure.

The model (models/confidence.json, with a card) has a weight for each feature and the table that makes its scores into
frequencies. The features of a fact are the same in training and here.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ntm_extract.checks import check
from ntm_extract.checks.marks import marked
from ntm_extract.checks.registry import Relation
from ntm_extract.checks.view import NUMBERS, Limit, printed
from ntm_extract.facts import TABLE_OF, Check, Criteria, Extraction, Fact, LegalRef, Percentage, Quantity
from ntm_extract.model import Problem

FEATURES = (
    "seen", "seen_low", "around", "changed", "margin", "certainty", "exact_held", "bound_held", "failed",
    "quantity", "legal_ref", "criteria", "share_alone", "ratio_alone", "parted", "of_criteria", "glued", "odd",
    "broken", "cell", "unprinted", "ungrouped", "cell_quantity",
    "blamed",
)  # fmt: skip
ODD = re.compile(r"[!?§Š$|{}~#*\\£€¡\[\]]|\d[^\W\d_]\d|[^\W\d_]/\d|(?:^|\s)[IlLOÔÓ]+[.,\s]?\d")
"""Signs that no such sentence has: digits read as something else."""
BROKEN = re.compile(r"\d[.,]{2}|\d[.,]\s\d|\d\s\d|\d\.\d{1,2}(?![\d%.])|(?<![\d.,])0\d{2}|\s-\d")
"""Numbers out of shape: torn apart, doubled signs, groups of the wrong length."""
CODE = re.compile(r"\d+(?:/\d{4})?[/-][A-ZĐƯa-z]{2,}(?:-[A-ZĐƯ][\w]*)*")
"""The number of a document: its codes bear no tone."""
DATES = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
COUNTED = re.compile(r"xã đạt|tiêu chí", re.IGNORECASE)
"""Words of counts of criteria: a quantity beside them is mostly such a count that was not understood."""
UNGROUPED = re.compile(r"\d{4}")
"""In a column of money or people a point parts thousands; without it a sign was lost."""
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


def features(fact: Fact, held: Counter[tuple[str, bool]], blame: float, parted: bool) -> list[float]:
    """What the model weighs of a fact, in the order of FEATURES.

    `held`: its relations that hold, exact or bound; `blame`: its share of the failed check that names fewest facts, 0
    where none failed; `parted`: a ratio and a share stand side by side as two facts.
    """
    signals = fact.evidence.signals
    seen = PLAIN if signals is None or signals.seen is None else signals.seen
    around = seen if signals is None or signals.around is None else signals.around
    margin = 8.0 if signals is None or signals.margin is None else min(8.0, max(0.0, signals.margin))
    table, in_cell, near = fact.table, fact.evidence.cell is not None, _near(fact)
    return [
        math.log((seen + 0.01) / (1.01 - seen)),
        float(seen < LOW),
        math.log((around + 0.01) / (1.01 - around)),
        signals.changed if signals else 0.0,
        margin / 8,
        signals.certainty if signals else fact.evidence.confidence,
        float(min(2, held[fact.fact_id, True])),
        float(min(2, held[fact.fact_id, False])),
        float(blame > 0),
        float(table == "quantities"),
        float(table == "legal_refs"),
        float(table == "criteria"),
        float(isinstance(fact, Percentage) and fact.num is None),
        float(isinstance(fact, Percentage) and fact.value is None),
        float(parted),
        float(isinstance(fact, Quantity) and bool(COUNTED.search(fact.evidence.quote))),
        float(any(c.isalpha() for word in near for c in word if any(map(str.isdigit, word)))),
        float(bool(ODD.search(" ".join(near)))),
        float(bool(BROKEN.search(DATES.sub("", " ".join(near)))) or _miscoded(fact)),
        float(in_cell),
        float(in_cell and isinstance(fact, Criteria) and not marked(fact) and fact.scope == "criterion"),
        float(in_cell and bool(UNGROUPED.search(fact.evidence.quote_ocr))),
        float(in_cell and table == "quantities"),
        float(blame == 1),
    ]


def _miscoded(fact: Fact) -> bool:
    return isinstance(fact, LegalRef) and fact.number is not None and not CODE.fullmatch(fact.number)


def _near(fact: Fact) -> list[str]:
    """The words as recognised that hold the numbers of a fact, each with its neighbours."""
    words = fact.evidence.quote_ocr.split()
    figures = [printed(fact, name).text for name in NUMBERS.get(type(fact), ()) if getattr(fact, name) is not None]
    at = [i for i, word in enumerate(words) if any(figure in word for figure in figures)]
    at = at or [i for i, word in enumerate(words) if any(map(str.isdigit, word))]
    return [word for i, word in enumerate(words) if any(abs(i - k) <= 1 for k in at)]


def _parted(extraction: Extraction) -> set[str]:
    """Ratios without a share and shares without a ratio that follow each other: they may be one fact, torn apart."""
    return {
        fact.fact_id
        for ratio, share in pairwise(extraction.percentages)
        if ratio.value is None and share.num is None and ratio.evidence.beside(share.evidence)
        for fact in (ratio, share)
    }


def table_of_features(
    extraction: Extraction, relations: Sequence[Relation], checks: Sequence[Check]
) -> list[list[float]]:
    """A row for each fact of the document, in the order of `extraction.facts`."""
    held: Counter[tuple[str, bool]] = Counter()
    for relation in relations:
        if relation.check != "one_total" and relation.test(relation.values) is None:  # that says nothing of the count
            held.update((fact_id, relation.exact) for fact_id in relation.fact_ids)
    blame: dict[str, float] = {}
    for one in checks:
        for fact_id in one.fact_ids:
            blame[fact_id] = max(1 / len(one.fact_ids), blame.get(fact_id, 0.0))
    parted = _parted(extraction)
    return [features(f, held, blame.get(f.fact_id, 0.0), f.fact_id in parted) for f in extraction.facts]


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
