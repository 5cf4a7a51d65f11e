"""What is most worth a person's minute after a run: failed checks, gravest first, then the least sure numbers. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from ntm_extract.result import Result

SHOWN = 10
UNSURE = 2  # rank of a fact that no check failed on


class Look(Struct, frozen=True, order=True):
    """One thing to look at; the first in order is the most urgent."""

    rank: int  # 0 error, 1 warning, 2 (UNSURE) low confidence
    doubt: float  # less is more urgent
    source: str
    page: int
    said: str
    proposal: str = ""
    check_id: str = ""


class Attention:
    """Gathers over the documents of a run what to look at."""

    def __init__(self, below: float) -> None:
        self.below = below
        self.marked = 0  # facts of low confidence or with an open failed check
        self.failed: Counter[str] = Counter()  # checks by severity
        self._looks: list[Look] = []

    def add(self, confidences: Iterable[float], failed: Mapping[str, int], looks: Iterable[Look]) -> None:
        """Take in one document: confidences of its facts (-1: a check failed), failed checks, and its looks."""
        self.marked += sum(sure < max(self.below, 0.0) for sure in confidences)
        self.failed.update(failed)
        urgent = (look for look in looks if look.rank < UNSURE or look.doubt < self.below)
        self._looks = sorted([*self._looks, *urgent])[:SHOWN]

    @property
    def first(self) -> tuple[Look, ...]:
        """The ten most urgent."""
        return tuple(self._looks)


def looks(result: Result) -> tuple[Look, ...]:
    """The most urgent of one document, its least sure facts among them however sure they are."""
    return tuple(sorted(_looks(result))[:SHOWN])


def _looks(result: Result) -> Iterator[Look]:
    pages = {fact.fact_id: fact.evidence.page for fact in result.extraction.facts}
    doc_id, source = result.document.doc_id, result.document.source
    open_checks = [check for check in result.checks if not check.settled]
    for check in open_checks:
        page = pages.get(check.fact_ids[0], 1) if check.fact_ids else 1
        rank, sure = int(check.severity == "warning"), check.proposals[0].likelihood if check.proposals else 0.0
        said = f"{check.check}: {check.message_en}"
        yield Look(rank, -sure, source, page, said, check.proposal, check.check_id(doc_id))
    doubtful = {i for check in open_checks for i in check.fact_ids}
    for fact in result.extraction.facts:
        e = fact.evidence
        if fact.fact_id not in doubtful:
            yield Look(UNSURE, e.confidence, source, e.page, f"{fact.table}, confidence {e.confidence:.2f}: {e.quote}")
