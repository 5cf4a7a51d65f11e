"""Checks of a document's facts against each other. Pure."""

from ntm_extract.checks.arithmetic import (
    count_within_total,
    part_within_whole,
    parts_make_total,
    places_match_count,
    ratio_makes_percentage,
)

CHECKS = (ratio_makes_percentage, part_within_whole, parts_make_total, count_within_total, places_match_count)
"""All of them, in the order in which they are made."""
