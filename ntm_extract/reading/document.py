"""From a file to a Document: words, boxes and lines of every page, whatever is wrong with it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Protocol

import msgspec
import numpy as np
import pikepdf

from ntm_extract.edges import bombs, intake, raster, render, textfile, textlayer
from ntm_extract.image.ink import covered
from ntm_extract.image.letters import bears_a_line, white
from ntm_extract.image.page import PageImage
from ntm_extract.image.separators import is_separator
from ntm_extract.layout.barred import with_barred
from ntm_extract.layout.lines import arrange
from ntm_extract.layout.seen import Seen
from ntm_extract.layout.tabled import with_cells
from ntm_extract.model import Box, Document, Line, Media, Page, PageQuality, Problem, Table, Word
from ntm_extract.problems import Code, NtmError, StageError, problem
from ntm_extract.reading.sheets import BLANK, read_sheet
from ntm_extract.reading.tables import read_tables
from ntm_extract.settings import Settings
from ntm_extract.text.english import count_of

STAGE = "read"
INKED = 0.004  # share from which a page on which nothing was read is a problem, be its ink letters or not
SPARSE = 12  # words that a separator sheet may bear

Read = tuple[Page, tuple[Problem, ...]]


class Journal(Protocol):
    """Who keeps pages while a document is read, and may know some already."""

    def known(self, number: int) -> Read | None:
        """What is known of a page."""

    def begin(self, number: int) -> None:
        """Hear that a page is being read."""

    def keep(self, page: Page, problems: tuple[Problem, ...]) -> None:
        """Put a page by."""


def read(path: Path, source: str, settings: Settings, journal: Journal | None = None) -> Document:
    """The file as a Document. What is wrong with it becomes Problems; only a program that is missing raises.

    Pages that the journal knows are taken from it; every other is kept there.
    """
    identity, media = hashlib.sha256(source.encode()).hexdigest()[:16], intake.ENDINGS.get(path.suffix.lower(), "text")
    pages: list[Page] = []
    problems: list[Problem] = []
    try:
        identity = intake.doc_id(path)
        media = intake.media(path)
        for page, said in _pages(path, media, settings, journal):
            pages.append(page)
            problems.extend(said)
    except StageError as error:
        problems.append(error.problem(STAGE))
    except MemoryError:
        problems.append(problem(Code.OUT_OF_MEMORY, STAGE, "the file needs more memory than a worker has"))
    except OSError as error:
        problems.append(problem(Code.UNREADABLE, STAGE, error.strerror or str(error)))
    return Document(doc_id=identity, source=source, media=media, pages=tuple(pages), problems=tuple(problems))


def _pages(path: Path, media: Media, settings: Settings, journal: Journal | None) -> Iterator[Read]:
    """Pages one at a time, so that memory holds one image whatever the length of the file."""
    if media == "text":
        yield from ((page, ()) for page in textfile.pages(path))
        return
    begun = time.monotonic()
    for page, said in (_pdf if media == "pdf" else _images)(path, settings, journal):
        yield page, said
        if time.monotonic() - begun > settings.document_seconds:
            raise StageError(Code.DOCUMENT_TIMEOUT, f"reading stopped after page {page.number}")


def _pdf(path: Path, settings: Settings, journal: Journal | None) -> Iterator[Read]:
    with render.open_pdf(path) as pdf:
        if render.was_rebuilt(pdf):
            hurt: tuple[Problem, ...] = (
                problem(Code.DAMAGED, STAGE, "the file is cut or damaged; pages may be missing"),
            )
        else:
            hurt = ()
        for number in range(1, len(pdf.pages) + 1):
            _check_count(number, settings)
            found, said = _guarded(number, partial(_pdf_page, path, number, pdf, settings), journal)
            yield found, hurt + said
            hurt = ()


def _images(path: Path, settings: Settings, journal: Journal | None) -> Iterator[Read]:
    def known(number: int) -> bool:
        if journal is None:
            return False
        journal.begin(number)  # decoding is part of reading
        return journal.known(number) is not None

    for number, image in enumerate(raster.images(path, settings, known), start=1):
        _check_count(number, settings)
        yield _guarded(number, partial(_recognised, number, image, settings), journal)


def _check_count(number: int, settings: Settings) -> None:
    if number > settings.max_pages:
        raise StageError(
            Code.TOO_MANY_PAGES, f"only the first {count_of(settings.max_pages, 'page was', 'pages were')} read"
        )


def _guarded(number: int, work: Callable[[], Read], journal: Journal | None) -> Read:
    """The page, or an empty one with its problem: whatever happens to a page costs no other."""
    known = journal.known(number) if journal else None
    if known is not None:
        return known
    if journal:
        journal.begin(number)
    begun = time.monotonic()
    try:
        page, said = work()
    except NtmError:
        raise
    except StageError as error:
        page, said = _failed(number, error.code, error.error)
    except MemoryError:
        page, said = _failed(number, Code.OUT_OF_MEMORY, "the page needs more memory than a worker has")
    except Exception as error:
        page, said = _failed(number, Code.OCR_FAILED, f"{type(error).__name__}: {error}")
    page = msgspec.structs.replace(page, seconds=round(time.monotonic() - begun, 3))
    if journal:
        journal.keep(page, said)
    return page, said


def _failed(number: int, code: Code, error: str) -> Read:
    return Page(number=number, lines=()), (problem(code, STAGE, error, number),)


def _pdf_page(path: Path, number: int, pdf: pikepdf.Pdf, settings: Settings) -> Read:
    page = render.page_of(pdf, number)
    bombs.check(page)
    scanned = render.is_scan(page)
    layer = _layer(path, number, page, settings, scanned=scanned)
    if not layer.words:
        found, said = _recognised(number, render.draw(path, number, page, settings), settings)
        if not said and found.source_reason == "blank page" and not scanned and textlayer.has_text(page, scanned=True):
            said = (problem(Code.RENDER_FAILED, STAGE, "the page bears text but was drawn white", number),)
        return msgspec.structs.replace(found, source_reason=found.source_reason or layer.why), said
    width, height, _ = render.geometry(page)
    lines = _lines(layer.words, height, lambda w: Box(*(round(v, 2) for v in (w.x0, w.y0, w.x1, w.y1))), sure=False)
    lines, tables = with_barred(lines, [line.recognised for line in lines], number)
    return Page(
        number=number,
        lines=lines,
        tables=tables,
        width=round(width, 2),
        height=round(height, 2),
        text_source="text layer",
        source_reason=layer.why,
    ), ()


def _layer(path: Path, number: int, page: pikepdf.Page, settings: Settings, *, scanned: bool) -> textlayer.Judged:
    """The words of the page's text layer; none where it has no good one."""
    if not textlayer.has_text(page, scanned=scanned):
        return textlayer.Judged((), "no text layer")
    try:
        seen = textlayer.words(path, number, settings)
    except StageError:
        return textlayer.Judged((), "text layer that can't be taken out")  # it may still be drawn
    return textlayer.judge(seen, scanned=scanned)


