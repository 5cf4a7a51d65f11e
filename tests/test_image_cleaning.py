"""What a scan has over its text goes, and the text stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ntm_extract.image.borders import bare
from ntm_extract.image.components import page_components, painted_over
from ntm_extract.image.halves import gutter
from ntm_extract.image.ink import separate
from ntm_extract.image.leaders import leaders
from ntm_extract.image.letters import capital_height
from ntm_extract.image.page import Pixels
from ntm_extract.image.paper import even
from ntm_extract.image.separators import is_separator
from ntm_extract.image.specks import specks
from tests.image_help import typed


@pytest.fixture(scope="module")
def page() -> Pixels:
    return typed()


def seal(colour: tuple[int, int, int], paper: Pixels) -> Pixels:
    """A seal let over the page as ink is: each channel is the darker of both."""
    over = np.full_like(paper, 255)
    cv2.circle(over, (600, 700), 170, colour, 12)
    cv2.circle(over, (600, 700), 120, colour, 6)
    cv2.putText(over, "XA TAN LAP", (490, 710), cv2.FONT_HERSHEY_COMPLEX, 1.1, colour, 5)
    return np.minimum(paper, over)


@pytest.mark.parametrize("colour", [(215, 45, 60), (50, 70, 190)])
def test_a_seal_goes_and_the_text_under_it_stays(page: Pixels, colour: tuple[int, int, int]) -> None:
    paper = np.repeat(page[..., None], 3, axis=2)
    clean, area = separate(seal(colour, paper))
    assert 0.01 < area < 0.2
    was, now = page < 128, clean < 128
    assert (was & now).sum() > 0.97 * was.sum()  # the letters under the seal
    assert (now & ~was).sum() < 0.01 * was.sum()  # and nothing of the seal


def test_a_page_printed_in_blue_keeps_its_text(page: Pixels) -> None:
    blue = np.where(page[..., None] < 128, np.array([20, 40, 150], np.uint8), np.uint8(255)).astype(np.uint8)
    clean, area = separate(blue)
    assert area == 0.0
    assert ((clean < 128) & (page < 128)).sum() > 0.95 * (page < 128).sum()


def test_lone_specks_go_and_marks_of_letters_stay(page: Pixels) -> None:
    chance = np.random.default_rng(3)
    marked = page.copy()  # a dot under and over the first letter of every line
    for i in range(28):
        cv2.circle(marked, (120, 148 + 48 * i), 2, 0, -1)
        cv2.circle(marked, (120, 114 + 48 * i), 2, 0, -1)
    dusty = marked.copy()
    far = cv2.dilate((marked < 128).astype(np.uint8), np.ones((41, 41), np.uint8)) == 0
    farther = cv2.dilate((marked < 128).astype(np.uint8), np.ones((61, 61), np.uint8)) == 0
    places = [(y, x) for y, x in zip(*np.nonzero(farther), strict=True) if 10 < y < 1700 and 10 < x < 1200]
    for at in chance.choice(len(places), 300, replace=False):
        cv2.circle(dusty, (int(places[at][1]), int(places[at][0])), 2, 30, -1)
    capital = capital_height(dusty, 150)
    parts = page_components(dusty)
    found = specks(parts, capital)
    clean = painted_over(dusty, parts, found)
    assert len(found) >= 30
    assert (clean[far] < 128).sum() < 0.08 * (dusty[far] < 128).sum()
    assert np.array_equal(clean[~far], dusty[~far])
    assert not len(specks(page_components(marked), capital))  # a clean page is left alone


def test_a_clean_page_gives_no_evidence_of_anything(page: Pixels) -> None:
    assert bare(page, 150)[0] is page
    assert even(page)[0] is page
    assert gutter(page, 150) is None
    assert not is_separator(page, 150)
    assert leaders(page_components(page), capital_height(page, 150))[1] == 0


def test_the_scanners_edge_and_punch_holes_become_paper(page: Pixels) -> None:
    spoilt = page.copy()
    spoilt[:, :45] = 25
    spoilt[-30:, 300:] = 60
    for y in (520, 1200):
        cv2.circle(spoilt, (75, y), 18, 10, -1)
    clean, share = bare(spoilt, 150)
    assert share == pytest.approx(((spoilt < 110) & (page == 255)).mean(), rel=0.1)
    assert np.array_equal(clean, page)


def test_thick_print_within_the_page_is_no_edge(page: Pixels) -> None:
    barred = page.copy()
    barred[300:330, 200:1000] = 0  # a bar under a heading
    cv2.circle(barred, (620, 900), 20, 0, -1)  # a bullet far from the margin
    barred[100:200, 400:500] = 0
    assert bare(barred, 150)[0] is barred
    assert bare(np.full_like(page, 40), 150)[1] == 0.0  # a dark sheet is no edge


def test_uneven_light_is_lifted_and_ink_stays(page: Pixels) -> None:
    slope = np.linspace(1.0, 0.55, page.shape[1])[None, :]
    shaded = (np.where(page < 128, 30, 245) * slope).astype(np.uint8)
    lifted, share = even(shaded)
    paper = cv2.erode((page > 200).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    assert share == 0.0
    assert np.ptp(np.percentile(lifted[paper], (2, 98))) < 12 < np.ptp(np.percentile(shaded[paper], (2, 98)))
    assert np.median(lifted[page < 64]) < 60


def test_print_of_the_other_side_goes_and_thin_strokes_stay(page: Pixels) -> None:
    chance = np.random.default_rng(5)
    other = cv2.GaussianBlur(np.roll(page[:, ::-1], 21, axis=0), (0, 0), 1.2)
    sheet = np.minimum(page.astype(np.float32), 255 - 0.3 * (255 - other.astype(np.float32)))
    grey = np.clip(cv2.GaussianBlur(sheet, (0, 0), 0.7) - 8 + chance.normal(0, 4, page.shape), 0, 255).astype(np.uint8)
    clean, share = even(grey)
    own = page < 64
    shone = (other < 90) & (cv2.dilate((page < 200).astype(np.uint8), np.ones((9, 9), np.uint8)) == 0)
    assert share > 0.012
    assert np.median(grey[shone]) < 200 < np.percentile(clean[shone], 10)
    assert np.array_equal(clean[own], grey[own])
    alone = np.clip(page.astype(np.float32) * 0.9 + 15 + chance.normal(0, 4, page.shape), 0, 255).astype(np.uint8)
    assert even(alone)[1] == 0.0


def test_dot_leaders_go_and_an_ellipsis_stays(page: Pixels) -> None:
    led = page.copy()
    led[900:1000] = 255
    for x in range(300, 900, 9):
        cv2.circle(led, (x, 950), 2, 0, -1)
    for x in (300, 309, 318):
        cv2.circle(led, (x, 980), 2, 0, -1)
    parts = page_components(led)
    dots, rows = leaders(parts, capital_height(led, 150))
    clean = painted_over(led, parts, dots)
    assert rows == 1
    assert (clean[945:956] < 128).sum() == 0
    assert np.array_equal(clean[970:], led[970:])
    assert np.array_equal(clean[:900], led[:900])
