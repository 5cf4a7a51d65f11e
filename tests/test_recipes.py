"""The notebook and the DuckDB recipe of the docs run on real outputs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ntm_extract.batch import run
from ntm_extract.settings import Settings
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Outputs of the samples' texts: all that the scans hold, without the time to read them."""
    out = tmp_path_factory.mktemp("run") / "outputs"
    texts = tmp_path_factory.mktemp("texts")
    for path in (ROOT / "samples/truth").glob("*.txt"):
        (texts / path.name).write_bytes(path.read_bytes())
    run(texts, out, Settings(), 2)
    return out


def test_notebook_answers_its_questions(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    monkeypatch.setenv("NTM_OUTPUTS", str(outputs))
    book = nbformat.read(ROOT / "docs/notebooks/three-questions.ipynb", as_version=4)
    nbclient.NotebookClient(book, timeout=120, kernel_name="python3").execute()
    answers = [cell.outputs[-1].data["text/plain"] for cell in book.cells if cell.cell_type == "code" and cell.outputs]
    assert len(answers) == 3
    assert not [answer for answer in answers if "Empty DataFrame" in answer]


def test_duckdb_recipe_runs(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.chdir(outputs.parent)
    queries = re.findall(r"```sql\n(.*?)```", (ROOT / "docs/duckdb.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(queries) == 3
    for query in queries:
        assert duckdb.sql(query).fetchall()
