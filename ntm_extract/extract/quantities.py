"""Every other measured or counted value."""

from __future__ import annotations

import re

from ntm_extract.extract.claims import Reading, read_document
from ntm_extract.extract.evidence import evidence, quote
from ntm_extract.extract.labels import label
from ntm_extract.extract.reading import Figures, written
from ntm_extract.extract.registry import extractor
from ntm_extract.extract.status import status
from ntm_extract.extract.timing import when
from ntm_extract.facts import Quantity
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Outline

CHANGES = re.compile(r"(?<!\w)(?:tăng|thêm|nhích|thiếu|hụt|tụt|rớt|giảm|mất|bớt|làm|nâng|xong|ít nhất|tối thiểu)(?!\w)")
"""Said of criteria that are won, lost or missing."""
LACKING = re.compile(r"\s(?:bị|không|chưa)(?!\w)")


@extractor(table="quantities", needs=read_document)
def extract_quantities(outline: Outline, knowledge: Knowledge, reading: Reading) -> tuple[Quantity, ...]:
    """One row a count or measure that has a unit and that no criterion claims."""
    rows: list[Quantity] = []
    for n, figures in enumerate(reading.passages):
        claimed = reading.taken[n]
        for i, mention in enumerate(figures.mentions):
            if mention.role != "count" or not mention.unit or i in claimed or _bounds_band(figures, i):
                continue
            rows.append(
                Quantity(
                    evidence=evidence(
                        outline.document.doc_id,
                        figures.passage,
                        quote(figures.passage.text, mention.start, mention.end),
                        mention.number,
                        rule=f"count {mention.unit_kind}",
                        certainty=0.8 if mention.unit_kind == "noun" else 0.92,
                    ),
                    value=mention.value,
                    unit=written(figures, mention),
                    op=mention.op,
                    label=label(figures, i),
                    status=status(figures, mention, knowledge),
                    period=when(figures, mention),
                )
            )
    return tuple(rows)


def _bounds_band(figures: Figures, i: int) -> bool:
    """Whether a figure only bounds a band of criteria ("từ 5 đến 9 tiêu chí", "dưới 10 tiêu chí"), by which communes
    are counted: it is a part of that row, or of none."""
    mention = figures.mentions[i]
    if mention.unit != "tiêu chí" or mention.op == "=":
        return False
    clause = re.split(r"[;.]\s", figures.low[: mention.end])[-1]
    return not CHANGES.search(clause) and not LACKING.match(figures.low, mention.end)
