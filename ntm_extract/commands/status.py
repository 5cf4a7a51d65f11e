"""`ntm-extract status`: what an output folder holds, and how far a run over it has come."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from ntm_extract.commands.arguments import Commands
from ntm_extract.problems import ExitCode, InputError
from ntm_extract.text.english import count_of


def add(commands: Commands) -> None:
    """Declare the command."""
    status = commands.add_parser("status", help="what a run has done so far, and what is stored")
    status.add_argument("out", metavar="OUT", type=Path, help="folder of the run")
    status.set_defaults(command=_status)


def _status(options: argparse.Namespace) -> ExitCode:
    from ntm_extract.edges.known import Known
    from ntm_extract.edges.lock import holder
    from ntm_extract.edges.progress import last_run
    from ntm_extract.edges.store import Store
    from ntm_extract.problems import Code

    store, known = Store(options.out), Known(options.out).ids
    run, entries, unfinished = last_run(options.out), list(store.entries()), store.unfinished()
    if run is None and not entries:
        raise InputError(f"{options.out} holds no run; make one with: ntm-extract run SRC --out {options.out}")
    if run is not None:
        begin, last = run
        todo, done, seconds = begin.todo or 0, last.done or 0, last.seconds or 0.0
        by = holder(options.out)
        running = f"running ({by})" if by else "killed"
        state = {"end": "ended", "interrupted": "interrupted"}.get(last.event, running)
        asked = count_of(todo, "document")
        print(f"run of {begin.at}: {state}, {done} of {asked} done ({begin.documents} in the archive)")
        if done and seconds and by:
            left = count_of(round((last.left or 0.0) / 60), "minute")
            print(f"  {60 * done / seconds:.1f} documents a minute, {left} left")
    gone = [entry for entry in entries if entry.doc_id not in known and Code.UNREADABLE not in entry.codes]
    entries = [entry for entry in entries if entry not in gone]
    stored, pages = count_of(len(entries), "document"), count_of(sum(entry.pages for entry in entries), "page")
    failed = count_of(sum(bool(entry.codes) for entry in entries), "document")
    print(f"stored: {stored}, {pages}; {failed} with problems")
    if gone:
        print(f"  and {len(gone)} whose files are no longer in the archive, or have changed: in no table")
    if unfinished:
        begun, pages = count_of(len(unfinished), "unfinished document"), count_of(sum(unfinished.values()), "page")
        print(f"read so far of {begun}: {pages}")
    for code, count in Counter(code for entry in entries for code in entry.codes).most_common():
        print(f"  {code:<18} {count:>6}")
    return ExitCode.OK
