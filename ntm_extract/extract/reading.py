"""A document read for figures: each passage with its lowered text, its number mentions and where it stands.

The extractors of criteria, percentages, budgets and quantities share one Reading; a mention that the criteria claim
is marked there, so that no other table takes it.
"""

from __future__ import annotations

import re

from msgspec import Struct

from ntm_extract.extract.mentions import Mention, mentions
from ntm_extract.facts import Status
from ntm_extract.knowledge import Knowledge
from ntm_extract.layout.headings import KIND_LINE
from ntm_extract.model import Outline, Passage
from ntm_extract.text import dates
from ntm_extract.text.dates import When
from ntm_extract.text.folding import UPPER, folded, lowered

SENTENCE_END = re.compile(rf"[.!?](?=\s+[\"“'(]?[{UPPER}0-9-])|[.!?]$|…(?=\s+[{UPPER}])|\s\|\s")
FUTURE = re.compile(r"(?:đến|vào|trong|hết|cuối)\s(?:hết\s|cuối\s|hết cuối\s)?(?:năm|tháng)\s")
NAMED = re.compile(r"(?:bộ tiêu chí|chương trình|quyết định|nghị quyết)[^.;:,]{0,60}$")
"""What a date belongs to that is part of a name: the set of criteria 'giai đoạn 2021 - 2025' dates no figure."""
SINCE = re.compile(
    r"(?:so với|hơn|kể từ|từ|bằng|gấp)\s(?:cùng kỳ\s|thời điểm\s|cuối\s|đầu\s|"
    r"tháng\s\d+\s)*(?:năm\s)?$|so với[^.;,]{0,30}$"
)


BRACKETS = re.compile(r"\([^()]*\)")
NO_AIM = re.compile(
    r"(?:chương trình )?mục tiêu quốc gia|(?:so với|vượt|hoàn thành)\s(?:các\s)?mục tiêu|(?:mục tiêu|"
    r"kế hoạch|chỉ tiêu)[^.,;]{0,20} đề ra|%\s(?:so với\s)?dự toán"
)


TITLE_YEAR = re.compile(r"(?<!đến )năm\s(20\d\d)\W*$")
"""The year of a paper without a date, as its title ends with it."""
TELLS = re.compile(
    r"(?:toàn\s)?(?:xã|huyện|tỉnh|thôn|bản)\s(?:[^\W\d]+\s){0,3}?(?:hiện\s)?(?:có|gồm)\s(?!thêm)"
    r"|[^.;:]{0,40}được thành lập"
)
"""A sentence that describes a place."""
ENDED_IN = re.compile(r"\W*(?:tính\s)?(?:đến\s|hết\s|cuối\s|trong\s|kết thúc\s)*(?:năm|tháng|ngày|giai đoạn)\s")


class Figures(Struct, frozen=True, kw_only=True):
    """A passage with its numbers. `above` are the list heads over it, nearest first."""

    index: int
    passage: Passage
    low: str
    mentions: tuple[Mention, ...]
    whens: tuple[When, ...]
    sentences: tuple[int, ...]  # first characters of its sentences
    above: tuple[Passage, ...]
    planned: bool  # the document's kind speaks for targets
    year: int | None  # of the document

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence around a character."""
        start = max((s for s in self.sentences if s <= at), default=0)
        end = min((s for s in self.sentences if s > at), default=len(self.low))
        return start, end


def read(outline: Outline, knowledge: Knowledge) -> tuple[Figures, ...]:
    """Every passage of body, list or note that holds a digit or may hold a count in words."""
    found: list[Figures] = []
    heads: list[Passage] = []
    planned, year, heads_open = False, None, False
    target, achieved = knowledge.cue_patterns["document"]
    doubtful = _ruined(outline)
    for index, passage in enumerate(outline.passages):
        low = lowered(passage.text)
        if passage.kind == "head":
            if KIND_LINE.fullmatch(folded(passage.text).strip()):
                planned = bool(target.search(low)) and not achieved.search(low)
            named = [w.iso for w in dates.find(low) if "ngày" in low[w.start : w.end] and w.iso]
            year = int(named[0][:4]) if named and (year is None or not heads_open) else year
            titled = TITLE_YEAR.search(low)
            year = int(titled[1]) if titled and year is None else year
            heads_open = True
            heads = []
            continue
        heads_open = False
        if passage.kind in ("foot", "heading"):
            heads = []
            continue
        while (
            heads and heads[-1].depth >= passage.depth and (passage.depth or not heads[-1].text.rstrip().endswith(":"))
        ):
            heads.pop()
        if heads and not passage.depth and heads[-1].depth == 0:
            heads.pop()
        found.append(
            Figures(
                index=index,
                passage=passage,
                low=low,
                mentions=() if _tabular(passage) else _trusted(mentions(passage, knowledge), doubtful),
                whens=dates.find(low),
                sentences=(0, *(m.end() for m in SENTENCE_END.finditer(passage.text))),
                above=tuple(reversed(heads)),
                planned=planned,
                year=year,
            )
        )
        heads.append(passage)
    return tuple(found)


def written(figures: Figures, mention: Mention) -> str:
    """A mention's unit as the text writes it ("sản phẩm OCOP")."""
    at = figures.low.find(mention.unit, mention.number[1], mention.end) if mention.unit else -1
    return figures.passage.text[at : at + len(mention.unit)] if at >= 0 else mention.unit


RUINED = 0.25
"""Share of repaired words from which on a document's small bare numbers may be misread syllables ("ô tô": "6 tổ")."""


