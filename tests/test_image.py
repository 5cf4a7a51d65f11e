"""Pages set upright, level and to size, and places on them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_extract.image.letters import CAPITAL, STEPPED_CAPITAL, best_scale, capital_height
from ntm_extract.image.page import PageImage, Pixels
from ntm_extract.image.prepare import prepare
from ntm_extract.image.skew import sideways_and_skew, skew
from tests.image_help import on_paper, typed


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


def test_corners_that_turning_adds_are_paper() -> None:
    grey = np.full((300, 400), 215, np.uint8)
    assert np.ptp(on_paper(grey).straightened(8.0, 1.0).pixels) == 0
    coloured = np.full((300, 400, 3), (200, 210, 220), np.uint8)
    assert (on_paper(coloured).straightened(8.0, 1.0).pixels == (200, 210, 220)).all()


def test_a_few_lines_beside_the_scanners_edge_are_not_sideways(page: Pixels) -> None:
    few = np.full_like(page, 255)
    few[100:280] = page[100:280]
    few[:, 30:34] = 0
    assert not sideways_and_skew(few, 150)[0]
    assert skew(few, 150) == pytest.approx(0, abs=0.1)
