"""The harness that writes the figures of docs/: its sections are the pages' sections, and it replaces no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.__main__ import SECTIONS
from bench.sections import names, refreshed
from bench.work import SAMPLES, Set, Work
from tests.conftest import ROOT


def test_sections_are_those_of_the_pages() -> None:
    declared: dict[str, list[str]] = {}
    for section in SECTIONS:
        declared.setdefault(section.page, []).append(section.name)
    marked = {path.stem: names(path.read_text(encoding="utf-8")) for path in (ROOT / "docs").glob("*.md")}
    assert {page: found for page, found in marked.items() if found} == declared


def test_only_the_section_is_replaced() -> None:
    page = "# A\n<!-- begin one -->\nold\n<!-- end one -->\nby hand\n<!-- begin two -->\n7\n<!-- end two -->\n"
    new = refreshed(page, "one", "| 1 \\d |\n")
    assert new == page.replace("old", "| 1 \\d |")
    assert refreshed(new, "one", "old") == page
    with pytest.raises(ValueError, match="no section 'three'"):
        refreshed(page, "three", "")


def test_a_set_takes_what_matches_and_few_takes_less(tmp_path: Path) -> None:
    scans = SAMPLES.files(".pdf")
    assert [path.suffix for path in scans] == [".pdf"] * len(scans)
    assert len(Set("some", SAMPLES.source, SAMPLES.truth, "xa_*").files()) < len(SAMPLES.files())
    work = Work(tmp_path, few=2)
    gathered = work.gathered(SAMPLES, suffix=".pdf")
    assert [path.name for path in gathered] == [path.name for path in scans[:2]]
