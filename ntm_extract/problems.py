"""Everything that may go wrong, by name: problem codes with their hints, exit codes, and the few error classes."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from ntm_extract.model import Problem


class ExitCode(IntEnum):
    """What the command's end tells the shell."""

    OK = 0
    INTERNAL = 1  # a fault of ours; please report it
    USAGE = 2  # unknown option or command
    PROBLEMS = 3  # done, but some files or pages failed: see failures.csv
    INPUT = 4  # the source named does not exist or holds nothing to read
    OUTPUT = 5  # the output folder can't be written
    MISSING = 6  # a program, language or model is not installed: see `ntm-extract doctor`
    CONFIG = 7  # the settings file is wrong
    INTERRUPTED = 130  # Ctrl-C or SIGTERM


class Code(StrEnum):
    """Kinds of problem that cost a page or a file but never the run."""

    EMPTY_FILE = "empty_file"
    NOT_A_PDF = "not_a_pdf"
    NOT_AN_IMAGE = "not_an_image"
    NOT_TEXT = "not_text"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    UNREADABLE = "unreadable"
    NO_PAGES = "no_pages"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_LARGE = "too_large"
    RENDER_FAILED = "render_failed"
    RENDER_TIMEOUT = "render_timeout"
    OCR_FAILED = "ocr_failed"
    OCR_KILLED = "ocr_killed"
    OCR_TIMEOUT = "ocr_timeout"
    OCR_TOO_MUCH = "ocr_too_much"
    OCR_COMPLAINTS = "ocr_complaints"
    OCR_EMPTY = "ocr_empty"
    OCR_TRUNCATED = "ocr_truncated"
    OCR_GARBLED = "ocr_garbled"
    OCR_MALFORMED = "ocr_malformed"
    OCR_CONFIDENCE = "ocr_confidence"
    OCR_BOX = "ocr_box"
    NOTHING_READ = "nothing_read"
    PAGE_TIMEOUT = "page_timeout"
    PAGE_KILLED = "page_killed"
    OUT_OF_MEMORY = "out_of_memory"
    REPAIR_FAILED = "repair_failed"
    EXTRACT_FAILED = "extract_failed"
    EXTRACT_TIMEOUT = "extract_timeout"
    EXTRACT_KILLED = "extract_killed"
    CHECK_FAILED = "check_failed"
    WORKER_DIED = "worker_died"
    DOCUMENT_TIMEOUT = "document_timeout"
    INTERNAL = "internal"


LIMITED = frozenset(
    {
        Code.TOO_MANY_PAGES,
        Code.TOO_LARGE,
        Code.RENDER_TIMEOUT,
        Code.OCR_KILLED,
        Code.OCR_TIMEOUT,
        Code.OCR_TOO_MUCH,
        Code.PAGE_TIMEOUT,
        Code.PAGE_KILLED,
        Code.OUT_OF_MEMORY,
        Code.EXTRACT_TIMEOUT,
        Code.EXTRACT_KILLED,
        Code.WORKER_DIED,
        Code.DOCUMENT_TIMEOUT,
    }
)
"""What another limit may save."""
MISNAMED = frozenset({Code.NOT_A_PDF, Code.NOT_AN_IMAGE, Code.NOT_TEXT})
"""What another name may save."""

