"""Tesseract's program through pytesseract, started anew for each page."""

from __future__ import annotations

import pytesseract
from PIL import Image

from ntm_extract.image.page import PageImage, Pixels
from ntm_extract.problems import Code, StageError
from ntm_extract.settings import Settings

WHITELIST = "tessedit_char_whitelist"


def table(image: PageImage, settings: Settings, mode: int, letters: str = "") -> str:
    """Tesseract's TSV of the page, of these `letters` only where given. StageError where it fails or takes too long."""
    try:
        return str(
            pytesseract.image_to_data(
                _uncompressed(image.pixels),
                lang=settings.language,
                config=f"--psm {mode} --dpi {round(image.dpi)}" + (f" -c {WHITELIST}={letters}" if letters else ""),
                timeout=settings.page_seconds,
                output_type=pytesseract.Output.STRING,
            )
        )
    except pytesseract.TesseractError as error:
        raise StageError(Code.OCR_FAILED, f"tesseract: {error.message}") from error
    except RuntimeError as error:  # pytesseract's way to say timeout
        raise StageError(Code.OCR_TIMEOUT, f"tesseract took longer than {settings.page_seconds:g} s") from error
    except OSError as error:
        raise StageError(Code.OCR_FAILED, f"tesseract could not be run: {error}") from error


def rotation(image: PageImage, settings: Settings) -> int:
    """Degrees clockwise that set the page upright, as Tesseract's script detection sees it; 0 where it can't tell."""
    try:
        found = pytesseract.image_to_osd(
            _uncompressed(image.pixels),
            config=f"--dpi {round(image.dpi)}",
            timeout=settings.page_seconds,
            output_type=pytesseract.Output.DICT,
        )
    except (pytesseract.TesseractError, RuntimeError, OSError, ValueError, KeyError):
        return 0  # too few letters to tell
    return int(found["rotate"]) % 360


def _uncompressed(pixels: Pixels) -> Image.Image:
    """The image in a format that pytesseract hands over as plain bytes: compressing a page takes seconds."""
    image = Image.fromarray(pixels)
    image.format = "PPM"
    return image
