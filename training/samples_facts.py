"""The facts of a sample, as rows with page and line.

In a source, under the paragraph that states it:

    @ criteria criterion=2 count=2 total=9 unit=xã places="Pác Lìn;Cốc Sâm" | 2/9 xã đạt tiêu chí Giao thông

The fields are those of the output tables; those not named take the defaults below, and the scope of a criteria row
follows from the fields that it has. Money may be written `amount_vnd=4.1e9`. `alt.field=value` adds another reading
that is right too. `words=yes` says that the figure is written in words (or is a zero said as "không còn").
The quote is a stretch of the paragraph as printed; the row's line is the one on which the quote's number stands.
Rows of tables are read off the cells (`_GRIDS`): they have a page and a cell (`grid`, `row`, `col`) instead of a line.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from training.samples_source import Block, Source
from training.typeset import Placed, Sheet, plain
from training.typeset_document import cell_spans

Row = dict[str, Any]

DEFAULTS: dict[str, Row] = {
    "criteria": {"scope": None, "status": "achieved", "as_of": None, "places": []},
    "percentages": {
        "value": None, "unit": "%", "op": "=", "num": None, "den": None, "of": None,
        "label": "", "status": "achieved", "period": None,
    },
    "budgets": {
        "amount_vnd": None, "op": "=", "per": None, "label": "", "source": None, "capital": None,
        "status": "achieved", "period": None, "parent": None,
    },
    "quantities": {"value": None, "unit": "", "op": "=", "label": "", "status": "achieved", "period": None},
    "legal_refs": {"kind": "", "number": None, "date": None, "issuer": None},
}  # fmt: skip
NUMERIC = {"criterion", "count", "total", "band_min", "band_max", "value", "num", "den", "amount_vnd", "parent"}
MAIN = {"percentages": ("num", "value"), "budgets": ("amount_vnd",), "quantities": ("value",)}
SCALES = [Decimal(10) ** power for power in (0, 3, 6, 9, 12)]
SOURCES = {
    "ngân sách trung ương": "ngân sách trung ương", "nstw": "ngân sách trung ương",
    "ngân sách tỉnh": "ngân sách tỉnh", "ngân sách huyện": "ngân sách huyện", "ngân sách xã": "ngân sách xã",
    "vốn lồng ghép": "lồng ghép", "vốn tín dụng": "tín dụng", "tín dụng": "tín dụng",
    "doanh nghiệp": "doanh nghiệp", "nhân dân đóng góp": "nhân dân", "dân góp": "nhân dân",
}  # fmt: skip
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def number(text: str) -> Decimal:
    """A Vietnamese figure: dots between thousands, a comma before decimals."""
    return Decimal(text.replace(".", "").replace(",", "."))


def parse(line: str) -> Row:
    """A fact as written under its paragraph -> a row without place."""
    fields, _, quote = line.partition(" | ")
    table, *pairs = shlex.split(fields)
    row: Row = {"table": table, **DEFAULTS[table], "quote": quote.strip()}
    for pair in pairs:
        name, _, text = pair.partition("=")
        target = row.setdefault("alt", {}) if name.startswith("alt.") else row
        name = name.removeprefix("alt.")
        target[name] = _value(name, text)
    if table == "criteria" and row["scope"] is None:
        row["scope"] = next(
            (scope for field, scope in _SCOPES if field in row),
            "unit" if row.get("total") and "unit" not in row else None,
        )
    row["places"] = row.get("places") or [] if table == "criteria" else None
    return {name: value for name, value in row.items() if name != "places" or table == "criteria"}


_SCOPES = (
    ("criterion", "criterion"), ("level", "standard"), ("band_min", "band"), ("band_max", "band"), ("value", "average"),
)  # fmt: skip


def _value(name: str, text: str) -> Any:
    if text in ("", "null"):
        return None
    if name == "places":
        return [place.strip() for place in text.split(";")]
    if name in NUMERIC:
        exact = Decimal(text)
        return int(exact) if exact == exact.to_integral_value() else float(exact)
    return text


def figure_at(row: Row) -> int:
    """Where in the quote the row's number stands; ValueError if it does not."""
    quote = row["quote"]
    if row["table"] == "legal_refs":
        wanted = row["number"] or row["name"]
        if wanted not in quote:
            raise ValueError(f"{wanted} is not in: {quote}")
        return int(quote.index(wanted))
    names = (
        ("value",)
        if row.get("scope") == "average"
        else ("count",)
        if row["table"] == "criteria"
        else MAIN[row["table"]]
    )
    wanted = next(Decimal(str(row[n])) for n in names if row.get(n) is not None)
    scales = SCALES if row["table"] == "budgets" else SCALES[:1]
    for found in _FIGURE.finditer(quote):
        if any(number(found[0]) * scale == wanted for scale in scales):
            return found.start()
    if row.get("words"):
        return 0
    raise ValueError(f"{wanted} is not in: {quote}")


