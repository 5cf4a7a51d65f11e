"""`make bench`: measure everything, on samples/ alone and on the shared measuring set where it is there.

Writes docs/accuracy.md and docs/performance.md. `python -m bench accuracy` or `performance` makes one of them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from bench.scoring import Score, TextScore, pool, score_facts, score_text
from ntm_extract import __version__
from ntm_extract.batch import run
from ntm_extract.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FACTS = ("criteria", "percentages", "budgets")
TABLES = ("document", *FACTS, "quantities", "legal_refs")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(value) for value in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def outputs_of(source: Path, out: Path, settings: Settings | None = None) -> Path:
    run(source, out, settings or Settings(), os.cpu_count() or 1)
    return out


def machine() -> str:
    tesseract = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )[0]
    cpu = next(
        (x.split(":")[1].strip() for x in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in x), ""
    )
    return (
        f"ntm-extract {__version__}, {tesseract}, Python {platform.python_version()}, spaCy {version('spacy')}, "
        f"OpenCV {version('opencv-python-headless')}; {os.cpu_count()} cores, {cpu or platform.machine()}."
    )


def accuracy(work: Path) -> str:
    parts = [
        "# Accuracy\n\nWritten by `make bench`, never by hand. " + machine(),
        "\nF1 of facts is value-exact: a row is right only if every field that makes its value is equal. SER is the share of"
        "\nsyllables wrong. What a model was trained on is said beside each figure.\n",
        "## Samples\n\nComposed documents in `samples/`; no model was trained on them.\n",
        samples(outputs_of(ROOT / "samples/scans", work / "samples")),
    ]
    if SHARED.exists():
        parts.append(shared(work))
    return "\n".join(parts)


def samples(out: Path) -> str:
    truth = ROOT / "samples/truth"
    scores = score_facts(out, truth)
    rows = []
    for stem, by_table in scores.items():
        read = next(iter((out / "text").rglob(f"{stem}.*.txt")), None)
        true = (truth / f"{stem}.txt").read_text("utf-8")
        text = score_text(read.read_text("utf-8") if read else "", true)
        rows.append([stem, *(f"{by_table[t].f1:.3f}" for t in TABLES), ser(text), numbers(text)])
    rows.append(["**all**", *(f"{pool(scores, (t,)).f1:.3f}" for t in TABLES), "", ""])
    whole = pool(scores, FACTS)
    return table(["document", *TABLES, "SER %", "numbers right %"], rows) + f"\n{summary(whole)}\n"


def ser(score: TextScore) -> str:
    return f"{100 * score.edits / max(1, score.syllables):.2f}"


def numbers(score: TextScore) -> str:
    return f"{100 * score.numbers_right / max(1, score.numbers):.1f}"


def summary(score: Score) -> str:
    return (
        f"Pooled over {', '.join(FACTS)}: F1 {score.f1:.3f} (precision {score.precision:.3f}, recall {score.recall:.3f}, "
        f"{score.true} true rows)."
    )


SETS = (
    ("true text, two real documents", "gold/true", "gold", "*", False),
    ("true text, short and composed", "texts/in", "texts", "*", False),
    ("ruined text, two real documents", "gold/in", "gold", "*", True),
    ("typeset scans, office", "scans/typeset/in", "scans/typeset", "*_office", True),
    ("typeset scans, poor", "scans/typeset/in", "scans/typeset", "*_poor", True),
    ("typeset scans, fax", "scans/typeset/in", "scans/typeset", "*_fax", True),
)


def shared(work: Path) -> str:
    rows = []
    done: dict[str, Path] = {}
    for name, source, gold, only, _ in SETS:
        if source not in done:
            done[source] = outputs_of(SHARED / source, work / source)
        said = scored("facts", done[source], SHARED / gold, "--only", only)
        hits = sum(said[t]["recall"] * said[t]["gold"] for t in FACTS)
        both = sum(said[t]["gold"] + said[t]["found"] for t in FACTS)
        rows.append([name, *(f"{said[t]['f1']:.3f}" for t in TABLES), f"{2 * hits / both:.3f}"])
    facts = table(["set", *TABLES, "pooled"], rows)
    texts = []
    for stem in ("plan2025", "report2023a"):
        gold = SHARED / f"gold/{stem}.gold.txt"
        for label, path in (
            ("as found", SHARED / f"gold/in/{stem}.txt"),
            ("repaired", done["gold/in"] / f"text/{stem}.txt.txt"),
        ):
            said = scored("text", path, gold)
            texts.append(
                [stem, label, *(f"{said[k]:.2f}" for k in ("CER", "SER", "numbers_right")), said["numbers_invented"]]
            )
    real = outputs_of(SHARED / "scans/real/in", work / "real")
    pairs = [
        str(p) for t in sorted((SHARED / "scans/real").glob("*.txt")) for p in (real / f"text/{t.stem}.pdf.txt", t)
    ]
    last = subprocess.run(
        [sys.executable, SHARED / "score_scan.py", *pairs], capture_output=True, text=True, check=True
    ).stdout.strip()
    return (
        "\n## Real and typeset documents of the shared measuring set\n\nThe shipped channel model has learned from the gold pairs and from"
        " the real scans' OCR pairs; cross-fitted\nfigures of repair are below, from `python -m bench.repair`.\n\n"
        + facts
        + "\n"
        + table(["document", "text", "CER %", "SER %", "numbers right %", "numbers invented"], texts)
        + f"\nReal scans, whole way (`score_scan.py`):\n\n```\n{last}\n```\n"
    )


def scored(*arguments: object) -> dict[str, dict[str, float]]:
    command = [sys.executable, SHARED / "score.py", *arguments, "--json"]
    return dict(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1]))


def performance(work: Path) -> str:
    sources = [("samples", ROOT / "samples/scans")]
    if SHARED.exists():
        sources += [("real scans", SHARED / "scans/real/in"), ("typeset scans", SHARED / "scans/typeset/in")]
    rows = []
    for name, source in sources:
        pages, raw = raw_tesseract(source, work / f"raw-{name}")
        begin = time.monotonic()
        outputs_of(source, work / f"run-{name}")
        whole = time.monotonic() - begin
        rows.append([name, pages, f"{raw:.1f}", f"{whole:.1f}", f"{whole / raw:.2f}"])
    return (
        "# Performance\n\nWritten by `make bench`, never by hand. " + machine() + "\n\n"
        "`raw` is `tesseract -l vie` alone, one process a core, on pages rendered beforehand at 300 dpi; `whole` is"
        " `ntm-extract run` from\nfile to tables, start of workers and loading of models included.\n\n"
        + table(["set", "pages", "raw s", "whole s", "whole / raw"], rows)
    )


def raw_tesseract(source: Path, work: Path) -> tuple[int, float]:
    """Number of PDF pages, and the seconds that bare Tesseract takes on them."""
    work.mkdir(parents=True)
    for pdf in sorted(source.glob("*.pdf")):
        subprocess.run(["pdftoppm", "-r", "300", "-gray", pdf, work / pdf.stem], check=True)
    pages = sorted(work.glob("*.pgm"))
    begin = time.monotonic()
    command = ["xargs", "-P", str(os.cpu_count() or 1), "-I{}", "tesseract", "{}", "{}", "-l", "vie", "quiet"]
    given = "\n".join(map(str, pages)).encode()
    subprocess.run(command, input=given, check=True, capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    return len(pages), time.monotonic() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["accuracy", "performance"])
    what = parser.parse_args().what
    with tempfile.TemporaryDirectory() as folder:
        for name, measure in (("accuracy", accuracy), ("performance", performance)):
            if what in (None, name):
                page = measure(Path(folder))
                (ROOT / "docs" / f"{name}.md").write_text(page, encoding="utf-8")
                print(page)


if __name__ == "__main__":
    main()
