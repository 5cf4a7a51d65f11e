"""docs/trust.md: what the checks find and miss, how good their proposals are, and what a confidence means.

    python -m training.compose build/composed --reports 160 --seed 1 --read    # once; a quarter of an hour
    python -m bench trust

The damage test makes one change in one number of a true text, reads the text again and looks at the checks. Its changes
are drawn from the confusions of recognisers. The calibration is measured on reports that the model was not trained on.
"""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from bench.tools import ROOT, SHARED, outputs_of, table
from ntm_extract.checks import Judged, check
from ntm_extract.checks.confidence import Confidence
from ntm_extract.checks.readings import ALIKE, value
from ntm_extract.checks.view import View, printed
from ntm_extract.edges.data import load_knowledge, load_limits
from ntm_extract.edges.store import Store
from ntm_extract.edges.textfile import split
from ntm_extract.extract import EXTRACTORS
from ntm_extract.extract.registry import run
from ntm_extract.facts import Criteria, Extraction, Percentage
from ntm_extract.layout.passages import outline
from ntm_extract.model import Document
from ntm_extract.resources import load_resources
from ntm_extract.settings import Settings
from training.confidence import MODEL, interpreted, rated, report_paths, rightness

COMPOSED = ROOT / "build/composed"
TEST = "121-155"
CHANGES = 1000
SEED = 20
READERS = tuple(one for one in EXTRACTORS if one.table in ("criteria", "percentages", "budgets", "quantities"))
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
HEAD = """# How far to trust the numbers

Written by `python -m bench trust`, never by hand. Composed: `training/compose.py`, {reports} reports of invented
districts; their sums, shares and counts are true.
"""


class Spot(NamedTuple):
    """A number of a document that an exact check covers: fact, field, and where in the text it is printed."""

    fact_id: str
    field: str
    text: str
    start: int


def measure(_: Path) -> str:
    """The whole page."""
    reports = len(list(COMPOSED.glob("*.txt")))
    page = HEAD.format(reports=reports) + false_alarms() + damage() + calibration()
    return page + (shared() if SHARED.exists() else "")


def read(text: str) -> tuple[Extraction, Judged]:
    """Facts and checks of a text, by the rules alone."""
    document = Document(doc_id="0" * 16, source="a.txt", media="text", pages=split(text))
    found, problems = run(READERS, outline(document), knowledge())
    if problems:
        raise RuntimeError(problems[0].error)
    return found, check(found, load_limits())


knowledge = cache(load_knowledge)


def body(path: Path) -> str:
    """The true text without cells of tables."""
    return "\n".join(line for line in path.read_text(encoding="utf-8").split("\n") if "\t" not in line)


def false_alarms() -> str:
    rows = []
    sets = {"composed reports": COMPOSED, "samples": ROOT / "samples/truth", "short own texts": ROOT / "tests/texts"}
    if SHARED.exists():
        sets |= {"two real documents": SHARED / "gold/true", "real and composed texts": SHARED / "texts/in"}
    for name, folder in sets.items():
        facts = flagged = failed = numbers = covered = bound = 0
        for path in sorted(folder.glob("*.txt")):
            found, judged = read(body(path))
            facts += len(found.facts)
            flagged += len({i for one in judged.checks for i in one.fact_ids})
            failed += len(judged.checks)
            exact = {t[:2] for r in judged.relations if r.exact for t in r.terms}
            some = {t[:2] for r in judged.relations for t in r.terms}
            for fact, field, _ in View(found).numbers():
                numbers += 1
                covered += (fact.fact_id, field) in exact
                bound += (fact.fact_id, field) in some
        share = f"{100 * flagged / max(1, facts):.2f}"
        none = f"{100 * (1 - bound / max(1, numbers)):.1f}"
        rows.append([name, facts, failed, flagged, share, numbers, f"{100 * covered / max(1, numbers):.1f}", none])
    columns = [
        "true text of",
        "facts",
        "checks failed",
        "facts flagged",
        "%",
        "numbers",
        "in an exact check %",
        "in none %",
    ]
    return (
        "\n## Undamaged documents\n\nTrue text read by the rules. In the composed reports every flag is a false one; samples and "
        "real documents also hold errors of their authors, so that theirs is a ceiling.\n\n" + table(columns, rows)
    )


