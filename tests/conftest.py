"""What several tests build: words, lines, documents and facts of invented content."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from ntm_extract.edges.folders import models_folder
from ntm_extract.edges.models import load_repairer
from ntm_extract.facts import Budget, Criteria, Evidence, Extraction, Percentage
from ntm_extract.model import Box, Document, Line, Page, Problem, Word
from ntm_extract.outputs.ready import ready
from ntm_extract.outputs.tables import write_tables
from ntm_extract.repair import Repairer
from ntm_extract.result import Result

ROOT = Path(__file__).resolve().parents[1]


def evidence(position: str = "1:0.0", **given: object) -> Evidence:
    fields: dict[str, object] = {
        "doc_id": "0123456789abcdef",
        "page": 1,
        "line": 1,
        "box": None,
        "section": "",
        "quote": "đạt 5/8 km",
        "quote_ocr": "dat 5/8 km",
        "confidence": 0.9,
        "rule": "test",
        "position": position,
    }
    return Evidence(**(fields | given))  # type: ignore[arg-type]


def document(*texts: str, source: str = "a.txt", problems: tuple[Problem, ...] = ()) -> Document:
    """A text document with a page for each of `texts`."""
    pages = []
    number = 0
    for index, text in enumerate(texts, 1):
        lines = []
        for line in text.split("\n"):
            number += 1
            lines.append(Line(number=number, words=tuple(Word(text=w, recognised=w) for w in line.split())))
        pages.append(Page(number=index, lines=tuple(lines), text_source="text"))
    return Document(doc_id="0123456789abcdef", source=source, media="text", pages=tuple(pages), problems=problems)


def write(out: Path, results: Iterable[Result]) -> None:
    """The tables of these results, as a run writes them."""
    write_tables(out, map(ready, results))


@pytest.fixture
def result() -> Result:
    """A small result with a row in every kind of table."""
    boxed = Box(10.04, 20, 30, 41.5)
    total = Budget(evidence=evidence("2:0.0"), amount_vnd=9_000_000, label="=tổng vốn")
    part = Budget(evidence=evidence("3:0.0"), amount_vnd=5_000_000, parent=9_000_000, parent_id=total.fact_id)
    places = ("Đồng Rẫy", "An Phú")
    count = Criteria(evidence=evidence("4:0.0"), scope="criterion", criterion=2, count=3, places=places)
    five, eight, share = Decimal(5), Decimal(8), Decimal("62.50")
    ratio = Percentage(evidence=evidence("1:2.0", box=boxed), value=share, num=five, den=eight)
    extraction = Extraction(criteria=(count,), percentages=(ratio,), budgets=(part, total))
    return Result(version="0.1.0", document=document("một\nhai", "ba"), extraction=extraction, seconds=1.5)


@pytest.fixture(scope="session")
def repairer() -> Repairer:
    """The shipped repairer."""
    return load_repairer(models_folder())


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """Path of a shared measuring file; the test skips where there is none."""

    def find(name: str) -> Path:
        path = ROOT.parent / "shared" / name
        if not path.exists():
            pytest.skip(f"needs {name} of the shared measuring set")
        return path

    return find
