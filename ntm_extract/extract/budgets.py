"""Amounts of money: whose, for what, per what, and which total each is part of."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from ntm_extract.extract.claims import Reading, read_document
from ntm_extract.extract.evidence import evidence, quote
from ntm_extract.extract.funding import capital_of, naming_clause, source_of, sources_in, spelled, two_sources
from ntm_extract.extract.labels import label
from ntm_extract.extract.naming import lead_of
from ntm_extract.extract.neighbours import pair
from ntm_extract.extract.parts import MARGIN, parents
from ntm_extract.extract.reading import Figures
from ntm_extract.extract.registry import extractor
from ntm_extract.extract.status import status
from ntm_extract.extract.timing import when
from ntm_extract.facts import Budget
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Outline
from ntm_extract.text import units
from ntm_extract.text.folding import lowered

PART_LINE = re.compile(r"\W*[^:.;\d]{3,70}:\s?\d")
FOLLOWING = re.compile(
    r"\s?(?:\([^)]*\))?\s?(?:(?:được\s)?(?:trích|lấy)\s(?:từ\s)?(?:nguồn\s)?|từ\s(?:nguồn\s)?(?:vốn\s)?"
    r"|(?=(?:kinh phí|vốn|ngân sách)\s)|(?=(?:tw|trung ương|tỉnh|huyện|xã|dân|dn)\s?(?:[+;,.)]|$)))"
)
SHARE_OF = re.compile(r"\s?\((?:[^\W\d_]+\s){0,2}|,?\s(?:với|tương đương|tương ứng)\s(?:với\s)?")
"""Between a share and the amount that it is: "chiếm 71,3% (khoảng 27.500 tỷ đồng)"."""
GIVEN = re.compile(r"(?<!\w)(?:đóng góp|góp|tài trợ|ủng hộ|hiến|trị giá|quy (?:đổi|ra))(?!\w)")
"""A clause that tells what was given, by whom the sentence said before: "Nhân dân hiến 2 ha đất, góp 3 tỷ đồng"."""
GIVERS = ("nhân dân", "doanh nghiệp", "khác")
LISTS = re.compile(r"(?:cụ thể|như sau|gồm|trong đó|gồm có|chi tiết)(?:\snhư sau|\slà)?\s?:$")
"""The end of a line whose items below detail its amount."""
EACH = re.compile(r"(?<!\w)mỗi(?=\s)(?![^.;:,]*(?<!\w)mỗi\s)")
EACH_HAS = re.compile(r"\s(?:có|được giao|lồng ghép|thành lập)(?!\w)")
"""Behind a place or thing that has or gives an amount of many things: no rate of it."""


NAMED_ITSELF = re.compile(r";\s[^;:]*:\s?$")
"""Before an amount behind a semicolon that has a name with a colon of its own."""
OF_FAMILY = re.compile(r"\W*(?:hộ|gia đình)\s(?:gia đình\s)?(?:ông|bà|anh|chị)\s")


class _Part(Struct, frozen=True):
    """A total whose parts may follow: its row's place in the table, and the passage that announced them."""

    row: int
    depth: int
    passage: int
    last: int  # the last passage that held parts, or announced them
    announced: bool  # by a colon, so that an unmarked line may hold them
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
        heads = [replace(head, last=figures.index) for head in heads]
        amounts = [i for i, m in enumerate(figures.mentions) if m.role == "money"]
        above = parents(figures, amounts)
        first = len(rows)
        for i in amounts:
            up = above[i]
            if up is not None:
                parent: int | None = first + amounts.index(up)
            elif heads:
                parent = heads[-1].row
            elif _opens_with_parts(figures, i):
                parent = last
            else:
                parent = None
            if (
                figures.mentions[i].per
                or _changed(figures, i)
                or _spent(figures, i)
                or not _holds(rows, parent, figures, i, inner=up is not None)
            ):
                parent = None
            elif not passage.depth and heads and figures.sentence(figures.mentions[i].start)[0] and up is None:
                parent = None  # an unmarked list of parts ends with its sentence
            if parent is None and not figures.mentions[i].per and not _opens_with_parts(figures, i):
                last = len(rows)
            rows.append(_row(outline, figures, i, knowledge, rows[parent] if parent is not None else None))
        stated = bool(amounts) and _states_one(figures, amounts)
        if stated or (amounts and _announces(figures, amounts)):
            given = [i for i in amounts if above[i] is None and not _spent(figures, i)]
            top = amounts[:1] if stated else given or [i for i in amounts if above[i] is None] or amounts
            heads.append(
                _Part(
                    row=first + amounts.index(top[-1]),
                    depth=passage.depth,
                    passage=figures.index,
                    last=figures.index,
                    announced=not stated,
                    section=passage.section,
                )
            )
    return tuple(rows)


