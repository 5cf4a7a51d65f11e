"""Heads and feet of documents: composed here, in the layouts and damages that offices and scanners produce."""

from __future__ import annotations

import pytest

from ntm_extract.extract.document import extract_document
from ntm_extract.facts import Head
from ntm_extract.text.dates import period
from tests.names import knowledge, read

BODY = """
Căn cứ Quyết định số 77/QĐ-UBND ngày 03/02/2022 của UBND tỉnh Yên Bái; UBND {unit} báo cáo như sau:

I. KẾT QUẢ
Đến nay {unit}, tỉnh Yên Bái đã hoàn thành 9 tiêu chí.

Nơi nhận:
- UBND tỉnh Yên Bái;
- Lưu: VT, NN.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Giàng A Páo
"""

COMMUNE = BODY.format(unit="xã Púng Luông")

HEADS = {
    "columns mixed": """
ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ PÚNG LUÔNG Độc lập - Tự do - Hạnh phúc
Số: 45/BC-UBND Púng Luông, ngày 12 tháng 6 năm 2023
BÁO CÁO
Kết quả xây dựng nông thôn mới 6 tháng đầu năm 2023
trên địa bàn xã Púng Luông
""",
    "left column, then right": """
ỦY BAN NHÂN DÂN
XÃ PÚNG LUÔNG
Số: 45/BC-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Púng Luông, ngày 12 tháng 6 năm 2023
BÁO CÁO
Kết quả xây dựng nông thôn mới 6 tháng đầu năm 2023 trên địa bàn xã Púng Luông
""",
    "right column first": """
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Púng Luông, ngày 12 tháng 6 năm 2023
UBND XÃ PÚNG LUÔNG
Số: 45/BC-UBND
BÁO CÁO
Kết quả xây dựng nông thôn mới 6 tháng đầu năm 2023 trên địa bàn xã Púng Luông
""",
    "motto broken over lines": """
ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT
XÃ PÚNG LUÔNG NAM
Độc lập - Tự do - Hạnh phúc

Số: 45/BC-UBND Púng Luông, ngày 12 tháng 6 năm 2023

BÁO CÁO

Kết quả xây dựng nông thôn mới 6 tháng đầu năm 2023

trên địa bàn xã Púng Luông
""",
    "first lines lost": """
XÃ PÚNG LUÔNG Độc lập - Tự do - Hạnh phúc
Số: 45/BC-UBND Púng Luông, ngày 12 tháng 6 năm 2023
BÁO CÁO
Kết quả xây dựng nông thôn mới 6 tháng đầu năm 2023 trên địa bàn xã Púng Luông
""",
    "issuer lost": """
Số: 45/BC-UBND Púng Luông, ngày 12 tháng 6 năm 2023
BÁO CÁO
Kết quả xây dựng nông thôn mới 6 tháng đầu năm 2023 trên địa bàn xã Púng Luông
""",
    "marks lost": """
UY BAN NHAN DAN CONG HOA XA HOI CHU NGHIA VIET NAM
XA PUNG LUONG Doc lap - Tu do - Hanh phuc
S6: 45 /BC-UBND Pung Luong, ngay 12 thang 6 ndm 2023
BAO CAO
Ket qua xay dung nong thon moi 6 thang dau nam 2023 tren dia ban xa Pung Luong
""",
    "noise": """
' ỦY BAN NHÂN DÂN : ĐANG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM .
_ XÃ PÚNG LUỒNG ——— Độc lập - Tự do — Hạnh phúc '
Số : 45/BC-UBND _ Púng Luông, ngày I2 tháng 6 năm 2023
-_ BÁO CÁO ` ệ
-_ Kết quả xây dựng nông thôn mới 6 tháng đầu năm 2023 trên địa bàn xã Púng Luông
""",
    "a page before, draft sign": """
DỰ THẢO
UBND XÃ PÚNG LUÔNG CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc
Số: 45/BC-UBND Púng Luông, ngày 12 tháng 6 năm 2023
BÁO CÁO KẾT QUẢ
Xây dựng nông thôn mới 6 tháng đầu năm 2023 trên địa bàn xã Púng Luông
""",
}


def head(text: str, confidence: dict[str, float] | None = None) -> Head:
    found = extract_document(read(text, confidence), knowledge())
    assert isinstance(found, Head)
    return found


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


