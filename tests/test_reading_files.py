"""Reading PDF and image files: what comes out of good ones, and what bad ones cost."""

from __future__ import annotations

import io
import shutil
import zlib
from itertools import pairwise
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from ntm_extract.edges import ocr, raster, render, sandbox
from ntm_extract.edges.folders import models_folder
from ntm_extract.model import Document
from ntm_extract.problems import Code, MissingError, StageError
from ntm_extract.reading import read
from ntm_extract.settings import Settings

SETTINGS = Settings()
READY = shutil.which("tesseract") is not None and "vie" in ocr.installed().languages
needs_tesseract = pytest.mark.skipif(not READY, reason="needs tesseract with vie")
TEXT = ("Don vi bao cao 2024", "Tong so 365 thon", "Duong moi 148 km", "Von 9.250 trieu")


def scan(*rows: str, dpi: int = 200, size: tuple[float, float] = (4.0, 3.0), red: bool = False) -> Image.Image:
    """A small page of large type."""
    page = Image.new("RGB" if red else "L", (round(size[0] * dpi), round(size[1] * dpi)), "white")
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(dpi * 0.2)
    for i, row in enumerate(rows or TEXT):
        draw.text((dpi * 0.3, dpi * (0.4 + 0.5 * i)), row, fill="black", font=font)
    return page


def pdf_of(path: Path, *pages: Image.Image, dpi: int = 200) -> Path:
    pages[0].save(path, format="PDF", resolution=dpi, save_all=True, append_images=pages[1:])
    return path


def opened(path: Path) -> Document:
    return read(path, path.name, SETTINGS)


def codes(document: Document) -> list[tuple[str, int | None]]:
    return [(p.code, p.page) for p in document.problems]


# --- what is wrong with a file


def test_a_file_that_is_no_pdf(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_text("chỉ là chữ", encoding="utf-8")
    document = opened(path)
    assert codes(document) == [(Code.NOT_A_PDF, None)]
    assert (document.media, document.pages) == ("pdf", ())


def test_an_empty_file_and_one_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    assert codes(opened(tmp_path / "a.pdf")) == [(Code.EMPTY_FILE, None)]
    assert codes(opened(tmp_path / "b.pdf")) == [(Code.UNREADABLE, None)]


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    plain = pdf_of(tmp_path / "plain.pdf", scan())
    with pikepdf.open(plain) as pdf:
        pdf.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(user="khóa", owner="khóa"))
    assert codes(opened(tmp_path / "a.pdf")) == [(Code.ENCRYPTED, None)]


@pytest.mark.parametrize("share", [0.02, 0.5, 0.97])
def test_a_truncated_pdf_is_never_taken_for_whole(tmp_path: Path, share: float) -> None:
    whole = pdf_of(tmp_path / "whole.pdf", *[Image.new("L", (300, 300), "white")] * 4).read_bytes()
    path = tmp_path / "a.pdf"
    path.write_bytes(whole[: int(len(whole) * share)])
    found = {code for code, _ in codes(opened(path))}
    assert found & {Code.DAMAGED, Code.NO_PAGES}


