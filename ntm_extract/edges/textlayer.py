"""The text that a PDF page already carries: taken over where it is good Vietnamese, else left to the recogniser."""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

import pikepdf

from ntm_extract.edges import programs
from ntm_extract.layout.seen import Seen
from ntm_extract.problems import Code, StageError
from ntm_extract.text.syllables import is_syllable

LEAST_WORDS = 40  # on a scanned page; fewer are a watermark or a stamp put over the scan
MARKED, IMPOSSIBLE = 0.5, 0.2
"""Shares of words that bear a mark (at least) and of words that no Vietnamese syllable could be (at most). Pages of
real documents have 0.71 to 0.92 and 0.00 to 0.17 (codes, abbreviations), ruined layers 0.07 to 0.22 and 0.33 up."""
SCANNED_MARKED, SCANNED_IMPOSSIBLE = 0.65, 0.08
"""The same over a scan, where the layer is another recogniser's reading and ours stands against it."""
JUDGED = 8  # words of letters below which a page is too short to be judged

HAS_MARK = re.compile("[đ\u0300-\u036f]")
LETTERS = re.compile(r"[^\W\d_]+")


def has_text(page: pikepdf.Page) -> bool:
    """Whether the page may draw text, so that asking for it is worth a process."""
    resources = page.obj.get("/Resources")
    if resources is None:  # inherited: ask
        return True
    if "/Font" in resources:
        return True
    forms = resources.get("/XObject", pikepdf.Dictionary())
    return any(form.get("/Subtype") == "/Form" for form in forms.values())


def words(path: Path, number: int, seconds: float) -> tuple[Seen, ...]:
    """Words of page `number`, boxes in points from the page's top left, lines as poppler finds them."""
    try:
        only = ("-f", str(number), "-l", str(number))
        return _parse(programs.run("pdftotext", "-bbox-layout", "-cropbox", *only, str(path), "-", seconds=seconds))
    except programs.ProgramTimeoutError as error:
        raise StageError(Code.RENDER_TIMEOUT, f"page {number}: {error}") from error
    except (programs.ProgramFailedError, ET.ParseError) as error:
        raise StageError(Code.RENDER_FAILED, f"page {number}: {error}") from error


def _parse(xml: bytes) -> tuple[Seen, ...]:
    # poppler lets control characters through, which XML forbids
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", xml.decode("utf-8", "replace"))
    # name space and document type only stand in the way of plain names
    root = ET.fromstring(re.sub(r'<!DOCTYPE[^>]*>| xmlns="[^"]*"', "", text).replace("&nbsp;", " "))
    found = []
    for b, block in enumerate(root.iter("block")):
        for n, line in enumerate(block.iter("line")):
            for word in line.iter("word"):
                x0, y0, x1, y1 = (float(word.get(k, 0)) for k in ("xMin", "yMin", "xMax", "yMax"))
                for part in unicodedata.normalize("NFC", word.text or "").split():
                    found.append(Seen(part, 1.0, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), (b, 0, n)))
    return tuple(found)


def good(found: tuple[Seen, ...], *, scanned: bool) -> bool:
    """Whether the layer's text can be taken for what the page says.

    `scanned` tells that a picture fills the page: then a few words are no more than something put over the scan.
    """
    if not found or (scanned and len(found) < LEAST_WORDS):
        return False
    spelt = [w.lower() for seen in found for w in LETTERS.findall(seen.text) if len(w) > 1]
    if len(spelt) < JUDGED:
        return not scanned
    marked = sum(1 for w in spelt if HAS_MARK.search(unicodedata.normalize("NFD", w))) / len(spelt)
    impossible = sum(1 for w in spelt if not is_syllable(w)) / len(spelt)
    if scanned:
        return marked >= SCANNED_MARKED and impossible <= SCANNED_IMPOSSIBLE
    return marked >= MARKED and impossible <= IMPOSSIBLE
