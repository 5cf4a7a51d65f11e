"""How near the cells of tables come to the truth: places of the grid with the right text."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pandas as pd

from bench.scoring import Score
from ntm_extract.outputs.frames import load

Places = dict[tuple[int, int], str]


def laid_out(rows: list[dict[str, str]], spans: tuple[str, str]) -> Places:
    """(row, column) to text, lower case; merged cells at every place that they cover."""
    places: Places = {}
    for r in rows:
        for i in range(int(r["row"]), int(r["row"]) + int(r[spans[0]])):
            for j in range(int(r["col"]), int(r["col"]) + int(r[spans[1]])):
                places[i, j] = " ".join(str(r["text"] or "").lower().split())
    return places


def true_tables(path: Path) -> list[Places]:
    """The tables of a `.cells.csv`, parted by its column `table` where it has one."""
    by_number = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            by_number[row.get("table", "1")].append(row)
    return [laid_out(rows, ("rowspan", "colspan")) for rows in by_number.values()]


def found_tables(outputs: Path) -> dict[str, list[Places]]:
    """The tables of an output folder by stem of their document's source."""
    frames = load(outputs)
    stems = {d.doc_id: Path(d.source).stem for d in frames["documents"].itertuples()}
    cells = frames["table_cells"]
    found: dict[str, list[Places]] = {stem: [] for stem in stems.values()}
    for (doc_id, _), rows in cells.groupby(["doc_id", "table"], sort=True):
        texts = rows.assign(text=rows.text.where(pd.notna(rows.text), ""))
        found[stems[str(doc_id)]].append(laid_out(texts.to_dict("records"), ("row_span", "col_span")))
    return found


def match(true: list[Places], found: list[Places]) -> list[Score]:
    """A score for each true table with the found one that is most like it, and for each found one that is left over."""
    left, scores = list(found), []
    for want in true:
        best = max(left, key=lambda t: _hits(want, t), default={})
        if best:
            left.remove(best)
        scores.append(Score(sum(map(bool, want.values())), sum(map(bool, best.values())), _hits(want, best)))
    return scores + [Score(0, sum(map(bool, extra.values())), 0) for extra in left]


def _hits(want: Places, have: Places) -> int:
    return sum(1 for place, text in want.items() if text and have.get(place) == text)
