"""Memory is flat: what the run itself holds at the end is what it held at a tenth of the way."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.faults.conftest import Told
from tests.faults.test_kill import REPORT, start

FILES, PAGES = 1000, 1500


def resident(pid: int) -> float:
    """MiB of memory that a process holds; 0 once it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def watched(run: subprocess.Popen[bytes], share: Callable[[], float]) -> tuple[float, float, float]:
    """MiB of the parent at a tenth of the way, at most after it, and at its end."""
    tenth = most = last = 0.0
    while run.poll() is None:
        now = resident(run.pid)
        if now and share() >= 0.1:
            tenth, most, last = tenth or now, max(most, now), now
        time.sleep(0.05)
    assert run.wait() == 0
    return tenth, most, last


def lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def check(told: Told, name: str, tenth: float, most: float, last: float) -> None:
    told(f"{name}: parent {tenth:.1f} MiB at a tenth, {last:.1f} at the end, {most:.1f} at most")
    assert tenth > 0 and most <= 1.1 * tenth
    assert most < 300


def test_a_thousand_files(tmp_path: Path, told: Told) -> None:
    archive, out = tmp_path / "archive", tmp_path / "out"
    archive.mkdir()
    for n in range(FILES):
        text = REPORT.format(n=10 + n % 80).replace("Số: ", f"Số: {n}")
        (archive / f"{n:04}.txt").write_text(text, encoding="utf-8")
    run = start(archive, out)
    check(told, "1,000 files", *watched(run, lambda: (lines(out / "run.log") - 1) / FILES))
    begin = time.monotonic()
    assert start(archive, out).wait() == 0
    again = time.monotonic() - begin
    told(f"1,000 files run again, unchanged: {FILES / again:.0f} documents a second")
    assert FILES / again >= 300


@pytest.mark.parametrize("kind", ["tif", "pdf"])
def test_one_long_file(tmp_path: Path, told: Told, kind: str) -> None:
    path, out = tmp_path / f"long.{kind}", tmp_path / "out"
    first = Image.new("L", (300, 400), 255)
    first.save(path, save_all=True, append_images=(first for _ in range(PAGES - 1)), resolution=72)

    def share() -> float:
        journal = sum(lines(part) for part in (out / "read").glob("*.part"))
        return 1.0 if list((out / "read").glob("*.json")) else journal / PAGES

    check(told, f"one {kind} of 1,500 pages", *watched(start(path, out), share))
