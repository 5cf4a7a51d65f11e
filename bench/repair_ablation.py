"""Repair with one part of it taken away at a time: `python -m bench.repair --only ablation,ablation_scans`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from unittest import mock

import numpy as np
from msgspec import structs

from bench.repair_score import Score, all_lines, run, whole, with_regime
from ntm_extract.model import Line
from ntm_extract.repair import Repairer, repair_lines
from ntm_extract.repair.candidates import Finder, case_of
from ntm_extract.repair.channel import LOWER_CASE
from ntm_extract.repair.choosing import Choice
from ntm_extract.repair.language_model import BACKOFF_ZERO, LanguageModel
from training.channel import GOLD, heavy, heavy_pairs, light, light_pairs
from training.pairs import gold_lines


def of_order(model: LanguageModel, order: int) -> LanguageModel:
    """The language model with a memory of `order` - 1 words, 1 to 4."""
    for n in range(order, 4):
        child, backoff = getattr(model, f"child{n}"), getattr(model, f"backoff{n}")
        nothing = {f"child{n}": np.zeros_like(child), f"backoff{n}": np.full_like(backoff, BACKOFF_ZERO)}
        model = model._replace(**nothing)
    return model


def ablation(shared: Path, noise: Path, repairer: Repairer) -> Iterable[Score]:
    """The ruined layers with one part of repair taken away at a time."""
    variants = {
        f"n-grams of order {n}": replace(repairer, language_model=of_order(repairer.language_model, n))
        for n in (3, 2, 1)
    }
    variants["without adaptation"] = replace(repairer, adapts=False)
    patches = {
        "greedy": {"decoder.BEAM": 1},
        "one round of adaptation": {"adapting.ROUNDS": 1},
        "without the cache of word pairs": {"adapting.CACHE_WEIGHT": 0.0},
        "case as read": {"repairer.cases": case_as_read},
        "without punctuation tokens": {"choosing.pause": lambda _: None},
    }
    for stem in GOLD:
        regime = heavy(heavy_pairs(shared, noise, [s for s in GOLD if s != stem]))
        lines = gold_lines(shared, stem)
        yield run(f"ruined layer {stem}", lines, with_regime(repairer, "heavy", regime), whole(lines))
        for name, variant in variants.items():
            yield run(f"  {name}", lines, with_regime(variant, "heavy", regime), whole(lines))
        for name, patch in patches.items():
            with ExitStack() as stack:
                for what, value in patch.items():
                    stack.enter_context(mock.patch(f"ntm_extract.repair.{what}", value))
                yield run(f"  {name}", lines, with_regime(repairer, "heavy", regime), whole(lines))


def ablation_scans(shared: Path, noise: Path, repairer: Repairer) -> Iterable[Score]:
    """The real scans, read here and repaired with one part taken away; syllables wrong as score_scan.py counts them."""
    scans = sorted((shared / "scans" / "real" / "in").glob("*.pdf"))
    read = {path.stem: all_lines(path) for path in scans}
    fitted = {stem: with_regime(repairer, "light", light(light_pairs(shared, noise, stem))) for stem in read}
    patches: dict[str, dict[str, object]] = {
        "as read": {"repairer._pass": lambda lines, repairer: lines},
        "repaired": {},
        "  without confidences": {},
        "  without the document's own names": {"repairer._protected": lambda texts, _: texts},
        "  without its abbreviations": {"repairer.definitions": lambda rows: []},
        "  without joining of torn words": {"repairer.torn_words": lambda row, words, model: []},
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, patch in patches.items():
            files = []
            with ExitStack() as stack:
                for what, value in patch.items():
                    stack.enter_context(mock.patch(f"ntm_extract.repair.{what}", value))
                for stem, lines in read.items():
                    told = tuple(map(without_confidences, lines)) if "confidences" in name else lines
                    repaired = repair_lines(told, fitted[stem])
                    Path(folder, f"{stem}.txt").write_text("\n".join(line.text for line in repaired), encoding="utf-8")
                    files += [Path(folder, f"{stem}.txt"), shared / "scans" / "real" / f"{stem}.txt"]
            command = [sys.executable, shared / "score_scan.py", *files]
            print(f"{name:34} {subprocess.check_output(command, text=True).splitlines()[-1]}", flush=True)
    yield from ()


def without_confidences(line: Line) -> Line:
    """The line as if it were text alone."""
    return structs.replace(line, words=tuple(structs.replace(word, confidence=None) for word in line.words))


def case_as_read(finder: Finder, chosen: Sequence[Choice]) -> list[int]:
    """In the place of truecasing: the case of each token as it was read."""
    return [case_of(choice.token.parts.core) or LOWER_CASE for choice in chosen]
