"""The forms of sentences that count criteria and communes, and of lists that say their unit once, as patterns.

They are in data/forms.toml, whose head tells how they are written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

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

    parts: Mapping[str, str]
    form: tuple[Form, ...]


class Forms(Struct, frozen=True, eq=False, kw_only=True):
    """The forms as patterns, on lowered text; those with names in them on the text itself."""

    # communes that meet a criterion
    criterion: re.Pattern[str]
    met: re.Pattern[str]
    met_as: re.Pattern[str]
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
    mean_ends: re.Pattern[str]
    alike: re.Pattern[str]
    of_all: re.Pattern[str]
    noted: re.Pattern[str]
    other_kind: re.Pattern[str]
    # aims
    no_aim: re.Pattern[str]


def build(sentences: Sentences) -> Forms:
    """Compile the forms. Raises ValueError where one is missing, unknown, named twice or wrongly written."""
    parts = {"capital": CAPITAL, "name": NAME, "names": NAMES}
    parts |= {name: pattern(form, {}) for name, form in sentences.parts.items()}
    found: dict[str, re.Pattern[str]] = {}
    for one in sentences.form:
        if one.name in found or one.name not in Forms.__struct_fields__:
            raise ValueError(f"form {one.name!r} is unknown or named twice")
        try:
            found[one.name] = re.compile(pattern(one.form, parts))
        except (KeyError, re.error) as error:
            raise ValueError(f"form {one.name!r}: {error}") from error
    if missing := {*Forms.__struct_fields__} - {*found}:
        raise ValueError(f"forms are missing: {', '.join(sorted(missing))}")
    return Forms(**found)


def pattern(form: str, parts: Mapping[str, str]) -> str:
    """A form as a regular expression. Raises KeyError for a part that there is none of."""

    def meant(m: re.Match[str]) -> str:
        if m["part"]:
            return parts[m["part"]]
        return {"fold": "", "bracket": "(?:", "blank": r"\s"}.get(m.lastgroup or "", m.group())

    return WRITTEN.sub(meant, form)