def _ruined(outline: Outline) -> bool:
    """Whether so much was repaired that a lone digit is as likely a syllable, and real ones are padded ("03")."""
    tokens = [token.word for passage in outline.passages for token in passage.tokens]
    changed = sum(word.changed for word in tokens)
    padded = sum(bool(re.fullmatch(r"0[1-9]", word.text)) for word in tokens)
    return bool(tokens) and changed >= RUINED * len(tokens) and padded >= 3


VERDICTS = re.compile(r"(?:(?:chưa )?đạt\s(?:(?:chưa )?đạt\s){2})|(?:\sx){4}\s")
"""Cells of a table of verdicts, read as loose text."""


def _tabular(passage: Passage) -> bool:
    """A row of a table read as loose text: mostly figures, without the words that would tell what they are."""
    if VERDICTS.search(lowered(passage.text)):
        return True
    figures = sum(bool(re.fullmatch(r"[x.,/%-]*\d[\d.,/%x-]*|x", token.word.text)) for token in passage.tokens)
    return figures >= 4 and figures >= 0.4 * len(passage.tokens)


def _trusted(found: tuple[Mention, ...], doubtful: bool) -> tuple[Mention, ...]:
    """In a ruined document, bare small numbers of things, and any number of an unlisted thing, are left unread."""
    if not doubtful:
        return found

    def wild(m: Mention) -> bool:
        digits = m.number[1] - m.number[0]
        padded = digits == 2 and m.value < 10
        return m.role == "count" and m.op == "=" and not padded and digits <= (2 if m.unit_kind == "noun" else 1)

    return tuple(m._replace(role="none", reason="unread") if wild(m) else m for m in found)


def status(figures: Figures, mention: Mention, knowledge: Knowledge) -> Status:
    """Target or result: by the words nearest before the figure, the headings over it, the kind of document."""
    if mention.before:
        return "achieved"
    start, end = figures.sentence(mention.start)
    target, achieved = knowledge.cue_patterns["status"]
    said = BRACKETS.sub(lambda m: " " * len(m.group()), figures.low[start : mention.start])
    said = NO_AIM.sub(lambda m: " " * len(m.group()), said)
    segment = max(said.rfind(";"), said.rfind("|"), 0)
    aims = [m.end() for m in target.finditer(said)]
    done = [m.end() for m in achieved.finditer(said, segment)]
    if aims or done:
        return "target" if max(aims, default=-1) > max(done, default=-1) else "achieved"
    clause = re.match(r"[^,;.:()\d]*", figures.low[mention.end : end])
    if clause and re.search(r"(?<!\w)(?:đã|hiện có)(?!\w)", clause.group()) and mention.op == "=":
        return "achieved"
    if _future(figures, start, mention):
        return "target"
    if figures.planned and _past(figures, start, mention):
        return "achieved"
    return _by_place(figures, knowledge)


def _future(figures: Figures, start: int, mention: Mention) -> bool:
    """Whether the sentence looks to a year after the document's ("đến năm 2030")."""
    if figures.year is None:
        return False
    return any(
        start <= w.start < mention.start + 60 and w.iso[:4].isdigit() and int(w.iso[:4]) > figures.year
        for w in figures.whens
        if not SINCE.search(figures.low[max(0, w.start - 30) : w.start])
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
    lead = re.match(r"[^:.]{3,60}:", figures.low)
    titles = [lead.group()] if lead else []
    lists = [lowered(p.text)[:120] for p in figures.above if p.text.rstrip().endswith(":")]
    aimed, reached = knowledge.cue_patterns["status"]
    if any(aimed.search(title) and not reached.search(title) for title in lists):
        return "target"
    titles += lists
    titles += [lowered(title) for title in reversed(figures.passage.section)]
    for title in (NO_AIM.sub(" ", one) for one in titles):
        aims, done = target.search(title), achieved.search(title)
        if aims and (not done or aims.start() < done.start()):
            return "target"
        if done:
            return "achieved"
    return "target" if figures.planned else "achieved"


def when(figures: Figures, mention: Mention) -> str | None:
    """The date or period that the figure's sentence gives it, as printed; None where it gives none."""
    return _when(figures, mention)[0]


def as_of(figures: Figures, mention: Mention) -> str | None:
    """The same as an ISO date, month or year."""
    return _when(figures, mention)[1]


def _when(figures: Figures, mention: Mention) -> tuple[str | None, str | None]:
    """As printed and as ISO: of the figure's own sentence, else of the list heads over it."""
    found = _own_when(figures, mention)
    if found:
        return figures.passage.text[found.start : found.end].strip(), found.iso
    for above in figures.above:
        low = lowered(above.text)
        dated = [
            w
            for w in dates.find(low)
            if w.iso and not SINCE.search(low[max(0, w.start - 30) : w.start]) and not NAMED.search(low[: w.start])
        ]
        if dated and low.rstrip().endswith(":"):
            return above.text[dated[-1].start : dated[-1].end].strip(), dated[-1].iso
    return None, None


def _own_when(figures: Figures, mention: Mention) -> When | None:
    start, end = figures.sentence(mention.start)
    inside = [
        w
        for w in figures.whens
        if start <= w.start < end and w.iso and not SINCE.search(figures.low[max(0, w.start - 30) : w.start])
    ]
    close = [w for w in inside if w.start >= mention.end and _adjacent(figures.low[mention.end : w.start])]
    if close:
        return close[0]
    before = [w for w in inside if w.end <= mention.start]
    return before[-1] if before else None


def _adjacent(gap: str) -> bool:
    """A date straight after the figure ("28,1% năm 2011", "13/19 vào cuối năm 2025", "(năm 2011)")."""
    return len(gap) < 14 and not re.search(r"[.;,:\d]|(?<!\w)(?:so|với|và)(?!\w)", gap)
