"""Whether a number or day that was written by hand or stamped is ever read wrongly.

    python -m bench.heads [--heads 180] [--seed 6]

Heads of samples/source get numbers and days of chance, printed, written by a pen of our own strokes or stamped, in
black or blue, and are degraded at three levels in turn. A part is read (as it stands), left (empty, or a date without
its day; `head_ocr` then shows the line as recognised) or wrong; none may be wrong. Exits 1 if one is.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray
from PIL import Image

from bench.tools import ROOT, table
from ntm_extract.facts import Head
from ntm_extract.pipeline import process
from ntm_extract.resources import Resources, load_resources
from ntm_extract.settings import Settings
from training.degrade import LEVELS, degrade
from training.handwriting import Ink, stamped, written
from training.samples_source import Source, read_source
from training.typeset import Sheet
from training.typeset_document import set_source
from training.typeset_draw import BLUE, INK, blend, draw

WAYS = ("printed", "written", "stamped")
NOISES = ("office", "poor", "fax")
CAPITAL = 0.66  # height of digits by the size of their type
ROOM = "_"  # beside what is filled in, forms leave more room than it takes
SHOWN = 0.55  # of the page from its top


class Trial(NamedTuple):
    """A head: how its figures were put there, the copy's level, what they are, and what was read."""

    way: str
    noise: str
    number: str
    date: str
    head: Head


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--heads", type=int, default=180)
    parser.add_argument("--seed", type=int, default=6)
    options = parser.parse_args()
    trials = measured(options.heads, options.seed)
    print(summary(trials))
    wrong = [t for t in trials if "wrong" in (of_number(t), of_date(t))]
    for one in wrong:
        print(f"{one.way}, {one.noise}: {one.number} of {one.date} read as {one.head.number} of {one.head.date}")
    sys.exit(bool(wrong))


def measured(heads: int, seed: int = 6) -> list[Trial]:
    """So many heads filled in and read."""
    with tempfile.TemporaryDirectory() as folder:
        return list(tried(heads, seed, Path(folder) / "page.png", load_resources()))


def of_number(trial: Trial) -> str:
    return _judged(trial.head.number or "", trial.number, "")


def of_date(trial: Trial) -> str:
    return _judged(trial.head.date or "", trial.date, trial.date[: len("YYYY-MM")])


def _judged(read: str, true: str, lesser: str) -> str:
    return "read" if read == true else "left" if read in ("", lesser) else "wrong"


def summary(trials: list[Trial]) -> str:
    rows = []
    for way in WAYS:
        for noise in NOISES:
            chosen = [t for t in trials if (t.way, t.noise) == (way, noise)]
            numbers, dates = Counter(map(of_number, chosen)), Counter(map(of_date, chosen))
            left = [t for t in chosen if "left" in (of_number(t), of_date(t))]
            counts = [c[k] for c in (numbers, dates) for k in ("read", "left", "wrong")]
            rows.append(
                [way, noise, len(chosen), *counts, f"{sum(bool(t.head.head_ocr) for t in left)} of {len(left)}"]
            )
    head = [f"{part} {how}" for part in ("number", "day") for how in ("read", "left", "wrong")]
    return table(["figures", "copy", "heads", *head, "shown as recognised"], rows)


def tried(count: int, seed: int, path: Path, resources: Resources) -> Iterator[Trial]:
    sources = [read_source(p) for p in sorted((ROOT / "samples/source").glob("*.md"))]
    for n in range(count):
        rng = np.random.default_rng([seed, n])
        way, noise, source = WAYS[n % 3], NOISES[n // 3 % 3], sources[n % len(sources)]
        number, day = str(rng.integers(1, 1000)), f"{rng.integers(1, 29):02}"
        page = filled(source, number, day, way, rng)
        level = LEVELS[noise]
        spoilt = degrade(page[: round(SHOWN * len(page))], level, rng)
        Image.fromarray(spoilt).save(path, dpi=(level.dpi, level.dpi), compress_level=1)
        head = process(path, path.name, Settings(), resources).extraction.head
        codes = source.head.document["number"].partition("/")[2]
        yield Trial(way, noise, f"{number}/{codes}", f"{source.head.document['date'][:8]}{day}", head)


def filled(source: Source, number: str, day: str, way: str, rng: np.random.Generator) -> NDArray[np.uint8]:
    """The first page of a sample with this number and day in its head."""
    old = source.head
    printed_number, _, codes = old.number.partition("/")
    before, _, after = old.place_date.partition("ngày ")
    said = [one if way == "printed" else f"{{{ROOM}{one}}}" for one in (number, day)]
    head = replace(
        old,
        number=f"{printed_number.split(':')[0]}: {said[0]}/{codes}",
        place_date=f"{before}ngày {said[1]} {after.partition(' ')[2]}",
    )
    sheet = set_source(replace(source, head=head))[0]
    empty, places = without_ink(sheet)
    page = draw(empty, head.seal, rng)
    colour = BLUE if rng.uniform() < 0.3 else INK
    for x, y, size, text in places:
        tall = CAPITAL * size
        mark: Ink = (written if way == "written" else stamped)(text.removeprefix(ROOM), tall, rng)
        wide = mark.shape[1] / 2 - tall
        blend(page, (x + wide + rng.uniform(-0.2, 0.3) * tall, y - tall * rng.uniform(0.35, 0.7)), mark, colour)
    return page


def without_ink(sheet: Sheet) -> tuple[Sheet, list[tuple[float, float, float, str]]]:
    """The sheet without what is written by hand, and where that stands: left edge, baseline, size in pixels, text."""
    places = []
    lines = []
    for line in sheet.lines:
        places += [(p.x, line.y, p.style.font.size, p.text) for p in line.pieces if p.style.inked]
        lines.append(replace(line, pieces=tuple(p for p in line.pieces if not p.style.inked)))
    return Sheet(sheet.size, lines, sheet.notes, sheet.rules, sheet.seal, sheet.signature), places


if __name__ == "__main__":
    main()
