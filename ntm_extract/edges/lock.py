"""One run at a time into an output folder.

The lock is the kernel's (flock), so it goes with whoever held it, however that ended: no file that is left behind can
bar a later run. The file only tells who holds it.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import platform
from collections.abc import Iterator
from pathlib import Path

from ntm_extract.problems import OutputError

NAME = ".lock"
NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}
"""What a file system answers that has no locks, as some network shares: a run there takes its chance."""


@contextlib.contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold an output folder, made if missing. Raises OutputError where another run holds it, or it can't be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(out / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        raise OutputError(f"can't write {out / NAME}: {error.strerror}; choose another --out") from error
    try:
        _take(descriptor, out)
        yield
    finally:
        os.close(descriptor)


def holder(out: Path) -> str:
    """Who holds an output folder ("pid 4711 on tower"); "" where nobody does."""
    try:
        descriptor = os.open(out / NAME, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return ""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _told(descriptor)
    except OSError:
        return ""
    finally:
        os.close(descriptor)
    return ""


def _take(descriptor: int, out: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OutputError(
            f"another run ({_told(descriptor)}) is writing to {out}; wait for its end, or choose another --out"
        ) from None
    except OSError as error:
        if error.errno not in NO_LOCKS:
            raise OutputError(f"can't lock {out}: {error.strerror}; choose another --out") from error
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"pid {os.getpid()} on {platform.node()}\n".encode(), 0)


def _told(descriptor: int) -> str:
    return os.pread(descriptor, 200, 0).decode("utf-8", "replace").strip() or "its pid is not known"
