"""The only door to child processes: bounded in time, memory and output, killed whole, gone when we are.

Programs run in the session of the worker that started them, each in a process group of its own. A program that
overruns is killed as a group; a worker that is killed is killed as a session. If we are killed ourselves, the kernel
ends what we started (PR_SET_PDEATHSIG).
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import resource
import selectors
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from ntm_extract.problems import MissingError
from ntm_extract.settings import Settings

PACKAGES = {
    "tesseract": "tesseract-ocr",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdfinfo": "poppler-utils",
}
"""Debian package that holds each program."""
MIB = 1 << 20
SAID = 8192  # bytes of standard error that are kept; the rest is read and dropped
PR_SET_PDEATHSIG = 1
DEFAULTS = Settings()


class ProgramTimeoutError(Exception):
    """The program was killed because its time was up."""


class ProgramFailedError(Exception):
    """The program ended with an error, wrote too much or was killed; the text says which in one line."""


def require(program: str) -> str:
    """Path of the program. Raises MissingError, which says what to type."""
    path = shutil.which(program)
    if path is None:
        raise MissingError(f"{program} is not installed; type: sudo apt-get install {PACKAGES.get(program, program)}")
    return path


def run(
    program: str,
    *arguments: str,
    seconds: float,
    given: bytes = b"",
    memory_mb: int = DEFAULTS.memory_mb,
    output_mb: int = DEFAULTS.output_mb,
) -> bytes:
    """What the program writes to its standard output when it is given `given` on its standard input.

    It gets no longer than `seconds` (and as much processor time), `memory_mb` MiB of data, and `output_mb` MiB to
    write, to us or to a file. Raises ProgramTimeoutError, ProgramFailedError, MissingError.
    """
    ours = resource.getrlimit(resource.RLIMIT_DATA)[1]  # which only root could raise
    data = memory_mb * MIB if ours == resource.RLIM_INFINITY else min(memory_mb * MIB, ours)
    limits = [f"--data={data}", f"--fsize={output_mb * MIB}", f"--cpu={int(seconds) + 2}", "--core=0"]
    command = ["setpriv", "--pdeathsig", "KILL", "prlimit", *limits, "--", require(program), *arguments]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE if given else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        process_group=0,
        env={**os.environ, "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"},
    ) as process:
        try:
            out, err = _talk(program, process, given, seconds, output_mb * MIB)
            process.wait()
        finally:
            _kill_group(process.pid)
            process.wait()
    if process.returncode:
        if process.returncode == -signal.SIGXCPU:
            raise ProgramTimeoutError(f"{program} took longer than {seconds:g} s")
        ended = f"killed by {signal.Signals(-process.returncode).name}" if process.returncode < 0 else ""
        said = err.decode("utf-8", "replace").strip().splitlines() or [ended or f"exit code {process.returncode}"]
        raise ProgramFailedError(f"{program}: {ended or said[0]}")
    return out


def said(program: str, *arguments: str) -> str:
    """Everything that an installed program says of itself, on either channel; "" if it is not there or fails."""
    try:
        command = [require(program), *arguments]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False)
    except (MissingError, OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def confine(parent: int, memory_mb: int) -> None:
    """Confine this process, a worker: it dies with its parent, and its data stay within `memory_mb` MiB."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # the parent went before we asked
    resource.setrlimit(resource.RLIMIT_DATA, (memory_mb * MIB, memory_mb * MIB))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def apart(work: Callable[[Path], None], out: Path) -> bool:
    """Do something in a process of its own, so that the memory it takes goes with it; tell whether it went well."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=(out,), daemon=True)
    process.start()
    process.join()
    return process.exitcode == 0


def kill_session(leader: int) -> None:
    """Kill every process of a session, until there is none: children may start others while we look."""
    for _ in range(100):
        members = [pid for pid in _processes() if _session(pid) == leader]
        if not members:
            return
        for pid in members:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.005)


def _processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _session(pid: int) -> int:
    """Session of a process; 0 if it has gone or is but waiting to be buried."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if fields[0] in "ZX" else int(fields[3])


def _kill_group(leader: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _talk(  # noqa: PLR0912  # one loop over three channels; parts of it would not be simpler
    program: str, process: subprocess.Popen[bytes], given: bytes, seconds: float, most: int
) -> tuple[bytes, bytes]:
    """Feed a program and read it out on both channels until it closes them."""
    deadline = time.monotonic() + seconds
    out, err = bytearray(), bytearray()
    rest = memoryview(given)
    assert process.stdout is not None and process.stderr is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        selector.register(process.stderr, selectors.EVENT_READ)
        if process.stdin is not None:
            os.set_blocking(process.stdin.fileno(), False)
            selector.register(process.stdin, selectors.EVENT_WRITE)
        while selector.get_map():
            left = deadline - time.monotonic()
            events = selector.select(max(0.0, left))
            if left <= 0:
                raise ProgramTimeoutError(f"{program} took longer than {seconds:g} s")
            for key, _ in events:
                if key.fileobj is process.stdin:
                    try:
                        rest = rest[os.write(key.fd, rest[: 1 << 16]) :]
                    except BrokenPipeError:
                        rest = rest[:0]  # it wants no more
                    if not rest:
                        selector.unregister(process.stdin)
                        process.stdin.close()
                    continue
                data = os.read(key.fd, 1 << 16)
                if not data:
                    selector.unregister(key.fileobj)
                elif key.fileobj is process.stdout:
                    out += data
                    if len(out) > most:
                        raise ProgramFailedError(f"{program} wrote more than {most // MIB} MiB")
                else:
                    err += data[: SAID - len(err)]
    if process.poll() is None:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise ProgramTimeoutError(f"{program} took longer than {seconds:g} s") from None
    return bytes(out), bytes(err)
