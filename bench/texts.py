"""How near a reading comes to its transcript, by one measure for every reader."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from bench.scoring import TextScore, score_text
from bench.tools import ROOT, SHARED
from bench.work import SAMPLES, Set

COLUMNS = ("syllables", "SER %", "CER %", "letters with marks right %", "numbers right %")


def read_right(one: Set, texts: Path, stems: Iterable[str]) -> tuple[object, ...]:
    """COLUMNS of the texts `<stem>.txt` in a folder, pooled: by `score_scan.py`, samples by bench.scoring."""
    pairs = [(texts / f"{stem}.txt", one.truth / f"{stem}.txt") for stem in stems]
    if one == SAMPLES:
        scores = [score_text(read.read_text("utf-8"), true.read_text("utf-8")) for read, true in pairs]
        total = TextScore(*(sum(column) for column in zip(*scores, strict=True)))
        return (total.syllables, ser(total), "-", "-", numbers(total))
    last = said(sys.executable, SHARED / "score_scan.py", *(path for pair in pairs for path in pair)).splitlines()[-1]
    found = dict(re.findall(r"([A-Za-z]+) +([\d.]+)", last))
    return tuple(found[name] for name in ("syllables", "SER", "CER", "dia", "num"))


def ser(score: TextScore) -> str:
    return f"{100 * score.edits / max(1, score.syllables):.2f}"


def numbers(score: TextScore) -> str:
    return f"{100 * score.numbers_right / max(1, score.numbers):.2f}"


def scored(*arguments: object) -> dict:
    """What `score.py` says, from its JSON."""
    return dict(json.loads(said(sys.executable, SHARED / "score.py", *arguments, "--json").splitlines()[-1]))


def said(*command: object) -> str:
    """What a command prints."""
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.strip("\n")
