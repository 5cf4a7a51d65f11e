"""Lists of criteria with the communes that meet each, and counts whose communes are named before them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ntm_extract.extract import naming
from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.scene import Claim
from ntm_extract.extract.standards import Standards, named_level
from ntm_extract.text import dates

FAR, LIGHT = 200, 60
"""Characters before a count within which its criteria stand, and within which the light words between do."""
JOINS = re.compile(r"(?:\s|,|và)*")
"""Between criteria named together."""
NAMED_TOO = re.compile(r"\s\([^()\d]*\)$")
"""What a criterion is called besides: "chợ (hạ tầng thương mại): 12/12"."""


class Entries(Standards):
    """Reads lists of criteria by name."""

    def entries(self) -> None:
        """The counts in lists of criteria by name: "điện 19/22 xã; thu nhập (9/22 xã)", "y tế 31, văn hóa 28 xã"."""
        named = {i: numbers for i, m in enumerate(self.ms) if i not in self.taken and (numbers := self._entry(m))}
        for i, numbers in named.items():
            if self._listed(i, named):
                self.criteria(i, numbers, self.ms[i].end, False)

    def in_turn(self) -> None:
        """As "tiêu chí điện, y tế lần lượt có 22 và 23 xã đạt": a count for each criterion named before."""
        for said in self.forms.in_turn.finditer(self.low):
            start = self.figures.sentence(said.start())[0]
            title = self.low[start : said.start()].rstrip(" :")
            start += max(title.rfind(mark) + 1 for mark in ":;")
            left = self.low[start : said.start()]
            named = {m.start(): self.knowledge.criterion_of[m.group()] for m in self.names(left)}
            for word in self.forms.criterion.finditer(left):
                named |= {place[0]: number for number, place in naming.listed(left, word.end(), self.knowledge)[0]}
            counts: list[int] = []
            at = said.end()
            for i, m in enumerate(self.ms):
                if (
                    m.role in ("count", "ratio")
                    and m.number[0] >= at
                    and re.fullmatch(r"(?:, | và )?", self.low[at : m.start])
                ):
                    counts.append(i)
                    at = m.end
            listed = "tiêu chí" in left or self.criteria_spoken_of()
            if len(counts) > 1 and not (listed and len(counts) == len(named)):
                self.unclear.update(counts)
            elif len(counts) > 1 and self.is_commune(counts[-1]):
                self.taken.update(
                    i for i, m in enumerate(self.ms) if start <= m.start < said.start() and m.role == "count"
                )
                for i, (_, number) in zip(counts, sorted(named.items()), strict=True):
                    self.claim(self.counted("criterion", i, at, criterion=number, unit="xã"))

    def criteria_spoken_of(self) -> bool:
        """Whether the heads over the passage, or its list, speak of criteria."""
        return any(map(self.forms.by_criterion.search, self.over())) or "tiêu chí" in self.low

    def together(self) -> None:
        """As "điện và y tế cùng có 6/11 xã", a clause of its own: the count of each criterion named."""
        for said in self.forms.together.finditer(self.low):
            i = next((i for i, m in enumerate(self.ms) if m.start == said.end()), None)
            if i is None or i in self.taken or not self.is_commune(i) or not self.criteria_spoken_of():
                continue
            named = self.names(said["names"])
            rest = self.knowledge.criterion_pattern.sub("", said["names"])
            if len(named) > 1 and JOINS.fullmatch(rest) and self.forms.entry_end.match(self.low, self.ms[i].end):
                start = said.start("names")
                places = tuple(
                    (self.knowledge.criterion_of[m.group()], (start + m.start(), start + m.end())) for m in named
                )
                self.criteria(i, places, self.ms[i].end, False)

    def names(self, left: str) -> list[re.Match[str]]:
        """The criteria that some words name, but for those that only their number tells."""
        unnumbered = self.forms.numbered.sub(lambda m: " " * len(m.group()), left)
        return [*self.knowledge.criterion_pattern.finditer(unnumbered)]

    def _listed(self, i: int, named: Mapping[int, naming.Named]) -> bool:
        """Whether a count behind a criterion's name is of the communes that meet it: by the head or its fellows."""
        m = self.ms[i]
        start, end = self.figures.sentence(m.start)
        lead = self.low[start : m.start]
        fellows = [j for j in named if j != i and start <= self.ms[j].start < end]
        head = self.low[start : min(self.ms[j].start for j in (i, *fellows))]
        if any(map(self.forms.unmet_list.search, (head, *self.over()[:1]))):
            return False
        alike = m.role == "ratio" and any(self.ms[j].den == m.den or self.ms[j].unit for j in fellows)
        if not m.unit and not (alike and "tiêu chí" in self.low) and not self._of_communes(i, lead, fellows):
            return False
        listing = re.search(r"tiêu chí(?! quốc gia)[^.;]{0,60}:", lead) is not None
        headed = any(map(self.forms.by_criterion.search, self.over()))
        enough = 0 if headed or (listing and m.role == "ratio") else 1 if self.forms.by_criterion.search(lead) else 2
        return len(fellows) >= enough

    def _of_communes(self, i: int, lead: str, fellows: list[int]) -> bool:
        """Whether a bare number is of communes: its head says so, the total is theirs, or the list ends with "xã"."""
        m = self.ms[i]
        if any(map(self.forms.communes_counted.search, (lead, *self.over()))):
            return True
        if m.role == "ratio":
            return m.den in self.totals
        return any(j > i and self.ms[j].unit and not self.ms[j].den for j in fellows)

    def _entry(self, m: Mention) -> naming.Named:
        """The criterion that an entry of such a list names; two of one count ("điện và y tế (12 xã)")."""
        if (
            m.role not in ("count", "ratio")
            or not (m.unit.startswith("xã") or not m.unit)
            or m.value != int(m.value)
            or not self.forms.entry_end.match(self.low, m.end)
        ):
            return ()
        start = max(self.figures.sentence(m.start)[0], m.start - FAR)
        between = self.forms.name_right.search(self.low, max(start, m.start - LIGHT), m.start)
        names_end = between.start() if between else m.start
        left = NAMED_TOO.sub("", self.low[start:names_end])
        if numbered := self.forms.numbered_last.search(left):
            number = naming.number_of(numbered["number"])
            return ((number, m.number),) if number and self.forms.name_left.search(left[: numbered.start()]) else ()
        names = [*self.knowledge.criterion_pattern.finditer(left)]
        if not names or names[-1].end() < len(left) or not self.forms.name_left.search(left[: names[-1].start()]):
            return ()
        numbers = tuple(
            (self.knowledge.criterion_of[name.group()], (start + name.start(), start + name.end()))
            for name in names[-2:]
        )
        if len(names) > 1 and re.fullmatch(r"(?:,|,?\svà)\s", left[names[-2].end() : names[-1].start()]):
            both = left[: names[-1].start()].endswith(" và ") and self.low.startswith((" (", " đều "), names_end)
            return numbers if both else ()  # "lao động và y tế 12 xã": of both, or of one
        pair = len(names) > 1 and left[names[-2].end() : names[-1].start()] == " và tiêu chí "
        if pair and self.forms.pair_opens.search(left[: names[-2].start()]):
            return numbers
        return numbers[-1:]

    def labelled(self, i: int, m: Mention) -> None:
        """A count or ratio whose communes are named before it, or a bare mean."""
        left = self.low[self.figures.sentence(m.start)[0] : m.start]
        if m.role in ("count", "ratio") and not m.unit and (level := self._level_listed(m, left)):
            self.claim(self.counted("standard", i, m.end, level=level, unit="xã"))
        elif m.role == "count" and not m.unit and self.forms.mean_is.search(dates.SAID.sub("", left)):
            self.claim(Claim(scope="average", at=i, span=(m.start, m.end), uses=(i,), value=m.value, op=m.op))
        elif m.role == "count" and not m.unit and m.value == int(m.value):
            self._labelled_number(i, m)
        elif m.role == "ratio" and not m.unit and m.den in self.totals and self.forms.raised.search(left):
            if level := self.level_before(m):
                self.claim(self.counted("standard", i, m.end, level=level, unit="xã"))
        elif m.role == "ratio" and m.unit_kind != "measure" and self.forms.entry_end.match(self.low, m.number[1]):
            self._labelled_ratio(i, m, left)

    def _level_listed(self, m: Mention, left: str) -> str | None:
        """The level that alone heads a bare number in a list of levels: "xã nâng cao: 3/14", "…: 12; nâng cao: 3"."""
        if m.value != int(m.value) or not self.forms.clause_end.match(self.low, m.end):
            return None
        told = any(c.scope == "standard" and c.span[0] >= self.figures.sentence(m.start)[0] for c in self.found)
        item = self.forms.level_item.search(left) if told else None
        head = self.forms.level_left.search(left) if m.role == "ratio" and left.endswith(": ") else None
        what = (item and item["what"]) or (head and "xã" in head.group().split() and head["what"]) or ""
        return (named_level(what) or "nông thôn mới") if what else None

    def _labelled_number(self, i: int, m: Mention) -> None:
        """As "Số xã đạt: 18" under a criterion."""
        left = self.low[max(0, m.start - 60) : m.start]
        if (raised := self.forms.raised.search(left)) and self.forms.clause_end.match(self.low, m.end):
            level = named_level(raised.group()) or self.level_before(m)
            if level:
                self.claim(self.counted("standard", i, m.end, level=level, unit="xã"))
            return
        if self.forms.clause_end.match(self.low, m.end) and (headed := self.forms.recognised_head.search(left)):
            self.claim(self.counted("standard", i, m.end, level="nông thôn mới", unit=headed["unit"]))
            return
        if self.forms.communes_meeting.search(left):
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

    def _labelled_ratio(self, i: int, m: Mention, left: str) -> None:
        """As "số xã đạt tiêu chí số 15 là 14/17", "Số xã đạt tiêu chí: 12/19" under a criterion."""
        if not re.search(r"(?:(?:số|tỷ lệ)\s|(?:^|[;.,:]\s)\W*)xã[^.;:,\d]{0,30} đạt", left):
            return
        named = self.named_before(m, left)
        number = named[0][0] if named else None
        if number is None and self.forms.communes_meeting.search(left):
            number = naming.of_place(self.figures, m.start, self.knowledge)
        if number is not None:
            self.claim(self.counted("criterion", i, m.number[1], criterion=number, unit="xã"))

    def none_met(self) -> None:
        """As "chưa có xã nào đạt tiêu chí y tế": a count of none, in words."""
        for none in self.forms.none_met.finditer(self.low):
            listed = naming.listed(self.low, none.end(), self.knowledge)[0][:1]
            under = None
            if not listed and self.forms.clause_end.match(self.low, none.end()):
                under = naming.of_place(self.figures, none.start(), self.knowledge)
            for number in [number for number, _ in listed] or ([under] if under else []):
                self.found.append(
                    Claim(
                        scope="criterion",
                        at=-1,
                        span=none.span(),
                        number=none.span(),
                        criterion=number,
                        count=0,
                        unit=none["unit"],
                    )
                )

    def named_before(self, m: Mention, left: str) -> naming.Named:
        """The criteria that the words straight before a count name: "các tiêu chí chợ nông thôn, điện mới có"."""
        begin = self.figures.sentence(m.start)[0]
        for said in reversed([*self.forms.criterion.finditer(left)]):
            head = re.split(r"[;:,.]\s", left[: said.start()])[-1]
            if left.startswith(":", said.end()) and self.forms.unmet_list.search(head):
                return ()
            at = begin + said.end() + (left[: said.start()].endswith("từng ") and left.startswith(",", said.end()))
            named, end = naming.listed(self.low, at, self.knowledge)
            if not named or not self.forms.named_then.match(self.low, end, begin + len(left)):
                return ()
            if self._met_by_others(begin + said.end()):
                return named[-1:]
            return self._joined(begin, said.start(), named, end)
        return ()

    def _met_by_others(self, at: int) -> bool:
        """Whether a list of criteria, whose word ends at a character, is of the communes that are counted before it:
        "9/14 xã đạt tiêu chí điện, y tế có 12/14 xã"."""
        before = (m.end for i, m in enumerate(self.ms) if m.end < at and self.is_commune(i))
        return any(met.end() == at for end in before if (met := self.forms.met.match(self.low, end)))

    def _joined(self, begin: int, at: int, named: naming.Named, end: int) -> naming.Named:
        """The criteria of a list, whose word stands at a character of the sentence, and the one that "và" joins before:
        "tiêu chí điện và tiêu chí y tế đã có 9/9 xã"."""
        left = self.low[begin : begin + at]
        before = [*self.forms.criterion.finditer(left)] if left.endswith(" và ") else []
        if not before or self._met_by_others(begin + before[-1].end()):
            return named
        longer, stop = naming.listed(self.low, begin + before[-1].end(), self.knowledge)
        return longer if stop == end and len(longer) == len(named) + 1 else named

    def criterion(self, i: int, number: int, end: int, increment: bool = False) -> None:
        """Claim the i-th mention as the communes that meet a criterion."""
        self.criteria(i, ((number, self.ms[i].number),), end, increment)

    def criteria(self, i: int, named: naming.Named, end: int, increment: bool) -> None:
        """Claim the i-th mention as the communes that meet each of some criteria; later ones stand at their names.

        The lower end of its range is claimed too ("15 - 16 xã đạt").
        """
        if i in self.unclear:
            return
        lower = self.lower_end(i)
        if lower is not None:
            for number, _ in named[:1]:
                self.claim(self.counted("criterion", lower, end, criterion=number, increment=increment))
        for n, (number, place) in enumerate(named):
            own = {} if n == 0 else {"number": place}
            self.claim(self.counted("criterion", i, end, criterion=number, increment=increment, **own))
