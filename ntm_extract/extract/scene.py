"""A passage as the readers of criteria see it: its mentions, those already taken, and what stands around them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Literal

from msgspec import Struct

from ntm_extract.extract.band_units import with_units
from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.neighbours import ranged
from ntm_extract.extract.reading import Figures
from ntm_extract.facts import Op
from ntm_extract.knowledge import Knowledge
from ntm_extract.text.folding import lowered
from ntm_extract.text.forms import A_NAME, NAME

SHARE = 4  # the largest denominator of a plain fraction
Scope = Literal["criterion", "band", "unit", "average", "standard"]

ABBREVIATION = re.compile(r"[A-ZĐ]{2,6}")
"""In brackets behind a count, but no place: "nông thôn mới (NTM)"."""


class Claim(Struct, frozen=True, kw_only=True):
    """One row of criteria and the mentions that it takes from the other tables."""

    scope: Scope
    at: int  # index of the mention whose number is the fact's, -1 where the count is in words
    span: tuple[int, int]
    uses: tuple[int, ...] = ()
    number: tuple[int, int] | None = None
    criterion: int | None = None
    level: str | None = None
    increment: bool = False
    op: Op = "="
    count: int | None = None
    total: int | None = None
    unit: str | None = None
    band: tuple[int | None, int | None] = (None, None)
    value: Decimal | None = None
    places: tuple[str, ...] = ()
    certainty: float = 0.9


class Scene:
    """Mentions of one passage, the claims found in it, and the mentions that these use."""

    def __init__(
        self, figures: Figures, knowledge: Knowledge, totals: frozenset[Decimal] = frozenset(), before: str = ""
    ) -> None:
        self.figures, self.knowledge, self.forms = figures, knowledge, knowledge.forms
        self.low = figures.low
        self.ms = tuple(self._named_before(m) for m in with_units(figures, knowledge))
        self.totals = totals  # of communes, as the document counts them
        self.before = before  # the passage before, lowered
        self.taken: set[int] = set()
        self.unclear: set[int] = set()  # counts of criteria that can't be told from each other
        self.found: list[Claim] = []
        self.banded = False  # a band was read: the next may leave "số xã đạt" out

    def _named_before(self, m: Mention) -> Mention:
        """A bare a/b in brackets with the unit that stands before them: "75% xã (9/12) đạt"."""
        if m.role != "ratio" or m.unit or not self.low.startswith(")", m.end):
            return m
        whole = self.forms.whole_in_brackets.search(self.low[: m.start])
        return m._replace(unit=whole["unit"], unit_kind="count") if whole and whole["unit"] else m

    def claim(self, claim: Claim) -> None:
        """Keep a claim and take its mentions."""
        self.found.append(claim)
        self.taken.update(claim.uses)

    def counted(self, scope: Scope, i: int, end: int, **given: Any) -> Claim:
        """The claim that the i-th mention counts communes; the words that say so end at `end`."""
        m = self.ms[i]
        fields: dict[str, Any] = {
            "at": i,
            "span": (m.start, end),
            "uses": (i,),
            "count": int(m.value),
            "total": whole(m.den),
            "unit": counted_unit(m),
            "op": m.op,
            "places": self.places(end) or self._straight_behind(m.end),
            "certainty": 0.93,
        }
        return Claim(scope=scope, **(fields | given))

    def is_commune(self, i: int) -> bool:
        """Whether a mention counts communes, districts, villages."""
        m = self.ms[i]
        if m.den is not None and m.den <= SHARE and self.forms.of_all.match(self.low, m.number[1]):
            return False  # "2/3 số xã" is a share
        return (
            m.role in ("count", "ratio")
            and m.unit.split(",")[0] in self.knowledge.counting.local
            and m.value == int(m.value)
        )

    def previous(self, i: int) -> int | None:
        """The figure before, shares in brackets passed over."""
        return next(
            (
                j
                for j in range(i - 1, -1, -1)
                if self.ms[j].role not in ("none", "percent")
                or (self.ms[j].role == "percent" and not self.bracketed(j))
            ),
            None,
        )

    def left(self, i: int, m: Mention) -> str:
        """The words of the sentence before a count; before its range, where it is the upper end of one."""
        lower = self.lower_end(i)
        return self.low[self.figures.sentence(m.start)[0] : m.start if lower is None else self.ms[lower].start]

    def lower_end(self, i: int) -> int | None:
        """The lower end of the range whose upper end the i-th mention is, where nothing has taken it."""
        before = self.previous(i)
        if before is None or before in self.taken or not ranged(self.ms[before], self.ms[i]):
            return None
        return before

    def over(self) -> list[str]:
        """The list heads and headings over the passage, the nearest first."""
        above = [above.text for above in self.figures.above[:2]]
        return [lowered(text) for text in (*above, *reversed(self.figures.passage.section[-2:]))]

    def bracketed(self, j: int) -> bool:
        """Whether a percentage only adds a share in brackets."""
        m = self.ms[j]
        left = self.low[max(0, m.start - 20) : m.start]
        return bool(re.search(r"\([^)]*$|chiếm\s(?:tỷ lệ\s)?$", left))

    def next(self, i: int) -> int | None:
        """The figure after."""
        return next((j for j in range(i + 1, len(self.ms)) if self.ms[j].role != "none"), None)

    def subject(self, start: int, end: int) -> tuple[str, ...]:
        """The commune whose criteria are counted: a name at the head of the clause ("năm 2014, Phù Chẩn đạt …")."""
        said = self.figures.passage.text[start:end]
        for form in (self.forms.communes_listed, self.forms.several_have):
            if listed := form.search(re.split(r"[;:(]", said)[-1]):
                return tuple(A_NAME.findall(listed["names"]))
        clause = re.split(r"[,;:]", said)[-1]
        if bracketed := re.search(r"(" + NAME + r")\s\($", clause):
            return (bracketed.group(1),)
        if told := self.forms.commune_of.search(said):
            return (told["name"],)
        if bare := self.forms.only_name.fullmatch(clause):
            return (bare["name"],)
        before = re.split(r"[;:.]", said)[-1]  # "Khánh Sơn (huyện Nậm Sen) tăng 4 tiêu chí, đạt 16/19 tiêu chí"
        clauses = (clause, re.sub(r"\s\([^()]*\)", "", before)) if self.forms.risen.search(before) else (clause,)
        return next((named for one in clauses if (named := self._subject_of(one))), ())

    def _subject_of(self, clause: str) -> tuple[str, ...]:
        verbs = [*self.forms.reaches.finditer(clause)]
        return next((named for verb in reversed(verbs) if (named := self._named(clause[: verb.start()]))), ())

    @staticmethod
    def _named(said: str) -> tuple[str, ...]:
        """The commune, or two, that some words end with."""
        pair = re.search(rf"\s(?:là|xã)\s({NAME}) và ({NAME})\s*$", said)
        if pair:
            return pair.group(1), pair.group(2)
        name = re.search(r"(?:^|\s)(?:[Xx]ã\s)?(" + NAME + r")\s*$", said)
        return (
            (name.group(1),) if name and not re.match(r"(?:Xã|Toàn|Đến|Năm|Huyện|Tỉnh|Hiện|Đã)$", name.group(1)) else ()
        )

    def _straight_behind(self, at: int) -> tuple[str, ...]:
        """Names in brackets, or as they are, right behind a count: "02 xã Nà Sáy và Mường Khong về đích"."""
        text = self._without_notes()
        if named := self.forms.names_then.match(text, at):
            return tuple(A_NAME.findall(named.group()))
        if listed := self.forms.listed_then.match(self.low, at):
            return tuple(A_NAME.findall(self.forms.other_kind.split(text[slice(*listed.span("names"))])[0]))
        return self.places(at) if self.low.startswith(" (", at) else ()

    def _without_notes(self) -> str:
        """The text with blanks for what is noted behind names: "Tà Lài (9/19 tiêu chí)", "Tà Lài (huyện Nà Hang)"."""
        return self.forms.noted.sub(lambda m: m["name"].ljust(len(m[0])), self.figures.passage.text)

    def places(self, end: int) -> tuple[str, ...]:
        """Names listed after the count: in brackets ("gồm các xã: A, B") or after "gồm", "là"."""
        text, low = self._without_notes(), self.low
        share = re.compile(r"\s\([\d.,]+\s?%\)(?=\s?(?:là|gồm|:)\s)").match(low, end)
        end = share.end() if share else end
        lead = re.compile(
            r"(?:[^.;:(\d]|(?:năm|đoạn)\s\d{4}(?:\s?-\s?\d{4})?){0,60}?(?:\((?:(?:gồm|là|gồm có|bao gồm)?\s?:?\s?"
            r"(?:các xã|xã)?\s?:?\s?)|"
            r"(?:,\s|:\s|\s)(?:gồm có|bao gồm|gồm|đó là|là)(?:\s(?:các )?xã)?:?\s)"
        ).match(low, end)
        if not lead:
            return ()
        stop = re.compile(r"[().]|;(?!\s[A-ZĐÀ-Ỹ])|$").search(text, lead.end())
        said = text[lead.end() : stop.start() if stop else len(text)]
        names = [
            re.sub(r"^(?:xã|các xã|thị trấn|huyện|thị xã|thành phố|phường|thôn|bản)\s", "", part.strip(" ….*"))
            for part in re.split(r"[,;]|\svà\s", said)
            if part.strip()
        ]
        while names and not A_NAME.fullmatch(names[-1]):
            names.pop()  # the sentence goes on behind the list
        proper = [name for name in names if A_NAME.fullmatch(name) and not ABBREVIATION.fullmatch(name)]
        return tuple(proper) if names and len(proper) >= 0.7 * len(names) else ()


def whole(value: Decimal | None) -> int | None:
    """A number as an integer, None where it is none."""
    return int(value) if value is not None and value == int(value) else None


def counted_unit(m: Mention) -> str:
    """What a mention counts; communes where it says nothing."""
    return m.unit or "xã"
