"""Every number of a passage, read once and given exactly one role, so that tables never fight over it.

A mention is money, a percentage, a ratio a/b, a count with its unit, or nothing with the reason (date, code, name …).
Ranges are two mentions; "từ A lên B" are two as well, the first marked as `before`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from ntm_extract.extract.hedging import rate_of_money, rate_of_unit, relation
from ntm_extract.extract.traps import Reason, masks, quoted, trap
from ntm_extract.facts import Op
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Passage
from ntm_extract.text import dates, numbers, units
from ntm_extract.text.dates import When
from ntm_extract.text.folding import lowered
from ntm_extract.text.units import Unit

Role = Literal["money", "percent", "ratio", "count", "none"]

RANGE = re.compile(r"\s?(?:-|đến|tới)\s?(?P<below>dưới\s)?$")
STRAY_STOP = re.compile(r"\.\s(?=[a-zđà-ỹ])")
"""A speck read as a full stop: what follows goes on in small letters."""
OF_ALL = re.compile(r"\s(?:tổng\s)?số\s")
TIMES = re.compile(r"\s?[x×]\s?$")
ONE_OF = re.compile(r"\s?trong\s(?:số\s|tổng số\s)?(?:những\s)?(?=\d)")
NUMBER_OF = re.compile(r"(?:^|[.;,:+-]\s|tổng\s)số\s(?P<what>[^.;:\d]{2,90}?)(?:\s(?:là|đạt|có|còn)|:)\s?(?:\w+\s)?$")
BRACKET_UNIT = re.compile(r"\((?:đvt|đơn vị(?: tính)?)?:?\s?((?:triệu|tỷ|nghìn)\sđồng[^)]{0,20}|%)\)")


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


class _Raw(NamedTuple):
    """A number with what follows it, before neighbours are looked at."""

    start: int
    end: int
    printed: str
    unit: Unit
    masked: Reason


def mentions(passage: Passage, knowledge: Knowledge) -> tuple[Mention, ...]:
    """All number mentions of a passage in order."""
    text = passage.text
    if not any(c.isdigit() for c in text):
        return ()
    return _Scan(text, lowered(text), passage, knowledge).run()


class _Scan:
    """One pass over a passage's numbers."""

    def __init__(self, text: str, low: str, passage: Passage, knowledge: Knowledge) -> None:
        self.text, self.low, self.knowledge = text, low, knowledge
        self.whens: tuple[When, ...] = dates.find(low)
        self.scanned = bool(passage.tokens) and passage.tokens[0].word.box is not None
        self.masks = masks(passage, low, self.whens)
        self.quotes = quoted(text)
        unit = BRACKET_UNIT.search(low)
        self.default = unit.group(1) if unit else ""
        self.default_from = unit.end() if unit else 0

    def run(self) -> tuple[Mention, ...]:
        raws = [self._raw(m) for m in numbers.NUMBER.finditer(self.low)]
        found: list[Mention] = []
        i = 0
        while i < len(raws):
            if found and raws[i].start < found[-1].end and found[-1].role != "none":
                i += 1  # a number within the unit or rate of the one before ("112 bé trai/100 bé gái")
                continue
            step, made = self._read(raws, i)
            found += made
            i += step
        return tuple(self._restated(found))


    def _raw(self, match: re.Match[str]) -> _Raw:
        start, end = match.span()
        unit = units.read(self.low, end, self.knowledge.units, self.knowledge.scales)
        if unit.kind == "none" and STRAY_STOP.match(self.text, end):
            beyond = units.read(self.low, end + 1, self.knowledge.units, self.knowledge.scales)
            unit = beyond if beyond.kind in ("count", "measure", "money") else unit
        if unit.kind == "noun" and self.text[unit.start :].lstrip()[:1].isupper():
            unit = Unit("none", "", end, end)  # a name begins: nothing is counted
        masked: Reason = next((reason for a, b, reason in self.masks if a < end and start < b), "")
        if not masked:
            masked = trap(self.low, start, end, unit, self.quotes, self.knowledge)
        return _Raw(start, end, match.group(), unit, masked)


    def _read(self, raws: list[_Raw], i: int) -> tuple[int, list[Mention]]:
        raw = raws[i]
        if raw.masked:
            return 1, [self._none(raw, raw.masked)]
        after = raws[i + 1] if i + 1 < len(raws) else None
        if after is not None:
            joined = self._ratio(raw, after) or self._added(raw, after) or self._range(raws, i)
            if joined is not None:
                return 2, joined
            if (
                ONE_OF.match(self.low, raw.unit.end if raw.unit.kind == "count" else raw.end)
                and self.low[raw.start : raw.end].lstrip("0") == "1"
            ):
                return 1, [self._none(raw, "rate")]
            raw = self._shared(raw, after)
        return 1, [self._single(raw)]

    def _shared(self, raw: _Raw, after: _Raw) -> _Raw:
        """ "từ 98 xuống còn 73 trường": the first of two values takes the unit of the second."""
        if raw.unit.kind != "none" or after.masked or after.unit.kind == "none":
            return raw
        between = self.low[raw.end : after.start]
        left = self.low[max(0, raw.start - 8) : raw.start]
        if re.search(r"(?<!\w)từ\s$", left) and re.fullmatch(
            r"\s(?:lên|xuống|còn|xuống còn|lên đến|lên tới)\s", between
        ):
            return raw._replace(unit=after.unit._replace(start=raw.end, end=raw.end))
        return raw

    def _ratio(self, raw: _Raw, after: _Raw) -> list[Mention] | None:
        """a/b, with a unit on one side or both: "12/14 xã", "52 xã/136 xã"."""
        if after.masked and after.masked != "date":
            return None
        left_end = raw.unit.end if raw.unit.kind in ("count", "measure", "noun") else raw.end
        for end in {raw.end, left_end}:
            if re.fullmatch(r"\s?/\s?", self.low[end : after.start]):
                break
        else:
            return None
        part = OF_ALL.match(self.low, after.end)
        if part and after.unit.kind == "none":
            found = units.read(self.low, part.end() - 1, self.knowledge.units, self.knowledge.scales)
            after = after._replace(unit=found if found.kind in ("count", "noun") else after.unit)
        unit, own = after.unit, raw.unit if left_end > raw.end and end == left_end else None
        if (
            own is not None
            and unit.kind in ("count", "noun", "measure")
            and own.text.split()[0] != unit.text.split()[0]
        ):
            return None
        if raw.unit.kind == "money":
            return None
        if unit.kind in ("money", "percent", "time", "age"):
            unit = Unit("none", "", after.end, after.end)
        whole = "," not in raw.printed and "." not in raw.printed
        num, den = numbers.read(raw.printed), numbers.read(after.printed)
        if num is None or den is None or not den:
            return [self._none(raw, "unread"), self._none(after, "unread")]
        calendar = num <= 12 and 1990 <= den <= 2050
        if calendar or (
            unit.kind == "none" and own is None and whole and num <= 31 and den <= 12 and not self._counted(raw.start)
        ):
            return [self._none(raw, "date"), self._none(after, "date")]
        if after.unit.kind == "money":
            unit = after.unit
        name = (unit.text or (own.text if own else "")).strip()
        if not name and (labelled := NUMBER_OF.search(self.low[max(0, raw.start - 110) : raw.start])):
            counted = units.read(labelled["what"], 0, self.knowledge.units, self.knowledge.scales)
            name = counted.text if counted.kind in ("count", "noun") else ""
        op, start, before = self._relation(raw.start, max(unit.end, after.end))
        return [
            Mention(
                start,
                max(unit.end, after.end),
                (raw.start, after.end),
                "ratio",
                num,
                name,
                unit.kind,
                op,
                den,
                before=before,
            )
        ]

    def _counted(self, start: int) -> bool:
        """Whether something is being counted just before: a unitless a/b there is no date."""
        left = self.low[max(0, start - 60) : start]
        return bool(
            re.search(
                r"(?:đạt|số|tiêu chí|có|lên|:|là|xã|bản|thôn|hộ)\s$|(?:văn hóa|bản|thôn|xã|trường)\s[^.;,\d]{0,20}$",
                left,
            )
        )

    def _added(self, raw: _Raw, after: _Raw) -> list[Mention] | None:
        """ "38 tỷ 500 triệu đồng" is one amount."""
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
        made = self._single(after)
        op, start, before = self._relation(raw.start, made.end)
        value = high * raw.unit.factor + low * after.unit.factor
        return [made._replace(start=start, number=(raw.start, after.end), value=value, op=op, before=before)]

    def _range(self, raws: list[_Raw], i: int) -> list[Mention] | None:
        """ "từ 95 đến 100%", "9 đến 10 xã", "40-60 triệu": the ends share the unit of the last."""
        raw, after = raws[i], raws[i + 1]
        if after.masked:
            return None
        own = raw.unit if raw.unit.kind != "noun" else Unit("none", "", raw.end, raw.end)
        gap = self.low[own.end : after.start]
        joined = RANGE.fullmatch(gap)
        times = TIMES.fullmatch(gap)
        if not (joined or times) or (own.kind != "none" and own.kind != after.unit.kind):
            return None
        if own.kind == "count" and own.text != after.unit.text:
            return None
        if re.search(r"[\d.,]\s?-\s?$", self.low[max(0, raw.start - 4) : raw.start]):
            return None
        last = self._single(after)
        if last.role == "none":
            return [self._none(raw, last.reason), last]
        unit = own if own.kind == "money" else after.unit._replace(end=raw.end)
        first = self._single(raw._replace(unit=unit))
        if first.role == "none":
            return None
        if times:
            return [first, last]
        first_value, last_value = first.value, last.value
        if first_value >= last_value:
            return None
        left = self.low[max(0, raw.start - 4) : raw.start]
        start = raw.start - 3 if left.endswith("từ ") else raw.start
        return [
            first._replace(start=start, end=raw.end, op=">=", before=False, per=last.per),
            last._replace(start=after.start, op="<" if joined and joined["below"] else "<=", before=False),
        ]

    def _single(self, raw: _Raw) -> Mention:
        unit = raw.unit
        if unit.kind == "none":
            unit = self._bracketed(raw)
        op, start, before = self._relation(raw.start, max(unit.end, raw.end))
        number = (raw.start, raw.end)
        end = max(unit.end, raw.end)
        if unit.kind == "time" and "công" not in unit.text:
            rate = units.SLASH_UNIT.match(self.low, unit.end)
            word = units.WORD.match(self.low, rate.end()) if rate else None
            if not word:
                return self._none(raw, "duration")
            unit = Unit("count", unit.text + "/" + word.group(), unit.start, word.end())
            end = unit.end
        scaled = unit.text.split(" ")[0] in self.knowledge.scales
        value = numbers.read(
            raw.printed, whole=unit.kind in ("count", "noun") and not scaled, share=unit.kind == "percent"
        )
        if value is None:
            return self._none(raw, "unread")
        if unit.kind == "percent":
            return Mention(start, end, number, "percent", value, unit.text, "percent", op, before=before)
        if unit.kind == "money":
            per, end = rate_of_money(self.low, end, self.default, self.knowledge)
            return Mention(
                start, end, number, "money", value * unit.factor, "đồng", "money", op, per=per, before=before
            )
        if unit.kind == "foreign":
            return Mention(start, end, number, "count", value, unit.text, unit.kind, op, before=before)
        if unit.kind in ("measure", "count", "noun"):
            if (
                unit.text in ("ha", "đơn vị")
                and re.search(r"trên\s$", self.low[max(0, raw.start - 5) : raw.start])
                and value == 1
            ):
                return self._none(raw, "rate")
            name, end = rate_of_unit(self.low, unit)
            return Mention(start, end, number, "count", value, name, unit.kind, op, before=before)
        labelled = NUMBER_OF.search(self.low[max(0, raw.start - 110) : raw.start])
        if labelled:
            counted = units.read(labelled["what"], 0, self.knowledge.units, self.knowledge.scales)
            if counted.kind == "count":
                return Mention(start, end, number, "count", value, counted.text, "count", op, before=before)
        return Mention(start, end, number, "count", value, "", "none", op, before=before)

    def _bracketed(self, raw: _Raw) -> Unit:
        """A unit given in brackets before ("Thu nhập (triệu đồng/người/năm) | năm 2021 ≥ 48")."""
        if not self.default or raw.start < self.default_from:
            return raw.unit
        left = self.low[max(0, raw.start - 4) : raw.start].rstrip()
        if not left or left[-1] not in "<>≥≤|:=":
            return raw.unit
        unit = units.read(self.default, 0, self.knowledge.units, self.knowledge.scales)
        return unit._replace(start=raw.end, end=raw.end)




    def _relation(self, start: int, end: int) -> tuple[Op, int, bool]:
        return relation(self.low, start, end, self.knowledge, scanned=self.scanned)

    def _none(self, raw: _Raw, reason: Reason) -> Mention:
        return Mention(raw.start, raw.end, (raw.start, raw.end), "none", reason=reason)

    def _restated(self, found: list[Mention]) -> list[Mention]:
        """An amount that repeats the one before it in another unit is no second amount."""
        kept: list[Mention] = []
        for m in found:
            last = kept[-1] if kept else None
            same = last is not None and last.role == m.role == "money" and last.value == m.value and last.per == m.per
            if (
                same
                and last is not None
                and re.fullmatch(r"\s?\((?:tương đương|tức|hay|=|là)?\s?", self.low[last.end : m.start])
            ):
                m = Mention(m.start, m.end, m.number, "none", reason="restated")
            kept.append(m)
        return kept


