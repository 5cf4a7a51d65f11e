"""Repair of cells: phrases by their letters, signs of rows as one sequence."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ntm_extract.repair.cells import _phrase, phrases, with_signs
from tests.annex_help import table


@pytest.mark.parametrize(("text", "phrase"), [("TỐNG S0", "TỔNG SỐ"), ("Tý lê (%)", "Tỷ lệ (%)"), ("Số 10", None)])
def test_phrases_in_heads(text: str, phrase: str | None) -> None:
    assert _phrase(text, phrases(["Tổng số", "Tỷ lệ"])) == phrase


def test_phrases_are_known_by_their_letters() -> None:
    assert phrases(["Y tế", "Chuyển tiếp"]) == {"yte": "Y tế", "chuyentiep": "Chuyển tiếp"}


@pytest.mark.parametrize(("read", "phrase"), [("Doanh nghiện", "Doanh nghiệp"), ("Y tá", None), ("Doanh ngiện", None)])
def test_a_long_phrase_may_have_one_wrong_letter(read: str, phrase: str | None) -> None:
    assert _phrase(read, phrases(["Doanh nghiệp", "Y tế"])) == phrase


def test_signs_of_rows_are_set_right_and_numbers_never() -> None:
    lines = [["TT", "Nội dung"], ["I", "Chợ"], ["2", "Cầu"], ["9", "Kênh"], ["", "Đập"], ["S", "Giếng"]]
    read = table(lines)
    read = replace(read, cells=tuple(replace(c, confidence=0.0) if not c.text else c for c in read.cells))
    assert [c.text for c in with_signs(read).cells if c.col == 0] == ["TT", "1", "2", "9", "4", "5"]
