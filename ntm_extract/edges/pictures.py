"""Small pictures of a file's pages for people to look at, set upright as they were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pdf2image
import pdf2image.exceptions
from PIL import Image, ImageOps, ImageSequence

from ntm_extract.edges import sandbox
from ntm_extract.edges.store import atomic_path

WIDTH = 1240  # pixels: 150 dpi of an A4 page, enough to read a number at twice its size
QUALITY = 45  # of WebP
TURN = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
LIMITS = sandbox.Limits(60)
FAULTS = (
    *(OSError, ValueError, sandbox.ProgramFailedError),
    *(pdf2image.exceptions.PDFPageCountError, pdf2image.exceptions.PDFSyntaxError),
    pdf2image.exceptions.PDFPopplerTimeoutError,
)


def write_pictures(path: Path, folder: Path, turns: Mapping[int, int]) -> None:
    """`folder/<page>.webp` for each page of `turns`, by its degrees clockwise to upright.

    Pages that can't be drawn have none.
    """
    if path.suffix.lower() == ".txt":
        return
    draw = _pdf if path.suffix.lower() == ".pdf" else _images
    try:
        for number, picture in draw(path, sorted(turns)):
            turned = picture.transpose(TURN[turns[number]]) if turns[number] in TURN else picture
            with atomic_path(folder / f"{number}.webp") as temporary:
                turned.convert("RGB").save(temporary, "WEBP", quality=QUALITY, method=2)
    except FAULTS:
        return  # the document's text is shown in their place


def _pdf(path: Path, numbers: list[int]) -> Iterator[tuple[int, Image.Image]]:
    for n in numbers:
        with sandbox.lent(pdf2image.pdf2image, LIMITS):
            drawn = pdf2image.convert_from_path(path, first_page=n, last_page=n, size=(WIDTH, None), use_cropbox=True)
        yield from ((n, picture) for picture in drawn)


def _images(path: Path, numbers: list[int]) -> Iterator[tuple[int, Image.Image]]:
    with Image.open(path) as image:
        for n, frame in enumerate(ImageSequence.Iterator(image), 1):
            if n in numbers:
                picture = ImageOps.exif_transpose(frame).convert("L" if frame.mode in ("1", "L") else "RGB")
                picture.thumbnail((WIDTH, 4 * WIDTH))
                yield n, picture
