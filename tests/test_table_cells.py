"""Text of cells: cleaned by the kind of their column, figures as their ink and their column write them."""

from __future__ import annotations

import re

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_extract.image.cells import Cut, likeness
from ntm_extract.image.grid import Region
from ntm_extract.layout.cells import as_others, tidy, with_marks
from ntm_extract.layout.seen import Seen
from ntm_extract.layout.votes import said_by_most, voted_figure
from ntm_extract.reading.cells import ALIKE, _one


@pytest.mark.parametrize(
    ("text", "kind", "clean"),
    [
        ("'1.600 .", "figure", "1.600"),
        ("18, 5", "figure", "18,5"),
        ("Đại »", "mark", "Đạt"),
        ("“Chựa đạt", "mark", "Chưa đạt"),
        ("xX", "tick", "x"),
        ("bộ", "tick", "bộ"),
        ("8", "tick", "8"),
        ("Kinh tế - xã hội", "text", "Kinh tế - xã hội"),
        ("-", "figure", "-"),
    ],
)
def test_cells_are_cleaned_by_the_kind_of_their_column(text: str, kind: str, clean: str) -> None:
    assert tidy(text, kind, head=False) == clean  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "signs", "marked"),
    [("7243", "00,00", "72,43"), ("12", "0.00", "12"), ("9999", "0,00,0", "9,99,9"), ("75", "00,", "75")],
)
def test_marks_are_put_where_ink_shows_them(text: str, signs: str, marked: str) -> None:
    assert with_marks(text, signs) == marked


@given(st.from_regex(r"[0-9]{1,3}([.,][0-9]{1,3}){0,3}", fullmatch=True))
def test_marks_never_change_digits(text: str) -> None:
    bare = text.replace(".", "").replace(",", "")
    assert with_marks(bare, re.sub(r"\d", "0", text)) == text
    assert re.sub(r"[.,]", "", as_others(text, [",3", ".3", ",2"])) == bare


@pytest.mark.parametrize(
    ("said", "signs", "best"),
    [
        (["740", "5.740", "5.740"], "0.000", "5.740"),  # a digit lost
        (["740", "740", "5.740"], "0.000", "5.740"),  # the one that fits the ink outweighs two that do not
        (["1", "7", "1"], "0", "1"),
        (["12.5", "12,5", "12,5"], "00,0", "12,5"),  # readings that differ but in marks are one
        (["Đạt", "Đạt", "0"], "", "Đạt"),  # a word on which the free readings agree stays
    ],
)
def test_what_most_readings_say_counts_weighed_by_the_ink(said: list[str], signs: str, best: str) -> None:
    text, sure = voted_figure([(one, 0.9) for one in said], signs, free=2, ratio=False)
    assert text == best
    assert 0 < sure <= 0.9


def test_of_a_text_the_surest_over_all_readings_is_taken() -> None:
    assert said_by_most([("Nà Kham", 0.5), ("Nà Kharn", 0.6), ("Nà Kham", 0.4)]) == ("Nà Kham", 0.5)


def test_a_mark_is_as_in_the_others_of_the_column() -> None:
    assert as_others("18,268", [".3", ".3"]) == "18.268"
    assert as_others("18,268", [".3", ",3"]) == "18,268"
    assert as_others("18,26", [".3"]) == "18,26"
    assert as_others("46.39", [",1", ",2"]) == "46,39"


def test_marks_are_alike_by_shape_and_size() -> None:
    def drawn(text: str, size: float) -> Cut:
        pixels = np.full((60, 60), 255, np.uint8)
        cv2.putText(pixels, text, (15, 45), cv2.FONT_HERSHEY_SIMPLEX, size, 0, 3)
        ink = np.argwhere(pixels < 128)
        (top, left), (bottom, right) = ink.min(axis=0), ink.max(axis=0) + 1
        area = (int(left), int(top), int(right), int(bottom))
        return Cut(Region(1, 1, 1, 1, 0, 0, 60, 60), area, pixels[top:bottom, left:right])

    tick = drawn("x", 1.0)
    assert likeness(tick, drawn("x", 1.1)) >= ALIKE
    assert likeness(tick, drawn("x", 0.5)) < ALIKE
    assert likeness(tick, drawn("3", 1.0)) < ALIKE


@pytest.mark.parametrize(
    ("said", "text", "sure"),
    [
        (("4", "4", "4"), "4", True),
        (("444",), "4", True),
        (("3", "34"), "3", False),
        (("334", "4"), "4", False),  # three copies that ran together are no number of three digits
        (("3344",), "", False),
        ((), "", False),
    ],
)
def test_copies_of_a_digit_never_make_a_longer_number(said: tuple[str, ...], text: str, sure: bool) -> None:
    words = [Seen(text=w, confidence=0.9, x0=0, y0=0, x1=1, y1=1, place=(0, 0, 0)) for w in said]
    best, confidence = _one(words, 3)
    assert (best, confidence > 0.5) == (text, sure)
