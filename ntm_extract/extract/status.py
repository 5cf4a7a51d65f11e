"""Whether a figure is a target or a result: by the words before it, the headings over it, the kind of document."""

from __future__ import annotations

import re

from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.reading import Figures
from ntm_extract.extract.timing import NAMED, since
from ntm_extract.extract.wording import GOES_ON
from ntm_extract.facts import Status
from ntm_extract.knowledge import Knowledge
from ntm_extract.text.folding import lowered

BRACKETS = re.compile(r"\([^()]*\)")
TELLS = re.compile(
    r"\W*(?:(?:toàn\s)?(?:xã|huyện|tỉnh|thôn|bản)\s(?:[^\W\d]+\s){0,3}?(?:hiện\s)?(?:có|gồm)\s(?!thêm)"
    r"|[^.;:]{0,40}được thành lập|(?:điều\s\d+\.\s)?(?:công nhận|tặng thưởng|khen thưởng)\s(?!mới))"
)
"""A sentence that describes a place."""
OF_THOSE = re.compile(r"(?<!\w)(?:tại|của|ở|cho|với|đối với)\s(?:các|những)\s(?:[^\W\d]+\s){1,3}đã(?!\w)")
"""What already is so of those that the sentence speaks of, whatever it says itself ("tại các xã đã đạt chuẩn")."""
TRAINED = re.compile(r"(?<!\w)(?:lao động|người)(?: [^\W\d_]+){0,3} đã qua đào tạo")
"""A kind of people, not something that has been done."""
ENROLLED = re.compile(r"\s(?:điểm\s)?(?:đăng ký|phấn đấu|dự kiến)\s(?:đạt chuẩn|về đích|cán đích)")
ENDED_IN = re.compile(r"\W*(?:tính\s)?(?:đến\s|hết\s|cuối\s|trong\s|kết thúc\s)*(?:năm|tháng|ngày|giai đoạn)\s")

AIM_THEN_DONE = re.compile(
    r"(?<!\w)(?:mục tiêu|kế hoạch|chỉ tiêu)[^.;]*\d[^.;]*,\s(?:đã\s)?(?:thực hiện|kết quả|đạt được|nay)(?!\w)[^.;,\d]*$"
)
"""Before what was reached of an aim just told: "mục tiêu 90%, thực hiện 95,4%"."""


def status(figures: Figures, mention: Mention, knowledge: Knowledge) -> Status:
    """Target or result: by the words nearest before the figure, the headings over it, the kind of document."""
    if mention.before:
        return "achieved"
    start, end = figures.sentence(mention.start)
    target, achieved = knowledge.cue_patterns["status"]
    said = BRACKETS.sub(lambda m: " " * len(m.group()), figures.low[start : mention.start])
    for words in (knowledge.forms.no_aim, OF_THOSE, TRAINED):
        said = words.sub(lambda m: " " * len(m.group()), said)
    segment = max(said.rfind(";"), said.rfind("|"), 0)
    told = [m.end() for m in achieved.finditer(said)]
    done = [end for end in told if end > segment]
    aims = [m.end() for m in target.finditer(said) if not any(m.end() < end <= segment for end in told)]
    if _paid(figures, mention, said, target) or (aims and AIM_THEN_DONE.search(said)):
        return "achieved"
    if not aims and _ahead(figures, start + max(done, default=0), mention):
        return "target"
    if aims or done:
        return "target" if max(aims, default=-1) > max(done, default=-1) else "achieved"
    return _unsaid(figures, mention, knowledge, (start, end))


def _paid(figures: Figures, mention: Mention, said: str, target: re.Pattern[str]) -> bool:
    """Whether the clause tells what was paid out, no aim of it."""
    clause = re.split(r"[;.]\s", said)[-1]
    told = figures.words.paying.search(clause)
    said_of = told is not None and not (mention.role == "percent" and told["bare"])
    return said_of and not figures.planned and not target.search(clause)


