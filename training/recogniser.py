"""Fine-tunes Tesseract's Vietnamese on lines as this program hands them over: typeset, worn, cleaned, scaled.

    python -m training.recogniser CORPORA FLOAT.traineddata[.xz] OUT [--pages N] [--iterations N] [--seed N]

FLOAT is recogniser data with floating weights, from which training can go on. OUT/vie.traineddata gets the weights in
eight bits, of the size and speed of the data that Debian ships. Pages and lists of lines stay in build/recogniser.
The lines are drawn from the corpora by the seed; half of their digits are drawn anew, so that no number is learned
by heart. Needs Debian's tesseract-ocr, whose training programs it runs.
"""

from __future__ import annotations

import argparse
import lzma
import os
import random
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ntm_extract.image.page import PageImage
from ntm_extract.image.prepare import prepare
from training.degrade import BASE_DPI, LEVELS, degrade
from training.noise import corpus_lines
from training.typeset import FACES, FONTS

BUILD = Path("build/recogniser")
LINES_A_PAGE = 34
SIZES = (10.0, 12.0, 13.0, 13.0, 13.5, 14.0, 14.0)  # points
WORN = {"office": 0.3, "poor": 0.3, "photocopy": 0.2, "fax": 0.2}
FAMILIES = {"Tinos": 0.5, "Termes": 0.25, "FreeSerif": 0.25}
STYLES = (0.68, 0.16, 0.12, 0.04)  # regular, bold, italic, both
CAPITALS = 0.06  # share of lines set in capitals
ANEW = 0.5  # share of digits drawn anew
SIGNS = str.maketrans({"–": "-", "—": "-", "…": "...", "’": "'", "‘": "'", "≥": ">", "≤": "<", "²": "2", "³": "3"})
EMPTY = "NULL"
RATE = "0.0005"


