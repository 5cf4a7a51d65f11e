"""What the fault suite measures, told at its end and, for `python -m bench faults`, in the JUnit file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], None]
_lines: list[str] = []


@pytest.fixture
def told(record_property: Callable[[str, object], None]) -> Told:
    """Takes a line of figures."""

    def take(line: str) -> None:
        _lines.append(line)
        record_property("measured", line)

    return take


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _lines:
        terminalreporter.section("measured")
        for line in _lines:
            terminalreporter.write_line(line)
