"""Line pairs to word pairs: tokens of the truth matched with tokens of the reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from ntm_extract.repair.tokens import Kind, kind, split
from ntm_extract.text.normal import fold, nfc

GAP = 0.55


def match(truth: list[str], read: list[str]) -> Iterator[tuple[int, int]]:
    """Indices of tokens that are one and the same, by least folded distance over the line."""
    a, b = [fold(t) for t in truth], [fold(t) for t in read]
    rows = [[j * GAP for j in range(len(b) + 1)]]
    for i, x in enumerate(a, 1):
        row = [i * GAP]
        for j, y in enumerate(b, 1):
            row.append(min(rows[-1][j - 1] + Levenshtein.normalized_distance(x, y), rows[-1][j] + GAP, row[-1] + GAP))
        rows.append(row)
    i, j = len(a), len(b)
    while i and j:
        if rows[i][j] == rows[i - 1][j - 1] + Levenshtein.normalized_distance(a[i - 1], b[j - 1]):
            i, j = i - 1, j - 1
            yield i, j
        elif rows[i][j] == rows[i - 1][j] + GAP:
            i -= 1
        else:
            j -= 1


def word_pairs(truth: str, read: str) -> Iterator[tuple[str, str]]:
    """(true word, word as read) of one line: cores of words only."""
    left, right = nfc(truth).split(), nfc(read).split()
    for i, j in match(left, right):
        true, seen = split(left[i]), split(right[j])
        if kind(true.core) is not Kind.WORD or not seen.core or kind(seen.core) is Kind.NUMBER:
            continue
        core = seen.core
        if len(core) > 2 * len(true.core) + 2:
            continue
        yield true.core, core


def gold_lines(shared: Path, stem: str) -> list[tuple[str, str]]:
    """(truth, reading) of the lines of a gold document whose truth is known."""
    truth = (shared / "gold" / f"{stem}.gold.txt").read_text(encoding="utf-8").split("\n")
    read = (shared / "gold" / "in" / f"{stem}.txt").read_text(encoding="utf-8").split("\n")
    return [(t, r) for t, r in zip(truth, read, strict=False) if "⟦" not in t]


def scan_lines(path: Path) -> list[tuple[str, str, str]]:
    """(document, truth, reading) of OCR pairs of real scans: rows page, line, reading, truth."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return [(row[0].rsplit("-", 1)[0], row[3], row[2]) for row in rows if len(row) == 4]


def noise_lines(path: Path, kinds: Iterable[str]) -> list[tuple[str, str]]:
    """(truth, reading) of what training.noise wrote, of the kinds named; nothing where the file is not there."""
    if not path.exists():
        return []
    wanted = set(kinds)
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return [(row[1], row[2]) for row in rows if len(row) == 4 and row[0] in wanted]
