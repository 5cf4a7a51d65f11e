"""Every other measured or counted value."""

from __future__ import annotations

from ntm_extract.extract.claims import Reading, read_document
from ntm_extract.extract.evidence import evidence, quote
from ntm_extract.extract.labels import label
from ntm_extract.extract.reading import written
from ntm_extract.extract.registry import extractor
from ntm_extract.extract.status import status
from ntm_extract.extract.timing import when
from ntm_extract.facts import Quantity
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Outline


@extractor(table="quantities", needs=read_document)
def extract_quantities(outline: Outline, knowledge: Knowledge, reading: Reading) -> tuple[Quantity, ...]:
    """One row a count or measure that has a unit and that no criterion claims."""
    rows: list[Quantity] = []
    for n, figures in enumerate(reading.passages):
        claimed = reading.taken[n]
        for i, mention in enumerate(figures.mentions):
            if mention.role != "count" or not mention.unit or i in claimed:
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
