"""Counts of the national set of criteria: the claims as rows."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ntm_extract.extract.claims import Reading, read_document
from ntm_extract.extract.evidence import evidence, quote
from ntm_extract.extract.failing import failing
from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.reading import Figures
from ntm_extract.extract.registry import extractor
from ntm_extract.extract.scene import Claim
from ntm_extract.extract.status import status
from ntm_extract.extract.timing import as_of
from ntm_extract.facts import Criteria
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Outline
from ntm_extract.text.folding import lowered

SETS = ("2010-2015", "2016-2020", "2021-2025")
PERIOD = re.compile(r"(?:giai đoạn|thời kỳ)\s(20\d\d)\s?-\s?(20\d\d)")


@extractor(table="criteria", needs=read_document)
def extract_criteria(outline: Outline, knowledge: Knowledge, reading: Reading) -> tuple[Criteria, ...]:
    """One row a claim."""
    spoken = criteria_set(outline)
    return tuple(
        replace(_row(outline, figures, claim, knowledge, spoken), failing=_failing(figures, claim, ends))
        for figures, found in zip(reading.passages, reading.claims, strict=True)
        for claim, ends in zip(found, (*(c.span[0] for c in found[1:]), len(figures.passage.text)), strict=False)
    )


def criteria_set(outline: Outline) -> str | None:
    """The set that the document speaks of: the period named most often, else by the years that it names."""
    text = " ".join(lowered(p.text) for p in outline.passages)
    votes = dict.fromkeys(SETS, 0)
    for first, last in PERIOD.findall(text):
        for name in SETS:
            votes[name] += int(name[:4]) - 1 <= int(first) and int(last) <= int(name[5:])
    if not any(votes.values()):
        for year in re.findall(r"năm (20\d\d)", text):
            votes[SETS[0 if int(year) <= 2015 else 1 if int(year) <= 2020 else 2]] += 1
    best = max(SETS, key=lambda name: (votes[name], name))
    return best if votes[best] else None


def _failing(figures: Figures, claim: Claim, ends: int) -> tuple[str, ...]:
    """The communes that are said to fail behind a count; what comes next begins at `ends`."""
    return failing(figures.passage.text, claim.span[1], ends) if claim.scope == "criterion" else ()


def _row(outline: Outline, figures: Figures, claim: Claim, knowledge: Knowledge, spoken: str | None) -> Criteria:
    at = claim.at if claim.at >= 0 else next(iter(claim.uses), None)
    mention = figures.mentions[at] if at is not None else Mention(*claim.span, claim.number or claim.span, "count")
    start, end = quote(figures.passage.text, *claim.span)
    return Criteria(
        evidence=evidence(
            outline.document.doc_id,
            figures.passage,
            (start, end),
            claim.number or mention.number,
            rule=f"criteria {claim.scope}",
            certainty=claim.certainty,
        ),
        scope=claim.scope,
        criterion=claim.criterion,
        level=claim.level,
        criteria_set=spoken,
        change="increment" if claim.increment else "total",
        op=claim.op,
        count=claim.count,
        total=claim.total,
        unit=claim.unit,
        band_min=claim.band[0],
        band_max=claim.band[1],
        value=claim.value,
        status=status(figures, mention, knowledge),
        as_of=as_of(figures, mention, max(mention.end, claim.span[1])),
        places=claim.places,
    )
