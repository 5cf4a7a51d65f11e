"""docs/accuracy.md: facts and texts of samples/, and of the shared measuring set where it is there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from msgspec.structs import replace

from bench.repair import with_regime
from bench.scoring import Score, TextScore, pool, score_facts, score_text
from bench.tools import ROOT, SHARED, machine, outputs_of, table
from ntm_extract.edges.folders import models_folder
from ntm_extract.edges.models import load_repairer
from ntm_extract.edges.store import Store
from ntm_extract.model import Line
from ntm_extract.repair import repair_lines
from training.channel import light, light_pairs

NOISE = ROOT / "build/noise.tsv"

MAIN = ("criteria", "percentages", "budgets")
TABLES = ("document", *MAIN, "quantities", "legal_refs")
HEAD = """# Accuracy

Written by `make bench`, never by hand. {machine}

F1 of facts is value-exact: a row is right only if every field that makes its value is equal. SER is the share of
syllables wrong. Rows of annex tables are left aside in this version: cells are not read yet.

## Samples

Composed documents in `samples/`. No model was trained on them; rules were tuned after looking at their misses, so that
documents from elsewhere will come out lower.

"""
SHARED_HEAD = """
## Real and typeset documents

Of the shared measuring set. The rules were tuned on these documents, and the shipped channel model has learned from the
gold pairs and from the real scans' pairs: these figures say what the shipped program does on them, not what it will do
elsewhere. Repair measured on text that its models have not seen is in the section after this one.

"""
CROSS_HEAD = """
## Repair, cross-fitted

`python -m bench.repair`: the channel is learned without the document that is scored.

```
{said}
```
"""
SETS = (
    ("true text, two real documents", "gold/true", "gold", "*"),
    ("true text, short and composed", "texts/in", "texts", "*"),
    ("ruined text, two real documents", "gold/in", "gold", "*"),
    ("typeset scans, office", "scans/typeset/in", "scans/typeset", "*_office"),
    ("typeset scans, poor", "scans/typeset/in", "scans/typeset", "*_poor"),
    ("typeset scans, fax", "scans/typeset/in", "scans/typeset", "*_fax"),
)


def measure(work: Path) -> str:
    """The whole page; runs are left in `work`."""
    page = HEAD.format(machine=machine()) + samples(outputs_of(ROOT / "samples/scans", work / "samples"))
    if SHARED.exists():
        page += SHARED_HEAD + shared(work) + CROSS_HEAD.format(said=said(sys.executable, "-m", "bench.repair"))
    return page


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
    return table(["document", *TABLES, "SER %", "numbers right %"], rows) + "\n" + summary(pool(scores, MAIN))


def ser(score: TextScore) -> str:
    return f"{100 * score.edits / max(1, score.syllables):.2f}"


def numbers(score: TextScore) -> str:
    return f"{100 * score.numbers_right / max(1, score.numbers):.1f}"


def summary(score: Score) -> str:
    return (
        f"Pooled over {', '.join(MAIN)}: F1 {score.f1:.3f} (precision {score.precision:.3f}, "
        f"recall {score.recall:.3f}, {score.true} true rows).\n"
    )


def shared(work: Path) -> str:
    done: dict[str, Path] = {}

    def run_once(source: str) -> Path:
        if source not in done:
            done[source] = outputs_of(SHARED / source, work / source)
        return done[source]

    rows = [facts_row(name, run_once(source), SHARED / gold, only) for name, source, gold, only in SETS]
    return (
        table(["set", *TABLES, "pooled"], rows)
        + "\nText of the two ruined documents, before and after (`score.py text`):\n\n"
        + table(["document", "text", "CER %", "SER %", "numbers right %", "invented"], ruined_rows(run_once("gold/in")))
        + "\nReal scans, the whole way, for each a channel learned without its own pairs (`score_scan.py`):\n\n```\n"
        + real_scans(run_once("scans/real/in"), work / "cross-fitted")
        + "\n```\n"
    )


def facts_row(name: str, out: Path, gold: Path, only: str) -> list[str]:
    found = scored("facts", out, gold, "--only", only)
    right = sum(found[t]["recall"] * found[t]["gold"] for t in MAIN)
    both = sum(found[t]["gold"] + found[t]["found"] for t in MAIN)
    return [name, *(f"{found[t]['f1']:.3f}" for t in TABLES), f"{2 * right / both:.3f}"]


def ruined_rows(out: Path) -> list[list[str]]:
    rows = []
    for gold in sorted((SHARED / "gold").glob("*.gold.txt")):
        stem = gold.name.removesuffix(".gold.txt")
        for label, path in (("as found", SHARED / f"gold/in/{stem}.txt"), ("repaired", out / f"text/{stem}.txt.txt")):
            score = scored("text", path, gold)
            rows.append(
                [stem, label, *(f"{score[k]:.2f}" for k in ("CER", "SER", "numbers_right")), score["numbers_invented"]]
            )
    return rows


def real_scans(out: Path, work: Path) -> str:
    """The stored readings repaired again, each document by a channel that has not learned from it."""
    work.mkdir()
    store, repairer = Store(out), load_repairer(models_folder())
    for path in sorted(store.folder.glob("*.json")):
        result = store.load(path.stem)
        stem = Path(result.document.source).stem
        fitted = with_regime(repairer, "light", light(light_pairs(SHARED, NOISE, without=stem)))
        lines = repair_lines(tuple(as_recognised(x) for page in result.document.pages for x in page.lines), fitted)
        (work / f"{stem}.txt").write_text("\n".join(line.text for line in lines), encoding="utf-8")
    truths = sorted((SHARED / "scans/real").glob("*.txt"))
    pairs = [path for truth in truths for path in (work / truth.name, truth)]
    return said(sys.executable, SHARED / "score_scan.py", *pairs)


def as_recognised(line: Line) -> Line:
    """The line before repair."""
    plain = (replace(w, text=w.recognised, margin=None, reason="") for w in line.words)
    return replace(line, words=tuple(plain))


def scored(*arguments: object) -> dict:
    return dict(json.loads(said(sys.executable, SHARED / "score.py", *arguments, "--json").splitlines()[-1]))


def said(*command: object) -> str:
    """What a command prints."""
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.strip("\n")