def _below(head: _Part, figures: Figures) -> bool:
    """Whether a passage may hold parts of a total: an item deeper in its list, the unmarked line right after it, or
    the line after a part that names its amount in the same way ("Ngân sách tỉnh: …", its sign lost in reading).
    """
    if figures.passage.section[: len(head.section)] != head.section:
        return False
    if figures.passage.depth > head.depth:
        return True
    named = PART_LINE.match(figures.low) if head.last > head.passage else head.announced
    return figures.passage.depth == 0 and figures.index == head.last + 1 and bool(named)


def _opens_with_parts(figures: Figures, i: int) -> bool:
    start = figures.sentence(figures.mentions[i].start)[0]
    return start == 0 and bool(re.match(r"\W*(?:trong đó|bao gồm|gồm)(?!\w)", figures.low[start : start + 24]))


def _announces(figures: Figures, amounts: list[int]) -> bool:
    """Whether list items below detail this passage's amount: it ends with a colon after it."""
    tail = figures.low[figures.mentions[amounts[-1]].end :].strip()
    return tail.endswith(":") and (len(tail) < 80 or bool(LISTS.search(tail)))


def _holds(rows: list[Budget], parent: int | None, figures: Figures, i: int, *, inner: bool) -> bool:
    """Whether the whole may hold the part: a rate has none, and in a list none is more than its whole."""
    if parent is None:
        return True
    room = rows[parent].amount_vnd * (MARGIN if inner else 1)
    return not rows[parent].per and room >= figures.mentions[i].value


def _states_one(figures: Figures, amounts: list[int]) -> bool:
    """Whether a list item states one amount, and at most what was spent of it ("a) Vốn đầu tư: 9 tỷ đồng; đã …"),
    which deeper items then detail."""
    if (
        not figures.passage.depth
        or figures.mentions[amounts[0]].per
        or not all(_spent(figures, i) for i in amounts[1:])
    ):
        return False
    before, after = figures.low[: figures.mentions[amounts[0]].start], figures.low[figures.mentions[amounts[0]].end :]
    return bool(re.search(r":\s?$", before)) and (len(amounts) > 1 or bool(re.fullmatch(r"\W*", after)))


def _spent(figures: Figures, i: int) -> bool:
    """Whether an amount is what was paid out of another one."""
    return bool(
        figures.words.paid.search(figures.low[max(0, figures.mentions[i].start - 30) : figures.mentions[i].start])
    )


def _changed(figures: Figures, i: int) -> bool:
    left = figures.low[max(0, figures.mentions[i].start - 16) : figures.mentions[i].start]
    return bool(re.search(r"(?<!\w)(?:tăng|giảm)\s(?:thêm\s|được\s|hơn\s)?$", left))


def _row(outline: Outline, figures: Figures, i: int, knowledge: Knowledge, parent: Budget | None) -> Budget:
    mention = figures.mentions[i]
    named = label(figures, i)
    said = lowered(_own_words(figures, pair(figures, i)[0]))
    if behind := _behind(figures, i, said, knowledge):
        said = ""
    per = _per(figures, i, f"{said} {lowered(named)}", knowledge)
    named_in = naming_clause(said)
    source, capital = source_of(named_in, knowledge), capital_of(named_in, knowledge)
    if per and "người" in per:
        source = None
    elif source is None and not two_sources(named_in, knowledge):
        after = FOLLOWING.match(figures.low, mention.end)
        if after:
            paid_by = re.split(r"[,;.(\d]", figures.low[after.end() :])[0][:60]
            source = source_of(paid_by, knowledge)
            named = (behind and spelled(paid_by.strip(" +)"), knowledge)) or named
            capital = capital or capital_of(f"vốn {paid_by}", knowledge)
        lead = _lead(figures, i)
        source = source or source_of(lead, knowledge) or (parent.source if parent is not None else None)
        capital = capital or capital_of(lead, knowledge)
        if source is None and GIVEN.search(named_in):
            givers = sources_in(figures.low[figures.sentence(mention.start)[0] : mention.start], knowledge)
            source = next((one for one in givers[-1:] if one in GIVERS), None)
    if named in ("vốn sự nghiệp", "vốn đầu tư") and source is not None and source.startswith("ngân sách"):
        named = f"{named} {source}"
    return Budget(
        evidence=evidence(
            outline.document.doc_id,
            figures.passage,
            quote(figures.passage.text, mention.start, mention.end),
            mention.number,
            rule="money",
            certainty=0.95,
        ),
        amount_vnd=int(mention.value.to_integral_value()),
        op=mention.op,
        per=per,
        label=named,
        source=source,
        capital=capital or (parent.capital if parent is not None else None),  # type: ignore[arg-type]
        status=status(figures, mention, knowledge),
        period=when(figures, mention) or (parent.period if parent is not None else None),
        parent=parent.amount_vnd if parent is not None else None,
        parent_id=parent.fact_id if parent is not None else None,
    )


