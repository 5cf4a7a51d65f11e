"""A second reading of doubtful words: soft, with the words beside them, all of a page on one strip."""

from __future__ import annotations

from msgspec.structs import replace

from ntm_extract.edges import ocr
from ntm_extract.image.cells import Cut, strip
from ntm_extract.image.grid import Region
from ntm_extract.image.letters import softened
from ntm_extract.image.page import PageImage
from ntm_extract.layout.merging import Stretch, doubtful, merged
from ntm_extract.layout.seen import Seen
from ntm_extract.problems import StageError
from ntm_extract.reading.cells import BLOCK
from ntm_extract.settings import Settings

ROOM = 0.017, 0.034  # inches beside, and over and under the words, that are read with them


def read_again(page: PageImage, seen: tuple[Seen, ...], settings: Settings) -> tuple[Seen, ...]:
    """The words of a page, the doubtful ones as the better of two readings has them.

    Where the second fails the first stays.
    """
    cuts = {stretch: cut for stretch in doubtful(seen) if (cut := _cut(page, seen, stretch)) is not None}
    if not cuts:
        return seen
    pixels, placed = strip(tuple(cuts.values()), page.dpi, copied=False)
    try:
        found = ocr.read(page.with_pixels(softened(pixels)), settings, mode=BLOCK)
    except StageError:
        return seen
    words: list[tuple[Seen, ...]] = [(word,) for word in seen]
    slack = 0.04 * page.dpi
    for stretch, one in zip(cuts, placed, strict=True):
        first = [seen[i] for i in stretch.words]
        right, down = one.cut.area[0] - one.x, one.cut.area[1] - one.y
        second = [
            replace(w, x0=w.x0 + right, x1=w.x1 + right, y0=w.y0 + down, y1=w.y1 + down, place=first[0].place)
            for w in found
            if one.y - slack <= w.middle < one.y + one.cut.pixels.shape[0] + slack
        ]
        for i in stretch.words:
            words[i] = ()
        words[stretch.words[0]] = merged(first, sorted(second, key=lambda w: w.x0))
    return tuple(word for some in words for word in some)


def _cut(page: PageImage, seen: tuple[Seen, ...], stretch: Stretch) -> Cut | None:
    """The ink of the words, set for reading; None beyond the page."""
    beside, over = (round(room * page.dpi) for room in ROOM)
    x0, y0 = max(0, round(min(seen[i].x0 for i in stretch.words)) - beside), max(0, round(stretch.top) - over)
    x1, y1 = round(max(seen[i].x1 for i in stretch.words)) + beside, round(stretch.foot) + over
    pixels = page.pixels[y0:y1, x0:x1]
    return Cut(Region(0, 0, 1, 1, x0, y0, x1, y1), (x0, y0, x1, y1), pixels) if pixels.size else None
