"""What is counted and per what, of data/counting.toml, as sets and patterns on lowered text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from ntm_extract.text.folding import lowered
from ntm_extract.text.wording import any_of


class Rates(Struct, frozen=True, kw_only=True):
    """What money is counted per: behind the amount, before it, and as it is misread."""

    each: tuple[str, ...]
    before: tuple[str, ...]
    more: tuple[str, ...]
    misread: Mapping[str, str]


class Earners(Struct, frozen=True, kw_only=True):
    """Who has an income."""

    households: tuple[str, ...]
    persons: tuple[str, ...]


class Counts(Struct, frozen=True, kw_only=True):
    """The file as read; `examples` are sentences and the rates of their amounts."""

    local: tuple[str, ...]
    shared: tuple[str, ...]
    grades: tuple[str, ...]
    numerals: Mapping[str, int]
    rates: Rates
    earners: Earners
    examples: Mapping[str, str] = {}


class Counting(Struct, frozen=True, eq=False):
    """The same, ready for the extractors."""

    local: frozenset[str]
    grades: frozenset[str]
    numerals: Mapping[str, int]
    misread: Mapping[str, str]
    shared: re.Pattern[str]
    in_words: re.Pattern[str]  # a count of communes in words, before what they have
    rate: re.Pattern[str]  # behind an amount
    rate_before: re.Pattern[str]  # named before it, as `per`
    earning: re.Pattern[str]  # households that earn an amount; what is said of it as `said`
    person: re.Pattern[str]


def build(counts: Counts) -> Counting:
    """Index and compile the lists."""
    rates = counts.rates
    return Counting(
        local=frozenset(map(lowered, counts.local)),
        grades=frozenset(map(lowered, counts.grades)),
        numerals={lowered(word): number for word, number in counts.numerals.items()},
        misread=rates.misread,
        shared=_word(counts.shared),
        in_words=re.compile(
            rf"(?<!\w)(?P<word>{any_of(counts.numerals)})\s(?P<unit>xã|huyện|đơn vị)(?P<rest>\s[^.;:,\d]{{0,40}}?)?$"
        ),
        rate=re.compile(
            rf"\s?/\s?(?:\d{{1,2}}\s(?!(?:triệu|tỷ|tỉ|nghìn|ngàn|đồng)(?!\w)))?((?:[^\W\d_]+(?:\s(?:{any_of(rates.more)}))*)(?:/[^\W\d_]+)*)"
            rf"|\s(?:(?:cho\s)?mỗi|một)\s({any_of(rates.each)})(?!\w)"
        ),
        rate_before=re.compile(
            r"(?:(?:giá trị|thu nhập|doanh thu|lợi nhuận|lãi)[^\d]{0,40}\strên\s(?:mỗi\s|một\s|0?1\s?)(?:đơn vị\s)?"
            rf"|(?<!\w)mỗi\s)(?P<per>{any_of(rates.before)})\s(?!có\s)[^\d]{{0,40}}$"
        ),
        earning=re.compile(
            rf"(?<!\w)(?:{any_of(counts.earners.households)})(?!\w)(?P<said>[^.;:,\d]*"
            r"(?<!\w)thu nhập(?!\w)(?:[^.;:,]|[.,](?=\d)|,(?!\d)(?=[^.;:,]*(?<!\w)hộ(?!\w)))*)$"
        ),
        person=_word(counts.earners.persons),
    )


def _word(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(phrases)})(?!\w)")
