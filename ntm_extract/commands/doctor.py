"""`ntm-extract doctor`: what is installed, and what to type if something is missing."""

from __future__ import annotations

import argparse

from ntm_extract.commands.arguments import Commands
from ntm_extract.problems import ExitCode


def add(commands: Commands) -> None:
    """Declare the command."""
    doctor = commands.add_parser("doctor", help="say what is installed and what to type if something is missing")
    doctor.set_defaults(command=_doctor)


def _doctor(_: argparse.Namespace) -> ExitCode:
    from ntm_extract.edges.doctor import diagnose

    findings = diagnose()
    for finding in findings:
        state, said = ("ok", finding.version) if finding.ok else ("MISSING", finding.hint)
        print(f"{state:<8} {finding.name:<26} {said}")
    return ExitCode.OK if all(f.ok for f in findings) else ExitCode.MISSING
