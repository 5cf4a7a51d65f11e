"""The figures of docs/faults.md: what an archive may come with, and what the fault tests and damaged files measure.

`python -m bench faults` takes an hour on two cores: it runs every fault test, the bomb of 5,000 pages at the default
page cap, and 5,000 damaged files. A test that fails ends it, and nothing is written of its section.
"""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench import fuzz_files
from bench.tools import CORES, ROOT, table
from bench.work import Work
from ntm_extract.settings import Settings

SEED, MUTANTS = 8, 5000


class Asked(NamedTuple):
    """What is asked of a run, and the tests that hold it: a file, and names within it (all, where there is none)."""

    what: str
    file: str
    names: tuple[str, ...] = ()

    @property
    def command(self) -> str:
        """How to run them alone."""
        return f"pytest --no-cov {self.file}" + (f" -k '{' or '.join(self.names)}'" if self.names else "")


ASKED = (
    Asked(
        "Files made to burst whoever opens them end named, a worker within 1.5 GiB and the run within 300 MiB; the "
        "file beside them is read",
        "tests/faults/test_bombs.py",
    ),
    Asked(
        "A page that hangs, is deaf to signals, dies, raises or swells, at each of ten places: nine pages are whole, "
        "the one is named",
        "tests/faults/test_pages.py",
    ),
    Asked(
        "Renderer, recogniser or extractor hang: the next page begins within the limit and 2 s",
        "tests/faults/test_hangs.py",
    ),
    Asked(
        "`kill -9` at 50 moments over 30 documents: tables as those of an undisturbed run, no stored page read again, "
        "no process left, no reader sees half a table",
        "tests/faults/test_kill.py",
        ("killed_at_any_moment",),
    ),
    Asked(
        "Ctrl-C and SIGTERM, by hand, by a terminal, in a script's `&`: ended within 15 s, one line, exit code 130",
        "tests/faults/test_kill.py",
        ("interrupt",),
    ),
    Asked(
        "The same bytes on one worker or two, in another order of files, time zone, locale, hash seed",
        "tests/faults/test_kill.py",
        ("changes_nothing",),
    ),
    Asked("The same bytes from Dask, one of its two workers killed", "tests/faults/test_kill.py", ("dask_makes",)),
    Asked(
        "1,000 files, one TIFF and one PDF of 1,500 pages: the run's memory at its end is at most 1.1 of that at a "
        "tenth; an unchanged archive goes at 300 documents a second or more",
        "tests/faults/test_memory.py",
    ),
    Asked(
        "A disk that is full, read-only, bounds files or goes away: one line, exit code 5, and whole tables once there "
        "is room",
        "tests/faults/test_disk.py",
    ),
    Asked(
        "A recogniser that misbehaves, as a program in 17 ways, as a library in 14: each a problem with its code, none "
        "an empty page",
        "tests/test_ocr_faults.py",
    ),
    Asked(
        "Forty hostile strings in each text column: no formula in CSV or workbook opened by LibreOffice, all read back",
        "tests/test_hostile_cells.py",
    ),
    Asked("Programs stay within time, memory and output, and leave nothing behind", "tests/test_sandbox.py"),
    Asked("Files in a store (`zip://`, `file://`) make the tables of those on a disk", "tests/test_locations.py"),
)


class Case(NamedTuple):
    """A test that was run."""

    file: str
    name: str
    passed: bool
    skipped: bool
    measured: tuple[str, ...]


def measured(files: Sequence[str], work: Work) -> str:
    """Run the tests of these files and tell, for each thing asked, how many hold it and what they measured."""
    cases = _run(work.new("faults") / "tests.xml", files)
    rows = []
    for asked in (asked for asked in ASKED if asked.file in files):
        mine = [case for case in cases if held_by(asked, case)]
        passed, skipped = sum(case.passed for case in mine), sum(case.skipped for case in mine)
        count = f"{passed} passed" + (f", {skipped} skipped" if skipped else "")
        rows.append(
            [asked.what, count, "<br>".join(line for case in mine for line in case.measured), f"`{asked.command}`"]
        )
    return table(["asked", "tests", "measured", "alone"], rows)


def held_by(asked: Asked, case: Case) -> bool:
    """Whether a test is one of those that hold what is asked."""
    return case.file == asked.file and (not asked.names or any(name in case.name for name in asked.names))


def _run(report: Path, files: Sequence[str]) -> list[Case]:
    """Run the tests of these files. Raises SystemExit where one fails."""
    cap = {**os.environ, "NTM_PAGE_CAP": str(Settings().max_pages)}
    command = [sys.executable, "-m", "pytest", "--no-cov", f"--junitxml={report}", *files]
    if subprocess.run(command, cwd=ROOT, env=cap, stdout=sys.stderr, check=False).returncode:
        raise SystemExit("a fault test failed: nothing is written")
    return list(cases_of(report.read_text(encoding="utf-8")))


def cases_of(report: str) -> Iterator[Case]:
    """The tests of a JUnit report."""
    for found in ET.fromstring(report).iter("testcase"):
        skipped = found.find("skipped") is not None
        failed = any(found.find(kind) is not None for kind in ("failure", "error"))
        measured = tuple(one.attrib["value"] for one in found.iter("property") if one.attrib["name"] == "measured")
        file = found.attrib["classname"].replace(".", "/") + ".py"
        yield Case(file, found.attrib["name"], not (skipped or failed), skipped, measured)


def mutants(work: Work) -> str:
    """Read damaged files, and count what they end as."""
    number, codes, wrong = work.few or MUTANTS, Counter[str](), list[str]()
    for first in range(0, number, fuzz_files.CHUNK):
        found, ours = fuzz_files.fuzz(range(first, min(first + fuzz_files.CHUNK, number)), SEED, CORES)
        codes, wrong = codes + found, wrong + ours
    if wrong:
        raise SystemExit("\n".join(wrong))
    said = table(["ended as", "files and pages"], [[f"`{code}`", count] for code, count in codes.most_common()])
    return f"{number:,} damaged files, none an exception, a dead worker or missing:\n\n{said}"


FILES = {
    "bombs": ("tests/faults/test_bombs.py",),
    "workers": ("tests/faults/test_pages.py", "tests/faults/test_hangs.py"),
    "kills": ("tests/faults/test_kill.py",),
    "runs": ("tests/faults/test_memory.py", "tests/faults/test_disk.py", "tests/test_locations.py"),
    "programs": ("tests/test_sandbox.py", "tests/test_ocr_faults.py", "tests/test_hostile_cells.py"),
}
SECTIONS = {**{name: partial(measured, files) for name, files in FILES.items()}, "mutants": mutants}
