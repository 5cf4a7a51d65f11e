from hypothesis import given
from hypothesis import strategies as st

from ntm_extract.text.folding import folded, lowered


@given(st.text())
def test_views_keep_the_length(text: str) -> None:
    assert len(lowered(text)) == len(text)
    assert len(folded(text)) == len(text)


def test_tone_marks_stand_in_one_place() -> None:
    assert lowered("Thuỷ lợi, Văn hoá, khoẻ, XOÁ") == lowered("thủy lợi, văn hóa, khỏe, xóa")
    assert lowered("Quý, hoàn, toán, thuyền") == "quý, hoàn, toán, thuyền"


def test_folding_drops_marks_only() -> None:
    assert folded("Đường Ở Xã Ðại") == "duong o xa dai"
