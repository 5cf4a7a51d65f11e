"""The title that a passage opens with, for figures whose own words say nothing without it."""

from __future__ import annotations

import re

from ntm_extract.extract.around import bounds
from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.naming import lead_of
from ntm_extract.extract.reading import Figures
from ntm_extract.text.folding import UPPER, lowered

TITLED = re.compile(rf"\W*(?:\d[\d.]*[.)]\s)?(?P<title>[{UPPER}][^.:;,\d]{{2,48}})\.\s(?=[{UPPER}\d])")
"""A title that a passage opens with: "10. Thu nhập. Năm nay đạt 50 triệu đồng"."""

SHORT = 2  # words of a name that say too little under a title
LEAD_WORDS = 10  # of a title that names figures, at most


def own_lead(figures: Figures, mention: Mention) -> str:
    """The title before a colon that a figure stands under: of its clause, else of its passage."""
    clause = re.split(r"[;.]\s", figures.passage.text[: mention.start])[-1]
    titled = TITLED.match(figures.passage.text)
    return lead_of(clause) or lead_of(figures.passage.text) or (titled["title"] if titled else "")


def needed_lead(figures: Figures, i: int, found: str) -> str | None:
    """The title before the colon, for a name that says nothing without it: an amount's "giải ngân", a count's "thực
    hiện 309 xã", a share's "mục tiêu", the last words of a list ("Đường: nhựa, bê tông 11 km")."""
    mention, around = figures.mentions[i], figures.around
    amount = mention.role == "money" and around.bare_amount
    bare = [form for form in (amount, around.bare_count) if form]
    named = lowered(found or figures.passage.text[slice(*bounds(figures, i))]).strip(" ,;:()")
    named = named.removesuffix(f" {mention.unit}") if mention.unit else named
    title = lead_of(figures.passage.text)
    direct = bool(title) and not re.search(r"\d|[.;]", figures.low[len(title) : mention.start])
    listed = mention.unit_kind == "measure" and direct and len(found.rpartition(", ")[2].split()) <= SHORT
    short = amount and direct and 0 < len(found.split()) <= SHORT and _only_does(figures, title, found)
    bared = any(form.fullmatch(named) for form in bare) and (mention.role != "percent" or direct or not found)
    if not (bared or listed or short):
        return None
    lead = figures.words.clean(own_lead(figures, mention))
    said = any(form.fullmatch(lowered(lead)) for form in bare)
    return lead if 0 < len(lead.split()) <= LEAD_WORDS and not said else None


def _only_does(figures: Figures, title: str, found: str) -> bool:
    """Whether a name only says what is done, and the title of what: "Nhà văn hóa xã: xây mới 900 triệu đồng"."""
    low = lowered(found)
    named = figures.words.head.match(f"{low} ") or figures.knowledge.source_pattern.search(low)
    over = figures.words.clean(title)
    says = not named and not figures.around.time_only.fullmatch(low)
    return says and len(over.split()) >= SHORT and not re.search(r"\d", over)
