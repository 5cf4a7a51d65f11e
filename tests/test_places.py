"""Places of a report and their official codes."""

from __future__ import annotations

from ntm_extract.extract.places import extract_places
from ntm_extract.facts import PlaceMention
from tests.names import knowledge, read

HEAD = (
    "ỦY BAN NHÂN DÂN HUYỆN VĂN CHẤN\nSố: 5/BC-UBND\nVăn Chấn, ngày 2 tháng 3 năm {year}\nBÁO CÁO\n"
    "Kết quả xây dựng nông thôn mới trên địa bàn huyện Văn Chấn\n\nUBND tỉnh Yên Bái; "
)


def places(text: str, year: int = 2021) -> dict[str, PlaceMention]:
    found = extract_places(read(HEAD.format(year=year) + text), knowledge())
    return {f"{p.kind} {p.name}": p for p in found}


def test_codes_before_and_after_the_reform_and_counts() -> None:
    found = places("các xã: Tú Lệ, Gia Hội và Nậm Xèo đã làm; xã Tú Lệ, bản Huổi Tao. ")
    assert (found["xã Tú Lệ"].code, found["xã Tú Lệ"].code_2025, found["xã Tú Lệ"].count) == ("04630", "04630", 2)
    assert (found["huyện Văn Chấn"].code, found["huyện Văn Chấn"].code_2025) == ("140", None)
    assert (found["tỉnh Yên Bái"].code, found["tỉnh Yên Bái"].code_2025) == ("15", "15")
    assert found["xã Nậm Xèo"].code is None
    assert found["bản Huổi Tao"].code is None
    assert found["xã Gia Hội"].page == 1


def test_communes_of_the_district_named_barely() -> None:
    found = places("vùng ngoài (Thượng Bằng La, Bình Thuận) khó khăn hơn; tỉnh Bình Thuận thì khác.")
    assert found["xã Thượng Bằng La"].count == 1
    assert found["xã Bình Thuận"].count == 1
    assert found["tỉnh Bình Thuận"].code == "60"


def test_a_commune_elsewhere_is_not_given_a_code_of_here() -> None:
    assert places("học tập xã Púng Luông").get("xã Púng Luông") is not None
    assert places("học tập xã Thọ Xuân")["xã Thọ Xuân"].code is None


def test_a_name_of_many_provinces_is_the_documents_own_unless_said_otherwise() -> None:
    found = places("học tập xã Tân Lập, huyện Bắc Quang, tỉnh Hà Giang và xã Gia Hội. ")
    assert (found["xã Tân Lập"].code, found["xã Tân Lập"].code_2025) == ("01159", "01171")
    assert found["xã Gia Hội"].code is not None
    assert places("xã Tân Lập đã làm")["xã Tân Lập"].code == "04354"  # the one of Yên Bái
    assert places("học tập xã Tân Lập, huyện Chợ Đồn")["xã Tân Lập"].code == "02032"


def test_a_letter_misread_in_the_name_of_a_commune_of_the_district() -> None:
    found = places("xã Thượng Bàng Ia và xã Nghĩa Tâu đã làm")
    assert found["xã Thượng Bằng La"].code is not None
    assert found["xã Nghĩa Tâm"].code is not None
    assert places("xã Nghĩa Lợi đã làm")["xã Nghĩa Lợi"].name == "Nghĩa Lợi"  # a commune of another district
