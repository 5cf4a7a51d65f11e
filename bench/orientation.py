"""Whether pages come upright and level: composed pages laid on the glass at any angle, either way up.

    python -m bench.orientation [--pages 200] [--seed 4]

Pages of samples/source are drawn, turned by -15..15 degrees and by quarter turns, and degraded at three levels in turn.
Orientation is right where the quarter turn found undoes the one made; the residual skew is the angle that is left.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray
from PIL import Image

from bench.tools import ROOT
from ntm_extract.image.prepare import LEAST_SKEW
from ntm_extract.reading import read
from ntm_extract.settings import Settings
from training.degrade import LEVELS, degrade
from training.samples_source import read_source
from training.typeset_document import set_source
from training.typeset_draw import draw

NOISES = ("office", "poor", "fax")
STEEPEST = 15.0  # degrees


class Trial(NamedTuple):
    """How a page was laid down (degrees counter-clockwise, and clockwise quarter turns) and what came of it."""

    noise: str
    quarters: int
    upright: bool
    residual: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=4)
    options = parser.parse_args()
    trials = []
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(drawn(options.pages, options.seed)):
            trials.append(tried(page, number, options.seed, Path(folder) / "page.png"))
            if not trials[-1].upright or trials[-1].residual > 0.5:
                print(f"page {number}: {trials[-1]}", flush=True)
    for noise in (*NOISES, "all"):
        chosen = [t for t in trials if noise in (t.noise, "all")]
        if chosen:
            print(summary(noise, chosen))


def summary(noise: str, trials: list[Trial]) -> str:
    upright = [t for t in trials if t.upright]
    angles = [t.residual for t in upright] or [0.0]
    share = 100 * len(upright) / len(trials)
    return (
        f"{noise:8} {len(trials):4} pages  upright {share:6.2f} %  residual skew mean {np.mean(angles):.3f}  "
        f"worst {max(angles):.2f}"
    )


def drawn(count: int, seed: int) -> Iterator[NDArray[np.uint8]]:
    """Clean grey pages of the samples, over and over up to `count`."""
    sources = [read_source(path) for path in sorted((ROOT / "samples/source").glob("*.md"))]
    sheets = [(source, sheet) for source in sources for sheet in set_source(source)]
    for number in range(count):
        source, sheet = sheets[number % len(sheets)]
        page = draw(sheet, source.head.seal, np.random.default_rng([seed, number]))
        yield np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), np.uint8)


def tried(page: NDArray[np.uint8], number: int, seed: int, path: Path) -> Trial:
    rng = np.random.default_rng([seed, number, 1])
    noise, quarters, angle = NOISES[number % len(NOISES)], number // len(NOISES) % 4, rng.uniform(-STEEPEST, STEEPEST)
    level = replace(LEVELS[noise], skew=0.0)
    spoilt = degrade(laid(page, angle), level, rng)
    image = Image.fromarray(np.ascontiguousarray(np.rot90(spoilt, -quarters)))
    image.save(path, dpi=(level.dpi, level.dpi), compress_level=1)
    quality = read(path, path.name, Settings()).pages[0].quality
    turned_back = quality.skew if abs(quality.skew) >= LEAST_SKEW else 0.0
    upright = (90 * quarters + quality.rotation) % 360 == 0
    return Trial(noise, quarters, upright, abs(angle + turned_back))


def laid(page: NDArray[np.uint8], angle: float) -> NDArray[np.uint8]:
    """The page turned counter-clockwise by `angle` degrees on glass large enough for all of it."""
    rows, columns = page.shape
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), angle, 1.0)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    size = (round(columns * cos + rows * sin), round(columns * sin + rows * cos))
    matrix[:, 2] += np.array(size) / 2 - np.array([columns, rows]) / 2
    turned = cv2.warpAffine(page, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255)
    return np.asarray(turned, np.uint8)


if __name__ == "__main__":
    main()
