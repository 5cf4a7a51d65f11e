"""Heads and feet of documents: composed here, in the layouts and damages that offices and scanners produce."""

from __future__ import annotations

from ntm_extract.extract.document import extract_document
from ntm_extract.facts import Head
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
