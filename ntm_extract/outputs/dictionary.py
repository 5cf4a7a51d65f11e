"""The schema as text: for the terminal, and as docs/data-dictionary.md (a test holds the two equal)."""

from __future__ import annotations

from ntm_extract.outputs.schema import EVIDENCE, FACT_TABLES, TABLES, Column

HEAD = """# Data dictionary

What a run writes. Made by `ntm-extract schema --markdown`; a later version may add columns and tables, never
rename or drop one.

CSV files are UTF-8 with BOM, RFC 4180, rows ordered by source, page, line and position. Numbers are plain (decimal
point, no grouping); an unknown value is an empty field. A text cell (but `op`) that begins with `=`, `+`, `-`, `@`, tab
or carriage return has a leading `'`, which `ntm_extract.load` takes off.
"""


def plain() -> str:
    """Every table and column, a line each."""
    parts = []
    for table in TABLES:
        lines = [f"{table.name}: {table.description}"]
        lines += [f"  {c.name:<18} {c.type:<8} {c.description}" for c in table.columns]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def markdown() -> str:
    """The data dictionary; the evidence columns that all fact tables share are listed once."""
    names = ", ".join(f"`{t.name}`" for t in FACT_TABLES)
    parts = [HEAD, f"## Columns of every fact table ({names})\n\n{_columns(EVIDENCE)}"]
    for table in TABLES:
        own = table.columns[len(EVIDENCE) :] if table in FACT_TABLES else table.columns
        shared = "The columns of every fact table, then:\n\n" if table in FACT_TABLES else ""
        parts.append(
            f"## {table.name}\n\n{table.description} {shared}".rstrip(" ") + ("" if shared else "\n\n") + _columns(own)
        )
    return "\n".join(parts)


def _columns(columns: tuple[Column, ...]) -> str:
    lines = ["| column | type | meaning |", "|---|---|---|"]
    for c in columns:
        choices = f" ({', '.join(f'`{choice}`' for choice in c.choices)})" if c.choices else ""
        lines.append(f"| {c.name} | {c.type} | {c.description}{choices} |")
    return "\n".join(lines) + "\n"
