"""What the columns and rows of a table are: their roles by the words of their heads, units, the tree of rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from ntm_extract.extract.funding import capital_of, source_of
from ntm_extract.facts import Status
from ntm_extract.knowledge import Knowledge, TableRole
from ntm_extract.layout.cells import is_figure
from ntm_extract.layout.numbering import numbered
from ntm_extract.layout.sheets import Sheet
from ntm_extract.model import Cell
from ntm_extract.text import numbers, units
from ntm_extract.text.folding import folded, lowered

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
RATIO = re.compile(r"(\d+)\s?/\s?(\d+)")
OF_COMMUNES = re.compile(r"(?i)\d+ (?:xã|tiêu chí)")
"""A count with its unit in the cell, which makes no name of it."""
NAMED_UNIT = re.compile(r"(?:tổng\s|cộng\s)?số\s(?:lượng\s)?")
"""Before what a column counts: "Tổng số hộ"."""
SIGNED = re.compile(r"([-–+*•]|\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]{1,4}[.)]|[A-HĐa-hđ][.)])\s+(?=\S)")
"""A row's sign that stands before its name."""
BRACKETED = re.compile(r"\(([^()]*)\)\s*$")
NAMING = ("index", "unit", "note", "sign", "time")
"""Roles of columns whose numbers count and measure nothing."""
OFFICE = "don vi"
MET = ("x", "đạt", "có", "×", "+")
UNMET = ("chưa đạt", "không đạt", "không", "chưa", "")


class Column(Struct, frozen=True):
    """A column under its head: `role` as in data/tables.toml, or "source", "mark", ""; its unit as written."""

    col: int
    path: tuple[str, ...]
    role: str
    unit: str = ""
    source: str | None = None
    status: Status | None = None  # where its head tells a plan from a result

    @property
    def name(self) -> str:
        """The lowest head cell."""
        return self.path[-1] if self.path else ""


class Row(Struct, frozen=True):
    """A row of the body: its index sign, its name, whether it is a total, and the row above it in the tree."""

    row: int
    index: str
    label: str
    total: bool
    parent: int | None


def plain(text: str) -> str:
    """Lower case without marks, signs as spaces."""
    return " ".join(re.sub(r"[^\w%/]+", " ", folded(text)).split())


def says(text: str, role: TableRole) -> bool:
    """Whether a head or label names the role."""
    said = plain(text)
    words = [plain(alias) for alias in role.aliases]
    if role.whole:
        return said in words or said.replace(" ", "") in [w.replace(" ", "") for w in words]
    spelt = {folded(word): word for word in re.findall(r"\w+", lowered(text))}
    return any(
        re.search(rf"(?<![\w]){re.escape(w)}(?!\w)", said) and spelt.get(w, w) in (w, lowered(alias))
        for w, alias in zip(words, role.aliases, strict=True)
    )


def role_of(text: str, roles: Iterable[TableRole]) -> str:
    """The first role that a text names, "" where it names none."""
    return next((role.name for role in roles if says(text, role)), "")


def columns(sheet: Sheet, knowledge: Knowledge) -> list[Column]:
    """The columns from left to right."""
    owner = sheet.table.owner()
    found: list[Column] = []
    for col in range(sheet.table.cols):
        path = sheet.path(col)
        body = [owner[r, col].text for r in range(sheet.head, sheet.table.rows) if (r, col) in owner]
        unit = (
            next((m.group(1) for t in reversed(path) if (m := BRACKETED.search(t))), "") or counted(path[-1], knowledge)
            if path
            else ""
        )
        source = next((s for t in reversed(path) if (s := source_of(lowered(t), knowledge))), None)
        role = _role(path, body, knowledge, source)
        found.append(Column(col, path, role, unit, source if role == "source" else None, _status(path, knowledge)))
    if not any(c.role == "label" for c in found):
        texts = [c for c in found if c.role in ("", "count") and _texts(owner, sheet, c.col) > 0.6]
        texts += [c for c in found if c.role == "time"]
        found = [Column(c.col, c.path, "label", c.unit) if texts and c is texts[0] else c for c in found]
    return found


def _role(path: tuple[str, ...], body: list[str], knowledge: Knowledge, source: str | None) -> str:
    filled = [text for text in body if text]
    marks = sum(text.lower() in (*MET, *UNMET) for text in filled)
    figures = sum(is_figure(text) or OF_COMMUNES.fullmatch(text) is not None for text in filled)
    if filled and marks >= 0.6 * len(filled) and any(text.lower() not in ("-",) for text in filled):
        return "mark"
    name = path[-1] if path else ""
    role = role_of(name, knowledge.tables.role)
    if role == "unit" and plain(name) == OFFICE and not _units(filled, knowledge):
        role = "label"
    if role in NAMING:
        return role
    if filled and figures < 0.5 * len(filled):
        return "label" if role in ("label", "plan", "result", "count") and figures < 0.3 * len(filled) else ""
    capital = not role and capital_of(lowered(name), knowledge)
    if (source and role != "rate") or role == "part" or capital:
        return "source"
    if role in ("", "label", "plan"):
        above = next((r for t in reversed(path[:-1]) if (r := role_of(t, knowledge.tables.role))), "")
        total = says(name, next(r for r in knowledge.tables.role if r.name == "total"))
        role = "total" if total else role or (above if above in ("plan", "result", "rate") else "")
    return role if role != "label" else ""


