"""Composed reports say in their annex tables what they say in their text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.damage import Original, read, tables_of
from training.compose import report
from training.compose_tables import annexes
from training.compose_text import body
from training.compose_world import World
from training.samples_source import read_source


def number(cell: str) -> int:
    return int(cell.replace(".", "")) if cell != "-" else 0


@pytest.mark.parametrize("seed", range(1, 25))
def test_annexes_add_up(seed: int) -> None:
    world = World(seed)
    list(body(world))
    rows: list[list[str]] = []
    kind = ""
    for line in annexes(world):
        if line.startswith("||"):
            kind, rows = line.split()[1], []
        elif line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
            if kind == "kind=budget" and len(rows) > 2:
                total, *parts = map(number, rows[-1][2:-1])
                assert total == sum(parts)
                if rows[-1][1] == "Tổng cộng":
                    assert dict(zip(rows[1][3:-1], parts, strict=True)) == dict(world.sources)
            if kind == "kind=communes" and rows[-1][0].isdigit():
                assert rows[-1][-1] == f"{rows[-1].count('x')}/19"


@pytest.mark.parametrize("seed", [2, 3])
def test_an_average_that_the_counts_contradict_is_told_with_both_figures(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text(report(seed), encoding="utf-8")
    blocks = read_source(path).blocks
    tables = tuple(tables_of(blocks))
    text = "\n".join(block.text for block in blocks if block.kind != "table")
    assert read(Original(text, tables))[1].checks == ()
    said = re.search(r"(\d+,\d)\d* tiêu chí/xã", text)
    assert said is not None
    higher = f"{float(said[1].replace(',', '.')) + 0.1:.2f}".replace(".", ",")
    found, judged = read(Original(text.replace(said[0], f"{higher} tiêu chí/xã"), tables))
    (check,) = judged.checks
    assert check.check == "counts_make_average"
    counts = {one.criterion: one.count or 0 for one in found.criteria if one.scope == "criterion" and one.criterion}
    communes = next(one.total for one in found.criteria if one.scope == "criterion" and one.total)
    implied = round(float(higher.replace(",", ".")) * communes)
    for message in (check.message, check.message_en):
        assert f" {implied}" in message
        assert f" {sum(counts.values())} " in message
