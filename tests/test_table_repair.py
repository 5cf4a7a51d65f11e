"""Repair of cells: phrases by their letters, signs of rows as one sequence."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ntm_extract.model import Table
from ntm_extract.repair.cells import _phrase, phrases, with_signs
from tests.annex_help import document, table


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
    assert signs(table(lines)) == ["TT", "1", "2", "9", "4", "5"]


def test_signs_go_on_over_the_page() -> None:
    first = table([["TT", "Nội dung"], ["I", "Chợ"], ["1", "Cầu"], ["2", "Kênh"], ["II", "Đập"], ["1", "Giếng"]])
    second = table([["TT", "Nội dung"], ["", "Sân"], ["3", "Đường"], ["III", "Bãi"], ["1", "Trạm"]], page=2, top=60)
    assert signs(first, second) == ["TT", "I", "1", "2", "II", "1", "TT", "2", "3", "III", "1"]


def signs(*pieces: Table) -> list[str]:
    """The first column of a table's pieces, a page each, with what was not read doubted."""
    doubted = (replace(t, cells=tuple(replace(c, confidence=1.0 if c.text else 0.0) for c in t.cells)) for t in pieces)
    told = with_signs(document(*((piece,) for piece in doubted)))
    return [c.text for page in told.pages for t in page.tables for c in t.cells if c.col == 0]
