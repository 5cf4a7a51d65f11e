"""The command line: bad input gets one line and its exit code; a bad file among good ones costs only itself."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from ntm_extract.cli import main
from ntm_extract.edges.folders import channel_hash
from ntm_extract.problems import ExitCode

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN ĐỒNG RẪY
Số: 57/BC-UBND
Đồng Rẫy, ngày 04 tháng 3 năm 2024
BÁO CÁO
Kết quả xây dựng nông thôn mới năm 2023

- Giao thông: có 6/9 xã đạt tiêu chí Giao thông.
- Đường trục thôn cứng hóa 51,2/64 km, đạt 80%.
- Tổng vốn: 4.210 triệu đồng.
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder with one good report and every kind of bad file."""
    folder = tmp_path / "archive"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "good.txt").write_text(REPORT, encoding="utf-8")
    (folder / "same.txt").write_text(REPORT, encoding="utf-8")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "really-text.pdf").write_text("xin chào\n", encoding="utf-8")
    (folder / "no-image.png").write_bytes(b"\x00\x01nothing")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    Image.new("L", (600, 800), 255).save(folder / "blank.png")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(folder / "locked.pdf", encryption=pikepdf.Encryption(user="secret", owner="secret"))
        pdf.save(folder / "cut.pdf")
    (folder / "cut.pdf").write_bytes((folder / "cut.pdf").read_bytes()[:90])
    return folder


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_a_bad_file_costs_only_itself(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["run", str(archive), "--out", str(out), "-j", "2"]) == ExitCode.PROBLEMS
    failures = {row["source"]: row for row in read(out / "failures.csv")}
    expected = {
        "empty.pdf": "empty_file",
        "really-text.pdf": "not_a_pdf",
        "no-image.png": "not_an_image",
        "binary.txt": "not_text",
        "locked.pdf": "encrypted",
    }
    assert {source: failures[source]["code"] for source in expected} == expected
    assert set(failures) >= {*expected, "cut.pdf"}
    assert all(row["error"] and row["hint"] and "\n" not in row["error"] for row in failures.values())
    documents = {row["source"]: row for row in read(out / "documents.csv")}
    assert len(documents) == 8
    good = documents["same.txt"]
    assert (good["also_at"], good["status"], good["kind"], good["number"]) == (
        "sub/good.txt",
        "ok",
        "Báo cáo",
        "57/BC-UBND",
    )
    assert documents["locked.pdf"]["status"] == "failed"
    (criterion,) = read(out / "criteria.csv")
    assert (criterion["criterion"], criterion["count"], criterion["total"], criterion["line"]) == ("2", "6", "9", "8")
    (share,) = read(out / "percentages.csv")
    assert (share["num"], share["den"], share["value"], share["page"]) == ("51.2", "64", "80", "1")
    (money,) = read(out / "budgets.csv")
    assert money["amount_vnd"] == "4210000000"
    for row in (criterion, share, money):
        assert row["quote"] and row["quote_ocr"] and 0 < float(row["confidence"]) <= 1
    assert (out / "text" / "same.txt.txt").read_text(encoding="utf-8") == REPORT
    said = capsys.readouterr().out
    assert "8 documents" in said and "failures.csv" in said


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["run", "{tmp}/nowhere", "--out", "{tmp}/o"], ExitCode.INPUT, "nowhere"),
        (["run", "{tmp}", "--out", "{tmp}/o"], ExitCode.INPUT, "nothing to read"),
        (["run", "{tmp}", "--out", "{tmp}/o", "--config", "{tmp}/none.toml"], ExitCode.CONFIG, "none.toml"),
        (["repair", "{tmp}/none.txt"], ExitCode.INPUT, "none.txt"),
    ],
)
def test_bad_calls_get_one_line(
    arguments: list[str], code: ExitCode, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([a.format(tmp=tmp_path) for a in arguments]) == code
    said = capsys.readouterr().err
    assert says in said and said.count("\n") == 1


@pytest.mark.parametrize("text", ["[ntm-extract]\ndpi = 5\n", "[ntm-extract]\nspeed = 1\n", "not toml"])
def test_wrong_settings_are_named(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "s.toml"
    path.write_text(text, encoding="utf-8")
    assert main(["run", str(tmp_path), "--out", str(tmp_path / "o"), "--config", str(path)]) == ExitCode.CONFIG
    assert "s.toml" in capsys.readouterr().err


def test_output_that_cannot_be_written(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert main(["run", str(archive / "sub"), "--out", str(tmp_path / "file"), "-j", "1"]) == ExitCode.OUTPUT
    assert "--out" in capsys.readouterr().err


def test_usage_errors_exit_two() -> None:
    with pytest.raises(SystemExit) as caught:
        main(["fly"])
    assert caught.value.code == ExitCode.USAGE


def test_repair_keeps_lines_and_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "in.txt"
    path.write_text("Uy ban nhan dan huyen\n\nbao cao ket qua 12,5 %\n", encoding="utf-8")
    assert main(["repair", str(path)]) == ExitCode.OK
    assert capsys.readouterr().out.splitlines() == ["Ủy ban nhân dân huyện", "", "báo cáo kết quả 12,5 %"]
    assert main(["repair", str(path), "--diff"]) == ExitCode.OK
    shown = capsys.readouterr().out
    assert "dan" in shown and "dân" in shown and "\x1b" not in shown
    assert main(["repair", str(path), "--out", str(tmp_path / "out.txt")]) == ExitCode.OK
    assert "12,5" in (tmp_path / "out.txt").read_text(encoding="utf-8")


RUINED_TEXT = "Uy ban nhan dan x4 da van déng nhan dan hién dat lam dudng, xay nha van hoa thén\n" * 12


def test_a_frozen_channel(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a.txt").write_text(RUINED_TEXT, encoding="utf-8")
    channel, out = tmp_path / "c.npz", tmp_path / "out"
    assert main(["adapt", str(tmp_path / "src"), "--out", str(channel)]) == ExitCode.OK
    assert "1 document," in capsys.readouterr().out
    assert main(["repair", str(tmp_path / "src" / "a.txt"), "--channel", str(channel)]) == ExitCode.OK
    assert capsys.readouterr().out.startswith("Ủy ban nhân dân xã đã vận động")
    assert main(["run", str(tmp_path / "src"), "--out", str(out), "-j", "1", "--channel", str(channel)]) == ExitCode.OK
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["channel"] == channel_hash(channel)


def test_a_bad_channel_gets_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, cut = tmp_path / "good.txt", tmp_path / "cut.npz"
    good.write_text("Ủy ban nhân dân xã đã làm đường cho nhân dân các thôn", encoding="utf-8")
    np.savez(cut, signs=np.zeros(3))
    for path, says in ((good, "no channel file"), (tmp_path / "none.npz", "does not exist"), (cut, "can't be used")):
        assert main(["repair", str(good), "--channel", str(path)]) == ExitCode.CONFIG
        said = capsys.readouterr().err
        assert says in said and said.count("\n") == 1
    assert main(["adapt", str(good), "--out", str(cut)]) == ExitCode.INPUT
    assert "no ruined text" in capsys.readouterr().err


def test_doctor_and_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == ExitCode.OK
    assert "tesseract" in capsys.readouterr().out
    assert main(["schema"]) == ExitCode.OK
    assert "budgets: " in capsys.readouterr().out


def test_what_a_script_had_ignored_still_interrupts() -> None:
    """A shell without job control starts what ends in `&` with SIGINT ignored."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assert main(["schema"]) == ExitCode.OK
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


def test_no_module_is_taken_from_the_folder_where_a_run_starts(tmp_path: Path) -> None:
    for name in ("msgspec", "numpy", "cv2"):
        (tmp_path / f"{name}.py").write_text("import pathlib; pathlib.Path('taken').touch()\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Có 10/13 xã đạt tiêu chí Giao thông.\n", encoding="utf-8")
    command = [sys.executable, "-P", "-m", "ntm_extract.cli", "run", "a.txt", "--out", "out"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert not (tmp_path / "taken").exists()
