"""Checks of a document's facts against each other. Pure."""

from decimal import localcontext
from typing import NamedTuple

from ntm_extract.checks.annexes import annex_repeats_counts, annex_repeats_money, table_unit
from ntm_extract.checks.bands import average_within_bands, bands_make_communes, counts_make_average
from ntm_extract.checks.citations import citations_agree
from ntm_extract.checks.counts import (
    count_within_total,
    one_total,
    places_match_count,
    repeated_count,
    share_of_communes,
)
from ntm_extract.checks.dates import cited_before_written, number_suits_kind, period_in_order
from ntm_extract.checks.grids import columns_make_total, sources_make_total
from ntm_extract.checks.magnitudes import magnitude
from ntm_extract.checks.marks import counts_balance, marks_make_count, marks_read
from ntm_extract.checks.parts import list_makes_total, parts_make_total, share_of_total
from ntm_extract.checks.proposals import checks_of
from ntm_extract.checks.ratios import (
    amounts_make_share,
    bracket_restates_ratio,
    part_within_whole,
    ratio_makes_percentage,
    share_within_hundred,
)
from ntm_extract.checks.registry import Relation, relate
from ntm_extract.checks.targets import (
    plan_and_difference,
    result_against_plan,
    result_reaches_target,
    share_of_plan,
)
from ntm_extract.checks.unread import figures_read
from ntm_extract.checks.view import Limit, View
from ntm_extract.facts import Extraction
from ntm_extract.model import Problem
from ntm_extract.result import Check

CHECKS = (
    ratio_makes_percentage,
    amounts_make_share,
    bracket_restates_ratio,
    part_within_whole,
    share_within_hundred,
    parts_make_total,
    list_makes_total,
    share_of_total,
    sources_make_total,
    columns_make_total,
    count_within_total,
    one_total,
    places_match_count,
    share_of_communes,
    repeated_count,
    result_reaches_target,
    result_against_plan,
    share_of_plan,
    plan_and_difference,
    bands_make_communes,
    counts_make_average,
    average_within_bands,
    marks_read,
    marks_make_count,
    counts_balance,
    annex_repeats_counts,
    annex_repeats_money,
    table_unit,
    magnitude,
    cited_before_written,
    period_in_order,
    number_suits_kind,
    citations_agree,
    figures_read,
)
"""All of them, in the order in which they are made."""

DIGITS = 60  # kept in reckoning: misread amounts over each other are longer than the 28 that Decimal keeps unasked


class Judged(NamedTuple):
    """Facts held against each other: their relations, the checks that failed, those that could not be made."""

    relations: tuple[Relation, ...]
    checks: tuple[Check, ...]
    problems: tuple[Problem, ...]


def check(extraction: Extraction, limits: tuple[Limit, ...]) -> Judged:
    """Make every check over the facts of a document."""
    view = View(extraction, limits)
    with localcontext(prec=DIGITS):
        relations, problems = relate(CHECKS, view)
        return Judged(relations, checks_of(view, relations), problems)
