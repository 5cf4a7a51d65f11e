"""Where files lie: on a disk of this machine, or in a store that fsspec knows (s3://, sftp://, zip://...::x.zip).

A place is a path or a URL, as text. Decoders and programs want paths, so what lies in a store is fetched for as long as
it is read.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple

from ntm_extract.problems import InputError, MissingError

URL = re.compile(r"[a-z][a-z0-9+.-]*://")
TELLING = ("etag", "mtime", "lastmodified", "updated", "md5", "crc")
"""What a store may say of a file that changes with its content; without any of these a file is read to be known."""
SETTLED = 2 * 10**9  # nanoseconds after which a file's time of change can't stand for two contents


class Listed(NamedTuple):
    """A file of a store: its path below the root, its place, and what changes with its content ("" if unknown)."""

    source: str
    place: str
    stamp: str


def is_url(place: str) -> bool:
    """Whether a place is in a store, not on a disk."""
    return URL.match(place) is not None


def listed(url: str) -> list[Listed]:
    """Every file at or below a URL. Raises InputError where the store does not answer, MissingError without its driver.

    A store may call its files anything: names that would lead out of a folder are passed over.
    """
    store, root = _store(url)
    _, chained, outer = url.partition("::")
    try:
        files: dict[str, dict[str, Any]] = store.find(root, detail=True)
    except Exception as error:  # each driver has errors of its own
        raise InputError(f"can't list {url}: {type(error).__name__}: {error}") from error
    found = []
    for path, told in sorted(files.items()):
        below = path.removeprefix(root).strip("/") or PurePosixPath(path).name
        if told.get("type") == "file" and not {"", ".", ".."}.intersection(below.split("/")):
            found.append(Listed(below, store.unstrip_protocol(path) + chained + outer, _stamp(told)))
    return found


def stamp(place: str) -> str:
    """What changes with the content of a file on a disk; "" while it is too young to tell. Raises OSError."""
    seen = Path(place).stat()
    if time.time_ns() - seen.st_ctime_ns < SETTLED:
        return ""
    return f"{seen.st_ino} {seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns}"


@contextlib.contextmanager
def opened(place: str) -> Iterator[IO[bytes]]:
    """The bytes of a file. Raises OSError."""
    if not is_url(place):
        with Path(place).open("rb") as file:
            yield file
        return
    store, path = _store(place)
    with _as_os_error(), store.open(path, "rb") as file:
        yield file


@contextlib.contextmanager
def fetched(place: str, folder: Path | None = None) -> Iterator[Path]:
    """A path to the file: its own, or of a copy in `folder` (default: the system's) that goes with the block.

    Raises OSError where it can't be fetched.
    """
    if not is_url(place):
        yield Path(place)
        return
    store, path = _store(place)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".part-", suffix=PurePosixPath(path).suffix[:8], dir=folder)
    os.close(descriptor)
    try:
        with _as_os_error():
            store.get_file(path, name)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _store(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path in it."""
    try:
        fsspec = importlib.import_module("fsspec")
        store, path = fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise MissingError(
            f"{url} needs fsspec and its driver; type: pip install 'ntm-extract[s3]' ({error})"
        ) from error
    except Exception as error:
        raise InputError(f"{url} can't be opened: {error}") from error
    return store, str(path)


def _stamp(told: dict[str, Any]) -> str:
    """A hash of what a store tells of a file, where any of it changes with the content."""
    names = {name: re.sub("[^a-z0-9]", "", name.lower()) for name in told}
    kept = {name: str(told[name]) for name, plain in names.items() if plain.startswith(TELLING) and told[name]}
    if not kept:
        return ""
    return hashlib.sha256(repr((sorted(kept.items()), told.get("size"))).encode()).hexdigest()[:16]


@contextlib.contextmanager
def _as_os_error() -> Iterator[None]:
    """Whatever a store's driver raises, said as one kind of error."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error
