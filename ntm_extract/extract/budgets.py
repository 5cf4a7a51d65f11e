"""Amounts of money: whose, for what, per what, and which total each is part of."""

from __future__ import annotations

import re

from msgspec import Struct

from ntm_extract.extract.claims import Reading, read_document
from ntm_extract.extract.evidence import evidence
from ntm_extract.extract.labels import label
from ntm_extract.extract.percentages import quote
from ntm_extract.extract.reading import Figures, status, when
from ntm_extract.extract.registry import extractor
from ntm_extract.facts import Budget
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Outline
from ntm_extract.text.folding import folded, lowered

OPENS_PARTS = re.compile(r"(?<!\w)(?:trong đó|bao gồm|gồm|gồm có|cụ thể|chia ra|trong số đó)(?!\w)")
NO_PART = re.compile(
    r"(?<!\w)(?:tăng|giảm(?! nghèo)|so với|bằng chữ|quy đổi|tương đương|năm trước|bình quân|hiện nay|"
    r"cách đây|năm \d{4})(?!\w)"
)
FOLLOWING = re.compile(
    r"\s?(?:\([^)]*\))?\s?(?:được\s)?(?:trích|lấy)\s(?:từ\s)?(?:nguồn\s)?|\s?từ\s(?:nguồn\s)?(?:vốn\s)?"
)


class _Part(Struct, frozen=True):
    """A total whose parts may follow: its row's place in the table, and the passage that announced them."""

    row: int
    depth: int
    passage: int
    section: tuple[str, ...]


@extractor(table="budgets", needs=read_document)
def extract_budgets(outline: Outline, knowledge: Knowledge, reading: Reading) -> tuple[Budget, ...]:
    """One row an amount. `parent` follows brackets, "trong đó" and list levels."""
    rows: list[Budget] = []
    heads: list[_Part] = []  # totals whose parts may stand in the list items below
    last: int | None = None  # the row of the last amount that is no part, for a sentence that opens with "Trong đó"
    for figures in reading.passages:
        passage = figures.passage
        if passage.kind == "note":
            continue
        while heads and not _below(heads[-1], figures):
            heads.pop()
        amounts = [i for i, m in enumerate(figures.mentions) if m.role == "money"]
        parents = _parents(figures, amounts)
        first = len(rows)
        for i in amounts:
            up = parents[i]
            if up is not None:
                parent: int | None = first + amounts.index(up)
            elif heads:
                parent = heads[-1].row
            elif _opens_with_parts(figures, i):
                parent = last
            else:
                parent = None
            if figures.mentions[i].per or _changed(figures, i) or (parent is not None and rows[parent].per):
                parent = None
            elif not passage.depth and heads and figures.sentence(figures.mentions[i].start)[0] and up is None:
                parent = None  # an unmarked list of parts ends with its sentence
            if parent is None and not figures.mentions[i].per:
                last = len(rows)
            rows.append(_row(outline, figures, i, knowledge, rows[parent] if parent is not None else None))
        if amounts and _announces(figures, amounts):
            top = [i for i in amounts if parents[i] is None] or amounts
            heads.append(_Part(first + amounts.index(top[-1]), passage.depth, figures.index, passage.section))
    return tuple(rows)


def _below(head: _Part, figures: Figures) -> bool:
    """Whether a passage may hold parts of a total: an item deeper in its list, or the unmarked line right after it."""
    if figures.passage.section[: len(head.section)] != head.section:
        return False
    return figures.passage.depth > head.depth or (figures.passage.depth == 0 and figures.index == head.passage + 1)