@pytest.mark.parametrize("ending", ["png", "jpg", "tif"])
def test_an_image_that_breaks_off_or_is_none(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (300, 300), np.uint8))
    noise.save(path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert {code for code, _ in codes(opened(path))} & {Code.DAMAGED, Code.NOT_AN_IMAGE}
    path.write_bytes(data[:16])
    assert {code for code, _ in codes(opened(path))} & {Code.DAMAGED, Code.NOT_AN_IMAGE}
    path.write_bytes(b"no image at all")
    assert codes(opened(path)) == [(Code.NOT_AN_IMAGE, None)]


def test_a_page_too_large_or_too_small(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    big, small = Image.new("1", (4000, 3000), 1), Image.new("1", (5, 5), 1)
    big.save(path, save_all=True, append_images=[small, Image.new("1", (200, 200), 1)])
    document = read(path, "a.tif", Settings(max_pixels=1_000_000))
    assert codes(document) == [(Code.TOO_LARGE, 1), (Code.RENDER_FAILED, 2)]
    assert [page.number for page in document.pages] == [1, 2, 3]


def test_too_many_pages_are_said(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", *[Image.new("L", (300, 300), "white")] * 3)
    document = read(path, "a.pdf", Settings(max_pages=2))
    assert len(document.pages) == 2
    assert codes(document) == [(Code.TOO_MANY_PAGES, None)]
    assert read(path, "a.pdf", Settings(max_pages=3)).problems == ()


def test_a_broken_page_costs_only_itself(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", *[Image.new("L", (300, 300), "white")] * 3)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[1].obj["/MediaBox"] = pikepdf.Array([0, 0, 0, 0])
        pdf.save(path)
    document = opened(path)
    assert codes(document) == [(Code.RENDER_FAILED, 2)]
    assert [page.number for page in document.pages] == [1, 2, 3]


def test_a_program_that_is_missing_raises_what_to_type(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: ocr.Installed("5.0", frozenset({"eng"}), ""))
    path = pdf_of(tmp_path / "a.pdf", scan())
    with pytest.raises(MissingError, match="apt-get install tesseract-ocr-fra"):
        read(path, "a.pdf", Settings(language="fra"))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingError, match="apt-get install poppler-utils"):
        sandbox.require("pdftotext")


def test_a_program_is_killed_when_its_time_is_up() -> None:
    with pytest.raises(sandbox.ProgramTimeoutError):
        sandbox.run("sleep", "20", seconds=0.2)
    with pytest.raises(sandbox.ProgramFailedError):
        sandbox.run("false", seconds=5)


# --- what is right with it


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


FORMS = ["jpx", "cmyk", "bilevel", "group 4"]


def embedded(path: Path, form: str, page: Image.Image) -> Path:
    """A PDF of one page whose image is compressed as `form` says."""
    grey, columns, rows = page.convert("L"), *page.size
    if form == "group 4":
        return pdf_of(path, grey.convert("1"))  # Pillow's own way with black and white
    image, data = {"Width": columns, "Height": rows, "BitsPerComponent": 8, "ColorSpace": "/DeviceGray"}, b""
    if form == "jpx":
        buffer = io.BytesIO()
        grey.save(buffer, "JPEG2000")
        data, image["Filter"] = buffer.getvalue(), "/JPXDecode"
    elif form == "cmyk":
        data, image["ColorSpace"] = zlib.compress(page.convert("RGB").convert("CMYK").tobytes()), "/DeviceCMYK"
        image["Filter"] = "/FlateDecode"
    else:
        data, image["BitsPerComponent"] = zlib.compress(grey.convert("1").tobytes()), 1
        image["Filter"] = "/FlateDecode"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(columns * 72 / 200, rows * 72 / 200))
        stream = pikepdf.Stream(pdf, data)
        stream["/Type"], stream["/Subtype"] = pikepdf.Name("/XObject"), pikepdf.Name("/Image")
        for name, value in image.items():
            stream[f"/{name}"] = pikepdf.Name(value) if isinstance(value, str) else value
        drawn = pikepdf.Stream(pdf, f"q {columns * 72 / 200} 0 0 {rows * 72 / 200} 0 0 cm /I Do Q".encode())
        pdf.pages[0].Contents = pdf.make_indirect(drawn)
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=pdf.make_indirect(stream)))
        pdf.save(path)
    return path


@needs_tesseract
@pytest.mark.parametrize("form", FORMS)
def test_images_of_every_compression_are_read(tmp_path: Path, form: str) -> None:
    document = opened(embedded(tmp_path / "a.pdf", form, scan()))
    assert codes(document) == []
    assert "365" in " ".join(line.recognised for line in document.pages[0].lines)


def test_a_page_of_one_pixel_is_a_problem_and_a_white_one_blank(tmp_path: Path) -> None:
    white = opened(embedded(tmp_path / "a.pdf", "jpx", Image.new("L", (600, 800), 255)))
    assert (codes(white), white.pages[0].source_reason) == ([], "blank page")
    assert codes(opened(pdf_of(tmp_path / "b.pdf", Image.new("L", (1, 1), 0), dpi=1))) == [(Code.RENDER_FAILED, 1)]


# --- sheets that are no page of text, or two


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


# --- the two doors to the recogniser


@needs_tesseract
def test_both_doors_read_the_same_page_and_one_recogniser_many(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", scan(), scan("Chi 12 dong"), scan())
    by_program = read(path, "a.pdf", Settings(recogniser="pytesseract"))
    read_here = opened(path)
    texts = [[line.recognised for line in page.lines] for page in read_here.pages]
    assert texts == [[line.recognised for line in page.lines] for page in by_program.pages]
    assert texts[0] == texts[2]  # nothing of one page stays for the next


def test_our_own_data_are_read_with_where_they_have_the_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ocr.data_folder.cache_clear()
    assert ocr.data_folder("vie") == str(models_folder() / "tessdata")
    ocr.data_folder.cache_clear()
    monkeypatch.setenv("NTM_MODELS", str(tmp_path))
    assert ocr.data_folder("vie") == ocr.installed().folder
    ocr.data_folder.cache_clear()


@needs_tesseract
@pytest.mark.skipif(ocr.tesserocr is None, reason="needs tesserocr")
def test_a_page_that_takes_too_long_is_given_up_within_the_process(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", scan(*TEXT * 6, size=(8, 12)))
    document = read(path, "a.pdf", Settings(page_seconds=0.001))
    assert codes(document) == [(Code.OCR_TIMEOUT, 1)]


@needs_tesseract
def test_without_tesserocr_the_program_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "tesserocr", None)
    monkeypatch.setattr(ocr, "_recogniser", ocr._recogniser.__wrapped__)  # what it found before is not remembered
    assert not ocr.in_process()
    assert "365" in " ".join(line.recognised for line in opened(pdf_of(tmp_path / "a.pdf", scan())).pages[0].lines)


# --- how a page was read, and how good it is


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
