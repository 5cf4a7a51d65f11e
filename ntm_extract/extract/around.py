"""The words around a figure that may name it: before, behind and over it."""

from __future__ import annotations

import re

from ntm_extract.extract.label_words import (
    COUNTED_TOO,
    HARD,
    last_clause,
    own_part,
)
from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.neighbours import is_real
from ntm_extract.extract.reading import Figures
from ntm_extract.text.folding import lowered

NOUN_BRACKET = re.compile(r"\s(?:tổng\s)?(?:số\s)?(?P<noun>[^\W\d_]+)\s\([^()]*\)(?=\s[^\W\d_])")
"""Behind a percentage: who it is a share of, and their number in brackets ("20% số xã (24 xã) đạt chuẩn")."""
BRACKET = re.compile(r"[()]")


def before_bracket(figures: Figures, mention: Mention) -> str:
    """The clause before a bracket that holds nothing but the figure: "Xã dẫn đầu là Nà Sáy (39,5 triệu đồng)"."""
    start = figures.sentence(mention.start)[0]
    said, bracket, inside = figures.passage.text[start : mention.start].rpartition("(")
    if not bracket or figures.words.clean(inside):
        return ""
    previous = max(
        (m.end - start for m in figures.mentions if is_real(m) and start <= m.end <= start + len(said)), default=0
    )
    return figures.words.clean(last_clause(said[previous:], figures.words))


def subject(figures: Figures, mention: Mention) -> str:
    """What the figure's sentence speaks of: "Quế Lâm là xã đồng bằng, có 8 thôn"."""
    start = figures.sentence(mention.start)[0]
    said = figures.around.subject.match(figures.passage.text, start, mention.start)
    return figures.words.clean(said["who"]) if said else ""


def right_first(figures: Figures, mention: Mention) -> bool:
    """Whether a percentage's noun stands behind it ("có 100% trường học …", "từ 80% gia đình …")."""
    if not figures.around.noun_behind.match(figures.low, mention.end):
        return False
    start = figures.sentence(mention.start)[0]
    if figures.low[:start].rstrip().endswith("|") and not figures.words.clean(
        figures.passage.text[start : mention.start]
    ):
        return False  # its own cell holds nothing but the figure: the cell before names it
    if not figures.around.is_said.search(figures.low[start : mention.start]):
        return True
    words = _before_words(figures, mention, start).lower()
    return not words or bool(figures.around.area.fullmatch(words))


def _before_words(figures: Figures, mention: Mention, start: int) -> str:
    return figures.words.clean(re.split(r"[;|:.]", figures.passage.text[start : mention.start])[-1])


def bounds(figures: Figures, i: int) -> tuple[int, int]:
    """The stretch before the mention that may name it: from the last clause border or the mention before."""
    mention = figures.mentions[i]
    text = figures.passage.text
    start = figures.sentence(mention.start)[0]
    if not figures.words.clean(text[start : mention.start]) and text[start - 2 : start].strip() == "|":
        start = max(text.rfind(mark, 0, start - 2) for mark in ("|", ";")) + 1  # the cell before in a table's row
        mention_start = text.rfind("|", start, mention.start)
        return start, mention_start if mention_start > start else mention.start
    for border in HARD.finditer(text, start, mention.start):
        start = border.end()
    previous = [m for m in figures.mentions[:i] if is_real(m) and m.end > start]
    if previous:
        start = max(start, previous[-1].end)
    depth = 0
    for bracket in reversed([*BRACKET.finditer(text, start, mention.start)]):
        depth += 1 if bracket.group() == ")" else -1
        if depth < 0:  # inside a bracket: only its own words name the figure
            return bracket.end(), mention.start
    return start, mention.start


def words_before(figures: Figures, i: int, *, alone: bool = True) -> str:
    """Words before the i-th mention; `alone` where they must name it without words behind it."""
    mention = figures.mentions[i]
    start, end = bounds(figures, i)
    said = re.sub(r"\([^()]*\)", lambda m: " " * len(m.group()), figures.passage.text[start:end])
    listed = said.rstrip().endswith(":")
    if any(m.end == start for m in figures.mentions[:i] if is_real(m)):
        said = own_part(said, figures.around)
    colon = said.rstrip(" :").rfind(": ")
    if colon >= 0:
        said = said[colon + 1 :]
    if mention.role == "money" and listed:
        found = figures.words.clean(said)
        return figures.words.clean(found.split(",")[0]) if len(found.split()) > 8 else found
    heads = list(figures.words.head.finditer(lowered(said)))
    if heads:
        head = heads[-1].start("head")
        found = figures.words.clean(said[head:])
        if len(found.split()) <= 2:
            whose = subject(figures, mention) if "," in said[:head] else ""
            found = " ".join(
                [found, *(whose or figures.words.clean(last_clause(said[:head], figures.words, alone))).split()[-8:]]
            )
        return found
    if not listed and mention.role not in ("percent", "ratio"):
        said = last_clause(said, figures.words, alone)
    elif not alone:
        said = said.rsplit(", ", 1)[-1]
    return figures.words.clean(said)


def words_after(figures: Figures, i: int) -> str:
    """Words behind the i-th mention, up to the clause's end or the figure after."""
    mention = figures.mentions[i]
    text = figures.passage.text
    begin = mention.end
    side = figures.around.aside.match(text, begin) if mention.role != "percent" else None
    if side and not figures.around.parts_of.search(side.group()):
        begin = side.end()
    noun = ""
    if mention.role == "percent" and (counted := NOUN_BRACKET.match(text, begin)):
        noun, begin = counted["noun"], counted.end()
    if mention.role in ("count", "ratio") and (more := COUNTED_TOO.match(text, begin)):
        begin = more.end()
    end = figures.sentence(mention.start)[1]
    if mention.role == "count" and (where := figures.around.places_listed.search(text, begin, end)):
        nouns = text[begin : where.start()]
        if len(nouns.split()) <= 3 and not any(is_real(m) and begin <= m.start < where.end() for m in figures.mentions):
            return " ".join(
                w
                for w in (
                    figures.words.clean(nouns),
                    figures.words.clean(re.split(r"[,;:(.]", text[where.end() : end])[0]),
                )
                if w
            )
    following = [
        m.start
        for m in figures.mentions[i + 1 :]
        if is_real(m) and m.start >= begin and not (mention.role == "percent" and m.unit.startswith("tiêu chí"))
    ]
    end = min([end, *following[:1]])
    border = HARD.search(text, begin, end)
    said = text[begin : border.start() if border else end]
    following = [] if border else following
    if said.lstrip().startswith((",", ")")) or (border and not said.strip()):
        return noun
    if mention.role == "count" and following and end == following[0] and figures.around.counted_in.fullmatch(said):
        return words_after(figures, next(j for j, m in enumerate(figures.mentions) if m.start == end))
    bracketed = "(" in said
    said = said.split("(")[0].split(")")[0].split(":")[0]
    if following and end == following[0] and "," in said:
        said = said[: said.rfind(",")]
    elif following and end == following[0] and " và " in said and not bracketed:
        said = said[: said.rfind(" và ")]
    said = re.sub(r"(?i)^\s*(?:các|số|tổng số|toàn bộ)\s", " ", said)
    cut = figures.around.cut_after.search(lowered(said))
    if mention.role == "percent":
        cut = re.compile(r", (?=\d|trong đó|bảo đảm|đảm bảo|đạt|tăng|giảm|không (?:có|còn))|,$|(?<!\w)so với").search(
            said
        )
    found = figures.words.clean(said[: cut.start()] if cut else said)
    if cut and cut.group() == "để" and len(found.split()) < 2:
        found = " ".join(figures.words.clean(said).split()[:8])
    return f"{noun} {found}".strip()


def title_over(figures: Figures) -> str:
    """The list head or heading over a figure that stands alone."""
    for above in figures.above:
        if above.text.rstrip().endswith(":"):
            return figures.words.clean(above.text)
    if figures.passage.section:
        title = re.sub(r"^\W*[\dIVXa-zđ]{1,4}[.)]\s*(?:[\d.]+\s)?|\([^()]*\)", "", figures.passage.section[-1])
        return figures.words.clean(title)
    return ""
