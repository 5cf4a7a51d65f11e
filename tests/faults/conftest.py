"""What the fault suite measures, told at its end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], None]
_lines: list[str] = []


@pytest.fixture
def told() -> Told:
    """Takes a line of figures for the end of the session."""
    return _lines.append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _lines:
        terminalreporter.section("measured")
        for line in _lines:
            terminalreporter.write_line(line)
