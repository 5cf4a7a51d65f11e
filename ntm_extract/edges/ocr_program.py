"""Tesseract's program through pytesseract, started anew for each page, in the sandbox."""

from __future__ import annotations

import errno
import shlex
import signal
import tempfile
from contextlib import AbstractContextManager

import pytesseract
from PIL import Image

from ntm_extract.edges import sandbox
from ntm_extract.image.page import PageImage, Pixels
from ntm_extract.problems import Code, OutputError, StageError
from ntm_extract.settings import Settings

WHITELIST = "tessedit_char_whitelist"
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
ANSWER_MB = 32  # that Tesseract may write of one page: half a million words


def table(image: PageImage, settings: Settings, data: str, mode: int, letters: str = "") -> str:
    """Tesseract's TSV of the page, read with the data in a folder, of these `letters` only where given.

    Raises StageError where it fails or takes too long.
    """
    config = f"--psm {mode} --dpi {round(image.dpi)}" + (f" -c {WHITELIST}={letters}" if letters else "")
    if data:
        config = f"--tessdata-dir {shlex.quote(data)} {config}"
    try:
        with _sandboxed(settings):
            return str(
                pytesseract.image_to_data(
                    _uncompressed(image.pixels),
                    lang=settings.language,
                    config=config,
                    timeout=settings.page_seconds,
                    output_type=pytesseract.Output.STRING,
                )
            )
    except pytesseract.TesseractError as error:
        if error.status < 0:
            name = signal.Signals(-error.status).name
            raise StageError(Code.OCR_KILLED, f"tesseract was killed by {name}") from error
        raise StageError(Code.OCR_FAILED, f"tesseract: {error.message or f'exit code {error.status}'}") from error
    except sandbox.ProgramFailedError as error:
        code = Code.OCR_TOO_MUCH if error.how == "output" else Code.OCR_COMPLAINTS
        raise StageError(code, str(error)) from error
    except RuntimeError as error:  # pytesseract's way to say timeout
        raise StageError(Code.OCR_TIMEOUT, f"tesseract took longer than {settings.page_seconds:g} s") from error
    except UnicodeDecodeError as error:
        raise StageError(Code.OCR_GARBLED, "tesseract's answer is no text") from error
    except FileNotFoundError as error:
        raise StageError(Code.OCR_EMPTY, "tesseract ended without an answer") from error
    except OSError as error:
        if error.errno in NO_ROOM:
            raise OutputError(f"no room in {tempfile.gettempdir()} for a page; make room, then run again") from error
        raise StageError(Code.OCR_FAILED, f"tesseract could not be run: {error}") from error
    except SystemExit as error:  # pytesseract can't make out the program's version
        raise StageError(Code.OCR_FAILED, f"tesseract could not be run: {error}") from error


def rotation(image: PageImage, settings: Settings) -> int:
    """Degrees clockwise that set the page upright, as Tesseract's script detection sees it; 0 where it can't tell."""
    try:
        with _sandboxed(settings):
            found = pytesseract.image_to_osd(
                _uncompressed(image.pixels),
                config=f"--dpi {round(image.dpi)}",
                timeout=settings.page_seconds,
                output_type=pytesseract.Output.DICT,
            )
        return int(found["rotate"]) % 360
    except (pytesseract.TesseractError, sandbox.ProgramFailedError):
        return 0  # too few letters to tell
    except (RuntimeError, OSError, ValueError, KeyError, SystemExit):
        return 0


def _sandboxed(settings: Settings) -> AbstractContextManager[None]:
    limits = sandbox.Limits.of(settings)
    return sandbox.lent(pytesseract.pytesseract, limits._replace(output_mb=min(ANSWER_MB, limits.output_mb)))


def _uncompressed(pixels: Pixels) -> Image.Image:
    """The image in a format that pytesseract hands over as plain bytes: compressing a page takes seconds."""
    image = Image.fromarray(pixels)
    image.format = "PPM"
    return image
