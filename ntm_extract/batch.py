"""A folder of scans in, tables out: find, group by content, do what is not done yet, rebuild what changes."""

from __future__ import annotations

import hashlib
import json
import platform
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from ntm_extract import __version__
from ntm_extract.edges.corrections import NAME as CORRECTIONS
from ntm_extract.edges.corrections import Decisions
from ntm_extract.edges.folders import channel_hash, digest, models_folder
from ntm_extract.edges.intake import Archive, Found, nameless, survey
from ntm_extract.edges.known import Content, Known
from ntm_extract.edges.locations import is_url
from ntm_extract.edges.lock import locked
from ntm_extract.edges.manifest import Manifest, load_manifest, save_manifest
from ntm_extract.edges.progress import Progress
from ntm_extract.edges.sandbox import apart
from ntm_extract.edges.stages import Keys, keys
from ntm_extract.edges.store import Rows, Store, atomic
from ntm_extract.engine import Task, run_local
from ntm_extract.outputs.attention import Attention, Look
from ntm_extract.outputs.tables import write_tables
from ntm_extract.problems import Code, InputError, OutputError
from ntm_extract.settings import Settings
from ntm_extract.text.english import count_of
from ntm_extract.worker import Done, Job, Worker, current


class Summary(Struct, frozen=True, kw_only=True):
    """What a run came to."""

    documents: int
    pages: int
    rows: dict[str, int]  # by table
    needs_look: int  # facts of low confidence or with a failed check
    failed: dict[str, int] = {}  # checks, by severity
    first: tuple[Look, ...] = ()  # what is most worth a person's minute
    unused: tuple[str, ...] = ()  # decisions in the corrections file that could not be applied, a line each
    copies: int = 0  # files that hold the same as another
    others: dict[str, int] = {}  # files that were passed over, by ending
    done: int = 0  # documents that this run worked on; the others were stored
    read: int = 0  # of these, read anew
    waiting: int = 0  # documents that the run was told to leave
    seconds: float = 0.0


class Choice(Struct, frozen=True, kw_only=True):
    """Which documents a run is about, and which of them it does."""

    include: tuple[str, ...] = ()  # patterns of sources: `*` and `?` match `/` too; none means all
    exclude: tuple[str, ...] = ()
    force: bool = False  # everything anew
    only_failed: bool = False  # what is stored with problems, anew; nothing else
    limit: int | None = None  # of documents to do

    def takes(self, source: str) -> bool:
        """Whether a source is part of the archive."""
        wanted = not self.include or any(_like(source, pattern) for pattern in self.include)
        return wanted and not any(_like(source, pattern) for pattern in self.exclude)


def _like(source: str, pattern: str) -> bool:
    """Whether a path is like a pattern, however either spells its marks: some systems store them apart."""
    return fnmatch(unicodedata.normalize("NFC", source), unicodedata.normalize("NFC", pattern))


class Engine(Struct, frozen=True, kw_only=True):
    """Who does the work."""

    workers: int
    kind: Literal["local", "dask"] = "local"
    scheduler: str | None = None  # address of a Dask scheduler; None starts one here


def run(
    src: Path | str,
    out: Path,
    settings: Settings,
    workers: int | Engine,
    corrections: Path | None = None,
    *,
    choice: Choice | None = None,
) -> Summary:
    """Read everything under `src` into the tables of `out`, as decided in `corrections` (default: that of `out`).

    What is stored in `out` from an earlier run and would come out the same is not done again. Raises InputError or
    OutputError in one line, also where another run is at work on `out`.
    """
    begin = time.monotonic()
    engine = Engine(workers=workers) if isinstance(workers, int) else workers
    decisions = Decisions(corrections or out / CORRECTIONS)
    with locked(out):
        done = _run(src, Task(out, settings, keys(settings)), engine, decisions, choice or Choice())
        summary = msgspec.structs.replace(done, seconds=round(time.monotonic() - begin, 2))
        _write_run(out, settings, engine.workers, summary)
    return summary


def _run(src: Path | str, task: Task, engine: Engine, decisions: Decisions, choice: Choice) -> Summary:
    out, settings = task.out, task.settings
    store = Store(out)
    store.sweep()
    archive = survey(src)
    jobs, unreadable = _jobs(archive, src, out, choice)
    worker = Worker(out, settings, task.keys, lambda page: None)
    for job, error in unreadable:
        worker.fail(job, Code.UNREADABLE, error)
    plan = _plan(jobs, store, task.keys, choice)
    read = 0
    with Progress(out, len(jobs), plan.todo) as progress:
        for done in _work(engine, plan.todo, task):
            read += done.read
            progress.tell(done)
    order = sorted([*jobs, *(job for job, _ in unreadable)], key=lambda job: job.source)
    ids, pages, copies = [], 0, 0  # no more of a document: a run holds next to nothing, however many there are
    for job in order:
        entry = store.entry(job.doc_id)
        if entry is not None:
            ids.append(job.doc_id)
            pages, copies = pages + entry.pages, copies + len(entry.also_at)
    lost = plan.stored.difference(ids)
    if lost:
        gone = count_of(len(lost), "stored document has", "stored documents have")
        raise OutputError(f"{gone} gone from {out} while the run was at work; run again")
    manifest = _tables(out, store, ids, decisions, settings)
    return Summary(
        documents=len(ids),
        pages=pages,
        rows=manifest.rows,
        needs_look=manifest.needs_look,
        failed=manifest.failed,
        first=manifest.first,
        unused=manifest.unused,
        copies=copies,
        others=archive.others,
        done=len(plan.todo),
        read=read,
        waiting=plan.left,
    )


