"""`ntm-extract adapt`: what an archive tells of its noise, frozen in a file that `run` and `repair` take."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ntm_extract.commands.arguments import Commands
from ntm_extract.problems import ExitCode, InputError
from ntm_extract.text.english import count_of


def add(commands: Commands) -> None:
    """Declare the command."""
    adapt = commands.add_parser("adapt", help="learn an archive's own noise, for run --channel and repair --channel")
    adapt.add_argument("src", metavar="SRC", help="a file or folder, as for run")
    adapt.add_argument("--out", metavar="FILE", type=Path, required=True, help="channel file to write (.npz)")
    adapt.add_argument("--config", metavar="FILE", type=Path, help="settings file (TOML, table [ntm-extract])")
    adapt.set_defaults(command=_adapt)


def _adapt(options: argparse.Namespace) -> ExitCode:
    from tqdm import tqdm

    from ntm_extract.edges.folders import channel_hash
    from ntm_extract.edges.intake import find
    from ntm_extract.edges.locations import fetched
    from ntm_extract.edges.models import save_channels, shipped_repairer
    from ntm_extract.reading import read
    from ntm_extract.repair import frozen, own_noise
    from ntm_extract.settings import load_settings

    settings, repairer = load_settings(options.config), shipped_repairer()
    told, failed = [], 0
    for found in tqdm(find(options.src), unit="doc", disable=None, desc="reading"):
        try:
            with fetched(found.place) as path:
                document = read(path, found.source, settings)
        except OSError:
            failed += 1
            continue
        lines = tuple(line for page in document.pages for line in page.lines)
        failed += bool(document.problems)
        told.append(own_noise(lines, repairer))
    words = {name: round(sum(n for one in told for _, _, n in one.get(name, []))) for name in repairer.regimes}
    ruined = {name: n for name, n in words.items() if n and not repairer.regimes[name].marks}
    if not ruined:
        raise InputError(f"{options.src} holds no ruined text to learn from; run and repair need no --channel for it")
    save_channels(options.out, frozen(repairer, told))
    counts = ", ".join(f"{count_of(n, 'word')} of {name} text" for name, n in ruined.items())
    print(f"{count_of(len(told), 'document')}, {counts} -> {options.out} ({channel_hash(options.out)})")
    if failed:
        print(f"{count_of(failed, 'document')} could not be read whole", file=sys.stderr)
        return ExitCode.PROBLEMS
    return ExitCode.OK
