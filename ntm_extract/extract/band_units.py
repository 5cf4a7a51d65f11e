"""The units of lists of bands that say "tiêu chí" or "xã" once for all.

"12 xã đạt 19 tiêu chí, 9 xã từ 15 đến 18, 4 xã dưới 10" are three bands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ntm_extract.extract.hedging import relation
from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.reading import Figures
from ntm_extract.facts import CRITERIA, Op
from ntm_extract.knowledge import Knowledge
from ntm_extract.text.folding import lowered

BRACKETS = re.compile(r"\([^()]*\)")
HEADED = re.compile(r":\s")


class Part(NamedTuple):
    """A part of a sentence that may count communes in a band: where its numbers begin, and which units it says."""

    number: int
    least: int
    most: int | None
    ops: tuple[Op, Op]
    begins: int
    communes: bool
    criteria: bool
    headed: bool  # called a group, a level, or one of a list of ranges


def with_units(figures: Figures, knowledge: Knowledge) -> tuple[Mention, ...]:
    """The mentions of a passage, those in lists of bands with the units that the list says elsewhere."""
    around = " ".join((*(lowered(above.text) for above in figures.above[:1]), figures.low))
    if not knowledge.forms.of_criteria.search(around) or " xã" not in figures.low:
        return figures.mentions
    found = {m.number[0]: i for i, m in enumerate(figures.mentions)}
    made = [*figures.mentions]
    for start, end in zip(figures.sentences, (*figures.sentences[1:], len(figures.low)), strict=True):
        bands = [*_bands(figures, start, end, knowledge)]
        if not any(band.criteria or band.headed for band in bands):
            continue
        for band in bands:
            said = band.communes or knowledge.forms.of_communes.search(figures.low, start, band.number)
            if not said or (band.communes and band.criteria):
                continue
            meant: tuple[tuple[int | None, str, Op | None], ...] = (
                (band.number, "xã", None),
                (band.least, "tiêu chí", band.ops[0]),
                (band.most, "tiêu chí", band.ops[1]),
            )
            named = [(found.get(at), unit, op) for at, unit, op in meant if at is not None]
            if all(i is not None and _may_be(made[i], unit) for i, unit, _ in named):
                for i, unit, op in named:
                    if i is not None and made[i].unit != unit:
                        made[i] = _counted(figures, made[i], unit, op, band)
    return tuple(made)


def _may_be(m: Mention, unit: str) -> bool:
    """Whether a number counts this, or has no unit of its own behind it."""
    return m.unit.startswith(unit) or m.end == m.number[1]


def _counted(figures: Figures, m: Mention, unit: str, op: Op | None, band: Part) -> Mention:
    first, last = m.number
    begins = band.begins if first == band.least else min(m.start, first)
    return m._replace(
        role="count",
        value=Decimal(figures.low[first:last]),
        start=begins if op else m.start,
        end=last,
        unit=unit,
        unit_kind="count",
        op=op or m.op,
        before=False,
        reason="",
    )


def _bands(figures: Figures, start: int, end: int, knowledge: Knowledge) -> Iterator[Part]:
    forms = knowledge.forms
    low = BRACKETS.sub(lambda m: " " * len(m.group()), figures.low[start:end])
    cuts = [0, *(m.end() for m in forms.next_band.finditer(low)), len(low)]
    for a, b in pairwise(cuts):
        part = low[a:b].rstrip(" ,;:.")
        begins = (0, *(m.end() for m in HEADED.finditer(part)))
        tried = (
            (m, start + a + at)
            for at in begins
            for form in (forms.communes_then_band, forms.band_then_communes)
            if (m := form.fullmatch(part[at:]))
        )
        if made := next((band for m, at in tried if (band := _band(figures, m, at, knowledge))), None):
            yield made


def _band(figures: Figures, m: re.Match[str], at: int, knowledge: Knowledge) -> Part | None:
    least, most = int(m["least"]), int(m["most"] or CRITERIA)
    if not 0 < least <= most <= CRITERIA or (m["most"] and least == most):
        return None
    first, last = at + m.start("least"), at + (m.end("most") if m["most"] else m.end("least"))
    op, begins, _ = relation(figures.low, first, last, knowledge, scanned=False)
    ahead = m.start("count") < m.start("least")
    gap = figures.low[at + m.start("gap") : begins] if ahead else m["gap"]
    if m["most"]:
        gap = m["gap"].removesuffix("từ ")
        begins = first
    forms = knowledge.forms
    joined = forms.within.fullmatch(gap.rstrip() + " ") if ahead else forms.labelled.fullmatch(gap)
    lead = m.groupdict().get("lead") or ""
    bare = not m["criteria"] and not m["most"] and op == "=" and not forms.all_criteria.search(lead)
    if not joined or bare:
        return None
    ops: tuple[Op, Op] = (">=", "<" if m["below"] else "<=") if m["most"] else (op, op)
    return Part(
        number=at + m.start("count"),
        least=first,
        most=at + m.start("most") if m["most"] else None,
        ops=ops,
        begins=begins,
        communes=bool(m["communes"]),
        criteria=bool(m["criteria"]),
        headed=m["most"] is not None and forms.group.search(lead) is not None,
    )
