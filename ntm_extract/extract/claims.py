"""Which number mentions count criteria, and what they say: the reading behind the criteria table.

A claim names the mentions that it uses, so that percentages and quantities leave them alone. The forms follow the
scopes of the table: communes that meet one criterion, communes within a band of criteria, criteria of one commune,
criteria per commune on average, communes recognised at a level.
"""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from ntm_extract.extract import naming
from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.reading import Figures, read
from ntm_extract.extract.scene import Claim
from ntm_extract.extract.topics import Topics
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Outline

NEAR = 80
"""Characters between what is told and those who have done it too."""
OWN_STANDARD = (14, 15, 16)
"""Criteria whose fields have standards of their own: "đạt chuẩn y tế" is the health ministry's."""


class Reading(Struct, frozen=True):
    """Passages with their numbers, and the criteria claims of each."""

    passages: tuple[Figures, ...]
    claims: tuple[tuple[Claim, ...], ...]
    taken: tuple[frozenset[int], ...]  # by passage: mentions that the criteria use, or that only qualify another figure


def read_document(outline: Outline, knowledge: Knowledge) -> Reading:
    """Numbers and criteria claims of the whole document."""
    passages = read(outline, knowledge)
    counted = (m for f in passages for m in f.mentions if m.unit.startswith("xã") and m.op == "=")
    totals = frozenset(m.den for m in counted if m.den)
    before = ("", *(figures.low for figures in passages))
    readers = [_Claims(figures, knowledge, totals, said) for figures, said in zip(passages, before, strict=False)]
    return Reading(passages, tuple(r.run() for r in readers), tuple(frozenset(r.taken) for r in readers))


