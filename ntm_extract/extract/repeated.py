"""Counts told beside one that is read: what it was, what it is now, what was planned, the same of another place."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.neighbours import ranged
from ntm_extract.extract.scene import Claim
from ntm_extract.extract.titled import Titled
from ntm_extract.facts import CRITERIA


class Repeated(Titled):
    """Reads the counts beside those that are claimed."""

    def repeated(self) -> None:
        """Claim what stands beside claims."""
        for i in range(len(self.ms)):
            if i not in self.taken and (self.is_commune(i) or self._bare_ratio(self.ms[i])):
                self._same_as_before(i)
        for i in reversed(range(len(self.ms))):
            after = self.next(i)
            if i not in self.taken and after is not None:
                self._earlier(i, after)
        for i in range(1, len(self.ms)):
            if i not in self.taken and ranged(self.ms[i - 1], self.ms[i]):
                self._upper_end(i)
        for i, m in enumerate(self.ms):
            bare = m.role in ("count", "ratio") and m.unit in ("", "tiêu chí")
            if i not in self.taken and (bare or self.is_commune(i)):
                self._bare_later(i, m)

    def by_place(self, claims: list[Claim]) -> None:
        """Claim what stands in brackets behind a count, by place: "27 xã (riêng Nà Hang: 9, Mường Khong: 5)"."""
        for told in claims:
            if told.at < 0 or told.count is None or told.scope not in ("band", "criterion", "standard"):
                continue
            listed = self.forms.by_place.match(self.figures.passage.text, max(told.span[1], self.ms[told.at].end))
            if listed is None:
                continue
            parts = [i for i, m in enumerate(self.ms) if listed.start() < m.number[0] < listed.end()]
            other = sum(self.ms[i].value for i in parts) > told.count or self.taken.intersection(parts)
            if not other:
                for i in parts:
                    m = self.ms[i]
                    self.claim(
                        replace(told, at=i, span=m.number, number=None, uses=(i,), count=int(m.value), places=())
                    )

    def _same_as_before(self, i: int) -> None:
        """As "từ 3 xã năm 2015 lên 9 xã", "huyện Nà Hang có 9 xã về đích, huyện Mường Khong 7 xã"."""
        m, before = self.ms[i], self.previous(i)
        told = self._claimed(before)
        if told is None or before is None or self.ms[before].end < self.figures.sentence(m.start)[0]:
            return
        gap = self.low[self.ms[before].end : m.start]
        if (
            told.scope == "standard"
            and self._clause_ends(m)
            and self.forms.of_year.fullmatch(self.low[told.span[1] : m.start])
        ):
            self.claim(self.counted("standard", i, m.end, level=told.level, increment=True))
            return
        later = self.ms[before].before or re.search(r"(?<!\w)(?:lên|còn|xuống)\s$", gap)
        alike = self._alike(told, m)
        if alike or (later and self.forms.goes_on.fullmatch(gap) and not self.forms.missing.match(self.low, m.end)):
            self.like(told, i)

    def _upper_end(self, i: int) -> None:
        """As "đưa tổng số lên 47 - 49 xã", of which the lower end is claimed."""
        told, m = self._claimed(i - 1), self.ms[i]
        if told is not None and told.total is None and m.unit == self.ms[i - 1].unit:
            self.claim(replace(told, at=i, span=(m.start, m.end), uses=(i,), count=int(m.value), op=m.op))

    def _alike(self, told: Claim, m: Mention) -> bool:
        """Whether only the next place stands between a count and one of the same."""
        text = self.figures.passage.text
        joined = self.forms.alike.fullmatch(text, told.span[1], m.start) or self.forms.alike.fullmatch(
            text, self.ms[told.at].end, m.start
        )
        return self._clause_ends(m) and bool(joined)

    def _earlier(self, i: int, after: int) -> None:
        """As "tăng từ 9 xã năm 2010 lên 77 xã" and "bình quân từ 11,2 lên 12,1 tiêu chí/xã", of which the later is
        claimed."""
        m, told = self.ms[i], next((c for c in self.found if c.at == after), None)
        if told is None or m.role != "count" or not self.forms.from_what.search(self.low[: m.number[0]]):
            return
        gap = self.low[m.number[1] if m.unit_kind == "noun" else m.end : self.ms[after].start]
        if not self.forms.goes_on.fullmatch(gap):
            return
        if told.scope == "average" and m.value <= CRITERIA and m.unit_kind in ("none", "noun"):
            self.claim(Claim(scope="average", at=i, span=(m.start, m.number[1]), uses=(i,), value=m.value, op="="))
        elif told.scope in ("criterion", "standard") and self.is_commune(i) and m.unit == told.unit:
            self.like(told, i)

    def _bare_later(self, i: int, m: Mention) -> None:
        """As "đạt 14/18 xã (hiện là 10)", "16,2 tiêu chí/xã, năm 2025 là 18,7", "kế hoạch cả năm là 8 xã"."""
        start = self.figures.sentence(m.start)[0]
        told = [c for c in self.found if c.span[1] <= m.start and c.span[0] >= start and c.at >= 0 and c.at < i]
        last = max(told, key=lambda c: c.span, default=None)
        if last is None:
            return
        gap = self.low[max(last.span[1], self.ms[last.at].end) : m.start]
        if last.scope == "average" and m.unit in ("", "tiêu chí") and m.role == "count" and m.value <= CRITERIA:
            gone_on = self.forms.mean_now if m.unit else self.forms.then_mean
            if gone_on.fullmatch(gap) and self.forms.mean_ends.match(self.low, m.end):
                self.claim(Claim(scope="average", at=i, span=(m.start, m.end), uses=(i,), value=m.value, op=m.op))
            return
        known = m.den in (None, CRITERIA if last.scope == "unit" else None) or m.den in self.totals
        if not known or not self.forms.clause_end.match(self.low, m.end):
            return
        if not self.forms.then_bare.fullmatch(self.forms.side.sub("", gap)):
            return
        if last.scope == "unit":
            if not m.unit and m.value == int(m.value) and m.value <= CRITERIA and not gap.endswith(" thêm "):
                total = CRITERIA if m.den else None
                self._own("unit", i, count=int(m.value), total=total, places=last.places)
        elif last.scope in ("criterion", "standard") and m.value == int(m.value):
            self.like(last, i, increment=gap.endswith(" thêm "))

    @staticmethod
    def _bare_ratio(m: Mention) -> bool:
        return m.role == "ratio" and not m.unit and m.value == int(m.value)

    def _claimed(self, at: int | None) -> Claim | None:
        return next((c for c in self.found if c.at == at and c.scope in ("criterion", "standard")), None)

    def like(self, told: Claim, i: int, *, increment: bool = False) -> None:
        """Claim the i-th mention as a count of what another one counts."""
        fields = {"criterion": told.criterion, "level": told.level, "increment": increment}
        self.claim(self.counted(told.scope, i, self.ms[i].end, unit=self.ms[i].unit or told.unit, **fields))

    def _clause_ends(self, m: Mention) -> bool:
        return bool(re.match(r"\s?(?:\([^)]*\))?\s?(?:[.;,)|=]|$|(?:do|vì|nhờ)\s)", self.low[m.end :]))
