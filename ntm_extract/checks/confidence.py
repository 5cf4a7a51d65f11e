"""How sure a fact is: its signals and what the checks say of it, weighed by a small logistic model. Pure.

The model (models/confidence.json, with a card) has a weight for each feature and the table that makes its scores into
frequencies. The features of a fact are the same in training and here.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ntm_extract.checks import check
from ntm_extract.checks.marks import by_marks, marked
from ntm_extract.checks.proposals import twin_places
from ntm_extract.checks.registry import Relation
from ntm_extract.checks.view import NUMBERS, Limit, View, printed
from ntm_extract.facts import TABLE_OF, Criteria, Extraction, Fact, LegalRef, Percentage, Quantity
from ntm_extract.model import Problem
from ntm_extract.result import Check

ODD = re.compile(r"[!?§Š$|{}~#*\\£€¡\[\]]|\d[^\W\d_]\d|[^\W\d_]/\d|(?:^|\s)[IlLOÔÓ]+[.,\s]?\d")
"""Signs that no such sentence has: digits read as something else."""
BROKEN = re.compile(r"\d[.,]{2}|\d[.,]\s\d|\d\s\d|\d\.\d{1,2}(?![\d%.])|(?<![\d.,])0\d{2}|\s-\d")
"""Numbers out of shape: torn apart, doubled signs, groups of the wrong length."""
CODE = re.compile(r"\d+(?:/\d{4})?[/-][A-ZĐƯa-z]{2,}(?:[/-][A-ZĐƯ][\w]*)*")
"""The number of a document: its codes bear no tone."""
DATES = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
OF_CRITERIA = ("xã", "tiêu ch")
COUNTED = re.compile(r"xã đạt|(?<!bộ )tiêu ch(?!o|uẩn)\w", re.IGNORECASE)
"""Words of counts of criteria: a quantity beside them is mostly such a count that was not understood."""
BARE = re.compile(r"\W*(?:đạt|chiếm|bằng)?\s?(?:tỷ lệ\s)?(?!100\s?%)[\d.,]+\s?%\W*", re.IGNORECASE)
"""A share that says not what it is of: its ratio may have been lost."""
RATIO = re.compile(r"\d\S*/\S*\d")
"""What stands in the words of a share alone where its ratio was not understood."""
SURE = 8.0
"""The margin from which repair is sure."""
LOW = 0.6
"""Below this the recogniser was guessing."""
PLAIN = 0.95
"""What the recogniser's confidence counts as where the source is plain text, which has none."""


class Features(NamedTuple):
    """What the model weighs of a fact; yes is 1, no is 0."""

    seen: float  # log-odds of the recogniser's least confidence in the words of the number
    seen_low: float  # whether that was a guess
    around: float  # log-odds of its mean confidence in the quote
    changed: float  # share of the words that repair changed
    margin: float  # how clearly repair decided in the quote
    near: float  # how clearly it decided beside the number
    certainty: float  # of the rule
    exact_held: float  # sums, ratios, counts of names that hold, up to two
    bound_held: float  # bounds that hold, up to two
    failed: float  # whether a check failed on it
    blamed: float  # whether one failed on it alone
    accused: float  # how likely another reading of it would close a failed check
    quantity: float
    legal_ref: float
    criteria: float
    share_alone: float  # a percentage without the ratio that it is of
    share_bare: float  # and without a word of what it is of, or beside a ratio that was not understood
    ratio_alone: float  # a part of a whole without percentage
    ratio_cut: float  # and a comma after it, so that one may follow
    twin: float  # a count of communes and a ratio that say the same
    parted: float  # a ratio and a percentage side by side, as two facts
    of_criteria: float  # a quantity that may be a count of criteria not understood
    odd: float  # signs at the number that no such sentence has, and nothing proves it
    odd_far: float  # such signs in the quote
    broken: float  # numbers out of shape, and nothing proves it
    cell: float  # stands in a table
    unprinted: float  # a count of a table that is not printed there
    cell_quantity: float  # a quantity of a table: its plan or result was not understood


FEATURES = Features._fields


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


class Standing(NamedTuple):
    """What the other facts of the document say of one."""

    exact: int = 0  # relations that hold: sums, ratios, counts of names
    bound: int = 0  # relations that hold: bounds
    blame: float = 0.0  # its share of the failed check that names fewest facts, 0 where none failed
    accused: float = 0.0  # how likely another reading of it is what would close a failed check
    parted: bool = False  # a ratio and a share stand side by side as two facts
    twin: bool = False  # a count of communes and a ratio say the same


