"""Signs of rows are read as one sequence: levels, lost and misread signs, sums that settle what signs leave open."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_extract.layout.numbering import AS_DIGIT, ROMANS, SMALL, Sign, numbered, readings, written


def tree(said: str) -> str:
    """Signs as settled, each with the number of the row that it lies under; "_" is a cell whose ink was not read."""
    signs = ["" if s == "_" else s for s in said.split()]
    found = numbered(signs, [True] * len(signs))
    return " ".join(
        (one.sign.text if one.sign else "_") + ("" if one.parent is None else f"<{one.parent}") for one in found
    )


@pytest.mark.parametrize(
    ("said", "settled"),
    [
        ("I 2 3 4 5 6", "1 2 3 4 5 6"),
        ("I 1 2 H 1 2 HI 1 IV", "I 1<0 2<0 II 1<3 2<3 III 1<6 IV"),
        ("A _ 2 3 B 4 5 _ 6 7", "A 1<0 2<0 3<0 B 4<4 5<4 C 6<7 7<7"),
        ("A I 1 2 II 1 B I l", "A I<0 1<1 2<1 II<0 1<4 B I<6 1<7"),
        ("l 1 2 II 1 1.1 12 2 - -", "I 1<0 2<0 II 1<3 1.1<4 1.2<4 2<3 -<7 -<7"),
        ("1 a b c 2 a b", "1 a<0 b<0 c<0 2 a<4 b<4"),
        ("1 2 3 4 S 6 7 B 9 l0 11", "1 2 3 4 5 6 7 8 9 10 11"),
        ("G H I K", "G H I K"),
        ("7 8 9", "7 8 9"),
    ],
)
def test_a_column_of_signs_is_one_sequence(said: str, settled: str) -> None:
    assert tree(said) == settled


def test_sums_settle_what_signs_leave_open() -> None:
    signs, ink = ["I", "1", "2", "", "1", "2"], [True] * 3 + [False] + [True] * 2
    amounts = dict(enumerate(map(Decimal, (30, 10, 20, 12, 5, 7))))
    assert [one.parent for one in numbered(signs, ink, amounts, Decimal(42))] == [None, 0, 0, None, 3, 3]


def test_rows_without_signs_have_no_place() -> None:
    assert [(one.sign, one.parent) for one in numbered([""] * 3, [False] * 3)] == [(None, None)] * 3


@settings(deadline=None)
@given(st.lists(st.integers(2, 4), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_one_misread_sign_never_moves_a_row(groups: list[int], rng: Random) -> None:
    """Romans over numbers that begin anew; one number of the middle is read as a letter like it."""
    signs: list[str] = []
    parents: list[int | None] = []
    for group, size in enumerate(groups, start=1):
        top = len(signs)
        signs += [written(1, "", group), *map(str, range(1, size + 1))]
        parents += [None, *[top] * size]
    at = rng.choice([i for i, sign in enumerate(signs) if sign.isdigit()])
    like = [chr(c) for c, digit in AS_DIGIT.items() if chr(digit) == signs[at] and chr(c) != "I"]
    signs[at] = rng.choice(like or [signs[at]])
    assert [one.parent for one in numbered(signs, [True] * len(signs))] == parents


@given(st.sampled_from(sorted(ROMANS)))
def test_a_roman_is_first_of_all_itself(sign: str) -> None:
    assert dict(readings(sign))[Sign(1, ROMANS[sign], sign)] == 0


@given(st.integers(1, 20), st.sampled_from([0, 1, 2, 3, SMALL]))
def test_what_is_written_is_read(value: int, level: int) -> None:
    text = written(level, "4", value)
    assert any(r.level == level and r.value == value and cost <= 0.2 for r, cost in readings(text))


@settings(deadline=None)
@given(st.lists(st.text(max_size=4), max_size=12))
def test_any_signs_make_a_tree(signs: list[str]) -> None:
    found = numbered(signs, [bool(s) for s in signs])
    assert len(found) == len(signs)
    assert all(one.parent is None or one.parent < i for i, one in enumerate(found))
