"""Percentages, per mille and ratios a/b, each with what it is a share of."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ntm_extract.extract.claims import Reading, read_document
from ntm_extract.extract.evidence import evidence, quote
from ntm_extract.extract.label_words import COUNTED_TOO
from ntm_extract.extract.labels import label
from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.reading import Figures, written
from ntm_extract.extract.registry import extractor
from ntm_extract.extract.scene import Claim
from ntm_extract.extract.status import status
from ntm_extract.extract.timing import when
from ntm_extract.facts import Percentage
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Outline
from ntm_extract.text import units

BESIDE = re.compile(
    r"[\s,;(\-]*(?:(?:và|đã|cũng|ước|tỷ lệ|đạt|chiếm|bằng|tương đương|tương ứng|tức|hay|là|khoảng|gần|"
    r"được|với|=|:)\s?)*\s*\(?"
)
LOOSE = re.compile(
    r"[^.;]{0,120}"
    r"[,(]\s?(?:đạt tỷ lệ|chiếm tỷ lệ|tỷ lệ đạt|đạt|chiếm|bằng|tương đương|tương ứng|tỷ lệ)?\s?"
    r"(?:với|là|khoảng|gần)?\s?"
)
MET = re.compile(r"(?i)(?:đạt|hoàn thành|về đích|cán đích|công nhận|chuẩn)(?!\w)")
"""A label that says what communes have reached."""
BY_NUMBER = re.compile(r"tiêu chí số \d+$")
AHEAD = re.compile(
    r"[^.;\d]{0,40}\(\s?(?:tương (?:ứng|đương)\s(?:với\s)?)?"
    r"|\s?,?\s?tương (?:ứng|đương)\s(?:với\s)?|\s?,?\svới\s"
)
"""Between a share and the a/b that it restates: "đạt tỷ lệ 96,4% với 107/111 xã"."""
OWN_NOUN = re.compile(r"\s(?!(?:tổng số|so với|kế hoạch)(?!\w))[^\W\d_]")


@extractor(table="percentages", needs=read_document)
def extract_percentages(outline: Outline, knowledge: Knowledge, reading: Reading) -> tuple[Percentage, ...]:
    """One row a percentage, with the ratio printed beside it; one a ratio that has none and counts no criteria."""
    rows: list[Percentage] = []
    for n, figures in enumerate(reading.passages):
        claimed = reading.taken[n]
        used: set[int] = set()
        found: list[tuple[int, Percentage]] = []
        for i, mention in enumerate(figures.mentions):
            if mention.role == "percent":
                ratio = _ratio_beside(figures, i)
                if ratio is not None:
                    used.add(ratio)
                beside = (ratio, _counted_beside(figures, i), _counted_in_bracket(figures, i))
                counted = next((one for one in beside if one is not None), None)
                row = _row(outline, figures, i, ratio, knowledge)
                found.append((i, _told(row, reading.claims[n], counted, knowledge)))
        found += [
            (i, _row(outline, figures, i, i, knowledge))
            for i, mention in enumerate(figures.mentions)
            if mention.role == "ratio" and i not in used and i not in claimed
        ]
        rows += [row for _, row in sorted(found, key=lambda item: item[0])]
    return tuple(rows)


def _told(row: Percentage, claims: tuple[Claim, ...], counted: int | None, knowledge: Knowledge) -> Percentage:
    """A share of communes, in the words of what they are counted for where its own leave that out."""
    claim = next((c for c in claims if counted in c.uses and c.scope in ("criterion", "standard", "band")), None)
    if claim is not None and claim.scope == "band":
        return replace(row, of=claim.unit, label=f"{claim.unit} đạt {_band(*claim.band)}")
    if claim is None or (MET.search(row.label) and not BY_NUMBER.search(row.label)):
        return row
    if claim.criterion is not None:
        return replace(row, label=f"{claim.unit} đạt tiêu chí {knowledge.criteria[claim.criterion - 1].name}")
    level = "" if claim.level == "nông thôn mới" else f" {claim.level}"
    return replace(row, label=f"{claim.unit} đạt chuẩn nông thôn mới{level}")


def _band(least: int | None, most: int | None) -> str:
    """A band of criteria in words."""
    if least is None:
        return f"dưới {(most or 0) + 1} tiêu chí"
    return (
        f"từ {least} tiêu chí trở lên" if most is None else f"{least}{'' if most == least else f' - {most}'} tiêu chí"
    )


def _ratio_beside(figures: Figures, i: int) -> int | None:
    """Index of the a/b that the percentage restates: straight before it, or straight after in brackets."""
    mention = figures.mentions[i]
    before, after = _near(figures, i, -1), _near(figures, i, 1)
    if before is not None and figures.mentions[before].unit == "tiêu chí" and _states_share(figures, before, i):
        return _near(figures, before, -1)  # "11/14 xã hoàn thành 19 tiêu chí (đạt 78,6%)"
    if before is not None and figures.mentions[before].role == "ratio":
        ratio = figures.mentions[before]
        gap = figures.low[ratio.end : mention.start]
        own = gap.rstrip().endswith(",") and OWN_NOUN.match(figures.low, mention.end)  # "12/14 hộ dự, 98% số hộ …"
        if BESIDE.fullmatch(gap) or (LOOSE.fullmatch(gap) and _agree(ratio, mention, 1 if own else 5)):
            return before
        if re.fullmatch(r"[^.;,\d]{0,60}", gap) and _agree(ratio, mention, 1):
            return before
    if after is not None and figures.mentions[after].role == "ratio":
        ratio = figures.mentions[after]
        gap = figures.low[mention.end : ratio.start]
        if AHEAD.fullmatch(gap) and _agree(ratio, mention, 5):
            return after
    return None


def _states_share(figures: Figures, counted: int, i: int) -> bool:
    """Whether a share behind criteria is that of the communes before, which have so many."""
    j = _near(figures, counted, -1)
    gap = figures.low[figures.mentions[counted].end : figures.mentions[i].start]
    return j is not None and bool(BESIDE.fullmatch(gap)) and _agree(figures.mentions[j], figures.mentions[i], 1)


def _near(figures: Figures, i: int, step: int) -> int | None:
    j = i + step
    while 0 <= j < len(figures.mentions):
        if figures.mentions[j].role != "none":
            return j
        j += step
    return None


def _agree(ratio: Mention, percent: Mention, within: float) -> bool:
    return ratio.den is not None and abs(float(100 * ratio.value / ratio.den - percent.value)) <= within


def _row(outline: Outline, figures: Figures, i: int, ratio: int | None, knowledge: Knowledge) -> Percentage:
    mention = figures.mentions[i]
    share = figures.mentions[ratio] if ratio is not None else None
    start, end = min(mention.start, share.start) if share else mention.start, mention.end
    return Percentage(
        evidence=evidence(
            outline.document.doc_id,
            figures.passage,
            quote(figures.passage.text, start, end),
            mention.number,
            rule="ratio" if mention.role == "ratio" else "percent",
            certainty=0.95,
        ),
        value=mention.value if mention.role == "percent" else None,
        unit="‰" if mention.unit == "‰" else "%",
        op=mention.op,
        num=share.value if share else None,
        den=share.den if share else None,
        of=(_written(figures, share) or _of(figures, share, knowledge)) if share else _beside(figures, i),
        label=label(figures, i if ratio is None or ratio > i else ratio),
        status=status(figures, mention, knowledge),
        period=when(figures, mention),
    )


def _written(figures: Figures, share: Mention) -> str:
    """The unit of an a/b with what is counted together with it: "huyện, thành phố"."""
    unit = written(figures, share)
    more = COUNTED_TOO.match(figures.passage.text, share.end) if unit else None
    return unit + more.group() if more and not re.search(r", th(?:ành|ị)$", more.group()) else unit


def _beside(figures: Figures, i: int) -> str | None:
    """The unit of the plain count that a share stands beside ("402 km, đạt 65,1%")."""
    beside = _counted_beside(figures, i)
    return written(figures, figures.mentions[beside]) or None if beside is not None else None


def _counted_beside(figures: Figures, i: int) -> int | None:
    """The plain count that a share stands beside."""
    before = _near(figures, i, -1)
    if before is None or figures.mentions[before].role != "count":
        return None
    gap = figures.low[figures.mentions[before].end : figures.mentions[i].start]
    if not BESIDE.fullmatch(gap) or gap.strip() == ";":
        return None
    while before is not None and figures.mentions[before].unit == "tiêu chí":
        before = _near(figures, before, -1)  # a share of the communes that have so many
    return before if before is not None and figures.mentions[before].role == "count" else None


def _counted_in_bracket(figures: Figures, i: int) -> int | None:
    """The count in a bracket straight behind a share: "thu nhập 63,3% (81 xã)"."""
    after = _near(figures, i, 1)
    inside = after is not None and figures.low[figures.mentions[i].end : figures.mentions[after].start].strip() == "("
    return after if inside else None


def _of(figures: Figures, share: Mention, knowledge: Knowledge) -> str | None:
    """The unit of a bare a/b, from the words before it ("bản văn hóa 8/14", "số hộ: 12/40")."""
    left = figures.low[max(figures.sentence(share.start)[0], share.start - 60) : share.start]
    clause = left.rpartition("; ")[2]
    named = units.read(clause.removeprefix(" "), 0, knowledge.units, knowledge.scales)
    if clause != left and named.kind == "count":
        return named.text
    said = knowledge.counting.shared.findall(left)
    return said[-1] if said else None
