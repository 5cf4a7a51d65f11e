"""Pieces of ink: measured as OpenCV measures them."""

from __future__ import annotations

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ntm_extract.image.components import components, count_components, page_components

PATCH = arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12)), elements=st.integers(0, 1))


@settings(deadline=None)  # the first call may compile
@given(PATCH)
def test_pieces_are_those_of_opencv(ink):
    _, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found = components(ink)
    assert np.array_equal(found.labels, labels)
    assert np.array_equal(found.stats[1:], stats[1:])
    assert np.allclose(found.centres[1:], centres[1:])
    assert count_components(ink) == len(stats) - 1


def test_ink_is_what_is_dark():
    page = np.full((20, 30), 255, np.uint8)
    page[2:6, 3:10] = 0
    page[12:14, 20:21] = 159
    page[17, 5] = 160
    assert page_components(page).stats[1:].tolist() == [[3, 2, 7, 4, 28], [20, 12, 1, 2, 2]]
