"""Trains models/confidence.json on composed reports with known facts.

    python -m training.compose build/composed --reports 120 --seed 1 --read
    python -m training.confidence build/composed --train 1-70 --test 71-120

A fact is right if a true row has all fields of its value. The model is a logistic regression with a little shrinkage;
an isotonic table makes its scores into frequencies, on half of the reports that the weights have not seen.
Prints what the test reports give; bench/trust.py writes the same into docs/accuracy.md.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import asdict
from numpy.typing import NDArray

from bench.scoring import KEY, _key
from ntm_extract.checks import check
from ntm_extract.checks.confidence import FEATURES, Confidence, rate, table_of_features
from ntm_extract.facts import Extraction, Result
from ntm_extract.model import Document
from ntm_extract.pipeline import interpret, repair
from ntm_extract.resources import Resources, load_resources

Array = NDArray[np.float64]
MODEL = Path(__file__).resolve().parents[1] / "models/confidence.json"


def main() -> None:
    arguments = argparse.ArgumentParser(description="Train the confidence of facts.")
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--train", default="1-70")
    chosen = arguments.parse_args()
    resources = load_resources()
    reports = [interpreted(path, resources) for path in report_paths(chosen.folder, chosen.train)]
    rows, right = [], []
    for index, (result, truth) in enumerate(reports):
        judged = check(result.extraction, resources.limits)
        rows += [(index % 2, *row) for row in table_of_features(result.extraction, judged.relations, judged.checks)]
        right += rightness(result.extraction, truth)
    model = fitted(np.array(rows)[:, 1:], np.array(right, float), np.array(rows)[:, 0])
    MODEL.write_bytes(msgspec.json.format(msgspec.json.encode(model), indent=1) + b"\n")
    print(f"{len(right)} facts of {len(reports)} reports, {len(right) - sum(right)} wrong")
    for name, weight in zip(FEATURES, model.weights, strict=True):
        print(f"  {name:12} {weight:7.3f}")


def report_paths(folder: Path, span: str) -> list[Path]:
    """The readings of the reports with these seeds ("71-120")."""
    first, last = map(int, span.split("-"))
    return [folder / f"report_{seed:04d}.json" for seed in range(first, last + 1)]


def interpreted(path: Path, resources: Resources) -> tuple[Result, list[dict[str, Any]]]:
    """A report as the program reads it from its stored recognition, and its true rows."""
    document = msgspec.json.decode(path.read_bytes(), type=Document)
    truth = path.with_name(path.name.removesuffix(".json") + ".facts.jsonl").read_text(encoding="utf-8")
    return interpret(repair(document, resources), resources), [json.loads(line) for line in truth.splitlines()]


def rightness(extraction: Extraction, truth: list[dict[str, Any]]) -> list[bool]:
    """For each fact whether a true row, each taken once, has its value."""
    left = Counter((row["table"], *_key(row["table"], row)) for row in truth if row["table"] in KEY)
    found = []
    for fact in extraction.facts:
        key = (fact.table, *_key(fact.table, asdict(fact)))
        found.append(left[key] > 0)
        left[key] -= 1
    return found


def rated(result: Result, resources: Resources, model: Confidence) -> tuple[Extraction, set[str]]:
    """The facts with their confidence, and those with a failed check."""
    judged = check(result.extraction, resources.limits)
    failed = {fact_id for one in judged.checks for fact_id in one.fact_ids}
    return rate(result.extraction, judged.relations, judged.checks, model), failed


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