HINTS: dict[Code, str] = {
    Code.EMPTY_FILE: "the file has no bytes; copy it again from its origin",
    Code.NOT_A_PDF: "the name ends in .pdf but the content is something else; give it its right ending",
    Code.NOT_AN_IMAGE: "the content is no TIFF, PNG or JPEG image; give it its right ending or scan it again",
    Code.NOT_TEXT: "the file is not UTF-8 text; convert it (iconv -t UTF-8) or give it its right ending",
    Code.ENCRYPTED: "the PDF asks for a password; store an open copy (qpdf --decrypt --password=... in.pdf out.pdf)",
    Code.DAMAGED: "the file is cut or damaged; try qpdf in.pdf out.pdf, or scan it again",
    Code.UNREADABLE: "the file can't be opened; check its permissions",
    Code.NO_PAGES: "the file has no pages; scan it again",
    Code.TOO_MANY_PAGES: "raise max_pages in the settings file to read the rest",
    Code.TOO_LARGE: "more than a page or text can hold; scan at 300 dpi, or raise max_pixels in the settings file",
    Code.RENDER_FAILED: "the page can't be drawn; open the PDF in a viewer to see whether it is damaged",
    Code.RENDER_TIMEOUT: "drawing the page took too long; raise page_seconds in the settings file",
    Code.OCR_FAILED: "the recogniser failed on this page; run ntm-extract doctor",
    Code.OCR_KILLED: "the recogniser was killed at this page; raise memory_mb in the settings file, or scan it again",
    Code.OCR_TOO_MUCH: "the recogniser wrote more than a page can hold; run ntm-extract doctor, or scan the page again",
    Code.OCR_COMPLAINTS: "the recogniser did nothing but complain; run ntm-extract doctor, or scan the page again",
    Code.OCR_EMPTY: "the recogniser ended without an answer; run ntm-extract doctor",
    Code.OCR_TRUNCATED: "the recogniser's answer breaks off; make room for temporary files, then run again",
    Code.OCR_GARBLED: "the recogniser's answer is no text; run ntm-extract doctor",
    Code.OCR_MALFORMED: "the recogniser's answer is no table of words; run ntm-extract doctor",
    Code.OCR_CONFIDENCE: "the recogniser gave a confidence that is none; run ntm-extract doctor",
    Code.OCR_BOX: "the recogniser put words outside the page; run ntm-extract doctor",
    Code.NOTHING_READ: "the page bears ink but no word was found; look at it: a picture, or to be scanned again",
    Code.OCR_TIMEOUT: "reading the page took too long; raise page_seconds in the settings file",
    Code.PAGE_TIMEOUT: "reading the page took too long; raise page_seconds in the settings file",
    Code.PAGE_KILLED: "the worker was killed at this page, twice; scan the page again, or run with fewer --jobs",
    Code.OUT_OF_MEMORY: "the page needs more memory than memory_mb; scan at 300 dpi or raise it in the settings file",
    Code.REPAIR_FAILED: "the text was kept as recognised; please report the file",
    Code.EXTRACT_FAILED: "one table could not be read from this document; please report the file",
    Code.EXTRACT_TIMEOUT: "the text was kept without facts; raise interpret_seconds in the settings file",
    Code.EXTRACT_KILLED: "the text was kept without facts; raise memory_mb in the settings file, or report the file",
    Code.CHECK_FAILED: "one check could not be made on this document; please report the file",
    Code.WORKER_DIED: "the worker was killed, most likely for lack of memory; run again with fewer --jobs",
    Code.DOCUMENT_TIMEOUT: "the document took too long; raise document_seconds in the settings file",
    Code.INTERNAL: "a fault of ours; please report the file",
}


class NtmError(Exception):
    """An error with one line for the user and an exit code. Its text says what to do."""

    exit_code = ExitCode.INTERNAL


class InputError(NtmError):
    """The source named on the command line can't be used."""

    exit_code = ExitCode.INPUT


class OutputError(NtmError):
    """The output folder can't be used."""

    exit_code = ExitCode.OUTPUT


class MissingError(NtmError):
    """A program, language or model that we need is not installed."""

    exit_code = ExitCode.MISSING


class ConfigError(NtmError):
    """The settings file is wrong."""

    exit_code = ExitCode.CONFIG


class StageError(Exception):
    """A fault that costs one page or file: raised within a stage, caught at its border, kept as a Problem."""

    def __init__(self, code: Code, error: str, page: int | None = None) -> None:
        super().__init__(error)
        self.code, self.error, self.page = code, error, page

    def problem(self, stage: str) -> Problem:
        """The value that goes into the document. Only the first line is kept, without control characters."""
        return problem(self.code, stage, self.error, self.page)


def problem(code: Code, stage: str, error: str, page: int | None = None) -> Problem:
    """A Problem whose message is one short, printable line."""
    lines = error.strip().splitlines() or [code.value]
    line = "".join(c for c in lines[0] if c.isprintable())
    return Problem(code=code.value, stage=stage, error=line[:300], page=page)