def rows(source: Source, sheets: list[Sheet]) -> Iterator[Row]:
    """All rows of a sample, in reading order."""
    places: dict[int, list[tuple[int, int, int]]] = {}
    for page, line, placed in _numbered(source, sheets):
        places.setdefault(placed.block, []).append((placed.start, page, line))
        if placed.block < 0 and (printed := plain(source.head.number)) in placed.text:
            document = {"page": page, "line": line, "table": "document", **source.head.document, "quote": printed}
            yield {"province": None, "district": None, "commune": None, **document}
    found: list[tuple[int, int, int, Row]] = []
    grids = 0
    for index, block in enumerate(source.blocks):
        if block.kind == "table":
            grids += 1
            page = places[index][0][1]
            read = _GRIDS[block.options["kind"]](block)
            found += [(page, 10**6 + grids, n, {**row, "grid": grids}) for n, row in enumerate(read)]
        text = plain(block.text)
        for order, written in enumerate(block.facts):
            row = parse(written)
            if row["quote"] not in text:
                raise ValueError(f"{source.name}: not in its paragraph: {row['quote']}")
            at = text.index(row["quote"]) + figure_at(row)
            _, page, line = max(p for p in places[index] if p[0] <= at)
            found.append((page, line, order, row))
    for page, line, _, row in sorted(found, key=lambda f: f[:3]):
        row.pop("words", None)
        yield {"page": page, "line": None if "grid" in row else line, **row}


def _numbered(source: Source, sheets: list[Sheet]) -> Iterator[tuple[int, int, Placed]]:
    """All lines with page and line of the page; a text file is one page of many lines."""
    whole = 0
    for page, sheet in enumerate(sheets, 1):
        for line, placed in enumerate(sheet.reading, 1):
            whole += 1
            yield (1, whole, placed) if source.head.media == "text" else (page, line, placed)


def _criteria_rows(block: Block) -> Iterator[Row]:
    """Criteria in rows (number, name), communes in columns, at the right how many met it; a closing row of sums."""
    communes = block.cells[int(block.options["head"]) - 1][2:-1]
    for row, cells in enumerate(block.cells):
        if cells[0].isdigit():
            met = [name for name, cell in zip(communes, cells[2:-1], strict=True) if cell in ("x", "Đạt")]
            count, _, total = cells[-1].partition("/")
            yield {
                "table": "criteria", "scope": "criterion", "criterion": int(cells[0]), "count": int(count),
                "total": int(total) if total else None, "unit": "xã", "status": "achieved", "as_of": None,
                "places": met, "quote": cells[-1], "row": row, "col": len(cells) - 1,
            }  # fmt: skip
        elif row >= int(block.options["head"]) and "tiêu chí" in cells[1].lower():
            for col, (name, cell) in enumerate(zip(communes, cells[2:-1], strict=True), 2):
                yield _unit_row(name, cell, row, col)


def _commune_rows(block: Block) -> Iterator[Row]:
    """Communes in rows, criteria 1..19 in columns, the sum of each at the right; a closing row of counts."""
    head = block.cells[int(block.options["head"]) - 1]
    numbers = {col: int(text) for col, text in enumerate(head) if text.isdigit()}
    lines = [(row, cells) for row, cells in enumerate(block.cells) if cells[0].isdigit()]
    for row, cells in lines:
        yield _unit_row(cells[1], cells[-1], row, len(cells) - 1)
    row, last = len(block.cells) - 1, block.cells[-1]
    for col, criterion in numbers.items():
        yield {
            "table": "criteria", "scope": "criterion", "criterion": criterion, "count": int(last[col]), "total": None,
            "unit": "xã", "status": "achieved", "as_of": None, "quote": last[col], "row": row, "col": col,
            "places": [cells[1] for _, cells in lines if cells[col] in ("x", "Đạt")],
        }  # fmt: skip


def _unit_row(name: str, cell: str, row: int, col: int) -> Row:
    count, _, total = cell.partition("/")
    return {
        "table": "criteria", "scope": "unit", "count": int(count), "total": int(total) if total else None,
        "status": "achieved", "as_of": None, "places": [name], "quote": cell, "row": row, "col": col,
    }  # fmt: skip


def _budget_rows(block: Block) -> Iterator[Row]:
    """A total column, then one a source, in triệu đồng. Rows with a letter are sums of the rows below."""
    headers, scale = int(block.options["head"]), 10**6
    names = {c: t for r, c, _, _, t in cell_spans(block.cells) if r < headers}
    total_col = next(c for c, t in names.items() if t.startswith("Tổng"))
    status = block.options.get("status", "target")
    body = list(enumerate(block.cells))[headers:]
    grand = next(number(cells[total_col]) for _, cells in body if cells[1].startswith("Tổng cộng"))
    group: Decimal | None = None
    for row, cells in body:
        own = number(cells[total_col])
        if cells[0].isalpha():
            parent, group = grand, own
        else:
            parent = (group or grand) if cells[0] else None  # type: ignore[assignment]
        for col in sorted(c for c in names if c >= total_col):
            source = SOURCES.get(names[col].lower())
            if not _FIGURE.fullmatch(cells[col]) or (col != total_col and source is None):
                continue
            above = parent if col == total_col else own
            yield {
                "table": "budgets", **DEFAULTS["budgets"], "amount_vnd": int(number(cells[col]) * scale),
                "label": cells[1], "source": source if col != total_col else None, "status": status,
                "parent": None if above is None else int(above * scale), "quote": cells[col], "row": row, "col": col,
            }  # fmt: skip


def _progress_rows(block: Block) -> Iterator[Row]:
    """Indicator, unit, plan, result, share."""
    for row, cells in enumerate(block.cells):
        if row < int(block.options["head"]) or not _FIGURE.fullmatch(cells[5]):
            continue
        den, num, share = (float(number(c)) for c in cells[3:6])
        yield {
            "table": "percentages", **DEFAULTS["percentages"], "value": share, "num": num, "den": den, "of": cells[2],
            "label": cells[1], "quote": cells[5], "row": row, "col": 5,
        }  # fmt: skip


_GRIDS = {
    "criteria": _criteria_rows,
    "communes": _commune_rows,
    "budget": _budget_rows,
    "progress": _progress_rows,
}
