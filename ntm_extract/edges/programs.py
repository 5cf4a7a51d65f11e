"""The door to outside programs: found or a clear error, killed as a group when their time is up."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess

from ntm_extract.problems import MissingError

PACKAGES = {
    "tesseract": "tesseract-ocr",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdfinfo": "poppler-utils",
}
"""Debian package that holds each program."""


class ProgramTimeoutError(Exception):
    """The program was killed because its time was up."""


class ProgramFailedError(Exception):
    """The program ended with an error; the text is the first line that it wrote about it."""


def require(program: str) -> str:
    """Path of the program. Raises MissingError, which says what to type."""
    path = shutil.which(program)
    if path is None:
        raise MissingError(f"{program} is not installed; type: sudo apt-get install {PACKAGES.get(program, program)}")
    return path


def run(program: str, *arguments: str, seconds: float) -> bytes:
    """What the program writes to its standard output. It gets no input, and no longer than `seconds`."""
    command = [require(program), *arguments]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # a group of its own, so that its children die with it
        env={**os.environ, "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"},
    ) as process:
        try:
            out, err = process.communicate(timeout=seconds)
        except BaseException as error:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if isinstance(error, subprocess.TimeoutExpired):
                raise ProgramTimeoutError(f"{program} took longer than {seconds:g} s") from error
            raise
    if process.returncode != 0:
        said = err.decode("utf-8", "replace").strip().splitlines() or [f"exit code {process.returncode}"]
        raise ProgramFailedError(f"{program}: {said[0]}")
    return out
