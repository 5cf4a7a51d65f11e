"""What is measured, and a folder for the runs: each set is read once, however many sections ask for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

from bench.tools import ROOT, SHARED, outputs_of


class Set(NamedTuple):
    """Documents under a name: inputs in `source` whose stem matches `only`, their truth in `truth`."""

    name: str
    source: Path
    truth: Path
    only: str = "*"

    def files(self, suffix: str = "") -> list[Path]:
        """Its inputs, in order."""
        found = (path for path in self.source.glob(f"*{suffix}") if path.is_file())
        return sorted(path for path in found if fnmatch(path.stem, self.only))


TYPESET = ("office", "poor", "fax")
SAMPLES = Set("samples", ROOT / "samples/scans", ROOT / "samples/truth")
REAL = Set("real scans", SHARED / "scans/real/in", SHARED / "scans/real")
TEXTS = (
    Set("true text, two real documents", SHARED / "gold/true", SHARED / "gold"),
    Set("true text, short and composed", SHARED / "texts/in", SHARED / "texts"),
    Set("ruined text, two real documents", SHARED / "gold/in", SHARED / "gold"),
)
TYPESETS = tuple(
    Set(f"typeset scans, {level}", SHARED / "scans/typeset/in", SHARED / "scans/typeset", f"*_{level}")
    for level in TYPESET
)
ANNEXES = Set("typeset annex tables", SHARED / "scans/tables/in", SHARED / "scans/tables")


def there(*sets: Set) -> Iterator[Set]:
    """Those of the sets that this machine has."""
    return (one for one in sets if one.source.is_dir())


class Work:
    """A folder of runs; `few` keeps to so many documents of a set, to try a measure."""

    def __init__(self, folder: Path, few: int | None = None) -> None:
        self.folder = folder
        self.few = few
        self._runs: dict[str, Path] = {}

    def new(self, name: str) -> Path:
        """A new folder in it."""
        folder = self.folder / f"{len(list(self.folder.iterdir())):03} {name}"
        folder.mkdir()
        return folder

    def gathered(self, *sets: Set, suffix: str = "") -> list[Path]:
        """Copies of the inputs of sets, in a folder of their own."""
        folder = self.new(f"{sets[0].name} in")
        return [Path(shutil.copy(path, folder)) for one in sets for path in one.files(suffix)[: self.few]]

    def run(self, one: Set) -> Path:
        """The outputs of a run over the set, with the default settings."""
        if one.name not in self._runs:
            source = self.gathered(one)[0].parent
            self._runs[one.name] = outputs_of(source, self.new(f"{one.name} out"))
        return self._runs[one.name]
