"""Two runs into one folder: the second says who is at work there and leaves everything alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ntm_extract.cli import main
from ntm_extract.edges.lock import NAME, holder, locked
from ntm_extract.problems import ExitCode, OutputError

HOLD = """
import sys
from pathlib import Path
from ntm_extract.edges.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def other(out: Path) -> subprocess.Popen[bytes]:
    """Another process that holds the folder until its input is closed, or it is killed."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.readline() == b"held\n"
    return process


def test_a_second_run_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Số: 1/BC-UBND\n", encoding="utf-8")
    out = tmp_path / "out"
    first = other(out)
    try:
        assert main(["run", str(tmp_path / "a.txt"), "--out", str(out)]) == ExitCode.OUTPUT
        said = capsys.readouterr().err
        assert said.count("\n") == 1 and f"pid {first.pid} " in said
        assert [path.name for path in out.iterdir()] == [NAME]
        assert holder(out).startswith(f"pid {first.pid} ")
    finally:
        first.communicate()


def test_a_lock_goes_with_whoever_held_it(tmp_path: Path) -> None:
    first = other(tmp_path)
    first.kill()
    first.wait()
    assert f"pid {first.pid} " in (tmp_path / NAME).read_text(encoding="utf-8")  # left behind, and no matter
    assert holder(tmp_path) == ""
    with locked(tmp_path), pytest.raises(OutputError, match="another run"), locked(tmp_path):
        pass


def test_a_lock_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("kept", encoding="utf-8")
    (tmp_path / NAME).symlink_to(target)
    with pytest.raises(OutputError), locked(tmp_path):
        pass
    assert target.read_text(encoding="utf-8") == "kept"
