"""The library's two names: what they take, give and raise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import ntm_extract
from ntm_extract.problems import InputError
from ntm_extract.result import Result
from tests.conftest import write


def test_process_reads_one_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Tổng kinh phí thực hiện là 250 triệu đồng.\n", encoding="utf-8")
    result = ntm_extract.process(path)
    assert [fact.amount_vnd for fact in result.extraction.budgets] == [250_000_000]
    assert (result.document.source, result.status) == ("a.txt", "ok")


def test_process_of_nothing_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ntm-extract run"):
        ntm_extract.process(tmp_path)


def test_load_gives_typed_frames(result: Result, tmp_path: Path) -> None:
    write(tmp_path, [result])
    tables = ntm_extract.load(tmp_path)
    assert tables["budgets"].amount_vnd.sum() == 14_000_000
    assert str(tables["budgets"].amount_vnd.dtype) == "Int64"


def test_columns_that_an_older_version_did_not_write_are_unknown(result: Result, tmp_path: Path) -> None:
    write(tmp_path, [result])
    path = tmp_path / "places.csv"
    path.write_text("doc_id,page\nabc,1\n", encoding="utf-8")
    places = ntm_extract.load(tmp_path)["places"]
    assert places["count"].isna().all()
    assert str(places["count"].dtype) == "Int64"


def test_importing_it_loads_nothing_heavy() -> None:
    code = "import ntm_extract, sys; print(sorted({'pandas', 'numpy', 'spacy'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout == "[]\n"
