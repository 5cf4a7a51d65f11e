"""What tokens are made of, and the few rules for what is no word."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_extract.repair.codes import fix_code, fix_unit, is_abbreviation, part_joined, torn_code
from ntm_extract.repair.headings import number_labels, roman_numbers
from ntm_extract.repair.noise import is_noise
from ntm_extract.repair.paragraphs import paragraphs
from ntm_extract.repair.tokens import Kind, kind, split, units
from ntm_extract.text.normal import one_d


@pytest.mark.parametrize(
    ("core", "what"),
    [
        ("xã", Kind.WORD), ("UBND", Kind.WORD), ("12", Kind.NUMBER), ("1.282,2", Kind.NUMBER), ("12/19", Kind.NUMBER),
        ("64,3%", Kind.NUMBER), ("-4,5", Kind.NUMBER), ("07km", Kind.NUMBER), ("300m2", Kind.NUMBER),
        ("2021-2025", Kind.NUMBER), ("5‰", Kind.NUMBER), ("614/KH-UBND", Kind.CODE), ("QĐ-TTg", Kind.CODE),
        ("T8", Kind.CODE), ("B2", Kind.CODE), ("DTTS&MN", Kind.CODE), ("th&p", Kind.MIXED), ("m@t", Kind.MIXED),
        ("ai@xa.vn", Kind.CODE), ("H'leo", Kind.CODE), ("M’nông", Kind.CODE), ("co'", Kind.MIXED), ("U'u", Kind.MIXED),
        ("m³", Kind.CODE), ("m°", Kind.CODE),
        ("S6", Kind.MIXED), ("QL4H", Kind.CODE), ("QH15", Kind.CODE), ("và/hoặc", Kind.CODE), ("1a", Kind.MIXED),
        ("x4", Kind.MIXED), ("c6", Kind.MIXED), ("16ng", Kind.MIXED), ("hi¢n", Kind.MIXED), ("&", Kind.MIXED),
        ("-", Kind.SIGN), ("***", Kind.SIGN),
    ],
)  # fmt: skip
def test_kinds(core, what):
    assert kind(core) is what


@given(st.text(min_size=1, max_size=12).filter(lambda t: not re.search(r"\s", t)))
def test_split_loses_nothing(token):
    assert "".join(split(token)) == token
    assert split(token).core


def test_units():
    assert units("(trong,") == ("trong", ",")
    assert units("12/19") == ("<num>",)
    assert units("Hoá.") == ("hóa", ".")


CODES = {"QĐ": 1000, "UBND": 900, "TTg": 300, "HĐND": 400, "NQ": 500, "BC": 200, "CP": 800, "KH": 300}


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("263/QD-TTg", "263/QĐ-TTg"), ("1487/QD-UBND", "1487/QĐ-UBND"), ("12/QB-UBND", "12/QĐ-UBND"),
        ("12/NQHBND", "12/NQ-HĐND"), ("BC-UBND", "BC-UBND"), ("05/NQ-HDND", "05/NQ-HĐND"), ("77/XYZ-ABD", "77/XYZ-ABD"),
        ("xanh-sạch", "xanh-sạch"),
    ],
)  # fmt: skip
def test_codes(read, meant):
    assert fix_code(read, CODES, marks=False) == meant


@pytest.mark.parametrize(
    ("read", "meant", "marks"),
    [
        ("263/QD-TTg", "263/QĐ-TTg", True), ("12/QB-UBND", "12/QB-UBND", True), ("12/NQHBND", "12/NQHBND", True),
        ("318/VPPP-NV", "318/VPĐP-NV", False),
        ("152/BC-PNN", "152/BC-PNN", True), ("152/BC-PNN", "152/BC-PNN", False), ("NNPTNT", "NNPTNT", False),
        ("41/BC-NNPTNT", "41/BC-NNPTNT", False), ("41/NNPTNT-KH", "41/NNPTNT-KH", False),
    ],
)  # fmt: skip
def test_offices_in_codes_stay(read, meant, marks):
    counts = {**CODES, "ĐNN": 5, "VPĐP": 7, "NN": 110, "PTNT": 90}
    assert fix_code(read, counts, marks=marks) == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [("06-NQ/ÐĐU", "06-NQ/ĐU"), ("BCĐÐ", "BCĐ"), ("QÐ-TTg", "QĐ-TTg"), ("ðường", "đường"), ("ĐĐ", "ĐĐ"), ("đã", "đã")],
)  # fmt: skip
def test_one_letter_d(read, meant):
    assert one_d(read) == meant


def test_abbreviations_stay():
    counts = {"TT": 900, "NN": 110, "TTr": 130, "CHO": 100, "ND": 100, "HS": 3}
    assert all(is_abbreviation(core, counts, marks=False) for core in ("TT", "NN", "TTr"))
    assert not any(is_abbreviation(core, counts, marks=True) for core in ("CHO", "HS", "tt", "PTT"))
    assert is_abbreviation("ND", counts, marks=True)
    assert not is_abbreviation("ND", counts, marks=False)


def test_codes_run_together():
    assert part_joined("NQHBND", CODES) == "NQ-HĐND"
    assert part_joined("NHANDAN", CODES) == "NHANDAN"


@pytest.mark.parametrize(
    ("before", "token", "meant"),
    [
        ("300", "m?", "m²"), ("là", "300m?,", "300m²,"), ("1.250,5", "km?.", "km²."), ("là", "m?", "m?"),
        ("12,5", "%o", "‰"), ("đạt", "9%o;", "9‰;"), ("đạt", "9%", "9%"),
    ],
)  # fmt: skip
def test_units_of_measure(before, token, meant):
    assert fix_unit(before, token) == meant


def test_torn_codes():
    assert torn_code("88", "/KH-UBND")
    assert torn_code("44/2003/NĐ-", "CP")
    assert not torn_code("năm", "/KH-UBND")
    assert not torn_code("88", "UBND")


def numbers(*read):
    """What becomes of the numbers of headings in capitals, with a line of prose after each."""
    lines = [row for number in read for row in ([f"{number}.", "KẾT", "QUẢ", "ĐẠT"], ["xã", "đã", "làm"])]
    settled = roman_numbers(lines)
    return " ".join(settled.get((2 * k, 0), f"{number}.")[:-1] for k, number in enumerate(read))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("I 11 III", "I II III"), ("L II", "I II"), ("I H", "I II"), ("I H II IV", "I II III IV"),
        ("1 H IH", "I II III"),
        ("I II HI IV V", "I II III IV V"), ("1 HH II IV V", "I II III IV V"), ("Il II IV", "II III IV"),
        ("I II II IV", "I II III IV"), ("I II I H", "I II I II"), ("I H IV", "I II IV"),
        # no proof
        ("11", "11"), ("H", "H"), ("10 11 12", "10 11 12"), ("I 11 12", "I 11 12"), ("I II II", "I II II"),
        ("I 1 II", "I 1 II"), ("I II I II", "I II I II"), ("II IV", "II IV"),
    ],
)  # fmt: skip
def test_roman_headings_need_proof(read, meant):
    assert numbers(*read.split()) == meant


def test_numbered_annexes():
    lines = [["Phụ", "lục", "I"], ["Vốn", "đã", "cấp"], ["Phụ", "lục", "H", "NHU", "CẦU", "VỐN"]]
    assert roman_numbers(lines) == {(0, 2): "I", (2, 2): "II"}
    assert roman_numbers([["Phụ", "lục", "H", "của", "kế", "hoạch"]]) == {}


def test_noise_needs_little_confidence():
    assert is_noise("¬", 0.99)
    assert is_noise("|", 0.3)
    assert not is_noise("|", 0.95)
    assert not is_noise(";", None)


def test_paragraphs():
    assert paragraphs(["Thực hiện kế hoạch của", "huyện năm nay", "", "- Về thu nhập:", "đạt"]) == [[0, 1], [3], [4]]
    assert paragraphs(["phát triển kinh tế", "- xã hội của xã"]) == [[0, 1]]
    for before, after in (("gồm các xã:", "- xã A"), ("làm đường,", "- xã hội"), ("kinh tế", "- Xã hội")):
        assert paragraphs([before, after]) == [[0], [1]]


def test_labels_of_numbers_in_letterheads():
    assert number_labels([["S6:", "412/BC-UBND"], ["SỐ:", "31/2021/QĐ-UBND"]]) == {(0, 0): "Số:", (1, 0): "Số:"}
    assert number_labels([["S6:", "412"], ["số:", "4/BC-UBND"], ["Xã", "S6:", "4/BC-UBND"], ["S6"]]) == {}
