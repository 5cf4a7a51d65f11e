"""Bands: how many communes meet so many criteria ("9 xã đạt 15-18 tiêu chí", "Số xã dưới 10 tiêu chí: 04 xã")."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ntm_extract.extract.communes import Communes
from ntm_extract.extract.label_words import COUNTED_TOO
from ntm_extract.extract.mentions import RANGE, Mention
from ntm_extract.extract.scene import Claim
from ntm_extract.facts import CRITERIA
from ntm_extract.text.forms import A_NAME

Band = tuple[int | None, int | None]
"""Least and most criteria, None where the band is open."""
NEXT = re.compile(r"(?:,| và| hoặc) ")
"""Between two bands of one criterion told together: "đạt 17, 18: 6 xã"."""
LISTED = re.compile(r"(?:^|[,;:.]\s)(?:nhóm\s|mức\s|đạt\s|số\s)?$")
"""Before a band that is one of a list."""


class Bands(Communes):
    """Reads the bands of a passage."""

    def bands(self) -> list[Claim]:
        """The bands, as in "9 xã đạt 15-18 tiêu chí", "Số xã dưới 10 tiêu chí: 04 xã"."""
        made: list[Claim] = []
        i = 0
        while i < len(self.ms):
            width = self._band_width(i, bool(made))
            if width:
                made += self._read_band(i, width)
            i += width or 1
        return made

    def _read_band(self, i: int, width: int) -> list[Claim]:
        """The claims of a band of so many mentions; one whose count must be there and can't be read is no figure."""
        first, last = self.ms[i], self.ms[i + width - 1]
        none = self.forms.none_such.match(self.low, last.end)
        missing = not none and self.forms.missing.match(self.low, last.end)
        claim = None if missing else self._band_claim(i, i + width - 1, self._band(i, width), first, last)
        if claim is None:
            left = self.low[max(0, first.start - 40) : first.start]
            of_band = not self.forms.mean.search(left) and not self.each_has(first, left)
            if of_band and self.forms.uncounted.search(left):
                self.taken.update(range(i, i + width))
            return []
        self.banded = True
        self.taken.update(claim.uses)
        self._recognised(claim, last)
        return [claim, *self._from_to(claim)]

    def _band_width(self, i: int, seen: bool) -> int:
        """How many mentions a band of criteria takes here: 2 for a range, 1, or 0 where there is none."""
        m = self.ms[i]
        if m.role == "ratio":
            have = m.den == CRITERIA and m.value <= CRITERIA and self._communes_have(i)
            if m.unit.startswith("tiêu chí"):
                return int(have or m.value == m.den == CRITERIA)
            return int(have and not m.unit and "tiêu chí" in self.low)
        if m.role != "count" or m.value != int(m.value) or m.value > CRITERIA:
            return 0
        if m.unit == "tiêu chí":
            paired = (
                i + 1 < len(self.ms)
                and m.op == ">="
                and self.ms[i + 1].op in ("<=", "<")
                and self.ms[i + 1].unit == "tiêu chí"
            )
            gap = self.low[m.end : self.ms[i + 1].start] if paired else ""
            return 2 if paired and (RANGE.fullmatch(gap) or NEXT.fullmatch(gap)) else 1
        none_left = self.forms.none_left.search(self.low[max(0, m.start - 40) : m.start])
        none = none_left or self.forms.none_such.match(self.low, m.end)
        return int(bool(seen and none and m.op == "<" and not m.unit))

    def _band(self, i: int, width: int) -> Band:
        m = self.ms[i]
        value = int(m.value)
        if width == 2:
            return value, int(self.ms[i + 1].value) - (self.ms[i + 1].op == "<")
        if m.role == "ratio" or m.op == "=":
            return value, value
        return {"<": (None, value - 1), "<=": (None, value), ">": (value + 1, None), ">=": (value, None)}[m.op]

    def _band_claim(self, i: int, j: int, band: Band, first: Mention, last: Mention) -> Claim | None:
        uses = tuple(range(i, j + 1))
        head = self.low[max(0, first.start - 40) : first.start]
        none = self.forms.none_left.search(head) or (
            self.forms.none_such.match(self.low, last.end)
            and (self.forms.communes_with.search(head) or (self.banded and LISTED.search(head)))
        )
        if none:
            start = first.start - len(none.group())
            return Claim(
                scope="band",
                at=-1,
                span=(start, last.end),
                number=first.number,
                uses=uses,
                count=0,
                unit=none.groupdict().get("unit", "xã"),
                band=band,
            )
        before = self.previous(i)
        if before is not None and self._communes_have(i):
            return self._band_row(before, uses, band, (self.ms[before].start, last.end))
        if before is not None and self.ms[before].role == "percent":
            gap = self.low[self.ms[before].end : first.start]
            if re.fullmatch(r"\s(?:tổng\s)?(?:số\s)?(?:các\s)?xã[^.;\d]{0,60}", gap):
                self.taken.update(uses)
                return None
        worded = self.knowledge.counting.in_words.search(self.low[max(0, first.start - 60) : first.start])
        if worded and self.forms.within.fullmatch((worded["rest"] or "").rstrip() + " "):
            start = first.start - len(worded.group())
            return Claim(
                scope="band",
                at=-1,
                span=(start, last.end),
                number=first.number,
                uses=uses,
                count=self.knowledge.counting.numerals[worded["word"]],
                unit=worded["unit"],
                band=band,
            )
        after = self.next(j)
        if after is not None and after not in self.taken and (self.is_commune(after) or self._unread_unit(after)):
            m = self.ms[after]
            left = self.low[max(0, first.start - 60) : first.start]
            clause = re.split(r"[;.:]\s", self.low[: first.start])[-1]
            headed = (
                len(clause.split()) <= 5
                or re.search(r"(?:số|nhóm|tỷ lệ|các)?\s?(?<!/)(?:xã|số)\s(?:[^.;,:\d]{0,25})$", left)
                or re.search(r"^\W*đạt\s?(?:từ\s)?$", left)
            )
            if (headed or self.banded) and self.forms.labelled.fullmatch(self.low[last.end : m.start]):
                return self._band_row(after, (*uses, after), band, (first.start, m.end))
        return None

    def _communes_have(self, i: int) -> bool:
        """Whether communes counted straight before have the criteria: "9 xã đạt 15-18 tiêu chí"."""
        before = self.previous(i)
        if before is None or not self.is_commune(before) or before in self.taken:
            return False
        beside = COUNTED_TOO.match(self.figures.passage.text, self.ms[before].end)
        end = beside.end() if beside else self.ms[before].end  # "9/14 xã, thị trấn đạt 19 tiêu chí"
        named = self.forms.names_before.match(self.figures.passage.text, end)
        start = self.ms[i].start
        if named and named.end() > start:
            return False  # noted behind a name
        hedge = "đạt " if self.low.startswith("đạt ", start) else ""  # "đạt trên 18 tiêu chí"
        gap = self.forms.side.sub("", self.low[named.end() if named else end : start] + hedge + " ")
        return bool(self.forms.within.fullmatch(gap.rstrip() + " "))

    def _from_to(self, band: Claim) -> list[Claim]:
        """The later count of a band told from one to the other: "từ 12 xã xuống còn 3 xã"."""
        after = self.next(band.at)
        if band.at < 0 or after is None or not self.ms[band.at].before or not self.is_commune(after):
            return []
        self.taken.add(after)
        return [self._band_row(after, (after,), band.band, (self.ms[after].start, self.ms[after].end))]

    def _unread_unit(self, i: int) -> bool:
        """A bare count at the end of its clause, its unit lost but for a letter ("01 x;")."""
        m = self.ms[i]
        bare = m.role == "count" and not m.unit and m.value == int(m.value)
        return bare and bool(self.forms.lost_unit.match(self.low, m.end))

    def _band_row(self, c: int, uses: tuple[int, ...], band: Band, span: tuple[int, int]) -> Claim:
        end, more = max(span[1], self.ms[c].end), bool(self.forms.more.search(self.left(c, self.ms[c])))
        made = self.counted("band", c, end, band=band, increment=more)
        named = self.forms.names_before.match(self.figures.passage.text, self.ms[c].end)
        ahead = named is not None and named.end() <= self.ms[min(uses)].start
        places = made.places or (tuple(A_NAME.findall(named.group())) if named and ahead else ())
        return replace(made, span=span, uses=tuple(sorted({*uses, c})), places=places)

    def _recognised(self, band: Claim, last: Mention) -> None:
        """State a recognition too: "6 xã đạt đủ 19 tiêu chí và đã được công nhận"."""
        if band.at >= 0 and self.forms.recognised_too.match(self.low, last.end):
            self.found.append(replace(band, scope="standard", band=(None, None), level="nông thôn mới", uses=()))
