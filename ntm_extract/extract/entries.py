"""Lists of criteria with the communes that meet each, and counts whose communes are named before them."""

from __future__ import annotations

import re

from ntm_extract.extract import naming
from ntm_extract.extract.forms import ENTRY_END, NAME_LEFT, NAME_RIGHT, NUMBERED_END, NUMBERED_ENTRY, NUMBERED_IS
from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.scene import Claim
from ntm_extract.extract.standards import Standards


class Entries(Standards):
    """Reads lists of criteria by name."""

    def entries(self) -> None:
        """The counts in lists of criteria by name."""
        for i, m in enumerate(self.ms):
            number = self._listed(m, *self.figures.sentence(m.start)) if i not in self.taken else None
            if number is not None:
                self.criterion(i, number, m.end)

    def _listed(self, m: Mention, start: int, end: int) -> int | None:
        """The criterion whose name stands right before, in a list of criteria: "điện 19/22 xã; thu nhập (9/22 xã)"."""
        if numbered := self._numbered(start, m):
            return numbered
        number = self._entry(start, m)
        if number is None:
            return None
        sentence = self.low[start:end]
        lead = sentence[: m.start - start]
        listing = re.search(r"tiêu chí(?! quốc gia)[^.;]{0,60}:", lead) is not None
        others = sum(
            1
            for other in self.ms
            if other is not m and start <= other.start < end and self._entry(start, other) is not None
        )
        return number if (listing and m.role == "ratio") or others > 1 else None

    def _numbered(self, start: int, m: Mention) -> int | None:
        """The criterion told by number and name before it: "tiêu chí số 6 (văn hóa) là 7 xã"."""
        if m.role not in ("count", "ratio") or not m.unit.startswith("xã") or not NUMBERED_END.match(self.low, m.end):
            return None
        told = NUMBERED_ENTRY.search(self.low, start, m.start)
        return int(told["number"]) if told and 1 <= int(told["number"]) <= 19 else None

    def _entry(self, start: int, m: Mention) -> int | None:
        """The criterion that an entry of such a list names."""
        if m.role not in ("count", "ratio") or not m.unit.startswith("xã") or not ENTRY_END.match(self.low, m.end):
            return None
        left = NAME_RIGHT.sub("", self.low[start : m.start])
        named = [n for n in self.knowledge.criterion_pattern.finditer(left) if n.end() == len(left)]
        if not named or not NAME_LEFT.search(left[: named[0].start()]):
            return None
        return self.knowledge.criterion_of[named[0].group()]

    def labelled(self, i: int, m: Mention) -> None:
        """A count or ratio whose communes are named before it."""
        if m.role == "count" and not m.unit and m.value == int(m.value):
            self._labelled_number(i, m)
        elif m.role == "ratio" and m.unit_kind != "measure":
            self._labelled_ratio(i, m)

    def _labelled_number(self, i: int, m: Mention) -> None:
        """As "Số xã đạt: 18" under a criterion."""
        left = self.low[max(0, m.start - 60) : m.start]
        if re.search(r"số xã (?:đã )?đạt(?: tiêu chí| chuẩn)?(?: này)?\s?:?\s?(?:là\s)?$", left):
            number = naming.of_place(self.figures, m.start, self.knowledge)
            if number is not None:
                self.claim(
                    Claim(
                        scope="criterion",
                        at=i,
                        span=(m.start, m.end),
                        uses=(i,),
                        criterion=number,
                        count=int(m.value),
                        unit="xã",
                        op=m.op,
                    )
                )

    def _labelled_ratio(self, i: int, m: Mention) -> None:
        """As "số xã đạt tiêu chí số 15 là 14/17"."""
        left = self.low[self.figures.sentence(m.start)[0] : m.start]
        said = NUMBERED_IS.search(left)
        number = naming.named_after(said["what"], 0, self.knowledge) if said else None
        if number is not None and ENTRY_END.match(self.low, m.number[1]):
            self.claim(self.counted("criterion", i, m.number[1], criterion=number, unit="xã"))

    def criterion(self, i: int, number: int, end: int) -> None:
        """Claim the i-th mention as the communes that meet a criterion."""
        self.claim(self.counted("criterion", i, end, criterion=number))
