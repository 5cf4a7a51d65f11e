"""Workers: each a process of its own, in a session of its own, that does one document after another.

A worker tells which page it is at. One that overruns the page's time is killed, with everything it started; a new one
takes the document up at the next page. One that dies is followed by another that has the machine to itself; what dies
again at the same page loses that page. Results go to the store, only short notes come back.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import Pipe, connection
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ntm_extract.edges.journal import At, Loss
from ntm_extract.edges.sandbox import confine, kill_session
from ntm_extract.edges.stages import Keys
from ntm_extract.problems import Code, ExitCode, NtmError
from ntm_extract.settings import Settings
from ntm_extract.worker import Done, Job, Worker

GRACE = 0.3  # seconds beyond a page's time: programs that watch their own time come first, and say more
LOADING_SECONDS = 600.0  # for the models, compiled on the first use of all; no fault of a document's where it lasts
Doing = Callable[[connection.Connection, "Task"], None]


class Task(Struct, frozen=True):
    """What workers of a run have in common."""

    out: Path
    settings: Settings
    keys: Keys


class Fatal(Struct, frozen=True):
    """What no other worker could do better: it ends the run."""

    message: str
    exit_code: int


class _Process:
    """A child process and the pipe to it."""

    def __init__(self, doing: Doing, task: Task) -> None:
        self.pipe, theirs = Pipe()
        start = f"from ntm_extract.engine import live; live({theirs.fileno()})"
        self.process = subprocess.Popen(
            # killed with its parent from its first moment; -P: no module is taken from the folder where the run starts
            ["setpriv", "--pdeathsig", "KILL", sys.executable, "-P", "-c", start],
            stdin=subprocess.DEVNULL,
            stderr=None if os.environ.get("NTM_DEBUG") else subprocess.DEVNULL,  # where decoders complain of each file
            pass_fds=[theirs.fileno()],
            start_new_session=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
        theirs.close()
        self.job: Job | None = None
        self.page: int = At.OPENING
        self.alone = False
        self.deadline = self.half = 0.0
        self._settings = task.settings
        self.pipe.send((os.getpid(), sys.path, doing.__module__, doing.__name__, task))

    def give(self, job: Job, *, alone: bool = False) -> None:
        self.job, self.alone = job, alone
        self.at(At.LOADING)
        self.pipe.send(job)

    def at(self, page: int) -> None:
        """Hear where the worker is; its time begins again."""
        self.page = page
        other: dict[int, float] = {
            At.LOADING: LOADING_SECONDS,
            At.FETCHING: self._settings.document_seconds,
            At.INTERPRETING: self._settings.interpret_seconds,
        }
        limit = other.get(page, self._settings.page_seconds)
        self.half, self.deadline = time.monotonic() + limit / 2, time.monotonic() + limit + GRACE

    def end(self) -> None:
        """Let an idle worker go; one that holds a document, or will not go, is killed."""
        self.pipe.close()
        if self.job is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=5)
        self.kill()

    def kill(self) -> None:
        """End the worker and every program that it started."""
        kill_session(self.process.pid)
        self.process.wait()
        self.pipe.close()


def run_local(jobs: Sequence[Job], task: Task, workers: int, doing: Doing | None = None) -> Iterator[Done]:
    """Do all jobs on `workers` processes; yield each as it ends, in no fixed order. Raises NtmError on a Fatal.

    `doing` is a worker's life (default: the pipeline); it must be importable by name.
    """
    crew = Crew(task, workers, doing)
    try:
        yield from crew.work(jobs)
    finally:
        crew.end()


class Crew:
    """The processes of a run, what waits for them, and what some of them died of."""

    def __init__(self, task: Task, size: int, doing: Doing | None = None) -> None:
        self._task, self._size, self._doing = task, size, doing or do_documents
        self._running: list[_Process] = []
        self._spare: _Process | None = None  # ready to take up after one that is late, so that no page waits for it
        self._waiting: deque[Job] = deque()
        self._suspect: deque[Job] = deque()  # what a worker died of: done when nothing else is
        self._died_at: dict[str, int] = {}

    def work(self, jobs: Sequence[Job]) -> Iterator[Done]:
        """Do all jobs."""
        self._waiting.extend(jobs)
        while self._waiting or self._suspect or any(p.job for p in self._running):
            self._hand_out()
            busy = [p for p in self._running if p.job]
            if self._spare is None and any(p.half <= time.monotonic() for p in busy):
                self._spare = _Process(self._doing, self._task)
            until = min(p.deadline if self._spare else p.half for p in busy)
            ready = connection.wait([p.pipe for p in busy], timeout=max(0.0, until - time.monotonic()))
            for process in busy:
                done = self._hear(process) if process.pipe in ready else self._watch(process)
                if done is not None:
                    yield done

    def end(self) -> None:
        """Let every process go."""
        for process in [*self._running, *([self._spare] if self._spare else [])]:
            process.end()
        self._running.clear()
        self._spare = None

    def _hand_out(self) -> None:
        """Give work to whoever has none."""
        if any(p.alone and p.job for p in self._running):
            return
        while self._waiting and (process := self._idle()):
            process.give(self._waiting.popleft())
        if self._suspect and not any(p.job for p in self._running) and (process := self._idle()):
            process.give(self._suspect.popleft(), alone=True)

    def _idle(self) -> _Process | None:
        """A live worker without work, or a new one while there may be more."""
        for process in [p for p in self._running if p.job is None]:
            if process.process.poll() is None:
                return process
            process.kill()
            self._running.remove(process)
        if len(self._running) < self._size:
            self._running.append(self._spare or _Process(self._doing, self._task))
            self._spare = None
            return self._running[-1]
        return None

    def _hear(self, process: _Process) -> Done | None:
        try:
            message = process.pipe.recv()
        except (EOFError, OSError):
            return self._lost(process, died=True)
        if isinstance(message, Fatal):
            error = NtmError(message.message)
            error.exit_code = ExitCode(message.exit_code)
            raise error
        if isinstance(message, Done):
            process.job = None
            return message
        process.at(message)
        return None

    def _watch(self, process: _Process) -> Done | None:
        return self._lost(process, died=False) if time.monotonic() >= process.deadline else None

    def _lost(self, process: _Process, *, died: bool) -> Done | None:
        """End a worker; its document goes on, or fails as a whole if it could not even be opened."""
        job, page = process.job, process.page
        assert job is not None
        process.kill()
        self._running.remove(process)
        if died and not (process.alone and job.doc_id in self._died_at and self._died_at[job.doc_id] == page):
            self._died_at[job.doc_id] = page
            self._suspect.append(job)
        elif page < At.INTERPRETING:
            return _worker(self._task).fail(job, *_whole(died=died))
        else:
            self._waiting.appendleft(replace(job, losses=(*job.losses, _loss(page, self._task.settings, died=died))))
        return None


def _loss(page: int, settings: Settings, *, died: bool) -> Loss:
    if page == At.INTERPRETING:
        if died:
            return Loss(page, Code.EXTRACT_KILLED, "the worker died while it sought facts, twice")
        return Loss(page, Code.EXTRACT_TIMEOUT, f"repair and facts took longer than {settings.interpret_seconds:g} s")
    if died:
        return Loss(page, Code.PAGE_KILLED, f"the worker died at page {page}, twice")
    return Loss(page, Code.PAGE_TIMEOUT, f"page {page} took longer than {settings.page_seconds:g} s")


def _whole(*, died: bool) -> tuple[Code, str]:
    if died:
        return Code.WORKER_DIED, "the worker's process ended before the document was open, twice"
    return Code.DOCUMENT_TIMEOUT, "opening the file took too long"


def _worker(task: Task, tell: Callable[[int], None] = lambda page: None) -> Worker:
    return Worker(task.out, task.settings, task.keys, tell)


def live(descriptor: int) -> None:
    """A worker's process from begin to end: confined, deaf to Ctrl-C (the parent ends it), gone when the parent is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe: connection.Connection = connection.Connection(descriptor)
    parent, path, module, name, task = pipe.recv()
    confine(parent, task.settings.memory_mb)
    sys.path[:] = path
    try:
        getattr(importlib.import_module(module), name)(pipe, task)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the parent has gone, or has no more to do
    except NtmError as error:
        pipe.send(Fatal(str(error), int(error.exit_code)))
    except Exception as error:
        pipe.send(Fatal(f"worker can't start: {type(error).__name__}: {error}", int(ExitCode.INTERNAL)))


def do_documents(pipe: connection.Connection, task: Task) -> None:
    """A worker's life: document after document until the pipe closes."""
    worker = _worker(task, pipe.send)
    importlib.import_module("ntm_extract.reading")  # before there is work: a page's time is for the page
    while True:
        job: Job = pipe.recv()
        try:
            done = worker.do(job)
        except (NtmError, EOFError, BrokenPipeError):
            raise
        except Exception as error:  # a fault of ours must cost this document only
            done = worker.fail(job, Code.INTERNAL, f"{type(error).__name__}: {error}")
        pipe.send(done)
