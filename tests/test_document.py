"""Head and foot of a document as a whole: layouts, titles, periods, signers."""

from __future__ import annotations

import pytest

from ntm_extract.facts import Head
from ntm_extract.text.dates import period
from tests.document_help import COMMUNE, HEADS, head


@pytest.mark.parametrize("layout", HEADS)
def test_every_layout_of_one_head(layout: str) -> None:
    found = head(HEADS[layout] + COMMUNE)
    assert found.kind == "Báo cáo"
    assert found.number == "45/BC-UBND"
    assert found.date == "2023-06-12"
    assert found.issuer == "UBND xã Púng Luông"
    assert (found.province, found.district, found.commune) == ("Yên Bái", "Mù Căng Chải", "Púng Luông")
    assert found.place_code == "04492"
    assert (found.period_start, found.period_end) == ("2023-01", "2023-06")
    assert found.title is not None and found.title.lower().endswith(("púng luông", "pung luong"))
    assert found.signer == "Giàng A Páo"


def test_official_letter_has_its_subject_as_title() -> None:
    found = head(
        "UBND HUYỆN VĂN CHẤN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Số: 310/UBND-NN Độc lập - Tự do - Hạnh phúc\n"
        "V/v báo cáo tiến độ xây Văn Chấn, ngày 5 tháng 4 năm 2021\n"
        "dựng nông thôn mới quý I/2021\n"
        "Kính gửi: Sở Nông nghiệp và PTNT\n"
        "UBND huyện Văn Chấn báo cáo như sau:\n"
    )
    assert (found.kind, found.number, found.date) == ("Công văn", "310/UBND-NN", "2021-04-05")
    assert found.title == "báo cáo tiến độ xây dựng nông thôn mới quý I/2021"
    assert (found.period_start, found.period_end) == ("2021-01", "2021-03")


def test_first_head_wins() -> None:
    second = HEADS["left column, then right"].replace("45/BC-UBND", "46/BC-UBND").replace("BÁO CÁO", "KẾ HOẠCH")
    assert head(HEADS["left column, then right"] + COMMUNE + second + COMMUNE).number == "45/BC-UBND"


@pytest.mark.parametrize("text", ["", "\n\n", "Sáng 3/4, bà con xã vùng cao xuống chợ.", "1 2 3\n4 5 6"])
def test_text_without_a_head_has_none(text: str) -> None:
    assert head(text) == Head()


@pytest.mark.parametrize("name", ["Đỗ Văn Ổn", "Giàng A Páo", "LÒ THỊ ƯƠNG", "Quốc Thị Ỷ"])
def test_signers(name: str) -> None:
    found = head(HEADS["columns mixed"] + COMMUNE.replace("Giàng A Páo", name)).signer
    assert found == (name.title() if name != "Quốc Thị Ỷ" else None)  # no family name that we know


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [
        ("Kết quả năm 2022", "2022", "2022"),
        ("Kết quả giai đoạn 2016 - 2020, định hướng đến năm 2025", "2016", "2020"),
        ("Kết quả từ năm 2021 đến tháng 8/2023", "2021", "2023-08"),
        ("Kết quả từ năm 2021 đến nay", "2021", ""),
        ("Kết quả 9 tháng đầu năm 2022", "2022-01", "2022-09"),
        ("Nhiệm vụ 6 tháng cuối năm 2022", "2022-07", "2022-12"),
        ("Tình hình 10 tháng năm 2017", "2017-01", "2017-10"),
        ("Kết quả quý III năm 2022", "2022-07", "2022-09"),
        ("Kết quả quý IV/2022", "2022-10", "2022-12"),
        ("Kết quả tháng 5 năm 2022", "2022-05", "2022-05"),
        ("Kết quả 5 năm (2011-2015)", "2011", "2015"),
    ],
)
def test_periods(title: str, first: str, last: str) -> None:
    assert period(title) == (first, last)


def test_no_period() -> None:
    assert period("Ban hành Quy chế làm việc của Ban Chỉ đạo") is None


def test_a_stamp_beside_the_title_is_no_part_of_it() -> None:
    text = HEADS["columns mixed"].replace("\ntrên địa bàn", "\nCÔNG VĂN ĐẾN\ntrên địa bàn")
    assert head(text + COMMUNE).title == "Kết quả xây dựng nông thôn mới 6 tháng đầu năm 2023"


def test_a_title_ends_where_the_text_begins() -> None:
    found = head(
        "UBND XÃ NÀ SÁY\nSố: 12/BC-UBND\nNà Sáy, ngày 3 tháng 5 năm 2021\nBÁO CÁO\n"
        "Kết quả xây dựng nông thôn mới năm 2020\n"
        "Nà Sáy là xã vùng cao, có 9 thôn với 812 hộ, giai đoạn 2011 - 2019 đã làm 21 km đường bê tông.\n"
    )
    assert found.title == "Kết quả xây dựng nông thôn mới năm 2020"
    assert (found.period_start, found.period_end) == ("2020", "2020")
