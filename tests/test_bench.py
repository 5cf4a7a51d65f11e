"""The harness that writes the figures of docs/: its sections are the pages' sections, and it replaces no more."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from bench import faults
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


REPORT = """<testsuites><testsuite>
<testcase classname="tests.faults.test_kill" name="test_killed_at_any_moment">
<properties><property name="measured" value="50 moments"/></properties></testcase>
<testcase classname="tests.faults.test_kill" name="test_interrupted_cleanly[2]"><failure message="late"/></testcase>
<testcase classname="tests.test_hostile_cells" name="test_reads"><skipped message="no LibreOffice"/></testcase>
</testsuite></testsuites>"""


def test_what_is_asked_of_archives_is_held_by_tests() -> None:
    killed, interrupted, cells = faults.cases_of(REPORT)
    assert killed.passed and killed.measured == ("50 moments",)
    assert not interrupted.passed and not interrupted.skipped
    assert cells.skipped and not cells.passed
    assert [faults.held_by(asked, killed) for asked in faults.ASKED].count(True) == 1
    assert {file for files in faults.FILES.values() for file in files} == {asked.file for asked in faults.ASKED}
    for asked in faults.ASKED:
        file = (ROOT / asked.file).read_text(encoding="utf-8")
        assert all(
            any(name in line for line in file.splitlines() if line.startswith("def test_")) for name in asked.names
        )


def test_every_fault_test_is_asked_for() -> None:
    """They are outside the suite that runs each time: they stand on the modules they disturb, and have their row."""
    for path in (ROOT / "tests" / "faults").glob("test_*.py"):
        module = importlib.import_module(f"tests.faults.{path.stem}")
        for name in (name for name in vars(module) if name.startswith("test_")):
            assert any(
                faults.held_by(asked, faults.Case(f"tests/faults/{path.name}", name, True, False, ()))
                for asked in faults.ASKED
            ), name