def _recognised(number: int, image: PageImage | StageError | None, settings: Settings) -> Read:
    """The page read by OCR; None stands for the image of a page that is known already."""
    assert image is not None
    if isinstance(image, StageError):
        raise image
    if white(image.pixels):
        return Page(
            number=number,
            lines=(),
            width=round(image.width, 2),
            height=round(image.height, 2),
            dpi=round(image.dpi, 1),
            source_reason="blank page",
        ), ()
    ready, quality, seen = read_sheet(image, settings)
    reason = _without_text(ready, quality, seen)
    lines = _lines(seen, ready.size[1], lambda w: ready.box(w.x0, w.y0, w.x1, w.y1), sure=True)
    tables, said = _tables(number, ready, seen, lines, settings)
    page = Page(
        number=number,
        lines=with_cells(lines, tables),
        tables=tables,
        width=round(ready.width, 2),
        height=round(ready.height, 2),
        dpi=round(image.dpi, 1),
        source_reason=reason,
        quality=msgspec.structs.replace(
            quality, stamped_words=_stamped(image.upright(quality.rotation), lines) if quality.stamp_area else 0.0
        ),
    )
    if not page.lines and not reason and (quality.ink > INKED or bears_a_line(ready.pixels, ready.dpi)):
        return page, (*said, problem(Code.NOTHING_READ, STAGE, "nothing was read on a page that bears ink", number))
    return page, said


def _tables(
    number: int, image: PageImage, seen: tuple[Seen, ...], lines: tuple[Line, ...], settings: Settings
) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """The tables of a page; where reading them fails, the text of the page is kept."""
    try:
        return read_tables(number, image, seen, lines, settings), ()
    except (NtmError, MemoryError):
        raise
    except Exception as error:
        return (), (problem(Code.OCR_FAILED, "read tables", f"{type(error).__name__}: {error}", number),)


def _without_text(page: PageImage, quality: PageQuality, seen: tuple[Seen, ...]) -> str:
    """Why a page bears no text, or next to none; "" where it does."""
    if not seen and quality.ink <= BLANK:
        return "blank page"
    return "separator page" if len(seen) <= SPARSE and is_separator(page.pixels, page.dpi) else ""


def _stamped(image: PageImage, lines: tuple[Line, ...]) -> float:
    """Share of the words whose middle lies under coloured ink. `image` is the page as scanned, set upright."""
    boxes = [word.box for line in lines for word in line.words if word.box is not None]
    middles = np.array([[(b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2, 1.0] for b in boxes]).reshape(-1, 3)
    points = (np.linalg.inv(image.to_points) @ middles.T).T[:, :2]
    return round(float(covered(image.pixels, points).mean()), 3) if boxes else 0.0


def _lines(seen: tuple[Seen, ...], height: float, box: Callable[[Seen], Box], *, sure: bool) -> tuple[Line, ...]:
    """Lines of the model from rows of words; `sure` keeps the recogniser's confidences."""
    return tuple(
        Line(
            number=number,
            words=tuple(
                Word(text=w.text, recognised=w.text, box=box(w), confidence=w.confidence if sure else None)
                for w in row.words
            ),
            role=row.role,
        )
        for number, row in enumerate(arrange(seen, height), start=1)
    )
