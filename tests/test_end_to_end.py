"""Golden run over samples/: what the documents say comes out, the same each time, with evidence on every row."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from bench.scoring import Score, pool, score_facts, score_text
from ntm_extract.batch import Summary, run
from ntm_extract.outputs.frames import load
from ntm_extract.outputs.schema import FACT_TABLES
from ntm_extract.settings import Settings
from tests.conftest import ROOT

SCANS, TRUTH = ROOT / "samples/scans", ROOT / "samples/truth"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    out = tmp_path_factory.mktemp("samples")
    return out, run(SCANS, out, Settings(), 2)


@pytest.fixture(scope="module")
def scores(outputs: tuple[Path, Summary]) -> dict[str, dict[str, Score]]:
    return score_facts(outputs[0], TRUTH)


def test_every_sample_is_read(outputs: tuple[Path, Summary]) -> None:
    out, summary = outputs
    documents = load(out)["documents"]
    assert set(documents.source) == {p.name for p in SCANS.iterdir()}
    assert set(documents.status) == {"ok"}
    assert summary.rows["failures"] == 0


@pytest.mark.parametrize(
    ("tables", "least"),
    [(("criteria", "percentages", "budgets"), 0.75), (("document",), 0.75), (("quantities", "legal_refs"), 0.6)],
    ids=["money-shares-criteria", "document", "quantities-references"],
)
def test_facts_are_found(scores: dict[str, dict[str, Score]], tables: tuple[str, ...], least: float) -> None:
    assert pool(scores, tables).f1 >= least


def test_texts_are_read(outputs: tuple[Path, Summary]) -> None:
    out, _ = outputs
    edits = syllables = numbers = right = 0
    for truth in sorted(TRUTH.glob("*.txt")):
        (path,) = (out / "text").glob(f"{truth.stem}.*.txt")
        score = score_text(path.read_text(encoding="utf-8"), truth.read_text(encoding="utf-8"))
        syllables, edits = syllables + score.syllables, edits + score.edits
        numbers, right = numbers + score.numbers, right + score.numbers_right
    assert edits / syllables < 0.08
    assert right / numbers > 0.9


def test_every_fact_has_evidence(outputs: tuple[Path, Summary]) -> None:
    frames = load(outputs[0])
    documents = frames["documents"].set_index("doc_id")
    for table in FACT_TABLES:
        frame = frames[table.name]
        assert frame.fact_id.is_unique, table.name
        assert frame[["page", "quote", "quote_ocr", "confidence", "rule"]].notna().all(axis=None), table.name
        in_table = frame.rule.str.contains("table")  # a cell stands on no line
        assert frame.line[~in_table].notna().all(), table.name
        assert frame.quote.str.len().max() <= 200
        scans = frame[~frame.doc_id.map(documents.source).str.endswith(".txt")]
        assert scans[["x0", "y0", "x1", "y1"]].notna().all(axis=None), table.name
        assert ((scans.x1 > scans.x0) & (scans.y1 > scans.y0)).all()


def test_errors_of_authorship_are_seen(outputs: tuple[Path, Summary]) -> None:
    checks = load(outputs[0])["checks"]
    assert {"ratio_makes_percentage", "parts_make_total"} <= set(checks.check)
    assert checks.message.notna().all()


def test_same_bytes_on_one_worker_or_two(outputs: tuple[Path, Summary], tmp_path: Path) -> None:
    few = tmp_path / "few"
    few.mkdir()
    names = sorted(p.name for p in SCANS.iterdir())[:2] + [p.name for p in SCANS.glob("*.txt")]
    for name in names:
        (few / name).write_bytes((SCANS / name).read_bytes())
    run(few, tmp_path / "one", Settings(), 1)
    run(few, tmp_path / "two", Settings(), 2)
    for path in sorted((tmp_path / "one").glob("*.csv")):
        a, b = (pd.read_csv(tmp_path / o / path.name, encoding="utf-8-sig", dtype=str) for o in ("one", "two"))
        pd.testing.assert_frame_equal(
            a.drop(columns="seconds", errors="ignore"), b.drop(columns="seconds", errors="ignore")
        )
