"""Workers: each a process of its own that loads the resources once and does one document after another.

A worker that dies or overruns its time costs the document it held, nothing else: its process group (with any renderer
or recogniser in it) is killed, and a new worker takes its place. Results go to the store, only a short note comes back.
"""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import connection, get_context
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ntm_extract import __version__
from ntm_extract.edges.store import Store
from ntm_extract.facts import Result
from ntm_extract.model import Document
from ntm_extract.problems import Code, ExitCode, NtmError, problem
from ntm_extract.settings import Settings


class Job(Struct, frozen=True):
    """One distinct content to be done."""

    doc_id: str
    path: str
    source: str
    also_at: tuple[str, ...] = ()


class Done(Struct, frozen=True):
    """What the parent keeps of a finished document."""

    doc_id: str
    source: str
    pages: int
    problems: int


class Fatal(Struct, frozen=True):
    """What no other worker could do better: it ends the run."""

    message: str
    exit_code: int


Work = Callable[[connection.Connection, Path, Settings], None]


class _Worker:
    """A child process and the pipe to it."""

    def __init__(self, work: Work, out: Path, settings: Settings) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_lead, args=(work, theirs, out, settings), daemon=False)
        self.process.start()
        theirs.close()
        self.job: Job | None = None
        self.deadline = 0.0

    def give(self, job: Job, seconds: float) -> None:
        self.job, self.deadline = job, time.monotonic() + seconds
        self.pipe.send(job)

    def end(self) -> None:
        """Let an idle worker go; one that holds a document, or will not go, is killed."""
        if self.job is None:
            self.pipe.close()
            self.process.join(timeout=5)
        self.kill()

    def kill(self) -> None:
        """End the worker and every program that it started."""
        try:
            if self.process.pid is not None:
                os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            self.process.kill()  # not yet, or no longer, leader of its own group
        self.process.join()
        self.pipe.close()


def run_local(
    jobs: Sequence[Job], out: Path, settings: Settings, workers: int, work: Work | None = None
) -> Iterator[Done]:
    """Do all jobs on `workers` processes; yield each as it ends, in no fixed order. Raises NtmError on a Fatal.

    `work` is a worker's life (default: the pipeline); it must be importable by name.
    """
    waiting = deque(jobs)
    running: list[_Worker] = []
    try:
        while waiting or any(w.job for w in running):
            while waiting and len(running) < workers:
                running.append(_Worker(work or run_pipeline, out, settings))
                running[-1].give(waiting.popleft(), settings.document_seconds)
            busy = [w for w in running if w.job]
            limit = max(0.0, min(w.deadline for w in busy) - time.monotonic())
            ready = connection.wait([w.pipe for w in busy], timeout=limit)
            for worker in busy:
                if worker.pipe in ready:
                    done = _receive(worker, out)
                elif time.monotonic() >= worker.deadline:
                    done = _lost(worker, out, Code.DOCUMENT_TIMEOUT)
                else:
                    continue
                worker.job = None
                if not worker.process.is_alive():
                    running.remove(worker)
                elif waiting:
                    worker.give(waiting.popleft(), settings.document_seconds)
                yield done
    finally:
        for worker in running:
            worker.end()


def _receive(worker: _Worker, out: Path) -> Done:
    try:
        message = worker.pipe.recv()
    except (EOFError, OSError):
        return _lost(worker, out, Code.WORKER_DIED)
    if isinstance(message, Fatal):
        error = NtmError(message.message)
        error.exit_code = ExitCode(message.exit_code)
        raise error
    assert isinstance(message, Done)
    return message


def _lost(worker: _Worker, out: Path, code: Code) -> Done:
    worker.kill()
    assert worker.job is not None
    return save_failed(worker.job, out, code, "the worker's process ended before the document did")


def save_failed(job: Job, out: Path, code: Code, error: str) -> Done:
    """Store a result that says that the document could not be read, so that nothing goes missing."""
    document = Document(
        doc_id=job.doc_id,
        source=job.source,
        media="unknown",
        also_at=job.also_at,
        problems=(problem(code, "document", error),),
    )
    Store(out).save(Result(version=__version__, document=document))
    return Done(job.doc_id, job.source, 0, 1)


def _lead(work: Work, pipe: connection.Connection, out: Path, settings: Settings) -> None:
    """Begin a worker: leader of its own process group, one thread a program, deaf to Ctrl-C (the parent ends it)."""
    os.setsid()
    os.environ["OMP_THREAD_LIMIT"] = "1"  # two threaded recognisers on one machine block each other, tenfold
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        work(pipe, out, settings)
    except (EOFError, BrokenPipeError):
        return  # the parent has gone
    except NtmError as error:
        pipe.send(Fatal(str(error), int(error.exit_code)))
    except Exception as error:
        pipe.send(Fatal(f"worker can't start: {type(error).__name__}: {error}", int(ExitCode.INTERNAL)))


def run_pipeline(pipe: connection.Connection, out: Path, settings: Settings) -> None:
    """A worker's life: load the resources once, then document after document until the pipe closes."""
    from ntm_extract.pipeline import process
    from ntm_extract.resources import load_resources

    resources, store = load_resources(Path(settings.channel) if settings.channel else None), Store(out)
    while True:
        job: Job = pipe.recv()
        begin = time.monotonic()
        try:
            result = process(Path(job.path), job.source, settings, resources)
            document = replace(result.document, doc_id=job.doc_id, also_at=job.also_at)
            store.save(replace(result, document=document, seconds=time.monotonic() - begin))
        except NtmError:
            raise
        except Exception as error:  # a fault of ours must cost this document only
            pipe.send(save_failed(job, out, Code.INTERNAL, f"{type(error).__name__}: {error}"))
            continue
        pipe.send(Done(job.doc_id, job.source, len(document.pages), len(document.problems)))
