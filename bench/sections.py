"""Docs whose figures are measured: what `python -m bench` writes between a page's markers; the rest is written by hand.

<!-- begin facts -->
…
<!-- end facts -->
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.tools import ROOT, machine
from bench.work import Work

Measure = Callable[[Work], str]
"""Measures, and says what came of it in Markdown; empty where there is nothing to measure on."""


class Section(NamedTuple):
    """A part of docs/<page>.md that a command writes."""

    page: str
    name: str
    measure: Measure

    @property
    def path(self) -> Path:
        """The page."""
        return ROOT / "docs" / f"{self.page}.md"


def refreshed(page: str, name: str, body: str) -> str:
    """The page with the section's body replaced. Raises ValueError where the page has no such section."""
    around = re.compile(rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->\n)", re.DOTALL)
    if not around.search(page):
        raise ValueError(f"the page has no section {name!r}")
    return around.sub(lambda found: f"{found[1]}{body.strip()}\n{found[2]}", page)


def write(section: Section, body: str) -> None:
    """Put what was measured into its page, with the machine and versions under it."""
    page = section.path.read_text(encoding="utf-8")
    section.path.write_text(refreshed(page, section.name, f"{body.strip()}\n\n*{machine()}*"), encoding="utf-8")


def names(page: str) -> list[str]:
    """The sections that a page has markers for."""
    return re.findall(r"<!-- begin (\w+) -->", page)
