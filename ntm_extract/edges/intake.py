"""Which files of a folder are documents, what each really is, and the identity of its content."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from msgspec import Struct

from ntm_extract.model import Media
from ntm_extract.problems import Code, InputError, StageError

ENDINGS: dict[str, Media] = {
    ".pdf": "pdf",
    ".tif": "image",
    ".tiff": "image",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".txt": "text",
}
IMAGE_MAGIC = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
MISNAMED: dict[Media, Code] = {"pdf": Code.NOT_A_PDF, "image": Code.NOT_AN_IMAGE, "text": Code.NOT_TEXT}
CHUNK = 1 << 20


class Found(Struct, frozen=True, order=True):
    """A file to read. `source` is its path relative to the archive's root, `/` between parts.

    Bytes of a name that are no UTF-8 stand in `source` as `\\xff`; `path` keeps them.
    """

    source: str
    path: Path


def find(src: Path) -> tuple[Found, ...]:
    """The documents at a file or below a folder, sorted by source. Raises InputError where there is nothing to read.

    Hidden files and folders are passed over; symbolic links are not followed. A folder below `src` that can't be looked
    into is among the found, so that reading it fails and is listed.
    """
    if not src.exists():
        raise InputError(f"{src} does not exist; give a file or a folder of scans")
    if src.is_file():
        if src.suffix.lower() not in ENDINGS:
            raise InputError(f"{src} has no known ending; give one of {' '.join(ENDINGS)}")
        return (Found(_printable(src.name), src),)
    if not src.is_dir():
        raise InputError(f"{src} is neither a file nor a folder")
    found: list[Found] = []

    def refused(error: OSError) -> None:
        folder = Path(os.fsdecode(error.filename))
        if folder == src:
            raise InputError(f"can't look into {src}: {error.strerror}; check its permissions") from error
        found.append(Found(_printable(folder.relative_to(src).as_posix()), folder))

    for folder, folders, names in os.walk(src, followlinks=False, onerror=refused):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(folder) / name
            if not name.startswith(".") and path.suffix.lower() in ENDINGS and not path.is_symlink() and path.is_file():
                found.append(Found(_printable(path.relative_to(src).as_posix()), path))
    if not found:
        raise InputError(f"{src} holds nothing to read; known endings are {' '.join(ENDINGS)}")
    return tuple(sorted(found))


def _printable(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def doc_id(path: Path) -> str:
    """First 16 hex digits of the SHA-256 of the content."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()[:16]


def media(path: Path) -> Media:
    """What the file is: by its first bytes, then by its ending. Raises StageError for an empty or misnamed file."""
    with path.open("rb") as file:
        start = file.read(1024)
    if not start:
        raise StageError(Code.EMPTY_FILE, "the file is empty")
    if b"%PDF-" in start:  # the standard allows junk before it
        return "pdf"
    if start.startswith(IMAGE_MAGIC):
        return "image"
    named = ENDINGS.get(path.suffix.lower(), "text")
    if named != "text":
        raise StageError(MISNAMED[named], f"the content is no {path.suffix.lower()} file")
    return "text"
