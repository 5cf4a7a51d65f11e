"""The figures of docs/peers.md: other programs over the same files, in one run, where they are installed."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator

from bench import readers
from bench.accuracy import NOISE
from bench.plot import bars
from bench.repair_score import HEADER, Score, compare, run, whole, with_regime
from bench.texts import COLUMNS, read_right
from bench.tools import SHARED, table
from bench.work import REAL, SAMPLES, TYPESETS, Work, there
from ntm_extract.edges.folders import models_folder
from ntm_extract.edges.models import load_repairer
from ntm_extract.repair import repair_text
from ntm_extract.text.normal import nfc
from training.channel import GOLD, heavy, heavy_pairs, strip_marks
from training.pairs import gold_lines

READERS = {
    "tesseract": readers.tesseract,
    "ocrmypdf": readers.ocrmypdf,
    "kreuzberg": readers.kreuzberg,
    "ntm-extract": readers.ours,
}
LINES = list[tuple[str, str]]
ACCENTS = """
import sys
from pyvi import ViUtils
for line in sys.stdin.read().split("\\n"):
    try:
        print(ViUtils.add_accents(line) if line.strip() else line)
    except KeyError:
        print(line)
"""


def scans(work: Work) -> str:
    """Each reader over each set, one after another: time, time against ours, and how much of the text is right."""
    there_too = {
        name: read for name, read in READERS.items() if name not in ("ocrmypdf", "kreuzberg") or readers.peer(name)
    }
    sets = [SAMPLES, *there(REAL, *TYPESETS)]
    rows, wrong = [], {name: [] for name in there_too}
    for one in sets:
        files = work.gathered(one, suffix=".pdf")
        pages = readers.pages_of(files)
        done = {}
        for name, read in there_too.items():
            texts = work.new(f"{one.name} {name}")
            done[name] = read(files, texts), texts
        for name, (seconds, texts) in done.items():
            right = read_right(one, texts, [path.stem for path in files])
            against = f"{seconds / done['ntm-extract'][0]:.2f}"
            rows.append([one.name, pages, called(name), f"{seconds:.1f}", against, *right[1:]])
            wrong[name].append(float(str(right[1])))
    shown = {called(name): values for name, values in wrong.items()}
    chart = bars(work, "peers-syllables-wrong", "SER, % of syllables wrong", [one.name for one in sets], shown)
    return table(["set", "pages", "program", "seconds", "against ours", *COLUMNS[1:]], rows) + chart


def called(name: str) -> str:
    """A reader's name with its version."""
    return {"tesseract": "tesseract alone", "ocrmypdf": "OCRmyPDF", "kreuzberg": "Kreuzberg"}.get(name, name) + (
        f" {readers.version(name)}" if name in ("ocrmypdf", "kreuzberg") else ""
    )


def accents(work: Work) -> str:
    """Marks put back on texts that lost them all and on ruined ones; ours by a channel without the text's own pairs."""
    repairer = load_repairer(models_folder())
    repair_text("làm nóng", repairer)  # compile first
    rows = []
    for name, lines, without in list(stripped())[: work.few]:
        fitted = repairer
        if without:
            others = [stem for stem in GOLD if stem != without]
            fitted = with_regime(repairer, "heavy", heavy(heavy_pairs(SHARED, NOISE, others)))
        rows.append(run(f"ours, {name}", lines, fitted, whole(lines)).row())
        if readers.peer("pyvi"):
            rows.append(pyvi(f"pyvi {readers.version('pyvi')}, {name}", lines).row())
    return "```\n" + "\n".join([HEADER, *rows]) + "\n```\n"


def stripped() -> Iterator[tuple[str, LINES, str]]:
    """A name, lines (truth, reading), and the gold document that must not be learned from."""
    texts = [nfc(path.read_text("utf-8")) for path in sorted(SAMPLES.truth.glob("*.txt"))]
    lines = [line for text in texts for line in text.split("\n") if "\t" not in line]
    yield "samples without marks", [(line, strip_marks(line)) for line in lines], ""
    for stem in GOLD if SHARED.is_dir() else ():
        truth = nfc((SHARED / f"gold/true/{stem}.txt").read_text("utf-8")).split("\n")
        yield f"{stem} without marks", [(line, strip_marks(line)) for line in truth], stem
        yield f"{stem} as ruined", gold_lines(SHARED, stem), stem


def pyvi(name: str, lines: LINES) -> Score:
    """The restorer of pyvi on the lines without what marks they have; lines that it raises on stay."""
    given = "\n".join(strip_marks(read) for _, read in lines)
    begin = time.perf_counter()
    command = [readers.peer("pyvi"), "-c", ACCENTS]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    return compare(
        name, lines, [nfc(line) for line in done.stdout.split("\n")[: len(lines)]], time.perf_counter() - begin
    )


SECTIONS = {"scans": scans, "accents": accents}
