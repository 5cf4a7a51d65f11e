"""How repair is scored: tokens wrong before and after, readings put right and put wrong, numbers kept, speed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from bench.scoring import NUMBER
from bench.unseen import Page
from ntm_extract.model import Line
from ntm_extract.reading import read as read_document
from ntm_extract.repair import Repairer, repair_text
from ntm_extract.settings import Settings
from ntm_extract.text.normal import nfc
from training.pairs import match


class Score(NamedTuple):
    """Edits of tokens against the truth, raw and repaired; readings put right and put wrong; seconds; numbers."""

    name: str
    tokens: int
    raw: int
    left: int
    fixed: int
    harmed: int
    seconds: float
    numbers: int = 0  # of the truth
    numbers_read: int = 0  # of those, in the reading
    numbers_right: int = 0  # of those, in the repaired text

    def row(self) -> str:
        """The score as a line under HEADER."""
        per = 100 / max(1, self.tokens)
        speed = self.tokens / max(1e-9, self.seconds)
        return (
            f"{self.name:34} {self.tokens:7} {self.raw * per:7.2f} {self.left * per:7.2f} "
            f"{self.fixed:6} {self.harmed:6} {speed:9.0f} {self.numbers:5} {self.numbers_read:5} {self.numbers_right:5}"
        )


HEADER = (
    f"{'':34} {'tokens':>7} {'raw %':>7} {'left %':>7} {'fixed':>6} {'harmed':>6} {'tokens/s':>9} "
    f"{'nums':>5} {'read':>5} {'kept':>5}"
)


def compare(name: str, lines: list[tuple[str, str]], repaired: list[str], seconds: float) -> Score:
    """Score lines (truth, reading) and what repair made of the readings."""
    tokens = raw = left = fixed = harmed = 0
    numbers = [0, 0, 0]
    for (truth, read), new in zip(lines, repaired, strict=True):
        t, r, h = nfc(truth).split(), nfc(read).split(), new.split()
        tokens += len(t)
        raw += Levenshtein.distance(r, t)
        left += Levenshtein.distance(h, t)
        if len(r) == len(h):
            for i, j in match(t, r):
                fixed += r[j] != t[i] == h[j]
                harmed += r[j] == t[i] != h[j]
        numbers = [a + b for a, b in zip(numbers, kept_numbers(truth, read, new), strict=True)]
    return Score(name, tokens, raw, left, fixed, harmed, seconds, *numbers)


def kept_numbers(truth: str, read: str, repaired: str) -> tuple[int, int, int]:
    """Numbers of the truth; how many of them the reading has; how many the repaired text has."""
    true, found, kept = (Counter(NUMBER.findall(text)) for text in (truth, read, repaired))
    return true.total(), (true & found).total(), (true & kept).total()


def run(name: str, lines: list[tuple[str, str]], repairer: Repairer, groups: Iterable[list[int]]) -> Score:
    """Repair the readings of each group of lines (a page) as one text, and score them all."""
    out = [""] * len(lines)
    start = time.perf_counter()
    for group in groups:
        text = repair_text("\n".join(lines[i][1] for i in group), repairer).text
        for i, line in zip(group, text.split("\n"), strict=True):
            out[i] = line
    return compare(name, lines, out, time.perf_counter() - start)


def whole(lines: list[tuple[str, str]]) -> list[list[int]]:
    """All lines as one group."""
    return [list(range(len(lines)))]


def stream(pages: list[Page], repairer: Repairer) -> Score:
    """Score a document whose lines may have been read otherwise parted: as one stream of tokens."""
    truth = " ".join(line for true, _ in pages for line in true)
    read = "\n\f".join("\n".join(lines) for _, lines in pages)
    start = time.perf_counter()
    repaired = repair_text(read, repairer).text
    seconds = time.perf_counter() - start
    t, r, h = truth.split(), read.split(), repaired.split()
    raw, left = Levenshtein.distance(r, t), Levenshtein.distance(h, t)
    return Score("", len(t), raw, left, raw - left, 0, seconds, *kept_numbers(truth, read, repaired))


def with_regime(repairer: Repairer, name: str, regime: object) -> Repairer:
    """The repairer with one channel in the place of the shipped one."""
    return replace(repairer, regimes={**repairer.regimes, name: regime})  # type: ignore[dict-item]


def all_lines(path: Path) -> tuple[Line, ...]:
    """The lines of all pages of a document as read."""
    return tuple(line for page in read_document(path, path.name, Settings()).pages for line in page.lines)
