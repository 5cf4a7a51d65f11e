"""Counts in messages of ours in English."""

from __future__ import annotations

from decimal import Decimal


def count_of(number: int | Decimal, one: str, many: str = "") -> str:
    """A number and what it counts, "1 page" or "2 pages"; `many` where the plural is not `one` with an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"
