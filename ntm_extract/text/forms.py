"""The forms of sentences that count criteria and communes, of lists that say their unit once, and of words around any
figure, as patterns.

They are of data/forms.toml and data/around.toml; the head of the first tells how they are written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from msgspec import Struct

from ntm_extract.text.folding import UPPER

CAPITAL = f"[{UPPER}]"
NAME = rf"{CAPITAL}[\w']*(?:[ -]{CAPITAL}[\w']*)*"
"""A name in a text as it is written: words with capitals."""
NOTE = rf"(?: \([^(){UPPER}]*\))?"
"""What is noted behind a name: "Nà Sáy (đang 17 tiêu chí)"."""
NAMES = rf"{NAME}{NOTE}(?:, {NAME}{NOTE})*(?:,? và {NAME}{NOTE})?"
A_NAME = re.compile(NAME)
WRITTEN = re.compile(
    r"(?P<kept>\\.|\[\^?\]?(?:\\.|[^\]\\])*\])|\{(?P<part>[a-z_]+)\}|(?P<fold>\n\s*)|(?P<bracket>\((?!\?))|(?P<blank> )"
)
"""What is written otherwise in a form than in a pattern; an escaped sign and a class of signs are the same in both."""


class Form(Struct, frozen=True, kw_only=True):
    """A form of words, where it stands, and sentences with what is read of them because of it."""

    name: str
    where: str
    form: str
    examples: Mapping[str, str]


class Sentences(Struct, frozen=True, kw_only=True):
    """The file as read; `parts` are what several forms have."""

    form: tuple[Form, ...]
    parts: Mapping[str, str] = {}


class Forms(Struct, frozen=True, eq=False, kw_only=True):
    """The forms as patterns, on lowered text; those with names in them on the text itself."""

    # communes that meet a criterion
    criterion: re.Pattern[str]
    met: re.Pattern[str]
    met_as: re.Pattern[str]
    listed_behind: re.Pattern[str]
    list_leads: re.Pattern[str]
    ranked: re.Pattern[str]
    is_criterion: re.Pattern[str]
    ranked_count: re.Pattern[str]
    bare_met: re.Pattern[str]
    named_then: re.Pattern[str]
    own_count: re.Pattern[str]
    in_turn: re.Pattern[str]
    together: re.Pattern[str]
    numbered: re.Pattern[str]
    numbered_last: re.Pattern[str]
    item: re.Pattern[str]
    item_ends: re.Pattern[str]
    item_number: re.Pattern[str]
    next_item: re.Pattern[str]
    own_entry: re.Pattern[str]
    title_sign: re.Pattern[str]
    about: re.Pattern[str]
    met_ends: re.Pattern[str]
    met_before: re.Pattern[str]
    next_told: re.Pattern[str]
    none_met: re.Pattern[str]
    unmet: re.Pattern[str]
    missing: re.Pattern[str]
    name_left: re.Pattern[str]
    name_right: re.Pattern[str]
    pair_opens: re.Pattern[str]
    entry_end: re.Pattern[str]
    title: re.Pattern[str]
    by_criterion: re.Pattern[str]
    first_count: re.Pattern[str]
    next_count: re.Pattern[str]
    count_ends: re.Pattern[str]
    title_numbers: re.Pattern[str]
    recognised_head: re.Pattern[str]
    communes_meeting: re.Pattern[str]
    unmet_list: re.Pattern[str]
    communes_counted: re.Pattern[str]
    # the same in sentences that speak of one criterion
    topic_left: re.Pattern[str]
    topic_gap: re.Pattern[str]
    topic_names: re.Pattern[str]
    topic_met: re.Pattern[str]
    topic_end: re.Pattern[str]
    topic_reached: re.Pattern[str]
    topic_again: re.Pattern[str]
    this_criterion: re.Pattern[str]
    # bands: communes that meet so many criteria
    within: re.Pattern[str]
    names_before: re.Pattern[str]
    labelled: re.Pattern[str]
    communes_with: re.Pattern[str]
    none_left: re.Pattern[str]
    none_such: re.Pattern[str]
    uncounted: re.Pattern[str]
    lost_unit: re.Pattern[str]
    recognised_too: re.Pattern[str]
    # lists of bands that say their units once
    communes_then_band: re.Pattern[str]
    band_then_communes: re.Pattern[str]
    next_band: re.Pattern[str]
    of_criteria: re.Pattern[str]
    of_communes: re.Pattern[str]
    group: re.Pattern[str]
    all_criteria: re.Pattern[str]
    # criteria of one commune, and their mean
    a_commune: re.Pattern[str]
    commune_lead: re.Pattern[str]
    bracketed_has: re.Pattern[str]
    most_criteria: re.Pattern[str]
    extreme: re.Pattern[str]
    one_commune: re.Pattern[str]
    own_criteria: re.Pattern[str]
    some_communes: re.Pattern[str]
    communes_all: re.Pattern[str]
    from_to: re.Pattern[str]
    rises: re.Pattern[str]
    later: re.Pattern[str]
    still_open: re.Pattern[str]
    other_set: re.Pattern[str]
    others: re.Pattern[str]
    of_ntm: re.Pattern[str]
    the_set: re.Pattern[str]
    mean: re.Pattern[str]
    mean_is: re.Pattern[str]
    risen: re.Pattern[str]
    communes_listed: re.Pattern[str]
    several_have: re.Pattern[str]
    commune_of: re.Pattern[str]
    only_name: re.Pattern[str]
    reaches: re.Pattern[str]
    # communes recognised at a level
    standard: re.Pattern[str]
    plain: re.Pattern[str]
    level: re.Pattern[str]
    after_standard: re.Pattern[str]
    lost_again: re.Pattern[str]
    not_ntm: re.Pattern[str]
    other_standard: re.Pattern[str]
    reached: re.Pattern[str]
    level_left: re.Pattern[str]
    level_item: re.Pattern[str]
    level_head: re.Pattern[str]
    counted_over: re.Pattern[str]
    item_of: re.Pattern[str]
    in_brackets: re.Pattern[str]
    raised: re.Pattern[str]
    added_up: re.Pattern[str]
    result_of: re.Pattern[str]
    done_too: re.Pattern[str]
    done_lead: re.Pattern[str]
    arrives: re.Pattern[str]
    arrived: re.Pattern[str]
    newly: re.Pattern[str]
    duty_done: re.Pattern[str]
    no_unit: re.Pattern[str]
    done_for: re.Pattern[str]
    clause_end: re.Pattern[str]
    # bare numbers whose unit is said once
    part_name: re.Pattern[str]
    part_opens: re.Pattern[str]
    total_name: re.Pattern[str]
    bare_ends: re.Pattern[str]
    parts_end: re.Pattern[str]
    part_of: re.Pattern[str]
    in_state: re.Pattern[str]
    compared: re.Pattern[str]
    changed_by: re.Pattern[str]
    since: re.Pattern[str]
    # around any count of communes
    more: re.Pattern[str]
    changed: re.Pattern[str]
    side: re.Pattern[str]
    whole_in_brackets: re.Pattern[str]
    counted_rest: re.Pattern[str]
    names_then: re.Pattern[str]
    listed_then: re.Pattern[str]
    by_place: re.Pattern[str]
    of_year: re.Pattern[str]
    goes_on: re.Pattern[str]
    then_bare: re.Pattern[str]
    then_mean: re.Pattern[str]
    mean_now: re.Pattern[str]
    mean_ends: re.Pattern[str]
    from_what: re.Pattern[str]
    alike: re.Pattern[str]
    of_all: re.Pattern[str]
    noted: re.Pattern[str]
    other_kind: re.Pattern[str]
    # aims
    no_aim: re.Pattern[str]


class Around(Struct, frozen=True, eq=False, kw_only=True):
    """The forms around any figure as patterns, on lowered text; those with names in them on the text itself."""

    # target or result
    no_result: re.Pattern[str]
    then_done: re.Pattern[str]
    planned_parts: re.Pattern[str]
    ended: re.Pattern[str]
    clause_ends: re.Pattern[str]
    # dates
    since: re.Pattern[str]
    since_begins: re.Pattern[str]
    period: re.Pattern[str]
    plan_of: re.Pattern[str]
    today: re.Pattern[str]
    not_its_date: re.Pattern[str]
    # relations and rates
    from_least: re.Pattern[str]
    made_from: re.Pattern[str]
    from_to: re.Pattern[str]
    differs: re.Pattern[str]
    differs_from: re.Pattern[str]
    per_one: re.Pattern[str]
    # names: where they begin and end
    noun_behind: re.Pattern[str]
    is_said: re.Pattern[str]
    cut_after: re.Pattern[str]
    aside: re.Pattern[str]
    own_words: re.Pattern[str]
    subject: re.Pattern[str]
    places_listed: re.Pattern[str]
    counted_in: re.Pattern[str]
    measured_from: re.Pattern[str]
    # names of figures that belong to another one
    beside: re.Pattern[str]
    bracket_then_share: re.Pattern[str]
    against_plan: re.Pattern[str]
    of_total: re.Pattern[str]
    change: re.Pattern[str]
    changed_from: re.Pattern[str]
    parts_of: re.Pattern[str]
    parts_follow: re.Pattern[str]
    listed: re.Pattern[str]
    and_so: re.Pattern[str]
    by_itself: re.Pattern[str]
    other_capital: re.Pattern[str]
    # names that say too little by themselves
    pronoun: re.Pattern[str]
    area: re.Pattern[str]
    most: re.Pattern[str]
    time_only: re.Pattern[str]
    total: re.Pattern[str]
    for_whom: re.Pattern[str]
    where_only: re.Pattern[str]
    on_average: re.Pattern[str]
    untold: re.Pattern[str]
    bare_amount: re.Pattern[str]
    bare_count: re.Pattern[str]


T = TypeVar("T", bound=Struct)


def build(sentences: Sentences, kind: type[T]) -> T:
    """Compile the forms of a file. Raises ValueError where one is missing, unknown, named twice or wrongly written."""
    parts = {name: pattern(form, {}) for name, form in sentences.parts.items()}
    found: dict[str, re.Pattern[str]] = {}
    for one in sentences.form:
        if one.name in found or one.name not in kind.__struct_fields__:
            raise ValueError(f"form {one.name!r} is unknown or named twice")
        found[one.name] = compiled(one, parts)
    if missing := {*kind.__struct_fields__} - {*found}:
        raise ValueError(f"forms are missing: {', '.join(sorted(missing))}")
    return kind(**found)


def compiled(form: Form, parts: Mapping[str, str]) -> re.Pattern[str]:
    """A form as a pattern. Raises ValueError, with its name, where it is wrongly written."""
    try:
        return re.compile(pattern(form.form, {"capital": CAPITAL, "name": NAME, "names": NAMES, **parts}))
    except (KeyError, re.error) as error:
        raise ValueError(f"form {form.name!r}: {error}") from error


def pattern(form: str, parts: Mapping[str, str]) -> str:
    """A form as a regular expression. Raises KeyError for a part that there is none of."""

    def meant(m: re.Match[str]) -> str:
        if m["part"]:
            return parts[m["part"]]
        return {"fold": "", "bracket": "(?:", "blank": r"\s"}.get(m.lastgroup or "", m.group())

    return WRITTEN.sub(meant, form)
