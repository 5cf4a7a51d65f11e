"""`ntm-extract schema`: the tables and columns that a run writes."""

from __future__ import annotations

import argparse

from ntm_extract.commands.arguments import Commands
from ntm_extract.problems import ExitCode


def add(commands: Commands) -> None:
    """Declare the command."""
    schema = commands.add_parser("schema", help="print the tables and columns that a run writes")
    schema.add_argument("--markdown", action="store_true", help="as the data dictionary of the docs")
    schema.set_defaults(command=_schema)


def _schema(options: argparse.Namespace) -> ExitCode:
    from ntm_extract.outputs.dictionary import markdown, plain

    print(markdown() if options.markdown else plain(), end="")
    return ExitCode.OK
