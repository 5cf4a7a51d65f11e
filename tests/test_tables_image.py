"""Ruled tables are found where they stand; text, underlines, frames and scanner shades are none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ntm_extract.image.page import Pixels
from ntm_extract.image.tables import ruled_areas

DPI = 200.0


def page() -> Pixels:
    """A white A4 page at 200 dpi with thirty lines of letter-like strokes."""
    pixels = np.full((2338, 1654), 255, np.uint8)
    for y in range(200, 2000, 60):
        for x in range(150, 1500, 14):
            cv2.line(pixels, (x, y), (x, y + 18), 0, 3)
    return pixels


def grid(pixels: Pixels, corner: tuple[int, int], columns: int, rows: int, cell: tuple[int, int] = (200, 70)) -> Pixels:
    x0, y0 = corner
    pixels[y0 - 30 : y0 + rows * cell[1] + 30, x0 - 30 : x0 + columns * cell[0] + 30] = 255
    for i in range(columns + 1):
        cv2.line(pixels, (x0 + i * cell[0], y0), (x0 + i * cell[0], y0 + rows * cell[1]), 0, 2)
    for j in range(rows + 1):
        cv2.line(pixels, (x0, y0 + j * cell[1]), (x0 + columns * cell[0], y0 + j * cell[1]), 0, 2)
    return pixels


def test_text_alone_has_none() -> None:
    assert ruled_areas(page(), DPI) == ()


@pytest.mark.parametrize(("columns", "rows"), [(2, 3), (6, 10), (3, 1)])
def test_a_grid_is_found_where_it_stands(columns: int, rows: int) -> None:
    ((x0, y0, x1, y1),) = ruled_areas(grid(page(), (200, 600), columns, rows), DPI)
    assert np.allclose((x0, y0, x1, y1), (200, 600, 200 + 200 * columns, 600 + 70 * rows), atol=8)


def test_two_grids_are_two_from_top_to_bottom() -> None:
    first, second = ruled_areas(grid(grid(page(), (200, 1400), 3, 4), (300, 300), 4, 5), DPI)
    assert first[1] < second[1]


def test_a_broken_rule_does_not_hide_a_grid() -> None:
    pixels = grid(page(), (200, 600), 5, 6)
    pixels[600:1020:97, :] = 255
    assert len(ruled_areas(pixels, DPI)) == 1


def test_frames_underlines_and_scanner_edges_are_none() -> None:
    pixels = grid(page(), (500, 700), 1, 1, (600, 200))  # a frame
    cv2.line(pixels, (200, 300), (900, 300), 0, 3)  # an underline
    cv2.rectangle(pixels, (0, 0), (1653, 2337), 0, 12)  # the shade of the lid
    assert ruled_areas(pixels, DPI) == ()
