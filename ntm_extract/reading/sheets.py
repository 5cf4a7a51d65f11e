"""The words of a sheet set upright: of one page, or of two that were scanned side by side."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from ntm_extract.edges import ocr
from ntm_extract.image.halves import gutter
from ntm_extract.image.letters import pale_share
from ntm_extract.image.page import PageImage
from ntm_extract.image.prepare import prepare, turned
from ntm_extract.layout.lines import lying
from ntm_extract.layout.seen import Seen
from ntm_extract.model import PageQuality
from ntm_extract.reading.doubts import read_again
from ntm_extract.reading.figures import settle
from ntm_extract.reading.heads import doubt_heads
from ntm_extract.settings import Settings

BLANK = 0.0004  # share of dark pixels up to which a page is blank: dust, the shade of an edge
FADED = 0.005  # share of pale pixels from which a page without dark ones is read all the same
DOUBTFUL = 0.55  # mean confidence below which a page may be standing on its head


class Sheet(NamedTuple):
    """A page made ready for the recogniser, what was found on the way, and its words at their pixels."""

    page: PageImage
    quality: PageQuality
    seen: tuple[Seen, ...] = ()


def read_sheet(image: PageImage, settings: Settings) -> Sheet:
    """The page image prepared, set upright and read; without words where it bears no ink."""
    sheet = Sheet(*prepare(image))
    faded = sheet.quality.ink <= BLANK and pale_share(sheet.page.pixels) > FADED
    if sheet.quality.ink <= BLANK and not faded:
        return sheet
    sheet = _read(sheet.page, sheet.quality, settings)
    if lying(sheet.seen):
        sheet = _read(*prepare(image, 0 if sheet.quality.rotation else 90), settings)
    sheet = _upright(sheet, settings)
    if faded and _certainty(sheet.seen) < DOUBTFUL:
        return sheet._replace(seen=())  # the other side of the sheet, shining through
    seen = settle(sheet.page, read_again(sheet.page, sheet.seen, settings), settings)
    return sheet._replace(seen=doubt_heads(sheet.page, seen))


def _read(page: PageImage, quality: PageQuality, settings: Settings) -> Sheet:
    """A prepared page with its words; of a sheet of two pages those of the left one, then those of the right one."""
    at = gutter(page.pixels, page.dpi)
    if at is None:
        return Sheet(page, quality, ocr.read(page, settings))
    left = ocr.read(page.columns(0, at), settings)
    right = ocr.read(page.columns(at, page.size[0]), settings)
    blocks = max((w.place[0] for w in left), default=0)
    moved = (replace(w, x0=w.x0 + at, x1=w.x1 + at, place=(w.place[0] + blocks, *w.place[1:])) for w in right)
    return Sheet(page, replace(quality, halves=2), (*left, *moved))


def _upright(sheet: Sheet, settings: Settings) -> Sheet:
    """The sheet, or the reading of it turned round where the first is doubtful and the other better."""
    headlong = _headlong(sheet.seen)
    if not headlong and _certainty(sheet.seen) >= DOUBTFUL:
        return sheet
    rotation = 180 if headlong else ocr.rotation(sheet.page, settings)
    if rotation:
        again = _read(*turned(sheet.page, sheet.quality, rotation), settings)
        if (headlong and not _headlong(again.seen)) or _certainty(again.seen) > _certainty(sheet.seen):
            return again
    return sheet


def _headlong(seen: tuple[Seen, ...]) -> bool:
    """Whether words follow each other from right to left: Tesseract reads a page on its head without a word of it."""
    steps = [after.x0 < before.x0 for before, after in pairwise(seen) if before.place == after.place]
    return len(steps) > 4 and sum(steps) > len(steps) / 2


def _certainty(seen: tuple[Seen, ...]) -> float:
    """Mean confidence, words weighed by their length; 0 where there are none."""
    letters = sum(len(w.text) for w in seen)
    return sum(w.confidence * len(w.text) for w in seen) / letters if letters else 0.0
