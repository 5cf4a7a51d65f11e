"""What a figure is a figure of: a short name in the document's words, from around its number.

The words come, in this order, from the figure that a share or change only adds to, from the cell before in a row of a
table, from behind the number ("100% hộ nghèo …"), or from before it ("Tỷ lệ hộ nghèo là …"), and where a figure
stands alone from the list head or heading over it.
"""

from __future__ import annotations

import re

from ntm_extract.extract.around import (
    before_bracket,
    bounds,
    right_first,
    subject,
    title_over,
    words_after,
    words_before,
)
from ntm_extract.extract.counted import counted, sized
from ntm_extract.extract.funding import capital_of, spelled
from ntm_extract.extract.label_words import (
    joined,
    last_clause,
    limit,
)
from ntm_extract.extract.leads import needed_lead, own_lead
from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.naming import of_place
from ntm_extract.extract.neighbours import (
    compared,
    figure_before,
    follows_closely,
    in_bracket,
    is_real,
    list_head,
    pair,
    restated,
    sibling,
)
from ntm_extract.extract.reading import Figures
from ntm_extract.text import dates
from ntm_extract.text.folding import lowered

CRITERION_SIGN = re.compile(r"(?i)(?<!\w)tiêu chí số \d{1,2} (?:[-–]|về)\s")
"""The sign before a criterion's name, which is no part of what its figures are of."""

WHOLE_WORDS = 6  # of a whole's name, behind which that of a kind of capital is lost


def label(figures: Figures, i: int, depth: int = 0) -> str:
    """The label of the passage's i-th mention."""
    mention = figures.mentions[i]
    i, last = pair(figures, i)
    if depth < 4:
        if (beside := compared(figures, i)) is not None:
            return label(figures, beside, depth + 1)
        change = figures.around.change.search(figures.low[max(0, mention.start - 28) : mention.start])
        if change:
            return _changed(figures, i, change["verb"], depth)
        told = restated(figures, i)
        if told is not None:
            return _share(figures, i, told, depth)
    if mention.role == "percent" and right_first(figures, figures.mentions[last]):
        found = words_after(figures, last)
        if len(found.split()) <= 3:
            found = f"{found} {words_before(figures, i, alone=False)}".strip()
    elif mention.role == "money":
        found = _of_money(figures, i, last, depth)
        if whose := spelled(found, figures.knowledge) or _invested(figures, mention, found):
            return whose
    elif mention.role == "percent":
        found = words_before(figures, i) or words_after(figures, last)
    else:
        found = counted(figures, i, last)
    return limit(CRITERION_SIGN.sub("", _finished(figures, i, mention, found, depth) or title_over(figures)))


def _finished(figures: Figures, i: int, mention: Mention, found: str, depth: int) -> str:
    """A name with what it leaves unsaid: the figure that it goes on from, the title before its colon, the criterion
    that is met, from where a measure is taken, the words of an abbreviation."""
    if (lead := needed_lead(figures, i, found)) is not None:
        return joined(found, lead)
    if figures.around.time_only.fullmatch(lowered(found)):
        found = _inherited(figures, i, depth) or figures.words.clean(own_lead(figures, mention))
    elif depth < 4:
        found = _completed(figures, i, found, depth)
    if figures.around.total.fullmatch(found.lower()):
        found = joined(found, title_over(figures)).strip()
    if found.lower() in ("", "xã", "huyện"):
        found = joined(found, figures.words.clean(own_lead(figures, mention))).strip()
    if figures.around.untold.search(found) and (number := of_place(figures, mention.start, figures.knowledge)):
        found = f"{found} tiêu chí {figures.knowledge.criteria[number - 1].name}"
    beyond = figures.around.measured_from.match(figures.passage.text, mention.end)
    if beyond and mention.unit_kind == "measure":
        found = f"{found} {beyond['what'].strip()}" if "so với" not in found else found
    return figures.words.spelled(found)


def _of_money(figures: Figures, i: int, last: int, depth: int) -> str:
    """The words around an amount: those before it, and those behind where they say too little."""
    found = words_before(figures, i) or _alike(figures, i, depth) or words_after(figures, last)
    spent = figures.words.spent.fullmatch(found.lower())
    if not spent and not (figures.mentions[i].per and len(found.split()) < 3):
        return found
    after = words_after(figures, last).split()[:10]
    found = found[spent.start("verb") :] if spent and after else found
    return found if [w.lower() for w in after] == found.lower().split() else " ".join([found, *after])


def _invested(figures: Figures, mention: Mention, found: str) -> str:
    """Investment capital, where its bare word stands beside the other kind: "SN 4 tỷ đồng, đầu tư 9 tỷ đồng"."""
    return "vốn đầu tư" if _one_capital(figures, mention, f"vốn {found}") else ""


def _one_capital(figures: Figures, mention: Mention, found: str) -> bool:
    """Whether a name is that of investment capital, told beside the other kind."""
    beside = figures.around.other_capital.search(figures.low, *figures.sentence(mention.start))
    return beside is not None and lowered(found) == "vốn đầu tư"


