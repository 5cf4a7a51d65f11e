"""A fault within a stage costs what it touched, and leaves a problem behind."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ntm_extract import pipeline
from ntm_extract.edges.data import load_knowledge, load_limits
from ntm_extract.edges.folders import models_folder
from ntm_extract.edges.models import load_confidence, load_repairer
from ntm_extract.edges.nlp import load_nlp
from ntm_extract.model import Line
from ntm_extract.resources import Resources
from tests.conftest import document


@pytest.fixture(scope="module")
def resources() -> Resources:
    knowledge = load_knowledge()
    folder = models_folder()
    return Resources(knowledge, load_nlp(knowledge), load_repairer(folder), load_limits(), load_confidence(folder))


def test_pages_keep_their_lines_when_repaired_as_one(resources: Resources) -> None:
    read = document("bao cao ket qua\n\nthuc hien", "chuong trinh\nnam 2023", "")
    repaired = pipeline.repair(read, resources)
    assert [[line.number for line in page.lines] for page in repaired.pages] == [
        [line.number for line in page.lines] for page in read.pages
    ]
    assert [[line.recognised for line in page.lines] for page in repaired.pages] == [
        [line.recognised for line in page.lines] for page in read.pages
    ]


def test_a_page_that_repair_breaks_on_keeps_its_words(resources: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    def fragile(lines: tuple[Line, ...], _: object) -> tuple[Line, ...]:
        if any("hỏng" in line.text for line in lines):
            raise IndexError("boom")
        return tuple(replace(line, words=tuple(replace(w, text="tốt") for w in line.words)) for line in lines)

    monkeypatch.setattr(pipeline, "repair_lines", fragile)
    repaired = pipeline.repair(document("một", "hỏng", "ba"), resources)
    assert [page.lines[0].text for page in repaired.pages] == ["tốt", "hỏng", "tốt"]
    assert [(p.code, p.page) for p in repaired.problems] == [("repair_failed", 2)]


def test_an_outline_that_breaks_keeps_the_text(resources: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise ValueError("boom")

    monkeypatch.setattr(pipeline, "outline", broken)
    result = pipeline.interpret(document("một"), resources)
    assert result.status == "partial"
    assert result.document.problems[0].stage == "outline"
    assert not result.extraction.facts