class Set(NamedTuple):
    """A line on a page at BASE_DPI: its text, and the rectangle of its ink."""

    text: str
    box: tuple[float, float, float, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("start", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", type=int, default=160)
    parser.add_argument("--iterations", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    BUILD.mkdir(parents=True, exist_ok=True)
    start = unpacked(options.start)
    run("combine_tessdata", "-u", start, BUILD / "start.")
    letters = alphabet(BUILD / "start.lstm-unicharset")
    made = [one for page in range(options.pages) if (one := lstmf(page, options, letters))]
    (BUILD / "train.txt").write_text("".join(f"{path}\n" for path in made), encoding="utf-8")
    train(start, options)


def unpacked(path: Path) -> Path:
    """The data as Tesseract's programs take it."""
    target = BUILD / "start.traineddata"
    target.write_bytes(lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes())
    return target


def alphabet(unicharset: Path) -> frozenset[str]:
    """The characters that the recogniser can tell."""
    rows = unicharset.read_text(encoding="utf-8").splitlines()[1:]
    return frozenset(unicodedata.normalize("NFC", row.split(" ")[0]) for row in rows) - {EMPTY} | {" "}


def lines_of(corpora: Path, count: int, letters: frozenset[str], rng: random.Random) -> Iterator[str]:
    """Lines that can be written in the recogniser's letters."""
    for line in corpus_lines(corpora, rng, 3 * count):
        text = unicodedata.normalize("NFC", line.translate(SIGNS))
        text = text.upper() if rng.random() < CAPITALS else text
        text = re.sub(r"\d", lambda d: rng.choice("0123456789") if rng.random() < ANEW else d.group(), text)
        text = " ".join(word for word in text.split() if letters.issuperset(word))
        if len(text) > 8:
            yield text


def lstmf(number: int, options: argparse.Namespace, letters: frozenset[str]) -> Path | None:
    """One worn and prepared page as Tesseract's file of training lines; None where it finds no line."""
    base = BUILD / f"page{number:04}"
    target = base.with_suffix(".lstmf")
    if target.exists():
        return target
    rng = random.Random(options.seed * 1_000_003 + number)
    noise = np.random.default_rng([options.seed, number])
    texts = page_lines(options.corpora, letters, rng, options)
    page, placed = draw(texts, rng)
    level = LEVELS[rng.choices(list(WORN), list(WORN.values()))[0]]
    worn = degrade(page, level, noise)
    points = 72 / level.dpi
    image = PageImage(worn, np.diag([points, points, 1.0]), worn.shape[1] * points, worn.shape[0] * points)
    ready, _ = prepare(image, 0)
    Image.fromarray(ready.pixels).save(base.with_suffix(".png"), dpi=(ready.dpi, ready.dpi), compress_level=1)
    base.with_suffix(".box").write_text("".join(boxes(ready, placed)), encoding="utf-8")
    run("tesseract", base.with_suffix(".png"), base, "--psm", "6", "lstm.train", quiet=True)
    for used in (base.with_suffix(".png"), base.with_suffix(".box")):
        used.unlink()
    return target if target.exists() else None


_pool: list[str] = []


def page_lines(corpora: Path, letters: frozenset[str], rng: random.Random, options: argparse.Namespace) -> list[str]:
    if not _pool:
        _pool.extend(lines_of(corpora, options.pages * LINES_A_PAGE, letters, random.Random(options.seed)))
    return rng.sample(_pool, LINES_A_PAGE)


def draw(texts: list[str], rng: random.Random) -> tuple[np.ndarray, list[Set]]:
    """A grey page at BASE_DPI with the lines, and where they are; some have the wide spaces of justified ones."""
    family = rng.choices(list(FAMILIES), list(FAMILIES.values()))[0]
    points = rng.choice(SIZES)
    step = points * BASE_DPI / 72 * rng.uniform(1.2, 1.6)
    page = Image.new("L", (2480, round(step * (LINES_A_PAGE + 4))), 255)
    pen, placed = ImageDraw.Draw(page), []
    for index, text in enumerate(texts):
        face = FACES[family][rng.choices(range(4), STYLES)[0]]
        font = ImageFont.truetype(FONTS[family].format(face), points * BASE_DPI / 72)
        space = font.getlength(" ") * rng.choice((1.0, 1.0, 1.2, 1.6))
        left = x = BASE_DPI * rng.uniform(0.4, 1.0)
        y, top, bottom = step * (index + 2), 1e9, 0.0
        words = []
        for word in text.split():
            if x + font.getlength(word) > page.width - 0.4 * BASE_DPI:
                break
            pen.text((x, y), word, fill=0, font=font)
            box = pen.textbbox((x, y), word, font=font)
            top, bottom = min(top, box[1]), max(bottom, box[3])
            x += font.getlength(word) + space
            words.append(word)
        placed.append(Set(" ".join(words), (left, top, x - space, bottom)))
    return np.asarray(page, np.uint8), placed


def boxes(page: PageImage, placed: list[Set]) -> Iterator[str]:
    """Rows of Tesseract's box file: whole lines, from the foot of the page."""
    back = np.linalg.inv(page.to_points) * 1.0
    rows = page.size[1]
    for text, (x0, y0, x1, y1) in placed:
        corners = back @ np.array([[x0, x1, x0, x1], [y0, y0, y1, y1], [BASE_DPI / 72] * 4]) * (72 / BASE_DPI)
        left, right = round(corners[0].min()) - 2, round(corners[0].max()) + 2
        low, high = rows - round(corners[1].max()) - 2, rows - round(corners[1].min()) + 2
        yield f"WordStr {left} {low} {right} {high} 0 #{text}\n"
        yield f"\t {right + 1} {low} {right + 5} {high} 0\n"


def train(start: Path, options: argparse.Namespace) -> None:
    """Goes on from the float weights and writes them back in eight bits."""
    run("combine_tessdata", "-e", start, BUILD / "start.lstm")
    limit = ("--max_iterations", options.iterations, "--learning_rate", RATE, "--target_error_rate", "0.0001")
    run(
        *("lstmtraining", "--continue_from", BUILD / "start.lstm", "--traineddata", start),
        *("--model_output", BUILD / "vie", "--train_listfile", BUILD / "train.txt", *limit),
    )
    options.out.mkdir(parents=True, exist_ok=True)
    run(
        *("lstmtraining", "--stop_training", "--convert_to_int", "--continue_from", BUILD / "vie_checkpoint"),
        *("--traineddata", start, "--model_output", options.out / "vie.traineddata"),
    )


def run(*command: object, quiet: bool = False) -> None:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    subprocess.run([str(part) for part in command], check=True, env=environment, capture_output=quiet)


if __name__ == "__main__":
    main()
