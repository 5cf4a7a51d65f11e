"""Criteria of one commune ("xã đạt 12/19 tiêu chí"), and how many a commune has on average."""

from __future__ import annotations

import re
from typing import Any

from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.scene import Claim, Scene
from ntm_extract.facts import CRITERIA
from ntm_extract.text.folding import lowered


class Communes(Scene):
    """Reads the criteria of single communes and their means."""

    def of_commune(self, i: int) -> None:
        """Claim the i-th mention as criteria of one commune, or of communes on average, if it is."""
        m = self.ms[i]
        if self._had_and_has(i, m):
            return
        if m.role == "ratio":
            self._ratio(i, m)
        elif m.role == "count" and m.unit.startswith("tiêu chí"):
            self._count(i, m)

    def _had_and_has(self, i: int, m: Mention) -> bool:
        """As "Xã Nà Sáy: từ 16 tiêu chí lên 19 tiêu chí", "xã mới được 8 tiêu chí, năm 2016 lên 13 tiêu chí"."""
        after = self.next(i)
        last = self.ms[after] if after is not None else None
        if after is None or last is None or not self._of_nineteen(last) or not (m.before or self._of_nineteen(m)):
            return False
        between = self.low[m.end : last.start]
        start = self.figures.sentence(m.start)[0]
        named = self.forms.from_to.search(self.figures.passage.text[start : m.number[0]])
        one = (
            m.unit == "tiêu chí"
            and self.forms.one_commune.search(self.left(i, m))
            and self.forms.later.fullmatch(between)
        )
        if not ((named and self.forms.rises.fullmatch(between)) or one):
            return False
        places = (named.group(1),) if named else self.subject(start, m.start)
        for j, each in ((i, m), (after, last)):
            self._own("unit", j, count=int(each.value), total=CRITERIA if each.den == CRITERIA else None, places=places)
        return True

    @staticmethod
    def _of_nineteen(m: Mention) -> bool:
        whole = m.value == int(m.value) and m.value <= CRITERIA
        return whole and (m.den == CRITERIA if m.role == "ratio" else m.unit == "tiêu chí")

    def _ratio(self, i: int, m: Mention) -> None:
        start = self.figures.sentence(m.start)[0]
        if m.den == CRITERIA and m.unit.startswith("tiêu chí") and self.forms.mean.search(self.low[start : m.start]):
            self._own("average", i, value=m.value)
            return
        if m.den != CRITERIA or m.value > CRITERIA or m.value != int(m.value):
            return
        said = self.figures.passage.text[start : m.start]
        named = self.named_commune(said)
        counted = m.unit.startswith("tiêu chí") or (m.unit == "chỉ tiêu" and self.forms.of_ntm.match(self.low, m.end))
        if not (counted or (not m.unit and self._of_the_set(m, named, said))):
            return
        if self.forms.others.search(self.low[start : m.number[0]]):
            self.taken.add(i)
            return
        if self.forms.still_open.match(self.low, m.end) or self.forms.other_set.match(self.low, m.end):
            return
        several = self.forms.several_have.search(re.split(r"[;:(]", said)[-1])
        places = (named,) if named and not several else self.subject(start, m.start)
        if self.forms.some_communes.search(said.lower()):
            places = self.places(m.end)
        self._own("unit", i, count=int(m.value), total=CRITERIA, places=places)

    def _of_the_set(self, m: Mention, named: str | None, said: str) -> bool:
        """Whether a bare a/19 is of the nineteen criteria: they are spoken of, or a commune is named for it."""
        if "tiêu chí" in self.low:
            return True
        some = self.forms.some_communes.search(said.lower())
        if m.den in self.totals or not (some or self.forms.entry_end.match(self.low, m.end)):
            return False
        told = named or some or self.forms.own_criteria.search(said.lower())
        over = self.over()
        return bool(told) and (bool(named) or not over or any("tiêu chí" in text for text in over))

    def named_commune(self, said: str) -> str | None:
        """The commune that words before its criteria name: "Xã Nà Sáy:", "Nà Sáy (đang", "cao nhất là Nà Sáy"."""
        forms = self.forms
        for form in (forms.commune_lead, forms.most_criteria, forms.bracketed_has, forms.a_commune):
            found = form.search(said)
            name = next(filter(None, found.groupdict().values()), "") if found else ""
            own = found is not None and ("xã" in found.group().lower().split() or " " in name)
            if found and found.groupdict().get("listed") and not re.search(r"(?<!\w)xã(?!\w)", said.lower()):
                continue  # whose criteria these are is not sure: "Huyện Nà Hang đạt 8 tiêu chí, Khe Đá đạt 7 tiêu chí"
            if found and own and not self.knowledge.criterion_pattern.match(lowered(name)):
                district = said[: found.start()].lower().rstrip().endswith(("huyện", "tỉnh", "thị xã", "thành phố"))
                return None if district else re.sub("^[Xx]ã ", "", name)
        return None

    def _count(self, i: int, m: Mention) -> None:
        start = self.figures.sentence(m.start)[0]
        left = self.left(i, m)
        if m.value == CRITERIA and self.forms.the_set.search(left):
            self.taken.add(i)
            return
        if self.forms.changed.search(left) or self.forms.more.search(left):
            return
        whole = m.unit == "tiêu chí" and m.value <= CRITERIA and m.value == int(m.value)
        said = self.figures.passage.text[start : m.start]
        if self.forms.still_open.match(self.low, m.end):
            return
        named = self.named_commune(said)
        listed = self.forms.communes_listed.search(said) or self.forms.several_have.search(re.split(r"[;:(]", said)[-1])
        if (
            whole
            and m.op == "="
            and (
                named
                or listed
                or self.forms.one_commune.search(left)
                or self.forms.raised.search(left)
                or self.forms.extreme.search(left)
            )
        ):
            places = (named,) if named and not listed else self.subject(start, m.start)
            self._own("unit", i, count=int(m.value), places=places, certainty=0.8)
        elif whole and self.each_has(m, left):
            self._own("unit", i, count=int(m.value), certainty=0.8)
        elif whole and self.forms.own_criteria.search(left) and not self._communes_before(i, start):
            self._range("unit", i, "count", certainty=0.8)
        elif m.unit in ("tiêu chí/xã", "tiêu chí/đơn") or (m.unit == "tiêu chí" and self.forms.mean.search(left)):
            self._range("average", i, "value")

    def each_has(self, m: Mention, left: str) -> bool:
        """Whether criteria are the least that each of some communes has, which makes no band of them: "các xã điểm đạt
        tối thiểu 17 tiêu chí"."""
        return m.op in (">=", ">") and self.forms.communes_all.search(left) is not None

    def _communes_before(self, i: int, start: int) -> bool:
        return any(self.is_commune(j) for j in range(i) if self.ms[j].start >= start)

    def _range(self, scope: Any, i: int, field: str, **given: Any) -> None:
        """Claim a mention, and the upper end of the range that it begins ("13 - 13,5 tiêu chí/xã")."""
        m = self.ms[i]
        self._own(scope, i, **given, **{field: m.value if field == "value" else int(m.value)})
        last = self.ms[i + 1] if m.op == ">=" and i + 1 < len(self.ms) else None
        if last is not None and last.op == "<=" and last.unit == m.unit:
            value = last.value if field == "value" else int(last.value)
            self._own(scope, i + 1, **given, span=(m.start, last.end), **{field: value})

    def _own(self, scope: Any, i: int, **given: Any) -> None:
        m = self.ms[i]
        fields: dict[str, Any] = {"span": (m.start, m.end), "op": m.op}
        self.claim(Claim(scope=scope, at=i, uses=(i,), **(fields | given)))
