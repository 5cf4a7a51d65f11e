"""Tables of whole files; what goes wrong with one costs no text of its page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from bench.cells import found_tables, match, true_tables
from bench.scoring import Score
from ntm_extract.batch import run
from ntm_extract.reading import document as reading
from ntm_extract.reading import read
from ntm_extract.settings import Settings
from tests.conftest import ROOT


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


def test_annexes_of_a_sample_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    name = "xa_thach_kieu_2024"
    (folder / f"{name}.pdf").write_bytes((ROOT / f"samples/scans/{name}.pdf").read_bytes())
    run(folder, tmp_path / "out", Settings(), 1)
    scores = match(true_tables(ROOT / f"samples/truth/{name}.cells.csv"), found_tables(tmp_path / "out")[name])
    assert len(scores) == 1
    assert sum(scores, Score()).f1 >= 0.93
    assert list((tmp_path / "out/tables").glob("*.csv"))
