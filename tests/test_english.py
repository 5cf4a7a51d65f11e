from decimal import Decimal

import pytest

from ntm_extract.text.english import count_of


@pytest.mark.parametrize(
    ("number", "words", "said"),
    [
        (0, ("page",), "0 pages"),
        (1, ("page",), "1 page"),
        (2, ("page",), "2 pages"),
        (Decimal(1), ("commune",), "1 commune"),
        (1, ("criterion", "criteria"), "1 criterion"),
        (3, ("criterion", "criteria"), "3 criteria"),
    ],
)
def test_a_count_and_what_it_counts(number: int | Decimal, words: tuple[str, ...], said: str) -> None:
    assert count_of(number, *words) == said
