"""Whatever hangs, and however: the next page begins within the limit and two seconds."""

from __future__ import annotations

import json
import os
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from multiprocessing import connection
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from ntm_extract import pipeline
from ntm_extract.edges import ocr, render
from ntm_extract.edges.stages import Keys
from ntm_extract.edges.store import Store
from ntm_extract.engine import Task, do_documents, run_local
from ntm_extract.reading import document
from ntm_extract.reading.document import _guarded
from ntm_extract.settings import Settings
from ntm_extract.worker import Job
from tests.faults.conftest import Told

LIMIT, SLACK = 6.0, 2.0
PAGES, BAD = 4, 2


def asleep() -> None:
    time.sleep(3600)


def deaf() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        pass


WAYS = {"asleep": asleep, "deaf": deaf}
PLACES: dict[str, tuple[object, str, str]] = {
    "renderer": (render, "draw", "page_timeout"),
    "ocr": (ocr, "read", "page_timeout"),
    "extractor": (pipeline, "understand", "extract_timeout"),
}


class Watched:
    """The pipe of a worker; what it says of where it is goes to a file too, with the time."""

    def __init__(self, pipe: connection.Connection, path: Path) -> None:
        self.recv, self._pipe, self._path = pipe.recv, pipe, path

    def send(self, said: object) -> None:
        if isinstance(said, int):
            note(self._path, said)
        self._pipe.send(said)


def note(path: Path, what: object) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps([what, time.time()]) + "\n")


def hanging(pipe: connection.Connection, task: Task) -> None:
    """A worker in which a place of the pipeline, named by the output folder, hangs the first time it is at a page."""
    place, way = task.out.name.split("@")
    module, name, _ = PLACES[place]
    real, log, at = getattr(module, name), task.out.parent / "log", [0]

    def guarded(number: int, work: Callable[[], object], journal: object) -> object:
        at[0] = number
        return _guarded(number, work, journal)  # type: ignore[arg-type]

    def hang(*given: object, **more: object) -> object:
        flag = task.out.parent / "hung"
        if (place == "extractor" or at[0] == BAD) and not flag.exists():
            flag.touch()
            note(log, "hangs")
            WAYS[way]()
        return real(*given, **more)

    document._guarded = guarded  # type: ignore[assignment]
    setattr(module, name, hang)
    do_documents(Watched(pipe, log), task)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two PDFs whose pages bear ink."""
    folder, paths = tmp_path_factory.mktemp("scans"), []
    for shade in (0, 40):
        page = Image.new("L", (600, 800), 255)
        page.paste(shade, (60, 60, 500, 66))
        page.paste(shade, (60, 120, 500, 126))
        paths.append(folder / f"{shade}.pdf")
        page.save(paths[-1], save_all=True, append_images=[page] * (PAGES - 1), resolution=72)
    return paths


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("place", PLACES)
def test_the_next_page_begins_in_time(scans: list[Path], tmp_path: Path, told: Told, place: str, way: str) -> None:
    out = tmp_path / f"{place}@{way}"
    out.mkdir()
    limits = replace(Settings(), page_seconds=LIMIT, interpret_seconds=LIMIT, repair=False)
    jobs = [Job(doc_id=str(n) * 16, place=str(path), source=path.name) for n, path in enumerate(scans)]
    assert len(list(run_local(jobs, Task(out, limits, Keys("r", "l", "x")), 1, hanging))) == 2
    said = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    hung = next(at for what, at in said if what == "hangs")
    following = next(at for what, at in said if at > hung and what > 0)
    told(f"hang in {place}, {way}: the next page began {following - hung:.2f} s after it, the limit being {LIMIT:g} s")
    assert following - hung <= LIMIT + SLACK
    problems = [p for n in range(2) for p in Store(out).load(str(n) * 16).document.problems]
    assert PLACES[place][2] in {p.code for p in problems}


PROGRAM = """#!{python} -IS
import signal, sys, time
if "-v" in sys.argv:
    sys.exit(sys.stderr.write("pdftoppm version 22.12.0\\n") * 0)
{ignore}
open({flag!r}, "a").write(str(time.time()) + "\\n")
while True: {does}
"""


@pytest.fixture(params=["asleep", "deaf"])
def pdftoppm(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A pdftoppm that draws nothing, ever; the file tells when it was started."""
    folder, flag = tmp_path / "bin", tmp_path / "flag"
    folder.mkdir()
    ignore = "signal.signal(signal.SIGTERM, signal.SIG_IGN)" if request.param == "deaf" else ""
    does = "pass" if request.param == "deaf" else "time.sleep(60)"
    path = folder / "pdftoppm"
    path.write_text(PROGRAM.format(python=sys.executable, ignore=ignore, does=does, flag=str(flag)), encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    yield flag


def test_a_renderer_that_hangs(pdftoppm: Path, tmp_path: Path) -> None:
    import pikepdf

    path = tmp_path / "drawn.pdf"
    with pikepdf.new() as pdf:
        for _ in range(3):
            pdf.add_blank_page(page_size=(200, 200))
        pdf.save(path)
    found = document.read(path, "drawn.pdf", Settings(page_seconds=LIMIT))
    assert [(p.code, p.page) for p in found.problems] == [("render_timeout", n) for n in (1, 2, 3)]
    begun = [float(line) for line in pdftoppm.read_text(encoding="utf-8").split()]
    assert all(after - before <= LIMIT + SLACK for before, after in pairwise(begun))
