import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_extract.text.normal import fold, new_tones, nfc, old_tones, tone_style
from ntm_extract.text.syllables import is_syllable, split_tone


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Đắk Lắk", "dak lak"),
        ("  Bum   Tở ", "bum to"),
        ("KRÔNG ANA", "krong ana"),
        ("ĐƯỜNG", "duong"),
        ("Ea H'leo", "ea h'leo"),
        ("300 m²", "300 m2"),
    ],
)
def test_fold(text, key):
    assert fold(text) == key


def test_fold_takes_decomposed_letters():
    assert fold(unicodedata.normalize("NFD", "tỷ lệ hộ nghèo")) == "ty le ho ngheo"


@pytest.mark.parametrize(
    ("new", "old"),
    [("văn hoá", "văn hóa"), ("khoẻ", "khỏe"), ("thuỷ lợi", "thủy lợi"), ("UỶ BAN", "ỦY BAN"), ("Hoà", "Hòa")],
)
def test_tone_placement_both_ways(new, old):
    assert old_tones(new) == old
    assert new_tones(old) == new


@pytest.mark.parametrize("word", ["quý", "hoàn", "toán", "khoảng", "huỳnh", "quỹ", "loài"])
def test_tone_placement_leaves_what_has_one_spelling(word):
    assert old_tones(word) == new_tones(word) == word


@given(st.text(alphabet="hkoauyáàóòúùỳýỷủỏảq -", max_size=20))
def test_old_tones_settle(text):
    assert old_tones(old_tones(text)) == old_tones(text)
    assert fold(old_tones(text)) == fold(text)


def test_tone_style():
    assert tone_style("văn hóa, sức khỏe") == "old"
    assert tone_style("văn hoá, sức khoẻ") == "new"
    assert tone_style("xã và huyện") is None
    assert tone_style("hóa hoá") is None


def test_nfc():
    assert nfc("tie\u0302\u0301n") == "tiến"


@pytest.mark.parametrize("word", ["nghiêng", "giếng", "gì", "quyết", "ủy", "uỷ", "XÃ", "khuya", "ở", "đường", "oanh"])
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["programme", "hoc", "đươc", "bt", "nhât", "st", "", "ngghe", "tiếế"])
def test_no_syllables(word):
    assert not is_syllable(word)


def test_split_tone():
    assert split_tone("tiếng") == ("tiêng", "\u0301")
    assert split_tone("an") == ("an", "")
