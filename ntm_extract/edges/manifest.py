"""What the tables of an output folder were made from, so that they are not made again for nothing."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import msgspec
from msgspec import Struct

from ntm_extract.edges.store import atomic
from ntm_extract.outputs.attention import Attention, Look

NAME = ".tables.json"


class Manifest(Struct, frozen=True, kw_only=True):
    """A hash of everything that the tables hang on, what they came to, and the files as they were written."""

    made_from: str
    rows: dict[str, int]
    needs_look: int
    failed: dict[str, int]  # checks by severity
    first: tuple[Look, ...]  # what is most worth a person's minute
    unused: tuple[str, ...]
    files: dict[str, tuple[int, int]]  # size in bytes and time of change in ns, by path within the output folder

    @classmethod
    def of(
        cls, out: Path, made_from: str, rows: dict[str, int], attention: Attention, unused: tuple[str, ...]
    ) -> Manifest:
        """Of the files as they are now."""
        return cls(
            made_from=made_from,
            rows=rows,
            needs_look=attention.marked,
            failed=dict(attention.failed),
            first=attention.first,
            unused=unused,
            files={name: _seen(out / name) for name in _names(out)},
        )

    def stands(self, out: Path, made_from: str) -> bool:
        """Whether tables made now would be the files that are there."""
        if made_from != self.made_from:
            return False
        return set(_names(out)) == self.files.keys() and all(_seen(out / n) == seen for n, seen in self.files.items())


def load_manifest(out: Path) -> Manifest | None:
    """The manifest of the last tables, if they were finished."""
    try:
        return msgspec.json.decode((out / NAME).read_bytes(), type=Manifest)
    except (OSError, ValueError):
        return None


def save_manifest(out: Path, manifest: Manifest) -> None:
    """Keep the manifest, once all files are written."""
    with atomic(out / NAME) as handle:
        handle.write(msgspec.json.encode(manifest).decode())


def _names(out: Path) -> list[str]:
    """Tables, sheets and texts, without what people and runs write beside them."""
    tables = [
        p.name for p in out.iterdir() if p.suffix in {".csv", ".xlsx", ".parquet"} and p.name != "corrections.csv"
    ]
    below = chain((out / "text").rglob("*.txt"), (out / "tables").rglob("*.csv"))
    return [*tables, *(p.relative_to(out).as_posix() for p in below)]


def _seen(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns
