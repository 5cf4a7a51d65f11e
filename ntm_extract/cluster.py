"""The same work on a Dask cluster: each task is one document, done by a local worker process of the machine it runs on.

So limits, watch and retries within a document are those of the local engine; Dask adds machines, and does a task again
elsewhere when a machine is lost. Input and output folders must have the same paths on all of them.
"""

from __future__ import annotations

import atexit
import importlib
import threading
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from ntm_extract.engine import Crew, Task
from ntm_extract.problems import InputError, MissingError
from ntm_extract.worker import Done, Job

AHEAD = 2  # tasks handed over for each thread of the cluster: enough to keep it busy, few enough to stay small
RETRIES = 3  # of a task whose machine was lost
DEAF = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
"""Done by each worker process started here: Ctrl-C is for the run, which ends them."""


def run_dask(jobs: Sequence[Job], task: Task, workers: int, scheduler: str | None) -> Iterator[Done]:
    """Do all jobs on the cluster at `scheduler`, or on one of `workers` processes started here; yield each as it ends.

    Raises MissingError without dask.distributed, InputError where no scheduler answers.
    """
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError as error:
        raise MissingError("--engine dask needs dask.distributed; type: pip install 'ntm-extract[dask]'") from error
    if not jobs:
        return
    try:
        cluster = scheduler or distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", preload=[DEAF]
        )
        client = distributed.Client(cluster, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise InputError(f"no Dask scheduler answers at {scheduler}: {error}") from error
    try:
        waiting = iter(jobs)

        def hand_over() -> object | None:
            job = next(waiting, None)
            return None if job is None else client.submit(do_document, job, task, pure=False, retries=RETRIES)

        width = AHEAD * max(1, _threads(client))
        first = [future for _ in range(width) if (future := hand_over()) is not None]
        flow = distributed.as_completed(first, loop=client.loop)
        for future in flow:
            yield future.result()
            following = hand_over()
            if following is not None:
                flow.add(following)
    finally:
        client.close()
        if not isinstance(cluster, str):
            cluster.close()


def _threads(client: Any) -> int:
    return sum(int(threads) for threads in client.nthreads().values())


_one = threading.Lock()


def do_document(job: Job, task: Task) -> Done:
    """One document on a machine of the cluster, in a process apart."""
    with _one:
        (done,) = _crew(task).work([job])
    return done


@cache
def _crew(task: Task) -> Crew:
    """The process of this machine's Dask worker, kept from document to document."""
    crew = Crew(task, 1)
    atexit.register(crew.end)
    return crew
