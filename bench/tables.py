"""Tables found, cells read: on a seeded set of annex pages (training.table_pages) and on scans/tables.

    python -m bench.tables [--seed 7] [--peers] [--time]

Cells are scored as places of the grid with the right text: each true table against the found one that is most like it,
in capitals or not; the mean is over documents, with the cells of tables that are none counted against theirs. A table
is found if half of its filled places are right or better. --peers reads the same files with img2table (Tesseract, vie)
from build/peers (`make bench-peers`). --time measures the processor time of reading tables against that of reading the
page as text. Rules of the reader were tuned on seeds 1 to 4.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import fmean

import pikepdf
from msgspec import Struct

from bench.cells import Places, found_tables, laid_out, match, true_tables
from bench.scoring import Score
from bench.tools import ROOT, SHARED, outputs_of, table
from ntm_extract.edges import ocr, render
from ntm_extract.image.prepare import prepare
from ntm_extract.reading.tables import read_tables
from ntm_extract.settings import Settings
from training.table_pages import GRADES, write

FOUND = 0.5  # share of a true table's filled places that must be right for it to count as found
TIMED = 12  # documents over which time is taken
PEERS = ROOT / "build/peers/bin/python"
IMG2TABLE = """
import json, sys
from pathlib import Path
from img2table.document import PDF
from img2table.ocr import TesseractOCR
engine, found = TesseractOCR(n_threads=1, lang="vie"), {}
for path in map(Path, sys.argv[1:]):
    pages = PDF(str(path)).extract_tables(ocr=engine, borderless_tables=True)
    tables = [t for number in sorted(pages) for t in pages[number]]
    found[path.stem] = [[[cell.value for cell in row] for row in t.content.values()] for t in tables]
print()
print(json.dumps(found))
"""


class Scored(Struct, frozen=True):
    """One document: F1 of its cells, its true tables, those found, tables that are none."""

    name: str
    f1: float
    true: int
    found: int
    invented: int


def scored(name: str, true: list[Places], found: list[Places]) -> Scored:
    scores = match(true, found)
    right = sum(s.right >= FOUND * s.true for s in scores[: len(true)])
    used = sum(s.found > 0 for s in scores[: len(true)])
    return Scored(name, sum(scores, Score()).f1 if true else 1.0, len(true), right, len(found) - used)


def measured(folder: Path, read: dict[str, list[Places]]) -> list[Scored]:
    """Every document of a set; one without a file of cells has no table."""
    names = sorted(path.stem for path in (folder / "in").glob("*.pdf"))
    truths = {name: folder / f"{name}.cells.csv" for name in names}
    return [scored(n, true_tables(truths[n]) if truths[n].exists() else [], read.get(n, [])) for n in names]


def summary(name: str, documents: Iterable[Scored]) -> list[str]:
    """A row of the printed table: documents, F1, tables, found, invented."""
    docs = list(documents)
    f1 = [d.f1 for d in docs if d.true]
    shown = f"{fmean(f1):.3f}" if f1 else "-"
    return [
        name,
        *(
            str(v)
            for v in (len(docs), shown, *(sum(getattr(d, k) for d in docs) for k in ("true", "found", "invented")))
        ),
    ]


def report(documents: list[Scored]) -> str:
    """By kind, level and way, and all."""
    parts = {d.name: d.name.split("_") for d in documents}
    groups = {part for p in parts.values() for part in p}
    order = [*(g for g in GRADES if g in groups), *sorted(groups - set(GRADES))]
    rows = [summary(group, (d for d in documents if group in parts[d.name])) for group in order]
    return table(["documents", "n", "cell F1", "tables", "found", "invented"], [*rows, summary("**all**", documents)])


def img2table(files: list[Path]) -> dict[str, list[Places]]:
    """What img2table reads of the files, by stem; a merged cell is repeated at its places, as its own output has it."""
    done = subprocess.run([PEERS, "-c", IMG2TABLE, *files], capture_output=True, text=True, check=True)
    read: dict[str, list[list[list[str | None]]]] = json.loads(done.stdout.splitlines()[-1])
    return {stem: [placed(rows) for rows in tables] for stem, tables in read.items()}


def placed(rows: list[list[str | None]]) -> Places:
    cells = [(r, c, text or "") for r, row in enumerate(rows) for c, text in enumerate(row)]
    return laid_out([{"row": str(r), "col": str(c), "h": "1", "w": "1", "text": t} for r, c, t in cells], ("h", "w"))


def seconds(files: list[Path]) -> tuple[float, float, int]:
    """Processor seconds of reading pages as text and of reading their tables, and how many pages bear tables."""
    text = tables = 0.0
    pages = 0
    for path in files:
        with pikepdf.open(path) as pdf:
            for number, page in enumerate(pdf.pages, 1):
                begun = time.process_time()
                ready, _ = prepare(render.draw(path, number, page, Settings()))
                seen = ocr.read(ready, Settings())
                half = time.process_time()
                found = read_tables(number, ready, seen, (), Settings())
                if found:
                    text += half - begun
                    tables += time.process_time() - half
                    pages += 1
    return text, tables, pages


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--folder", type=Path, default=ROOT / "build/tables")
    arguments.add_argument("--peers", action="store_true")
    arguments.add_argument("--time", action="store_true")
    chosen = arguments.parse_args()
    folder = chosen.folder / str(chosen.seed)
    write(folder, chosen.seed)
    sets = [("own set", folder)] + ([("scans/tables", SHARED / "scans/tables")] if SHARED.exists() else [])
    for name, place in sets:
        files = sorted((place / "in").glob("*.pdf"))
        if chosen.time:
            text, tables, pages = seconds(files[:: max(1, len(files) // TIMED)])
            print(f"{name}: {pages} pages with tables, {text / pages:.2f} s as text, {tables / pages:.2f} s for tables")
            continue
        out = folder / f"out {name.replace('/', ' ')}"
        print(f"{name}, ntm-extract\n\n{report(measured(place, found_tables(outputs_of(place / 'in', out))))}")
        if chosen.peers:
            print(f"{name}, img2table\n\n{report(measured(place, img2table(files)))}")


if __name__ == "__main__":
    main()
