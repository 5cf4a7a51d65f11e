"""What a document comes to: the facts read out of it, and what the checks find in them."""

from __future__ import annotations

import hashlib
from typing import Literal

from msgspec import Struct

from ntm_extract.facts import Extraction
from ntm_extract.model import Document


class Change(Struct, frozen=True, kw_only=True):
    """Another reading of one number: the field of the fact that would hold it, and what it holds now, both as text."""

    fact_id: str
    table: str
    field: str
    value: str
    was: str


class Proposal(Struct, frozen=True, kw_only=True):
    """A reading that would close a check. `changes` are all fields that the one printed number stands in."""

    printed: str  # as it was read
    reading: str  # as it may stand on paper
    changes: tuple[Change, ...]
    likelihood: float = 0.0  # 0..1, of all readings that would close the check

    @property
    def text(self) -> str:
        """Both readings, for people."""
        return f"{self.printed} → {self.reading}"


class Check(Struct, frozen=True, kw_only=True):
    """A check that failed. `proposals` are readings that would close it, likeliest first; none is applied by itself."""

    check: str
    fact_ids: tuple[str, ...]
    expected: str
    found: str
    severity: Literal["error", "warning"]
    message: str  # Vietnamese
    message_en: str
    proposals: tuple[Proposal, ...] = ()
    settled: bool = False  # a person has seen it, and the document stands as printed

    def check_id(self, doc_id: str) -> str:
        """First 16 hex digits of a hash over the document, the check's name and its facts."""
        key = "|".join((doc_id, self.check, *self.fact_ids))
        return hashlib.sha256(key.encode()).hexdigest()[:16]

    @property
    def proposal(self) -> str:
        """The proposals in one line, for people; "" if none would close it."""
        return "; ".join(p.text for p in self.proposals)


class Result(Struct, frozen=True, kw_only=True):
    """The truth about one document, stored as one JSON file; every table is rebuilt from these."""

    version: str
    document: Document
    extraction: Extraction = Extraction()
    checks: tuple[Check, ...] = ()
    seconds: float = 0.0

    @property
    def status(self) -> Literal["ok", "partial", "failed"]:
        """Follows from the problems and is never set: failed if no page was read, partial if anything went wrong."""
        if not self.document.problems:
            return "ok"
        return "partial" if any(page.lines for page in self.document.pages) else "failed"
