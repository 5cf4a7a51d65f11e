"""Measure repair on text that its channel has not seen, and print a table.

    python -m bench.repair [--noise NOISE.tsv] [--shared ../shared] [--only gold,scans,restore,correct,ablation]

`--noise` is what training.noise wrote; without it channels are learned from the gold or scan pairs alone.
Every figure is cross-fitted: the channel is learned without the document that is scored.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import numpy as np
from rapidfuzz.distance import Levenshtein

from ntm_extract.edges.models import load_repairer, models_folder
from ntm_extract.repair import Repairer, repair_text
from ntm_extract.repair.language_model import BACKOFF_ZERO, LanguageModel
from ntm_extract.text.normal import nfc
from training.channel import GOLD, heavy, heavy_pairs, light, light_pairs, strip_marks
from training.language_model import split_vbpl
from training.lexicon import held_out
from training.pairs import gold_lines, match, scan_lines


class Score(NamedTuple):
    """Edits of tokens against the truth, raw and repaired; readings put right and put wrong; seconds."""

    name: str
    tokens: int
    raw: int
    left: int
    fixed: int
    harmed: int
    seconds: float

    def row(self) -> str:
        """The score as a line under HEADER."""
        per = 100 / max(1, self.tokens)
        speed = self.tokens / max(1e-9, self.seconds)
        return (
            f"{self.name:34} {self.tokens:7} {self.raw * per:7.2f} {self.left * per:7.2f} "
            f"{self.fixed:6} {self.harmed:6} {speed:9.0f}"
        )


HEADER = f"{'':34} {'tokens':>7} {'raw %':>7} {'left %':>7} {'fixed':>6} {'harmed':>6} {'tokens/s':>9}"


def compare(name: str, lines: list[tuple[str, str]], repaired: list[str], seconds: float) -> Score:
    """Score lines (truth, reading) and what repair made of the readings."""
    tokens = raw = left = fixed = harmed = 0
    for (truth, read), new in zip(lines, repaired, strict=True):
        t, r, h = nfc(truth).split(), nfc(read).split(), new.split()
        tokens += len(t)
        raw += Levenshtein.distance(r, t)
        left += Levenshtein.distance(h, t)
        if len(r) == len(h):
            for i, j in match(t, r):
                fixed += r[j] != t[i] == h[j]
                harmed += r[j] == t[i] != h[j]
    return Score(name, tokens, raw, left, fixed, harmed, seconds)


def run(name: str, lines: list[tuple[str, str]], repairer: Repairer, groups: Iterable[list[int]]) -> Score:
    """Repair the readings of each group of lines (a page) as one text, and score them all."""
    out = [""] * len(lines)
    start = time.perf_counter()
    for group in groups:
        text = repair_text("\n".join(lines[i][1] for i in group), repairer).text
        for i, line in zip(group, text.split("\n"), strict=True):
            out[i] = line
    return compare(name, lines, out, time.perf_counter() - start)


def whole(lines: list[tuple[str, str]]) -> list[list[int]]:
    """All lines as one group."""
    return [list(range(len(lines)))]


def with_regime(repairer: Repairer, name: str, regime: object) -> Repairer:
    """The repairer with one channel in the place of the shipped one."""
    return replace(repairer, regimes={**repairer.regimes, name: regime})  # type: ignore[dict-item]


def gold(shared: Path, noise: Path, repairer: Repairer) -> Iterable[Score]:
    """Ruined text layers, the channel learned from the other document (and typeset noise)."""
    for stem in GOLD:
        others = [s for s in GOLD if s != stem]
        fitted = with_regime(repairer, "heavy", heavy(heavy_pairs(shared, noise, others)))
        lines = gold_lines(shared, stem)
        yield run(f"ruined layer {stem}", lines, fitted, whole(lines))
        if noise.exists():
            blind = with_regime(repairer, "heavy", heavy(heavy_pairs(shared, noise, ())))
            yield run(f"  no document's own pairs {stem}", lines, blind, whole(lines))


def scans(shared: Path, noise: Path, repairer: Repairer) -> Iterable[Score]:
    """Tesseract `vie` on real scans, one document left out at a time."""
    path = shared / "corpora" / "ocr_pairs_dev.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    total = [0, 0, 0, 0, 0, 0.0]
    for document in sorted({d for d, _, _ in scan_lines(path)}):
        fitted = with_regime(repairer, "light", light(light_pairs(shared, noise, document)))
        mine = [r for r in rows if r[0].rsplit("-", 1)[0] == document]
        pages: dict[str, list[int]] = {}
        for i, row in enumerate(mine):
            pages.setdefault(row[0], []).append(i)
        score = run(f"scan {document}", [(r[3], r[2]) for r in mine], fitted, pages.values())
        total = [a + b for a, b in zip(total, score[1:], strict=True)]
        yield score
    yield Score("scans together", *total)  # type: ignore[arg-type]


def restore(shared: Path, noise: Path, repairer: Repairer) -> Iterable[Score]:
    """True text stripped of its marks."""
    for stem in GOLD:
        truth = nfc((shared / "gold" / "true" / f"{stem}.txt").read_text(encoding="utf-8")).split("\n")
        lines = [(t, strip_marks(t)) for t in truth]
        yield run(f"marks stripped {stem}", lines, repairer, whole(lines))


def correct(shared: Path, noise: Path, repairer: Repairer) -> Iterable[Score]:
    """Text without errors: whatever changes is harm."""
    texts = sorted((shared / "texts" / "in").glob("*.txt"))
    held = split_vbpl(shared / "corpora", held_out([]))[1]
    files = [(f"correct vbpl, {len(held)} lines held out", [held[i : i + 40] for i in range(0, len(held), 40)])]
    files.append(("correct texts", [nfc(f.read_text(encoding="utf-8")).split("\n") for f in texts]))
    for stem in GOLD:
        truth = (shared / "gold" / "true" / f"{stem}.txt").read_text(encoding="utf-8")
        files.append((f"correct {stem}", [nfc(truth).split("\n")]))
    for name, groups in files:
        lines = [(" ".join(t.split()),) * 2 for group in groups for t in group]
        spans, start = [], 0
        for group in groups:
            spans.append(list(range(start, start + len(group))))
            start += len(group)
        yield run(name, lines, repairer, spans)


def of_order(model: LanguageModel, order: int) -> LanguageModel:
    """The language model with a memory of `order` - 1 words, 1 to 4."""
    for n in range(order, 4):
        child, backoff = getattr(model, f"child{n}"), getattr(model, f"backoff{n}")
        nothing = {f"child{n}": np.zeros_like(child), f"backoff{n}": np.full_like(backoff, BACKOFF_ZERO)}
        model = model._replace(**nothing)
    return model


def ablation(shared: Path, noise: Path, repairer: Repairer) -> Iterable[Score]:
    """The ruined layers with one part of repair taken away at a time."""
    variants = {
        f"n-grams of order {n}": replace(repairer, language_model=of_order(repairer.language_model, n))
        for n in (3, 2, 1)
    }
    variants["without adaptation"] = replace(repairer, adapts=False)
    for stem in GOLD:
        regime = heavy(heavy_pairs(shared, noise, [s for s in GOLD if s != stem]))
        lines = gold_lines(shared, stem)
        yield run(f"ruined layer {stem}", lines, with_regime(repairer, "heavy", regime), whole(lines))
        for name, variant in variants.items():
            yield run(f"  {name}", lines, with_regime(variant, "heavy", regime), whole(lines))
        with mock.patch("ntm_extract.repair.decoder.BEAM", 1):
            yield run("  greedy", lines, with_regime(repairer, "heavy", regime), whole(lines))


PARTS: dict[str, Callable[[Path, Path, Repairer], Iterable[Score]]] = {
    "gold": gold,
    "scans": scans,
    "restore": restore,
    "correct": correct,
    "ablation": ablation,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--noise", type=Path, default=Path("build/noise.tsv"))
    parser.add_argument("--only", default="gold,scans,restore,correct")
    args = parser.parse_args()
    if not args.shared.is_dir():
        print(f"no measuring texts at {args.shared}; nothing measured")
        return 0
    repairer = load_repairer(models_folder())
    repair_text("làm nóng", repairer)  # compile first
    print(HEADER)
    for name in args.only.split(","):
        for score in PARTS[name](args.shared, args.noise, repairer):
            print(score.row(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
