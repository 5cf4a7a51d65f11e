"""Recognitions: how many communes stand at a level ("9/14 xã đạt chuẩn nông thôn mới", "có thêm 3 xã về đích")."""

from __future__ import annotations

import re

from ntm_extract.extract import naming
from ntm_extract.extract.bands import Bands
from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.scene import Claim, counted_unit

ITEM_ENDS = re.compile(r"\s?(?:\([^()]*\))?\s?(?:[.;,|]|$)")
ADDED = re.compile(r"(?<!nông thôn )(?<!\w)(?:mới|thêm)(?!\w)")
"""In a head: what is counted are those added."""
NEWLY = re.compile(r"\W*xã (?:đạt chuẩn|về đích) (?:mới|thêm):? ?")
"""A head that is sure to be of recognitions, though no level is named."""
AIM = re.compile(r"mục tiêu|kế hoạch|chỉ tiêu")
BRACKETED = re.compile(r"\s?\([^()]*\)")


class Standards(Bands):
    """Reads the recognitions of a passage."""

    def standard(self, i: int, m: Mention, after: int, left: str, increment: bool) -> bool:
        """Claim the i-th mention as recognised communes, if the words around it say so."""
        stated = (
            self._stated_after(m, after)
            or self._added_up(i, after, left)
            or self._stated_before(m, left)
            or self._result_of(m, after, left)
        )
        if stated is None:
            return self._stated_over(i, m)
        level, end, total = stated
        self.recognise(i, level, increment and not total, end)
        return True

    def _stated_after(self, m: Mention, after: int) -> tuple[str, int, bool] | None:
        """Level and end of "… đạt chuẩn nông thôn mới" behind a count."""
        found = (
            self.forms.standard.match(self.low, after)
            or self.forms.plain.match(self.low, after)
            or self.forms.level.match(self.low, after)
        )
        if not found:
            return None
        rest, what = self.low[found.end() :], found["what"]
        told = what.startswith(("nông thôn mới", "ntm"))
        of_field = what in ("kiểu mẫu", "nâng cao") and rest.startswith(" về ")
        if self.forms.lost_again.match(rest):
            return None
        if self.forms.not_ntm.match(rest) or not (told or of_field or self.forms.after_standard.match(rest)):
            return None
        if not what and (
            "tiêu chí" in rest[:12] or not self.forms.reached.search(found.group()) or self.about_criterion(m)
        ):
            return None
        return _level(what, rest), found.end(), False

    def _added_up(self, i: int, after: int, left: str) -> tuple[str, int, bool] | None:
        """Level and end of a sum of what the sentence has just told: "thêm 3 xã đạt chuẩn …, lũy kế 5/15 xã"."""
        if not self.forms.added_up.search(left) or not self.forms.clause_end.match(self.low, after):
            return None
        m, before = self.ms[i], self.previous(i)
        told = next((c for c in self.found if c.at == before and c.level), None)
        return (told.level, m.end, True) if told and told.level else None

    def _result_of(self, m: Mention, after: int, left: str) -> tuple[str, int, bool] | None:
        """Level and end of what came of a recognition: "giao 15/20 xã đạt chuẩn …. Kết quả đạt 13/20 xã"."""
        if m.den is None or not self.forms.result_of.search(left) or not self.forms.clause_end.match(self.low, after):
            return None
        told = max((c for c in self.found if c.at >= 0 and c.span[1] <= m.start), key=lambda c: c.span, default=None)
        alike = told is not None and told.level and told.total == m.den and not self.about_criterion(m)
        return (told.level, m.end, False) if told and told.level and alike else None

    def _stated_before(self, m: Mention, left: str) -> tuple[str, int, bool] | None:
        """Level and end of "số xã đạt chuẩn: 12 xã", "nâng tổng số lên 12 xã", "về đích 12 xã"."""
        raised = self.forms.raised.search(left) or self.forms.raised.search(self.low[: m.number[0]])
        if raised and (level := named_level(raised.group()) or self.level_before(m)):
            return level, m.end, True
        left = self.forms.in_brackets.sub("", left)
        if alone := self._level_alone(m, left):
            return _level(alone, ""), m.end, False
        if self.forms.arrived.search(left) or (
            self.forms.newly.search(left) and self.forms.clause_end.match(self.low, m.end)
        ):
            title, colon, _ = left.rpartition(":")
            return (named_level(title) if colon else None) or "nông thôn mới", m.end, False
        headed = self.forms.level_left.search(BRACKETED.sub("", left))
        if (
            not headed
            or self.forms.not_ntm.match(self.low[m.end :])
            or self.forms.other_standard.search(headed.group())
        ):
            return None
        new = NEWLY.fullmatch(headed.group()) is not None
        if headed["what"] or (
            (new or AIM.search(headed.group()) or not headed.group().lstrip(" .:;,-+•*").startswith("xã"))
            and self.forms.reached.search(headed.group())
            and not self.about_criterion(m)
        ):
            return _level(headed["what"], ""), m.end, False
        return None

    def _level_alone(self, m: Mention, left: str) -> str | None:
        """The level, as written, that alone heads a count: "Nâng cao: 14 xã", "…, kiểu mẫu ≥ 10 xã"."""
        said = left if m.op == "=" else left.rstrip(" :") + ": "
        head = self.forms.level_head.search(said)
        named = head and (head["what"] or (self.forms.reached.search(head.group()) and not self.about_criterion(m)))
        if head and named and (self.forms.clause_end.match(self.low, m.end) or self.low.startswith(" =", m.end)):
            return head["what"] or "nông thôn mới"
        item = self.forms.level_item.search(said)
        return item["what"] if item else None

    def _stated_over(self, i: int, m: Mention) -> bool:
        """Claim a count in a list by years or places whose head says what is counted, in columns or not:
        "Số xã công nhận mới | lũy kế" over "Năm 2016: 9 xã | 29 xã"."""
        start = self.figures.sentence(m.start)[0]
        cells = self.low[: m.start].split(" | ")
        said = self.figures.passage.text[start : m.start]
        if len(cells) > 1 and not cells[-1]:
            start, said = 0, self.figures.passage.text[: m.start]
        items = [*self.forms.item_of.finditer(said)]
        straight = items and (items[-1].end() == len(said) or len(cells) > 1)
        if not straight or self.about_criterion(m) or not ITEM_ENDS.match(self.low, m.end):
            return False
        own = self.low[start : start + items[0].start()]
        for over in [own] if own.rstrip().endswith(":") else self.over():
            if told := self.forms.counted_over.search(over):
                columns = over.split("|")
                added = ADDED.search(columns[min(len(cells), len(columns)) - 1])
                self.recognise(i, _level(told["what"] or "", ""), bool(added), m.end)
                return True
        return False

    def level_before(self, m: Mention) -> str | None:
        """The level of the recognition stated last before in the passage; the plain one where NTM is spoken of."""
        begin = self.figures.sentence(m.start)[0]
        before = [c for c in self.found if c.scope == "standard" and c.span[0] < m.start]
        if any(c.level == "nông thôn mới" and c.span[0] >= begin for c in before):
            return "nông thôn mới"
        if before:
            return max(before, key=lambda c: c.span).level
        return "nông thôn mới" if re.search(r"đạt chuẩn|về đích|cán đích|được công nhận", self.low[: m.start]) else None

    def none_recognised(self) -> None:
        """As in "chưa có xã nào đạt chuẩn nâng cao": a count of none, in words."""
        for none in self.forms.no_unit.finditer(self.low):
            found = self.forms.standard.match(self.low, none.end())
            if not found or not self.forms.after_standard.match(self.low[found.end() :]):
                continue
            plain = none.group().endswith(" nào") and self.forms.reached.search(found.group())
            under = not found["what"] and naming.of_place(self.figures, none.start(), self.knowledge)
            if found["what"] or (plain and not under):
                level = _level(found["what"], self.low[found.end() :])
                self.found.append(
                    Claim(
                        scope="standard",
                        at=-1,
                        span=(none.start(), found.end()),
                        number=none.span(),
                        level=level,
                        count=0,
                        unit=none["unit"],
                    )
                )

    def shared_tail(self, i: int, m: Mention) -> Claim | None:
        """As in "thêm 3 xã, 25 thôn đạt chuẩn": the claim of the next count, which this one shares."""
        after = next((j for j in range(i + 1, len(self.ms)) if self.ms[j].role not in ("none", "percent")), None)
        if after is None or not self.is_commune(after):
            return None
        if not re.fullmatch(
            r"(?:,| và)\s(?:có\s|thêm\s)?", self.forms.side.sub("", self.low[m.end : self.ms[after].start])
        ):
            return None
        return next((c for c in self.found if c.at == after and c.scope == "standard"), None)

    def about_criterion(self, m: Mention) -> bool:
        """Whether the text stands under one criterion, so that a bare "đạt chuẩn" means that one."""
        lead = naming.lead_of(self.figures.passage.text)
        titles = [lead, *self.figures.passage.section[-1:]]
        return any(naming.of_title(title, self.knowledge) for title in titles if title)

    def recognise(self, i: int, level: str, increment: bool, end: int) -> None:
        """Claim the i-th mention, and the lower end of its range, as communes recognised at a level."""
        lower = self.lower_end(i)
        if lower is not None:
            start = self.ms[lower].start
            increment = bool(self.forms.more.search(self.low[max(0, start - 40) : start]))
            unit = counted_unit(self.ms[i])
            self.claim(self.counted("standard", lower, end, level=level, increment=increment, unit=unit))
        self.claim(self.counted("standard", i, end, level=level, increment=increment))


def named_level(said: str) -> str | None:
    """The level that some words name beyond the plain one."""
    return next((level for level in ("kiểu mẫu", "nâng cao") if level in said), None)


def _level(what: str, rest: str) -> str:
    said = f"{what} {rest[:24]}" if "nông" in what or "ntm" in what else what
    if "kiểu mẫu" in what or re.match(r"(?:nông thôn mới|ntm) kiểu mẫu", said):
        return "kiểu mẫu"
    if "nâng cao" in what or re.match(r"(?:nông thôn mới|ntm)\s+nâng cao", said):
        return "nâng cao"
    return "nông thôn mới"
