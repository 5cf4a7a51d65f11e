"""Facts of true texts ruined on purpose: typeset, degraded, read by English Tesseract, repaired, extracted.

    python -m bench.ruined [--shared FOLDER] [--levels office,poor] [--noise FOLDER]

Lines with `|` (rows of tables) are left out, with their facts. No line of these texts is in the n-grams. The shipped
channel has learned from English readings of other texts, worn in another way (training.noise, not training.degrade).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from bench.scoring import Score, pool, score_facts
from bench.unseen import documents
from ntm_extract.batch import Engine, run
from ntm_extract.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
GROUPS = {
    "criteria, percentages, budgets": ("criteria", "percentages", "budgets"),
    "quantities, legal_refs": ("quantities", "legal_refs"),
}


def ruin(texts: Path, levels: list[str], noise: Path, into: Path) -> None:
    """The texts as a bad text layer has them, and their facts, side by side in a folder."""
    for name, pages in documents(sorted(texts.joinpath("in").glob("*.txt")), levels, "eng", noise):
        stem, level = name.split(" ")
        read = "\f".join("\n".join(lines) for _, lines in pages)
        (into / f"{stem}_{level}.txt").write_text(read, encoding="utf-8")
        source = texts.joinpath("in", f"{stem}.txt").read_text(encoding="utf-8").split("\n")
        rows = [json.loads(line) for line in (texts / f"{stem}.facts.jsonl").read_text(encoding="utf-8").splitlines()]
        kept = [json.dumps(row, ensure_ascii=False) for row in rows if not _in_table(row, source)]
        (into / f"{stem}_{level}.facts.jsonl").write_text("\n".join(kept), encoding="utf-8")


def _in_table(row: dict[str, Any], source: list[str]) -> bool:
    return "|" in source[row.get("line", 1) - 1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--levels", default="office,poor")
    parser.add_argument("--noise", type=Path, default=ROOT / "build" / "ruined", help="where read pages are kept")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        into, out = Path(folder, "in"), Path(folder, "out")
        into.mkdir()
        ruin(args.shared / "texts", args.levels.split(","), args.noise, into)
        run(into, out, Settings(), Engine(workers=1))
        scores = score_facts(out, into)
        for level in args.levels.split(","):
            mine = {stem: by_table for stem, by_table in scores.items() if stem.endswith(f"_{level}")}
            for name in ("criteria", "percentages", "budgets", "quantities", "legal_refs", "document"):
                _show(level, name, pool(mine, (name,)))
            for name, tables in GROUPS.items():
                _show(level, name, pool(mine, tables))


def _show(level: str, name: str, score: Score) -> None:
    print(f"{level:8} {name:32} {score.true:4} true {score.found:4} found  F1 {score.f1:.3f}")


if __name__ == "__main__":
    main()
