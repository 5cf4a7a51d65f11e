"""Counts under the name of a criterion: "3. Thủy lợi: 20/23 xã", "- Y tế: trước đây 91 xã đạt, nay chỉ 48/98 xã"."""

from __future__ import annotations

import re
from typing import NamedTuple

from ntm_extract.extract import naming
from ntm_extract.extract.entries import BY_CRITERION, Entries
from ntm_extract.extract.mentions import Mention
from ntm_extract.facts import CRITERIA

TITLE = re.compile(r"(?:^|(?<=[;.])\s)[\s\-+*•]*(?:(?P<place>\d{1,2})[.)]\s)?(?P<said>[^.;:|]{2,90}?)\s?:(?=\s)")
"""A clause that ends with a colon, and the number of its item."""
LIGHT = (
    r"(?:có|mới|chỉ|hiện|hiện nay|đến nay|nay|trước đây|từ|còn|số xã đạt|xã đạt|đạt|kết quả|đánh giá|toàn huyện|"
    r"toàn tỉnh|đều|phấn đấu|duy trì|giữ vững|giữ được|giữ|là|được|lũy kế|thành|đặt|vẫn|cũng|"
    r"bảo đảm|đảm bảo|lên|xuống|năm \d{4}|(?:đến |hết |cuối )+năm \d{4})"
)
FIRST = re.compile(rf"[\s:,]*(?:(?:tăng|giảm)\s\d+\sxã,\s)?(?:{LIGHT}[\s:,]+)*")
"""Between a title and the count of the communes that meet it."""
NEXT = re.compile(
    rf"(?:\s(?:xã\s)?(?:đạt|năm \d{{4}}))*(?:\s?\([^()]*\))?\s?[,;]?\s\(?(?:(?:tăng|giảm)\s\d+\sxã,?\s)?"
    rf"(?:{LIGHT}[\s:,]+)+"
)
"""From a count to a later one of the same: ", nay chỉ", " xuống còn"."""
COUNT_ENDS = re.compile(
    r"\s?(?:[.,;)|(=]|$)|\s(?:do|vì|nhờ|vượt qua)\s|"
    r"\s(?:đạt(?!\s\d+\stiêu chí|\s(?:tiêu chí|chuẩn)\s(?:quốc gia|văn hóa|huyện|thôn))|"
    r"giữ|xuống|lên|năm|so với|tăng|giảm|chiếm|trở lên|và cơ bản)(?!\w)"
)
FAILING = re.compile(r"\s(?:còn lại\s)?(?:chưa|không|bị)\s")
"""Behind communes that do not meet it."""
NUMBERS = re.compile(r"(?:tiêu chí|(?<!\w)số)\s(?:số\s)?(\d{1,2})(?!\d|/|,\d)")
"""The numbers of criteria in a title: "tiêu chí số 3 …, tiêu chí số 4", "số 18 và số 19"."""


class Title(NamedTuple):
    """Criteria named before a colon, and where what is told of them begins and ends."""

    criteria: naming.Named
    start: int
    end: int


class Titled(Entries):
    """Reads counts that stand under a criterion's name."""

    def under_titles(self) -> None:
        """Claim the counts of communes straight behind titles, and the later counts of the same."""
        for title in self._titles():
            before: Mention | None = None
            lower: Mention | None = None
            for i, m in enumerate(self.ms):
                if not (title.start <= m.start < title.end) or m.role in ("none", "percent"):
                    continue
                if not self._counts_communes(i, m):
                    break
                after = self.ms[i + 1] if i + 1 < len(self.ms) else None
                if m.op == ">=" and after is not None and after.op == "<=" and m.end + 8 > after.start:
                    lower = m
                    continue  # claimed with the upper end of its range
                begins = lower.start if lower and lower.end + 8 > m.start else m.start
                left = self.low[before.end if before else title.start : begins]
                if i in self.taken:
                    before = m
                    continue
                if self.forms.changed.search(left) and not self.forms.more.search(left):
                    continue  # "tăng 2 xã, lên 67 xã"
                if not self._goes_on(m, left, first=before is None):
                    break
                self.criteria(i, title.criteria, m.end, bool(self.forms.more.search(left)))
                before = m

    def _goes_on(self, m: Mention, left: str, *, first: bool) -> bool:
        more = self.forms.more.search(left)
        light = (FIRST if first else NEXT).fullmatch(self.forms.more.sub("", left) + (" " if more else ""))
        named = self.figures.passage.text[m.end : m.end + 2].strip()[:1].isupper()
        ends = COUNT_ENDS.match(self.low, m.end) or (named and more)
        return bool(light and ends) and not FAILING.match(self.low, m.end)

    def _counts_communes(self, i: int, m: Mention) -> bool:
        bare = m.role in ("ratio", "count") and not m.unit and m.value == int(m.value)
        return (self.is_commune(i) and m.unit.startswith("xã")) or (bare and self._of_communes(i, "", []))

    def _titles(self) -> list[Title]:
        """The titles of the passage that are sure to be criteria: by their own number, or by the head over them."""
        found: list[Title] = []
        listed = any(BY_CRITERION.search(text) for text in self.over())
        heads = [*TITLE.finditer(self.low)]
        for n, head in enumerate(heads):
            said = head["said"]
            number = naming.of_title(said, self.knowledge)
            own = "tiêu chí" in said or naming.NUMBERED.search(said) or (head["place"] and int(head["place"]) == number)
            numbered = NUMBERS.finditer(self.low, head.start("said"), head.end("said")) if found or own else ()
            several = tuple((int(m[1]), m.span(1)) for m in numbered if 1 <= int(m[1]) <= CRITERIA)
            criteria = several or (((number, head.span("said")),) if number else ())
            if criteria and (own or listed or several):
                end = heads[n + 1].start() if n + 1 < len(heads) else len(self.low)
                found.append(Title(criteria, head.end(), end))
        return found
