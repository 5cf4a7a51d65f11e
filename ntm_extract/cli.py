"""The command line: arguments to calls, errors to one line and an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ntm_extract import __version__
from ntm_extract.problems import ExitCode, InputError, NtmError

EXIT_CODES = """exit codes:
  0  all well
  1  a fault of ours: please report it
  2  unknown option or command
  3  done, but some files or pages failed: see failures.csv
  4  the source does not exist or holds nothing to read
  5  the output folder can't be written
  6  a program, language or model is missing: see `ntm-extract doctor`
  7  the settings file is wrong
130  interrupted"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except NtmError as error:
        print(f"ntm-extract: {error}", file=sys.stderr)
        return int(error.exit_code)
    except KeyboardInterrupt:
        print("ntm-extract: interrupted", file=sys.stderr)
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:  # the reader of our output has gone, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitCode.OK)
    except Exception as error:
        if os.environ.get("NTM_DEBUG"):
            raise
        print(
            f"ntm-extract: internal error: {type(error).__name__}: {error} (NTM_DEBUG=1 shows where)", file=sys.stderr
        )
        return int(ExitCode.INTERNAL)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ntm-extract",
        description="From scanned Vietnamese new-rural programme (NTM) reports to tables that can be trusted.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"ntm-extract {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="read a file or a folder tree of scans into tables")
    run.add_argument("src", metavar="SRC", type=Path, help="a PDF, TIFF, PNG, JPEG or .txt file, or a folder of them")
    run.add_argument("--out", metavar="OUT", type=Path, required=True, help="folder for the tables (made if missing)")
    run.add_argument(
        "--jobs", "-j", metavar="N", type=_positive, default=os.cpu_count() or 1, help="workers (default: one a core)"
    )
    run.add_argument("--config", metavar="FILE", type=Path, help="settings file (TOML, table [ntm-extract])")
    run.set_defaults(command=_run)

    repair = commands.add_parser("repair", help="repair the text of an earlier OCR; keeps its lines")
    repair.add_argument("text", metavar="IN.txt", type=Path, help="UTF-8 text, or - for standard input")
    repair.add_argument("--out", metavar="OUT.txt", type=Path, help="file to write (default: standard output)")
    repair.add_argument(
        "--diff", action="store_true", help="show what changed instead of the text, in colour on a terminal"
    )
    repair.set_defaults(command=_repair)

    doctor = commands.add_parser("doctor", help="say what is installed and what to type if something is missing")
    doctor.set_defaults(command=_doctor)

    schema = commands.add_parser("schema", help="print the tables and columns that a run writes")
    schema.add_argument("--markdown", action="store_true", help="as the data dictionary of the docs")
    schema.set_defaults(command=_schema)
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _run(options: argparse.Namespace) -> ExitCode:
    from ntm_extract.batch import run
    from ntm_extract.outputs.schema import FACT_TABLES
    from ntm_extract.settings import load_settings

    summary = run(options.src, options.out, load_settings(options.config), options.jobs)
    failures = summary.rows["failures"]
    print(f"{summary.documents} documents, {summary.pages} pages in {summary.seconds:.1f} s -> {options.out}")
    for table in FACT_TABLES:
        print(f"  {table.name:<12} {summary.rows[table.name]:>6}")
    print(f"  {'checks failed':<12} {summary.rows['checks']:>5}")
    print(f"  {'needs a look':<12} {summary.needs_look:>6}   (failed check or low confidence)")
    if failures:
        print(f"  {'failures':<12} {failures:>6}   see {options.out / 'failures.csv'}")
    return ExitCode.PROBLEMS if failures else ExitCode.OK


def _repair(options: argparse.Namespace) -> ExitCode:
    from ntm_extract.edges.models import load_repairer, models_folder
    from ntm_extract.edges.store import atomic
    from ntm_extract.repair import repair_text
    from ntm_extract.repair.diff import diff

    name = str(options.text)
    try:
        raw = sys.stdin.buffer.read() if name == "-" else options.text.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"can't read {name}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8 text; convert it first (iconv -t UTF-8)") from error
    repaired = repair_text(text, load_repairer(models_folder()))
    if options.diff:
        repaired = diff(text, repaired, colour=options.out is None and sys.stdout.isatty())
    if options.out is None:
        sys.stdout.write(repaired)
    else:
        with atomic(options.out) as handle:
            handle.write(repaired)
    return ExitCode.OK


def _doctor(_: argparse.Namespace) -> ExitCode:
    from ntm_extract.edges.doctor import diagnose

    findings = diagnose()
    for finding in findings:
        state, said = ("ok", finding.version) if finding.ok else ("MISSING", finding.hint)
        print(f"{state:<8} {finding.name:<26} {said}")
    return ExitCode.OK if all(f.ok for f in findings) else ExitCode.MISSING


def _schema(options: argparse.Namespace) -> ExitCode:
    from ntm_extract.outputs.dictionary import markdown, plain

    print(markdown() if options.markdown else plain(), end="")
    return ExitCode.OK


if __name__ == "__main__":
    sys.exit(main())
