"""The door to other programs: whatever one of them does, it ends in time, small, and with nothing left behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.fuzz_files import seeds
from ntm_extract.edges import ocr, sandbox
from ntm_extract.edges.pictures import write_pictures
from ntm_extract.edges.sandbox import ProgramFailedError, ProgramTimeoutError, run
from ntm_extract.reading import read
from ntm_extract.settings import Settings


def python(code: str, **limits: float) -> bytes:
    return run(sys.executable, "-c", code, **({"seconds": 20.0} | limits))  # type: ignore[arg-type]


def gone(pid: int, seconds: float = 5.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state in "ZX":
            return True
        time.sleep(0.05)
    return False


def test_what_is_given_comes_back() -> None:
    data = os.urandom(1 << 20)
    assert python("import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())", given=data) == data  # type: ignore[arg-type]


def test_a_program_that_reads_nothing_is_no_fault() -> None:
    assert python("print('done')", given=bytes(1 << 20)) == b"done\n"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(60)",
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)",
        "while True: pass",
        "import os, time; os.close(1); os.close(2); time.sleep(60)",
    ],
    ids=["asleep", "deaf", "busy", "silent"],
)
def test_time_is_bounded(code: str) -> None:
    begin = time.monotonic()
    with pytest.raises(ProgramTimeoutError, match="longer than 1 s"):
        python(code, seconds=1.0)
    assert time.monotonic() - begin < 3


def test_output_is_bounded() -> None:
    with pytest.raises(ProgramFailedError, match="wrote more than 2 MiB"):
        python("while True: print('x' * 100000)", output_mb=2)


def test_files_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "big"
    with pytest.raises(ProgramFailedError):
        python(f"f = open({str(path)!r}, 'wb')\nfor _ in range(64): f.write(bytes(1 << 20)); f.flush()", output_mb=4)
    assert path.stat().st_size <= 4 << 20


def test_a_flood_of_complaints_is_dropped() -> None:
    code = "import sys\nfor _ in range(3000): sys.stderr.write('no! ' * 1000)\nprint('done')"
    assert python(code) == b"done\n"


def test_memory_is_bounded() -> None:
    with pytest.raises(ProgramFailedError):
        python("x = bytearray(1 << 30)", memory_mb=256)


def test_a_program_asks_for_no_more_memory_than_its_worker_has() -> None:
    inner = "import resource; print(resource.getrlimit(resource.RLIMIT_DATA)[1])"
    code = f"""
import resource, sys
from ntm_extract.edges.sandbox import run
resource.setrlimit(resource.RLIMIT_DATA, (600 << 20, 600 << 20))
print(run(sys.executable, '-c', {inner!r}, seconds=20, memory_mb=1536).decode())
"""
    assert int(subprocess.check_output([sys.executable, "-c", code])) == 600 << 20


def test_what_a_program_leaves_is_killed_with_it(tmp_path: Path) -> None:
    child = tmp_path / "pid"
    code = f"""
import subprocess, sys
p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])
open({str(child)!r}, 'w').write(str(p.pid))
"""
    with pytest.raises(ProgramTimeoutError):  # the grandchild holds the pipe open
        python(code, seconds=2.0)
    assert gone(int(child.read_text(encoding="utf-8")))


def test_a_program_ends_with_whoever_started_it(tmp_path: Path) -> None:
    child = tmp_path / "pid"
    inner = f"import os, time; open({str(child)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    code = f"from ntm_extract.edges.sandbox import run; import sys; run(sys.executable, '-c', {inner!r}, seconds=60)"
    parent = subprocess.Popen([sys.executable, "-c", code])
    deadline = time.monotonic() + 20
    while not (child.exists() and child.read_text(encoding="utf-8")) and time.monotonic() < deadline:
        time.sleep(0.05)
    parent.kill()
    parent.wait()
    assert gone(int(child.read_text(encoding="utf-8")))


def test_a_session_is_killed_whole() -> None:
    code = """
import subprocess, sys, time
subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], process_group=0)
print('up', flush=True)
time.sleep(60)
"""
    leader = subprocess.Popen([sys.executable, "-c", code], start_new_session=True, stdout=subprocess.PIPE)
    assert leader.stdout is not None
    leader.stdout.readline()
    sandbox.kill_session(leader.pid)
    leader.wait(timeout=5)
    assert not [pid for pid in sandbox._processes() if sandbox._session(pid) == leader.pid]


WITNESS = """#!/bin/sh
echo {name} $(ulimit -d) $* >> {log}
exec {real} "$@"
"""
SEE_NO_FILE = {"-v", "--version", "--list-langs"}


def test_every_program_that_sees_a_file_is_confined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those that libraries start: each tells what it may take."""
    path, log, folder = tmp_path / "a.pdf", tmp_path / "log", tmp_path / "bin"
    folder.mkdir()
    for name in sandbox.PACKAGES:
        (folder / name).write_text(WITNESS.format(name=name, log=log, real=shutil.which(name)), encoding="utf-8")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    path.write_bytes(seeds()["text.pdf"])
    ocr.installed.cache_clear()
    read(path, path.name, Settings(recogniser="pytesseract", memory_mb=1200))
    ocr.installed.cache_clear()
    write_pictures(path, tmp_path / "pages", {1: 0})
    said = [line.split() for line in log.read_text(encoding="utf-8").splitlines()]
    seen = [(name, limit) for name, limit, *given in said if SEE_NO_FILE.isdisjoint(given)]
    assert {name for name, _ in seen} == set(sandbox.PACKAGES)
    assert {limit for _, limit in seen} == {str(1200 * 1024), str(sandbox.DEFAULTS.memory_mb * 1024)}
