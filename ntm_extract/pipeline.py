"""One file, from paper to facts: read -> repair -> outline -> annotate -> extract -> check."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from ntm_extract import __version__
from ntm_extract.checks.confidence import Assessed, assess
from ntm_extract.extract import EXTRACTORS
from ntm_extract.extract.registry import run as run_extractors
from ntm_extract.extract.tables import with_tables
from ntm_extract.facts import Extraction
from ntm_extract.layout.passages import outline
from ntm_extract.model import Document
from ntm_extract.ner import annotate
from ntm_extract.problems import Code, problem
from ntm_extract.reading import read
from ntm_extract.repair import repair_lines
from ntm_extract.repair.cells import phrases, repair_tables, with_signs
from ntm_extract.resources import Resources
from ntm_extract.result import Result
from ntm_extract.settings import Settings


def process(path: Path, source: str, settings: Settings, resources: Resources) -> Result:
    """The whole story of one file. Faults become problems of the document; only a missing program raises."""
    return understand(read(path, source, settings), settings, resources)


def understand(document: Document, settings: Settings, resources: Resources) -> Result:
    """All that follows reading: what is cheap, and done again whenever a rule changes."""
    if settings.repair:
        document = _repair_cells(repair(document, resources), resources)
    return interpret(document, resources)


def repair(document: Document, resources: Resources) -> Document:
    """The document with its words repaired, all pages as one text, from which repair learns what noise it has.

    Where that fails the pages are repaired one by one, and the page that fails keeps what was recognised.
    """
    try:
        lines = repair_lines(tuple(line for page in document.pages for line in page.lines), resources.repairer)
    except Exception:
        return _repair_by_page(document, resources)
    rest = iter(lines)
    pages = tuple(replace(page, lines=tuple(islice(rest, len(page.lines)))) for page in document.pages)
    return replace(document, pages=pages)


def _repair_by_page(document: Document, resources: Resources) -> Document:
    pages, problems = [], list(document.problems)
    for page in document.pages:
        try:
            pages.append(replace(page, lines=repair_lines(page.lines, resources.repairer)))
        except Exception as error:  # whatever happens here must cost this page's repair only
            problems.append(problem(Code.REPAIR_FAILED, "repair", f"{type(error).__name__}: {error}", page.number))
            pages.append(page)
    return replace(document, pages=tuple(pages), problems=tuple(problems))


def _repair_cells(document: Document, resources: Resources) -> Document:
    """The document with the cells of its tables repaired; where that fails they keep what was recognised."""
    try:
        known = phrases(resources.knowledge.cell_phrases)
        pages = tuple(
            replace(page, tables=repair_tables(page.tables, known, resources.repairer)) if page.tables else page
            for page in document.pages
        )
        return with_signs(replace(document, pages=pages))
    except Exception as error:
        failed = problem(Code.REPAIR_FAILED, "repair tables", f"{type(error).__name__}: {error}")
        return replace(document, problems=(*document.problems, failed))


def interpret(document: Document, resources: Resources) -> Result:
    """Facts and checks of a document whose text is settled."""
    try:
        outlined = annotate(outline(document), resources.nlp, resources.knowledge)
    except Exception as error:  # without passages there are no facts, but the text is kept
        failed = problem(Code.EXTRACT_FAILED, "outline", f"{type(error).__name__}: {error}")
        document = replace(document, problems=(*document.problems, failed))
        return Result(version=__version__, document=document, extraction=Extraction())
    extraction, faults = run_extractors(EXTRACTORS, outlined, resources.knowledge)
    try:
        extraction = with_tables(extraction, outlined, resources.knowledge)
    except Exception as error:  # the facts of the text are kept
        faults = (*faults, problem(Code.EXTRACT_FAILED, "extract tables", f"{type(error).__name__}: {error}"))
    try:
        assessed = assess(extraction, resources.limits, resources.confidence)
    except Exception as error:  # the facts are kept, none of them held against another
        failed = problem(Code.CHECK_FAILED, "check", f"{type(error).__name__}: {error}")
        assessed = Assessed(extraction, (), (failed,))
    document = replace(document, problems=(*document.problems, *faults, *assessed.problems))
    return Result(version=__version__, document=document, extraction=assessed.extraction, checks=assessed.checks)
