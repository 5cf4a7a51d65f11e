"""What goes wrong with a table costs no text of its page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from ntm_extract import reading
from ntm_extract.reading import read
from ntm_extract.settings import Settings


def test_a_table_that_fails_leaves_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Image.new("L", (1240, 900), 255)
    font = ImageFont.load_default(size=44)
    ImageDraw.Draw(page).text((120, 200), "Xom Go lam duong va kenh", 0, font)
    page.save(tmp_path / "a.png", dpi=(150, 150))

    def broken(*_: object) -> None:
        raise IndexError("no such column")

    monkeypatch.setattr(reading, "read_tables", broken)
    document = read(tmp_path / "a.png", "a.png", Settings())
    assert any(line.words for line in document.pages[0].lines)
    assert [p.stage for p in document.problems] == ["read tables"]
