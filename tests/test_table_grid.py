"""The grid of a ruled table: merged cells, broken rules, scratches that are none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ntm_extract.image.grid import find_grid
from ntm_extract.image.page import Pixels
from ntm_extract.image.tables import ruled_areas

DPI = 200.0
XS, YS = (200, 300, 700, 900, 1100, 1300), (300, 380, 460, 540, 620, 700)


def ruled(lost: tuple[tuple[int, int, int, int], ...] = ()) -> Pixels:
    """A page with a table of five by five, its first row merged over columns 2-4, its first two rows over column 0."""
    page = np.full((2338, 1654), 255, np.uint8)
    for y in YS:
        cv2.line(page, (XS[0], y), (XS[-1], y), 0, 3)
    for x in XS:
        cv2.line(page, (x, YS[0]), (x, YS[-1]), 0, 3)
    for x in XS[3:5]:
        page[YS[0] + 3 : YS[1] - 2, x - 3 : x + 4] = 255
    page[YS[1] - 3 : YS[1] + 4, XS[0] + 3 : XS[1] - 2] = 255
    for x0, y0, x1, y1 in lost:
        page[y0:y1, x0:x1] = 255
    return page


def spans(page: Pixels) -> set[tuple[int, int, int, int]]:
    (area,) = ruled_areas(page, DPI)
    found = find_grid(page, DPI, area)
    assert found is not None
    assert (found.rows, found.cols) == (5, 5)
    return {(r.row, r.col, r.rows, r.cols) for r in found.regions if r.rows > 1 or r.cols > 1}


def test_merged_cells_have_their_spans() -> None:
    assert spans(ruled()) == {(0, 2, 1, 3), (0, 0, 2, 1)}


@pytest.mark.parametrize(
    "lost",
    [((400, 455, 440, 466),), ((895, 470, 906, 530),), ((500, 376, 560, 384), (695, 560, 706, 590))],
    ids=["gap across", "border of a row", "two gaps"],
)
def test_broken_rules_are_bridged(lost: tuple[tuple[int, int, int, int], ...]) -> None:
    assert spans(ruled(lost)) == {(0, 2, 1, 3), (0, 0, 2, 1)}


def test_a_scratch_over_the_page_is_no_column() -> None:
    page = ruled()
    cv2.line(page, (820, 0), (820, 2337), 0, 2)
    assert spans(page) == {(0, 2, 1, 3), (0, 0, 2, 1)}


def test_a_scratch_in_some_rows_is_no_column() -> None:
    page = ruled()
    cv2.line(page, (500, YS[2] - 6), (500, YS[3] + 5), 0, 2)
    assert spans(page) == {(0, 2, 1, 3), (0, 0, 2, 1)}


def test_a_scratch_that_text_is_written_over_is_no_column() -> None:
    page = ruled()
    cv2.line(page, (500, YS[1]), (500, YS[-1]), 0, 2)
    for y in YS[1:-1]:
        cv2.putText(page, "Hoi nong dan", (400, y + 55), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 3)
    assert spans(page) == {(0, 2, 1, 3), (0, 0, 2, 1)}


@pytest.mark.parametrize("side", [0, -1], ids=["top", "bottom"])
def test_an_outer_rule_is_known_by_where_the_upright_ones_end(side: int) -> None:
    lost = tuple((x + 4, YS[side] - 3, x + 96, YS[side] + 4) for x in range(XS[0], XS[-1], 100))
    assert spans(ruled(lost)) == {(0, 2, 1, 3), (0, 0, 2, 1)}


def test_pieces_of_a_table_are_one() -> None:
    (whole,) = ruled_areas(ruled(), DPI)
    (area,) = ruled_areas(ruled(((XS[0] - 5, 405, XS[-1] + 6, 435),)), DPI)
    assert np.abs(np.subtract(area, whole)).max() < 0.1 * DPI


@pytest.mark.parametrize(
    "gaps",
    [
        ((695, 390, 706, 410), (695, 425, 706, 450)),
        ((695, 385, 706, 440), (695, 465, 706, 520)),
        ((510, 455, 590, 466), (610, 455, 695, 466)),
    ],
    ids=["two gaps in a border", "gaps in two rows", "two gaps across"],
)
def test_what_is_left_of_a_border_is_one(gaps: tuple[tuple[int, int, int, int], ...]) -> None:
    assert spans(ruled(gaps)) == {(0, 2, 1, 3), (0, 0, 2, 1)}


def test_a_border_lost_between_texts_in_two_rows_is_one() -> None:
    page = ruled(((695, YS[1] + 3, 706, YS[3] - 2),))
    for y in YS[1:3]:
        cv2.putText(page, "42", (560, y + 50), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 3)
        cv2.putText(page, "17", (770, y + 50), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 3)
    assert spans(page) == {(0, 2, 1, 3), (0, 0, 2, 1)}


def test_letters_at_a_level_in_a_merged_cell_are_no_border() -> None:
    page = ruled()
    cv2.putText(page, "TT", (212, YS[1] + 10), cv2.FONT_HERSHEY_SIMPLEX, 2.0, 0, 5)
    assert spans(page) == {(0, 2, 1, 3), (0, 0, 2, 1)}


def test_a_scratch_aslant_is_no_column() -> None:
    page = ruled()
    cv2.line(page, (830, 100), (812, YS[-1]), 0, 2)
    for y in YS[1:-1]:
        cv2.putText(page, "1.280", (770, y + 50), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 3)
    assert spans(page) == {(0, 2, 1, 3), (0, 0, 2, 1)}


def test_a_rule_that_a_scratch_runs_along_is_a_column() -> None:
    page = ruled()
    cv2.line(page, (706, 100), (703, YS[3]), 0, 2)
    assert spans(page) == {(0, 2, 1, 3), (0, 0, 2, 1)}


def test_a_double_rule_is_a_level() -> None:
    page = ruled()
    for y in (YS[0], YS[-1]):
        cv2.line(page, (XS[0], y + 8), (XS[-1], y + 8), 0, 3)
    assert spans(page) == {(0, 2, 1, 3), (0, 0, 2, 1)}


def test_two_tables_that_a_scratch_joins_are_two() -> None:
    page = ruled()
    page[1000:1400] = page[300:700]
    page[1000:1004, XS[0] : XS[-1]] = 0
    cv2.line(page, (820, 500), (820, 1200), 0, 2)
    assert [(a[1] // 100, a[3] // 100) for a in ruled_areas(page, DPI)] == [(2, 7), (9, 14)]
