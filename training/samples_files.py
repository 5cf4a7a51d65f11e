"""Puts scanned pages into files, and has Tesseract's `eng` misread them for the samples with a bad reading."""

from __future__ import annotations

import io
import os
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import pikepdf
from numpy.typing import NDArray
from PIL import Image
from rapidfuzz.distance import Indel

Page = NDArray[np.uint8]
QUALITY = 58  # JPEG; scanners of offices use 50 to 75
EPOCH = time.gmtime(0)


def pdf(pages: list[Page], dpi: int, path: Path) -> None:
    """One image a page: CCITT group 4 where it is black and white, else JPEG."""
    path.write_bytes(_pdf(pages, dpi))


def _pdf(pages: list[Page], dpi: int) -> bytes:
    first, *rest = map(_image, pages)
    file = io.BytesIO()
    how = {} if first.mode == "1" else {"quality": QUALITY}
    when = {"creationDate": EPOCH, "modDate": EPOCH}
    first.save(file, "PDF", save_all=True, append_images=rest, resolution=dpi, **how, **when)
    return file.getvalue()


def _image(page: Page) -> Image.Image:
    image = Image.fromarray(page)
    two = page.ndim == 2 and not ((page > 0) & (page < 255)).any()
    return image.convert("1", dither=Image.Dither.NONE) if two else image


def tiff(pages: list[Page], dpi: int, path: Path) -> None:
    """A TIFF of many pages, group 4 or JPEG."""
    first, *rest = map(_image, pages)
    how = {"compression": "group4"} if first.mode == "1" else {"compression": "jpeg", "quality": QUALITY}
    first.save(path, save_all=True, append_images=rest, dpi=(dpi, dpi), **how)


def pdf_with_layer(pages: list[Page], dpi: int, path: Path) -> None:
    """The scan with an invisible text layer as an English-only reader makes it: nearly all marks wrong."""
    with pikepdf.open(io.BytesIO(_pdf(pages, dpi))) as scan:
        for page, image in zip(scan.pages, pages, strict=True):
            layer = _tesseract(image, dpi, "-c", "textonly_pdf=1", "pdf")
            with pikepdf.open(io.BytesIO(layer)) as text:
                form = scan.copy_foreign(text.pages[0].as_form_xobject())
                page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name.Layer)  # add_overlay would name it at random
                page.contents_add(b"q /Layer Do Q")
        scan.save(path, deterministic_id=True, compress_streams=True)


def bad_reading(page: Page, lines: list[str], dpi: int) -> str:
    """The page as an English-only reader has it, one line for each true line (empty where it saw none)."""
    seen = [line for line in _tesseract(page, dpi, "txt").decode("utf-8").replace("\f", "").split("\n") if line.strip()]
    return "".join(line + "\n" for line in _aligned(seen, lines))


def _aligned(seen: list[str], lines: list[str]) -> list[str]:
    """What was seen of each true line, in order, by likeness; a seen line without partner joins another."""
    likeness = np.array([[Indel.normalized_similarity(s, t) for t in lines] for s in seen])
    best = np.zeros((len(seen) + 1, len(lines) + 1))
    for i in range(1, len(seen) + 1):
        for j in range(1, len(lines) + 1):
            best[i, j] = max(best[i - 1, j], best[i, j - 1], best[i - 1, j - 1] + likeness[i - 1, j - 1])
    result: list[list[str]] = [[] for _ in lines]
    i, j = len(seen), len(lines)
    while i:
        if j and best[i, j] == best[i - 1, j - 1] + likeness[i - 1, j - 1]:
            result[j - 1].insert(0, seen[i - 1])
            i, j = i - 1, j - 1
        elif j and best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            result[max(j - 1, 0)].insert(0, seen[i - 1])
            i -= 1
    return [" ".join(parts) for parts in result]


def _tesseract(page: Page, dpi: int, *how: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder, "page.png")
        Image.fromarray(page).save(image, dpi=(dpi, dpi), compress_level=1)
        command = ["tesseract", str(image), str(Path(folder, "out")), "-l", "eng", *how]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
        return next(p for p in Path(folder).iterdir() if p.stem == "out").read_bytes()
