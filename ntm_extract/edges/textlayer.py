"""The text that a PDF page already carries: taken over where it is good Vietnamese, else left to the recogniser."""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pikepdf

from ntm_extract.edges import sandbox
from ntm_extract.edges.bombs import BROKEN
from ntm_extract.edges.data import load_encodings
from ntm_extract.layout.seen import Seen
from ntm_extract.problems import Code, StageError
from ntm_extract.settings import Settings
from ntm_extract.text.legacy import converted
from ntm_extract.text.syllables import is_syllable

LEAST_WORDS = 40  # on a scanned page; fewer are a watermark or a stamp put over the scan
MARKED, IMPOSSIBLE = 0.5, 0.2
"""Shares of words that bear a mark (at least) and of words that no Vietnamese syllable could be (at most). Pages of
real documents have 0.71 to 0.92 and 0.00 to 0.17 (codes, abbreviations), ruined layers 0.07 to 0.22 and 0.33 up."""
SCANNED_MARKED, SCANNED_IMPOSSIBLE = 0.65, 0.08
"""The same over a scan, where the layer is another recogniser's reading and ours stands against it."""
JUDGED = 8  # words of letters below which a page is too short to be judged

SHOW_TEXT = {"Tj", "TJ", "'", '"'}
NESTED = 4  # forms within forms that are looked into

HAS_MARK = re.compile("[đ\u0300-\u036f]")
LETTERS = re.compile(r"[^\W\d_]+")


def has_text(page: pikepdf.Page, *, scanned: bool) -> bool:
    """Whether the page may draw text, so that asking for it is worth a process; over a scan, enough of it to count."""
    if scanned:
        return _drawn(page, LEAST_WORDS) >= LEAST_WORDS
    try:
        resources = page.obj.get("/Resources")
        if resources is None or "/Font" in resources:  # inherited, or there: ask
            return True
        forms = resources.get("/XObject", pikepdf.Dictionary())
        return any(form is not None and form.get("/Subtype") == "/Form" for form in forms.values())
    except BROKEN:
        return True


def _drawn(holder: pikepdf.Page | pikepdf.Object, enough: int, depth: int = 0) -> int:
    """Bytes of text that a page, and the forms in it, draw; counted up to `enough`, which what can't be parsed has."""
    found = 0
    try:
        resources = (
            holder.resources if isinstance(holder, pikepdf.Page) else holder.get("/Resources", pikepdf.Dictionary())
        )
        forms = resources.get("/XObject", pikepdf.Dictionary())
        for step in pikepdf.parse_content_stream(holder):
            if str(step.operator) in SHOW_TEXT:
                found += sum(len(bytes(part)) for part in _strings(step.operands))
            elif str(step.operator) == "Do" and depth < NESTED:
                form = forms.get(str(step.operands[0]))
                if form is not None and form.get("/Subtype") == "/Form":
                    found += _drawn(form, enough - found, depth + 1)
            if found >= enough:
                return found
    except BROKEN:
        return enough
    return found


def _strings(operands: Any) -> Iterator[pikepdf.String]:
    for one in operands:
        for part in one if isinstance(one, pikepdf.Array) else [one]:
            if isinstance(part, pikepdf.String):
                yield part


def words(path: Path, number: int, settings: Settings) -> tuple[Seen, ...]:
    """Words of page `number`, boxes in points from the page's top left, lines as poppler finds them."""
    try:
        only = ("-f", str(number), "-l", str(number))
        xml = sandbox.run(
            *("pdftotext", "-bbox-layout", "-cropbox", *only, str(path), "-"),
            seconds=settings.page_seconds,
            memory_mb=settings.memory_mb,
            output_mb=settings.output_mb,
        )
        return _parse(xml)
    except sandbox.ProgramTimeoutError as error:
        raise StageError(Code.RENDER_TIMEOUT, f"page {number}: {error}") from error
    except (sandbox.ProgramFailedError, ET.ParseError) as error:
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


class Judged(NamedTuple):
    """The words to take over from a text layer (none where it is ruined), and why."""

    words: tuple[Seen, ...]
    why: str


def judge(found: tuple[Seen, ...], *, scanned: bool) -> Judged:
    """The layer's words where they are good Vietnamese, or are so once converted from an encoding before Unicode.

    `scanned` tells that a picture fills the page: then a few words are no more than something put over the scan.
    """
    texts = tuple(seen.text for seen in found)
    fault = _fault(texts, scanned=scanned)
    if not fault:
        return Judged(found, "good text layer")
    # converted by guess, it must be as good as a layer that stands against our own reading
    older = converted(texts, load_encodings(), lambda words: not _fault(words, scanned=True))
    if older is None:
        return Judged((), fault)
    name, texts = older
    words = tuple(msgspec.structs.replace(seen, text=text) for seen, text in zip(found, texts, strict=True))
    return Judged(words, f"text layer converted from {name}")


def _fault(words: tuple[str, ...], *, scanned: bool) -> str:
    """What is wrong with the words of a layer; "" where they can be taken for what the page says."""
    if not words or (scanned and len(words) < LEAST_WORDS):
        return "too few words in the text layer"
    spelt = [w.lower() for word in words for w in LETTERS.findall(word) if len(w) > 1]
    if len(spelt) < JUDGED:
        return "too few words in the text layer" if scanned else ""
    marked = sum(1 for w in spelt if HAS_MARK.search(unicodedata.normalize("NFD", w))) / len(spelt)
    impossible = sum(1 for w in spelt if not is_syllable(w)) / len(spelt)
    if marked < (SCANNED_MARKED if scanned else MARKED):
        return "text layer without marks"
    return "text layer of no Vietnamese words" if impossible > (SCANNED_IMPOSSIBLE if scanned else IMPOSSIBLE) else ""
