"""Checks of a document's facts against each other. Pure."""

from ntm_extract.checks.arithmetic import (
    count_within_total,
    part_within_whole,
    parts_make_total,
    places_match_count,
    ratio_makes_percentage,
)
from ntm_extract.checks.registry import run
from ntm_extract.facts import Check, Extraction

CHECKS = (ratio_makes_percentage, part_within_whole, parts_make_total, count_within_total, places_match_count)
"""All of them, in the order in which they are made."""


def judge(extraction: Extraction) -> tuple[Extraction, tuple[Check, ...]]:
    """The facts of a document held against each other."""
    return extraction, run(CHECKS, extraction)[0]
