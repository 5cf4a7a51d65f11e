"""Every number of a passage, read once and given exactly one role, so that tables never fight over it.

A mention is money, a percentage, a ratio a/b, a count with its unit, or nothing with the reason (date, code, name …).
Ranges are two mentions; "từ A lên B" are two as well, the first marked as `before`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ntm_extract.extract import said_once
from ntm_extract.extract.ratios import Ratios
from ntm_extract.extract.singles import Mention, Raw
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Passage
from ntm_extract.text import numbers
from ntm_extract.text.folding import lowered
from ntm_extract.text.units import Unit

__all__ = ["Mention", "mentions"]

RANGE = re.compile(r"\s?(?:-|÷|đến|tới|cho đến)[\s.']{0,2}(?P<below>dưới\s)?$")
PARTED = re.compile(r"\d{1,3},\d{1,2}")
TIMES = re.compile(r"\s?[x×]\s?$")
JOINED_LEFT = re.compile(r"[\d.,]\s?-\s?$")
RESTATES = re.compile(r"\s?\((?:tương đương|tức|hay|=|là)?\s?")
ONE_OF = re.compile(r"\s?trong\s(?:số\s|tổng số\s)?(?:những\s)?(?=\d)")


def mentions(passage: Passage, knowledge: Knowledge, over: Sequence[str] = ()) -> tuple[Mention, ...]:
    """All number mentions of a passage in order; `over` are the list heads and the title that may say their unit, the
    nearest first."""
    text = passage.text
    if not numbers.NUMBER.search(text):
        return ()
    low = lowered(text)
    found = _Scan(text, low, passage, knowledge).run()
    said = (unit for head in over if (unit := said_once.money_unit(head, knowledge)) is not None)
    return tuple(said_once.complete(found, low, next(said, None), knowledge))


class _Scan(Ratios):
    """One pass over a passage's numbers."""

    def run(self) -> list[Mention]:
        raws = self._whole([self.raw(m) for m in numbers.NUMBER.finditer(self.low)])
        found: list[Mention] = []
        i = 0
        while i < len(raws):
            if found and raws[i].start < found[-1].end and found[-1].role != "none":
                i += 1  # a number within the unit or rate of the one before ("112 bé trai/100 bé gái")
                continue
            step, made = self._read(raws, i)
            found += made
            i += step
        return self._rated_alike(self._restated(found))

    def _whole(self, raws: list[Raw]) -> list[Raw]:
        """A measure parted behind its comma by a recogniser, or money by anyone, is one number ("164, 1 km")."""
        kept: list[Raw] = []
        for raw in raws:
            last = kept[-1] if kept else None
            parted = last is not None and self.low[last.end : raw.start] == ", "
            money = raw.unit.kind == "money"
            if (
                last is not None
                and parted
                and (self.scanned or money)
                and PARTED.fullmatch(f"{last.printed},{raw.printed}")
            ):
                measured = (money or raw.unit.kind in ("measure", "percent")) and last.unit.kind == "none"
                if measured and not raw.masked and not last.masked:
                    kept[-1] = last._replace(end=raw.end, printed=f"{last.printed},{raw.printed}", unit=raw.unit)
                    continue
            kept.append(raw)
        return kept

    def _read(self, raws: list[Raw], i: int) -> tuple[int, list[Mention]]:
        raw = raws[i]
        after = raws[i + 1] if i + 1 < len(raws) else None
        if after is not None and self._torn(raw, after):
            return 2, [self.none(raw, "unread"), self.none(after, "unread")]
        if raw.masked:
            return 1, [self.none(raw, raw.masked)]
        if after is not None:
            joined = self.ratio(raw, after) or self._added(raw, after) or self._range(raws, i)
            if joined is not None:
                return 2, joined
            if (
                ONE_OF.match(self.low, raw.unit.end if raw.unit.kind == "count" else raw.end)
                and self.low[raw.start : raw.end].lstrip("0") == "1"
            ):
                return 1, [self.none(raw, "rate")]
            raw = self._shared(raw, after)
        return 1, [self.single(raw)]

    def _torn(self, raw: Raw, after: Raw) -> bool:
        """Whether two numbers are pieces of one ("3.3 10 hộ"), or a range has lost its first end ("I5 đến 18")."""
        gap = self.low[raw.end : after.start]
        if raw.masked:
            glued = raw.masked == "name" and self.low[raw.start - 1 : raw.start].isalpha()
            return (glued or raw.masked == "unread") and bool(RANGE.fullmatch(gap)) and not after.masked
        return gap == " " and raw.unit.kind == "none" and not after.masked

    def _shared(self, raw: Raw, after: Raw) -> Raw:
        """In "từ 98 xuống còn 73 trường": the first of two values takes the unit of the second."""
        if raw.unit.kind != "none" or after.masked or after.unit.kind == "none":
            return raw
        between = self.low[raw.end : after.start]
        left = self.low[max(0, raw.start - 8) : raw.start]
        if re.fullmatch(r"\s?(?:→|->|=>)\s?", between):
            return raw._replace(unit=after.unit._replace(start=raw.end, end=raw.end))
        if re.search(r"(?<!\w)từ\s$", left) and re.fullmatch(
            r"\s(?:lên|xuống|còn|xuống còn|lên đến|lên tới)\s", between
        ):
            return raw._replace(unit=after.unit._replace(start=raw.end, end=raw.end))
        return raw

    def _added(self, raw: Raw, after: Raw) -> list[Mention] | None:
        """The sum that "38 tỷ 500 triệu đồng" is: one amount."""
        if raw.unit.kind != "money" or after.unit.kind != "money" or after.masked:
            return None
        if (
            raw.unit.factor <= after.unit.factor
            or not re.fullmatch(r"\s", self.low[raw.unit.end : after.start])
            or "đồng" in raw.unit.text
        ):
            return None
        high, low = numbers.read(raw.printed), numbers.read(after.printed)
        if high is None or low is None:
            return None
        made = self.single(after)
        op, start, before = self.relation(raw.start, made.end)
        value = high * raw.unit.factor + low * after.unit.factor
        return [made._replace(start=start, number=(raw.start, after.end), value=value, op=op, before=before)]

    def _range(self, raws: list[Raw], i: int) -> list[Mention] | None:
        """Both ends of "từ 95 đến 100%", "9 đến 10 xã", "40-60 triệu": they share the unit of the last."""
        raw, after = raws[i], raws[i + 1]
        own = raw.unit if raw.unit.kind != "noun" else Unit("none", "", raw.end, raw.end)
        gap = self.low[own.end : after.start]
        joined, times = RANGE.fullmatch(gap), TIMES.fullmatch(gap)
        if not (joined or times) or not self._joinable(raw, own, after) or self._chained(raws, i):
            return None
        last = self.single(after)
        if last.role == "none":
            return [self.none(raw, last.reason), last]
        first = self.single(raw._replace(unit=own if own.kind == "money" else after.unit._replace(end=raw.end)))
        if times and first.role != "none":
            return [first, last]
        if first.role == "none" or first.value >= last.value:
            return None
        start = raw.start - 3 if self.low[max(0, raw.start - 4) : raw.start].endswith("từ ") else raw.start
        return [
            first._replace(start=start, end=raw.end, op=">=", before=False, per=last.per),
            last._replace(start=after.start, op="<" if joined and joined["below"] else "<=", before=False),
        ]

    def _chained(self, raws: list[Raw], i: int) -> bool:
        """Whether three shares and more are listed with dashes between: "lần lượt 14% - 56% - 30%"."""
        shares = [r for r in raws[max(0, i - 1) : i + 3] if r.unit.kind == "percent"]
        dashes = [re.fullmatch(r"\s?[-–]\s?", self.low[a.unit.end : b.start]) for a, b in pairwise(shares)]
        return len(shares) > 2 and all(dashes)

    def _joinable(self, raw: Raw, own: Unit, after: Raw) -> bool:
        """Whether two numbers count the same, and the first is not itself the end of a range."""
        if after.masked or own.kind not in ("none", after.unit.kind):
            return False
        if own.kind == "count" and own.text != after.unit.text:
            return False
        return not JOINED_LEFT.search(self.low[max(0, raw.start - 4) : raw.start])

    def _rated_alike(self, found: list[Mention]) -> list[Mention]:
        """The earlier of two amounts has the rate of the later ("từ 61 lên 72 triệu đồng/người/năm")."""
        amounts = [i for i, m in enumerate(found) if m.role == "money"]
        for i, later in pairwise(amounts):
            first, last = found[i], found[later]
            if (
                first.before
                and not first.per
                and last.per
                and not re.search(r"[;.]\s", self.low[first.end : last.start])
            ):
                found[i] = first._replace(per=last.per)
        return found

    def _restated(self, found: list[Mention]) -> list[Mention]:
        """An amount that repeats the one before it in another unit is no second amount."""
        kept: list[Mention] = []
        for mention in found:
            last = kept[-1] if kept else None
            same = last is not None and last.role == "money" and (last.value, last.per) == (mention.value, mention.per)
            if same and last is not None and RESTATES.fullmatch(self.low[last.end : mention.start]):
                kept.append(Mention(mention.start, mention.end, mention.number, "none", reason="restated"))
            else:
                kept.append(mention)
        return kept
