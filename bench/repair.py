"""Measure repair on text that its channel has not seen, and print a table.

    python -m bench.repair [--noise NOISE.tsv] [--shared ../shared] [--only PART,…]

Parts: gold, unseen, untouched, oracle, scans, restore, correct, speed; and ablation, ablation_scans.

`--noise` is what training.noise wrote; without it channels are learned from the gold or scan pairs alone.
Every figure is cross-fitted: the channel is learned without the document that is scored.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from bench.oracle import oracle
from bench.repair_ablation import ablation, ablation_scans
from bench.repair_score import HEADER, Score, all_lines, run, stream, whole, with_regime
from bench.unseen import OTHERS, UNSEEN_LEVELS, Page, documents
from ntm_extract.edges.folders import models_folder
from ntm_extract.edges.models import load_repairer
from ntm_extract.repair import Repairer, repair_lines, repair_text
from ntm_extract.text.normal import nfc
from training.channel import GOLD, heavy, heavy_pairs, light, light_pairs, strip_marks
from training.language_model import split_vbpl
from training.lexicon import held_out
from training.pairs import gold_lines, scan_lines

OWN_TEXTS = Path(__file__).resolve().parents[1] / "tests" / "texts"


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


def unseen(shared: Path, noise: Path, repairer: Repairer) -> Iterable[Score]:
    """English Tesseract on typeset, degraded reports: a kind of noise that the channel did not learn from.

    With and without self-adaptation. The n-grams were built without these reports.
    """
    kinds = [
        ("no eng", heavy(heavy_pairs(shared, noise, GOLD, OTHERS))),
        ("no eng, no gold", heavy(heavy_pairs(shared, noise, (), OTHERS))),
        ("gold alone", heavy(heavy_pairs(shared, noise, GOLD, ()))),
    ]
    texts = sorted((shared / "texts" / "in").glob("composed_*.txt"))
    read = list(documents(texts, UNSEEN_LEVELS, "eng", noise.parent / "unseen"))
    for label, regime in kinds:
        for adapts in (True, False):
            fitted = replace(with_regime(repairer, "heavy", regime), adapts=adapts)
            yield from _levels(read, f"{label}{'' if adapts else ', not adapted'}", fitted)


def untouched(shared: Path, noise: Path, repairer: Repairer) -> Iterable[Score]:
    """The same wear of texts that no constant of repair was chosen on: twelve short ones of our own."""
    fitted = with_regime(repairer, "heavy", heavy(heavy_pairs(shared, noise, GOLD, OTHERS)))
    texts = sorted(OWN_TEXTS.glob("k[0-9][0-9]_*.txt"))
    yield from _levels(list(documents(texts, UNSEEN_LEVELS, "eng", noise.parent / "untouched")), "no eng", fitted)


def _levels(read: Sequence[tuple[str, list[Page]]], label: str, repairer: Repairer) -> Iterable[Score]:
    """A score a level, over all documents."""
    for level in UNSEEN_LEVELS:
        scores = [stream(pages, repairer) for name, pages in read if name.endswith(level)]
        total = [sum(column) for column in zip(*(score[1:] for score in scores), strict=True)]
        yield Score(f"{level}, {label}", *total)  # type: ignore[arg-type]


def speed(shared: Path, noise: Path, repairer: Repairer) -> Iterable[Score]:
    """One worker's life over the real scans as Tesseract `vie` reads them, with its confidences; then its cost."""
    fresh = load_repairer(models_folder())
    tokens, seconds = 0, 0.0
    for path in sorted((shared / "scans" / "real" / "in").glob("*.pdf")):
        lines = all_lines(path)
        start = time.perf_counter()
        repair_lines(lines, fresh)
        seconds += time.perf_counter() - start
        tokens += sum(len(line.words) for line in lines)
    yield Score("real scans with confidences", tokens, 0, 0, 0, 0, seconds)
    print(subprocess.run([sys.executable, "-c", WORKER], capture_output=True, text=True, check=True).stdout, end="")


WORKER = """
import time
from ntm_extract.edges.models import load_repairer, models_folder
from ntm_extract.repair import repair_text
begin = time.perf_counter()
repairer = load_repairer(models_folder())
loaded = time.perf_counter() - begin
repair_text("Uy ban nhan dan xa da lam duong be tong", repairer)
begin = time.perf_counter()
repair_text("Căn cứ kế hoạch của huyện về xây dựng nông thôn mới " * 2000, repairer)
kept = dict(line.split(":") for line in open("/proc/self/smaps_rollup").read().splitlines()[1:])
whole, own = (int(kept[k].split()[0]) // 1024 for k in ("Rss", "Private_Dirty"))
print(f"models loaded in {loaded:.2f} s; a worker that only repairs holds {whole} MB, {own} MB of it its own")
"""


def scans(shared: Path, noise: Path, repairer: Repairer) -> Iterable[Score]:
    """Tesseract `vie` on real scans, one document left out at a time."""
    path = shared / "corpora" / "ocr_pairs_dev.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    scores = []
    for document in sorted({d for d, _, _ in scan_lines(path)}):
        fitted = with_regime(repairer, "light", light(light_pairs(shared, noise, document)))
        mine = [r for r in rows if r[0].rsplit("-", 1)[0] == document]
        pages: dict[str, list[int]] = {}
        for i, row in enumerate(mine):
            pages.setdefault(row[0], []).append(i)
        score = run(f"scan {document}", [(r[3], r[2]) for r in mine], fitted, pages.values())
        scores.append(score)
        yield score
    total = [sum(column) for column in zip(*(score[1:] for score in scores), strict=True)]
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


PARTS: dict[str, Callable[[Path, Path, Repairer], Iterable[Score]]] = {
    "gold": gold,
    "unseen": unseen,
    "untouched": untouched,
    "oracle": oracle,
    "scans": scans,
    "restore": restore,
    "correct": correct,
    "speed": speed,
    "ablation": ablation,
    "ablation_scans": ablation_scans,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--noise", type=Path, default=Path("build/noise.tsv"))
    parser.add_argument("--only", default="gold,unseen,untouched,oracle,scans,restore,correct,speed")
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
