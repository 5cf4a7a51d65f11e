"""`ntm-extract accept`: a person's decision about a failed check, kept in OUT/corrections.csv."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_extract.commands.arguments import Commands
from ntm_extract.problems import ExitCode, InputError
from ntm_extract.text.english import count_of

if TYPE_CHECKING:
    from ntm_extract.corrections import Correction
    from ntm_extract.result import Check, Result


def add(commands: Commands) -> None:
    """Declare the command."""
    accept = commands.add_parser(
        "accept",
        help="record a decision about a failed check",
        description="Record in OUT/corrections.csv that a proposed reading is right, or that the document stands as "
        "printed. The next run over the same OUT makes the tables so; what was read stays in OUT/results.",
    )
    accept.add_argument("check_id", metavar="CHECK_ID", help="from checks.csv")
    accept.add_argument("--out", metavar="OUT", type=Path, required=True, help="folder of the run")
    accept.add_argument(
        "--choose", metavar="N", type=int, default=1, help="which proposal (default: 1); 0: the document is as printed"
    )
    accept.add_argument("--note", default="", help="why, for those who come after")
    accept.set_defaults(command=_accept)


def _accept(options: argparse.Namespace) -> ExitCode:
    from ntm_extract.edges.corrections import NAME, record

    result, check = _find(options.out, options.check_id)
    decisions = _decisions(result, check, options.choose, options.note)
    record(options.out / NAME, decisions)
    print(check.message_en)
    for one in decisions:
        if one.action == "correct":
            print(f"  {one.table} {one.fact_id} {one.field}: {one.was} -> {one.value}")
    if options.choose == 0:
        print("  accepted as printed")
    print(f"kept in {options.out / NAME}; the next run over {options.out} makes the tables so")
    return ExitCode.OK


def _find(out: Path, check_id: str) -> tuple[Result, Check]:
    """The check of that id in the stored results. Raises InputError if there is none."""
    from ntm_extract.edges.corrections import NAME, Decisions
    from ntm_extract.edges.store import Store

    store = Store(out)
    paths = sorted(store.folder.glob("*.json"))
    if not paths:
        raise InputError(f"{out} holds no results; make them with: ntm-extract run SRC --out {out}")
    for result in Decisions(out / NAME).applied(store.load(path.stem) for path in paths):
        for check in result.checks:
            if check.check_id(result.document.doc_id) == check_id:
                return result, check
    raise InputError(f"no check {check_id} in {out}; ids are in the column check_id of {out / 'checks.csv'}")


def _decisions(result: Result, check: Check, choose: int, note: str) -> list[Correction]:
    from ntm_extract.corrections import Correction

    check_id = check.check_id(result.document.doc_id)
    if choose == 0:
        tables = {fact.fact_id: fact.table for fact in result.extraction.facts}
        facts = [(fact_id, tables[fact_id]) for fact_id in check.fact_ids] or [("", "checks")]
        return [Correction(fact_id=f, table=t, action="accept", check_id=check_id, note=note) for f, t in facts]
    if not 1 <= choose <= len(check.proposals):
        offers = f"has {count_of(len(check.proposals), 'proposal')}" if check.proposals else "has no proposal"
        raise InputError(f"check {check_id} {offers}; --choose 0 accepts the document as printed")
    return [
        Correction(
            fact_id=change.fact_id,
            table=change.table,
            action="correct",
            field=change.field,
            value=change.value,
            was=change.was,
            check_id=check_id,
            note=note,
        )
        for change in check.proposals[choose - 1].changes
    ]
