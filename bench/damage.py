"""True documents, text and annex tables, as the checks see them; and the damage test over their numbers.

The damage test makes one change in one number of a true document, as a recogniser would, reads the whole document
again and looks at the checks.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from bench.tools import ROOT, SHARED, table
from ntm_extract.checks import Judged, check
from ntm_extract.checks.readings import ALIKE, value
from ntm_extract.checks.view import View, printed
from ntm_extract.edges.data import load_knowledge, load_limits
from ntm_extract.edges.textfile import split
from ntm_extract.extract import EXTRACTORS
from ntm_extract.extract.registry import run
from ntm_extract.extract.tables import with_tables
from ntm_extract.facts import Criteria, Extraction, Percentage
from ntm_extract.layout.passages import outline
from ntm_extract.model import Box, Cell, Document, Page, Table
from training.samples_source import Block, read_source
from training.typeset_document import cell_spans

COMPOSED = ROOT / "build/composed"
CHANGES = 1000
SEED = 20
READERS = tuple(
    one for one in EXTRACTORS if one.table in ("criteria", "percentages", "budgets", "quantities", "uncounted")
)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
OVER = ("centre", "centre-italic", "right")
knowledge = cache(load_knowledge)


class Original(NamedTuple):
    """A true document: its running text and its annex tables."""

    text: str
    tables: tuple[Table, ...] = ()

    def damaged(self, spot: Spot, figure: str) -> Original:
        """The document with another figure at a spot."""
        if spot.cell is None:
            return self._replace(text=self.text[: spot.start] + figure + self.text[spot.start + len(spot.text) :])
        number, at = spot.cell
        old = self.tables[number].cells[at]
        said = old.text[: spot.start] + figure + old.text[spot.start + len(spot.text) :]
        cells = list(self.tables[number].cells)
        cells[at] = replace(old, text=said, recognised=said)
        tables = list(self.tables)
        tables[number] = replace(self.tables[number], cells=tuple(cells))
        return self._replace(tables=tuple(tables))


class Spot(NamedTuple):
    """A number that an exact check covers: fact and field; where it is printed, in the text or in a cell of a table."""

    fact_id: str
    field: str
    text: str
    start: int
    cell: tuple[int, int] | None = None  # index of the table, index of the cell


def originals(folder: Path, sources: Path | None = None) -> dict[str, Original]:
    """The true documents of a folder of texts; their tables from sources of the same names, if there are any."""
    found = {}
    for path in sorted(folder.glob("*.txt")):
        source = sources / f"{path.stem}.md" if sources else None
        tables = tuple(tables_of(read_source(source).blocks)) if source and source.exists() else ()
        text = "\n".join(line for line in path.read_text(encoding="utf-8").split("\n") if "\t" not in line)
        found[path.stem] = Original(text, tables)
    return found


def tables_of(blocks: Iterable[Block]) -> Iterable[Table]:
    """The annex tables of a source."""
    over: list[str] = []
    for block in blocks:
        if block.kind == "table":
            cells = tuple(
                Cell(row=r, col=c, row_span=rows, col_span=cols, page=1, text=text, recognised=text)
                for r, c, rows, cols, text in cell_spans(block.cells)
            )
            size = {"rows": len(block.cells), "cols": len(block.cells[0])}
            yield Table(cells=cells, box=Box(0, 1, 1, 2), caption=tuple(over), **size)
        over = [*over, block.text] if block.kind in OVER else []


def read(original: Original) -> tuple[Extraction, Judged]:
    """Facts and checks of a true document, by the rules alone."""
    pages = split(original.text)
    annexes = tuple(
        Page(number=n, lines=(), tables=(replace(one, cells=tuple(replace(c, page=n) for c in one.cells)),))
        for n, one in enumerate(original.tables, len(pages) + 1)
    )
    document = outline(Document(doc_id="0" * 16, source="a.txt", media="text", pages=(*pages, *annexes)))
    found, problems = run(READERS, document, knowledge())
    if problems:
        raise RuntimeError(problems[0].error)
    found = with_tables(found, document, knowledge())
    return found, check(found, load_limits())


def false_alarms() -> str:
    rows = []
    sets = {
        "composed reports": originals(COMPOSED, COMPOSED),
        "samples": originals(ROOT / "samples/truth", ROOT / "samples/source"),
        "short own texts": originals(ROOT / "tests/texts"),
    }
    if SHARED.exists():
        sets["two real documents"] = originals(SHARED / "gold/true")
        sets["real and composed texts"] = originals(SHARED / "texts/in")
    for name, documents in sets.items():
        n: Counter[str] = Counter()
        for original in documents.values():
            found, judged = read(original)
            flagged = {i for one in judged.checks for i in one.fact_ids}
            exact = {t[:2] for r in judged.relations if r.exact for t in r.terms}
            some = {t[:2] for r in judged.relations for t in r.terms}
            places = [(fact.fact_id, field) for fact, field, _ in View(found).numbers()]
            n["facts"] += len(found.facts)
            n["cells"] += sum(fact.evidence.cell is not None for fact in found.facts)
            n["flagged"] += len(flagged)
            n["failed"] += len(judged.checks)
            n["numbers"] += len(places)
            n["exact"] += sum(place in exact for place in places)
            n["some"] += sum(place in some for place in places)
        rows.append(
            [
                name, n["facts"], n["cells"], n["failed"], n["flagged"], f"{_percent(n['flagged'], n['facts']):.2f}",
                n["numbers"], f"{_percent(n['exact'], n['numbers']):.1f}",
                f"{100 - _percent(n['some'], n['numbers']):.1f}",
            ]
        )  # fmt: skip
    columns = ["true text of", "facts", "of tables", "checks failed", "facts flagged", "%",
               "numbers", "in an exact check %", "in none %"]  # fmt: skip
    return (
        "\n## Undamaged documents\n\nTrue text and true cells read by the rules. In the composed reports every flag "
        "is a false one; samples and real documents also hold errors of their authors, so that theirs is a ceiling.\n\n"
        + table(columns, rows)
    )


def _percent(part: int, whole: int) -> float:
    return 100 * part / max(1, whole)


def spots(original: Original, found: Extraction, judged: Judged) -> list[Spot]:
    """Numbers that an exact relation holds and whose place in the document is known."""
    exact = {t[:2] for r in judged.relations if r.exact and r.test(r.values) is None for t in r.terms}
    starts = [0]
    for line in original.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    chosen: dict[tuple[object, ...], Spot] = {}
    facts = {fact.fact_id: fact for fact in found.facts}
    for fact_id, field in sorted(exact):
        fact = facts[fact_id]
        figure, place = printed(fact, field).text, fact.evidence.cell
        if place is not None:
            spot = _in_cell(original, Spot(fact_id, field, figure, 0), place)
        else:
            line = fact.evidence.line or 1
            low, high = starts[max(0, line - 2)], starts[min(len(starts) - 1, line + 1)]
            near = [m.start() for m in NUMBER.finditer(original.text, low, high) if m[0] == figure]
            spot = Spot(fact_id, field, figure, near[0]) if len(near) == 1 else None
        if spot is not None:
            chosen.setdefault((spot.cell, spot.start), spot)
    return list(chosen.values())


def _in_cell(original: Original, spot: Spot, place: tuple[int, int, int]) -> Spot | None:
    """The spot, if its own cell or another of its row (a plan, a result) holds its figure once."""
    number, row, col = place[0] - 1, *place[1:]
    cells = original.tables[number].cells
    own = [i for i, c in enumerate(cells) if (c.row, c.col) == (row, col) and _holds(c, spot.text)]
    others = [i for i, c in enumerate(cells) if c.row == row and c.col != 0 and c.text == spot.text]
    at = own or others
    if len(at) != 1:
        return None
    return spot._replace(start=_start(cells[at[0]].text, spot.text), cell=(number, at[0]))


def _holds(cell: Cell, figure: str) -> bool:
    return sum(m[0] == figure for m in NUMBER.finditer(cell.text)) == 1


def _start(text: str, figure: str) -> int:
    return next(m.start() for m in NUMBER.finditer(text) if m[0] == figure)


def changed(text: str, rng: random.Random) -> str:
    """One change as recognisers make it: a digit for one that looks like it, a sign, a lost or a doubled digit."""
    digits = [i for i, sign in enumerate(text) if sign.isdigit()]
    signs = [i for i, sign in enumerate(text) if not sign.isdigit()]
    i = rng.choice(digits)
    kind = rng.random()
    if kind < 0.1 and signs:
        i = rng.choice(signs)
        return text[:i] + (",." if text[i] == "." else ".,")[0] + text[i + 1 :]
    if kind < 0.2 and len(digits) > 1:
        return text[:i] + text[i + 1 :]
    if kind < 0.3:
        return text[: i + 1] + text[i:]
    return text[:i] + rng.choice(ALIKE[text[i]]) + text[i + 1 :]


def damage() -> str:
    rng = random.Random(SEED)
    documents = originals(COMPOSED, COMPOSED) | originals(ROOT / "samples/truth", ROOT / "samples/source")
    known = {stem: read(original) for stem, original in documents.items()}
    every = [(stem, spot) for stem, one in known.items() for spot in spots(documents[stem], *one)]
    done: Counter[tuple[str, bool]] = Counter()
    by_check: Counter[str] = Counter()
    while done["made", False] + done["made", True] < CHANGES:
        stem, spot = rng.choice(every)
        new = changed(spot.text, rng)
        if new == spot.text or not _moves(known[stem], spot, new):
            continue
        found, judged = read(documents[stem].damaged(spot, new))
        if _same(known[stem][0], found, spot):
            continue  # the reader set it right, as a comma among points of a column
        before = {one.check_id("") for one in known[stem][1].checks}
        fresh = [one for one in judged.checks if one.check_id("") not in before]
        offers = [[p.reading == spot.text and p.printed == new for p in one.proposals] for one in fresh]
        in_cell = spot.cell is not None
        done["made", in_cell] += 1
        done["flagged", in_cell] += bool(fresh)
        done["proposed", in_cell] += any(any(one) for one in offers)
        done["first", in_cell] += any(one[:1] == [True] for one in offers)
        by_check.update({one.check for one in fresh})
    rows = []
    for name, sides in (("text", (False,)), ("annex tables", (True,)), ("all", (False, True))):
        n = {what: sum(done[what, side] for side in sides) for what in ("made", "flagged", "proposed", "first")}
        shares = (f"{_percent(n[what], n['made']):.1f}" for what in ("flagged", "proposed", "first"))
        rows.append([name, n["made"], *shares])
    caught = ", ".join(f"{name} {n}" for name, n in by_check.most_common(8))
    return (
        f"\n## Damage test\n\nOne change as a recogniser makes it in one number, {CHANGES} times (seed {SEED}), over "
        f"the {len(every)} numbers of composed reports and samples that an exact check covers (sum, ratio, count of "
        "names; not a mere bound), where the change moves the result beyond its rounding; the whole document is read "
        "again.\n\n"
        + table(["numbers of", "changes", "flagged %", "true reading among the first three %", "the first %"], rows)
        + f"\nCaught by: {caught}.\n"
    )


def _same(before: Extraction, after: Extraction, spot: Spot) -> bool:
    """Whether the number was read as if it had not been changed."""
    values = [
        getattr(fact, spot.field) for one in (before, after) for fact in one.facts if fact.fact_id == spot.fact_id
    ]
    return len(values) == 2 and values[0] == values[1]


def _moves(known: tuple[Extraction, Judged], spot: Spot, new: str) -> bool:
    """Whether an exact relation no longer holds with the changed number."""
    found, judged = known
    fact = next(f for f in found.facts if f.fact_id == spot.fact_id)
    share, whole = isinstance(fact, Percentage) and spot.field == "value", isinstance(fact, Criteria)
    moved = value(new, printed(fact, spot.field).scale, share=share, whole=whole and spot.field != "value")
    if moved is None:
        return False
    place = (spot.fact_id, spot.field)
    return any(
        r.exact and r.test(tuple(moved if t[:2] == place else t.value for t in r.terms)) is not None
        for r in judged.relations
        if any(t[:2] == place for t in r.terms) and r.test(r.values) is None
    )
