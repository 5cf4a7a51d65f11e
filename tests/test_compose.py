"""Composed reports say in their annex tables what they say in their text."""

from __future__ import annotations

import pytest

from training.compose_tables import annexes
from training.compose_text import body
from training.compose_world import World


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
