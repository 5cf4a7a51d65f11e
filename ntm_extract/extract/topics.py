"""Counts of communes in sentences whose topic is one criterion, whatever stands between: a general reading for what no
form of its own has told."""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec.structs import replace

from ntm_extract.extract import naming
from ntm_extract.extract.label_words import COUNTED_TOO
from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.repeated import Repeated
from ntm_extract.text.folding import lowered
from ntm_extract.text.forms import A_NAME

OWN_NAME = re.compile(r"[\s\-–:.(]*(?:về )?")
"""Between the number of a criterion and its name."""
NEXT_NAME = re.compile(r"[”\")]?\s?(?:,|;|,? và|-)\s(?:(?:các )?tiêu chí )?")
"""Between criteria that are named together."""


class Topic(NamedTuple):
    """A criterion that is spoken of, and where what is told of it begins; `told` is what counts communes before."""

    criterion: int
    at: int
    told: int | None = None


class Topics(Repeated):
    """Reads the counts of communes under a topic."""

    def under_topics(self) -> None:
        """Claim the counts that only light words part from the criterion spoken of, or from a count of it."""
        for i, m in enumerate(self.ms):
            if i in self.taken or not self.is_commune(i) or not m.unit.startswith("xã"):
                continue
            topic = self._topic(m)
            if topic is None:
                continue
            lower = self.lower_end(i)
            begins = m.start if lower is None else self.ms[lower].start
            gap = self.low[topic.at : begins]
            more = self.forms.more.search(gap)
            if not self.forms.topic_gap.fullmatch(gap) or (self.forms.changed.search(gap) and not more):
                continue
            if end := self._topic_ends(m, topic, gap):
                self.criteria(i, ((topic.criterion, m.number),), end, bool(more))
                if named := self.forms.topic_names.match(self.figures.passage.text, m.end):
                    self.found[-1] = replace(self.found[-1], places=tuple(A_NAME.findall(named["names"])))

    def _topic_ends(self, m: Mention, topic: Topic, gap: str) -> int | None:
        """Where a count that is of its topic ends: with a word of reaching it behind, or before and none behind."""
        clause = re.split(r"[;:.]\s", self.low[self.figures.sentence(m.start)[0] : topic.at])[-1]
        if topic.told is None and any(map(self.forms.unmet_list.search, (clause, *self.over()[:1]))):
            return None
        after = self.tail(m, self.low[topic.at : m.start])
        if named := self.forms.topic_names.match(self.figures.passage.text, m.end):
            after = named.end()
        if met := self.forms.topic_met.match(self.low, after):
            return met.end()
        if not self.forms.topic_end.match(self.low, after):
            return None
        reached = self.forms.topic_reached.search(gap) or (
            topic.told is None and self.forms.communes_counted.search(clause)
        )
        again = topic.told is not None and (m.den is not None or self.forms.topic_again.search(gap))
        whole = topic.told is None and m.den is not None
        return m.end if reached or again or (whole and self.criteria_spoken_of()) else None

    def _topic(self, m: Mention) -> Topic | None:
        """What a count stands under: what its sentence has told or named last, else what was spoken of before it."""
        start = self.figures.sentence(m.start)[0]
        told = [c for c in self.found if c.at >= 0 and start <= c.span[0] and c.span[1] <= m.start]
        last = max(told, key=lambda c: c.span, default=None)
        at = max(last.span[1], self.ms[last.at].end) if last else start
        if named := self._called(at, m.start):
            return named if named.criterion else None
        if last is not None:
            alone = last.scope == "criterion" and sum(c.at == last.at for c in told) == 1
            return Topic(last.criterion, at, last.at) if alone and last.criterion else None
        number = self._spoken_of(start)
        this = self.forms.this_criterion.search(self.low, start, m.start)
        return Topic(number, this.end() if this else start) if number else None

    def _called(self, start: int, end: int) -> Topic | None:
        """The criterion named last between two characters, where it opens a clause or is called one; of none (0) where
        the name is no topic or one of several."""
        low = self.low
        named = [(n.start(), n.end(), self.knowledge.criterion_of[n.group()]) for n in self.names(low[start:end])]
        for word in self.forms.numbered.finditer(low, start, end):
            number = naming.number_of(word["number"])
            named.append((word.start("number") - start, word.end("number") - start, number or 0))
        if not named:
            return None
        named.sort()
        first, last, number = named[-1]
        left = low[start : start + first]
        if len(named) > 1 and OWN_NAME.fullmatch(low, start + named[-2][1], start + first) and named[-2][2] == number:
            left = low[start : start + named[-2][0]]  # "tiêu chí số 10 về thu nhập"
        several = any(NEXT_NAME.fullmatch(low, start + stop, start + first) for _, stop, _ in named[:-1])
        opens = self.forms.topic_left.search(left) or self.forms.ranked.search(left)
        capital = self.figures.passage.text[start + first].isupper()
        if several or not (opens or (capital and left.endswith(" "))):
            return Topic(0, start)
        return Topic(number, start + last)

    def _spoken_of(self, start: int) -> int | None:
        """The criterion that the sentence before one names alone, else the title of the passage, else what is meant by
        "tiêu chí này"."""
        if start:
            said = self.low[self.figures.sentence(start - 1)[0] : start - 1]
            named = self._all_named(said)
            if len(named) == 1 and "tiêu chí" in self.low:
                return named.pop()
            if len(named) > 1:
                return None
        if number := naming.of_title(naming.lead_of(self.figures.passage.text), self.knowledge):
            return number
        if self.forms.this_criterion.search(self.low, start):
            over = (self.before, *(lowered(title) for title in self.figures.passage.section[-1:]))
            named = next((named for said in over if (named := self._all_named(said))), set())
            return named.pop() if len(named) == 1 else None
        return None

    def _all_named(self, said: str) -> set[int]:
        """Every criterion that some words name."""
        named = {self.knowledge.criterion_of[name.group()] for name in self.names(said)}
        numbers = (naming.number_of(word["number"]) for word in self.forms.numbered.finditer(said))
        return named | {number for number in numbers if number}

    def tail(self, m: Mention, left: str) -> int:
        """Where the words after the count begin, shares in brackets or between commas left out."""
        beside = COUNTED_TOO.match(self.figures.passage.text, m.end)
        at = beside.end() if beside else m.end
        at += len(" trở lên") if self.low.startswith(" trở lên)", at) else 0
        if self.low.startswith(")", at) and self.forms.whole_in_brackets.search(left):
            at += 1
        for _ in range(2):
            side = self.forms.side.match(self.low, at)
            counted = side is not None and re.search(r"\([^()]*\d[^()]*\)", side.group())
            if not side or (re.search(r"gồm|trong đó", side.group()) and not counted):
                break
            at = side.end()
        if at > m.end and m.unit and self.low.startswith(f" {m.unit}", at):
            at += len(m.unit) + 1  # "11/11 (100%) xã"
            beside = COUNTED_TOO.match(self.low, at)
            at = beside.end() if beside else at
        rest = self.forms.counted_rest.match(self.low, at)
        at = rest.end() if rest else at
        named = self.forms.names_then.match(self.figures.passage.text, at)
        if named:
            return named.end()
        listed = self.forms.listed_then.match(self.low, at)
        return listed.end() if listed else at
