"""How a run is getting on: a bar for whoever watches a terminal, and a log of JSON lines beside the results."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import msgspec
from msgspec import Struct
from tqdm import tqdm

from ntm_extract.problems import OutputError
from ntm_extract.text.english import count_of
from ntm_extract.worker import Done, Job

NAME = "run.log"
BAR = "{l_bar}{bar}| {n_fmt}/{total_fmt} [{elapsed}, {rate_fmt}{postfix}]"  # time left is ours: large files come first


class Line(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the log. `event` is begin, document, end or interrupted."""

    event: str
    at: str  # time in UTC
    documents: int | None = None  # in the archive
    todo: int | None = None  # not stored yet when the run began
    done: int | None = None
    source: str | None = None
    doc_id: str | None = None
    pages: int | None = None
    problems: int | None = None
    seconds: float | None = None  # since the run began
    left: float | None = None  # seconds, by the bytes that are done and those that are not


class Progress:
    """Bar and log of one run. The log begins anew with each run; quiet where there is no terminal."""

    def __init__(self, out: Path, documents: int, todo: Sequence[Job]) -> None:
        self._begun, self._done, self._failures, self._bytes = time.monotonic(), 0, 0, 0
        self._sizes = {job.doc_id: job.size for job in todo}
        self._all = sum(self._sizes.values())
        try:
            self._log = (out / NAME).open("wb", buffering=0)
        except OSError as error:
            raise OutputError(f"can't write {out / NAME}: {error.strerror}; choose another --out") from error
        self._write("begin", documents=documents, todo=len(todo))
        how = {"unit": "doc", "disable": None, "desc": "reading", "dynamic_ncols": True, "bar_format": BAR}
        self._bar: tqdm[None] = tqdm(total=len(todo), **how)

    def tell(self, done: Done) -> None:
        """Take note of a finished document."""
        self._done += 1
        self._bytes += self._sizes.get(done.doc_id, 0)
        self._failures += bool(done.problems)
        left = (time.monotonic() - self._begun) * (self._all / max(1, self._bytes) - 1)
        self._bar.set_postfix_str(
            f"{tqdm.format_interval(left)} left, {count_of(self._failures, 'failure')}", refresh=False
        )
        self._bar.update()
        self._write(
            "document",
            done=self._done,
            source=done.source,
            doc_id=done.doc_id,
            pages=done.pages,
            problems=done.problems,
            left=round(left, 1),
        )

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: BaseException | TracebackType | None) -> None:
        self._bar.close()
        self._write("interrupted" if kind else "end", done=self._done)
        self._log.close()

    def _write(self, event: str, **told: object) -> None:
        seconds = round(time.monotonic() - self._begun, 2)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        line = msgspec.convert({"event": event, "at": at, "seconds": seconds, **told}, Line)
        try:
            self._log.write(msgspec.json.encode(line) + b"\n")
        except OSError as error:
            if event != "interrupted":
                raise OutputError(f"can't write {NAME}: {error.strerror}; make room, then run again") from error


def last_run(out: Path) -> tuple[Line, Line] | None:
    """First and last line of the log of the last run; None where there is none."""
    try:
        lines = [raw for raw in (out / NAME).read_bytes().splitlines() if raw.endswith(b"}")]
        return msgspec.json.decode(lines[0], type=Line), msgspec.json.decode(lines[-1], type=Line)
    except (OSError, ValueError, IndexError):
        return None