def _units(texts: list[str], knowledge: Knowledge) -> bool:
    """Whether most texts are units and nothing more; "Đơn vị" may head communes ("Xã Nà Sáy") and offices too."""
    read = [units.read(lowered(text), 0, knowledge.units, knowledge.scales) for text in texts]
    alone = [
        one.kind not in ("none", "noun", "stop") and text[one.end : one.end + 1] != " "
        for one, text in zip(read, texts, strict=True)
    ]
    return sum(alone) > len(alone) / 2


def counted(name: str, knowledge: Knowledge) -> str:
    """What a column or row counts by its name: "Số hộ nghèo" hộ nghèo; "" where it names nothing that is counted."""
    low = lowered(name)
    named = NAMED_UNIT.match(low)
    unit = units.read(low, named.end(), knowledge.units, knowledge.scales) if named else None
    return unit.text if unit is not None and unit.kind in ("count", "measure") else ""


def _status(path: tuple[str, ...], knowledge: Knowledge) -> Status | None:
    """Target under a plan's head, achieved under a result's; None under others."""
    total = next(r for r in knowledge.tables.role if r.name == "total")
    told = [r for r in knowledge.tables.role if r.name in ("rate", "plan", "result")]
    for text in reversed(path):
        role = "" if says(text, total) else role_of(text, told)
        if role in ("plan", "result"):
            return "target" if role == "plan" else "achieved"
    return None


def _texts(owner: dict[tuple[int, int], Cell], sheet: Sheet, col: int) -> float:
    said = [owner[r, col].text for r in range(sheet.head, sheet.table.rows) if (r, col) in owner]
    named = (text for text in said if not OF_COMMUNES.fullmatch(text))
    return sum(any(ch.isalpha() for ch in text) for text in named) / max(1, len(said))


def rows(sheet: Sheet, cols: list[Column], knowledge: Knowledge) -> list[Row]:
    """The rows of the body with their places in the tree: by the signs of the index column, under a grand total."""
    owner = sheet.table.owner()
    index = next((c.col for c in cols if c.role == "index"), None)
    label = next((c.col for c in cols if c.role == "label"), None)
    total_role = next(r for r in knowledge.tables.row if r.name == "total")
    said = [(row, *_sign_and_name(owner, row, index, label)) for row in range(sheet.head, sheet.table.rows)]
    totals = {row for row, sign, _, name in said if not sign.isdigit() and says_total(name, total_role)}
    grand = min(totals, default=None)
    inner = [one for one in said if one[0] not in totals]
    amounts = _amounts(sheet, cols)
    placed = numbered(
        [sign for _, sign, _, _ in inner],
        [ink for _, _, ink, _ in inner],
        {i: amounts[row] for i, (row, *_) in enumerate(inner) if row in amounts},
        amounts.get(grand) if grand is not None else None,
    )
    found = [
        Row(row, sign, name, True, None if row == grand else grand) for row, sign, _, name in said if row in totals
    ]
    for (row, sign, _, name), one in zip(inner, placed, strict=True):
        parent = inner[one.parent][0] if one.parent is not None else grand
        found.append(Row(row, one.sign.text if one.sign else sign, name, False, parent))
    return sorted(found, key=lambda r: r.row)


def _sign_and_name(
    owner: dict[tuple[int, int], Cell], row: int, index: int | None, label: int | None
) -> tuple[str, bool, str]:
    """A row's sign as read, whether its cell bears ink, and the row's name."""
    cell = owner.get((row, index)) if index is not None else None
    sign = cell.text.strip(" .)") if cell is not None else ""
    name = owner[row, label].text if label is not None and (row, label) in owner else ""
    if not name and any(ch.isalpha() for ch in sign) and len(sign) > 3:
        return "", False, sign  # "Tổng cộng" set over index and name
    if cell is not None and label is not None and cell is owner.get((row, label)):
        return "", False, name
    if not sign and (signed := SIGNED.match(name)):
        return signed.group(1).strip(" .)"), True, name[signed.end() :]
    return sign, bool(sign) or (cell is not None and cell.confidence < 1), name


def _amounts(sheet: Sheet, cols: list[Column]) -> dict[int, Decimal]:
    """What the rows sum up to: the figures of the first column of totals."""
    owner = sheet.table.owner()
    total = next((c.col for c in cols if c.role == "total"), None)
    texts = {r: owner[r, total].text for r in range(sheet.head, sheet.table.rows) if total and (r, total) in owner}
    return {row: number for row, text in texts.items() if (number := value(text, texts.values())) is not None}


def says_total(name: str, role: TableRole) -> bool:
    """Whether a row's name says that it is the sum of the others: the words of the role and little else."""
    said = re.sub(r"\s*\(.*?\)\s*", " ", plain(name)).strip()
    return any(said == w or (said.startswith(w + " ") and len(said.split()) <= len(w.split()) + 2 and len(w) > 4)
               for w in map(plain, role.aliases))  # fmt: skip


def value(text: str, peers: Iterable[str] = (), *, share: bool = False) -> Decimal | None:
    """The number in a cell; the other cells of its column tell whether a comma parts thousands."""
    if not FIGURE.fullmatch(text):
        return None
    marks = Counter(m for peer in peers for m in re.findall(r"(?<=\d)([.,])(?=\d{3}(?!\d))", peer))
    decimals = any(re.search(r",\d{1,2}$", peer) for peer in peers)
    whole = not share and not decimals and bool(marks)
    return numbers.read(text, whole=whole, share=share)
