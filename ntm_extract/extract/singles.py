"""One number by itself: what it counts, its relation and rate, or why it is no figure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from ntm_extract.extract.hedging import rate_of_money, rate_of_unit, relation
from ntm_extract.extract.traps import Reason, broken, masks, quoted, trap
from ntm_extract.facts import Op
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Passage
from ntm_extract.text import dates, numbers, units
from ntm_extract.text.dates import When
from ntm_extract.text.folding import UPPER
from ntm_extract.text.units import Unit

Role = Literal["money", "percent", "ratio", "count", "none"]
STRAY_STOP = re.compile(rf"(?:\.\s|['’`´]\s?)(?![{UPPER}])(?=[^\W\d_])")
"""A speck read as a full stop or an apostrophe: what follows goes on in small letters."""
NUMBER_OF = re.compile(r"(?:^|[.;,:+-]\s|tổng\s)số\s(?P<what>[^.;:\d]{2,90}?)(?:\s(?:là|đạt|có|còn)|:)\s?(?:\w+\s)?$")
ROSE_FROM = re.compile(
    r"(?<!\w)số\s(?P<what>[^.;:,\d]{2,60}?)(?:\stừ\s\d[\d.,]*)?\s(?:từ|lên|lên đến|lên thành|xuống|xuống còn|còn)\s$"
)
"""Before a bare number that a count rose or fell from or to: "số phòng học tạm từ 47 còn 6"."""
NAMED_WITH_COLON = re.compile(r"(?:^|[.;(]\s?|^\W+)(?P<what>[^\W\d_][^.;:,()\d]{1,40}?)\s?:\s$")
"""Before a bare number, all that its clause says: "HTX: 46; tổ hợp tác: 178"."""
NAMED_WITH_SHARE = re.compile(r"(?:^|[;,.:(]\s)(?P<what>[^\W\d_]+\s[^.;:,()\d]{1,40}?)\s$")
SHARE_BEHIND = re.compile(r"\s?\(\d[\d.,]*\s?%")
"""The same before a number whose share stands behind it: "hộ có nước sạch 1.361 (98%)"."""
BRACKET_UNIT = re.compile(r"\((?:đvt|đơn vị(?: tính)?)?:?\s?((?:triệu|tỷ|nghìn)\sđồng[^)]{0,20}|%)\)")
NAMED_AND_LEFT = re.compile(
    r"(?:^|[;,.(]\s)(?!hộ (?:cận )?nghèo)(?P<what>[^\W\d_]+\s[^.;:,()\d]{1,40}?)\s(?:chỉ\s)?còn\s(?:lại\s)?$"
)
"""The same of how many are left: "hộ chưa có điện còn 27"; of the poor a share may be meant."""
SETTLEMENT = re.compile(r"thôn|bản|ấp|xóm|buôn|làng|khóm|khu phố|tổ dân phố")
UNIT_IN_BRACKET = re.compile(r"\s?\((?=(?:(?:triệu|tr|tỷ|tỉ|nghìn|ngàn)\s?(?:đồng|đ)|%)\))")
"""Behind a number whose unit stands in a bracket: "4.500 (triệu đồng)"."""
NOTHING_BEHIND = re.compile(r"\s?(?:[;,.)(→]|$)|\s(?:từ|lên|xuống|còn)\s\d")
CRITERIA_UNITS = ("tiêu chí", "chỉ tiêu")
AMONG = re.compile(r"(?<!\w)một trong\s(?:số\s|những\s)?(?:hơn\s|gần\s)?$")
PER_ONE = re.compile(r"(?:trên|giá trị|để (?:làm|xây dựng|đầu tư|cứng hóa))\s$")
"""Before "1 ha": a rate ("giá trị trên 1 ha"), no area."""
MEAN_OF_ONE = re.compile(r"bình quân\s$")


class Mention(NamedTuple):
    """A number in its passage. Places are characters of the passage's text; `low` views are looked up there."""

    start: int  # with its hedge ("trên 50%")
    end: int  # with its unit and rate
    number: tuple[int, int]
    role: Role
    value: Decimal = Decimal(0)
    unit: str = ""
    unit_kind: str = "none"
    op: Op = "="
    den: Decimal | None = None
    per: str = ""
    before: bool = False  # the earlier of two values ("từ A lên B")
    reason: Reason = ""