def spots(text: str, found: Extraction, judged: Judged) -> list[Spot]:
    """Numbers that an exact relation holds and whose place in the text is known."""
    exact = {t[:2] for r in judged.relations if r.exact and r.test(r.values) is None for t in r.terms}
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    chosen: dict[int, Spot] = {}
    facts = {fact.fact_id: fact for fact in found.facts}
    for fact_id, field in sorted(exact):
        fact = facts[fact_id]
        figure, line = printed(fact, field).text, fact.evidence.line or 1
        low, high = starts[max(0, line - 2)], starts[min(len(starts) - 1, line + 1)]
        near = [m.start() for m in NUMBER.finditer(text, low, high) if m[0] == figure]
        if len(near) == 1:
            chosen.setdefault(near[0], Spot(fact_id, field, figure, near[0]))
    return list(chosen.values())


def damaged(text: str, rng: random.Random) -> str:
    """One change as recognisers make it: a digit for one that looks like it, a sign, a lost or a doubled digit."""
    digits = [i for i, sign in enumerate(text) if sign.isdigit()]
    signs = [i for i, sign in enumerate(text) if not sign.isdigit()]
    i = rng.choice(digits)
    kind = rng.random()
    if kind < 0.1 and signs:
        i = rng.choice(signs)
        return text[:i] + (",." if text[i] == "." else ".,")[0] + text[i + 1 :]
    if kind < 0.2 and len(digits) > 1:
        return text[:i] + text[i + 1 :]
    if kind < 0.3:
        return text[: i + 1] + text[i:]
    return text[:i] + rng.choice(ALIKE[text[i]]) + text[i + 1 :]


def damage() -> str:
    rng = random.Random(SEED)
    texts = {path.stem: body(path) for path in sorted(COMPOSED.glob("*.txt"))}
    texts |= {path.stem: body(path) for path in sorted((ROOT / "samples/truth").glob("*.txt"))}
    known = {}
    for stem, text in texts.items():
        found, judged = read(text)
        known[stem] = (found, judged, spots(text, found, judged))
    every = [(stem, spot) for stem, (_, _, some) in known.items() for spot in some]
    done: Counter[str] = Counter()
    by_check: Counter[str] = Counter()
    while done["made"] < CHANGES:
        stem, spot = rng.choice(every)
        new = damaged(spot.text, rng)
        if new == spot.text or not _moves(known[stem][1], spot, new, known[stem][0]):
            continue
        text = texts[stem]
        found, judged = read(text[: spot.start] + new + text[spot.start + len(spot.text) :])
        before = {one.check_id("") for one in known[stem][1].checks}
        fresh = [one for one in judged.checks if one.check_id("") not in before]
        done["made"] += 1
        done["flagged"] += bool(fresh)
        done["proposed"] += any(p.reading == spot.text and p.printed == new for one in fresh for p in one.proposals)
        done["first"] += any(
            one.proposals and one.proposals[0].reading == spot.text and one.proposals[0].printed == new for one in fresh
        )
        by_check.update({one.check for one in fresh})
    rows = [
        [done["made"], *(f"{100 * done[name] / done['made']:.1f}" for name in ("flagged", "proposed", "first"))],
    ]
    caught = ", ".join(f"{name} {n}" for name, n in by_check.most_common(6))
    return (
        f"\n## Damage test\n\nOne change as a recogniser makes it in one number, {CHANGES} times (seed {SEED}), over the "
        f"{len(every)} numbers of composed reports and samples that an exact check covers (a sum, a ratio, a count of names; not a "
        "mere bound), where the change moves the result beyond its rounding; the whole text is read again.\n\n"
        + table(["changes", "flagged %", "true reading among the first three %", "the first %"], rows)
        + f"\nCaught by: {caught}.\n"
    )


