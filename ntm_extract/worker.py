"""What a worker does with one document: read it, unless that is stored; understand it; store rows last."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ntm_extract import __version__
from ntm_extract.edges.journal import At, Journal, Loss
from ntm_extract.edges.locations import fetched
from ntm_extract.edges.stages import Keys
from ntm_extract.edges.store import Entry, Reading, Store
from ntm_extract.model import Document
from ntm_extract.problems import LIMITED, MISNAMED, Code, problem
from ntm_extract.result import Result
from ntm_extract.settings import Settings

if TYPE_CHECKING:
    from ntm_extract.resources import Resources


class Job(Struct, frozen=True, kw_only=True):
    """One distinct content to be done. `fresh` takes nothing from the store."""

    doc_id: str
    place: str  # path or URL
    source: str
    also_at: tuple[str, ...] = ()
    size: int = 0  # bytes
    fresh: bool = False
    losses: tuple[Loss, ...] = ()  # what it cost earlier workers


class Done(Struct, frozen=True):
    """What the parent keeps of a finished document. `read` tells that it was read anew, pages and all."""

    doc_id: str
    source: str
    pages: int
    problems: int
    read: bool = False


def current(entry: Entry, job: Job, keys: Keys) -> bool:
    """Whether what is stored of a document is as a run under these keys would make it (but for its paths)."""
    return entry.key == keys.result and _stands(entry.codes, entry.limits, entry.source, job, keys)


def _stands(codes: tuple[str, ...], limits: str, source: str, job: Job, keys: Keys) -> bool:
    """Whether no other limit, name or day could mend a stored document's problems."""
    if Code.UNREADABLE in codes:
        return False
    if limits != keys.limits and not LIMITED.isdisjoint(codes):
        return False
    renamed = Path(source).suffix.lower() != Path(job.source).suffix.lower()
    return not (renamed and not MISNAMED.isdisjoint(codes))


class Worker:
    """Does documents one after another; models are loaded once, when first needed."""

    def __init__(self, out: Path, settings: Settings, keys: Keys, tell: Callable[[int], None]) -> None:
        self._store, self._settings, self._keys, self._tell = Store(out), settings, keys, tell

    @cached_property
    def _resources(self) -> Resources:
        from ntm_extract.resources import load_resources

        self._tell(At.LOADING)
        channel = self._settings.channel
        return load_resources(Path(channel) if channel else None)

    def do(self, job: Job) -> Done:
        """Read, understand, store. Faults become problems; only NtmError ends more than this document."""
        entry = self._store.entry(job.doc_id)
        if entry is not None and not job.fresh and current(entry, job, self._keys):
            return self._relabel(job, entry)
        begun = time.monotonic()
        try:
            document, anew = self._read(job)
        except OSError as error:
            return self.fail(job, Code.UNREADABLE, error.strerror or str(error))
        lost = next((loss for loss in job.losses if loss.page == At.INTERPRETING), None)
        if lost:
            problems = (*document.problems, problem(lost.code, "extract", lost.error))
            result = Result(version=__version__, document=replace(document, problems=problems))
        else:
            result = self._understand(document)
        read = sum(page.seconds for page in document.pages)
        seconds = time.monotonic() - begun + (0.0 if anew else read)
        self._save(replace(result, seconds=round(seconds, 3)))
        return Done(job.doc_id, job.source, len(document.pages), len(result.document.problems), anew)

    def fail(self, job: Job, code: Code, error: str) -> Done:
        """Store that the document could not be read, so that nothing goes missing."""
        failed = (problem(code, "document", error),)
        document = Document(doc_id=job.doc_id, source=job.source, media="unknown", also_at=job.also_at, problems=failed)
        self._save(Result(version=__version__, document=document))
        self._store.journal(job.doc_id).unlink(missing_ok=True)
        return Done(job.doc_id, job.source, 0, 1)

    def _read(self, job: Job) -> tuple[Document, bool]:
        """The document as stored, or read now; and whether it was read now. Raises OSError if it can't be fetched."""
        from ntm_extract.reading import read

        stored = None if job.fresh and not job.losses else self._store.reading(job.doc_id)
        if stored is not None and stored.key == self._keys.read:
            codes = tuple(p.code for p in stored.document.problems)
            if _stands(codes, stored.limits, stored.document.source, job, self._keys):
                return replace(stored.document, source=job.source, also_at=job.also_at), False
        path = self._store.journal(job.doc_id)
        if job.fresh and not job.losses:
            path.unlink(missing_ok=True)
        self._tell(At.FETCHING)
        with fetched(job.place, self._store.readings) as file:
            self._tell(At.OPENING)
            journal = Journal(path, self._keys.read + self._keys.limits, job.losses, self._tell)
            document = read(file, job.source, self._settings, journal)
        document = replace(document, doc_id=job.doc_id, also_at=job.also_at)
        self._store.save_reading(Reading(key=self._keys.read, limits=self._keys.limits, document=document))
        journal.close()
        return document, True

    def _understand(self, document: Document) -> Result:
        from ntm_extract.pipeline import understand

        resources = self._resources
        self._tell(At.INTERPRETING)
        return understand(document, self._settings, resources)

    def _relabel(self, job: Job, entry: Entry) -> Done:
        """A document that was moved, or copied: only its paths change."""
        result = self._store.load(job.doc_id)
        document = replace(result.document, source=job.source, also_at=job.also_at)
        self._save(replace(result, document=document), entry)
        return Done(job.doc_id, job.source, len(document.pages), len(document.problems))

    def _save(self, result: Result, before: Entry | None = None) -> None:
        from ntm_extract.outputs.ready import ready

        document = result.document
        entry = Entry(
            doc_id=document.doc_id,
            key=self._keys.result,
            limits=before.limits if before else self._keys.limits,
            source=document.source,
            also_at=document.also_at,
            pages=len(document.pages),
            codes=tuple(sorted({p.code for p in document.problems})),
        )
        self._store.save(result, entry, ready(result))
