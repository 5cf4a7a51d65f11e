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
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from ntm_extract.outputs.schema import BY_NAME
from tests.conftest import ROOT
from tests.faults.conftest import Told
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
DOCUMENTS, SCANS = 30, 3
MARK = "NTM_TEST_RUN"  # in the environment of a run and of all that it starts


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Thirty documents; three of them are scans of three pages."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for n in range(10, 10 + DOCUMENTS - SCANS):
        (folder / f"{n}.txt").write_text(REPORT.format(n=n), encoding="utf-8")
    with Image.open(SAMPLES / "xa_hong_khanh_2018.tif") as image:
        pages = [image.convert("L").crop((80, 130 + at, 900, 330 + at)) for at in (0, 200, 400)]
    how = {"save_all": True, "compression": "tiff_deflate", "dpi": (300, 300)}
    for n in range(SCANS):
        pages[n].save(folder / f"scan{n}.tif", append_images=pages[:n] + pages[n + 1 :], **how)
    return folder


def start(archive: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    return started([str(archive), "--out", str(out), "-j", "2", *more], out)


def started(arguments: list[str], out: Path, **how: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ntm_extract.cli", "run", *arguments]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env={**os.environ, MARK: str(out)}, **{**quiet, **how})


def left(out: Path) -> list[int]:
    """Every process that a run into this folder has started, directly or not, and that is still at work."""
    found, mark = [], f"{MARK}={out}".encode()
    for path in Path("/proc").glob("[0-9]*"):
        try:
            ours = mark in (path / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if ours and not gone(int(path.name), 0.01):
            found.append(int(path.name))
    return found


def emptied(out: Path) -> float:
    """Seconds until nothing of a run is left."""
    begin = time.monotonic()
    while left(out):
        assert time.monotonic() - begin < 5
        time.sleep(0.02)
    return time.monotonic() - begin


def stored(out: Path, part: str) -> dict[Path, int]:
    """When each file of a part of the store was written, but for what a run was killed in the midst of."""
    return {path: path.stat().st_mtime_ns for path in (out / part).glob("[!.]*.json")}


def tables(out: Path) -> dict[str, bytes]:
    """The bytes of every table, sheet and text, and of the parquet file; columns of seconds are left empty."""
    below = [path for name in ("text", "tables") for path in (out / name).rglob("*") if path.is_file()]
    paths = [*out.glob("*.csv"), out / "facts.parquet", out / "datapackage.json", *below]
    return {path.relative_to(out).as_posix(): timeless(path) for path in sorted(paths)}


def timeless(path: Path) -> bytes:
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


def forget(out: Path, chance: random.Random) -> None:
    """Take half of what is stored away, so that there is something to do."""
    for path in (out / "rows").glob("*.json"):
        if chance.random() < 0.5:
            for part in ("rows", "results", "read"):
                (out / part / path.name).unlink(missing_ok=True)


def phase(out: Path, before: int) -> str:
    """What a run was at."""
    if not (out / "run.log").exists() or (out / "run.log").stat().st_mtime_ns == before:
        return "beginning"
    return "making tables" if b'"event":"end"' in (out / "run.log").read_bytes() else "reading"


def test_killed_at_any_moment(archive: Path, tmp_path: Path, told: Told) -> None:
    begin = time.monotonic()
    assert start(archive, tmp_path / "calm").wait() == 0
    whole, out, chance = time.monotonic() - begin, tmp_path / "out", random.Random(8)
    reader, phases, kept, longest = Reader(out), Counter[str](), 0, 0.0
    reader.start()
    for moment in range(MOMENTS):
        force = moment % 5 == 0
        forget(out, chance)
        readings = stored(out, "read")
        log = (out / "run.log").stat().st_mtime_ns if (out / "run.log").exists() else 0
        run = start(archive, out, *(["--force"] if force else []))
        time.sleep(chance.uniform(0.0, whole))
        ended = run.poll() is not None
        run.send_signal(signal.SIGKILL)
        run.wait()
        longest = max(longest, emptied(out))
        phases["already ended" if ended else phase(out, log)] += 1
        if not force:
            now = stored(out, "read")
            assert all(now[path] == at for path, at in readings.items())  # read before, so not again
            kept += len(readings)
    readings = stored(out, "read")
    assert start(archive, out).wait() == 0
    reader.stop = True
    reader.join()
    now = stored(out, "read")
    assert {path: now[path] for path in readings} == readings
    assert tables(out) == tables(tmp_path / "calm")
    assert reader.reads > 100 and not reader.broken
    assert not list(out.rglob(".part-*"))
    when = ", ".join(f"{n} {name}" for name, n in phases.most_common())
    told(
        f"kill -9 at {MOMENTS} moments over {DOCUMENTS} documents ({when}): "
        f"tables byte-equal; {kept} times a stored reading, none made again; no process left after {longest:.2f} s; "
        f"{reader.reads} reads of CSVs, {len(reader.broken)} broken"
    )


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


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("before", [signal.SIG_DFL, signal.SIG_IGN], ids=["by hand", "in a script"])
def test_interrupted_cleanly(archive: Path, tmp_path: Path, how: signal.Signals, before: signal.Handlers) -> None:
    """Also where it was started by `&` in a script, whose children have SIGINT ignored."""
    out = tmp_path / "out"
    run = started([str(archive), "--out", str(out), "-j", "2"], out, preexec_fn=lambda: signal.signal(how, before))
    deadline = time.monotonic() + 60
    while not list((out / "rows").glob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.02)
    run.send_signal(how)
    assert run.wait(timeout=15) == 130
    emptied(out)
    assert b'"event":"interrupted"' in (out / "run.log").read_bytes()
    assert start(archive, out).wait() == 0


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_a_terminals_interrupt_is_told_in_one_line(archive: Path, tmp_path: Path, engine: str) -> None:
    """Ctrl-C reaches every process of the run; only the run speaks of it."""
    if engine == "dask":
        pytest.importorskip("distributed")
    out, said = tmp_path / "out", tmp_path / "said"
    with said.open("wb") as file:
        run = started(
            [str(archive), "--out", str(out), "-j", "2", "--engine", engine], out, start_new_session=True, stderr=file
        )
        while not list((out / "rows").glob("*.json")):
            assert run.poll() is None
            time.sleep(0.02)
        os.killpg(run.pid, signal.SIGINT)
        assert run.wait(timeout=15) == 130
    emptied(out)
    lines = said.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "WARNING" not in line] == ["ntm-extract: interrupted"]  # Dask tells what it drops