def _work(engine: Engine, jobs: Sequence[Job], task: Task) -> Iterator[Done]:
    if engine.kind == "dask":
        from ntm_extract.cluster import run_dask

        return run_dask(jobs, task, engine.workers, engine.scheduler)
    return run_local(jobs, task, engine.workers)


def _jobs(archive: Archive, src: Path | str, out: Path, choice: Choice) -> tuple[list[Job], list[tuple[Job, str]]]:
    """A job for each distinct content, longest file first; files that can't be read apart, with the reason."""
    by_content: dict[Content, list[Found]] = {}
    unreadable: list[tuple[Job, str]] = []
    known, inside = Known(out), _below(src, out)
    for found in archive.found:
        ours = inside is not None and inside in Path(found.place).resolve().parents
        if ours or not choice.takes(found.source):
            continue  # our own outputs are no input
        try:
            by_content.setdefault(known.content(found), []).append(found)
        except OSError as error:
            job = Job(doc_id=nameless(found), place=found.place, source=found.source)
            unreadable.append((job, error.strerror or str(error)))
    known.keep({found.source for found in archive.found})
    jobs = []
    for content, (first, *others) in by_content.items():  # in the order of sources
        also_at = tuple(found.source for found in others)
        doc_id, size = content
        jobs.append(Job(doc_id=doc_id, place=first.place, source=first.source, also_at=also_at, size=size))
    if not jobs and not unreadable:
        chosen = choice.include or choice.exclude
        why = "--include and --exclude take none of its files" if chosen else f"all that it holds is in {out}"
        raise InputError(f"nothing to read in {src}: {why}")
    jobs.sort(key=lambda job: (-job.size, job.source))
    return jobs, unreadable


def _below(src: Path | str, out: Path) -> Path | None:
    """The output folder, if it lies in the archive. Raises OutputError where it is the archive."""
    if is_url(str(src)):
        return None
    root, inside = Path(src).resolve(), out.resolve()
    if root == inside:
        raise OutputError(f"{out} is the archive itself; choose another --out")
    return inside if root in inside.parents else None


class Plan(Struct, frozen=True):
    """What a run has to do: jobs that are not done yet and chosen, how many are left undone, and ids to be stored."""

    todo: tuple[Job, ...]
    left: int
    stored: frozenset[str]  # at the end of the run


def _plan(jobs: Sequence[Job], store: Store, now: Keys, choice: Choice) -> Plan:
    todo: list[Job] = []
    stored, left = set(), 0
    for job in jobs:
        entry = store.entry(job.doc_id)
        if entry is not None:
            stored.add(job.doc_id)
        if choice.only_failed:
            wanted = fresh = entry is not None and bool(entry.codes)
            left += entry is None or not current(entry, job, now)
        else:
            fresh = choice.force
            placed = entry is not None and (entry.source, entry.also_at) == (job.source, job.also_at)
            wanted = fresh or entry is None or not placed or not current(entry, job, now)
        if wanted:
            todo.append(msgspec.structs.replace(job, fresh=fresh))
    if choice.limit is not None and len(todo) > choice.limit:
        left += len(todo) - choice.limit
        todo = todo[: choice.limit]
    return Plan(tuple(todo), left, frozenset(stored | {job.doc_id for job in todo}))


def _tables(out: Path, store: Store, ids: list[str], decisions: Decisions, settings: Settings) -> Manifest:
    """The tables of these documents: rebuilt, unless they are there and would come out the same."""
    told = hashlib.sha256(repr((decisions.digest, settings.review_below)).encode())
    for doc_id in ids:
        told.update(store.stamp(doc_id).encode())
    before = load_manifest(out)
    if before is not None and before.stands(out, told.hexdigest()):
        return before
    attention = Attention(settings.review_below)
    rows = write_tables(out, _rows(store, ids, decisions, attention))
    if not apart(_write_frames, out):
        raise OutputError(f"workbook, parquet and data package can't be written to {out}; the CSV files are whole")
    manifest = Manifest.of(out, told.hexdigest(), dict(rows), attention, decisions.unused)
    save_manifest(out, manifest)
    return manifest


def _rows(store: Store, ids: list[str], decisions: Decisions, attention: Attention) -> Iterator[Rows]:
    """The rows of each document as decided, noting what of it needs a look."""
    for doc_id in ids:
        rows = store.load_rows(doc_id)
        if decisions.about(rows.ids):
            from ntm_extract.outputs.ready import ready

            rows = ready(next(iter(decisions.applied([store.load(doc_id)]))))
        attention.add(rows.confidences, rows.failed, rows.looks)
        yield rows


def _write_frames(out: Path) -> None:
    from ntm_extract.outputs.frames import write_datapackage, write_parquet, write_workbook
    from ntm_extract.outputs.gold import write_gold

    write_datapackage(out)
    write_parquet(out)
    write_workbook(out)
    write_gold(out)


def _write_run(out: Path, settings: Settings, workers: int, summary: Summary) -> None:
    models = {
        path.relative_to(models_folder()).as_posix(): digest(path)
        for path in sorted(models_folder().rglob("*"))
        if path.is_file()
    }
    run_json = {
        "version": __version__,
        "python": platform.python_version(),
        "models": models,
        "settings": msgspec.to_builtins(settings),
        "channel": channel_hash(Path(settings.channel)) if settings.channel else None,
        "workers": workers,
        "counts": {"documents": summary.documents, "pages": summary.pages, **Counter(summary.rows)},
        "done": summary.done,
        "read": summary.read,
        "left": summary.waiting,
        "copies": summary.copies,
        "others": summary.others,
        "needs_look": summary.needs_look,
        "corrections_unused": summary.unused,
        "seconds": summary.seconds,
    }
    with atomic(out / "run.json") as handle:
        json.dump(run_json, handle, ensure_ascii=False, indent=1)
        handle.write("\n")
