"""`ntm-extract review`: the pages on which people look at what was read and decide about it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ntm_extract.commands.arguments import Commands
from ntm_extract.problems import ExitCode
from ntm_extract.text.english import count_of


def add(commands: Commands) -> None:
    """Declare the command."""
    review = commands.add_parser(
        "review",
        help="write review pages for a browser: OUT/review/index.html",
        description="Write OUT/review/index.html, which opens from disk in any browser: the archive as a table, and "
        "per document its pages with every fact boxed, facts by risk. What is decided there is exported as "
        "corrections.csv; put it into OUT and the next run applies it.",
    )
    review.add_argument("out", metavar="OUT", type=Path, help="folder of a run")
    review.add_argument("--src", metavar="SRC", help="what was read: draws the pages' pictures too")
    review.set_defaults(command=_review)


def _review(options: argparse.Namespace) -> ExitCode:
    from ntm_extract.outputs.review import write_review

    missing = write_review(options.out, options.src)
    if missing:
        gone = count_of(missing, "document is", "documents are")
        print(f"{gone} no longer in {options.src}: shown without pictures", file=sys.stderr)
    print(f"open {options.out / 'review' / 'index.html'} in a browser")
    return ExitCode.OK
