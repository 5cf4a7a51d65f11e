"""Sheets that are not one page of text: two pages side by side, separators, blank ones."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ntm_extract.image.halves import gutter
from ntm_extract.image.letters import white
from ntm_extract.image.page import Pixels
from ntm_extract.image.separators import is_separator
from tests.image_help import typed


@pytest.fixture(scope="module")
def page() -> Pixels:
    return typed()


def test_a_sheet_of_two_pages_is_cut_between_them(page: Pixels) -> None:
    text = np.where(page[:, 80:1160] < 255, page[:, 80:1160], 255)
    justified = text.copy()
    for top in range(110, 1450, 48):  # full lines from margin to margin
        justified[top + 10 : top + 30, 40:1020] = np.minimum(
            justified[top + 10 : top + 30, 40:1020], text[top + 10 : top + 30, 40:1020]
        )
        cv2.putText(justified, "thon xa huyen tinh", (700, top + 30), cv2.FONT_HERSHEY_COMPLEX, 0.8, 0, 2)
    pair = np.concatenate((justified, justified), axis=1)
    at = gutter(pair, 150)
    assert at is not None
    assert (pair[:, at - 20 : at + 20] == 255).all()
    ruled = pair.copy()
    ruled[300:1200:60, 100:-100] = 0  # a table over the whole sheet
    assert gutter(ruled, 150) is None
    labels = np.full_like(pair, 255)  # labels on the left, their figures on the right
    for y in range(140, 1600, 48):
        cv2.putText(labels, "Duong thon"[: 4 + y % 7], (90, y), cv2.FONT_HERSHEY_COMPLEX, 0.8, 0, 2)
        cv2.putText(labels, str(y), (1500, y), cv2.FONT_HERSHEY_COMPLEX, 0.8, 0, 2)
    assert gutter(labels, 150) is None


def test_bars_and_plain_dark_paper_part_documents() -> None:
    sheet = np.full((1754, 1240), 255, np.uint8)
    for x in range(200, 700, 90):
        sheet[300:420, x : x + 25] = 0
    assert is_separator(sheet, 150)
    assert is_separator(np.full_like(sheet, 90), 150)
    assert not is_separator(np.full_like(sheet, 250), 150)
    assert not is_separator(typed(), 150)


def test_clean_paper_is_white_and_what_bears_anything_is_not(page: Pixels) -> None:
    clean = np.full((2000, 1500), 255, np.uint8)
    assert white(clean) and white(np.dstack([clean] * 3))
    assert not white(page)
    pale = clean.copy()
    pale[100:110, 100:1000] = 190  # a line of faded print
    assert not white(pale)
    red = np.dstack([clean] * 3)
    red[100:200, 100:200, 1:] = 120  # a seal
    assert not white(red)
    assert not white(np.full((2000, 1500), 235, np.uint8))  # grey paper, on which print may be hard to tell
