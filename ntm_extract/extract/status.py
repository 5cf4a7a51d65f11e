"""Whether a figure is a target or a result: by the words before it, the headings over it, the kind of document."""

from __future__ import annotations

import re

from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.reading import Figures
from ntm_extract.extract.timing import NAMED, since
from ntm_extract.facts import Status
from ntm_extract.knowledge import Knowledge
from ntm_extract.text.folding import lowered

BRACKETS = re.compile(r"\([^()]*\)")
BEHIND = re.compile(r"[,;.:()\d]")
"""What ends the words behind a figure that tell of it."""
ASIDE = re.compile(r"[^()]*\)")
"""Behind a figure within a bracket."""
LEAD = re.compile(r"\W*(?P<said>[^:.]{3,60}):")
"""What a passage opens with, before its colon."""


def status(figures: Figures, mention: Mention, knowledge: Knowledge) -> Status:
    """Target or result: by the cues nearest before the figure, those behind and over it, the kind of document."""
    if mention.before:
        return "achieved"
    start, end = figures.sentence(mention.start)
    target, achieved = knowledge.cue_patterns["status"]
    asked, had = knowledge.cue_patterns["before"]
    planned, is_now = knowledge.cue_patterns["straight_before"]
    said = BRACKETS.sub(lambda m: " " * len(m.group()), figures.low[start : mention.start])
    for words in (knowledge.forms.no_aim, figures.around.no_result):
        said = words.sub(lambda m: " " * len(m.group()), said)
    if is_now.search(said):
        return "achieved"
    if _planned(figures, mention, start, planned):
        return "target"
    segment = max(said.rfind(";"), said.rfind("|"), 0)
    told = [m.end() for cue in (achieved, had) for m in cue.finditer(said)]
    done = [end for end in told if end > segment]
    aimed = [m.end() for cue in (target, asked) for m in cue.finditer(said)]
    aims = [at for at in aimed if not any(at < end <= segment for end in told)]
    if _paid(figures, mention, said, target) or (aims and figures.around.then_done.search(said)):
        return "achieved"
    ahead = not aims and _ahead(figures, start + max(done, default=0), mention)
    if aims or done or ahead:
        return "target" if ahead or max(aims, default=-1) > max(done, default=-1) else "achieved"
    return _unsaid(figures, mention, knowledge, (start, end))


def _planned(figures: Figures, mention: Mention, start: int, planned: re.Pattern[str]) -> bool:
    """Whether a figure is what was planned or given out, or a part of such an amount."""
    if planned.search(figures.low[start : mention.start]):
        return True
    whole = next(
        (m for m in figures.mentions if m.start >= start and m.role == "money" and m.start < mention.start), None
    )
    if whole is None or mention.role != "money" or not planned.search(figures.low, start, whole.start):
        return False
    gap = figures.low[whole.end : mention.start]
    return bool(figures.around.planned_parts.match(gap)) and ";" not in BRACKETS.sub(" ", gap)


def _paid(figures: Figures, mention: Mention, said: str, target: re.Pattern[str]) -> bool:
    """Whether the clause tells what was paid out, no aim of it."""
    clause = re.split(r"[;.]\s", said)[-1]
    told = figures.words.paying.search(clause)
    said_of = told is not None and not (mention.role == "percent" and told["bare"])
    return said_of and not figures.planned and not target.search(clause)


def _unsaid(figures: Figures, mention: Mention, knowledge: Knowledge, sentence: tuple[int, int]) -> Status:
    """Where no word before the figure says it: by those behind it, the years named, the whole that it is part of."""
    start, end = sentence
    target, achieved = knowledge.cue_patterns["behind"]
    opens, tells = knowledge.cue_patterns["opening"]
    said = figures.low[start : mention.start]
    behind = BEHIND.split(figures.low[mention.end : end], maxsplit=1)[0]
    if mention.op == "=" and achieved.search(behind):
        return "achieved"
    if target.search(behind) or opens.match(said) or _future(figures, start, mention):
        return "target"
    if figures.planned and (tells.match(said) or _past(figures, start, mention)):
        return "achieved"
    whole = _whole(figures, start)
    return _by_place(figures, knowledge) if whole is None else status(figures, whole, knowledge)


def _whole(figures: Figures, start: int) -> Mention | None:
    """The figure before a sentence that goes on with its parts."""
    if not figures.around.parts_follow.match(figures.low, start):
        return None
    before = (m for m in reversed(figures.mentions) if m.end <= start and m.role != "none")
    return next((m for m in before if not ASIDE.match(figures.low, m.end)), None)


def _future(figures: Figures, start: int, mention: Mention) -> bool:
    """Whether the sentence looks to a year after the document's ("đến năm 2030")."""
    if figures.year is None:
        return False
    clause = figures.around.clause_ends.search(figures.low, mention.end)
    end = min(mention.start + 60, clause.start()) if clause else mention.start + 60
    return any(
        start <= w.start < max(end, mention.end) and w.iso[:4].isdigit() and int(w.iso[:4]) > figures.year
        for w in figures.whens
        if not since(figures, w) and not NAMED.search(figures.low[start : w.start])
    )


def _ahead(figures: Figures, start: int, mention: Mention) -> bool:
    """Whether a year after the document's stands between a character and a figure: "… đã nêu: năm 2030 có 9 xã"."""
    between = (w for w in figures.whens if start <= w.start and w.end <= mention.start and w.iso[:4].isdigit())
    return figures.year is not None and any(
        int(w.iso[:4]) > figures.year and not since(figures, w) and not NAMED.search(figures.low[start : w.start])
        for w in between
    )


def _past(figures: Figures, start: int, mention: Mention) -> bool:
    """Whether a plan's sentence opens by telling what was at the end of a past year: "Hết năm 2017 …" before 2018."""
    if figures.year is None:
        return False
    years = [w.iso[:4] for w in figures.whens if w.start - start in range(18) and w.end <= mention.start]
    over = bool(years) and all(year.isdigit() and int(year) < figures.year for year in years)
    return over and bool(figures.around.ended.match(figures.low, start, mention.start))


def _by_place(figures: Figures, knowledge: Knowledge) -> Status:
    target, achieved = knowledge.cue_patterns["section"]
    lead = LEAD.match(figures.low, len(figures.passage.marker))
    titles = [lead.group()] if lead else []
    lists = [lowered(p.text)[:120] for p in figures.heads]
    aimed, reached = knowledge.cue_patterns["status"]
    asked, had = knowledge.cue_patterns["list"]
    if lead and asked.match(lead["said"]):
        return "target"
    if lead and had.fullmatch(lead["said"].rstrip()):
        return "achieved"
    if any((asked.search(title) or aimed.search(title)) and not reached.search(title) for title in lists):
        return "target"
    titles += lists
    titles += [lowered(title) for title in reversed(figures.passage.section)]
    for title in (knowledge.forms.no_aim.sub(" ", one) for one in titles):
        aims, done = target.search(title), achieved.search(title)
        if aims and (not done or aims.start() <= done.start()):
            return "target"
        if done:
            return "achieved"
    return "target" if figures.planned else "achieved"
