"""Numbers and dates of heads: print is believed, what a pen or a stamp left is not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ntm_extract.image.page import PageImage
from ntm_extract.image.print import as_printed, tallest
from ntm_extract.layout.seen import Seen
from ntm_extract.reading.heads import DOUBTED, doubt_heads
from training.handwriting import stamped, written

SIZE, TOP, SPACE = 40, 100, 12
FONT = ImageFont.load_default(SIZE)
NUMBER = ("Số:", "45", "/BC-UBND")
DATE = ("Púng", "Luông,", "ngày", "16", "tháng", "06", "năm", "2023")


def page_of(*words: str, by_hand: int | None = None, how=written, seed: int = 1) -> tuple[PageImage, tuple[Seen, ...]]:  # type: ignore[no-untyped-def]
    """A line of words on a page, one of them written by hand, and the words as read."""
    sheet = Image.new("L", (1200, 900), 255)
    draw = ImageDraw.Draw(sheet)
    seen, x = [], 60.0
    marks = []
    for i, word in enumerate(words):
        left, top, right, foot = FONT.getbbox(word)
        if i == by_hand:
            mark = how(word, 0.9 * SIZE, np.random.default_rng(seed))
            ys, xs = np.nonzero(mark > 0.3)
            ink = mark[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
            marks.append((round(x), TOP + round(foot) - ink.shape[0] + 3, ink))
            seen.append(Seen(word, 0.95, x, TOP + foot - ink.shape[0], x + ink.shape[1], TOP + foot + 3, (1, 1, 1)))
        else:
            draw.text((x, TOP), word, fill=0, font=FONT)
            seen.append(Seen(word, 0.95, x + left, TOP + top, x + right, TOP + foot, (1, 1, 1)))
        x = seen[-1].x1 + (0 if word == "45" and by_hand is None else SPACE)
    pixels = np.asarray(sheet).copy()
    for at, down, ink in marks:
        view = pixels[down : down + ink.shape[0], at : at + ink.shape[1]]
        view[:] = np.minimum(view, (255 * (1 - ink)).astype(np.uint8))
    return PageImage(pixels, np.diag([72 / 200, 72 / 200, 1.0]), 432, 324), tuple(seen)


def doubted(page: PageImage, seen: tuple[Seen, ...]) -> list[str]:
    return [w.text for w in doubt_heads(page, seen) if w.confidence <= DOUBTED]


@pytest.mark.parametrize("words", [NUMBER, DATE, ("Số:", "1807/KH-UBND"), ("Số", ":", "7/TTr-SNN"), (*NUMBER, *DATE)])
def test_print_is_believed(words: tuple[str, ...]) -> None:
    page, seen = page_of(*words)
    assert doubt_heads(page, seen) is seen


@pytest.mark.parametrize("how", [written, stamped])
@pytest.mark.parametrize("seed", range(6))
def test_pen_and_stamp_are_doubted(how, seed: int) -> None:  # type: ignore[no-untyped-def]
    assert doubted(*page_of(*NUMBER, by_hand=1, how=how, seed=seed)) == ["45"]
    assert doubted(*page_of(*DATE, by_hand=3, how=how, seed=seed)) == ["16"]


def test_ink_that_was_passed_over_makes_a_number_doubtful() -> None:
    """One digit read of two, a day read in two words, and "Số" itself lost."""
    page, seen = page_of("Số:", "845/BC-UBND")
    short = (seen[0], Seen("45/BC-UBND", 0.95, *box(seen[1], 1 / 11), (1, 1, 1)))
    assert doubted(page, short) == ["45/BC-UBND"]
    page, seen = page_of(*DATE)
    torn = (*seen[:3], Seen("|", 0.9, *box(seen[3], 0, 0.5), (1, 1, 1)), Seen("6", 0.9, *box(seen[3], 0.5), (1, 1, 1)))
    assert doubted(page, (*torn, *seen[4:])) == ["6"]
    joined = (*seen[:2], Seen("ngày†6", 0.95, seen[2].x0, seen[2].y0, seen[3].x1, seen[3].y1, (1, 1, 1)), *seen[4:])
    assert doubted(page, joined) == ["ngày†6"]
    for at, said in ((2, "ngả!"), (4, "@háng")):  # a word beside that can't be read
        worn = [w if i != at else Seen(said, 0.9, w.x0, w.y0, w.x1, w.y1, w.place) for i, w in enumerate(seen)]
        assert "16" in doubted(page, tuple(worn))
    page, seen = page_of("Số:", "45/BC-UBND")
    assert doubted(page, seen[1:]) == ["45/BC-UBND"]


def box(word: Seen, first: float, end: float = 1.0) -> tuple[float, float, float, float]:
    """The rectangle of a word from one share of its width to another."""
    wide = word.x1 - word.x0
    return word.x0 + first * wide, word.y0, word.x0 + end * wide, word.y1


def test_text_is_no_head() -> None:
    words = ("theo", "Quyết", "định", "số", "45", "/QĐ-TTg", "ngày", "16", "tháng", "06", "năm", "2023", "của")
    page, seen = page_of(*words, by_hand=4)
    assert doubt_heads(page, seen) is seen
    low = page.with_pixels(np.roll(page.pixels, 500, axis=0))
    page, seen = page_of(*NUMBER, by_hand=1)
    lower = tuple(Seen(w.text, 0.95, w.x0, w.y0 + 500, w.x1, w.y1 + 500, w.place) for w in seen)
    assert doubt_heads(low, lower) is lower


def test_size_and_level_of_ink_tell_print() -> None:
    paper = np.full((200, 400), 255, np.uint8)
    for x in (100, 125, 300, 325):
        cv2.rectangle(paper, (x, 80), (x + 12, 109), 0, -1)
    beside = tallest(paper, (290, 70, 350, 120))
    assert beside is not None and (beside.height, beside.foot) == (30, 110)
    assert as_printed(paper, (60, 200), (80, 180), beside, 2, slash=False)
    assert not as_printed(paper, (60, 200), (80, 180), beside, 1, slash=False)
    assert not as_printed(paper, (60, 200), (80, 180), beside, 2, slash=True)
    cv2.line(paper, (146, 109), (154, 80), 0, 2)
    assert as_printed(paper, (60, 200), (80, 180), beside, 2, slash=True)
    taller = paper.copy()
    cv2.rectangle(taller, (100, 60), (112, 80), 0, -1)
    assert not as_printed(taller, (60, 200), (80, 180), beside, 2, slash=True)
    assert not as_printed(np.roll(paper, 12, axis=0), (60, 200), (80, 180), beside, 2, slash=True)
    assert tallest(paper, (200, 70, 280, 120)) is None