def _lead(figures: Figures, i: int) -> str:
    """The words before the colon that opens the passage, for an amount behind the first of its sentence:
    "- Vốn ngân sách tỉnh: giao 5 tỷ đồng; giải ngân 2 tỷ đồng"."""
    lead = lead_of(figures.passage.text)
    start = figures.mentions[i].start
    here = figures.sentence(start)[0] == 0 and start > len(lead)
    here = here and not figures.around.where_only.fullmatch(figures.words.clean(lead))
    return lowered(lead) if here and not NAMED_ITSELF.search(figures.low[len(lead) : start]) else ""


def _behind(figures: Figures, i: int, said: str, knowledge: Knowledge) -> bool:
    """Whether the words before an amount are the source of the one before it, its own being behind it too:
    "9 tỷ đồng ngân sách tỉnh và 4 tỷ đồng ngân sách huyện"."""
    before = next((m for m in reversed(figures.mentions[:i]) if m.role == "money"), None)
    listed = before is not None and re.search(r"(?:,|;|\svà|\s\+)\s(?:hơn\s|khoảng\s|gần\s)?$", said)
    if before is None or not listed or not FOLLOWING.match(figures.low, before.end):
        return False
    ahead = FOLLOWING.match(figures.low, figures.mentions[i].end)
    return ahead is not None and source_of(said, knowledge) is not None


def _own_words(figures: Figures, i: int) -> str:
    """The words between the figure before, or the sentence's start, and this amount."""
    start = figures.sentence(figures.mentions[i].start)[0]
    at = figures.mentions[i].start
    before = [
        m.end
        for m in figures.mentions[:i]
        if m.role in ("money", "percent") and m.end > start and not SHARE_OF.fullmatch(figures.low, m.end, at)
    ]
    lead = lead_of(figures.passage.text)
    if figures.around.where_only.fullmatch(figures.words.clean(lead)):
        start = max(start, len(lead))  # "Huyện Chi Lăng: …" pays nothing
    said = re.sub(r"\([^()]*\)", " ", figures.passage.text[max([start, *before]) : figures.mentions[i].start])
    around, bracket, inside = said.rpartition("(")
    return inside if not bracket or figures.words.clean(inside) else around


def _per_before(figures: Figures, i: int, knowledge: Knowledge) -> str | None:
    """A rate named before its amount ("giá trị trên 1 ha đạt …", "mỗi vụ lãi …"), or that of the amount compared."""
    mention = figures.mentions[i]
    if (
        mention.op == "<="
        and i
        and figures.mentions[i - 1].op == ">="
        and mention.start - figures.mentions[i - 1].end < 6
    ):
        i, mention = i - 1, figures.mentions[i - 1]  # both ends of a range have one rate
    clause = re.split(r"[,;:.(]\s?", figures.low[figures.sentence(mention.start)[0] : mention.start])[-1]
    named = knowledge.counting.rate_before.search(clause)
    if named:
        return named["per"]
    if each := EACH.search(clause):  # "mỗi nhà hỗ trợ 40 triệu đồng"
        counted = units.read(clause, each.end(), knowledge.units, knowledge.scales)
        if counted.kind == "count" and not EACH_HAS.match(clause, counted.end):
            return counted.text
    compared = re.search(r"năm\s\d{4}\s\((?:là\s|đạt\s)?$", figures.low[: mention.start])
    before = [m for m in figures.mentions[:i] if m.role == "money"]
    if compared and before and figures.low[mention.end : mention.end + 1] == ")" and "người" in before[-1].per:
        same = figures.sentence(before[-1].start) == figures.sentence(mention.start)
        return before[-1].per if same else None
    return None


def _of_households(figures: Figures, i: int, knowledge: Knowledge) -> bool:
    """Whether the sentence says that households, farms or the like earn an amount, and names no person."""
    start = figures.mentions[i].start
    earned = knowledge.counting.earning.search(figures.low, figures.sentence(start)[0], start)
    if OF_FAMILY.match(figures.low, figures.sentence(start)[0]):
        return True
    return earned is not None and not knowledge.counting.person.search(earned["said"])


def _per(figures: Figures, i: int, said: str, knowledge: Knowledge) -> str | None:
    """The rate as printed; income is per head, whether or not the text says so, unless households earn it."""
    per = figures.mentions[i].per.strip()
    per = per or _per_before(figures, i, knowledge) or ""
    per = re.sub(r"^(?:đầu người|người dân)", "người", per)
    said = re.split(r"[;.]\s", said)[-1] if re.search(r"\d\s?(?:usd|đô la)", said) else said
    income = any(lowered(name) in said for one in knowledge.indicators for name in (one.name, *one.aliases) if one.per)
    income = income or (bool(re.search(r"thu nhập", said)) and per in ("năm", "tháng"))
    income = income and not _of_households(figures, i, knowledge)
    per = re.sub(r"^(?:nhân )?khẩu", "người", per) if income else per  # a due stays one a mouth, as printed
    if income and "người" not in per and not re.match(r"(?:hộ|ha)", per):
        return f"người/{per}" if per else "người"
    return per or None
