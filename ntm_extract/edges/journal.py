"""The pages of a document while it is being read: kept one by one, so that whoever is killed costs one page."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable
from enum import IntEnum
from pathlib import Path

import msgspec
from msgspec import Struct

from ntm_extract.model import Page, Problem
from ntm_extract.problems import Code, OutputError, problem


class At(IntEnum):
    """Where a worker is when it is at no page: said in the place of a page's number, which begins at 1."""

    INTERPRETING = 0  # the text is repaired, facts are found
    OPENING = -1  # the file
    FETCHING = -2  # the file, from a store
    LOADING = -3  # models


class Loss(Struct, frozen=True):
    """What an earlier worker died of: at a page, or while interpreting."""

    page: int
    code: Code
    error: str


class _Line(Struct, frozen=True):
    key: str
    page: Page
    problems: tuple[Problem, ...]


_decoder = msgspec.json.Decoder(_Line)


class Journal:
    """Pages read by earlier workers under the same key, and those that cost a worker; `tell` hears of each new one."""

    def __init__(self, path: Path, key: str, losses: Iterable[Loss], tell: Callable[[int], None]) -> None:
        self._path, self._key, self._tell = path, key, tell
        self._known = {line.page.number: (line.page, line.problems) for line in self._lines()}
        for loss in losses:
            if loss.page != At.INTERPRETING:
                failed = problem(loss.code, "read", loss.error, loss.page)
                self._known[loss.page] = Page(number=loss.page, lines=()), (failed,)

    def known(self, number: int) -> tuple[Page, tuple[Problem, ...]] | None:
        """What is known of a page already."""
        return self._known.get(number)

    def begin(self, number: int) -> None:
        """Say that a page is being read, so that somebody may watch the time."""
        self._tell(number)

    def keep(self, page: Page, problems: tuple[Problem, ...]) -> None:
        """Put a page by. Not synced: a power cut costs the last pages, never a broken document.

        Raises OutputError where it can't: a full disk must not pass for a fault of the file.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as file:
                file.write(msgspec.json.encode(_Line(self._key, page, problems)) + b"\n")
        except OSError as error:
            raise OutputError(f"can't write {self._path}: {error.strerror}; make room, then run again") from error

    def close(self) -> None:
        """Forget it all: the document is stored."""
        self._path.unlink(missing_ok=True)

    def _lines(self) -> list[_Line]:
        found: list[_Line] = []
        with contextlib.suppress(OSError), self._path.open("rb+") as file:
            end = 0
            for raw in file:
                try:
                    line = _decoder.decode(raw)
                except ValueError:
                    break
                if not raw.endswith(b"\n"):
                    break
                end += len(raw)
                if line.key == self._key:
                    found.append(line)
            os.ftruncate(file.fileno(), end)  # what a killed writer left unfinished
        return found