class _Claims(Topics):
    """Reads the mentions of one passage; `taken` are those already used."""

    def run(self) -> tuple[Claim, ...]:
        self.none_recognised()
        self.none_met()
        bands = self.bands()
        self.in_turn()
        self.together()
        self.entries()
        self.under_titles()
        self.by_place([*bands, *self.found])
        for i in range(len(self.ms)):
            if i not in self.taken:
                self.of_commune(i)
        for i in range(len(self.ms)):
            if i not in self.taken:
                self._counted(i)
        for i in range(len(self.ms) - 1, -1, -1):
            shared = self.shared_tail(i, self.ms[i]) if i not in self.taken and self.is_commune(i) else None
            if shared is not None:
                more = bool(self.forms.more.search(self.low[max(0, self.ms[i].start - 40) : self.ms[i].start]))
                self.recognise(i, shared.level or "nông thôn mới", more, self.ms[i].end)
                both = self.low.startswith(" và ", self.ms[i].end) and shared.op == "="
                op = self.ms[i].op if both else shared.op  # "ít nhất 3 xã và 20 thôn đạt chuẩn"
                self.found[self.found.index(shared)] = replace(shared, increment=more or shared.increment, op=op)
        self.by_place([*self.found])
        self.repeated()
        self.under_topics()
        self._all_added()
        self.found += bands
        return tuple(sorted(self.found, key=lambda c: (c.span, c.scope)))

    def _counted(self, i: int) -> None:
        m = self.ms[i]
        if not self.is_commune(i):
            self.labelled(i, m)
            return
        left = self.left(i, m)
        changed = self.forms.changed.search(left) and not self.forms.more.search(left)
        if self.listed_behind(i, m, left) or changed or self.forms.unmet.search(left):
            return
        after = self.tail(m, left)
        increment = bool(self.forms.more.search(left))
        if self._meeting(i, m, after, increment) or self._met_by_name(i, m, after, left):
            return
        given = self.forms.arrived.search(left)  # "cấp bằng công nhận cho 12 xã"
        counts = given or not self.forms.done_for.search(left) or self.forms.arrives.match(self.low, after)
        if self._done_too(i, m) or (counts and self.standard(i, m, after, left, increment)):
            return
        bare = self.forms.bare_met.match(self.low, after)
        if bare or self._met_before(m, left):
            named = self._named_far(left) if bare else ()
            number = named[0][0] if named else naming.of_place(self.figures, m.start, self.knowledge)
            if number is not None:
                self.criteria(i, named or ((number, m.number),), m.end, increment)
                return
        done = self.forms.duty_done.match(self.low, after) if "huyện" in m.unit else None
        if done:
            self.recognise(i, "nông thôn mới", increment, done.end())
        elif not counts:
            return
        elif bare and self.forms.reached.search(bare.group()) and "tiêu chí" not in bare.group():
            self.recognise(i, "nông thôn mới", increment, bare.end())
        elif bare and (told := self._told(m)):
            self.recognise(i, told, increment, bare.end())

    def _done_too(self, i: int, m: Mention) -> bool:
        """As "74 xã đạt tiêu chí môi trường. Đến nay có 113 xã làm được": what was told just before."""
        end = self.forms.done_too.match(self.low, m.end)
        alone = end and self.forms.done_lead.fullmatch(self.low, self.figures.sentence(m.start)[0], m.start)
        told = [c for c in self.found if c.at >= 0 and m.start - NEAR <= c.span[1] <= m.start] if alone else []
        last = max(told, key=lambda c: c.span, default=None)
        if last is None or last.scope not in ("criterion", "standard"):
            return False
        self.like(last, i)
        return True

    def _all_added(self) -> None:
        """Counts told in one list are all added where the first is: "bổ sung 3 xã đạt tiêu chí điện, 2 xã đạt …"."""
        counts = (c for c in self.found if c.scope in ("criterion", "standard") and c.total is None)
        met = sorted(counts, key=lambda c: c.span)
        added = False
        for first, second in pairwise(met):
            joined = self.forms.next_told.fullmatch(self.low, first.span[1], second.span[0])
            acted = first.scope == "criterion" or self.forms.newly.search(self.low, 0, first.span[0])
            added = bool(joined) and (added or (first.increment and bool(acted)))
            if added and not second.increment:
                self.found[self.found.index(second)] = replace(second, increment=True)

    def _told(self, m: Mention) -> str | None:
        """The level that the sentence has told of communes: "6 xã đăng ký đạt chuẩn, kết quả có 5 xã đạt"."""
        start = self.figures.sentence(m.start)[0]
        before = [c for c in self.found if c.scope == "standard" and start <= c.span[0] < m.start]
        return before[-1].level if before else None

    def _meeting(self, i: int, m: Mention, after: int, increment: bool) -> bool:
        """As "9 xã đạt tiêu chí điện", "15/15 xã đạt các tiêu chí: quy hoạch, điện", "8 xã đạt chuẩn giao thông"."""
        if met := self.forms.met.match(self.low, after):
            named, end = naming.met_after(self.low, met.end(), self.knowledge)
            under = None if named else self._under(m, met.end())
            if under:
                self.criterion(i, under, met.end(), increment)
            elif named:
                self.criteria(i, named, end, increment)
            return bool(under or named)
        if met := self.forms.met_as.match(self.low, after):
            named, end = naming.met_after(self.low, met.end() - 1, self.knowledge)
            if named and not any(number in OWN_STANDARD for number, _ in named):
                self.criteria(i, named, end, increment)
                return True
        return False

    def _met_by_name(self, i: int, m: Mention, after: int, left: str) -> bool:
        """As "tiêu chí điện: 10/13 xã", "các tiêu chí quy hoạch, điện đều có 15/15 xã đạt", "điện có 10 xã đạt"."""
        bare = self.forms.bare_met.match(self.low, after)
        if not bare and not m.before and not self._clause_ends(m):
            return False
        named = self.named_before(m, left) or (self._own_clause(left) if bare else ()) or self.ranked(left)
        if named:
            self.criteria(i, named, m.end, bool(self.forms.more.search(left)))
        return bool(named)

    def _under(self, m: Mention, at: int) -> int | None:
        """As "đạt tiêu chí" with nothing after it: the criterion is the one that the text stands under."""
        if not self.forms.met_ends.match(self.low, at):
            return None
        return naming.of_place(self.figures, m.start, self.knowledge)

    def _met_before(self, m: Mention, left: str) -> bool:
        """As "Kết quả: 10/13 xã", "đạt 11/13 xã" under a criterion; the clause ends there."""
        return self._clause_ends(m) and self.forms.met_before.search(left) is not None

    def _named_far(self, left: str) -> naming.Named:
        """The criterion named last before a count, other words between: "tiêu chí điện, sau rà soát có"."""
        found = ((naming.listed(left, said.end(), self.knowledge)[0]) for said in self.forms.criterion.finditer(left))
        named = [one for one in found if one]
        return ((named[-1][0][0], (0, 0)),) if named else ()

    def _own_clause(self, left: str) -> naming.Named:
        """The criterion whose name opens the count's own clause: "…; chợ nông thôn có"."""
        clause = re.split(r"[;.,]\s", left)[-1].lstrip(" -+•*")
        own = self.knowledge.criterion_pattern.match(clause)
        if own and " " in own.group() and self.forms.own_count.fullmatch(clause, own.end()):
            return ((self.knowledge.criterion_of[own.group()], (0, 0)),)
        return ()
