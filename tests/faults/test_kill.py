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
from collections.abc import Iterable
from pathlib import Path

import pytest

from ntm_extract.outputs.schema import BY_NAME
from tests.conftest import ROOT
from tests.test_sandbox import gone

SAMPLES = ROOT / "samples" / "scans"

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


def tables(out: Path) -> dict[str, bytes]:
    """The bytes of every table, sheet and text, and of the parquet file; columns of seconds are left empty."""
    below = [path for name in ("text", "tables") for path in (out / name).rglob("*") if path.is_file()]
    paths = [*out.glob("*.csv"), out / "facts.parquet", out / "datapackage.json", *below]
    return {path.relative_to(out).as_posix(): _timeless(path) for path in sorted(paths)}


def _timeless(path: Path) -> bytes:
    if path.name not in {"documents.csv", "pages.csv"}:
        return path.read_bytes()
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = [row | {"seconds": ""} for row in csv.DictReader(handle)]
    return "\n".join("\t".join(row.values()) for row in rows).encode()


def children(pid: int) -> list[int]:
    try:
        tasks = [path.read_text(encoding="utf-8") for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    return [int(child) for task in tasks for child in task.split()]


def descendants(pid: int) -> list[int]:
    return [one for child in children(pid) for one in (child, *descendants(child))]


def said(pid: int) -> str:
    """The command line of a process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


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


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Texts, a scan and a damaged file, and what an undisturbed run on two workers makes of them."""
    folder = tmp_path_factory.mktemp("mixed")
    fill(folder / "archive", range(10, 22))
    assert start(folder / "archive", folder / "calm").wait() == 3
    return folder / "archive", folder / "calm"


def fill(folder: Path, numbers: Iterable[int]) -> None:
    folder.mkdir()
    for n in numbers:
        (folder / f"{n}.txt").write_text(REPORT.format(n=n), encoding="utf-8")
    (folder / "scan.tif").write_bytes((SAMPLES / "xa_hong_khanh_2018.tif").read_bytes())
    (folder / "bad.pdf").write_bytes(b"no PDF")


WORLDS: dict[str, dict[str, str]] = {
    "one worker": {},
    "time zone": {"TZ": "Asia/Ho_Chi_Minh"},
    "locale": {"LC_ALL": "C", "LANG": "C"},
    "hash seed": {"PYTHONHASHSEED": "7"},
}


@pytest.mark.parametrize("world", WORLDS)
def test_the_world_outside_changes_nothing(mixed: tuple[Path, Path], tmp_path: Path, world: str) -> None:
    archive, calm = mixed
    command = [sys.executable, "-m", "ntm_extract.cli", "run", str(archive), "--out", str(tmp_path / "out"), "-j", "1"]
    done = subprocess.run(command, env={**os.environ, **WORLDS[world]}, check=False, capture_output=True)
    assert done.returncode == 3
    assert tables(tmp_path / "out") == tables(calm)


def test_the_order_of_files_changes_nothing(mixed: tuple[Path, Path], tmp_path: Path) -> None:
    shuffled = list(range(10, 22))
    random.Random(8).shuffle(shuffled)
    fill(tmp_path / "archive", shuffled)
    assert start(tmp_path / "archive", tmp_path / "out").wait() == 3
    assert tables(tmp_path / "out") == tables(mixed[1])


def test_dask_makes_the_same_tables_though_a_worker_is_killed(mixed: tuple[Path, Path], tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    archive, calm = mixed
    out = tmp_path / "out"
    run = start(archive, out, "--engine", "dask")
    while not list((out / "rows").glob("*.json")):
        assert run.poll() is None
        time.sleep(0.02)
    at_work = [pid for pid in descendants(run.pid) if any("engine import live" in said(c) for c in children(pid))]
    assert len(at_work) == 2  # Dask's workers, each with one of ours
    family = descendants(at_work[0])
    os.kill(at_work[0], signal.SIGKILL)
    assert all(gone(pid) for pid in family)
    assert run.wait() == 3
    assert tables(out) == tables(calm)


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
