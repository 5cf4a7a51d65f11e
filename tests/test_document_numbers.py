"""Number and date of a document: read, or left where they can not be read surely."""

from __future__ import annotations

import pytest

from ntm_extract.facts import Head
from tests.document_help import COMMUNE, HEADS, head


def number_date(number: str, date: str) -> Head:
    return head(f"UBND XÃ PÚNG LUÔNG\nSố: {number}\nPúng Luông, {date}\nBÁO CÁO\nKết quả thực hiện\n{COMMUNE}")


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("45/BC-UBND", "45/BC-UBND"),
        ("45 /BC-UBND", "45/BC-UBND"),
        ("/BC-UBND", None),
        ("....../BC-UBND", None),
        ("4S/BC-UBND", None),
        ("#5 /BC-UBND", None),
        ("07-BC/ĐU", "07-BC/ĐU"),
        ("07-BC/ĐĐU", "07-BC/ĐU"),
        ("12/2023/QD-UBND", "12/2023/QĐ-UBND"),
    ],
)
def test_numbers_are_read_or_left(printed: str, number: str | None) -> None:
    assert number_date(printed, "ngày 12 tháng 6 năm 2023").number == number


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("ngày 12 tháng 6 năm 2023", "2023-06-12"),
        ("ngày 1l tháng 06 năm 2023", "2023-06-11"),
        ("ngày tháng 6 năm 2023", "2023-06"),
        ("ngày /7 tháng 6 năm 2023", "2023-06"),
        ("ngày 77 tháng 6 năm 2023", "2023-06"),
        ("ngày 31 tháng 6 năm 2023", "2023-06"),
        ("ngày 12 tháng x năm 2023", None),
        ("ngày 12 tháng 6 năm 2093", None),
        ("ngay 12 thang 6 nam 2023", "2023-06-12"),
    ],
)
def test_dates_are_read_or_left(printed: str, date: str | None) -> None:
    assert number_date("45/BC-UBND", printed).date == date


def test_digits_that_the_recogniser_doubts_are_not_read() -> None:
    text = f"UBND XÃ PÚNG LUÔNG\nSố: 45 /BC-UBND\nPúng Luông, ngày 12 tháng 6 năm 2023\nBÁO CÁO\nKết quả\n{COMMUNE}"
    sure, unsure = head(text, {"45": 0.95, "12": 0.95}), head(text, {"45": 0.6, "12": 0.6})
    assert (sure.number, sure.date) == ("45/BC-UBND", "2023-06-12")
    assert (unsure.number, unsure.date) == (None, "2023-06")


def test_what_could_not_be_read_is_shown_as_recognised() -> None:
    text = f"UBND XÃ PÚNG LUÔNG\nSố: 45 /BC-UBND\nPúng Luông, ngày 12 tháng 6 năm 2023\nBÁO CÁO\nKết quả\n{COMMUNE}"
    assert head(text, {"45": 0.95, "12": 0.95}).head_ocr is None
    unsure = head(text, {"45": 0.95, "12": 0.6})
    assert (unsure.number, unsure.date) == ("45/BC-UBND", "2023-06")
    assert unsure.head_ocr == "Số: 45 /BC-UBND | Púng Luông, ngày 12 tháng 6 năm 2023"


def test_a_number_that_the_head_hides_is_read_from_the_annexes() -> None:
    hidden = HEADS["columns mixed"].replace("45/BC-UBND", "Ì5/BC-UBND") + COMMUNE
    annex = "\n\nPHỤ LỤC I\n(Kèm theo Báo cáo số {}/BC-UBND ngày 12/6/2023 của UBND xã Púng Luông)\n\n"
    assert head(hidden).number is None
    assert head(hidden + annex.format(45)).number == "45/BC-UBND"
    assert head(hidden + annex.format(45) + annex.format(46)).number is None
