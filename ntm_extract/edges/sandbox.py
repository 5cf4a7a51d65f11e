"""The only door to child processes: bounded in time, memory and output, killed whole, gone when we are.

Programs run in the session of the worker that started them, each in a process group of its own. A program that
overruns is killed as a group; a worker that is killed is killed as a session. If we are killed ourselves, the kernel
ends what we started (PR_SET_PDEATHSIG).
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import multiprocessing
import os
import resource
import selectors
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, Literal, NamedTuple

from ntm_extract.problems import MissingError, NtmError
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
TOO_LARGE = os.strerror(errno.EFBIG).encode()  # said by programs that don't die of it
DEFAULTS = Settings()


class ProgramTimeoutError(Exception):
    """The program was killed because its time was up."""


How = Literal["exit", "signal", "output", "complaints"]


class ProgramFailedError(Exception):
    """The program ended with an error, was killed, or wrote too much (output or complaints); said in one line."""

    def __init__(self, said: str, how: How) -> None:
        super().__init__(said)
        self.how = how


class Limits(NamedTuple):
    """What a program gets: wall time (and as much processor time), MiB of data, MiB to write on each channel."""

    seconds: float
    memory_mb: int = DEFAULTS.memory_mb
    output_mb: int = DEFAULTS.output_mb

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """Those of a program that works on one page."""
        return cls(settings.page_seconds, settings.memory_mb, settings.output_mb)

    def command(self, program: str, *arguments: str) -> list[str]:
        """The program confined: it inherits these limits, and dies with whoever started it."""
        data = _within(resource.RLIMIT_DATA, self.memory_mb * MIB)
        fsize = _within(resource.RLIMIT_FSIZE, self.output_mb * MIB)
        limits = [f"--data={data}", f"--fsize={fsize}", f"--cpu={int(self.seconds) + 2}", "--core=0"]
        return ["setpriv", "--pdeathsig", "KILL", "prlimit", *limits, "--", program, *arguments]


def _within(limit: int, bound: int) -> int:
    """The bound, or our own hard limit where that is lower: only root could raise it for a program."""
    ours = resource.getrlimit(limit)[1]
    return bound if ours == resource.RLIM_INFINITY else min(bound, ours)


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
    limits = Limits(seconds, memory_mb, output_mb)
    with subprocess.Popen(
        limits.command(require(program), *arguments),
        stdin=subprocess.PIPE if given else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        process_group=0,
        env={**os.environ, "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"},
    ) as process:
        try:
            out, err = _talk(program, process, given, limits)
        finally:
            _kill_group(process.pid)
            process.wait()
    if process.returncode < 0:
        raise ProgramFailedError(f"{program}: killed by {signal.Signals(-process.returncode).name}", "signal")
    if process.returncode:
        said = err.decode("utf-8", "replace").strip().splitlines() or [f"exit code {process.returncode}"]
        raise ProgramFailedError(f"{program}: {said[0]}", "exit")
    return out


class _Confined(subprocess.Popen[bytes]):
    """What a library gets in the place of Popen: a program within limits, heard out within limits."""

    def __init__(self, limits: Limits, command: list[str], **how: Any) -> None:
        self._limits, self._program, self._heard = limits, Path(command[0]).name, False
        environment = {**(how.pop("env", None) or os.environ), "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
        super().__init__(limits.command(*command), process_group=0, env=environment, **how)

    def communicate(self, input: bytes | None = None, timeout: float | None = None) -> tuple[bytes, bytes]:  # noqa: A002  # Popen's name
        """All that the program says. Raises TimeoutExpired, as libraries expect it, and ProgramFailedError."""
        if self._heard:  # libraries ask again once they have killed it
            return b"", b""
        self._heard = True
        seconds = min(self._limits.seconds, timeout or self._limits.seconds)
        try:
            return _talk(self._program, self, input or b"", self._limits._replace(seconds=seconds))
        except ProgramTimeoutError as error:
            raise subprocess.TimeoutExpired(self._program, seconds) from error
        finally:
            _kill_group(self.pid)
            self.wait()


@contextlib.contextmanager
def lent(library: ModuleType, limits: Limits) -> Iterator[None]:
    """While it lasts, the programs that the module of a library starts are started, and heard out, by us."""
    door = partial(_Confined, limits)
    mine: dict[str, Any] = {"Popen": door, "subprocess": SimpleNamespace(**{**vars(subprocess), "Popen": door})}
    before = {name: vars(library)[name] for name in mine if name in vars(library)}
    vars(library).update({name: mine[name] for name in before})
    try:
        yield
    finally:
        vars(library).update(before)


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
    _die_with(parent)
    resource.setrlimit(resource.RLIMIT_DATA, (memory_mb * MIB, memory_mb * MIB))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _die_with(parent: int) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # the parent went before we asked


def apart(work: Callable[[Path], None], out: Path) -> bool:
    """Do something in a process of its own, so that the memory it takes goes with it; tell whether it went well."""
    process = multiprocessing.get_context("spawn").Process(target=_quietly, args=(os.getpid(), work, out), daemon=True)
    process.start()
    process.join()
    return process.exitcode == 0


def _quietly(parent: int, work: Callable[[Path], None], out: Path) -> None:
    """Do it, unless the parent dies; what that says in one line needs no traceback."""
    _die_with(parent)
    try:
        work(out)
    except (NtmError, OSError) as error:
        raise SystemExit(1) from error


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
    program: str, process: subprocess.Popen[bytes], given: bytes, limits: Limits
) -> tuple[bytes, bytes]:
    """Feed a program and read it out on both channels until it closes them and ends."""
    deadline, most = time.monotonic() + limits.seconds, limits.output_mb * MIB
    late = ProgramTimeoutError(f"{program} took longer than {limits.seconds:g} s")
    out, err, complained = bytearray(), bytearray(), 0
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
                raise late
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
                        raise ProgramFailedError(f"{program} wrote more than {limits.output_mb} MiB", "output")
                else:
                    err += data[: SAID - len(err)]
                    complained += len(data)
                    if complained > most:
                        raise ProgramFailedError(
                            f"{program} complained for more than {limits.output_mb} MiB", "complaints"
                        )
    if process.poll() is None:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise late from None
    if process.returncode == -signal.SIGXCPU:
        raise late
    if process.returncode == -signal.SIGXFSZ or (process.returncode and TOO_LARGE in err):
        raise ProgramFailedError(f"{program} wrote more than {limits.output_mb} MiB to a file", "output")
    return bytes(out), bytes(err)
