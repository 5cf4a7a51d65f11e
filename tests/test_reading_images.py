"""How the image of a page is taken from its file: of every compression, colour, size and resolution."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pikepdf.jbig2 import JBIG2Decoder
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from ntm_extract.edges import raster, render
from ntm_extract.problems import Code, StageError
from tests.scans import FORMS, SETTINGS, codes, embedded, needs_tesseract, opened, pdf_of, scan


def test_a_scan_is_taken_out_as_it_is_and_drawn_where_it_must_be(tmp_path: Path) -> None:
    page = scan(dpi=150)
    path = pdf_of(tmp_path / "a.pdf", page, dpi=150)
    with pikepdf.open(path) as pdf:
        taken = render.draw(path, 1, pdf.pages[0], SETTINGS)
        assert taken.size == page.size
        image = next(iter(pdf.pages[0].resources["/XObject"].values()))
        image["/Decode"] = pikepdf.Array([1, 0])  # a negative: only the renderer knows
        pdf.save(tmp_path / "b.pdf")
        pdf.pages[0].obj["/Rotate"] = 270
        pdf.save(tmp_path / "c.pdf")
    with pikepdf.open(tmp_path / "c.pdf") as pdf:
        turned = render.draw(tmp_path / "c.pdf", 1, pdf.pages[0], SETTINGS)
    assert turned.size == pytest.approx(page.size[::-1], abs=2)
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        drawn = render.draw(tmp_path / "b.pdf", 1, pdf.pages[0], SETTINGS)
    assert taken.pixels.mean() > 128 > drawn.pixels.mean()
    assert (drawn.width, drawn.height) == pytest.approx((taken.width, taken.height), abs=0.5)
    assert drawn.dpi == pytest.approx(150, abs=1)


@pytest.mark.parametrize(
    ("stated", "columns", "expected"),
    [((300, 300), 2480, 300), ((200, 100), 1654, 200), (None, 2481, 300), ((72, 72), 2481, 300), ((1, 1), 1654, 200)],
)
def test_resolution_is_believed_only_if_it_can_be(
    tmp_path: Path, stated: tuple[int, int] | None, columns: int, expected: float
) -> None:
    path = tmp_path / "a.tif"
    image = Image.new("L", (columns, round(columns * 1.414)), "white")
    if stated:
        image.save(path, dpi=stated)
    else:
        image.save(path)
    (page,) = [p for p in raster.images(path, SETTINGS) if not isinstance(p, StageError)]
    assert page.dpi == pytest.approx(expected, rel=0.01)


@needs_tesseract
@pytest.mark.parametrize("form", FORMS)
def test_images_of_every_compression_are_read(tmp_path: Path, form: str) -> None:
    document = opened(embedded(tmp_path / "a.pdf", form, scan()))
    assert codes(document) == []
    assert "365" in " ".join(line.recognised for line in document.pages[0].lines)


def test_jbig2_starts_no_program_outside_the_sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    monkeypatch.setattr(JBIG2Decoder, "check_available", lambda _: None)
    monkeypatch.setattr(JBIG2Decoder, "decode_jbig2", lambda *_: started.append("jbig2dec") or b"")
    path = embedded(tmp_path / "a.pdf", "jbig2", page := scan())
    with pikepdf.open(path) as pdf:
        drawn = render.draw(path, 1, pdf.pages[0], SETTINGS)
    assert started == []
    assert np.mean((drawn.pixels[..., 0] < 128) != (np.asarray(page) < 128)) < 0.02


def test_a_page_of_one_pixel_is_a_problem_and_a_white_one_blank(tmp_path: Path) -> None:
    white = opened(embedded(tmp_path / "a.pdf", "jpx", Image.new("L", (600, 800), 255)))
    assert (codes(white), white.pages[0].source_reason) == ([], "blank page")
    assert codes(opened(pdf_of(tmp_path / "b.pdf", Image.new("L", (1, 1), 0), dpi=1))) == [(Code.RENDER_FAILED, 1)]


def test_a_blank_page_is_said_to_be_one_and_one_drawn_white_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    white = Image.new("L", (800, 600), 255)
    blank = opened(pdf_of(tmp_path / "a.pdf", white))
    assert (codes(blank), blank.pages[0].source_reason) == ([], "blank page")
    path = tmp_path / "b.pdf"
    canvas = Canvas(str(path), pagesize=(400, 300))
    canvas.drawString(50, 200, "khong dau thi phai doc lai bang may, khong lay lop chu nay cho trang giay")
    canvas.save()
    drawn = render.PageImage(np.full((600, 800), 255, np.uint8), np.diag([0.5, 0.5, 1.0]), 400, 300)
    monkeypatch.setattr(render, "draw", lambda *_: drawn)
    lost = opened(path)
    assert codes(lost) == [(Code.RENDER_FAILED, 1)]


@needs_tesseract
@pytest.mark.parametrize("mode", ["L", "RGB", "1"])
def test_a_scan_of_600_dpi_is_taken_at_half_of_it_and_reads_the_same(tmp_path: Path, mode: str) -> None:
    fine = scan(dpi=600).convert(mode)
    document = opened(pdf_of(tmp_path / "a.pdf", fine, dpi=600))
    page = document.pages[0]
    assert (codes(document), page.dpi) == ([], 300)
    assert "365" in " ".join(line.recognised for line in page.lines)
    assert (page.width, page.height) == pytest.approx((288, 216), abs=1)
    box = next(w.box for line in page.lines for w in line.words if w.text == "365")
    coarse = opened(pdf_of(tmp_path / "b.pdf", scan(dpi=300), dpi=300)).pages[0]
    same = next(w.box for line in coarse.lines for w in line.words if w.text == "365")
    assert box is not None and same is not None
    assert (box.x0, box.y0) == pytest.approx((same.x0, same.y0), abs=2)
