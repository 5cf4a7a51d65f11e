"""The words of a sheet: of one page, or of two that were scanned side by side."""

from __future__ import annotations

import msgspec

from ntm_extract.edges import ocr
from ntm_extract.image.halves import gutter
from ntm_extract.image.page import PageImage
from ntm_extract.layout.seen import Seen
from ntm_extract.settings import Settings


def halves(page: PageImage) -> int:
    """How many pages stand on the sheet, 1 or 2."""
    return 1 if gutter(page.pixels, page.dpi) is None else 2


def read_sheet(page: PageImage, settings: Settings) -> tuple[Seen, ...]:
    """The words of a page; of a sheet of two pages those of the left one, then those of the right one."""
    at = gutter(page.pixels, page.dpi)
    if at is None:
        return ocr.read(page, settings)
    left = ocr.read(page.columns(0, at), settings)
    right = ocr.read(page.columns(at, page.size[0]), settings)
    blocks = max((w.place[0] for w in left), default=0)
    move = msgspec.structs.replace
    return left + tuple(move(w, x0=w.x0 + at, x1=w.x1 + at, place=(w.place[0] + blocks, *w.place[1:])) for w in right)
