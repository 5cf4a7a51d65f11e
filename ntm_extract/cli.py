"""The command line: arguments to calls, errors to one line and an exit code."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence

from ntm_extract import __version__
from ntm_extract.commands import COMMANDS, completion
from ntm_extract.problems import ExitCode, NtmError

EXIT_CODES = """exit codes:
  0  all well
  1  a fault of ours: please report it
  2  unknown option or command
  3  done, but some files or pages failed: see failures.csv
  4  the source does not exist or holds nothing to read
  5  the output folder can't be written
  6  a program, language or model is missing: see `ntm-extract doctor`
  7  the settings file is wrong
130  interrupted: Ctrl-C, or told to end (SIGTERM)"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = _parser().parse_args(arguments)
    for asked in (signal.SIGINT, signal.SIGTERM):  # by hand, by systemd or a scheduler, also where a script's `&` had
        signal.signal(asked, signal.default_int_handler)  # SIGINT ignored: a run always ends cleanly when told to
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
    for command in COMMANDS:
        command.add(commands)
    completion.add(commands, parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
