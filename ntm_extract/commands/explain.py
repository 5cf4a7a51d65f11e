"""`ntm-extract explain`: where one row of a fact table comes from."""

from __future__ import annotations

import argparse
from pathlib import Path

from ntm_extract.commands.arguments import Commands
from ntm_extract.problems import ExitCode, InputError


def add(commands: Commands) -> None:
    """Declare the command."""
    explain = commands.add_parser(
        "explain",
        help="show where a row comes from",
        description="Show page, box, words as recognised, repairs, rule, section and failed checks of one row.",
    )
    explain.add_argument("fact_id", metavar="FACT_ID", help="from the column fact_id of any fact table")
    explain.add_argument("--out", metavar="OUT", type=Path, required=True, help="folder of the run")
    explain.set_defaults(command=_explain)


def _explain(options: argparse.Namespace) -> ExitCode:
    from ntm_extract.edges.corrections import NAME, Decisions
    from ntm_extract.edges.store import Store
    from ntm_extract.outputs.explanation import explanation

    store = Store(options.out)
    paths = sorted(store.folder.glob("*.json"))
    if not paths:
        raise InputError(f"{options.out} holds no results; make them with: ntm-extract run SRC --out {options.out}")
    for result in Decisions(options.out / NAME).applied(store.load(path.stem) for path in paths):
        for fact in result.extraction.facts:
            if fact.fact_id == options.fact_id:
                print(explanation(result, fact))
                return ExitCode.OK
    raise InputError(f"no fact {options.fact_id} in {options.out}; ids are in the column fact_id of the fact tables")
