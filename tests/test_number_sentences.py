"""Whole sentences put together of forms: dates, rates, aims and results, two values of one thing, marks that differ."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_extract.text import dates
from tests.reading_help import facts, rows
from tests.test_number_forms import FRACTIONS, GAPS, WHOLE, Form, decimals, figures
from tests.test_numbers import vietnamese

YEARS = st.integers(2005, 2035)
MONTHS = st.integers(1, 12)
SCALES = st.sampled_from(["trăm", "nghìn", "ngàn", "vạn", "triệu"])
RATES = st.sampled_from(
    [(f"/{per}", per) for per in ("năm", "người/năm", "người/tháng", "hộ", "ha", "ha/năm", "xã", "thôn", "km")]
    + [("/1 hộ", "hộ"), (" mỗi hộ", "hộ"), ("/ hộ", "hộ")]
)
AIMS = st.sampled_from(
    ["Phấn đấu đến năm {y} có", "Mục tiêu đến năm {y}:", "Dự kiến năm {y} có", "Năm {y}, xã sẽ có", "Đặt mục tiêu có"]
)
RESULTS = st.sampled_from(
    ["Đến năm {y}, đã có", "Tính đến cuối năm {y}, có", "Năm {y}, xã có", "Hiện nay có", "Kết quả năm {y}: có"]
)


@given(FRACTIONS, SCALES, st.sampled_from(["hộ", "cây", "lượt người", "con", "lượt hộ"]))
def test_scaled_things(form: Form, scale: str, thing: str) -> None:
    (found,) = figures(f"Đã giúp {form.text} {scale} {thing}.")
    assert (found.role, found.value, found.unit) == ("count", form.value, f"{scale} {thing}")


@given(st.one_of(FRACTIONS, decimals(3), WHOLE), RATES)
def test_rates(form: Form, rate: tuple[str, str]) -> None:
    printed, per = rate
    assert rows(facts(f"Mức chi là {form.text} triệu đồng{printed}.").budgets, "amount_vnd", "per") == [
        (int(form.value * 1_000_000), per)
    ]


@given(decimals(1, 999), decimals(2, 999), GAPS)
def test_one_sentence_may_mark_decimals_in_two_ways(first: Form, last: Form, gap: str) -> None:
    found = figures(f"Tỷ lệ đạt {first.text.replace(',', '.')}{gap}%, năng suất đạt {last.text} tạ/ha.")
    assert [(m.role, m.value) for m in found] == [("percent", first.value), ("count", last.value)]


@given(st.integers(1, 28), MONTHS, YEARS, st.booleans())
def test_days(day: int, month: int, year: int, padded: bool) -> None:
    d, m = (f"{day:02}", f"{month:02}") if padded else (str(day), str(month))
    forms = (f"{d}/{m}/{year}", f"ngày {d}/{m}/{year}", f"{d}-{m}-{year}", f"{d}.{m}.{year}")
    for form in (*forms, f"ngày {d} tháng {m} năm {year}"):
        assert [w.iso for w in dates.find(form)] == [f"{year}-{month:02}-{day:02}"], form
        assert not figures(f"Hội nghị họp {form}.")


@given(MONTHS, YEARS)
def test_months(month: int, year: int) -> None:
    for form in (f"tháng {month}/{year}", f"tháng {month:02}-{year}", f"tháng {month} năm {year}"):
        (found,) = dates.find(f"đến hết {form}")
        assert found.iso == f"{year}-{month:02}"


@given(YEARS, st.integers(1, 10))
def test_periods(year: int, years: int) -> None:
    last = year + years
    for form in (
        f"giai đoạn {year} - {last}",
        f"{year}-{last}",
        f"từ năm {year} đến năm {last}",
        f"nhiệm kỳ {year}–{last}",
    ):
        (found,) = dates.find(form.replace("–", "-"))
        assert found.iso == str(last)
        assert not figures(f"Trong {form}, xã đã làm đường.")


@given(AIMS, YEARS, st.integers(2, 90))
def test_aims(lead: str, year: int, count: int) -> None:
    assert [q.status for q in facts(f"{lead.format(y=year)} {count} mô hình mới.").quantities] == ["target"]


@given(RESULTS, YEARS, st.integers(2, 90))
def test_results(lead: str, year: int, count: int) -> None:
    assert [q.status for q in facts(f"{lead.format(y=year)} {count} mô hình mới.").quantities] == ["achieved"]


@given(FRACTIONS, FRACTIONS, YEARS, st.sampled_from(["xuống còn", "xuống", "còn", "lên", "tăng lên"]))
def test_from_one_value_to_another(first: Form, last: Form, year: int, verb: str) -> None:
    text = f"Tỷ lệ hộ có nước sạch thay đổi từ {first.text}% năm {year} {verb} {last.text}% năm {year + 5}."
    assert rows(facts(text).percentages, "value", "op", "period") == [
        (first.value, "=", f"năm {year}"),
        (last.value, "=", f"năm {year + 5}"),
    ]


@given(st.integers(1, 20), st.integers(0, 20), st.integers(2, 19))
def test_communes_of_a_band(count: int, more: int, criteria: int) -> None:
    text = f"Có {count}/{count + more + 4} xã đạt {criteria} tiêu chí trở lên."
    found = facts(text)
    assert rows(found.criteria, "scope", "count", "total", "band_min", "band_max") == [
        ("band", count, count + more + 4, criteria, None)
    ]
    assert not (*found.percentages, *found.quantities)


@given(
    st.integers(1, 60),
    st.integers(0, 40),
    decimals(2, 99),
    st.sampled_from(["(đạt {})", "(chiếm {})", ", đạt tỷ lệ {}"]),
)
def test_a_share_beside_its_ratio(count: int, more: int, share: Form, shape: str) -> None:
    text = f"Toàn xã có {count}/{count + more + 7} hộ {shape.format(share.text + '%')}."
    assert rows(facts(text).percentages, "value", "num", "den") == [(share.value, count, count + more + 7)]


@pytest.mark.parametrize(
    ("text", "value", "op"),
    [
        ("Xã có trên dưới 50 hộ.", 50, "="), ("Xã có ngót nghét 50 hộ.", 50, "="), ("Xã có cỡ 50 hộ.", 50, "="),
        ("Xã có quá 50 hộ.", 50, ">"), ("Xã có không đến 50 hộ.", 50, "<"), ("Xã có chưa được 50 hộ.", 50, "<"),
        ("Xã có vài chục hộ và ít nhất là 50 hộ.", 50, ">="), ("Xã có nhiều nhất là 50 hộ.", 50, "<="),
        ("Xã có 50 hộ trở lên.", 50, ">="), ("Xã có từ 50 hộ trở xuống.", 50, "<="), ("Xã có trên 50 hộ.", 50, ">"),
    ],
)  # fmt: skip
def test_comparisons(text: str, value: int, op: str) -> None:
    assert rows(facts(text).quantities, "value", "op") == [(Decimal(value), op)]


def test_vietnamese_prints_what_is_read() -> None:
    assert vietnamese(Decimal("1706.44")) == "1.706,44"
