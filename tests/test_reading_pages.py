"""Pages as they lie on the glass: words and boxes, turned, blank, of two pages, separators, and how good they are."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from ntm_extract.edges import ocr
from ntm_extract.problems import Code, StageError
from tests.scans import codes, needs_tesseract, opened, pdf_of, scan


@needs_tesseract
@pytest.mark.parametrize("ending", ["pdf", "png", "jpg", "tif"])
def test_words_and_boxes_of_a_scan(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    page = scan()
    if ending == "pdf":
        pdf_of(path, page)
    else:
        page.save(path, dpi=(200, 200))
    document = opened(path)
    assert document.problems == ()
    (found,) = document.pages
    assert (found.width, found.height) == pytest.approx((288, 216), abs=1)
    assert (found.dpi, found.text_source) == (pytest.approx(200, abs=1), "ocr")
    assert {"2024", "365", "148", "9.250"} <= {w.text for line in found.lines for w in line.words}
    for word in (w for line in found.lines for w in line.words):
        assert word.box is not None
        assert word.confidence is not None
        if word.text == "365":
            ink = np.asarray(page.convert("L"))[round(0.9 * 200) : round(1.3 * 200)] < 128
            assert word.box.y0 == pytest.approx(72 * (0.9 + np.nonzero(ink.any(axis=1))[0][0] / 200), abs=4)
            before = ImageFont.load_default(200 * 0.2).getlength("Tong so ")
            assert word.box.x0 == pytest.approx(72 * (0.3 + before / 200), abs=2)


@needs_tesseract
@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_is_set_upright(tmp_path: Path, rotation: int) -> None:
    rows = [f"Thon so {n} da dat {n + 100} ho trong nam 20{n}" for n in range(11, 31)]
    upright = scan(*rows, size=(8, 10.8))
    path = pdf_of(tmp_path / "a.pdf", upright.rotate(rotation, expand=True))  # Pillow turns counter-clockwise
    (page,) = opened(path).pages
    assert page.quality.rotation == rotation
    assert (page.width, page.height) == pytest.approx((576, 777.6), abs=1)
    read_rows = [line.text for line in page.lines]
    assert sum(1 for row in rows if any(row.split()[-1] in found for found in read_rows)) >= 18
    boxes = [line.box for line in page.lines if line.role == "body"]
    assert all(a is not None and b is not None and a.y0 < b.y0 for a, b in pairwise(boxes))


@needs_tesseract
def test_the_rotation_that_the_pdf_asks_for_needs_no_guess(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", scan().rotate(90, expand=True))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj["/Rotate"] = 90
        pdf.save(path)
    (page,) = opened(path).pages
    assert page.quality.rotation == 0
    assert (page.width, page.height) == pytest.approx((288, 216), abs=1)
    assert page.lines[0].text.endswith("2024")


def test_a_blank_page_is_no_problem_but_ink_without_text_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blank = Image.new("L", (800, 1000), "white")
    assert opened(pdf_of(tmp_path / "a.pdf", blank)).problems == ()
    monkeypatch.setattr(ocr, "read", lambda *_, **__: ())
    monkeypatch.setattr(ocr, "rotation", lambda *_: 0)
    assert codes(opened(pdf_of(tmp_path / "b.pdf", blank, scan()))) == [(Code.NOTHING_READ, 2)]


def test_a_page_on_which_the_recogniser_fails_keeps_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StageError(Code.OCR_TIMEOUT, "too long")

    monkeypatch.setattr(ocr, "read", fail)
    document = opened(pdf_of(tmp_path / "a.pdf", scan(), Image.new("L", (800, 600), "white")))
    assert codes(document) == [(Code.OCR_TIMEOUT, 1)]
    assert [(page.number, page.lines) for page in document.pages] == [(1, ()), (2, ())]


@needs_tesseract
def test_two_pages_on_a_sheet_are_read_one_after_the_other(tmp_path: Path) -> None:
    rows = [f"Hang {n} cua trang nay co du chu den le" for n in range(1, 16)]
    left = scan(*rows, size=(5.2, 8.2))
    right = scan(*(row.replace("Hang", "Dong") for row in rows), size=(5.2, 8.2))
    sheet = Image.new("L", (2 * left.width, left.height), 255)
    sheet.paste(left, (0, 0))
    sheet.paste(right, (left.width, 0))
    (page,) = opened(pdf_of(tmp_path / "a.pdf", sheet)).pages
    first = [line.recognised.split()[0] for line in page.lines if line.words]
    assert page.quality.halves == 2
    assert first == ["Hang"] * 15 + ["Dong"] * 15
    assert all(
        line.box is not None and (line.box.x0 > page.width / 2) is (i >= 15) for i, line in enumerate(page.lines)
    )


@needs_tesseract
def test_a_separator_is_said_to_be_one_and_pale_print_is_read(tmp_path: Path) -> None:
    bars = Image.new("L", (1200, 1600), 255)
    for x in range(200, 800, 100):
        ImageDraw.Draw(bars).rectangle((x, 300, x + 30, 420), fill=0)
    pale = Image.eval(scan(), lambda v: 180 + v * 70 // 255)
    document = opened(pdf_of(tmp_path / "a.pdf", bars, Image.new("L", (1200, 1600), 90), pale))
    assert codes(document) == []
    assert [page.source_reason for page in document.pages] == ["separator page", "separator page", "no text layer"]
    assert "365" in " ".join(line.recognised for line in document.pages[2].lines)


@needs_tesseract
def test_quality_tells_a_faded_dusty_stamped_page_from_a_good_one(tmp_path: Path) -> None:
    good = opened(pdf_of(tmp_path / "good.pdf", scan())).pages[0]
    assert good.source_reason == "no text layer"
    assert good.quality.contrast > 0.9
    assert (good.quality.noise, good.quality.stamped_words) == (0, 0)
    faded = Image.eval(scan(), lambda v: 90 + v // 3)
    assert opened(pdf_of(tmp_path / "faded.pdf", faded)).pages[0].quality.contrast < 0.5
    dusty = np.asarray(scan()).copy()
    draw = np.random.default_rng(5)
    dusty[draw.integers(0, 590, 400), draw.integers(0, 790, 400)] = 0
    assert opened(pdf_of(tmp_path / "dusty.pdf", Image.fromarray(dusty))).pages[0].quality.noise > 10
    stamped = scan(red=True)
    ImageDraw.Draw(stamped).ellipse((40, 60, 260, 200), outline=(230, 40, 40), width=5)
    found = opened(pdf_of(tmp_path / "stamped.pdf", stamped)).pages[0]
    assert found.quality.stamp_area > 0
    assert 0 <= found.quality.stamped_words < 1
