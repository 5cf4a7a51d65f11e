"""Files written whole or not at all, and what is stored of each document: as read, as understood, as rows of tables.

read/<doc_id>.json      the Document as read: costly, so kept apart and read again only when reading itself changed
results/<doc_id>.json   the Result: the truth behind every table
rows/<doc_id>.json      its rows as they stand in the tables, with the key they were made under; written last, so that
                        a document that has them has everything
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct

from ntm_extract.model import Document
from ntm_extract.outputs.attention import Look
from ntm_extract.outputs.series import Point
from ntm_extract.problems import OutputError
from ntm_extract.result import Result

_encoder = msgspec.json.Encoder(order="deterministic")


class Reading(Struct, frozen=True, kw_only=True):
    """A Document as read, and the key that it was read under."""

    key: str
    limits: str  # the limits then in force; they count only where one of them cut the document short
    document: Document


class Entry(Struct, frozen=True, kw_only=True):
    """What tells whether a stored document is as a run wants it: the first line of its rows."""

    doc_id: str
    key: str
    limits: str
    source: str
    also_at: tuple[str, ...] = ()
    pages: int = 0
    codes: tuple[str, ...] = ()  # of its problems


class Rows(Struct, frozen=True, kw_only=True):
    """The rows of one document, ready to be put into the tables: the second line."""

    tables: dict[str, str]  # CSV lines by table
    counts: dict[str, int]
    confidences: tuple[float, ...]  # of its facts; -1 for one with a failed check
    failed: dict[str, int]  # checks by severity
    looks: tuple[Look, ...]  # what in it is most worth a person's minute
    points: tuple[Point, ...]  # its indicators that other documents may have too
    ids: tuple[str, ...]  # everything in it that a decision can name
    source: str
    sheets: tuple[tuple[int, str], ...]  # number and CSV of each annex table, as on paper
    text: str | None  # None where no page was read


_readings = msgspec.json.Decoder(Reading)
_results = msgspec.json.Decoder(Result)
_entries = msgspec.json.Decoder(Entry)
_rows = msgspec.json.Decoder(Rows)


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
    """What an output folder holds of each document, found by its doc_id. What is torn or not ours counts as absent."""

    def __init__(self, out: Path) -> None:
        self.folder = out / "results"
        self.readings = out / "read"
        self.rows = out / "rows"

    def sweep(self) -> None:
        """Remove what a killed run left half written."""
        for folder in (self.folder.parent, self.folder, self.readings, self.rows):
            for path in folder.glob(".part-*"):
                path.unlink(missing_ok=True)

    def path(self, doc_id: str) -> Path:
        """Where the result of a document lies."""
        return self.folder / f"{doc_id}.json"

    def journal(self, doc_id: str) -> Path:
        """Where the pages of a document lie while it is being read."""
        return self.readings / f"{doc_id}.part"

    def unfinished(self) -> dict[str, int]:
        """Pages read so far of each document that is not read whole."""
        return {path.stem: path.read_bytes().count(b"\n") for path in sorted(self.readings.glob("*.part"))}

    def save_reading(self, reading: Reading) -> None:
        """Keep a document as read, atomically."""
        _write(self.readings / f"{reading.document.doc_id}.json", _encoder.encode(reading))

    def reading(self, doc_id: str) -> Reading | None:
        """The document as it was read, if it was."""
        try:
            return _readings.decode((self.readings / f"{doc_id}.json").read_bytes())
        except (OSError, ValueError):
            return None

    def save(self, result: Result, entry: Entry, rows: Rows) -> None:
        """Keep a result and then its rows, each atomically."""
        _write(self.path(entry.doc_id), _encoder.encode(result))
        _write(self.rows / f"{entry.doc_id}.json", _encoder.encode(entry) + b"\n" + _encoder.encode(rows) + b"\n")

    def load(self, doc_id: str) -> Result:
        """Read a result back. Raises OutputError if it is missing or not ours."""
        try:
            return _results.decode(self.path(doc_id).read_bytes())
        except (OSError, ValueError) as error:
            raise OutputError(f"stored result {self.path(doc_id)} can't be read: {error}; run again") from error

    def entry(self, doc_id: str) -> Entry | None:
        """What is stored of a document; None unless it is whole."""
        try:
            with (self.rows / f"{doc_id}.json").open("rb") as file:
                entry = _entries.decode(file.readline())
        except (OSError, ValueError):
            return None
        return entry if self.path(doc_id).exists() else None

    def load_rows(self, doc_id: str) -> Rows:
        """The rows of a stored document. Raises OutputError if they are not there."""
        path = self.rows / f"{doc_id}.json"
        try:
            with path.open("rb") as file:
                file.readline()
                return _rows.decode(file.read())
        except (OSError, ValueError) as error:
            raise OutputError(f"stored rows {path} can't be read: {error}; run again") from error

    def stamp(self, doc_id: str) -> str:
        """Changes whenever the rows of a document are stored anew."""
        found = (self.rows / f"{doc_id}.json").stat()
        return f"{doc_id} {found.st_size} {found.st_mtime_ns} {found.st_ino}\n"

    def entries(self) -> Iterator[Entry]:
        """Everything stored, in the order of doc_id."""
        for path in sorted(self.rows.glob("[!.]*.json")):
            entry = self.entry(path.stem)
            if entry is not None:
                yield entry


def _write(path: Path, data: bytes) -> None:
    with atomic(path) as handle:
        handle.write(data.decode())