def _moves(judged: Judged, spot: Spot, new: str, found: Extraction) -> bool:
    """Whether an exact relation no longer holds with the changed number."""
    fact = next(f for f in found.facts if f.fact_id == spot.fact_id)
    figure = printed(fact, spot.field)
    share, whole = isinstance(fact, Percentage) and spot.field == "value", isinstance(fact, Criteria)
    changed = value(new, figure.scale, share=share, whole=whole and spot.field != "value")
    if changed is None:
        return False
    place = (spot.fact_id, spot.field)
    return any(
        r.exact and r.test(tuple(changed if t[:2] == place else t.value for t in r.terms)) is not None
        for r in judged.relations
        if any(t[:2] == place for t in r.terms) and r.test(r.values) is None
    )


def calibration() -> str:
    resources = load_resources()
    model = msgspec.json.decode(MODEL.read_bytes(), type=Confidence)
    sure: list[float] = []
    right: list[bool] = []
    doubted: list[bool] = []
    for path in report_paths(COMPOSED, TEST):
        result, truth = interpreted(path, resources)
        extraction, failed = rated(result, resources, model)
        sure += [fact.evidence.confidence for fact in extraction.facts]
        right += rightness(extraction, truth)
        doubted += [fact.fact_id in failed for fact in extraction.facts]
    return _calibrated(np.array(sure), np.array(right), np.array(doubted))


def _calibrated(sure: NDArray[np.float64], right: NDArray[np.bool_], doubted: NDArray[np.bool_]) -> str:
    bins = np.minimum(9, (10 * sure).astype(int))
    rows, error = [], 0.0
    for k in range(10):
        mine = bins == k
        if mine.any():
            error += abs(sure[mine].mean() - right[mine].mean()) * mine.mean()
            bar = "#" * round(30 * right[mine].mean())
            rows.append(
                [
                    f"{k / 10:.1f}-{(k + 1) / 10:.1f}",
                    int(mine.sum()),
                    f"{sure[mine].mean():.3f}",
                    f"{right[mine].mean():.3f}",
                    f"`{bar:<30}`",
                ]
            )
    below = Settings().review_below
    marks = []
    for name, marked in (
        (f"confidence < {below}", sure < below),
        ("failed check", doubted),
        ("either: needs a look", doubted | (sure < below)),
    ):
        caught = (marked & ~right).sum() / max(1, (~right).sum())
        marks.append(
            [name, f"{100 * marked.mean():.1f}", f"{100 * caught:.1f}", f"{100 * (1 - right[~marked].mean()):.2f}"]
        )
    return (
        f"\n## Confidence\n\n{len(sure)} facts of composed reports {TEST}, typeset, degraded (office, poor, photocopy, fax) and "
        f"recognised. The model was trained on 1-70, its threshold chosen on 71-120. {int((~right).sum())} are wrong: some field of the row's value differs from every true "
        f"row. Expected calibration error {error:.4f}.\n\n"
        + table(["confidence", "facts", "mean", "right", "share right (0 to 1)"], rows)
        + '\nWhat the mark "needs a look" finds:\n\n'
        + table(["marked by", "facts marked %", "of wrong rows marked %", "wrong among the rest %"], marks)
    )


def shared() -> str:
    rows = []
    with tempfile.TemporaryDirectory() as work:
        for source, gold in (("gold/in", "gold"), ("scans/typeset/in", "scans/typeset")):
            out = outputs_of(SHARED / source, Path(work) / source)
            facts = wrong = marked = caught = 0
            store = Store(out)
            for path in sorted(store.folder.glob("*.json")):
                result = store.load(path.stem)
                truth = SHARED / gold / f"{Path(result.document.source).stem}.facts.jsonl"
                right = rightness(result.extraction, [json.loads(x) for x in truth.read_text("utf-8").splitlines()])
                failed = {i for one in result.checks for i in one.fact_ids}
                for fact, good in zip(result.extraction.facts, right, strict=True):
                    look = fact.fact_id in failed or fact.evidence.confidence < Settings().review_below
                    facts, wrong, marked, caught = (
                        facts + 1,
                        wrong + (not good),
                        marked + look,
                        caught + (look and not good),
                    )
            rows.append([source, facts, wrong, marked, caught])
    return "\nOf the shared measuring set (the rules were tuned on its texts):\n\n" + table(
        ["set", "facts", "wrong", "marked", "wrong and marked"], rows
    )
