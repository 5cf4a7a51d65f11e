"""Every number has one role; ranges, hedges, rates, and numbers that are none."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_extract.extract.mentions import Mention
from tests.reading_help import reading


def found(text: str) -> list[Mention]:
    return [m for figures in reading(text).passages for m in figures.mentions]


def said(text: str) -> list[tuple[str, str, str, str]]:
    return [(m.role, m.op, str(m.value.normalize()) if m.role != "none" else m.reason, m.unit) for m in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trồng mới trên 45 ha chè", [("count", ">", "45", "ha")]),
        ("đạt từ 85% trở lên", [("percent", ">=", "85", "%")]),
        ("hộ nghèo còn không quá 4,5%", [("percent", "<=", "4.5", "%")]),
        ("ước đạt 7,25 triệu", [("money", "=", "7.25E+6", "đồng")]),
        ("có 9/11 xã tham gia", [("ratio", "=", "9", "xã")]),
        ("có 9 xã/11 xã tham gia", [("ratio", "=", "9", "xã")]),
        ("từ 70 đến 75%", [("percent", ">=", "7E+1", "%"), ("percent", "<=", "75", "%")]),
        ("30-40 triệu đồng", [("money", ">=", "3E+7", "đồng"), ("money", "<=", "4E+7", "đồng")]),
        ("2 tỷ 350 triệu đồng", [("money", "=", "2.35E+9", "đồng")]),
        ("1.250 triệu đồng (1,25 tỷ đồng)", [("money", "=", "1.25E+9", "đồng"), ("none", "=", "restated", "")]),
        ("giảm từ 12 xuống còn 9 trường", [("count", "=", "12", "trường"), ("count", "=", "9", "trường")]),
        ("khổ 18 x 24,5 cm", [("count", "=", "18", "cm"), ("count", "=", "24.5", "cm")]),
        ("chuồng nuôi ≥ 70%", [("percent", ">=", "7E+1", "%")]),
        ("1,905 triệu hộ", [("count", "=", "1.905", "triệu hộ")]),
        ("ít nhất 05 ngày/tháng", [("count", ">=", "5", "ngày/tháng")]),
    ],
)
def test_figures(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert said(f"Toàn huyện {text}.") == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ngày 14/5/2020", "date"), ("năm 2019", "date"), ("Quyết định số 318/QĐ-UBND", "code"),
        ("Nghị quyết 30a", "name"),
        ("quốc lộ 12", "name"), ("trong 5 năm", "duration"), ("trẻ 6 tuổi", "age"), ("học sinh lớp 9", "name"),
        ("phủ sóng 4G", "name"), ("Chương trình 135", "name"), ("mức độ 2", "name"),
        ("cuộc vận động “5 không”", "name"),
    ],
)  # fmt: skip
def test_numbers_that_are_no_figures(text: str, reason: str) -> None:
    assert {m.reason for m in found(f"Theo {text} của huyện.") if m.role == "none"} == {reason}
    assert not [m for m in found(f"Theo {text} của huyện.") if m.role != "none"]


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("6 triệu đồng/hộ", "hộ"),
        ("31 triệu đồng/người/năm", "người/năm"),
        ("20 triệu đồng/1 nhà mới", "nhà"),
        ("5 triệu đồng mỗi năm", "năm"),
    ],
)
def test_rates(text: str, per: str) -> None:
    assert [m.per for m in found(f"Mức hỗ trợ {text}.")] == [per]


def test_the_earlier_of_two_values() -> None:
    assert [
        m.before for m in found("Tỷ lệ hộ nghèo giảm từ 21,4% năm 2018 xuống còn 9,6%.") if m.role == "percent"
    ] == [True, False]


PIECES = st.sampled_from(
    [
        "12/15 xã",
        "4,5%",
        "trên",
        "3.200 triệu đồng",
        "(",
        ")",
        "năm 2020",
        "đạt",
        ",",
        ";",
        ".",
        "từ",
        "đến",
        "8 - 10",
        "tiêu chí",
        "xã",
        "/",
        "km",
        "số",
        "1.2.3",
    ]
)


@given(st.lists(PIECES, max_size=14))
def test_each_number_is_in_at_most_one_mention(pieces: list[str]) -> None:
    text = " ".join(pieces)
    spans = sorted(m.number for m in found("Xã " + text))
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start


@given(st.integers(min_value=0, max_value=10**7), st.sampled_from(["km", "hộ", "%", "triệu đồng"]))
def test_values_survive(value: int, unit: str) -> None:
    grouped = f"{value:,}".replace(",", ".")
    mentions = [m for m in found(f"Kết quả đạt {grouped} {unit} trong kỳ.") if m.role != "none"]
    if unit != "%" or value < 1000:
        factor = 10**6 if unit == "triệu đồng" else 1
        assert [m.value for m in mentions] == [Decimal(value) * factor]


@pytest.mark.parametrize(
    "text", ["3:402 tỷ đồng", "l.350 ngày công", "4l,5 km", "còn 3.3 10 hộ", "!67 hộ", "từ I5 đến 18 xã"]
)
def test_the_sound_part_of_a_misread_number_is_left_unread(text: str) -> None:
    assert not [m for m in found(f"Toàn xã có {text}.") if m.role != "none"]
