"""Figures of running text held against their ink."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ntm_extract.image.components import INK
from ntm_extract.image.page import PageImage
from ntm_extract.image.signs import signs_at
from ntm_extract.layout.seen import Seen
from ntm_extract.problems import Code, StageError
from ntm_extract.reading import figures
from tests.scans import SETTINGS, needs_tesseract, scan

DPI = 200


def sheet(*rows: str) -> PageImage:
    pixels = np.asarray(scan(*rows, dpi=DPI))
    return PageImage(pixels, np.diag([72 / DPI, 72 / DPI, 1.0]), 288, 216)


def seen(page: PageImage, text: str) -> Seen:
    """The text as read of all the ink of the page's first row."""
    y, x = np.nonzero(page.pixels[: round(0.85 * DPI)] < 128)
    return Seen(text, 0.8, x.min(), y.min(), x.max() + 1, y.max() + 1, (1, 1, 1))


@pytest.mark.parametrize("text", ["12", "2.4", "1.250", "14,5", "807", "11"])
def test_ink_tells_digits_and_marks(text: str) -> None:
    word = seen(sheet(text), text)
    pixels = sheet(text).pixels[int(word.y0) : int(word.y1), int(word.x0) : int(word.x1)]
    signs = signs_at(np.ascontiguousarray(pixels), INK, 3)
    assert signs.replace(",", ".") == "".join("0" if c.isdigit() else "." for c in text)


@needs_tesseract
@pytest.mark.parametrize(("printed", "read"), [("12", "2"), ("2.4", "24"), ("1.250", "1250"), ("365", "36")])
def test_a_figure_that_its_ink_denies_is_read_again(printed: str, read: str) -> None:
    page = sheet(printed)
    (word,) = figures.settle(page, (seen(page, f"{read};"),), SETTINGS)
    assert word.text == f"{printed};"


def test_what_the_ink_bears_out_is_left_and_so_is_what_no_reading_mends(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("read again")

    page = sheet("365")
    monkeypatch.setattr(figures, "on_strip", fail)
    for text in ("365", "365,", "thon", "36S"):
        assert figures.settle(page, (seen(page, text),), SETTINGS)[0].text == text
    for again in ("65", "3655", "3.65", "", "abc", "385"):
        monkeypatch.setattr(figures, "on_strip", lambda *_, said=again, **__: {(0, 0): (said, 0.99)})
        assert figures.settle(page, (seen(page, "36"),), SETTINGS)[0].text == "36"


@needs_tesseract
def test_no_digit_is_lost_where_the_box_cuts_one_off() -> None:
    page = sheet("2011")
    whole = seen(page, "2011")
    cut = Seen("2011", 0.9, whole.x0, whole.y0, whole.x1 - 0.2 * (whole.x1 - whole.x0), whole.y1, (1, 1, 1))
    assert figures.settle(page, (cut,), SETTINGS)[0].text == "2011"


def test_a_second_reading_that_fails_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object, **__: object) -> None:
        raise StageError(Code.OCR_TIMEOUT, "too long")

    page = sheet("365")
    monkeypatch.setattr(figures, "on_strip", late)
    assert figures.settle(page, (seen(page, "36"),), SETTINGS)[0].text == "36"


def test_a_word_without_ink_or_beyond_the_page_is_left() -> None:
    blank = PageImage(np.full((100, 100), 255, np.uint8), np.eye(3), 100, 100)
    words = (Seen("7", 0.9, 10, 10, 20, 20, (1, 1, 1)), Seen("7", 0.9, 200, 200, 220, 220, (1, 1, 1)))
    assert figures.settle(blank, words, SETTINGS) == words
    line = blank.with_pixels(cv2.line(blank.pixels.copy(), (0, 15), (99, 15), 0, 1))
    assert figures.settle(line, words[:1], SETTINGS) == words[:1]
