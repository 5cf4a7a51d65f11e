"""Pages of a PDF as images, one at a time: a scan is taken out as it is, anything else is drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pdf2image
import pdf2image.exceptions
import pikepdf

from ntm_extract.edges import sandbox
from ntm_extract.edges.bombs import BROKEN
from ntm_extract.edges.raster import FINEST_DPI, USUAL_DPI, check_size, coarser, pixels_of
from ntm_extract.image.page import Affine, PageImage, Pixels
from ntm_extract.problems import Code, MissingError, StageError
from ntm_extract.settings import Settings

COVERS = 0.95  # share of the page's sides that an image must reach over to be the page's scan
SHOWN_TEXT = 200  # bytes of visible text drawn over a scan that make it more than a scan
SHOW_TEXT = {"Tj", "TJ", "'", '"'}
TOLERANCE = 12.0  # points by which a scan may stick out of its page


def open_pdf(path: Path) -> pikepdf.Pdf:
    """The PDF, opened. Raises StageError where it asks for a password or can't be read."""
    try:
        pdf = pikepdf.open(path, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise StageError(Code.ENCRYPTED, "the PDF asks for a password") from error
    except BROKEN as error:
        raise StageError(Code.DAMAGED, str(error).removeprefix(f"{path}: ")) from error
    try:
        count = len(pdf.pages)
    except BROKEN as error:
        raise StageError(Code.DAMAGED, f"the list of pages is broken: {error}") from error
    if count == 0:
        raise StageError(Code.NO_PAGES, "the PDF has no pages")
    return pdf


def was_rebuilt(pdf: pikepdf.Pdf) -> bool:
    """Whether the file was so damaged that its index had to be guessed: pages at its end may be gone."""
    return any("reconstruct" in str(warning) for warning in pdf.get_warnings())


def page_of(pdf: pikepdf.Pdf, number: int) -> pikepdf.Page:
    """A page whose frame makes sense, as all that follows needs. Raises StageError."""
    try:
        page = pdf.pages[number - 1]
        geometry(page)
    except BROKEN as error:
        raise StageError(Code.DAMAGED, f"page {number} is broken: {error}") from error
    return page


def geometry(page: pikepdf.Page) -> tuple[float, float, Affine]:
    """Width and height in points of the page as viewed, and the matrix from PDF space to points from its top left."""
    left, bottom, right, top = (float(v) for v in page.cropbox)
    left, right, bottom, top = min(left, right), max(left, right), min(bottom, top), max(bottom, top)
    outer = [float(v) for v in page.mediabox]
    left, right = max(left, min(outer[0], outer[2])), min(right, max(outer[0], outer[2]))
    bottom, top = max(bottom, min(outer[1], outer[3])), min(top, max(outer[1], outer[3]))
    if right - left < 1 or top - bottom < 1:
        raise StageError(Code.RENDER_FAILED, "the page has no size")
    flip = np.array([[1, 0, -left], [0, -1, top], [0, 0, 1.0]])
    width, height = right - left, top - bottom
    for _ in range(_quarters(page)):
        flip = np.array([[0, -1, height], [1, 0, 0], [0, 0, 1.0]]) @ flip
        width, height = height, width
    return width, height, flip


def _quarters(page: pikepdf.Page) -> int:
    """Clockwise quarter turns with which the page is to be viewed; pages inherit them from the nodes above."""
    node: pikepdf.Object = page.obj
    depth = 0
    try:
        while "/Rotate" not in node and "/Parent" in node and depth < 64:
            node, depth = node["/Parent"], depth + 1
        return int(node.get("/Rotate", 0)) // 90 % 4
    except (TypeError, ValueError, AttributeError):
        return 0  # a damaged tree of pages


def is_scan(page: pikepdf.Page) -> bool:
    """Whether one image covers the page."""
    return _scan(page) is not None


def draw(path: Path, number: int, page: pikepdf.Page, settings: Settings) -> PageImage:
    """The page as an image: its scan where it is one, else drawn. Raises StageError."""
    width, height, flip = geometry(page)
    found = _scan(page)
    if found is not None:
        image, matrix = found
        columns, rows = _pixel_size(image)
        check_size(columns, rows, settings)
        finest = columns * 72 / max(1.0, float(np.hypot(*matrix[:2, 0])))
        pixels = _take(image, halved=finest >= 2 * USUAL_DPI)
        if pixels is not None:
            rows, columns = pixels.shape[:2]
            to_points = flip @ matrix @ np.array([[1 / columns, 0, 0], [0, -1 / rows, 1], [0, 0, 1]])
            if _inside(to_points, columns, rows, width, height):
                return coarser(_viewed(pixels, to_points, width, height))
        dpi = min(FINEST_DPI, max(72.0, finest))
    else:
        dpi = float(settings.dpi)
    check_size(width * dpi / 72, height * dpi / 72, settings)
    return _drawn(path, number, dpi, (width, height), settings)


def _scan(page: pikepdf.Page) -> tuple[pikepdf.Stream, Affine] | None:
    """The one image that covers the page and its matrix, if nothing else of weight is drawn and all can be parsed."""
    try:
        return _covering(page)
    except BROKEN:
        return None


def _covering(page: pikepdf.Page) -> tuple[pikepdf.Stream, Affine] | None:
    steps = pikepdf.parse_content_stream(page)
    names = page.resources.get("/XObject", pikepdf.Dictionary())
    width, height, flip = geometry(page)
    matrix, stack, hidden, shown = np.eye(3), [], False, 0
    scan: tuple[pikepdf.Stream, Affine] | None = None
    for step in steps:
        operator, operands = str(step.operator), step.operands
        if operator == "q":
            stack.append(matrix)
        elif operator == "Q" and stack:
            matrix = stack.pop()
        elif operator == "cm" and len(operands) == 6:
            a, b, c, d, e, f = (float(v) for v in operands)
            matrix = matrix @ np.array([[a, c, e], [b, d, f], [0, 0, 1]])
        elif operator == "Tr":
            hidden = int(operands[0]) == 3
        elif operator in SHOW_TEXT and not hidden:
            shown += _length(operands)
        elif operator == "Do" and str(operands[0]) in names:
            drawn = names[str(operands[0])]
            if (
                isinstance(drawn, pikepdf.Stream)
                and drawn.get("/Subtype") == "/Image"
                and _covers(flip @ matrix, width, height)
            ):
                if scan is not None:
                    return None  # a scan cut in layers: only drawing puts them together
                scan = (drawn, matrix)
        elif operator == "INLINE IMAGE":
            return None
    return scan if shown < SHOWN_TEXT else None


def _length(operands: Any) -> int:
    """Bytes of the strings among the operands of a text operator."""
    parts = [part for one in operands for part in (one if isinstance(one, pikepdf.Array) else [one])]
    return sum(len(bytes(part)) for part in parts if isinstance(part, pikepdf.String))


def _covers(matrix: Affine, width: float, height: float) -> bool:
    corners = matrix @ np.array([[0, 1, 0, 1], [0, 0, 1, 1], [1, 1, 1, 1]])
    wide, high = np.ptp(corners[0]), np.ptp(corners[1])
    return bool(wide > COVERS * width and high > COVERS * height)


def _inside(matrix: Affine, columns: int, rows: int, width: float, height: float) -> bool:
    """Whether the page shows all of the image: what is cut off must not be read."""
    corners = matrix @ np.array([[0, columns, 0, columns], [0, 0, rows, rows], [1, 1, 1, 1]])
    over = (-corners[0].min(), -corners[1].min(), corners[0].max() - width, corners[1].max() - height)
    return bool(max(over) <= TOLERANCE)


def _pixel_size(image: pikepdf.Object) -> tuple[int, int]:
    return int(image.get("/Width", 0)), int(image.get("/Height", 0))


def _take(image: pikepdf.Stream, *, halved: bool) -> Pixels | None:
    """The pixels of a plain image; None for one that only a renderer can show rightly.

    `halved` takes it at half its resolution: a JPEG is decoded so, and never lies in memory whole.
    """
    if any(key in image for key in ("/SMask", "/Mask", "/Decode", "/ImageMask")) or _filtered(image, "/JBIG2Decode"):
        return None  # pikepdf hands JBIG2 to a program of its own, which nothing would keep within bounds
    try:
        taken = pikepdf.PdfImage(image).as_pil_image()
        if taken.mode not in {"1", "L", "RGB", "P"} or taken.size != _pixel_size(image):
            return None
        if not halved:
            return pixels_of(taken)
        size = (taken.width // 2, taken.height // 2)
        taken.draft(taken.mode, size)
        if taken.width > size[0] + 1:
            taken = taken.convert("RGB" if taken.mode == "P" else "L" if taken.mode == "1" else taken.mode).reduce(2)
        return pixels_of(taken)
    except Exception:  # whatever a decoder raises, the renderer gets its turn
        return None


def _filtered(image: pikepdf.Stream, name: str) -> bool:
    """Whether the image's bytes went through the filter."""
    filters = image.get("/Filter", pikepdf.Array())
    return any(str(one) == name for one in (filters if isinstance(filters, pikepdf.Array) else [filters]))


def _viewed(pixels: Pixels, to_points: Affine, width: float, height: float) -> PageImage:
    """The scan turned so that its rows run as the page is viewed."""
    across = to_points[:2, 0]
    if np.linalg.det(to_points[:2, :2]) < 0:  # mirrored: set the columns right
        pixels = np.ascontiguousarray(pixels[:, ::-1])
        to_points = to_points @ np.array([[-1, 0, pixels.shape[1]], [0, 1, 0], [0, 0, 1.0]])
        across = -across
    quarters = round(float(np.degrees(np.arctan2(across[1], across[0]))) / 90) % 4
    rows, columns = pixels.shape[:2]
    for _ in range(quarters):
        pixels = np.rot90(pixels, -1)
        to_points = to_points @ np.linalg.inv(np.array([[0, -1, rows], [1, 0, 0], [0, 0, 1.0]]))
        rows, columns = columns, rows
    return PageImage(np.ascontiguousarray(pixels), to_points, width, height)


def _drawn(path: Path, number: int, dpi: float, page: tuple[float, float], settings: Settings) -> PageImage:
    width, height = page
    size = (max(1, round(width * dpi / 72)), max(1, round(height * dpi / 72)))
    try:
        with sandbox.lent(pdf2image.pdf2image, sandbox.Limits.of(settings)):
            drawn = pdf2image.convert_from_path(
                path,
                first_page=number,
                last_page=number,
                dpi=dpi,  # type: ignore[arg-type]  # poppler takes fractions
                use_cropbox=True,
            )
    except pdf2image.exceptions.PDFInfoNotInstalledError as error:
        raise MissingError("poppler is not installed; type: sudo apt-get install poppler-utils") from error
    except pdf2image.exceptions.PDFPopplerTimeoutError as error:
        raise StageError(
            Code.RENDER_TIMEOUT, f"drawing page {number} took longer than {settings.page_seconds:g} s"
        ) from error
    except sandbox.ProgramFailedError as error:
        raise StageError(Code.TOO_LARGE if error.how == "output" else Code.RENDER_FAILED, str(error)) from error
    except (pdf2image.exceptions.PDFPageCountError, pdf2image.exceptions.PDFSyntaxError, OSError, ValueError) as error:
        raise StageError(Code.RENDER_FAILED, f"page {number}: {error}") from error
    # poppler's exit code proves nothing: a page that it can't draw comes as no image, or one of a few pixels
    if len(drawn) != 1 or abs(drawn[0].width - size[0]) > 2 or abs(drawn[0].height - size[1]) > 2:
        raise StageError(Code.RENDER_FAILED, f"page {number} was drawn as nothing")
    pixels = pixels_of(drawn[0])
    rows, columns = pixels.shape[:2]
    return PageImage(pixels, np.diag([width / columns, height / rows, 1.0]), width, height)
