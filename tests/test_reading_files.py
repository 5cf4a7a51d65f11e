"""Files that are damaged, locked, too large or none at all, and programs that are missing: what they cost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from ntm_extract.edges import ocr, sandbox
from ntm_extract.problems import Code, MissingError
from ntm_extract.reading import read
from ntm_extract.settings import Settings
from tests.scans import codes, opened, pdf_of, scan


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
