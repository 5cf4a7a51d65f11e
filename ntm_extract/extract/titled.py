"""Counts under the name of a criterion: "3. Thủy lợi: 20/23 xã", "- Y tế: trước đây 91 xã đạt, nay chỉ 48/98 xã"."""

from __future__ import annotations

import re
from typing import NamedTuple

from ntm_extract.extract import naming
from ntm_extract.extract.entries import Entries
from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.neighbours import ranged
from ntm_extract.facts import CRITERIA


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
                if after is not None and ranged(m, after):
                    lower = m
                    continue  # claimed with the upper end of its range
                begins = lower.start if lower and ranged(lower, m) else m.start
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

    def listed_behind(self, i: int, m: Mention, left: str) -> bool:
        """As "Hoàn thành ở tất cả các xã (14/14 xã): tiêu chí điện, tiêu chí y tế": their criteria stand behind."""
        said = self.forms.listed_behind.match(self.low, m.end)
        if said is None:
            return False
        clause = re.split(r"[;:.]\s", left)[-1]
        listing = any(map(self.forms.by_criterion.search, (clause, *self.over())))
        met = said["met"] or (self.forms.list_leads.search(clause) and not self.forms.unmet_list.search(clause))
        if not met or not (said["said"] or listing):
            return False
        named, end = naming.listed(self.low, said.end(), self.knowledge)
        if not named or any(self.forms.own_entry.match(self.low, stop) for _, (_, stop) in named):
            return False
        self.criteria(i, named, end, bool(self.forms.more.search(left)))
        return True

    def ranked(self, left: str) -> naming.Named:
        """The criterion that a count is of by its rank: "kế đó là y tế, có 3/9 xã"."""
        if not self.criteria_spoken_of():
            return ()
        for name in reversed([*self.knowledge.criterion_pattern.finditer(left)]):
            before = left[: name.start()]
            told = self.forms.ranked.search(before) and not self.forms.unmet_list.search(before)
            if (told and self.forms.ranked_count.fullmatch(left, name.end())) or (
                self.forms.name_left.search(before) and self.forms.is_criterion.fullmatch(left, name.end())
            ):
                return ((self.knowledge.criterion_of[name.group()], (0, 0)),)
        return ()

    def _goes_on(self, m: Mention, left: str, *, first: bool) -> bool:
        more = self.forms.more.search(left)
        leads = self.forms.first_count if first else self.forms.next_count
        light = leads.fullmatch(self.forms.more.sub("", left) + (" " if more else ""))
        named = self.figures.passage.text[m.end : m.end + 2].strip()[:1].isupper()
        ends = self.forms.count_ends.match(self.low, m.end) or (named and more)
        return bool(light and ends)

    def _counts_communes(self, i: int, m: Mention) -> bool:
        bare = m.role in ("ratio", "count") and not m.unit and m.value == int(m.value)
        return (self.is_commune(i) and m.unit.startswith("xã")) or (bare and self._of_communes(i, "", []))

    def _titles(self) -> list[Title]:
        """The titles of the passage that are sure to be criteria: by their own number, or by the head over them."""
        found: list[Title] = []
        listed = any(self.forms.by_criterion.search(text) for text in self.over())
        heads = [*self.forms.title.finditer(self.low)]
        for n, head in enumerate(heads):
            said = head["said"]
            number = naming.of_title(said, self.knowledge)
            own = (
                "tiêu chí" in said
                or self.forms.numbered.search(said)
                or (head["place"] and int(head["place"]) == number)
            )
            numbered = self.forms.title_numbers.finditer(self.low, *head.span("said")) if found or own else ()
            several = tuple((int(m[1]), m.span(1)) for m in numbered if 1 <= int(m[1]) <= CRITERIA)
            criteria = several or (((number, head.span("said")),) if number else ())
            if criteria and (own or listed or several):
                end = heads[n + 1].start() if n + 1 < len(heads) else len(self.low)
                found.append(Title(criteria, head.end(), end))
        return found
