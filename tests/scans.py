"""Small scans made for the tests of reading: pages of type, files of them, and what is read of one."""

from __future__ import annotations

import io
import shutil
import struct
import zlib
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont, TiffImagePlugin

from ntm_extract.edges import ocr
from ntm_extract.model import Document
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


FORMS = ("jpx", "cmyk", "cmyk jpeg", "bilevel", "group 4", "jbig2")


def embedded(path: Path, form: str, page: Image.Image) -> Path:
    """A PDF of one page whose image is compressed as `form` says."""
    grey, columns, rows = page.convert("L"), *page.size
    if form == "group 4":
        return pdf_of(path, grey.convert("1"))  # Pillow's own way with black and white
    image, data = {"Width": columns, "Height": rows, "BitsPerComponent": 8, "ColorSpace": "/DeviceGray"}, b""
    if form == "jpx":
        data, image["Filter"] = saved(grey, "JPEG2000"), "/JPXDecode"
    elif form == "cmyk jpeg":
        data, image["Filter"] = saved(page.convert("RGB").convert("CMYK"), "JPEG"), "/DCTDecode"
        image["ColorSpace"] = "/DeviceCMYK"
    elif form == "cmyk":
        data, image["ColorSpace"] = zlib.compress(page.convert("RGB").convert("CMYK").tobytes()), "/DeviceCMYK"
        image["Filter"] = "/FlateDecode"
    elif form == "jbig2":
        data, image["BitsPerComponent"], image["Filter"] = jbig2(grey.convert("1")), 1, "/JBIG2Decode"
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


def saved(page: Image.Image, form: str, **how: object) -> bytes:
    """The bytes of the page's file."""
    buffer = io.BytesIO()
    page.save(buffer, form, **how)
    return buffer.getvalue()


def jbig2(page: Image.Image) -> bytes:
    """A black-and-white page as JBIG2 within a PDF: one region in Group 4 code (MMR), laid negative on white paper."""
    tiff = saved(page, "TIFF", compression="group4", tiffinfo={278: page.height})  # rows in a strip: all
    with Image.open(io.BytesIO(tiff)) as image:
        assert isinstance(image, TiffImagePlugin.TiffImageFile)
        (at,), (size,) = image.tag_v2[273], image.tag_v2[279]
    negative, mmr = 3, b"\x01"  # combined with the page by XNOR
    region = struct.pack(">IIIIB", *page.size, 0, 0, negative) + mmr + tiff[at : at + size]
    sheet = struct.pack(">IIIIBH", *page.size, 0, 0, 0, 0)
    parts = ((48, sheet), (38, region))  # page information, immediate generic region
    return b"".join(struct.pack(">IBBBI", n, kind, 0, 1, len(part)) + part for n, (kind, part) in enumerate(parts))
