"""`ntm-extract run`: a file or a folder tree of scans into tables."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_extract.commands.arguments import Commands, positive
from ntm_extract.problems import ExitCode, InputError
from ntm_extract.text.english import count_of

if TYPE_CHECKING:
    from ntm_extract.batch import Summary

KINDS = 8  # of files passed over that are named


def add(commands: Commands) -> None:
    """Declare the command."""
    run = commands.add_parser("run", help="read a file or a folder tree of scans into tables")
    run.add_argument("src", metavar="SRC", help="a PDF, TIFF, PNG, JPEG or .txt file, a folder of them, or a URL")
    run.add_argument("--out", metavar="OUT", type=Path, required=True, help="folder for the tables (made if missing)")
    run.add_argument(
        "--jobs", "-j", metavar="N", type=positive, default=os.cpu_count() or 1, help="workers (default: one a core)"
    )
    run.add_argument("--config", metavar="FILE", type=Path, help="settings file (TOML, table [ntm-extract])")
    run.add_argument(
        "--corrections", metavar="FILE", type=Path, help="decisions of people (default: OUT/corrections.csv)"
    )
    run.add_argument("--channel", metavar="FILE", type=Path, help="noise of an archive, made by ntm-extract adapt")
    run.add_argument("--review", action="store_true", help="also write review pages to OUT/review")
    run.add_argument("--pdf", action="store_true", help="also write searchable PDFs to OUT/pdf")
    which = run.add_argument_group(
        "which documents", "What is stored in OUT and would come out the same is not done again."
    )
    which.add_argument("--force", action="store_true", help="do everything anew")
    which.add_argument("--only-failed", action="store_true", help="do only what is stored with problems, anew")
    which.add_argument(
        "--limit", metavar="N", type=positive, help="do at most N documents, leave the rest to later runs"
    )
    which.add_argument(
        "--include",
        metavar="PATTERN",
        action="append",
        default=[],
        help="only paths like this, as '2023/*' (repeatable)",
    )
    which.add_argument(
        "--exclude", metavar="PATTERN", action="append", default=[], help="no path like this (repeatable)"
    )
    machines = run.add_argument_group("machines")
    machines.add_argument("--engine", choices=("local", "dask"), default="local", help="local processes, or Dask")
    machines.add_argument(
        "--scheduler", metavar="ADDRESS", help="of a Dask scheduler, as tcp://host:8786 (default: one started here)"
    )
    run.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> ExitCode:
    from msgspec.structs import replace

    from ntm_extract.batch import Choice, Engine, run
    from ntm_extract.settings import load_settings

    if options.corrections and not options.corrections.is_file():
        raise InputError(f"no corrections file {options.corrections}")
    if options.scheduler and options.engine != "dask":
        raise InputError("--scheduler goes with --engine dask")
    choice = Choice(
        include=tuple(options.include),
        exclude=tuple(options.exclude),
        force=options.force,
        only_failed=options.only_failed,
        limit=options.limit,
    )
    engine = Engine(workers=options.jobs, kind=options.engine, scheduler=options.scheduler)
    settings = load_settings(options.config)
    if options.channel:
        settings = replace(settings, channel=str(options.channel))
    summary = run(options.src, options.out, settings, engine, options.corrections, choice=choice)
    _tell(summary, options.out)
    for line in summary.unused:
        print(f"corrections: {line}", file=sys.stderr)
    if options.review:
        from ntm_extract.outputs.review import write_review

        write_review(options.out, options.src)
        print(f"  review: open {options.out / 'review' / 'index.html'} in a browser")
    if options.pdf:
        from ntm_extract.edges.searchable import write_all

        for line in write_all(options.src, options.out):
            print(f"pdf: {line}", file=sys.stderr)
    failures = summary.rows["failures"]
    if failures:
        print(f"  {'failures':<12} {failures:>6}   see {options.out / 'failures.csv'}")
    return ExitCode.PROBLEMS if failures else ExitCode.OK


def _tell(summary: Summary, out: Path) -> None:
    """What a run came to, and what is most worth a look."""
    from ntm_extract.outputs.schema import FACT_TABLES

    read = f"{count_of(summary.documents, 'document')}, {count_of(summary.pages, 'page')}"
    print(f"{read} in {summary.seconds:.1f} s -> {out}")
    print(f"  {summary.done} done now ({summary.read} read), {summary.documents - summary.done} stored before", end="")
    print(f", {summary.waiting} left for later" if summary.waiting else "")
    if summary.copies:
        print(f"  {'copies':<12} {summary.copies:>6}   (files that hold the same as another: also_at in documents.csv)")
    if summary.others:
        print(f"  {'passed over':<12} {sum(summary.others.values()):>6}   ({_kinds(summary.others)})")
    for table in FACT_TABLES:
        print(f"  {table.name:<12} {summary.rows[table.name]:>6}")
    found = [count_of(summary.failed[name], name) for name in ("error", "warning") if name in summary.failed]
    print(f"  {'checks failed':<12} {summary.rows['checks']:>5}   {', '.join(found)}".rstrip())
    print(f"  {'needs a look':<12} {summary.needs_look:>6}   (failed check or low confidence)")
    if summary.first:
        print("most worth a minute:")
    for look in summary.first:
        print(f"  {look.source} p. {look.page}  {look.said[:110]}")
        if look.check_id:
            print(f"      {look.proposal or 'no likely reading'}   [{look.check_id}]")


def _kinds(others: dict[str, int]) -> str:
    """What kinds of files were passed over, the most frequent first."""
    named = [f"{ending or 'without ending'} {count}" for ending, count in list(others.items())[:KINDS]]
    return ", ".join(named) + (", …" if len(others) > KINDS else "")