def _unsaid(figures: Figures, mention: Mention, knowledge: Knowledge, sentence: tuple[int, int]) -> Status:
    """Where no word before the figure says it: by those behind it, the years named, the whole that it is part of."""
    start, end = sentence
    behind = re.match(r"[^,;.:()\d]*", figures.low[mention.end : end])
    if behind and re.search(r"(?<!\w)(?:đã|hiện có)(?!\w)", behind.group()) and mention.op == "=":
        return "achieved"
    if behind and re.search(r"(?<!\w)(?:sẽ|phấn đấu|dự kiến)(?!\w)", behind.group()):
        return "target"
    if ENROLLED.match(figures.low, mention.end) or _future(figures, start, mention):
        return "target"
    if figures.planned and _past(figures, start, mention):
        return "achieved"
    whole = _whole(figures, start)
    return _by_place(figures, knowledge) if whole is None else status(figures, whole, knowledge)


def _whole(figures: Figures, start: int) -> Mention | None:
    """The figure before a sentence that goes on with its parts."""
    if not GOES_ON.match(figures.low, start):
        return None
    return next((m for m in reversed(figures.mentions) if m.end <= start and m.role != "none"), None)


def _future(figures: Figures, start: int, mention: Mention) -> bool:
    """Whether the sentence looks to a year after the document's ("đến năm 2030")."""
    if figures.year is None:
        return False
    clause = re.compile(r"[,;]\s(?!năm)|$").search(figures.low, mention.end)
    end = min(mention.start + 60, clause.start()) if clause else mention.start + 60
    return any(
        start <= w.start < max(end, mention.end) and w.iso[:4].isdigit() and int(w.iso[:4]) > figures.year
        for w in figures.whens
        if not since(figures.low, w) and not NAMED.search(figures.low[start : w.start])
    )


def _ahead(figures: Figures, start: int, mention: Mention) -> bool:
    """Whether a year after the document's stands between a character and a figure: "… đã nêu: năm 2030 có 9 xã"."""
    between = (w for w in figures.whens if start <= w.start and w.end <= mention.start and w.iso[:4].isdigit())
    return figures.year is not None and any(
        int(w.iso[:4]) > figures.year and not since(figures.low, w) and not NAMED.search(figures.low[start : w.start])
        for w in between
    )


def _past(figures: Figures, start: int, mention: Mention) -> bool:
    """Whether a plan's sentence opens by telling what was: "Hết năm 2017 …" before 2018, "Xã có 9 thôn …"."""
    said = figures.low[start : mention.start]
    if TELLS.match(said):
        return True
    if figures.year is None:
        return False
    years = [w.iso[:4] for w in figures.whens if w.start - start in range(18) and w.end <= mention.start]
    return bool(years) and all(y.isdigit() and int(y) < figures.year for y in years) and bool(ENDED_IN.match(said))


def _by_place(figures: Figures, knowledge: Knowledge) -> Status:
    target, achieved = knowledge.cue_patterns["section"]
    lead = re.compile(r"\W*[^:.]{3,60}:").match(figures.low, len(figures.passage.marker))
    titles = [lead.group()] if lead else []
    lists = [lowered(p.text)[:120] for p in figures.heads]
    aimed, reached = knowledge.cue_patterns["status"]
    asked, _ = knowledge.cue_patterns["list"]
    if lead and asked.match(lead.group().lstrip(" .)-+:")):
        return "target"
    if any((asked.search(title) or aimed.search(title)) and not reached.search(title) for title in lists):
        return "target"
    titles += lists
    titles += [lowered(title) for title in reversed(figures.passage.section)]
    for title in (knowledge.forms.no_aim.sub(" ", one) for one in titles):
        aims, done = target.search(title), achieved.search(title)
        if aims and (not done or aims.start() < done.start()):
            return "target"
        if done:
            return "achieved"
    return "target" if figures.planned else "achieved"
