"""Whether a figure is a target or a result: by the words before it, the headings over it, the kind of document."""

from __future__ import annotations

import re

from ntm_extract.extract.label_words import GOES_ON
from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.reading import Figures
from ntm_extract.extract.timing import NAMED, since
from ntm_extract.facts import Status
from ntm_extract.knowledge import Knowledge
from ntm_extract.text.folding import lowered

BRACKETS = re.compile(r"\([^()]*\)")
TELLS = re.compile(
    r"\W*(?:(?:toàn\s)?(?:xã|huyện|tỉnh|thôn|bản)\s(?:[^\W\d]+\s){0,3}?(?:hiện\s)?(?:có|gồm)\s(?!thêm)"
    r"|[^.;:]{0,40}được thành lập|(?:điều\s\d+\.\s)?(?:công nhận|tặng thưởng|khen thưởng)\s(?!mới|thêm))"
)
"""A sentence that describes a place."""
OF_THOSE = re.compile(r"(?<!\w)(?:tại|của|ở|cho|với|đối với)\s(?:các|những)\s(?:[^\W\d]+\s){1,3}đã(?!\w)")
"""What already is so of those that the sentence speaks of, whatever it says itself ("tại các xã đã đạt chuẩn")."""
TRAINED = re.compile(r"(?<!\w)(?:lao động|người)(?: [^\W\d_]+){0,3} đã qua đào tạo")
"""A kind of people, not something that has been done."""
ENROLLED = re.compile(r"\s(?:điểm\s)?(?:đăng ký|phấn đấu|dự kiến)\s(?:đạt chuẩn|về đích|cán đích)")
ENDED_IN = re.compile(r"\W*(?:tính\s)?(?:đến\s|hết\s|cuối\s|trong\s|kết thúc\s)*(?:năm|tháng|ngày|giai đoạn)\s")

ASKS = re.compile(
    r"(?<!\w)(?:đề nghị|kiến nghị|đề xuất)\s(?:[^\W\d_]+\s){0,5}?"
    r"(?:bổ sung|hỗ trợ|cấp|bố trí|cho|tăng|giao|điều chỉnh)(?!\w)"
)
"""What a unit above is asked for: "Đề nghị tỉnh bổ sung 6 tỷ đồng"."""
PLANNED = re.compile(
    r"(?<!vượt )(?<!với )(?<!thành )(?<!đạt )(?<!bằng )(?<!theo )(?<![\d%] )(?<!\w)(?:kế hoạch|kh|chỉ tiêu|vốn giao)"
    r"(?:\s(?:vốn|giao|cả năm|trong năm|đầu năm|tỉnh|huyện))*"
    r"(?:(?<=giao)\s(?:đạt|thêm|là|làm|xây|đạt thêm))?\s?[:(]?\s?$"
)
"""Straight before a figure that was planned: "làm 38 km, kế hoạch 45 km"."""
REQUIRED = re.compile(r"\((?:yêu cầu|mức chuẩn|chuẩn|quy định|mục tiêu|chỉ tiêu)(?!\w)[^()\d]{0,25}$")
"""Before what a bracket says is asked for: "đạt 52 triệu đồng (yêu cầu ≥ 48)"."""
PLANNED_PARTS = re.compile(r"[^;.]*?(?:\sgồm|trong đó|:|\()(?!\w)")
"""Between a planned amount and its parts."""
IS_NOW = re.compile(
    r"(?<!\w)(?:(?<!thực )(?<!biểu )hiện|(?<=[,;:(]\s)thực hiện|còn thiếu|thiếu)"
    r"(?:\s(?:là|đang|có|được|còn|mới|ở|mức))*\s$"
)
"""Straight before a figure of today, whatever the sentence aims at: "gom 6 tấn rác (hiện 4 tấn)"."""
ASIDE = re.compile(r"[^()]*\)")
"""Behind a figure within a bracket."""
DONE_LEAD = re.compile(r"\W*(?:đã\s)?(?:thực hiện|làm được|hiện trạng|kết quả)\s?:")
AIM_THEN_DONE = re.compile(
    r"(?<!\w)(?:mục tiêu|kế hoạch|chỉ tiêu)[^.;]*\d[^.;]*,\s(?:(?:đến\s)?(?:hết\s)?(?:tháng|quý)\s[\divx]+\s)?"
    r"(?:đã\s|mới\s)?(?:thực hiện|kết quả|đạt được|nay|giải ngân)(?!\w)[^.;\d]*(?:\d[\d.,]*\s[^.;\d]*)?$"
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
    if IS_NOW.search(said):
        return "achieved"
    if _planned(figures, mention, start):
        return "target"
    segment = max(said.rfind(";"), said.rfind("|"), 0)
    told = [m.end() for m in achieved.finditer(said)]
    done = [end for end in told if end > segment]
    aimed = [m.end() for cue in (target, ASKS) for m in cue.finditer(said)]
    aims = [at for at in aimed if not any(at < end <= segment for end in told)]
    if _paid(figures, mention, said, target) or (aims and AIM_THEN_DONE.search(said)):
        return "achieved"
    ahead = not aims and _ahead(figures, start + max(done, default=0), mention)
    if aims or done or ahead:
        return "target" if ahead or max(aims, default=-1) > max(done, default=-1) else "achieved"
    return _unsaid(figures, mention, knowledge, (start, end))


def _planned(figures: Figures, mention: Mention, start: int) -> bool:
    """Whether a figure is what was planned or given out, or a part of such an amount."""
    if any(said.search(figures.low[start : mention.start]) for said in (PLANNED, REQUIRED)):
        return True
    whole = next(
        (m for m in figures.mentions if m.start >= start and m.role == "money" and m.start < mention.start), None
    )
    planned = whole is not None and mention.role == "money" and PLANNED.search(figures.low, start, whole.start)
    return bool(planned and whole and PLANNED_PARTS.fullmatch(_listed(figures.low[whole.end : mention.start])))


def _listed(gap: str) -> str:
    """Up to the sign or word that opens the parts."""
    opened = PLANNED_PARTS.match(gap)
    return opened.group() if opened and ";" not in BRACKETS.sub(" ", gap) else ""


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
    before = (m for m in reversed(figures.mentions) if m.end <= start and m.role != "none")
    return next((m for m in before if not ASIDE.match(figures.low, m.end)), None)


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
    if lead and DONE_LEAD.match(lead.group()):
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
