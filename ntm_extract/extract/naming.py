"""Which criterion a sentence, a paragraph's head or a heading speaks of, and which level of recognition."""

from __future__ import annotations

import re

from ntm_extract.extract.reading import Figures
from ntm_extract.facts import CRITERIA
from ntm_extract.knowledge import Knowledge
from ntm_extract.text.folding import lowered

HEAD = re.compile(r"(?<![^.;:])[^.;:]{2,90}(?=:)")
"""A clause that ends with a colon: what the line goes on to speak of."""
Named = tuple[tuple[int, tuple[int, int]], ...]
"""Criteria, each with the characters that name it."""


def listed(low: str, at: int, knowledge: Knowledge) -> tuple[Named, int]:
    """The criteria named straight after "tiêu chí", whose end is `at`, each with its place, and where their list ends.

    "tiêu chí giao thông", "tiêu chí số 2 (giao thông)", "các tiêu chí: quy hoạch, điện và y tế", "tiêu chí số 1, 2, 4".
    """
    forms = knowledge.forms
    found: list[tuple[int, tuple[int, int]]] = []
    end = at
    while item := forms.item.match(low, at):
        name = knowledge.criterion_pattern.match(low, item.end())
        number = number_of(item["number"]) if item["number"] else None
        stop = name.end() if name else item.end("number")
        if name is None and number is None:
            break
        if found and not forms.item_ends.match(low, stop):
            break  # the sentence goes on with the word: "tiêu chí thu nhập, hộ nghèo giảm …"
        if name and "." in low[at : item.end()] and number != knowledge.criterion_of[name.group()]:
            if number is None:
                break  # another sentence begins: "đạt tiêu chí. Chợ …", "đạt tiêu chí số 10. Tỷ lệ hộ nghèo …"
            name, stop = None, item.end("number")
        start = name.start() if name else item.start("number")
        found.append((knowledge.criterion_of[name.group()] if name else number or 0, (start, stop)))
        after = forms.item_number.match(low, stop)
        end = after.end() if after else stop
        following = forms.next_item.match(low, end)
        if following is None:
            break
        at = following.end()
        if not item["number"] and name is None:
            break
    return tuple(found), end


def met_after(low: str, at: int, knowledge: Knowledge) -> tuple[Named, int]:
    """The criteria that a count before "tiêu chí" is of: those listed, up to one that goes on with its own count."""
    found, end = listed(low, at, knowledge)
    own = next((n for n, (_, (_, stop)) in enumerate(found) if n and knowledge.forms.own_entry.match(low, stop)), None)
    return (found, end) if own is None else (found[:own], found[own - 1][1][1])


def of_title(title: str, knowledge: Knowledge) -> int | None:
    """The criterion that a heading or a paragraph's lead is about, by its number or by being its name."""
    low = lowered(title)
    numbered = knowledge.forms.numbered.search(low)
    if numbered:
        return number_of(numbered["number"])
    bare = knowledge.forms.title_sign.sub("", low)
    bare = re.sub(r"\(.*?\)|[.:;,]+\s*$", "", bare).strip(" .:;,-")
    found = knowledge.criterion_pattern.match(bare)
    if found and len(bare) - found.end() <= 1:
        return knowledge.criterion_of[found.group()]
    return None


def lead_of(text: str) -> str:
    """The words before a paragraph's first colon, if they may be its title."""
    head, colon, _ = text.partition(":")
    return head if colon and len(head.split()) <= 16 else ""


def of_place(figures: Figures, at: int, knowledge: Knowledge) -> int | None:
    """The criterion that a figure stands under: sentence, then heads, then headings, then the one named in the text."""
    start, end = figures.sentence(at)
    if headed := _headed(figures, start, at, knowledge):
        return headed
    for m in knowledge.forms.numbered.finditer(figures.low, start, end):
        return number_of(m["number"])
    lead = knowledge.forms.about.match(figures.low, start)
    own = knowledge.criterion_pattern.match(figures.low, lead.end() if lead else start)
    if own and (" " in own.group() or figures.low[own.end() : own.end() + 1] == ":"):
        return knowledge.criterion_of[own.group()]
    if headed := _headed(figures, 0, start, knowledge):
        return headed
    title = lead_of(figures.passage.text)
    titles = [title] if title else []
    titles += [lead_of(above.text) or above.text[:80] for above in figures.above]
    titles += list(reversed(figures.passage.section[-2:]))
    for title in titles:
        number = of_title(title, knowledge)
        if number is not None:
            return number
    return _only_one(figures, knowledge)


def _headed(figures: Figures, start: int, end: int, knowledge: Knowledge) -> int | None:
    """The criterion of the last head between two characters: "Về nhà ở: … Về thu nhập: 7 xã đạt; về y tế: …"."""
    heads = (of_title(m.group(), knowledge) for m in HEAD.finditer(figures.low, start, end))
    return next((number for number in reversed([*heads]) if number), None)


def _only_one(figures: Figures, knowledge: Knowledge) -> int | None:
    """Where a paragraph, or the list head over it, names one criterion again and again and no other, that one.

    Names of one syllable ("điện", "chợ") say too little for this.
    """
    heads = [lowered(above.text) for above in figures.above[:1]]
    for text in (figures.low, *heads, " ".join([*heads, figures.low])):
        named = [m.group() for m in knowledge.criterion_pattern.finditer(text) if " " in m.group()]
        numbers = {knowledge.criterion_of[name] for name in named}
        if len(numbers) == 1 and len(named) > 1:
            return numbers.pop()
    return None


def number_of(digits: str) -> int | None:
    """The criterion that has this number."""
    return int(digits) if 1 <= int(digits) <= CRITERIA else None