def _by_itself(figures: Figures, i: int) -> bool:
    """Whether a figure is told apart from the one before: "riêng xã vùng cao đạt 60%"."""
    return "riêng" in figures.low and bool(figures.around.by_itself.match(figures.low, bounds(figures, i)[0]))


def _completed(figures: Figures, i: int, found: str, depth: int) -> str:
    """A name that says too little is completed by the whole that it is part of, or by the figure before it."""
    mention = figures.mentions[i]
    if found.lower() == mention.unit and (named := before_bracket(figures, mention)):
        return named
    if (whole := _of_whole(figures, i, found, depth)) is not None:
        return whole
    if mention.role in ("money", "percent"):
        listed = sibling(figures, i)
        short = listed and mention.per and len(found.split()) < 3 and not figures.words.head.match(found.lower())
        if figures.around.for_whom.match(found.lower()) or short:
            return joined(found, _inherited(figures, i, depth))
        if listed or _names_source(figures, mention, found):
            return found
    unit = mention.unit.split() if mention.role == "count" and mention.unit in found.lower() else []
    enough = 2 if mention.role != "count" else 1 if len(unit) < 2 else 0
    last = figure_before(figures, i)
    if last is None or len(found.split()) - len(unit) > enough or not follows_closely(figures, i):
        return found
    head = list_head(figures, i)
    if mention.role == "count" and head < i:
        base = words_before(figures, head) or subject(figures, mention)
    elif mention.unit_kind in ("count", "noun") and figures.mentions[last].unit_kind == "measure":
        base = subject(figures, mention)
    else:
        base = _inherited(figures, i, depth)
    rest = [w for w in base.split() if w.lower() not in found.lower().split()]
    return " ".join([found, *rest[:7]])


def _placed(figures: Figures, i: int, found: str, depth: int) -> str:
    """A name that only says where, with what the last figure of its kind is that says more in the sentence."""
    start, kind = figures.sentence(figures.mentions[i].start)[0], figures.mentions[i].role
    before = (
        j for j in range(i - 1, -1, -1) if figures.mentions[j].role == kind and figures.mentions[j].start >= start
    )
    told = next((j for j in before if not figures.around.where_only.fullmatch(words_before(figures, j))), None)
    return joined(found, label(figures, told, depth + 1)) if told is not None else found


def _of_whole(figures: Figures, i: int, found: str, depth: int) -> str | None:
    """The name of a figure whose own words are none, a pronoun, a verb of paying, a size, or those of a part."""
    mention = figures.mentions[i]
    if not found or figures.around.pronoun.fullmatch(found.lower()):
        return before_bracket(figures, mention) or _inherited(figures, i, depth, far=bool(found)) or found
    if mention.role in ("money", "percent") and sibling(figures, i) and figures.around.where_only.fullmatch(found):
        return _placed(figures, i, found, depth)
    owed = mention.role == "money" and figures.words.owed.fullmatch(found.lower()) is not None
    bare = mention.role == "money" and figures.words.spent.fullmatch(found.lower()) is not None
    size = figures.words.size.fullmatch(found.lower()) and not _one_capital(figures, mention, found)
    if bare or size:
        whole = _inherited(figures, i, depth) or sized(figures, i, found)
        if whole:
            return joined(found, whole)
    if owed or figures.around.most.match(found.lower()) or _by_itself(figures, i):
        return joined(found, _inherited(figures, i, depth, far=owed))
    part = len(found.split()) <= 4 and not _names_source(figures, mention, found)
    whole = _as_part(figures, i, found, depth) if part else found
    return whole if whole != found else None


def _names_source(figures: Figures, mention: Mention, found: str) -> bool:
    """Whether a name says whose money an amount or share is, which names a part well enough."""
    return mention.role in ("money", "percent") and bool(figures.knowledge.source_pattern.search(lowered(found)))


def _alike(figures: Figures, i: int, depth: int) -> str:
    """The label of the amount that one without words of its own goes on: "50 triệu đồng (thôn …) và 100 triệu đồng"."""
    j, mention = figure_before(figures, i), figures.mentions[i]
    if j is None or figures.mentions[j].role != "money" or mention.role != "money" or depth > 3:
        return ""
    gap = figures.low[figures.mentions[j].end : mention.start]
    return _inherited(figures, i, depth) if figures.around.and_so.fullmatch(gap) else ""


def _share(figures: Figures, i: int, told: int, depth: int) -> str:
    """The label of the figure that a share restates; against the plan, or within the list's total."""
    mention, last = figures.mentions[i], figures.mentions[told]
    if told + 1 < i and figures.mentions[i - 1].unit == "tiêu chí":  # "15 xã đạt dưới 10 tiêu chí, chiếm 16,9%"
        return limit(figures.passage.text[last.number[1] : figures.mentions[i - 1].end].strip())
    base = label(figures, told, depth + 1)
    against = figures.around.against_plan.match(figures.low, mention.end)
    whole = figures.around.of_total.match(figures.passage.text, mention.end)
    if whole and mention.role == "percent":
        return limit(f"{base} trên {figures.words.clean(whole['what'])}")
    if against:
        return limit(f"{base} so với {against['what']}")
    if mention.role == "percent" and last.role == "money" and not figures.words.owed.match(base.lower()):
        total = next((a for a in figures.above if a.text.rstrip().endswith(":")), None)
        named = figures.words.clean(re.split(r"\d|:", dates.SAID.sub(" ", total.text))[0]) if total is not None else ""
        named = "tổng nguồn lực huy động" if "huy động" in named and len(named.split()) > 4 else named
        return " ".join(base.split()[:6]) + f" trong {named}" if named else base
    if mention.role == "money":
        return limit(f"{figures.words.clean(figures.passage.text[last.end : mention.start])} {base}".strip())
    return base