class Raw(NamedTuple):
    """A number with what follows it, before neighbours are looked at."""

    start: int
    end: int
    printed: str
    unit: Unit
    masked: Reason


class Singles:
    """Reads the numbers of one passage one by one."""

    def __init__(self, text: str, low: str, passage: Passage, knowledge: Knowledge) -> None:
        self.text, self.low, self.knowledge, self.passage = text, low, knowledge, passage
        self.whens: tuple[When, ...] = dates.find(low)
        self.scanned = bool(passage.tokens) and passage.tokens[0].word.box is not None
        self.masks = masks(passage, low, self.whens, knowledge)
        self.quotes = quoted(text)
        unit = BRACKET_UNIT.search(low)
        self.default = unit.group(1) if unit else ""
        self.default_from = unit.end() if unit else 0

    def raw(self, match: re.Match[str]) -> Raw:
        """A number with its unit, and the reason if it belongs to something else."""
        start, end = match.span()
        unit = units.read(self.low, end, self.knowledge.units, self.knowledge.scales)
        opened = UNIT_IN_BRACKET.match(self.low, end) if unit.kind == "none" else None
        if opened and not dates.BARE_YEAR.fullmatch(match.group()):  # "Vốn giao năm 2019 (triệu đồng)"
            inside = units.read(self.low, opened.end(), self.knowledge.units, self.knowledge.scales)
            unit = inside._replace(end=inside.end + 1)
        if unit.kind == "none" and STRAY_STOP.match(self.text, end):
            beyond = units.read(self.low, end + 1, self.knowledge.units, self.knowledge.scales)
            unit = beyond if beyond.kind in ("count", "measure", "money") else unit
        if unit.kind == "noun" and self.text[unit.start :].lstrip()[:1].isupper():
            unit = Unit("none", "", end, end)  # a name begins: nothing is counted
        masked: Reason = next((reason for a, b, reason in self.masks if a < end and start < b), "")
        if not masked and self._row_number(start, end):
            masked = "heading"
        if not masked and broken(self.text, start, end):
            masked = "unread"
        if not masked:
            masked = trap(self.low, (start, end), unit, self.quotes, self.knowledge)
        return Raw(start, end, match.group(), unit, masked)

    def _row_number(self, start: int, end: int) -> bool:
        """Whether a line begins with this number and a capital word: a row of a table ("5 Trường học")."""
        behind = self.text[end : end + 3]
        if len(behind) < 3 or behind[0] != " " or not behind[1].isupper() or not behind[2].islower():
            return False
        return self.passage.tokens_in(start, end)[0].ordinal == 0

    def single(self, raw: Raw) -> Mention:
        """The mention that a number makes by itself."""
        unit = self._settled(raw)
        if unit.kind == "time":
            return self.none(raw, "duration")
        scaled = unit.text.split(" ")[0] in self.knowledge.scales
        whole = unit.kind in ("count", "noun") and not scaled
        value = numbers.read(raw.printed, whole=whole, share=unit.kind == "percent")
        if value is None:
            return self.none(raw, "unread")
        if (
            value == 1
            and unit.text in ("ha", "km", "đơn vị")
            and PER_ONE.search(self.low[max(0, raw.start - 16) : raw.start])
        ):
            return self.none(raw, "rate")
        if value == 1 and unit.kind == "count" and MEAN_OF_ONE.search(self.low[max(0, raw.start - 10) : raw.start]):
            return self.none(raw, "rate")  # "bình quân 01 xã đạt …"
        if unit.kind == "count" and AMONG.search(self.low[max(0, raw.start - 24) : raw.start]):
            return self.none(raw, "rate")  # "là một trong 5 huyện …"
        return self._figure(raw, unit, value)

    def _figure(self, raw: Raw, unit: Unit, value: Decimal) -> Mention:
        end = max(unit.end, raw.end)
        op, start, before = self.relation(raw.start, end)
        role: Role = unit.kind if unit.kind in ("percent", "money") else "count"
        name, per = unit.text, ""
        if unit.kind == "money":
            per, end = rate_of_money(self.low, end, self.default, self.knowledge)
            name, value = "đồng", value * unit.factor
        elif unit.kind in ("measure", "count", "noun") and unit.end > raw.end:
            name, end = rate_of_unit(self.low, unit, self.knowledge)
        return Mention(start, end, (raw.start, raw.end), role, value, name, unit.kind, op, per=per, before=before)

    def _settled(self, raw: Raw) -> Unit:
        """The number's unit: behind it, in brackets before it, or named before it ("Số trường đạt chuẩn là 12")."""
        unit = raw.unit if raw.unit.kind != "none" else self._bracketed(raw)
        if unit.kind == "none":
            return self.named_before(raw)
        rate = units.SLASH_UNIT.match(self.low, unit.end) if unit.kind == "time" else None
        word = units.WORD.match(self.low, rate.end()) if rate else None
        if word:  # "08 ngày/tháng" is a count, "8 ngày" a duration
            return Unit("count", f"{unit.text}/{word.group()}", unit.start, word.end())
        return unit

    def named_before(self, raw: Raw) -> Unit:
        """The unit that "số …" before a bare number names."""
        nothing = Unit("none", "", raw.end, raw.end)
        left = self.low[max(0, raw.start - 110) : raw.start]
        labelled = NUMBER_OF.search(left)
        if labelled:
            counted = units.read(labelled["what"], 0, self.knowledge.units, self.knowledge.scales)
            return Unit("count", counted.text, raw.end, raw.end) if counted.kind == "count" else nothing
        labelled = ROSE_FROM.search(left) or NAMED_WITH_COLON.search(left)
        if raw.printed.isdigit() or numbers.GROUPS.fullmatch(raw.printed):
            labelled = labelled or NAMED_AND_LEFT.search(left)
        if SHARE_BEHIND.match(self.low, raw.end):
            labelled = labelled or NAMED_WITH_SHARE.search(left)
        if not labelled or not NOTHING_BEHIND.match(self.low, raw.end):
            return nothing
        counted = units.read(labelled["what"], 0, self.knowledge.units, self.knowledge.scales)
        communes = counted.text in (*self.knowledge.counting.local, *CRITERIA_UNITS, "tỉnh")
        communes = communes and not SETTLEMENT.fullmatch(labelled["what"])
        return Unit("count", counted.text, raw.end, raw.end) if counted.kind == "count" and not communes else nothing

    def _bracketed(self, raw: Raw) -> Unit:
        """A unit given in brackets before ("Thu nhập (triệu đồng/người/năm) | năm 2021 ≥ 48")."""
        if not self.default or raw.start < self.default_from:
            return raw.unit
        left = self.low[max(0, raw.start - 4) : raw.start].rstrip()
        if not left or left[-1] not in "<>≥≤|:=":
            return raw.unit
        unit = units.read(self.default, 0, self.knowledge.units, self.knowledge.scales)
        return unit._replace(start=raw.end, end=raw.end)

    def relation(self, start: int, end: int) -> tuple[Op, int, bool]:
        """Operator, first character with its hedge, and whether it is the earlier of two values."""
        return relation(self.low, start, end, self.knowledge, scanned=self.scanned)

    def none(self, raw: Raw, reason: Reason) -> Mention:
        """The mention of a number that is no figure."""
        return Mention(raw.start, raw.end, (raw.start, raw.end), "none", reason=reason)