def features(fact: Fact, standing: Standing) -> Features:
    """What the model weighs of a fact."""
    signals = fact.evidence.signals
    seen = PLAIN if signals is None or signals.seen is None else signals.seen
    around = seen if signals is None or signals.around is None else signals.around
    margin, near_margin = (signals.margin, signals.near) if signals else (None, None)
    table, in_cell = fact.table, fact.evidence.cell is not None
    figures = [printed(fact, name).text for name in NUMBERS.get(type(fact), ()) if getattr(fact, name) is not None]
    near, said = " ".join(_near(fact, figures)), fact.evidence.quote
    unproven = not standing.exact
    share = isinstance(fact, Percentage) and fact.num is None
    ratio = isinstance(fact, Percentage) and fact.value is None and fact.num != fact.den
    return Features(
        seen=math.log((seen + 0.01) / (1.01 - seen)),
        seen_low=float(seen < LOW),
        around=math.log((around + 0.01) / (1.01 - around)),
        changed=signals.changed if signals else 0.0,
        margin=_bounded(margin),
        near=_bounded(near_margin),
        certainty=signals.certainty if signals else fact.evidence.confidence,
        exact_held=float(min(2, standing.exact)),
        bound_held=float(min(2, standing.bound)),
        failed=float(standing.blame > 0),
        blamed=float(standing.blame == 1),
        accused=standing.accused,
        quantity=float(table == "quantities"),
        legal_ref=float(table == "legal_refs"),
        criteria=float(table == "criteria"),
        share_alone=float(share),
        share_bare=float(share and bool(BARE.fullmatch(said) or RATIO.search(said))),
        ratio_alone=float(ratio),
        ratio_cut=float(ratio and fact.evidence.quote_ocr.endswith(",")),
        twin=float(standing.twin),
        parted=float(standing.parted),
        of_criteria=float(
            isinstance(fact, Quantity) and fact.unit.startswith(OF_CRITERIA) and bool(COUNTED.search(said))
        ),
        odd=float(unproven and bool(ODD.search(near))),
        odd_far=float(unproven and bool(ODD.search(fact.evidence.quote_ocr))),
        broken=float(unproven and (bool(BROKEN.search(DATES.sub("", near))) or _miscoded(fact))),
        cell=float(in_cell),
        unprinted=float(isinstance(fact, Criteria) and by_marks(fact) and not marked(fact)),
        cell_quantity=float(in_cell and table == "quantities"),
    )


def _bounded(margin: float | None) -> float:
    """A margin of repair as 0..1; where nothing was weighed, 1."""
    return 1.0 if margin is None else min(1.0, max(0.0, margin / SURE))


def _miscoded(fact: Fact) -> bool:
    return isinstance(fact, LegalRef) and fact.number is not None and not CODE.fullmatch(fact.number)


def _near(fact: Fact, figures: Sequence[str]) -> list[str]:
    """The words as recognised that hold the numbers of a fact, each with its neighbours."""
    words = fact.evidence.quote_ocr.split()
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


def standings(view: View, relations: Sequence[Relation], checks: Sequence[Check]) -> dict[str, Standing]:
    """What the facts of a document say of each other, by fact_id."""
    held: Counter[tuple[str, bool]] = Counter()
    for relation in relations:
        if relation.check != "one_total" and relation.test(relation.values) is None:  # that says nothing of the count
            held.update((fact_id, relation.exact) for fact_id in relation.fact_ids)
    blame: dict[str, float] = {}
    accused: dict[str, float] = {}
    for one in checks:
        for fact_id in one.fact_ids:
            blame[fact_id] = max(1 / len(one.fact_ids), blame.get(fact_id, 0.0))
        likely: defaultdict[str, float] = defaultdict(float)
        for proposal in one.proposals:
            for fact_id in {change.fact_id for change in proposal.changes}:
                likely[fact_id] += proposal.likelihood
        for fact_id, share in likely.items():
            accused[fact_id] = max(share, accused.get(fact_id, 0.0))
    parted, twins = _parted(view.extraction), {fact_id for fact_id, _ in twin_places(view)}
    return {
        i: Standing(held[i, True], held[i, False], blame.get(i, 0.0), accused.get(i, 0.0), i in parted, i in twins)
        for i in view.by_id
    }


def table_of_features(extraction: Extraction, relations: Sequence[Relation], checks: Sequence[Check]) -> list[Features]:
    """A row for each fact of the document, in the order of `extraction.facts`."""
    view = View(extraction)
    known = standings(view, relations, checks)
    return [features(fact, known[fact.fact_id]) for fact in extraction.facts]


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
