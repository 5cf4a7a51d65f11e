from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_extract.text import numbers


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("8.037", "8037"), ("12,46", "12.46"), ("81.4", "81.4"), ("03", "3"), ("6200", "6200"), ("1.514,27", "1514.27"),
        ("2.310.000", "2310000"), ("617,205", "617.205"), ("0.125", "0.125"), ("3,5", "3.5"), ("1,204,500", "1204500"),
        ("12,345.6", "12345.6"), ("0", "0"),
    ],
)  # fmt: skip
def test_printed_numbers(printed: str, value: str) -> None:
    assert numbers.read(printed) == Decimal(value)


@pytest.mark.parametrize("printed", ["1.23.4", "12.3456.7", "1.234.567.8901", "1,2,3", "0.123.456", "1.2,3.4"])
def test_separators_that_make_no_sense_are_left_unread(printed: str) -> None:
    assert numbers.read(printed) is None


def test_a_mark_read_as_that_of_the_groups() -> None:
    assert numbers.read("1,347,6") == Decimal("1347.6")
    assert numbers.read("1.347.62") == Decimal("1347.62")
    assert numbers.read("1.347.6", whole=True) is None  # things have no fractions: a digit is missing


def test_three_decimals_depend_on_what_is_counted() -> None:
    assert numbers.read("4,218", whole=True) == 4218
    assert numbers.read("4,218") == Decimal("4.218")
    assert numbers.read("12.345", share=True) == Decimal("12.345")


def vietnamese(value: Decimal) -> str:
    whole, _, fraction = f"{value:,f}".partition(".")
    return whole.replace(",", ".") + ("," + fraction if fraction else "")


@given(st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False, allow_infinity=False))
def test_what_is_written_by_the_rules_is_read_back(value: Decimal) -> None:
    assert numbers.read(vietnamese(value)) == value


@given(st.integers(min_value=0, max_value=10**13))
def test_whole_numbers_are_read_back_grouped_and_plain(value: int) -> None:
    assert numbers.read(vietnamese(Decimal(value)), whole=True) == value
    assert numbers.read(str(value)) == value


@given(st.from_regex(r"[0-9]{1,4}([.,][0-9]{1,4}){0,3}", fullmatch=True), st.booleans(), st.booleans())
def test_reading_never_fails_and_keeps_the_digits(printed: str, whole: bool, share: bool) -> None:
    value = numbers.read(printed, whole=whole, share=share)
    if value is not None:
        kept = "".join(c for c in format(value, "f") if c.isdigit())
        assert kept.lstrip("0") == "".join(c for c in printed if c.isdigit()).lstrip("0")


@pytest.mark.parametrize(("value", "text"), [("10.50", "10.5"), ("300", "300"), ("1E+3", "1000"), ("0.0", "0")])
def test_plain_has_no_exponent(value: str, text: str) -> None:
    assert numbers.plain(Decimal(value)) == text


def test_digits_run_together_are_no_figure() -> None:
    assert numbers.read("341.323.000.000.000") == 341323000000000
    assert numbers.read("3413230000000001") is None