def _parents(figures: Figures, amounts: list[int]) -> dict[int, int | None]:
    """Within a passage: the amount that each amount is part of, by brackets and by "trong đó" in its sentence."""
    found: dict[int, int | None] = {}
    brackets: list[int | None] = []  # the amount that each open bracket details
    governor: list[int | None] = [None]  # by bracket level: the total that "trong đó" opened
    at, latest, level_latest = 0, None, [None]
    sentence = 0
    for i in amounts:
        m = figures.mentions[i]
        gap_start = at
        for match in re.finditer(r"[()]|" + OPENS_PARTS.pattern, figures.low[at : m.start]):
            sign, place = match.group(), gap_start + match.start()
            if sign == "(":
                brackets.append(_detailed(figures, level_latest[-1], place))
                governor.append(None)
                level_latest.append(None)
            elif sign == ")" and brackets:
                brackets.pop()
                governor.pop()
                level_latest.pop()
            elif sign != ")":
                governor[-1] = _governed(figures, level_latest[-1], place, governor[-1])
        begin = figures.sentence(m.start)[0]
        if begin > sentence:
            sentence = begin
            opens = OPENS_PARTS.match(figures.low[begin : begin + 12].lstrip())
            if not opens and not brackets:
                governor, level_latest = [None], [None]
        between = figures.low[figures.mentions[latest].end : m.start] if latest is not None else ""
        part = governor[-1]
        inner = between[between.rfind("(") + 1 :]
        if (
            part is None
            and brackets
            and brackets[-1] is not None
            and (OPENS_PARTS.match(inner) or not NO_PART.search(inner))
        ):
            part = brackets[-1]
        found[i] = None if part == i else part
        if governor[-1] is None:
            level_latest[-1] = i
        else:
            level_latest[-1] = i if brackets or governor[-1] != i else level_latest[-1]
        latest, at = i, m.end
    return found


def _detailed(figures: Figures, latest: int | None, place: int) -> int | None:
    """The amount that a bracket opening here details: the one just before it."""
    if latest is None:
        return None
    gap = figures.low[figures.mentions[latest].end : place]
    return latest if len(gap) < 30 and not re.search(r"[.;]", gap) else None


def _governed(figures: Figures, latest: int | None, place: int, current: int | None) -> int | None:
    """What a "trong đó" at this place details: the amount before it if near, a second one within a part goes deeper."""
    if latest is None:
        return current
    gap = figures.low[figures.mentions[latest].end : place]
    if ";" in gap or len(gap) > 60:
        return current
    return latest


def _opens_with_parts(figures: Figures, i: int) -> bool:
    start = figures.sentence(figures.mentions[i].start)[0]
    return start == 0 and bool(re.match(r"\W*(?:trong đó|bao gồm|gồm)(?!\w)", figures.low[start : start + 24]))


def _announces(figures: Figures, amounts: list[int]) -> bool:
    """Whether list items below detail this passage's amount: it ends with a colon after it."""
    tail = figures.low[figures.mentions[amounts[-1]].end :].strip()
    return tail.endswith(":") and len(tail) < 80


def _changed(figures: Figures, i: int) -> bool:
    left = figures.low[max(0, figures.mentions[i].start - 16) : figures.mentions[i].start]
    return bool(re.search(r"(?<!\w)(?:tăng|giảm)\s(?:thêm\s|được\s|hơn\s)?$", left))


def _row(outline: Outline, figures: Figures, i: int, knowledge: Knowledge, parent: Budget | None) -> Budget:
    mention = figures.mentions[i]
    named = label(figures, i)
    said = lowered(_own_words(figures, i))
    per = _per(figures, i, f"{said} {lowered(named)}", knowledge)
    named_in = _clause(said)
    source = source_of(named_in, knowledge)
    if per and "người" in per:
        source = None
    elif source is None and not _two_sources(named_in, knowledge):
        after = FOLLOWING.match(figures.low, mention.end)
        if after:
            source = source_of(re.split(r"[,;.(]", figures.low[after.end() :])[0][:60], knowledge)
        if source is None and parent is not None:
            source = parent.source
    return Budget(
        evidence=evidence(
            outline.document.doc_id,
            figures.passage,
            quote(figures, i, mention.start, mention.end),
            mention.number,
            rule="money",
            certainty=0.95,
        ),
        amount_vnd=int(mention.value.to_integral_value()),
        op=mention.op,
        per=per,
        label=named,
        source=source,
        capital=capital_of(named_in, knowledge) or (parent.capital if parent is not None else None),  # type: ignore[arg-type]
        status=status(figures, mention, knowledge),
        period=when(figures, mention) or (parent.period if parent is not None else None),
        parent=parent.amount_vnd if parent is not None else None,
        parent_id=parent.fact_id if parent is not None else None,
    )


