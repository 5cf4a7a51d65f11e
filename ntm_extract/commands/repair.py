"""`ntm-extract repair`: the text of an earlier OCR, repaired."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ntm_extract.commands.arguments import Commands
from ntm_extract.problems import ExitCode, InputError


def add(commands: Commands) -> None:
    """Declare the command."""
    repair = commands.add_parser("repair", help="repair the text of an earlier OCR; keeps its lines")
    repair.add_argument("text", metavar="IN.txt", type=Path, help="UTF-8 text, or - for standard input")
    repair.add_argument("--out", metavar="OUT.txt", type=Path, help="file to write (default: standard output)")
    repair.add_argument(
        "--diff", action="store_true", help="show what changed instead of the text, in colour on a terminal"
    )
    repair.add_argument("--channel", metavar="FILE", type=Path, help="noise of an archive, made by ntm-extract adapt")
    repair.set_defaults(command=_repair)


def _repair(options: argparse.Namespace) -> ExitCode:
    from ntm_extract.edges.models import shipped_repairer, with_channels
    from ntm_extract.edges.store import atomic
    from ntm_extract.repair import repair_text
    from ntm_extract.repair.diff import diff

    text = _read(options.text)
    repairer = shipped_repairer()
    repaired = repair_text(text, with_channels(repairer, options.channel) if options.channel else repairer)
    shown = repaired.text
    if options.diff:
        shown = diff(repaired, colour=options.out is None and sys.stdout.isatty())
    if options.out is None:
        sys.stdout.write(shown)
    else:
        with atomic(options.out) as handle:
            handle.write(shown)
    return ExitCode.OK


def _read(path: Path) -> str:
    name = str(path)
    try:
        raw = sys.stdin.buffer.read() if name == "-" else path.read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"can't read {name}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8 text; convert it first (iconv -t UTF-8)") from error
