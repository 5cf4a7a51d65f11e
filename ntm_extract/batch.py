"""A folder of scans in, tables out: find, group by content, do, and rebuild every table from what is stored."""

from __future__ import annotations

import hashlib
import json
import platform
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct
from tqdm import tqdm

from ntm_extract import __version__
from ntm_extract.edges.corrections import NAME as CORRECTIONS
from ntm_extract.edges.corrections import Decisions
from ntm_extract.edges.intake import doc_id, find
from ntm_extract.edges.store import Store, atomic
from ntm_extract.engine import Done, Job, run_local, save_failed
from ntm_extract.facts import Result
from ntm_extract.outputs.tables import write_tables
from ntm_extract.problems import Code, InputError
from ntm_extract.settings import Settings


class Summary(Struct, frozen=True, kw_only=True):
    """What a run came to."""

    documents: int
    pages: int
    rows: dict[str, int]  # by table
    needs_look: int  # facts of low confidence or with a failed check
    unused: tuple[str, ...] = ()  # decisions in the corrections file that could not be applied, a line each
    seconds: float


def run(src: Path, out: Path, settings: Settings, workers: int, corrections: Path | None = None) -> Summary:
    """Read everything under `src` into the tables of `out`, as decided in `corrections` (default: that of `out`).

    Raises InputError or OutputError in one line.
    """
    begin = time.monotonic()
    decisions = Decisions(corrections or out / CORRECTIONS)
    jobs, unreadable = _jobs(src, out)
    for job, error in unreadable:
        save_failed(job, out, Code.UNREADABLE, error)
    pages = 0
    with tqdm(total=len(jobs), unit="doc", disable=None, desc="reading") as bar:
        for done in run_local(jobs, out, settings, workers):
            pages += done.pages
            _show(bar, done)
    order = sorted([*jobs, *(job for job, _ in unreadable)], key=lambda job: job.source)
    looks: list[int] = []
    rows = write_tables(out, _counting(decisions.applied(_stored(Store(out), order)), settings, looks))
    _write_frames(out)
    summary = Summary(
        documents=len(order),
        pages=pages,
        rows=dict(rows),
        needs_look=sum(looks),
        unused=decisions.unused,
        seconds=round(time.monotonic() - begin, 2),
    )
    _write_run(out, settings, workers, summary)
    return summary


def _jobs(src: Path, out: Path) -> tuple[list[Job], list[tuple[Job, str]]]:
    """A job for each distinct content, longest file first; files that can't be read apart, with the reason."""
    by_content: dict[str, list[tuple[str, Path]]] = {}
    unreadable: list[tuple[Job, str]] = []
    for found in find(src):
        if out.resolve() in found.path.resolve().parents:
            continue  # our own outputs are no input
        try:
            by_content.setdefault(doc_id(found.path), []).append((found.source, found.path))
        except OSError as error:
            name = hashlib.sha256(f"unreadable:{found.source}".encode(errors="surrogateescape")).hexdigest()[:16]
            unreadable.append((Job(name, str(found.path), found.source), error.strerror or str(error)))
    jobs = []
    for content, places in by_content.items():
        (source, path), *others = sorted(places)
        jobs.append(Job(content, str(path), source, tuple(other for other, _ in others)))
    if not jobs and not unreadable:
        raise InputError(f"nothing to read in {src}; it holds no .pdf, .tif, .tiff, .png, .jpg, .jpeg or .txt file")
    jobs.sort(key=lambda job: (-Path(job.path).stat().st_size, job.source))
    return jobs, unreadable


def _show(bar: tqdm[None], done: Done) -> None:
    if done.problems:
        bar.write(f"{done.source}: {done.problems} problem(s), see failures.csv")
    bar.update()


def _stored(store: Store, jobs: list[Job]) -> Iterator[Result]:
    for job in jobs:
        yield store.load(job.doc_id)


def _counting(results: Iterator[Result], settings: Settings, looks: list[int]) -> Iterator[Result]:
    """Pass results through, noting for each how many of its facts need a look."""
    for result in results:
        doubtful = {i for check in result.checks if not check.settled for i in check.fact_ids}
        facts = result.extraction.facts
        looks.append(sum(f.fact_id in doubtful or f.evidence.confidence < settings.review_below for f in facts))
        yield result


def _write_frames(out: Path) -> None:
    from ntm_extract.outputs.frames import write_datapackage, write_parquet, write_workbook

    write_datapackage(out)
    write_parquet(out)
    write_workbook(out)


def _write_run(out: Path, settings: Settings, workers: int, summary: Summary) -> None:
    from ntm_extract.edges.models import channel_hash, models_folder

    models = {
        path.relative_to(models_folder()).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:16]
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
        "needs_look": summary.needs_look,
        "corrections_unused": summary.unused,
        "seconds": summary.seconds,
    }
    with atomic(out / "run.json") as handle:
        json.dump(run_json, handle, ensure_ascii=False, indent=1)
        handle.write("\n")
