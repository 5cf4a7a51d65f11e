"""Who issues a document, and the administrative units that it is of."""

from __future__ import annotations

import pytest

from tests.document_help import BODY, head

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


def test_a_province_that_no_list_has_is_told_by_its_authorities() -> None:
    found = head(
        "ỦY BAN NHÂN DÂN\nHUYỆN NẬM XÈO\nSố: 9/KH-UBND\nNậm Xèo, ngày 2 tháng 3 năm 2021\nKẾ HOẠCH\n"
        "Xây dựng nông thôn mới năm 2021\n"
        "Theo Công văn của Sở Nông nghiệp và PTNT tỉnh Khe Lạc về nông thôn mới; thêm 01 xã (Bình Thuận) đạt chuẩn.\n"
    )
    assert (found.province, found.district) == ("Khe Lạc", "Nậm Xèo")


def test_a_board_is_no_district() -> None:
    found = head(
        "UBND XÃ NẬM XÈO\nBAN QUẢN LÝ XÂY DỰNG NTM\nSố: 9/BC-BQL\nNậm Xèo, ngày 2 tháng 3 năm 2012\nBÁO CÁO\n"
        "Xây dựng nông thôn mới năm 2012\n"
    )
    assert found.district is None
