"""`ntm-extract completion`: what a shell needs to complete commands, options and file names."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from ntm_extract.commands.arguments import Commands
from ntm_extract.problems import ExitCode

SHELLS = ("bash", "zsh", "tcsh")


def add(commands: Commands, parser: argparse.ArgumentParser) -> None:
    """Declare the command; `parser` is the one whose words are completed."""
    completion = commands.add_parser(
        "completion",
        help='print shell completion: eval "$(ntm-extract completion bash)"',
    )
    completion.add_argument("shell", choices=SHELLS)
    completion.set_defaults(command=partial(_completion, parser))


def _completion(parser: argparse.ArgumentParser, options: argparse.Namespace) -> ExitCode:
    import shtab

    for action in _actions(parser):
        if action.type is Path:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
    print(shtab.complete(parser, options.shell))
    return ExitCode.OK


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    found: list[argparse.Action] = []
    for action in parser._actions:
        found.append(action)
        if isinstance(action, argparse._SubParsersAction):
            for sub in action.choices.values():
                found += _actions(sub)
    return found
