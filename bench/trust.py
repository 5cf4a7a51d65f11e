"""docs/trust.md: what the checks find and miss, how good their proposals are, and what a confidence means.

    python -m training.compose build/composed --reports 100 --seed 1 --read    # once; a quarter of an hour
    python -m bench trust

The damage test is in bench/damage.py. The calibration is cross-fitted: each fact is rated by a model that has not seen
its report.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.damage import COMPOSED, damage, false_alarms
from bench.plot import reliability
from bench.tools import SHARED, outputs_of, table
from bench.work import Work
from ntm_extract.edges.store import Store
from ntm_extract.settings import Settings
from training.confidence import FOLDS, crossfitted, lessons, rightness

HEAD = """# How far to trust the numbers

Written by `python -m bench trust`, never by hand. Composed: `training/compose.py`, {reports} reports of invented
districts with their annex tables; their sums, shares and counts are true.
"""


def measure(work: Work) -> str:
    """The whole page."""
    page = HEAD.format(reports=len(list(COMPOSED.glob("*.txt")))) + false_alarms() + damage() + calibration(work)
    return page + (shared() if SHARED.exists() else "")


def calibration(work: Work) -> str:
    """What a confidence means, and what the mark "needs a look" finds."""
    learned = lessons(COMPOSED)
    sure, right = crossfitted(learned), learned.right.astype(bool)
    even = learned.report % 2 == 0  # the threshold was chosen on these
    error, bins = _reliability(sure, right)
    rows = [[f"{k / 10:.1f}-{(k + 1) / 10:.1f}", n, f"{mean:.3f}", f"{share:.3f}"] for k, n, mean, share in bins]
    _, counts, means, shares = zip(*bins, strict=True)
    text = (
        f"\n## Confidence\n\n{len(sure)} facts of {learned.reports} composed reports, {int(learned.cells.sum())} of them "
        "in annex tables; typeset, degraded (office, poor, photocopy, fax) and recognised. Each is rated by a model "
        f"trained on four fifths of the reports, its own not among them ({FOLDS} folds). {int((~right).sum())} are wrong: "
        f"some field of the row's value differs from every true row. Expected calibration error {error:.4f}.\n\n"
        + table(["confidence", "facts", "mean", "right"], rows)
        + reliability(work, "confidence-reliability", means, shares, counts)
    )
    halves = (("in all reports", even | ~even), ("in the half that did not choose the threshold", ~even))
    for name, mine in (*halves, ("in the half that chose it", even)):
        text += f'\nWhat the mark "needs a look" finds {name} ({int(mine.sum())} facts):\n\n'
        text += _marks(sure[mine], right[mine], learned.failed[mine])
    return text


def _reliability(
    sure: NDArray[np.float64], right: NDArray[np.bool_]
) -> tuple[float, list[tuple[int, int, float, float]]]:
    """Expected calibration error over ten bins; of each that has facts: its number, facts, mean, share right."""
    at = np.minimum(9, (10 * sure).astype(int))
    bins = [
        (k, int(mine.sum()), float(sure[mine].mean()), float(right[mine].mean()))
        for k in range(10)
        if (mine := at == k).any()
    ]
    return sum(n * abs(mean - share) for _, n, mean, share in bins) / len(sure), bins


def _marks(sure: NDArray[np.float64], right: NDArray[np.bool_], failed: NDArray[np.bool_]) -> str:
    below = Settings().review_below
    rows = []
    for name, marked in (
        (f"confidence < {below}", sure < below),
        ("failed check", failed),
        ("either: needs a look", failed | (sure < below)),
    ):
        caught = (marked & ~right).sum() / max(1, (~right).sum())
        left = 1 - right[~marked].mean()
        rows.append([name, f"{100 * marked.mean():.1f}", f"{100 * caught:.1f}", f"{100 * left:.2f}"])
    return table(["marked by", "facts marked %", "of wrong rows marked %", "wrong among the rest %"], rows)


def shared() -> str:
    """The counts for the shared measuring set."""
    rows = []
    with tempfile.TemporaryDirectory() as work:
        for source, gold in (
            ("gold/in", "gold"),
            ("scans/typeset/in", "scans/typeset"),
            ("scans/tables/in", "scans/tables"),
        ):
            store = Store(outputs_of(SHARED / source, Path(work) / source))
            looks, rights = [], []
            for path in sorted(store.folder.glob("*.json")):
                result = store.load(path.stem)
                truth = SHARED / gold / f"{Path(result.document.source).stem}.facts.jsonl"
                rights += rightness(result.extraction, [json.loads(x) for x in truth.read_text("utf-8").splitlines()])
                failed = {i for one in result.checks for i in one.fact_ids}
                for fact in result.extraction.facts:
                    looks.append(fact.fact_id in failed or fact.evidence.confidence < Settings().review_below)
            wrong = [look for look, right in zip(looks, rights, strict=True) if not right]
            rows.append([source, len(looks), len(wrong), sum(looks), sum(wrong)])
    return "\nOf the shared measuring set (the rules were tuned on its texts):\n\n" + table(
        ["set", "facts", "wrong", "marked", "wrong and marked"], rows
    )
