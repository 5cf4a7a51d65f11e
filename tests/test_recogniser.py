"""The two doors to the recogniser, its data and its time limit."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_extract.edges import ocr
from ntm_extract.edges.folders import models_folder
from ntm_extract.problems import Code
from ntm_extract.reading import read
from ntm_extract.settings import Settings
from tests.scans import TEXT, codes, needs_tesseract, opened, pdf_of, scan


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
