"""The figures of docs/accuracy.md: facts and texts of samples/, and of the shared measuring set where it is there."""

from __future__ import annotations

import sys
from dataclasses import replace as changed
from pathlib import Path

from bench import heads as filled_heads
from bench.cells import found_tables, match, true_tables
from bench.plot import bars
from bench.repair_ablation import of_order
from bench.repair_score import with_regime
from bench.scoring import Score, pool, score_facts, score_text
from bench.texts import COLUMNS, numbers, read_right, said, scored, ser
from bench.tools import ROOT, SHARED, table
from bench.work import ANNEXES, REAL, SAMPLES, TEXTS, TYPESETS, Set, Work, there
from ntm_extract.edges.store import Store
from ntm_extract.model import Document
from ntm_extract.outputs.ready import ready
from ntm_extract.outputs.tables import write_tables
from ntm_extract.pipeline import understand
from ntm_extract.repair import repair_lines
from ntm_extract.resources import Resources, load_resources
from ntm_extract.settings import Settings
from training.channel import light, light_pairs

NOISE = ROOT / "build/noise.tsv"
MAIN = ("criteria", "percentages", "budgets")
TABLES = ("document", *MAIN, "quantities", "legal_refs")


def samples(work: Work) -> str:
    out = work.run(SAMPLES)
    scores = of_samples(out, work)
    rows = []
    for stem in scores:
        read = next(iter((out / "text").rglob(f"{stem}.*.txt")), None)
        text = score_text(read.read_text("utf-8") if read else "", (SAMPLES.truth / f"{stem}.txt").read_text("utf-8"))
        rows.append([stem, *(f"{scores[stem][t].f1:.3f}" for t in TABLES), ser(text), numbers(text)])
    whole = pool(scores, MAIN)
    rows.append(["**all**", *(f"{pool(scores, (t,)).f1:.3f}" for t in TABLES), "", ""])
    return table(["document", *TABLES, "SER %", "numbers right %"], rows) + (
        f"\nPooled over {', '.join(MAIN)}: F1 {whole.f1:.3f} (precision {whole.precision:.3f}, "
        f"recall {whole.recall:.3f}, {whole.true} true rows).\n"
    )


def facts(work: Work) -> str:
    """By level and table, as shipped; and the pooled figure with a part of repair taken away."""
    resources = load_resources()
    model = of_order(resources.repairer.language_model, 1)
    lesser = {
        "without n-grams": (Settings(), resources._replace(repairer=changed(resources.repairer, language_model=model))),
        "without repair": (Settings(repair=False), resources),
    }
    rows, series = [], {name: [] for name in ("as shipped", *lesser)}
    sets = [SAMPLES, *there(*TEXTS, *TYPESETS, ANNEXES)]
    for one in sets:
        out = work.run(one)
        shipped = by_table(one, out, work)
        pooled = {"as shipped": pool_of(shipped)}
        for name, (settings, own) in lesser.items():
            pooled[name] = pool_of(by_table(one, again(out, work.new(name), settings, own), work))
        rows.append([one.name, *(shown(shipped[t]) for t in TABLES), *(shown(score) for score in pooled.values())])
        for name, score in pooled.items():
            series[name].append(round(score.f1, 3))
    head = ["set", *TABLES, *(f"pooled, {name}" if name != "as shipped" else "**pooled**" for name in series)]
    return table(head, rows) + bars(work, "facts-by-set", "F1 of facts, pooled", [one.name for one in sets], series)


def of_samples(out: Path, work: Work) -> dict[str, dict[str, Score]]:
    scores = score_facts(out, SAMPLES.truth)
    return {path.stem: scores[path.stem] for path in SAMPLES.files()[: work.few]}


def by_table(one: Set, out: Path, work: Work) -> dict[str, Score]:
    """Scores by table: by `score.py`; samples by bench.scoring."""
    if one == SAMPLES:
        kept = of_samples(out, work)
        return {t: pool(kept, (t,)) for t in TABLES}
    found = scored("facts", out, one.truth, "--only", one.only)
    return {
        t: Score(found[t]["gold"], found[t]["found"], round(found[t]["recall"] * found[t]["gold"]))
        for t in TABLES
        if t in found
    }


def pool_of(scores: dict[str, Score]) -> Score:
    return sum((scores[t] for t in MAIN), Score())


