import pytest

from ntm_extract.text import dates


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("đến ngày 15/6/2022", "2022-06-15"), ("ngày 09 tháng 11 năm 2021", "2021-11-09"), ("tháng 7-2018", "2018-07"),
        ("hết tháng 4/2020", "2020-04"), ("quý iii/2023", "2023-09"),
        ("quý 1 năm 2025", "2025-03"), ("6 tháng đầu năm 2024", "2024-06"),
        ("9 tháng đầu năm 2021", "2021-09"), ("sáu tháng cuối năm 2022", "2022-12"), ("giai đoạn 2021 - 2025", "2025"),
        ("năm 2019", "2019"), ("ngày 31/02/2019", "2019-02"),
        ("từ năm 2016 đến năm 2020", "2020"), ("30.9.2024", "2024-09-30"), ("ngày 17-8", ""), ("tháng 99/2020", "2020"),
    ],
)  # fmt: skip
def test_forms(text: str, iso: str) -> None:
    found = dates.find(text)
    assert [w.iso for w in found] == [iso]
    assert text[found[0].start : found[0].end].strip()


@pytest.mark.parametrize(
    "text", ["có 9/12 xã", "nghèo đa chiều 3 - 3,5 %", "hộ nghèo 2,5%", "trước 12 hộ", "1.204,5 ha"]
)
def test_figures_are_no_dates(text: str) -> None:
    assert dates.find(text) == ()
