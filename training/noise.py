"""Typeset lines of text, wear the pages, read them with Tesseract: pairs of truth and reading for the channel.

    python -m training.noise CORPORA OUT.tsv [--pages N] [--seed N] [--kinds vie,eng,fra,msa,deu,por]

Each row of OUT.tsv: kind, true line, line as read, confidences 0..100 of its tokens. `kind` is the language read with.
The text is drawn from the corpora by the seed, so the same call gives the same pages.
"""

from __future__ import annotations

import argparse
import csv
import io
import lzma
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = (
    "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf",
    "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf",
    "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf",
    "/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf",
    "/usr/share/fonts/truetype/croscore/Tinos-Italic.ttf",
    "/usr/share/fonts/truetype/freefont/FreeSerif.ttf",
    "/usr/share/texmf/fonts/opentype/public/tex-gyre/texgyretermes-regular.otf",
)
SOURCES = (("ntm_domain", 0.45), ("vbpl", 0.35), ("viwiki", 0.1), ("luatvietnam_train", 0.1))
LINES_A_PAGE = 40
LINE_CHARS = 78


class Wear(NamedTuple):
    """How a page is worn: resolution of the scan, blur in pixels, grey noise, whether it ends black and white."""

    dpi: int
    blur: float
    noise: float
    bitonal: bool


WEARS = (
    Wear(300, 0.6, 4, False),
    Wear(200, 0.5, 6, False),
    Wear(200, 0.7, 10, True),
    Wear(150, 0.4, 5, False),
    Wear(150, 0.5, 8, True),
    Wear(120, 0.3, 4, False),
)


class Pair(NamedTuple):
    """One line: its truth, its tokens as read with confidences 0..100."""

    kind: str
    truth: str
    read: str
    confidences: str


def corpus_lines(folder: Path, rng: random.Random, count: int) -> Iterator[str]:
    """`count` lines of about a printed line's length, cut from random paragraphs of the corpora."""
    pools = {}
    for name, _ in SOURCES:
        with lzma.open(folder / f"{name}.txt.xz", "rt", encoding="utf-8") as handle:
            pools[name] = [line.strip() for line in handle if len(line) > 60]
    names, weights = zip(*SOURCES, strict=True)
    made = 0
    while made < count:
        words = rng.choice(pools[rng.choices(names, weights)[0]]).split()
        line = ""
        while words and made < count:
            word = words.pop(0)
            if len(line) + len(word) + 1 > LINE_CHARS:
                made += 1
                yield line
                line = word
            else:
                line = f"{line} {word}".strip()


def draw(lines: Iterable[str], font_path: str, dpi: int) -> tuple[Image.Image, float]:
    """A grey page with the lines one under the other, and the height of a line in pixels."""
    size = round(13.5 * dpi / 72)
    font = ImageFont.truetype(font_path, size)
    step = size * 1.45
    page = Image.new("L", (round(8.27 * dpi), round(step * (LINES_A_PAGE + 2))), 255)
    pen = ImageDraw.Draw(page)
    for index, line in enumerate(lines):
        pen.text((dpi * 0.7, step * (index + 1)), line, fill=0, font=font)
    return page, step


def wear(page: Image.Image, how: Wear, rng: np.random.Generator) -> Image.Image:
    """The page as a worn copy of it would be scanned."""
    page = page.filter(ImageFilter.GaussianBlur(how.blur * how.dpi / 150))
    grey = np.asarray(page, dtype=np.float32) * 0.86 + 25 + rng.normal(0, how.noise, (page.height, page.width))
    if how.bitonal:
        grey = np.where(grey > 150 + rng.normal(0, 8), 255, 0)
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def read(page: Image.Image, language: str, dpi: int) -> list[tuple[float, float, str, float]]:
    """The words of a page: middle height in pixels, left edge, text, confidence."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.pgm")
        page.save(path)
        run = subprocess.run(
            ["tesseract", path, "-", "-l", language, "--psm", "6", "--dpi", str(dpi), "tsv"],
            capture_output=True,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    rows = csv.DictReader(io.StringIO(run.stdout.decode("utf-8")), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [
        (int(r["top"]) + int(r["height"]) / 2, float(r["left"]), r["text"].strip(), float(r["conf"]))
        for r in rows
        if r["level"] == "5" and r["text"].strip()
    ]


def page_pairs(lines: list[str], kinds: list[str], rng: random.Random) -> Iterator[Pair]:
    """One page typeset and worn once, read in each language, its lines matched by height."""
    how = rng.choice(WEARS)
    lines = [line.upper() if rng.random() < 0.08 else line for line in lines]
    page, step = draw(lines, rng.choice(FONTS), how.dpi)
    page = wear(page, how, np.random.default_rng(rng.getrandbits(32)))
    for kind in kinds:
        found: dict[int, list[tuple[float, str, float]]] = {}
        for middle, left, text, confidence in read(page, kind, how.dpi):
            found.setdefault(int(middle / step - 0.95), []).append((left, text, confidence))
        for index, line in enumerate(lines):
            words = sorted(found.get(index, []))
            if words:
                yield Pair(kind, line, " ".join(w[1] for w in words), " ".join(f"{w[2]:.0f}" for w in words))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default="vie,eng,fra,msa,deu,por")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    lines = list(corpus_lines(args.corpora, rng, args.pages * LINES_A_PAGE))
    with args.out.open("w", encoding="utf-8") as out:
        for page in range(args.pages):
            part = lines[page * LINES_A_PAGE : (page + 1) * LINES_A_PAGE]
            for pair in page_pairs(part, args.kinds.split(","), rng):
                out.write("\t".join(pair) + "\n")
            out.flush()
            print(f"page {page + 1} of {args.pages}", file=sys.stderr)


if __name__ == "__main__":
    main()