ISSUERS = [
    ("UBND HUYỆN VĂN CHẤN\nPHÒNG NÔNG NGHIỆP VÀ PTNT\nSố: 8/BC-PNN", "Phòng Nông nghiệp và PTNT huyện Văn Chấn"),
    ("UBND TỈNH YÊN BÁI\nSỞ NÔNG NGHIỆP VÀ PTNT\nSố: 8/BC-SNN", "Sở Nông nghiệp và PTNT tỉnh Yên Bái"),
    ("TỈNH ỦY YÊN BÁI ĐẢNG CỘNG SẢN VIỆT NAM\nHUYỆN ỦY VĂN CHẤN\nSố 8-BC/HU", "Huyện ủy Văn Chấn"),
    ("HỘI ĐỒNG NHÂN DÂN\nTỈNH YÊN BÁI\nSố: 8/BC-HĐND", "HĐND tỉnh Yên Bái"),
    ("ỦY BAN NHÂN DÂN\nTHỊ XÃ NGHĨA LỘ\nSố: 8/BC-UBND", "UBND thị xã Nghĩa Lộ"),
    ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ YÊN BÁI\nSố: 8/BC-UBND", "UBND thành phố Yên Bái"),
    ("THỦ TƯỚNG CHÍNH PHỦ\nSố: 8/CT-TTg", "Thủ tướng Chính phủ"),
    ("BỘ Y TẾ - BỘ CÔNG AN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 8/2010/TTLT-BYT-BCA", "Bộ Y tế - Bộ Công an"),
    ("HUYỆN VĂN CHẤN\nỦY BAN NHÂN DÂN XÃ TÚ LỆ\nSố: 8/BC-UBND", "UBND xã Tú Lệ"),
    ("UBND HUYỆN VĂN CHẤN\nBAN CHỈ ĐẠO CÁC CHƯƠNG TRÌNH MTQG\nSố: 8/BC-BCĐ", "Ban Chỉ đạo huyện Văn Chấn"),
]


@pytest.mark.parametrize(("left", "issuer"), ISSUERS)
def test_issuers(left: str, issuer: str) -> None:
    text = f"{left}\nĐộc lập - Tự do - Hạnh phúc\nYên Bái, ngày 2 tháng 3 năm 2022\nBÁO CÁO\nTình hình chung\n"
    assert head(text + BODY.format(unit="huyện Văn Chấn")).issuer == issuer


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


def test_after_the_reform_there_are_no_districts() -> None:
    found = head(
        "ỦY BAN NHÂN DÂN\nXÃ PÚNG LUÔNG\nSố: 45/KH-UBND\nPúng Luông, ngày 12 tháng 9 năm 2025\nKẾ HOẠCH\n"
        "Xây dựng nông thôn mới giai đoạn 2026 - 2030 trên địa bàn xã Púng Luông\n"
        "Căn cứ công văn của UBND tỉnh Lào Cai;\n"
    )
    assert (found.province, found.district, found.commune) == ("Lào Cai", None, "Púng Luông")
    assert (found.period_start, found.period_end) == ("2026", "2030")
    assert found.kind == "Kế hoạch"


def test_unknown_commune_keeps_its_name_and_no_code() -> None:
    found = head(
        "ỦY BAN NHÂN DÂN XÃ NẬM XÈO\nSố: 9/KH-UBND\nNậm Xèo, ngày 2 tháng 3 năm 2021\nKẾ HOẠCH\n"
        "Xây dựng nông thôn mới năm 2021\n"
    )
    assert (found.issuer, found.commune, found.place_code) == ("UBND xã Nậm Xèo", "Nậm Xèo", None)
    assert found.province is None and found.district is None


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


def test_a_number_that_the_head_hides_is_read_from_the_annexes() -> None:
    hidden = HEADS["columns mixed"].replace("45/BC-UBND", "Ì5/BC-UBND") + COMMUNE
    annex = "\n\nPHỤ LỤC I\n(Kèm theo Báo cáo số {}/BC-UBND ngày 12/6/2023 của UBND xã Púng Luông)\n\n"
    assert head(hidden).number is None
    assert head(hidden + annex.format(45)).number == "45/BC-UBND"
    assert head(hidden + annex.format(45) + annex.format(46)).number is None


def test_a_name_spelt_wrongly_in_the_head_is_put_right_by_the_text() -> None:
    text = (
        "UBND TỈNH YÊN BÁI\nỦY BAN NHÂN DÂN\nHUYỆN NẬM XÈEO\nSố: 4/BC-UBND\nNậm Xèo, ngày 2 tháng 3 năm 2021\nBÁO CÁO\n"
        "Kết quả năm 2020 của huyện Nậm Xèo\n\nUBND huyện Nậm Xèo báo cáo như ở tỉnh Lào Cai.\n"
    )
    found = head(text)
    assert (found.issuer, found.province, found.district) == ("UBND huyện Nậm Xèo", "Yên Bái", "Nậm Xèo")


def test_an_issuer_is_a_unit_of_its_own_time() -> None:
    text = "UBND XÃ THẠCH LƯƠNG\nSố: 4/KH-UBND\nThạch Lương, ngày 2 tháng 9 năm {}\nKẾ HOẠCH\nXây dựng\n\n"
    text += "UBND tỉnh Yên Bái;\n"
    before, after = head(text.format(2020)), head(text.format(2025))
    assert (before.place_code, before.province) == ("04684", "Yên Bái")
    assert (after.place_code, after.district, after.commune) == (None, None, "Thạch Lương")


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
