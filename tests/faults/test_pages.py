"""One bad page among ten: nine are whole, the one is named, and the next begins in time."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from multiprocessing import connection
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from ntm_extract.edges.stages import Keys
from ntm_extract.edges.store import Store
from ntm_extract.engine import Task, do_documents, run_local
from ntm_extract.reading import document
from ntm_extract.reading.document import _recognised
from ntm_extract.settings import Settings
from ntm_extract.worker import Job

PAGES, LIMIT = 10, 2.0


def _hang() -> None:
    time.sleep(3600)


def _spin() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        pass


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _raise() -> None:
    raise ValueError("no such page")


def _swell() -> None:
    bytearray(1 << 40)


KINDS: dict[str, tuple[Callable[[], None], str]] = {
    "asleep": (_hang, "page_timeout"),
    "busy and deaf": (_spin, "page_timeout"),
    "dies": (_die, "page_killed"),
    "raises": (_raise, "ocr_failed"),
    "swells": (_swell, "out_of_memory"),
}


def badly(pipe: connection.Connection, task: Task) -> None:
    """A worker in which one page, named by the output folder, misbehaves."""
    kind, _, number = task.out.name.rpartition("@")

    def recognised(page: int, image: object, settings: Settings) -> object:
        if page == int(number):
            KINDS[kind][0]()
        return _recognised(page, image, settings)  # type: ignore[arg-type]

    document._recognised = recognised  # type: ignore[assignment]
    do_documents(pipe, task)


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scan") / "ten.tif"
    first, *rest = [Image.new("L", (300, 400), 255) for _ in range(PAGES)]
    first.save(path, save_all=True, append_images=rest, dpi=(72, 72))
    return path


@pytest.mark.parametrize("number", range(1, PAGES + 1))
@pytest.mark.parametrize("kind", KINDS)
def test_nine_pages_of_ten(scan: Path, tmp_path: Path, kind: str, number: int) -> None:
    out = tmp_path / f"{kind}@{number}"
    task = Task(out, replace(Settings(), page_seconds=LIMIT), Keys("r", "l", "x"))
    begin = time.monotonic()
    (done,) = run_local([Job(doc_id="0" * 16, place=str(scan), source="ten.tif")], task, 1, badly)
    assert done.pages == PAGES
    found = Store(out).load("0" * 16).document
    assert [(p.code, p.page) for p in found.problems] == [(KINDS[kind][1], number)]
    assert [page.number for page in found.pages] == list(range(1, PAGES + 1))
    assert sum(page.width > 0 for page in found.pages) == PAGES - 1
    assert time.monotonic() - begin < 60
