"""Documents of a kind that no channel was trained on: typeset, degraded as samples/ are, read by English Tesseract.

Neither the wear (training.degrade, not training.noise's own) nor, where the caller leaves `eng` out, the reader is one
that a channel has learned from. Pages are read once and kept under the folder named, a text file a page.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytesseract
from PIL import Image

from ntm_extract.text.normal import nfc
from training.channel import READERS
from training.degrade import BASE_DPI, LEVELS, degrade
from training.noise import FONTS, LINE_CHARS, LINES_A_PAGE, draw

OTHERS = tuple(reader for reader in READERS if reader != "eng")
"""The readers that a channel may have learned from where English Tesseract is left out."""
UNSEEN_LEVELS = ["office", "poor", "photocopy", "fax"]
Page = tuple[list[str], list[str]]
"""True lines, lines as read (which need not be as many)."""


def documents(texts: list[Path], levels: list[str], language: str, folder: Path) -> Iterator[tuple[str, list[Page]]]:
    """Each text at each level: its name and its pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in texts:
        lines = list(printed_lines(nfc(path.read_text(encoding="utf-8"))))
        for level in levels:
            rng = random.Random(f"{path.stem} {level}")
            font = rng.choice(FONTS)
            pages = []
            for start in range(0, len(lines), LINES_A_PAGE):
                part = lines[start : start + LINES_A_PAGE]
                kept = folder / f"{path.stem}.{level}.{language}.{start // LINES_A_PAGE:02}.txt"
                seed = rng.getrandbits(32)
                if not kept.exists():
                    kept.write_text("\n".join(reading(part, font, level, language, seed)), encoding="utf-8")
                pages.append((part, kept.read_text(encoding="utf-8").split("\n")))
            yield f"{path.stem} {level}", pages


def printed_lines(text: str) -> Iterator[str]:
    """The text broken into lines of a printed page's width, blank lines left out."""
    for paragraph in (p for p in text.replace("\f", "\n").split("\n") if "|" not in p):
        line = ""
        for word in paragraph.split():
            if line and len(line) + len(word) + 1 > LINE_CHARS:
                yield line
                line = word
            else:
                line = f"{line} {word}".strip()
        if line:
            yield line


def reading(lines: list[str], font: str, level: str, language: str, seed: int) -> list[str]:
    """The lines as read from one page of them."""
    page, _ = draw(lines, font, BASE_DPI)
    worn = degrade(np.asarray(page), LEVELS[level], np.random.default_rng(seed))
    config = f"--psm 6 --dpi {LEVELS[level].dpi}"
    text = pytesseract.image_to_string(Image.fromarray(worn), lang=language, config=config)
    return [nfc(line) for line in text.split("\n") if line.strip()]
