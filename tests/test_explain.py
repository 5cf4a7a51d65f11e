"""`explain` tells where a row comes from; an unknown id gets one line that says where ids are."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ntm_extract.cli import main
from ntm_extract.problems import ExitCode
from tests.test_cli import REPORT


def test_explain_shows_place_repairs_rule_and_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    ruined = REPORT.replace("6/9 xã đạt tiêu chí Giao thông", "12/9 xã đạt tiêu chi Giao thông")
    (tmp_path / "in" / "a.txt").write_text(ruined, encoding="utf-8")
    out = tmp_path / "out"
    assert main(["run", str(tmp_path / "in"), "--out", str(out)]) == ExitCode.OK
    with (out / "criteria.csv").open(encoding="utf-8-sig", newline="") as handle:
        (row,) = csv.DictReader(handle)
    capsys.readouterr()
    assert main(["explain", row["fact_id"], "--out", str(out)]) == ExitCode.OK
    told = capsys.readouterr().out
    assert told.startswith(f"criteria {row['fact_id']}\n")
    for part in (
        "a.txt",
        "page             1, line 8",
        "chi -> chí: ",
        "margin ",
        row["rule"],
        row["quote_ocr"].lstrip("'"),
    ):
        assert part in told
    for check in row["checks"].split(";"):
        assert f"  {check} (" in told


def test_explain_of_an_unknown_fact_says_where_ids_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "0" * 16, "--out", str(tmp_path)]) == ExitCode.INPUT
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(REPORT, encoding="utf-8")
    main(["run", str(tmp_path / "in"), "--out", str(tmp_path / "out")])
    assert main(["explain", "0" * 16, "--out", str(tmp_path / "out")]) == ExitCode.INPUT
    assert "column fact_id" in capsys.readouterr().err
