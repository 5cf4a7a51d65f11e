"""Two numbers with a slash: a ratio a/b with a unit on one side or both, or a date."""

from __future__ import annotations

import re

from ntm_extract.extract.singles import Mention, Raw, Singles
from ntm_extract.extract.traps import Reason
from ntm_extract.text import dates, numbers, units
from ntm_extract.text.units import Unit

OF_ALL = re.compile(r"\s(?:tổng\s)?số\s")
SLASH = re.compile(r"\s?/\s?")
QUALIFIED = re.compile(r"(?:\s[^\W\d_]+){1,6}\s?/\s?(?:tổng\s)?(?:số\s)?")
MAP_SCALES = (500, 1000, 2000, 5000, 10_000, 25_000, 50_000)
"""What maps are drawn at: "quy hoạch tỷ lệ 1/500" is no share."""
DATED = re.compile(r"(?<!\w)(?:đến|tới|hết|trước|sau|từ|ngày|kể từ)\s$")
"""Before a day and a month, whatever follows: "tính tới 30/6 mới giải ngân"."""
OUT_OF = re.compile(r"\s(?:trên|trong)\s(?:tổng\s)?(?:số\s)?")
FEW = 1000
"""Numbers of documents below which a bare "15/2019" is one of a year."""
SHARED = re.compile(r"\s?\([\d.,]+\s?%\)")
"""Behind an a/b that is no date: its share in brackets ("11/11 (100%) xã")."""
NEXT_RATIO = re.compile(r"(?:[,;]|,? và)\s\d{1,3}/(?P<den>\d{1,3})(?![\d/])\s(?:xã|thôn|bản|xóm|ấp|trường|hộ)(?!\w)")
"""Behind an a/b that is no date: one of the same whole with its unit ("8/12, 7/12 xã")."""
COUNTED_LEFT = re.compile(
    r"(?:đạt|số|tiêu chí|có|lên|:|là|xã|bản|thôn|hộ)\s$|(?:văn hóa|bản|thôn|xã|trường)\s[^.;,\d]{0,20}$"
)
"""Something is being counted just before: a bare a/b there is no date."""


class Ratios(Singles):
    """Reads the ratios of one passage."""

    def ratio(self, raw: Raw, after: Raw) -> list[Mention] | None:
        """The ratio that two neighbours make ("12/14 xã", "5 xã/9 xã"), or a date; None where no slash joins them."""
        own = self._own_unit(raw, after)
        if own is None or raw.unit.kind == "money" or after.masked not in ("", "date"):
            return None
        unit = self._rated(after) if after.unit.kind == "money" and not own.text else self._unit(after)
        if own.text and unit.kind in ("count", "noun", "measure") and own.text.split()[0] != unit.text.split()[0]:
            return None
        num, den = numbers.read(raw.printed), numbers.read(after.printed)
        if num is None or not den:
            return [self.none(raw, "unread"), self.none(after, "unread")]
        if reason := self._no_ratio(raw, after, own, unit):
            return [self.none(raw, reason), self.none(after, reason)]
        name = unit.text or own.text or self.named_before(raw).text
        end = after.end if SHARED.match(self.low, after.end) else max(unit.end, after.end)
        op, start, before = self.relation(raw.start, end)
        number = (raw.start, after.end)
        return [Mention(start, end, number, "ratio", num, name, unit.kind, op, den, before=before)]

    def _no_ratio(self, raw: Raw, after: Raw, own: Unit, unit: Unit) -> Reason:
        """Why two numbers with a slash are no ratio; "" where they are one."""
        num, den = numbers.read(raw.printed) or 0, numbers.read(after.printed) or 0
        if (unit.kind != "money" and num <= 12 and 1990 <= den <= 2050) or self._day_and_month(raw, after, own, unit):
            return "date"
        if unit.kind == "none" and num < FEW and dates.BARE_YEAR.fullmatch(after.printed):
            return "" if SHARED.match(self.low, after.end) else "code"  # "Thông báo 15/2019 của Huyện ủy"
        return "name" if unit.text in self.knowledge.rated or (num == 1 and den in MAP_SCALES) else ""

    def _own_unit(self, raw: Raw, after: Raw) -> Unit | None:
        """The unit of the first number ("52 xã/136"), an empty one if it has none; None where no slash follows."""
        nothing = Unit("none", "", raw.end, raw.end)
        if SLASH.fullmatch(self.low, raw.end, after.start):
            return nothing
        if OUT_OF.fullmatch(self.low, raw.end, after.start):  # "13 trên 19 tiêu chí", "3 trong số 9 huyện"
            part, whole = numbers.read(raw.printed), numbers.read(after.printed)
            counted = after.unit.kind in ("count", "noun")
            return nothing if counted and part is not None and whole is not None and 1 < part <= whole else None
        if raw.unit.kind not in ("count", "measure", "noun"):
            return None
        told = QUALIFIED.fullmatch(self.low, raw.unit.end, after.start)  # "812 người tham gia/914 người"
        if SLASH.fullmatch(self.low, raw.unit.end, after.start) or (told and after.unit.text == raw.unit.text):
            return raw.unit
        return None

    def _unit(self, after: Raw) -> Unit:
        """The unit of the second number, over "tổng số" or its share; what is no unit of a ratio is left out."""
        over = OF_ALL.match(self.low, after.end) or SHARED.match(self.low, after.end)
        part = over if after.unit.kind == "none" else None
        if part:
            at = part.end() - 1 if self.low[part.end() - 1] == " " else part.end()
            found = units.read(self.low, at, self.knowledge.units, self.knowledge.scales)
            return found if found.kind in ("count", "noun") else after.unit
        if after.unit.kind in ("percent", "time", "age"):
            return Unit("none", "", after.end, after.end)
        return after.unit

    def _rated(self, after: Raw) -> Unit:
        """Money with its rate ("41/45 triệu đồng/người/năm"), as the unit of what was spent or earned of a plan."""
        end = self.single(after).end
        return after.unit._replace(text=self.low[after.unit.start : end].strip(), end=end)

    def _day_and_month(self, raw: Raw, after: Raw, own: Unit, unit: Unit) -> bool:
        if own.text or not (raw.printed.isdigit() and after.printed.isdigit()):
            return False
        left = self.low[max(0, raw.start - 60) : raw.start]
        more = int(raw.printed) > int(after.printed)  # than there are: no share
        if unit.kind != "none" and not (more and unit.kind == "noun" and DATED.search(left)):
            return False
        beside = NEXT_RATIO.match(self.low, after.end)
        if SHARED.match(self.low, after.end) or (beside and beside["den"] == after.printed):
            return False
        if int(raw.printed) > 31 or int(after.printed) > 12 or COUNTED_LEFT.search(left):
            return False
        names = self.knowledge.criterion_pattern.finditer(left.rstrip())
        return not any(name.end() == len(left.rstrip()) for name in names)  # "truyền thông 12/12; nhà ở 9/12 xã"
