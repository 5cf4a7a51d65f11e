from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_extract.image.borders import bare
from ntm_extract.image.components import page_components, painted_over
from ntm_extract.image.halves import gutter
from ntm_extract.image.ink import separate
from ntm_extract.image.leaders import leaders
from ntm_extract.image.letters import CAPITAL, STEPPED_CAPITAL, best_scale, capital_height, white
from ntm_extract.image.page import PageImage, Pixels
from ntm_extract.image.paper import even
from ntm_extract.image.prepare import prepare
from ntm_extract.image.separators import is_separator
from ntm_extract.image.skew import sideways_and_skew, skew
from ntm_extract.image.specks import specks

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
    assert even(alone) == (alone, 0.0) or even(alone)[1] == 0.0


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
