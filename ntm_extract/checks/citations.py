"""Citations of one document that differ by a lost digit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from ntm_extract.checks.registry import Relation, broken, checker
from ntm_extract.checks.view import View
from ntm_extract.facts import LegalRef

SEQUENCE = re.compile(r"\d+")
WHOLE_DATE = 10  # characters


@checker
def citations_agree(view: View) -> Iterator[Relation]:
    """Of two citations of one kind, day and issuer, one number is not the other with a digit lost ("11" and "111").

    Numbers that differ by a digit's value are not compared: an office issues several documents on a day.
    """
    alike: dict[tuple[str, str, str], list[LegalRef]] = defaultdict(list)
    for ref in view.extraction.legal_refs:
        if ref.number and ref.date and len(ref.date) == WHOLE_DATE:
            alike[ref.kind or "", ref.date, SEQUENCE.sub("", ref.number, count=1)].append(ref)
    for refs in alike.values():
        for one, other in combinations(refs, 2):
            short, long = sorted((one.number or "", other.number or ""), key=len)
            if _lost(SEQUENCE.findall(short)[0], SEQUENCE.findall(long)[0]):
                said = f"Cùng loại, cùng ngày {one.date} mà viện dẫn hai số: {short} và {long}"
                said_en = f"of {one.date} both {short} and {long} are cited: a digit may be lost"
                yield broken("citations_agree", (one.fact_id, other.fact_id), long, short, said, said_en)


def _lost(short: str, long: str) -> bool:
    """Whether `short` is `long` without some of its digits, the order kept."""
    rest = iter(long)
    return len(short) < len(long) and all(digit in rest for digit in short)
