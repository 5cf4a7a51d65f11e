"""kill -9 at random moments: nothing is lost, nothing is read twice, nobody is left, no reader sees half a table."""

from __future__ import annotations

import csv
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from ntm_extract.outputs.schema import BY_NAME
from tests.test_sandbox import gone

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN ĐỒNG RẪY
Số: {n}/BC-UBND
BÁO CÁO
Kết quả xây dựng nông thôn mới năm 2023

- Giao thông: có {n}/90 xã đạt tiêu chí Giao thông.
- Tổng vốn: 4.{n}0 triệu đồng.
"""
MOMENTS = int(os.environ.get("NTM_KILLS", "50"))
DOCUMENTS = 30


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    for n in range(10, 10 + DOCUMENTS):
        (folder / f"{n}.txt").write_text(REPORT.format(n=n), encoding="utf-8")
    return folder


def start(archive: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ntm_extract.cli", "run", str(archive), "--out", str(out), "-j", "2", *more]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def tables(out: Path) -> dict[str, list[dict[str, str]]]:
    found = {}
    for path in sorted(out.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as handle:
            found[path.name] = [{k: v for k, v in row.items() if k != "seconds"} for row in csv.DictReader(handle)]
    return found


def descendants(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    except OSError:
        return []
    return [one for child in children for one in (int(child), *descendants(int(child)))]


class Reader(threading.Thread):
    """Reads tables every 10 ms and notes those that are not whole."""

    def __init__(self, out: Path) -> None:
        super().__init__(daemon=True)
        self.out, self.broken, self.stop, self.reads = out, [], False, 0

    def run(self) -> None:
        while not self.stop:
            for path in self.out.glob("[a-z]*.csv"):
                try:
                    data = path.read_bytes().decode("utf-8-sig")
                except FileNotFoundError:
                    continue
                self.reads += 1
                rows = list(csv.reader(data.splitlines()))
                width = len(BY_NAME[path.stem].names)
                if not data.endswith("\n") or any(len(row) != width for row in rows):
                    self.broken.append(path.name)
            time.sleep(0.01)


def test_killed_at_any_moment(archive: Path, tmp_path: Path) -> None:
    begin = time.monotonic()
    assert start(archive, tmp_path / "calm").wait() == 0
    whole, out, chance = time.monotonic() - begin, tmp_path / "out", random.Random(8)
    reader = Reader(out)
    reader.start()
    for moment in range(MOMENTS):
        run = start(archive, out, *(["--force"] if moment % 5 == 0 else []))
        time.sleep(chance.uniform(0.0, whole))
        family = descendants(run.pid)
        stored = {p: p.stat().st_mtime_ns for p in (out / "read").glob("*.json")} if moment % 5 != 4 else {}
        run.send_signal(signal.SIGKILL)
        run.wait()
        assert all(gone(pid) for pid in family)
        if moment % 5 in (1, 2, 3):
            assert all(p.stat().st_mtime_ns == at for p, at in stored.items())
    before = {p: p.stat().st_mtime_ns for p in (out / "read").glob("*.json")}
    assert start(archive, out).wait() == 0
    reader.stop = True
    reader.join()
    assert {p: p.stat().st_mtime_ns for p in before} == before
    assert tables(out) == tables(tmp_path / "calm")
    assert reader.reads > 100 and not reader.broken
    assert not list(out.rglob(".part-*"))


@pytest.mark.parametrize("world", [{"TZ": "Asia/Ho_Chi_Minh"}, {"LC_ALL": "C"}, {"PYTHONHASHSEED": "7"}], ids=str)
def test_the_world_outside_changes_nothing(archive: Path, tmp_path: Path, world: dict[str, str]) -> None:
    assert start(archive, tmp_path / "calm").wait() == 0
    command = [sys.executable, "-m", "ntm_extract.cli", "run", str(archive), "--out", str(tmp_path / "out"), "-j", "1"]
    assert subprocess.run(command, env={**os.environ, **world}, check=False, capture_output=True).returncode == 0
    assert tables(tmp_path / "out") == tables(tmp_path / "calm")


def test_dask_makes_the_same_tables(archive: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    assert start(archive, tmp_path / "calm").wait() == 0
    assert start(archive, tmp_path / "out", "--engine", "dask").wait() == 0
    assert tables(tmp_path / "out") == tables(tmp_path / "calm")


def test_interrupted_cleanly(archive: Path, tmp_path: Path) -> None:
    run = start(archive, tmp_path / "out")
    deadline = time.monotonic() + 60
    while not list((tmp_path / "out/rows").glob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.02)
    family = descendants(run.pid)
    run.send_signal(signal.SIGINT)
    assert run.wait(timeout=15) == 130
    assert all(gone(pid) for pid in family)
    assert start(archive, tmp_path / "out").wait() == 0
