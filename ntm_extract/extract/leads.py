"""The title that a passage opens with, for figures whose own words say nothing without it."""

from __future__ import annotations

import re

from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.naming import lead_of
from ntm_extract.extract.reading import Figures
from ntm_extract.text.folding import UPPER, lowered

TITLED = re.compile(rf"\W*(?:\d[\d.]*[.)]\s)?(?P<title>[{UPPER}][^.:;,\d]{{2,48}})\.\s(?=[{UPPER}\d])")
"""A title that a passage opens with: "10. Thu nhập. Năm nay đạt 50 triệu đồng"."""


def own_lead(figures: Figures, mention: Mention) -> str:
    """The title before a colon that a figure stands under: of its clause, else of its passage."""
    clause = re.split(r"[;.]\s", figures.passage.text[: mention.start])[-1]
    titled = TITLED.match(figures.passage.text)
    return lead_of(clause) or lead_of(figures.passage.text) or (titled["title"] if titled else "")


def needed_lead(figures: Figures, mention: Mention, found: str) -> str | None:
    """The title before the colon, for a name that says nothing without it: an amount's "giải ngân", a count's "thực
    hiện 309 xã", the last words of a list ("Đường: nhựa, bê tông 11 km")."""
    bare = figures.around.bare_count if mention.role in ("count", "ratio") else figures.around.bare_amount
    named = lowered(found).removesuffix(f" {mention.unit}") if mention.unit else lowered(found)
    title = lead_of(figures.passage.text)
    direct = bool(title) and not re.search(r"\d|[.;]", figures.low[len(title) : mention.start])
    listed = mention.unit_kind == "measure" and direct and len(found.split()) <= 2
    if mention.role == "percent" or not (bare.fullmatch(named) or listed):
        return None
    lead = figures.words.clean(own_lead(figures, mention))
    return lead if 0 < len(lead.split()) <= 8 and not bare.fullmatch(lowered(lead)) else None
