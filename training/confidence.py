"""Trains models/confidence.json on composed reports with known facts.

    python -m training.compose build/composed --reports 100 --seed 1 --read
    python -m training.confidence build/composed

A fact is right if a true row has all fields of its value. The model is a logistic regression with a little shrinkage;
an isotonic table makes its scores into frequencies, on half of the reports that the weights have not seen. It is
trained on all reports; what it is worth is measured by cross-fitting (`crossfitted`): each fifth of the reports is
rated by a model of the other four. bench/trust.py writes that into docs/trust.md.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from msgspec.structs import asdict
from numpy.typing import NDArray

from bench.scoring import KEY, _key
from ntm_extract.checks import check
from ntm_extract.checks.confidence import FEATURES, Confidence, Features, table_of_features
from ntm_extract.edges.data import load_knowledge, load_limits
from ntm_extract.edges.folders import models_folder
from ntm_extract.edges.models import load_repairer
from ntm_extract.edges.nlp import load_nlp
from ntm_extract.facts import Extraction
from ntm_extract.model import Document
from ntm_extract.pipeline import understand
from ntm_extract.resources import Resources
from ntm_extract.result import Result
from ntm_extract.settings import Settings

Array = NDArray[np.float64]
FOLDS = 5
MODEL = Path(__file__).resolve().parents[1] / "models/confidence.json"


def main() -> None:
    arguments = argparse.ArgumentParser(description="Train the confidence of facts.")
    arguments.add_argument("folder", type=Path)
    learned = lessons(arguments.parse_args().folder)
    model = fitted(learned.rows, learned.right, learned.report % 2)
    MODEL.write_bytes(msgspec.json.format(msgspec.json.encode(model), indent=1) + b"\n")
    print(f"{len(learned.right)} facts of {learned.reports} reports, {int((1 - learned.right).sum())} wrong")
    for name, weight in zip(FEATURES, model.weights, strict=True):
        print(f"  {name:14} {weight:7.3f}")


class Lessons(NamedTuple):
    """What the facts of all reports show: features, whether right, whether a check failed, and their report."""

    rows: Array
    right: Array
    failed: NDArray[np.bool_]
    report: NDArray[np.int_]
    cells: NDArray[np.bool_]  # whether it stands in a table

    @property
    def reports(self) -> int:
        """How many reports."""
        return int(self.report.max()) + 1


def lessons(folder: Path) -> Lessons:
    """The features of the facts of all reports that were read."""
    resources = untrained()
    rows: list[Features] = []
    right: list[bool] = []
    failed: list[bool] = []
    report: list[int] = []
    cells: list[bool] = []
    for number, path in enumerate(sorted(folder.glob("report_*.json"))):
        result, truth = interpreted(path, resources)
        judged = check(result.extraction, resources.limits)
        doubted = {fact_id for one in judged.checks for fact_id in one.fact_ids}
        rows += table_of_features(result.extraction, judged.relations, judged.checks)
        right += rightness(result.extraction, truth)
        failed += [fact.fact_id in doubted for fact in result.extraction.facts]
        report += [number] * len(result.extraction.facts)
        cells += [fact.evidence.cell is not None for fact in result.extraction.facts]
    return Lessons(np.array(rows), np.array(right, float), np.array(failed), np.array(report), np.array(cells))


def crossfitted(learned: Lessons) -> Array:
    """The confidence of each fact by a model that has not seen its report."""
    sure = np.zeros(len(learned.right))
    for fold in range(FOLDS):
        mine = learned.report % FOLDS == fold
        # // FOLDS: neighbours that are left, so that both halves have reports of every degree of damage
        model = fitted(learned.rows[~mine], learned.right[~mine], learned.report[~mine] // FOLDS % 2)
        sure[mine] = np.interp(
            learned.rows[mine] @ np.array(model.weights) + model.bias, model.scores, model.frequencies
        )
    return sure


def untrained() -> Resources:
    """All that is needed to read facts, with a model that is sure of everything: the features may be new."""
    knowledge = load_knowledge()
    sure = Confidence(features=FEATURES, weights=(0.0,) * len(FEATURES), bias=0.0, scores=(0.0,), frequencies=(1.0,))
    return Resources(knowledge, load_nlp(knowledge), load_repairer(models_folder()), load_limits(), sure)


def interpreted(path: Path, resources: Resources) -> tuple[Result, list[dict[str, Any]]]:
    """A report as the program reads it from its stored recognition, and its true rows."""
    document = msgspec.json.decode(path.read_bytes(), type=Document)
    truth = path.with_name(path.name.removesuffix(".json") + ".facts.jsonl").read_text(encoding="utf-8")
    return understand(document, Settings(), resources), [json.loads(line) for line in truth.splitlines()]


def rightness(extraction: Extraction, truth: list[dict[str, Any]]) -> list[bool]:
    """For each fact whether a true row, or another right reading of one, has its value; each row is taken once."""
    left: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, row in enumerate(truth):
        if row["table"] in KEY:
            more = row.get("alt") or []
            for one in ({}, *(more if isinstance(more, list) else [more])):
                left[row["table"], *_key(row["table"], row | one)].append(number)
    taken: set[int] = set()
    found = []
    for fact in extraction.facts:
        free = [n for n in left[fact.table, *_key(fact.table, asdict(fact))] if n not in taken]
        taken.update(free[:1])
        found.append(bool(free))
    return found


def fitted(rows: Array, right: Array, half: Array) -> Confidence:
    """Weights from all, frequencies from scores of halves by weights of the other half (isotonic)."""
    scores = np.zeros(len(rows))
    for side in (0, 1):
        weights = logistic(rows[half != side], right[half != side])
        scores[half == side] = rows[half == side] @ weights[:-1] + weights[-1]
    weights = logistic(rows, right)
    x, y = isotonic(scores, right)
    return Confidence(
        features=FEATURES,
        weights=tuple(round(float(w), 4) for w in weights[:-1]),
        bias=round(float(weights[-1]), 4),
        scores=tuple(round(float(v), 4) for v in x),
        frequencies=tuple(round(float(v), 4) for v in y),
    )


def logistic(rows: Array, right: Array, shrink: float = 1.0, steps: int = 30) -> Array:
    """Weights and bias of a logistic regression by Newton's method, weights pulled to zero by `shrink`."""
    x = np.column_stack([rows, np.ones(len(rows))])
    weights, pull = np.zeros(x.shape[1]), np.full(x.shape[1], shrink)
    pull[-1] = 0.01
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (right - p) - pull * weights
        bend = (x * (p * (1 - p) + 1e-6)[:, None]).T @ x + np.diag(pull)
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def isotonic(scores: Array, right: Array, least: int = 40) -> tuple[Array, Array]:
    """Bins of at least `least` facts whose frequency of right ones grows with the score; a prior of one half each."""
    order = np.argsort(scores, kind="stable")
    blocks = [
        [float(scores[part].sum()), float(right[part].sum()), float(len(part))]
        for part in np.array_split(order, max(1, len(order) // least))
    ]
    merged: list[list[float]] = []
    for block in blocks:
        merged.append(block)
        while len(merged) > 1 and merged[-2][1] / merged[-2][2] >= merged[-1][1] / merged[-1][2]:
            last = merged.pop()
            merged[-1] = [a + b for a, b in zip(merged[-1], last, strict=True)]
    x = np.array([s / n for s, _, n in merged])
    y = np.array([(r + 0.5) / (n + 1) for _, r, n in merged])
    return x, y


if __name__ == "__main__":
    main()