def _changed(figures: Figures, i: int, verb: str, depth: int) -> str:
    """As "tăng 74 xã so với năm 2010": the verb, what changed, and against what."""
    mention = figures.mentions[i]
    start = bounds(figures, i)[0]
    own = figures.around.change.sub("", figures.passage.text[start : mention.start])
    heads = list(figures.words.head.finditer(lowered(own)))
    own = figures.words.clean(
        own[heads[-1].start("head") :]
        if heads
        else last_clause(own, figures.words, alone=start == figures.sentence(start)[0])
    )
    told = len(own.split()) > 1 and not figures.around.on_average.fullmatch(own.lower())
    base = own if told else _inherited(figures, i, depth)
    unit = mention.unit.partition("/")[0]
    if base and mention.unit_kind in ("count", "noun") and unit not in base.lower():
        base = f"{unit} {base}"
    if not base and mention.unit_kind in ("count", "noun"):
        base = f"{mention.unit} {words_after(figures, i)}".strip()
    against = figures.around.changed_from.match(figures.passage.text, mention.end)
    if base.lower().startswith(verb + " "):
        base = base[len(verb) + 1 :]
    return limit(
        " ".join(w for w in (verb, " ".join(base.split()[:10]), against["what"].strip() if against else "") if w)
    )


def _inherited(figures: Figures, i: int, depth: int, far: bool = False) -> str:
    """The label of the mention before in the sentence (the passage if `far`), for one without words of its own."""
    start = figures.sentence(figures.mentions[i].start)[0]
    far = far or bool(figures.around.parts_follow.match(figures.low, start))
    for j in range(i - 1, -1, -1):
        m = figures.mentions[j]
        if is_real(m) and not in_bracket(figures, j, i):
            if m.end > start:
                return label(figures, j, depth + 1)
            first = figures.sentence(m.start)[0]  # of a sentence before: what it begins with
            opens = next(n for n, one in enumerate(figures.mentions) if is_real(one) and one.start >= first)
            return label(figures, opens, depth + 1) if far else ""
    return ""


def _bracketed_by(figures: Figures, i: int) -> int | None:
    """The amount straight before the bracket that the i-th mention stands in: "góp 9 tỷ đồng (tiền mặt 4 tỷ đồng)"."""
    opened = figures.low.rfind("(", 0, figures.mentions[i].start)
    if opened < 0 or ")" in figures.low[opened : figures.mentions[i].start]:
        return None
    before = (j for j, m in enumerate(figures.mentions[:i]) if m.role == "money" and 0 <= opened - m.end < 2)
    return next(before, None)


def _as_part(figures: Figures, i: int, found: str, depth: int) -> str:
    """As "trong đó kiên cố 176,3 km": a short name is completed by that of the whole, counted in the same unit."""
    mention = figures.mentions[i]
    start = figures.sentence(mention.start)[0]
    if mention.role == "money" and (amount := _bracketed_by(figures, i)) is not None and len(found.split()) <= 2:
        return joined(found, label(figures, amount, depth + 1))
    for opened in figures.around.parts_of.finditer(figures.low, start, mention.start):
        whole = [
            j for j, m in enumerate(figures.mentions[:i]) if start <= m.start and m.end <= opened.start() and is_real(m)
        ]
        like = whole and (figures.mentions[whole[-1]].unit.split() or [""])[0] == (mention.unit.split() or ["-"])[0]
        bracket = figures.low.rfind("(", start, opened.start())
        inside = bracket >= 0 and ")" not in figures.low[bracket : mention.start] and len(found.split()) <= 2
        if whole and (like or inside):
            named = label(figures, whole[-1], depth + 1)
            enough = len(named.split()) > WHOLE_WORDS and capital_of(lowered(found), figures.knowledge)
            return found if enough else joined(found, named)
    last = figure_before(figures, i)
    brief = len(found.split()) <= 2 or found.endswith(" hóa")  # "cứng hóa", "bê tông hóa": of what?
    if last is not None and mention.unit_kind in ("measure", "percent") and brief:
        before = figures.mentions[last]
        gap = figures.low[before.end : mention.start]
        beside = (gap.startswith(",") and len(gap) < 30) or gap.endswith(" có ")
        if before.unit == mention.unit and before.start >= start and beside:
            whole_label = label(figures, last, depth + 1)
            return joined(found, whole_label) if len(whole_label.split()) > 2 else found
    return found
