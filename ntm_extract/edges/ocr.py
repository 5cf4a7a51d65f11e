"""Tesseract through pytesseract: a grey page in, words with boxes and confidences out."""

from __future__ import annotations

import os
import unicodedata
from functools import cache

import cv2
import pytesseract
from PIL import Image

from ntm_extract.image.page import PageImage, Pixels
from ntm_extract.layout.seen import Seen
from ntm_extract.problems import Code, MissingError, StageError
from ntm_extract.settings import Settings

# Two Tesseracts with their default threads block each other, tenfold and worse; one thread a worker is faster.
os.environ["OMP_THREAD_LIMIT"] = "1"
cv2.setNumThreads(1)

WHOLE_PAGE = 3  # page segmentation mode: columns, blocks and lines found by Tesseract


@cache
def installed() -> tuple[str, frozenset[str]]:
    """Version of Tesseract and its languages. Raises MissingError."""
    try:
        return str(pytesseract.get_tesseract_version()).splitlines()[0], frozenset(pytesseract.get_languages())
    except pytesseract.TesseractNotFoundError as error:
        raise MissingError("tesseract is not installed; type: sudo apt-get install tesseract-ocr") from error


def require(language: str) -> None:
    """Raise MissingError unless Tesseract and every one of the languages are installed."""
    for one in language.split("+"):
        if one not in installed()[1]:
            name = one.replace("_", "-")
            raise MissingError(f"Tesseract has no language {one}; type: sudo apt-get install tesseract-ocr-{name}")


def read(image: PageImage, settings: Settings, *, mode: int = WHOLE_PAGE) -> tuple[Seen, ...]:
    """The words of a page in the recogniser's order. Raises StageError where it fails or takes too long."""
    require(settings.language)
    config = f"--psm {mode} --dpi {round(image.dpi)}"
    try:
        table = pytesseract.image_to_data(
            _uncompressed(image.pixels),
            lang=settings.language,
            config=config,
            timeout=settings.page_seconds,
            output_type=pytesseract.Output.STRING,
        )
    except pytesseract.TesseractError as error:
        raise StageError(Code.OCR_FAILED, f"tesseract: {error.message}") from error
    except RuntimeError as error:  # pytesseract's way to say timeout
        raise StageError(Code.OCR_TIMEOUT, f"tesseract took longer than {settings.page_seconds:g} s") from error
    except OSError as error:
        raise StageError(Code.OCR_FAILED, f"tesseract could not be run: {error}") from error
    return _words(table)


def rotation(image: PageImage, settings: Settings) -> int:
    """Degrees clockwise that set the page upright, as Tesseract's script detection sees it; 0 where it can't tell."""
    if "osd" not in installed()[1]:
        return 0
    try:
        found = pytesseract.image_to_osd(
            _uncompressed(image.pixels),
            config=f"--dpi {round(image.dpi)}",
            timeout=settings.page_seconds,
            output_type=pytesseract.Output.DICT,
        )
    except (pytesseract.TesseractError, RuntimeError, OSError, ValueError, KeyError):
        return 0  # too few letters to tell
    return int(found["rotate"]) % 360


def _uncompressed(pixels: Pixels) -> Image.Image:
    """The image in a format that pytesseract hands over as plain bytes: compressing a page takes seconds."""
    image = Image.fromarray(pixels)
    image.format = "PPM"
    return image


def _words(table: str) -> tuple[Seen, ...]:
    """The words of Tesseract's TSV.

    Its columns: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
    """
    words = []
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != "5":  # level 5 is a word; the others are the boxes around words
            continue
        text = "".join(unicodedata.normalize("NFC", cells[11]).split())
        if text:
            block, paragraph, line = (int(c) for c in cells[2:5])
            x, y, w, h = (int(c) for c in cells[6:10])
            sure = round(min(1.0, max(0.0, float(cells[10]) / 100)), 4)
            words.append(Seen(text, sure, x, y, x + w, y + h, (block, paragraph, line)))
    return tuple(words)
