"""A text file as pages of lines, each with its number in the file."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from ntm_extract.layout.barred import with_barred
from ntm_extract.model import Line, Page, Word
from ntm_extract.problems import Code, StageError

MOST = 64 << 20  # bytes: tens of thousands of pages


def pages(path: Path) -> tuple[Page, ...]:
    """Pages of a UTF-8 text, parted at form feeds. Blank lines are kept; lines count over the whole file.

    Raises StageError where the bytes are no text, or more than anybody wrote.
    """
    if path.stat().st_size > MOST:
        raise StageError(Code.TOO_LARGE, f"the text is larger than {MOST >> 20} MiB")
    return split(decode(path.read_bytes()))


def decode(data: bytes) -> str:
    """The bytes as NFC text with plain newlines. UTF-8, with or without a byte order mark, or UTF-16 with one."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise StageError(Code.NOT_TEXT, f"byte {error.start} is no UTF-8") from error
    if "\0" in text:
        raise StageError(Code.NOT_TEXT, "the file holds binary data")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def split(text: str) -> tuple[Page, ...]:
    """Pages of a text. A form feed in the middle of a line parts it: both halves keep the line's number."""
    found = []
    number = 1
    for index, part in enumerate(text.split("\f"), start=1):
        rows = part.split("\n")
        last = rows.pop()  # "" where the part ends with a newline
        lines = [_line(number + i, row) for i, row in enumerate(rows)]
        number += len(rows)
        if last:
            lines.append(_line(number, last))
            rows.append(last)
        told, tables = with_barred(lines, rows, index)
        found.append(Page(number=index, lines=told, tables=tables, text_source="text"))
    if len(found) > 1 and not found[-1].lines:  # a form feed after the last page opens no other
        found.pop()
    return tuple(found)


def _line(number: int, row: str) -> Line:
    return Line(number=number, words=tuple(Word(text=w, recognised=w) for w in row.split()))
