"""Criteria out of a table of marks: criteria in rows and communes in columns, or the other way round."""

from __future__ import annotations

import re

from msgspec import Struct

from ntm_extract.extract.table_heads import MET, RATIO, UNMET, plain, says
from ntm_extract.extract.table_view import View
from ntm_extract.facts import CRITERIA, Criteria
from ntm_extract.knowledge import Knowledge

LEAST = 5  # criteria that a table names before it is one of criteria


class _Count(Struct, frozen=True):
    count: int
    total: int | None
    row: int
    col: int


def criteria(view: View) -> list[Criteria]:
    """Rows of scope `criterion`, with the communes that bear a mark, and of scope `unit`, where sums are printed."""
    marks = [c.col for c in view.cols if c.role == "mark" or _marked(view, c.col)]
    if len(marks) < 2:
        return []
    named = {r.row: n for r in view.rows if (n := number_of(r.label, r.index, view.knowledge))}
    over = {col: n for col in marks if (n := number_of(view.sheet.path(col)[-1:], "", view.knowledge))}
    if len(set(over.values())) >= LEAST and len(set(over.values())) > len(set(named.values())):
        return _communes_in_rows(view, over)
    return _criteria_in_rows(view, marks, named) if len(set(named.values())) >= LEAST else []


def _marked(view: View, col: int) -> bool:
    """Whether a column under a criterion's number or name holds nothing but marks, few as they are, over its sum."""
    body = [view.text(row.row, col).lower() for row in view.rows[:-1]]
    return all(text in (*MET, *UNMET) for text in body) and bool(
        number_of(view.sheet.path(col)[-1:], "", view.knowledge)
    )


def number_of(said: str | tuple[str, ...], index: str, knowledge: Knowledge) -> int | None:
    """The criterion that a label or head names, by its name or by its number alone."""
    text = said if isinstance(said, str) else " ".join(said)
    bare = plain(re.sub(r"^\W*(?:tiêu chí(?: số)?|TC)?\s*\d{0,2}\s*[.:)-]?\s*", "", text, flags=re.IGNORECASE))
    for criterion in knowledge.criteria:
        if bare and bare.replace(" ", "") in (plain(p).replace(" ", "") for p in criterion.phrases):
            return criterion.number
    m = re.fullmatch(r"\W*(?:tiêu chí|tc)?\s*(?:số)?\s*(\d{1,2})\W*", text.lower())
    number = int(m.group(1)) if m else 0
    if not number and index.isdigit() and text:
        longer = [c for c in knowledge.criteria if c.number == int(index) and _alike(bare, c.phrases)]
        return longer[0].number if longer else None
    return number if 1 <= number <= CRITERIA else None


def _alike(bare: str, phrases: tuple[str, ...]) -> bool:
    """Whether a label shares most words with a name: misread, or longer than we know it."""
    words = set(bare.split())
    return any(len(words & set(plain(p).split())) >= 0.6 * len(set(plain(p).split())) for p in phrases)


def _met(view: View, row: int, col: int) -> bool:
    return view.text(row, col).lower() in MET


def _failing(view: View, cells: list[tuple[int, int, str]], met: int, printed: _Count | None) -> tuple[str, ...]:
    """Names whose cell (row, column, name) bears no mark, if as many do as are printed; else those said to fail."""
    sure = printed is not None and printed.count == met
    return tuple(
        name
        for row, col, name in cells
        if not _met(view, row, col) and (sure or view.text(row, col).lower() in UNMET[:-1])
    )


def _printed(view: View, row: int, col: int) -> _Count | None:
    text = view.text(row, col)
    if m := RATIO.fullmatch(text):
        return _Count(int(m.group(1)), int(m.group(2)), row, col)
    return _Count(int(text), None, row, col) if re.fullmatch(r"\d{1,3}", text) else None


def _criteria_in_rows(view: View, marks: list[int], named: dict[int, int]) -> list[Criteria]:
    counts = [c.col for c in view.with_role("count", "total", "result", "") if c.col > max(marks)]
    labels = {r.row: r.label for r in view.rows}
    found = []
    for row, number in named.items():
        met = [col for col in marks if _met(view, row, col)]
        said = next((c for col in counts if (c := _printed(view, row, col))), None)
        place = next(iter(c.col for c in view.cols if c.role == "label"), 0)
        count = said or _Count(len(met), len(marks), row, place)
        cells = [(row, col, view.sheet.path(col)[-1]) for col in marks if view.sheet.path(col)]
        names = tuple(name for _, col, name in cells if col in met)
        fails = _failing(view, cells, len(met), said)
        found.append(_criterion(view, number, count, labels[row], places=names, failing=fails))
    for closing in (r for r in view.rows if r.row not in named):
        if _is(view, "criteria", closing.label) or closing.total:
            found += [
                _unit(view, view.sheet.path(col)[-1], sum_)
                for col in marks
                if (sum_ := _printed(view, closing.row, col)) and view.sheet.path(col)
            ]
    return found


def _communes_in_rows(view: View, over: dict[int, int]) -> list[Criteria]:
    sums = [c.col for c in view.with_role("total", "count", "result", "") if c.col > max(over)]
    communes, closing = [], None
    for r in view.rows:
        if r.total or _is(view, "communes", r.label) or (not r.index and r is view.rows[-1]):
            closing = r
        elif r.label:
            communes.append(r)
    found = [
        _unit(view, r.label, count)
        for r in communes
        if (count := next((c for col in sums if (c := _printed(view, r.row, col))), None))
    ]
    for col, number in over.items():
        met = tuple(r.label for r in communes if _met(view, r.row, col))
        said = _printed(view, closing.row, col) if closing is not None else None
        count = said or _Count(len(met), len(communes), view.sheet.head - 1, col)
        fails = _failing(view, [(r.row, col, r.label) for r in communes], len(met), said)
        found.append(_criterion(view, number, count, f"Tiêu chí {number}", places=met, failing=fails))
    return found


def _is(view: View, name: str, label: str) -> bool:
    return any(says(label, role) for role in view.knowledge.tables.row if role.name == name)


def _criterion(
    view: View, number: int, count: _Count, label: str, *, places: tuple[str, ...], failing: tuple[str, ...]
) -> Criteria:
    return Criteria(
        evidence=view.evidence(count.row, count.col, label, "table criterion"),
        scope="criterion",
        criterion=number,
        criteria_set=view.criteria_set,
        count=count.count,
        total=count.total,
        unit="xã",
        status=view.status,
        places=places,
        failing=failing,
    )


def _unit(view: View, name: str, count: _Count) -> Criteria:
    return Criteria(
        evidence=view.evidence(count.row, count.col, name, "table unit"),
        scope="unit",
        criteria_set=view.criteria_set,
        count=count.count,
        total=count.total,
        status=view.status,
        places=(name,),
    )
