"""A disk that fills up, is read-only or taken away: one line says so, exit code 5, and nothing is wrong afterwards."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_extract.problems import ExitCode
from tests.faults.test_kill import archive, start, tables  # noqa: F401  # the archive is a fixture


def run(archive: Path, out: Path, most: int | None = None) -> subprocess.CompletedProcess[str]:  # noqa: F811
    """A run in which no file grows beyond `most` bytes."""
    bound = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))) if most else None
    command = [sys.executable, "-m", "ntm_extract.cli", "run", str(archive), "--out", str(out), "-j", "2"]
    return subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=bound)


def refused(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == ExitCode.OUTPUT, done.stderr
    assert done.stderr.count("\n") == 1
    assert "run again" in done.stderr or "--out" in done.stderr


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 KB."""
    out = tmp_path / "small"
    out.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(out)], check=False)
    if mounted.returncode:
        pytest.skip("may not mount a small disk")
    yield out
    subprocess.run(["umount", "-l", str(out)], check=True)


def test_a_full_disk(archive: Path, tmp_path: Path, small: Path) -> None:  # noqa: F811
    assert start(archive, tmp_path / "calm").wait() == 0
    refused(run(archive, small))
    stored = {path.name for path in (small / "rows").glob("*.json")}
    subprocess.run(["mount", "-o", "remount,size=64m", str(small)], check=True)
    done = run(archive, small)
    assert done.returncode == 0 and f"{len(stored)} stored before" in done.stdout
    assert tables(small) == tables(tmp_path / "calm")
    assert not list(small.rglob(".part-*"))


def test_a_read_only_disk(archive: Path, tmp_path: Path, small: Path) -> None:  # noqa: F811
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    refused(run(archive, small))


@pytest.mark.parametrize("most", [512, 6_000])
def test_files_that_may_not_grow(archive: Path, tmp_path: Path, most: int) -> None:  # noqa: F811
    out = tmp_path / "out"
    refused(run(archive, out, most))
    assert run(archive, out).returncode == 0
    assert start(archive, tmp_path / "calm").wait() == 0
    assert tables(out) == tables(tmp_path / "calm")


def test_an_output_folder_that_goes_away(archive: Path, tmp_path: Path) -> None:  # noqa: F811
    out = tmp_path / "out"
    command = [sys.executable, "-m", "ntm_extract.cli", "run", str(archive), "--out", str(out), "-j", "1"]
    going = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while len(list((out / "rows").glob("*.json"))) < 5:
        time.sleep(0.01)
    os.rename(out, tmp_path / "taken")  # noqa: PTH104
    shutil.rmtree(tmp_path / "taken", ignore_errors=True)
    _, said = going.communicate()
    assert going.returncode == ExitCode.OUTPUT, said
    assert said.count("\n") == 1 and ("run again" in said or "--out" in said)
    assert run(archive, out).returncode == 0
    assert start(archive, tmp_path / "calm").wait() == 0
    assert tables(out) == tables(tmp_path / "calm")
