"""Tesseract: a grey page in, words with boxes and confidences out.

Two doors to it. tesserocr holds a recogniser within the process, kept from page to page; pytesseract starts the program
anew for each page and works wherever that is installed. Both read with the data in models/tessdata where it has the
language, else with that of the installed program.
"""

from __future__ import annotations

import atexit
import os
import re
import time
import unicodedata
from functools import cache
from typing import Any, NamedTuple

import cv2

from ntm_extract.edges import sandbox
from ntm_extract.edges.folders import models_folder
from ntm_extract.image.page import PageImage
from ntm_extract.layout.seen import Seen
from ntm_extract.problems import Code, MissingError, StageError
from ntm_extract.settings import Settings

try:
    import tesserocr
except ImportError:  # no wheel for this machine: the program reads
    tesserocr = None

# Two Tesseracts with their default threads block each other, tenfold and worse; one thread a worker is faster.
os.environ["OMP_THREAD_LIMIT"] = "1"
cv2.setNumThreads(1)

WHOLE_PAGE = 3  # page segmentation mode: columns, blocks and lines found by Tesseract
ASKING = 30.0  # seconds that the program may take to say what it is
WORD = 5  # level of a word's row in Tesseract's TSV
OVER = 8  # pixels by which a word may stick out of the page


class Installed(NamedTuple):
    """The program: its version, its languages and the folder that holds them."""

    version: str
    languages: frozenset[str]
    folder: str


@cache
def installed() -> Installed:
    """What is installed. Raises MissingError."""
    try:
        version = sandbox.run("tesseract", "--version", seconds=ASKING).decode().splitlines()[0]
        first, *languages = sandbox.run("tesseract", "--list-langs", seconds=ASKING).decode().splitlines()
    except (sandbox.ProgramFailedError, sandbox.ProgramTimeoutError, ValueError, IndexError) as error:
        raise MissingError(f"tesseract does not run ({error}); type: sudo apt-get install tesseract-ocr") from error
    folder = re.search(r'"(.+)"', first)  # List of available languages in "…/tessdata/" (4):
    return Installed(version.removeprefix("tesseract").strip(), frozenset(languages), folder[1] if folder else "")


@cache
def data_folder(language: str) -> str:
    """Where the data of the language(s) lie: in models/tessdata if they are all there, else with the program."""
    own = models_folder() / "tessdata"
    return (
        str(own) if all((own / f"{one}.traineddata").is_file() for one in language.split("+")) else installed().folder
    )


def require(language: str) -> None:
    """Raise MissingError unless Tesseract is installed and has data of every one of the languages."""
    if data_folder(language) != installed().folder:
        return
    for one in language.split("+"):
        if one not in installed().languages:
            name = one.replace("_", "-")
            raise MissingError(f"Tesseract has no language {one}; type: sudo apt-get install tesseract-ocr-{name}")


def read(image: PageImage, settings: Settings, *, mode: int = WHOLE_PAGE, letters: str = "") -> tuple[Seen, ...]:
    """The words of a page in the recogniser's order, of these `letters` only where given.

    Raises StageError where it fails or takes too long.
    """
    require(settings.language)
    within = settings.recogniser != "pytesseract" and _recogniser(settings.language)
    if within:
        return words(_recognised(within, image, settings, mode, letters), image.size)
    from ntm_extract.edges import ocr_program

    return words(ocr_program.table(image, settings, data_folder(settings.language), mode, letters), image.size)


def in_process() -> str:
    """Version of the Tesseract that reads within the process, or "" where the program is started for each page."""
    if tesserocr is None or not installed().folder:
        return ""
    return str(tesserocr.tesseract_version()).split()[1]


@cache
def _recogniser(language: str) -> Any:
    """A recogniser of the language within this process, kept for all pages; None where there can be none."""
    if not in_process():
        return None
    quiet = {"debug_file": os.devnull}  # it would tell of every page on standard error
    try:
        api = tesserocr.PyTessBaseAPI(path=data_folder(language), lang=language, psm=WHOLE_PAGE, variables=quiet)
    except RuntimeError:
        return None
    atexit.register(api.End)
    return api


def _recognised(api: Any, image: PageImage, settings: Settings, mode: int, letters: str) -> str:
    """Tesseract's TSV of the page, read within the process."""
    columns, rows = image.size
    begun = time.monotonic()
    api.SetPageSegMode(mode)
    api.SetVariable("tessedit_char_whitelist", letters)
    api.SetImageBytes(image.pixels.tobytes(), columns, rows, 1, columns)
    api.SetSourceResolution(round(image.dpi))
    try:
        if api.Recognize(round(1000 * settings.page_seconds)):
            try:
                return str(api.GetTSVText(0))
            except UnicodeDecodeError as error:
                raise StageError(Code.OCR_GARBLED, "tesseract's answer is no text") from error
        if time.monotonic() - begun >= settings.page_seconds:
            raise StageError(Code.OCR_TIMEOUT, f"tesseract took longer than {settings.page_seconds:g} s")
        raise StageError(Code.OCR_FAILED, "tesseract gave nothing for the page")
    finally:
        api.Clear()


def rotation(image: PageImage, settings: Settings) -> int:
    """Degrees clockwise that set the page upright, as Tesseract's script detection sees it; 0 where it can't tell."""
    if "osd" not in installed().languages:
        return 0
    from ntm_extract.edges import ocr_program

    return ocr_program.rotation(image, settings)


def words(table: str, size: tuple[int, int]) -> tuple[Seen, ...]:
    """The words of Tesseract's TSV of a page of `size` (columns, rows). Raises StageError for anything else.

    Its columns: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
    """
    *rows, rest = table.split("\n")
    if rest:
        raise StageError(Code.OCR_TRUNCATED, "tesseract's answer breaks off in the middle of a row")
    if rows and rows[0].startswith("level\t"):
        rows = rows[1:]  # names of the columns
    if not any(rows):  # an empty page has a row of its own
        raise StageError(Code.OCR_EMPTY, "tesseract gave no answer for the page")
    return tuple(word for number, row in enumerate(rows, 1) if (word := _word(number, row, size)) is not None)


def _word(number: int, row: str, size: tuple[int, int]) -> Seen | None:
    """The word of a row; None for a row that is a block, paragraph or line around words, or an empty word."""
    cells = row.split("\t")
    try:
        level, _, block, paragraph, line, _, x, y, w, h = map(int, cells[:10])
        sure, text = float(cells[10]), cells[11]
    except (ValueError, IndexError):
        cells = []
    if len(cells) != 12:
        raise StageError(Code.OCR_MALFORMED, f"row {number} of tesseract's answer is no row of its table")
    if not -1 <= sure <= 100:  # nor is NaN
        raise StageError(Code.OCR_CONFIDENCE, f"tesseract gave the confidence {sure}")
    if min(x, y) < -OVER or min(w, h) < 0 or x + w > size[0] + OVER or y + h > size[1] + OVER:
        raise StageError(
            Code.OCR_BOX, f"tesseract put a box at {x},{y} of {w} x {h} on a page of {size[0]} x {size[1]}"
        )
    said = "".join(unicodedata.normalize("NFC", text).split())
    if level != WORD or not said:
        return None
    return Seen(said, round(max(0.0, sure / 100), 4), x, y, x + w, y + h, (block, paragraph, line))
