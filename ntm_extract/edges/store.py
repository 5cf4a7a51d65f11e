"""Files written whole or not at all, and the stored results: one JSON a document, the truth behind every table."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec

from ntm_extract.facts import Result
from ntm_extract.problems import OutputError

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Result)


@contextmanager
def atomic(path: Path, *, mode: str = "w", newline: str = "\n") -> Iterator[IO[str]]:
    """A text file that appears under its name only when it is whole: written beside it, synced, then renamed."""
    with atomic_path(path) as temporary, temporary.open(mode, encoding="utf-8", newline=newline) as handle:
        yield handle
        handle.flush()
        os.fsync(handle.fileno())


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """A path to write to that is renamed to `path` at the end, or removed if writing failed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".part-", suffix=path.suffix, dir=path.parent)
        os.close(descriptor)
    except OSError as error:
        raise OutputError(f"can't write {path}: {error.strerror}; choose another --out") from error
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"can't write {path}: {error.strerror}; choose another --out") from error
    finally:
        temporary.unlink(missing_ok=True)


class Store:
    """The folder `results/` of an output folder: a Result for each document, found by its doc_id."""

    def __init__(self, out: Path) -> None:
        self.folder = out / "results"

    def path(self, doc_id: str) -> Path:
        """Where the result of a document lies."""
        return self.folder / f"{doc_id}.json"

    def save(self, result: Result) -> None:
        """Write a result, atomically."""
        with atomic(self.path(result.document.doc_id)) as handle:
            handle.write(_encoder.encode(result).decode())

    def load(self, doc_id: str) -> Result:
        """Read a result back. Raises OutputError if it is missing or not ours."""
        try:
            return _decoder.decode(self.path(doc_id).read_bytes())
        except (OSError, msgspec.DecodeError) as error:
            raise OutputError(f"stored result {self.path(doc_id)} can't be read: {error}; run again") from error
