"""Which files of a folder are documents, what each really is, and the identity of its content."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from pathlib import Path

from msgspec import Struct

from ntm_extract.edges import locations
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
CHUNK = 1 << 20  # bytes
LINK = "links"
OUTPUTS = ({"results", "rows"}, "run.log")
"""Folders and a file that an output folder has: what is in it came of an archive, and is none."""


class Found(Struct, frozen=True, order=True):
    """A file to read. `source` is its path relative to the archive's root, `/` between parts.

    Bytes of a name that are no UTF-8 stand in `source` as `\\xff`; `place` keeps them. A store's `stamp` of the file
    changes with its content.
    """

    source: str
    place: str
    stamp: str = ""


class Archive(Struct, frozen=True):
    """What lies at a place: the documents, by source, and how many other files were passed over, by ending."""

    found: tuple[Found, ...]
    others: dict[str, int]


def find(src: Path | str) -> tuple[Found, ...]:
    """The documents at a place, as `survey` finds them."""
    return survey(src).found


def survey(src: Path | str) -> Archive:
    """What lies at a file, below a folder or a URL. Raises InputError where there is nothing to read.

    Hidden files and folders are passed over, and so are folders of outputs; symbolic links are not followed. A folder
    below `src` that can't be looked into is among the found, so that reading it fails and is listed.
    """
    others: Counter[str] = Counter()
    found = _in_store(str(src), others) if locations.is_url(str(src)) else _on_disk(Path(src), others)
    if not found:
        raise InputError(f"{src} holds nothing to read; known endings are {' '.join(ENDINGS)}")
    return Archive(tuple(sorted(found)), dict(others.most_common()))


def _known(name: str, others: Counter[str]) -> bool:
    """Whether a file's ending is one that is read; if not, it is counted."""
    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        others[ending] += 1
    return ending in ENDINGS


def _in_store(url: str, others: Counter[str]) -> list[Found]:
    return [
        Found(_printable(source), place, stamp)
        for source, place, stamp in locations.listed(url)
        if not any(part.startswith(".") for part in source.split("/")) and _known(source, others)
    ]


def _on_disk(src: Path, others: Counter[str]) -> list[Found]:
    if not src.exists():
        raise InputError(f"{src} does not exist; give a file or a folder of scans")
    if src.is_file():
        if not _known(src.name, others):
            raise InputError(f"{src} has no known ending; give one of {' '.join(ENDINGS)}")
        return [Found(_printable(src.name), str(src.absolute()))]
    if not src.is_dir():
        raise InputError(f"{src} is neither a file nor a folder")
    found: list[Found] = []

    def refused(error: OSError) -> None:
        folder = Path(os.fsdecode(error.filename))
        if folder == src:
            raise InputError(f"can't look into {src}: {error.strerror}; check its permissions") from error
        found.append(Found(_printable(folder.relative_to(src).as_posix()), str(folder.absolute())))

    for folder, folders, names in os.walk(src, followlinks=False, onerror=refused):
        if Path(folder) != src and OUTPUTS[0].issubset(folders) and OUTPUTS[1] in names:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in (name for name in names if not name.startswith(".")):
            path = Path(folder) / name
            if path.is_symlink():
                others[LINK] += 1
            elif path.is_file() and _known(name, others):
                found.append(Found(_printable(path.relative_to(src).as_posix()), str(path.absolute())))
    return found


def _printable(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def content(place: str) -> tuple[str, int]:
    """Identity of a file's content, the first 16 hex digits of its SHA-256, and its size. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    with locations.opened(place) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest()[:16], size


def doc_id(path: Path) -> str:
    """Identity of a file's content."""
    return content(str(path))[0]


def nameless(found: Found) -> str:
    """Identity of a file that has no content to be known by: it can't be read, or is empty."""
    return hashlib.sha256(f"unreadable:{found.source}".encode(errors="surrogateescape")).hexdigest()[:16]


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
