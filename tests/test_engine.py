"""A worker that dies, hangs or can't start costs what it held, and is never mistaken for success."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing import connection
from pathlib import Path

import pytest
from msgspec.structs import replace

from ntm_extract.edges.store import Store
from ntm_extract.engine import Done, Job, run_local, save_failed
from ntm_extract.problems import Code, ExitCode, MissingError, NtmError
from ntm_extract.settings import Settings

SETTINGS = Settings(document_seconds=20)


def jobs(*names: str) -> list[Job]:
    return [Job(f"{index:016x}", f"/nowhere/{name}", name) for index, name in enumerate(names)]


def obedient(pipe: connection.Connection, out: Path, settings: Settings) -> None:
    """Does as each job's name says."""
    while True:
        job: Job = pipe.recv()
        if job.source == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if job.source == "hang":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(3600)
        pipe.send(Done(job.doc_id, job.source, 1, 0))


def legless(pipe: connection.Connection, out: Path, settings: Settings) -> None:
    raise MissingError("tesseract is not installed; type: sudo apt-get install tesseract-ocr")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_dead_worker_costs_its_document_only(tmp_path: Path, workers: int) -> None:
    done = list(run_local(jobs("a", "die", "b", "c"), tmp_path, SETTINGS, workers, obedient))
    assert {d.source: d.problems for d in done} == {"a": 0, "die": 1, "b": 0, "c": 0}
    stored = Store(tmp_path).load(f"{1:016x}")
    assert [p.code for p in stored.document.problems] == ["worker_died"]
    assert stored.status == "failed"


def test_a_hanging_worker_is_killed_at_its_limit(tmp_path: Path) -> None:
    begin = time.monotonic()
    limited = replace(SETTINGS, document_seconds=4.0)
    done = list(run_local(jobs("hang", "a"), tmp_path, limited, 1, obedient))
    assert {d.source: d.problems for d in done} == {"hang": 1, "a": 0}
    assert time.monotonic() - begin < 20
    assert [p.code for p in Store(tmp_path).load(f"{0:016x}").document.problems] == ["document_timeout"]


def test_what_no_worker_can_do_ends_the_run_with_its_exit_code(tmp_path: Path) -> None:
    with pytest.raises(NtmError, match="apt-get") as caught:
        list(run_local(jobs("a"), tmp_path, SETTINGS, 1, legless))
    assert caught.value.exit_code == ExitCode.MISSING


def test_a_failed_document_is_stored(tmp_path: Path) -> None:
    (job,) = jobs("x.pdf")
    save_failed(job, tmp_path, Code.UNREADABLE, "Permission denied\nmore")
    assert Store(tmp_path).load(job.doc_id).document.problems[0].error == "Permission denied"
