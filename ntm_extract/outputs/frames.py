"""Typed pandas frames from an output folder's CSVs, and what is made of them: workbook, parquet, data package."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pandas as pd

from ntm_extract.edges.store import atomic, atomic_path
from ntm_extract.outputs.schema import BY_NAME, FACT_TABLES, TABLES, Table
from ntm_extract.outputs.tables import GUARD
from ntm_extract.problems import InputError

DTYPES = {"string": "string", "integer": "Int64", "number": "Float64"}
READ_AS = {"string": "string", "integer": "string", "number": "float64"}
"""How pandas takes columns in: into the others it can't parse a number beyond 64 bits, as a misread page may have."""
DIGITS = 18  # of a whole number that 64 bits surely hold; a longer one is unknown to a frame, only the CSV keeps it
GROUPED = {"amount_vnd", "parent"}  # columns shown with thousands apart
WIDTHS = {  # of columns of the workbook, in characters; the others are 12 wide
    **dict.fromkeys(("quote", "quote_ocr", "label", "text", "text_ocr", "message", "message_en", "title"), 50),
    **dict.fromkeys(("meaning",), 100),
    **dict.fromkeys(("fact_id", "doc_id", "parent_id", "amount_vnd", "parent", "column", "table"), 18),
    **dict.fromkeys(("section", "source", "also_at", "issuer", "places", "error", "hint"), 30),
}
SHEET_ROWS = 1_048_575  # what a worksheet holds below its head
CELL_LETTERS = 32_767  # what a cell of it holds


def load(outputs: Path | str) -> dict[str, pd.DataFrame]:
    """Every table of an output folder as a typed frame, keyed by table name; guards of text cells taken off."""
    return {table.name: load_table(Path(outputs), table.name) for table in TABLES}


def load_table(outputs: Path, name: str) -> pd.DataFrame:
    """One table. Raises InputError if the folder has no such file."""
    table, path = BY_NAME[name], outputs / f"{name}.csv"
    if not path.exists():
        raise InputError(f"{path} is missing; make it with: ntm-extract run SRC --out {outputs}")
    types = {c.name: DTYPES[c.type] for c in table.columns}
    given = {c.name: READ_AS[c.type] for c in table.columns}
    frame = pd.read_csv(path, encoding="utf-8-sig", dtype=given, keep_default_na=False, na_values=[""])
    frame = frame.reindex(columns=list(types))  # an older version wrote fewer columns
    whole = [name for name, kind in types.items() if kind == "Int64"]
    frame[whole] = frame[whole].apply(lambda texts: texts.where(texts.astype("string").str.len() <= DIGITS))
    frame = frame.astype(types)
    for column in table.columns:
        if column.type == "string":
            frame[column.name] = frame[column.name].str.replace(GUARD, "", regex=True)
    return frame


def write_workbook(outputs: Path) -> None:
    """`ntm.xlsx`: a sheet a table with typed cells, frozen heads and filters. Text cells never become formulas."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    about = pd.DataFrame(
        [(t.name, c.name, c.type, c.description.replace("`", "")) for t in TABLES for c in t.columns],
        columns=["table", "column", "type", "meaning"],
    )
    with (
        atomic_path(outputs / "ntm.xlsx") as path,
        pd.ExcelWriter(path, engine="xlsxwriter", engine_kwargs={"options": options}) as writer,
    ):
        grouped = writer.book.add_format({"num_format": "#,##0"})
        writer.book.set_properties({"created": datetime(2000, 1, 1)})  # the same bytes each time
        for name, frame in [("read me", about), *((t.name, load_table(outputs, t.name)) for t in TABLES)]:
            _fitting(frame).to_excel(writer, sheet_name=name, index=False)
            sheet = writer.sheets[name]
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(1, len(frame)), max(0, len(frame.columns) - 1))
            for index, column in enumerate(frame.columns):
                look = grouped if column in GROUPED else None
                sheet.set_column(index, index, WIDTHS.get(str(column), 12), look)


def _fitting(frame: pd.DataFrame) -> pd.DataFrame:
    """As much of a table as a worksheet can hold: rows, and letters of a text."""
    frame = frame.head(SHEET_ROWS)
    texts: list[str] = list(frame.select_dtypes("string").columns)
    return frame.assign(**{name: frame[name].str.slice(0, CELL_LETTERS) for name in texts})


def write_parquet(outputs: Path) -> None:
    """`facts.parquet`: the union of the fact tables, with a column `table` in front."""
    frames = []
    for table in FACT_TABLES:
        frame = load_table(outputs, table.name)
        frame.insert(0, "table", pd.Series([table.name] * len(frame), dtype="string"))
        frames.append(_widened(frame))
    with atomic_path(outputs / "facts.parquet") as path:
        pd.concat(frames, ignore_index=True).to_parquet(path, index=False)


def _widened(frame: pd.DataFrame) -> pd.DataFrame:
    """Columns of all fact tables, so that the union has one type a column whichever tables are empty."""
    types = {c.name: DTYPES[c.type] for t in FACT_TABLES for c in t.columns}
    types |= {c.name: "Float64" for t in FACT_TABLES for c in t.columns if c.name == "value"}
    return frame.reindex(columns=["table", *types]).astype(types)


def write_datapackage(outputs: Path) -> None:
    """`datapackage.json`: a Frictionless Data Package with a Table Schema for each table."""
    package = {
        "profile": "tabular-data-package",
        "name": "ntm-extract",
        "title": "Facts from new-rural programme reports",
        "resources": [_resource(table) for table in TABLES],
    }
    with atomic(outputs / "datapackage.json") as handle:
        json.dump(package, handle, ensure_ascii=False, indent=1)
        handle.write("\n")


def _resource(table: Table) -> dict[str, object]:
    fields = []
    for c in table.columns:
        field: dict[str, object] = {"name": c.name, "type": c.type, "description": c.description}
        if c.choices:
            field["constraints"] = {"enum": list(c.choices)}
        fields.append(field)
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "description": table.description,
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }
