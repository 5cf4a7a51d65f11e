"""Whose money: funding sources and kinds of capital in the words before an amount."""

from __future__ import annotations

import re

from ntm_extract.knowledge import Knowledge
from ntm_extract.text.folding import folded, lowered

MONEY = re.compile(r"\W*(?:(?:và|trong đó|ngoài ra|còn|có)\s)*(?:vốn|nguồn|ngân sách|kinh phí|lồng ghép)(?!\w)")
"""A clause that says whose money it is, commas and all: "vốn lồng ghép từ chương trình, dự án khác"."""
NO_PAYER = re.compile(
    r"(?<!\w)(?:cho(?: vay)?|hỗ trợ(?: các)?|phục vụ|đối với|giúp|tặng|thăm hỏi|sinh hoạt|du lịch|hội|"
    r"thu nhập(?: bình quân)? của|sản xuất|mô hình)\s$"
)
"""Before those who receive money, or words that make another thing of their name ("nhà sinh hoạt cộng đồng")."""
PAYS = re.compile(
    r"(?:^|[,;:(.]\s?|(?<!\w)(?:và|gồm|trong đó|đề nghị|phần|do|cấp)\s)\W*(?P<level>[^\W\d_]+(?: ương)?)\s"
    r"(?:tự\s|phải\s)?"
    r"(?:đối ứng|cấp(?! (?:huyện|xã|tỉnh)(?!\w))|cân đối|hỗ trợ|lo|bố trí|chi|bổ sung|(?:cho )?ứng|góp|đấu giá)(?!\w)"
)
"""A level of government, named by its bare word, that gives the money: "huyện tự cân đối 5 tỷ đồng"."""
BARE_LEVELS = re.compile(
    r"\W*(?:(?:gồm|trong đó|bao gồm|chia ra|chia theo nguồn|và|vốn|nguồn|cấp|phần)\W+)*([^\d;:()]+?)\W*"
)
LEVEL_BORDER = re.compile(r",\s?|\svà\s|\s?[-–]\s?")
"""Levels of government alone, one or more: "trong đó tỉnh", "huyện, xã"."""
BARE_CAPITAL = re.compile(
    r"\W*(?:(?:chi|vốn|nguồn|gồm|bao gồm|trong đó|và|phần lớn|chủ yếu|đều|là)\s)*(đầu tư|sự nghiệp)\s?[:(]?\s*"
)
GETS_OR_RAISES = re.compile(
    r"\s(?:được\s(?:vay|hưởng|hỗ trợ)|(?:đã\s)?huy động\s(?:được\s)?(?:để|cho|vào|đầu tư|thực hiện))(?!\w)"
)
"""Behind who gets or raised the money, which is not whose it is: "nguồn vốn huyện đã huy động để thực hiện …"."""


def naming_clause(said: str) -> str:
    """The part of some words that names the amount: all before a colon, else the last clause that says enough."""
    said = said if re.search(r";\s?quy (?:đổi|ra)", said) else said.rpartition(";")[2]
    if said.rstrip().endswith(":"):
        return said
    parts = said.split(",")
    kept = parts[-1]
    while len(parts) > 1 and (len(kept.split()) <= 3 or (_opens(parts[:-1]) and not MONEY.match(kept))):
        parts.pop()
        kept = parts[-1] + "," + kept
    return kept


def _opens(parts: list[str]) -> bool:
    """Whether the last clause says whose money it is, or one before that lists a word or two behind it ("vốn lồng ghép
    chương trình giảm nghèo, ODA, …")."""
    while len(parts) > 1 and len(parts[-1].split()) <= 2 and not MONEY.match(parts[-1]):
        parts = parts[:-1]
    return MONEY.match(parts[-1]) is not None


def sources_in(said: str, knowledge: Knowledge) -> list[str]:
    """The funding sources that some words name, each once, in order; levels after one "ngân sách" count each."""
    if bare := BARE_LEVELS.fullmatch(said):
        word_of = {lowered(one.word): one.source for one in knowledge.budget_levels}
        levels = [word_of.get(word) for word in LEVEL_BORDER.split(bare[1])]
        if None not in levels:
            return list(dict.fromkeys(filter(None, levels)))
    named = [*knowledge.source_pattern.finditer(said)]
    found = [
        knowledge.source_of[m.group()]
        for m in named
        if not NO_PAYER.search(said[: m.start()]) and not GETS_OR_RAISES.match(said, m.end())
    ]
    if not named:
        found = [
            knowledge.bare_source_of[m.group()]
            for m in knowledge.bare_source_pattern.finditer(folded(said))
            if not NO_PAYER.search(said[: m.start()])
        ]
    if not found:
        paying = {m["level"] for m in PAYS.finditer(said)}
        found = [one.source for one in knowledge.budget_levels if lowered(one.word) in paying]
    for m in re.finditer(
        r"(?:ngân sách|vốn)\s(?:cấp\s|các cấp\s|các\s)?"
        r"((?:[\wà-ỹ]+(?: [\wà-ỹ]+)?)(?:(?:,\s?|\svà\s|\s?-\s?)[\wà-ỹ]+)+)",
        said,
    ):
        words = re.split(r",\s?|\svà\s|\s?-\s?", m.group(1))
        found += [level.source for level in knowledge.budget_levels for w in words if w.startswith(lowered(level.word))]
    if found == ["khác"] and re.search(r"ngân sách(?! (?:khác|nhà))", said):
        return []  # "từ ngân sách và các nguồn khác"
    return list(dict.fromkeys(found))


def source_of(said: str, knowledge: Knowledge) -> str | None:
    """The one funding source that some lowered words name; None where they name none or two."""
    named = sources_in(said, knowledge)
    if "lồng ghép" in named:
        return "lồng ghép"
    return named[0] if len(named) == 1 else None


def spelled(said: str, knowledge: Knowledge) -> str:
    """The whole name of a source or kind of capital that some words name by a bare word or letters alone ("tỉnh",
    "NSTW", "SN"); "" where they are no such name."""
    low = lowered(said.strip())
    short = any(word.isupper() and len(word) > 1 for word in said.split())
    source = next((one.source for one in knowledge.budget_levels if low == lowered(one.word)), None)
    source = source or (knowledge.source_of.get(low) if short else None)
    if source is not None:
        return f"vốn {source}" if source.startswith("ngân sách") else source
    capital = knowledge.capital_of.get(low) if short else None
    return "vốn sự nghiệp" if "sự nghiệp" in (low, capital) else ""


def two_sources(said: str, knowledge: Knowledge) -> bool:
    """Whether some words name more than one source, so that none is to be given."""
    return len(sources_in(said, knowledge)) > 1


def capital_of(said: str, knowledge: Knowledge) -> str | None:
    """Investment or recurrent capital, where the words name one; a "tổng vốn đầu tư" of a project names none."""
    bare = BARE_CAPITAL.fullmatch(said)
    if bare:
        return bare.group(1)
    found = [
        m
        for m in knowledge.capital_pattern.finditer(said)
        if not re.search(r"tổng\s(?:\w+\s){0,2}$", said[: m.start()])
    ]
    named = {knowledge.capital_of[m.group()] for m in found}
    return named.pop() if len(named) == 1 else None
