"""The grammar of numbers and units, form by form: what is written is read back, and nothing that is not written."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from ntm_extract.extract.mentions import Mention
from tests.reading_help import facts, reading
from tests.test_numbers import vietnamese


class Form(NamedTuple):
    """How a value is printed, and what it is."""

    text: str
    value: Decimal


def decimals(places: int, most: int = 9999) -> st.SearchStrategy[Form]:
    """A value with a decimal comma that ends in no zero, thousands by dots."""
    return (
        st.tuples(st.integers(1, most), st.integers(1, 10**places - 1))
        .filter(lambda parts: parts[1] % 10 != 0)
        .map(lambda parts: Decimal(f"{parts[0]}.{parts[1]:0{places}}"))
        .map(lambda value: Form(vietnamese(value), value))
    )


WHOLE = st.integers(2, 10**6).map(lambda n: Form(vietnamese(Decimal(n)), Decimal(n)))
PLAIN = st.integers(2, 1899).map(lambda n: Form(str(n), Decimal(n)))
PADDED = st.integers(2, 9).map(lambda n: Form(f"0{n}", Decimal(n)))
POINTED = st.integers(11, 999).filter(lambda n: n % 10).map(lambda n: Form(f"{n // 10}.{n % 10}", Decimal(n) / 10))
FRACTIONS = st.one_of(decimals(1), decimals(2), POINTED)
MEASURES = st.sampled_from(["km", "ha", "m2", "m²", "tấn", "tạ/ha", "m3"])
THINGS = st.sampled_from(["hộ", "nhà văn hóa", "công trình", "lượt người", "ngày công", "hợp tác xã", "học sinh"])
MONEY = st.sampled_from(
    [
        ("tỷ đồng", 10**9),
        ("tỉ đồng", 10**9),
        ("triệu đồng", 10**6),
        ("nghìn đồng", 1000),
        ("ngàn tỷ đồng", 10**12),
        ("tỷ", 10**9),
    ]
)
HEDGES = st.sampled_from(
    [("từ ", " trở lên", ">="), ("", " trở xuống", "<="), ("", "", "="), ("gần ", "", "="), ("khoảng ", "", "=")]
    + [(f"{word} ", "", ">") for word in ("trên", "hơn")]
    + [(f"{word} ", "", ">=") for word in ("ít nhất", "tối thiểu", "không dưới", "≥")]
    + [(f"{word} ", "", "<=") for word in ("không quá", "tối đa", "≤")]
    + [("dưới ", "", "<")]
)
GAPS = st.sampled_from(["", " "])


def figures(text: str) -> list[Mention]:
    return [m for one in reading(text).passages for m in one.mentions if m.role != "none"]


@given(st.one_of(FRACTIONS, decimals(3), WHOLE, PADDED), MEASURES, HEDGES, GAPS)
def test_measures(form: Form, unit: str, hedge: tuple[str, str, str], gap: str) -> None:
    before, after, op = hedge
    (found,) = figures(f"Xã đã làm {before}{form.text}{gap}{unit}{after}.")
    assert (found.role, found.value, found.unit, found.op) == ("count", form.value, unit, op)


@given(st.one_of(WHOLE, PLAIN, PADDED), THINGS, HEDGES)
def test_things(form: Form, unit: str, hedge: tuple[str, str, str]) -> None:
    before, after, op = hedge
    (found,) = figures(f"Xã đã giúp {before}{form.text} {unit}{after}.")
    assert (found.role, found.value, found.unit, found.op) == ("count", form.value, unit, op)


@given(st.one_of(FRACTIONS, PADDED, st.integers(1, 100).map(lambda n: Form(str(n), Decimal(n)))), HEDGES, GAPS)
def test_shares(form: Form, hedge: tuple[str, str, str], gap: str) -> None:
    before, after, op = hedge
    (found,) = figures(f"Tỷ lệ đạt {before}{form.text}{gap}%{after}.")
    assert (found.role, found.value, found.op) == ("percent", form.value, op)


@given(st.one_of(FRACTIONS, decimals(3), WHOLE), MONEY, HEDGES)
def test_money(form: Form, unit: tuple[str, int], hedge: tuple[str, str, str]) -> None:
    before, after, op = hedge
    (found,) = figures(f"Vốn {before}{form.text} {unit[0]}{after}.")
    assert (found.role, found.value, found.op) == ("money", form.value * unit[1], op)


@given(st.integers(2, 400), st.integers(1, 400), st.sampled_from(["-", " - ", " đến ", " – ", " tới "]), st.booleans())
def test_ranges(low: int, more: int, joint: str, led: bool) -> None:
    found = figures(f"Mở {'từ ' if led else ''}{low}{joint}{low + more} lớp.")
    assert [(m.value, m.op, m.unit) for m in found] == [(low, ">=", "lớp"), (low + more, "<=", "lớp")]


@given(
    st.integers(13, 400),
    st.integers(0, 400),
    st.sampled_from(["{a}/{b} hộ", "{a} hộ/{b} hộ", "{a} hộ/{b}", "{a} / {b} hộ"]),
)
def test_ratios(a: int, more: int, shape: str) -> None:
    (found,) = figures(f"Tham gia có {shape.format(a=a, b=a + more)}.")
    assert (found.role, found.value, found.den, found.unit) == ("ratio", a, a + more, "hộ")


@given(FRACTIONS, st.sampled_from(["‰", "%o", " ‰"]))
def test_per_mille(form: Form, sign: str) -> None:
    (found,) = figures(f"Tỷ suất sinh {form.text}{sign}.")
    assert (found.role, found.value, found.unit) == ("percent", form.value, "‰")


WORDS = st.one_of(
    st.sampled_from(["xã", "đạt", "trên", "từ", "đến", "năm", "2021", "km", "%", "tỷ đồng", "triệu", "hộ", "tiêu chí"]),
    st.sampled_from(["/", "-", ",", ";", ".", "(", ")", ":", "số", "trở lên", "trong đó", "giảm", "còn", "mỗi"]),
    st.sampled_from(["12/19", "7.155", "13,38", "03", "1.706,44ha", "15-18", "bình quân", "ngân sách tỉnh"]),
)


@given(st.lists(WORDS, min_size=2, max_size=18))
def test_no_value_that_is_not_in_the_quote(words: list[str]) -> None:
    text = "Kết quả " + " ".join(words)
    found = facts(text)
    for row in (*found.percentages, *found.quantities):
        for value in (row.value, getattr(row, "num", None), getattr(row, "den", None)):
            assert value is None or digits(value) in [digits(n) for n in re.findall(r"\d[\d.,]*", row.evidence.quote)]
    for budget in found.budgets:
        assert any(
            str(budget.amount_vnd).rstrip("0").startswith(digits(n).rstrip("0"))
            for n in re.findall(r"\d[\d.,]*", budget.evidence.quote)
        )


def digits(number: object) -> str:
    """The digits of a number without its marks and leading zeros."""
    said = format(number, "f") if isinstance(number, Decimal) else str(number)
    return re.sub(r"\D", "", said).lstrip("0") or "0"
