"""A worker that dies, hangs or can't start costs what it held, and is never mistaken for success."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing import connection
from pathlib import Path

import pytest
from msgspec.structs import replace

from ntm_extract.edges.journal import At
from ntm_extract.edges.stages import Keys
from ntm_extract.edges.store import Store
from ntm_extract.engine import Task, run_local
from ntm_extract.problems import Code, ExitCode, MissingError, NtmError
from ntm_extract.settings import Settings
from ntm_extract.worker import Done, Job, Worker

KEYS = Keys("r", "l", "x")
PAGES = 3


def task(out: Path, **settings: float) -> Task:
    return Task(out, replace(Settings(), **settings), KEYS)


def jobs(*names: str) -> list[Job]:
    return [Job(doc_id=f"{i:016x}", place=f"/nowhere/{name}", source=name) for i, name in enumerate(names)]


def obedient(pipe: connection.Connection, task: Task) -> None:
    """Goes through the pages of a document and the text after it; does as the name says: what, and at which page."""
    while True:
        job: Job = pipe.recv()
        what, _, where = job.source.partition("@")
        lost = {loss.page for loss in job.losses}
        for page in (At.OPENING, *range(1, PAGES + 1), At.INTERPRETING):
            pipe.send(page)
            if page in lost or str(page) != where:
                continue
            flag = task.out / "died"
            if what == "die" or (what == "die-once" and not flag.exists()):
                flag.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            if what == "hang":
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                time.sleep(3600)
            if what == "spin":
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                while True:
                    pass
        pipe.send(Done(job.doc_id, job.source, PAGES, len(job.losses)))


def legless(pipe: connection.Connection, task: Task) -> None:
    raise MissingError("tesseract is not installed; type: sudo apt-get install tesseract-ocr")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_dead_worker_costs_its_page_only(tmp_path: Path, workers: int) -> None:
    given = jobs("a", "die@2", "b", "die@0", "c")
    done = list(run_local(given, task(tmp_path), workers, obedient))
    assert {d.source: d.problems for d in done} == {"a": 0, "die@2": 1, "b": 0, "die@0": 1, "c": 0}


def test_a_worker_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    done = list(run_local(jobs("a", "die-once@2", "b"), task(tmp_path), 2, obedient))
    assert {d.source: d.problems for d in done} == {"a": 0, "die-once@2": 0, "b": 0}


def test_what_can_not_be_opened_fails_as_a_whole(tmp_path: Path) -> None:
    done = list(run_local(jobs("die@-1", "hang@-1", "a"), task(tmp_path, page_seconds=1.0), 1, obedient))
    assert {d.source: d.problems for d in done} == {"die@-1": 1, "hang@-1": 1, "a": 0}
    stored = [Store(tmp_path).load(f"{i:016x}") for i in (0, 1)]
    assert [s.document.problems[0].code for s in stored] == ["worker_died", "document_timeout"]
    assert {s.status for s in stored} == {"failed"}


@pytest.mark.parametrize("how", ["hang", "spin"])
@pytest.mark.parametrize("where", ["2", "0"])
def test_whoever_hangs_is_killed_at_the_limit(tmp_path: Path, how: str, where: str) -> None:
    limited = task(tmp_path, page_seconds=1.0, interpret_seconds=1.0)
    begin = time.monotonic()
    (done,) = run_local(jobs(f"{how}@{where}"), limited, 1, obedient)
    assert done.problems == 1
    assert time.monotonic() - begin < 6


def test_what_no_worker_can_do_ends_the_run_with_its_exit_code(tmp_path: Path) -> None:
    with pytest.raises(NtmError, match="apt-get") as caught:
        list(run_local(jobs("a"), task(tmp_path), 1, legless))
    assert caught.value.exit_code == ExitCode.MISSING


def test_a_failed_document_is_stored(tmp_path: Path) -> None:
    (job,) = jobs("x.pdf")
    Worker(tmp_path, Settings(), KEYS, lambda page: None).fail(job, Code.UNREADABLE, "Permission denied\nmore")
    assert Store(tmp_path).load(job.doc_id).document.problems[0].error == "Permission denied"
