from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_extract.image.ink import separate
from ntm_extract.image.letters import CAPITAL, STEPPED_CAPITAL, best_scale, capital_height
from ntm_extract.image.page import PageImage, Pixels
from ntm_extract.image.prepare import prepare
from ntm_extract.image.skew import sideways_and_skew, skew
from ntm_extract.image.specks import despeckle

ROWS = (
    "Bao cao ket qua thang sau cua xa Tan Lap, huyen Dong Soi",
    "Toan xa co 12 thon, trong do 9 thon dat chuan theo bo tieu chi",
    "- Duong lien thon: 14,5 km, da be tong hoa 11,2 km, dat 77,2%",
    "Von dau tu 4.250 trieu dong, nhan dan dong gop 310 trieu dong",
)


def typed(dpi: int = 150, lines: int = 28) -> Pixels:
    """An A4 page of level text, black on white."""
    page = np.full((round(11.69 * dpi), round(8.27 * dpi)), 255, np.uint8)
    scale = dpi / 150
    for i in range(lines):
        at = (round(110 * scale), round((140 + 48 * i) * scale))
        cv2.putText(page, ROWS[i % len(ROWS)], at, cv2.FONT_HERSHEY_COMPLEX, 0.8 * scale, 0, max(1, round(2 * scale)))
    return page


def on_paper(pixels: Pixels, dpi: float = 150) -> PageImage:
    rows, columns = pixels.shape[:2]
    return PageImage(pixels, np.diag([72 / dpi, 72 / dpi, 1.0]), columns * 72 / dpi, rows * 72 / dpi)


@pytest.fixture(scope="module")
def page() -> Pixels:
    return typed()


@pytest.mark.parametrize("angle", [-14.0, -7.3, -2.15, -0.4, 0.0, 0.35, 1.2, 5.05, 14.6])
def test_skew_is_found_to_a_tenth_of_a_degree(page: Pixels, angle: float) -> None:
    turned = on_paper(page).straightened(angle, 1.0).pixels
    assert skew(turned, 150) == pytest.approx(-angle, abs=0.1)


def test_skew_of_speckled_page_with_dark_margin(page: Pixels) -> None:
    chance = np.random.default_rng(7)
    turned = on_paper(page).straightened(3.0, 1.0).pixels.copy()
    turned[chance.random(turned.shape) < 0.004] = 0
    turned[:, :18] = 40
    assert skew(turned, 150) == pytest.approx(-3.0, abs=0.15)


def test_an_empty_page_has_no_skew_and_no_side() -> None:
    blank = np.full((1200, 900), 255, np.uint8)
    assert skew(blank, 150) == 0.0
    assert not sideways_and_skew(blank, 150)[0]


@pytest.mark.parametrize(("quarters", "expected"), [(0, False), (1, True), (2, False), (3, True)])
def test_text_running_up_or_down_is_sideways(page: Pixels, quarters: int, expected: bool) -> None:
    assert sideways_and_skew(np.ascontiguousarray(np.rot90(page, quarters)), 150)[0] is expected


def test_black_and_white_pages_that_shrink_much_shrink_more(page: Pixels) -> None:
    stepped = np.where(page < 128, 0, 255).astype(np.uint8)
    assert best_scale(page, 40) == CAPITAL / 40
    assert best_scale(stepped, 40) == STEPPED_CAPITAL / 40
    assert best_scale(stepped, 28) == CAPITAL / 28


@pytest.mark.parametrize("dpi", [100, 150, 300])
def test_letters_come_to_the_height_that_the_recogniser_likes(dpi: int) -> None:
    ready, quality = prepare(on_paper(typed(dpi), dpi))
    assert capital_height(ready.pixels, ready.dpi) == pytest.approx(CAPITAL, rel=0.12)
    assert (quality.rotation, quality.stamp_area) == (0, 0.0)
    assert quality.ink > 0.01


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


@settings(max_examples=60, deadline=None)
@given(st.floats(-15, 15), st.floats(0.3, 2.0), st.sampled_from([0, 90, 180, 270]), st.floats(5, 195), st.floats(5, 95))
def test_boxes_come_back_through_every_turn_and_scale(
    angle: float, scale: float, rotation: int, x: float, y: float
) -> None:
    """A dot's place in points is the same before and after scaling and turning, and turns with the upright page."""
    image = PageImage(np.full((100, 200), 255, np.uint8), np.diag([0.48, 0.24, 1.0]), 96.0, 24.0)
    before = image.to_points @ np.array([x, y, 1.0])
    changed = image.straightened(angle, scale)
    forth = np.linalg.inv(changed.to_points) @ before
    columns, rows = changed.size
    assert -1 <= forth[0] <= columns + 1
    assert -1 <= forth[1] <= rows + 1
    box = changed.box(forth[0], forth[1], forth[0], forth[1])
    assert (box.x0, box.y0) == pytest.approx((before[0], before[1]), abs=0.02)
    upright = image.upright(rotation)
    expected = {0: (x, y), 90: (100 - y, x), 180: (200 - x, 100 - y), 270: (y, 200 - x)}[rotation]
    page = upright.to_points @ np.array([*expected, 1.0])
    turned = {
        0: (before[0], before[1]),
        90: (24 - before[1], before[0]),
        180: (96 - before[0], 24 - before[1]),
        270: (before[1], 96 - before[0]),
    }[rotation]
    assert (page[0], page[1]) == pytest.approx(turned, abs=1e-6)
    assert (upright.width, upright.height) == ((24.0, 96.0) if rotation in {90, 270} else (96.0, 24.0))


def test_pixels_move_as_their_matrix_says() -> None:
    grey = np.full((300, 400), 255, np.uint8)
    cv2.rectangle(grey, (300, 60), (309, 69), 0, -1)
    image = on_paper(grey, 72)
    for changed in (image.straightened(7.0, 1.0), image.straightened(-4.0, 0.8), image.straightened(0.0, 1.5)):
        y, x = np.nonzero(changed.pixels < 128)
        place = changed.to_points @ np.array([x.mean() + 0.5, y.mean() + 0.5, 1.0])
        assert (place[0], place[1]) == pytest.approx((305, 65), abs=0.3)
    y, x = np.nonzero(image.upright(90).pixels < 128)
    assert (x.mean() + 0.5, y.mean() + 0.5) == pytest.approx((300 - 65, 305))


def test_a_few_lines_beside_the_scanners_edge_are_not_sideways(page: Pixels) -> None:
    few = np.full_like(page, 255)
    few[100:280] = page[100:280]
    few[:, 30:34] = 0
    assert not sideways_and_skew(few, 150)[0]
    assert skew(few, 150) == pytest.approx(0, abs=0.1)


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
    clean, specks = despeckle(dusty, capital)
    assert specks >= 30
    assert (clean[far] < 128).sum() < 0.08 * (dusty[far] < 128).sum()
    assert np.array_equal(clean[~far], dusty[~far])
    assert despeckle(marked, capital)[0] is marked  # a clean page is left alone