def _own_words(figures: Figures, i: int) -> str:
    """The words between the figure before, or the sentence's start, and this amount."""
    start = figures.sentence(figures.mentions[i].start)[0]
    before = [m.end for m in figures.mentions[:i] if m.role in ("money", "percent") and m.end > start]
    said = re.sub(r"\([^()]*\)", " ", figures.passage.text[max([start, *before]) : figures.mentions[i].start])
    return said.rpartition("(")[2]


def _clause(said: str) -> str:
    """The part of some words that names the amount: all before a colon, else the last clause that says enough."""
    said = said if re.search(r";\s?quy (?:đổi|ra)", said) else said.rpartition(";")[2]
    if said.rstrip().endswith(":"):
        return said
    parts = said.split(",")
    kept = parts[-1]
    while len(parts) > 1 and len(kept.split()) <= 3:
        parts.pop()
        kept = parts[-1] + "," + kept
    return kept


def _named(said: str, knowledge: Knowledge) -> list[str]:
    """The funding sources that some words name, each once, in order; levels after one "ngân sách" count each."""
    bare = re.fullmatch(r"\W*(?:(?:gồm|trong đó|bao gồm|và|vốn|nguồn|cấp)\W+)*([^\d,;:()]+?)\W*", said)
    level = next((one.source for one in knowledge.budget_levels if bare and bare.group(1) == one.word), None)
    if level:
        return [level]
    found = [
        knowledge.source_of[m.group()]
        for m in knowledge.source_pattern.finditer(said)
        if not re.search(r"(?<!\w)cho\s(?:vay\s)?$", said[: m.start()])  # who receives it does not pay it
    ]
    if not found:
        found = [knowledge.bare_source_of[m.group()] for m in knowledge.bare_source_pattern.finditer(folded(said))]
    for m in re.finditer(
        r"ngân sách\s(?:cấp\s|các cấp\s|các\s)?((?:[\wà-ỹ]+(?: [\wà-ỹ]+)?)(?:(?:,\s?|\svà\s|\s?-\s?)[\wà-ỹ]+)+)", said
    ):
        words = re.split(r",\s?|\svà\s|\s?-\s?", m.group(1))
        found += [level.source for level in knowledge.budget_levels for w in words if w.startswith(level.word)]
    return list(dict.fromkeys(found))


def source_of(said: str, knowledge: Knowledge) -> str | None:
    """The one funding source that some lowered words name; None where they name none or two."""
    named = _named(said, knowledge)
    if "lồng ghép" in named:
        return "lồng ghép"
    return named[0] if len(named) == 1 else None


def _two_sources(said: str, knowledge: Knowledge) -> bool:
    return len(_named(said, knowledge)) > 1


def capital_of(said: str, knowledge: Knowledge) -> str | None:
    """Investment or recurrent capital, where the words name one; a "tổng vốn đầu tư" of a project names none."""
    found = [
        m
        for m in knowledge.capital_pattern.finditer(said)
        if not re.search(r"tổng\s(?:\w+\s){0,2}$", said[: m.start()])
    ]
    named = {knowledge.capital_of[m.group()] for m in found}
    return named.pop() if len(named) == 1 else None


def _per(figures: Figures, i: int, said: str, knowledge: Knowledge) -> str | None:
    """The rate as printed; income is per head, whether or not the text says so."""
    per = figures.mentions[i].per.strip()
    per = re.sub(r"^(?:đầu người|người dân|nhân khẩu|khẩu)", "người", per)
    income = any(lowered(name) in said for one in knowledge.indicators for name in (one.name, *one.aliases) if one.per)
    income = income or (bool(re.search(r"thu nhập", said)) and per in ("năm", "tháng"))
    if income and "người" not in per and not re.match(r"(?:hộ|ha)", per):
        return f"người/{per}" if per else "người"
    return per or None