def shown(score: Score) -> str:
    """F1; a dash where there is nothing to find and nothing was found."""
    return f"{score.f1:.3f}" if score.true + score.found else "-"


def again(out: Path, new: Path, settings: Settings, resources: Resources) -> Path:
    """What was read for `out`, understood otherwise."""
    results = [understand(document, settings, resources) for document in readings(out)]
    write_tables(new, (ready(result) for result in sorted(results, key=lambda result: result.document.source)))
    return new


def readings(out: Path) -> list[Document]:
    """The documents of a run as they were read."""
    store = Store(out)
    found = (store.reading(entry.doc_id) for entry in store.entries())
    return [reading.document for reading in found if reading]


def reading(work: Work) -> str:
    """Texts as recognised and as repaired; for real scans each by a channel without the document's own pairs."""
    resources = load_resources()
    rows, series = [], {"as recognised": [], "repaired": []}
    sets = [SAMPLES, *there(REAL, *TYPESETS)]
    for one in sets:
        documents = [document for document in readings(work.run(one)) if (one.truth / f"{stem(document)}.txt").exists()]
        for name, values in series.items():
            texts = work.new(f"{one.name} {name}")
            for document in documents:
                lines = tuple(line for page in document.pages for line in page.lines)
                if name == "repaired":
                    repairer = resources.repairer
                    if one == REAL:
                        pairs = light_pairs(SHARED, NOISE, without=stem(document))
                        repairer = with_regime(repairer, "light", light(pairs))
                    lines = repair_lines(lines, repairer)
                (texts / f"{stem(document)}.txt").write_text("\n".join(line.text for line in lines), "utf-8")
            found = read_right(one, texts, map(stem, documents))
            rows.append([one.name, name, *found])
            values.append(float(str(found[1])))
    return table(["set", "text", *COLUMNS], rows) + bars(
        work, "syllables-wrong", "SER, % of syllables wrong", [one.name for one in sets], series
    )


def stem(document: Document) -> str:
    return Path(document.source).stem


def ruined(work: Work) -> str:
    """The ruined texts before and after, as shipped; then what bench.repair measures, cross-fitted."""
    if not SHARED.is_dir():
        return ""
    one = TEXTS[-1]
    out = work.run(one)
    rows = []
    for path in one.files()[: work.few]:
        for label, text in (("as found", path), ("repaired", out / "text" / f"{path.name}.txt")):
            score = scored("text", text, one.truth / f"{path.stem}.gold.txt")
            found = (f"{score[k]:.2f}" for k in ("CER", "SER", "numbers_right"))
            rows.append([path.stem, label, *found, score["numbers_invented"]])
    parts = "restore" if work.few else "gold,unseen,oracle,scans,restore,correct,speed"
    measured = said(sys.executable, "-m", "bench.repair", "--noise", NOISE, "--only", parts)
    head = ["document", "text", "CER %", "SER %", "numbers right %", "invented"]
    return f"{table(head, rows)}\n`python -m bench.repair`, cross-fitted:\n\n```\n{measured}\n```\n"


def cells(work: Work) -> str:
    """Places of the grid with the right text, a row a document."""
    rows = []
    for one in (SAMPLES, *there(ANNEXES)):
        found = found_tables(work.run(one))
        for path in sorted(one.truth.glob("*.cells.csv")):
            name = path.name.removesuffix(".cells.csv")
            if name in found:
                scores = match(true_tables(path), found[name])
                total = sum(scores, Score())
                figures = (f"{value:.3f}" for value in (total.precision, total.recall, total.f1))
                rows.append([one.name, name, sum(score.true > 0 for score in scores), total.true, *figures])
    return table(["set", "document", "tables", "filled places", "precision", "recall", "F1"], rows)


def orientation(work: Work) -> str:
    measured = said(sys.executable, "-m", "bench.orientation", "--pages", 4 if work.few else 200)
    return f"```\n{measured}\n```\n"


def heads(work: Work) -> str:
    """Numbers and days in heads, printed, written by hand or stamped: read, left or wrong."""
    return filled_heads.summary(filled_heads.measured(9 if work.few else 180))


SECTIONS = {
    "samples": samples,
    "facts": facts,
    "reading": reading,
    "repair": ruined,
    "cells": cells,
    "orientation": orientation,
    "heads": heads,
}
