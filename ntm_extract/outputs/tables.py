"""The CSV files and texts of an output folder, streamed document by document from what is stored."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path

from ntm_extract.edges.intake import ENDINGS
from ntm_extract.edges.store import Rows, atomic
from ntm_extract.outputs.schema import BY_NAME, TABLES, Row, Value
from ntm_extract.outputs.series import Point, series

GUARDED = re.compile(r"'*[=+\-@\t\r]")
"""A text cell that begins so could start a formula in a spreadsheet, or be taken for guarded already; it gets a leading
apostrophe (but not `op`)."""
GUARD = r"^'(?='*[=+\-@\t\r])"
"""What the loader takes off again."""

OURS = re.compile(rf".+({'|'.join(map(re.escape, ENDINGS))})(\.txt|_\d+\.csv)", re.IGNORECASE)
"""Names of texts and sheets: of the source, then what it became."""

LONGEST = 240  # bytes of a file's name: disks take 255


def write_tables(out: Path, documents: Iterable[Rows]) -> Counter[str]:
    """Write every table, sheet and text of `documents` (in the order given) into `out`; return the rows of each table.

    A text that is there already is left; one of a document that is not among them any more is removed.
    """
    count: Counter[str] = Counter({table.name: 0 for table in TABLES})
    texts: set[str] = set()  # of paths, as text: a path takes a kilobyte
    annexes: set[str] = set()
    seen: list[Point] = []
    with ExitStack() as stack:
        handles = {}
        for table in TABLES:
            handles[table.name] = stack.enter_context(atomic(out / f"{table.name}.csv", newline=""))
            handles[table.name].write("\ufeff")
            csv.writer(handles[table.name]).writerow(table.names)
        for document in documents:
            for name, lines in document.tables.items():
                handles[name].write(lines)
            count.update(document.counts)
            seen += document.points
            if document.text is not None:
                texts.add(str(_write_text(text_path(out, document.source), document.text)))
            for number, lines in document.sheets:
                annexes.add(str(_write_text(place(out / "tables", document.source, f"_{number}.csv"), lines)))
        over_time = series(seen)
        handles["series"].write(as_lines("series", over_time))
        count["series"] = len(over_time)
    _remove_others(out / "text", texts)
    _remove_others(out / "tables", annexes)
    return count


def as_lines(table: str, found: Iterable[Row]) -> str:
    """Rows as lines of the table's CSV."""
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows([cell(k, row.get(k)) for k in BY_NAME[table].names] for row in found)
    return lines.getvalue()


def place(folder: Path, source: str, ending: str) -> Path:
    """Where what was made of a source lies in a folder: under its own path, but for names that no disk or other takes.

    A name too long for its ending is cut and told apart by a hash; a folder named like something made of a source gets
    a `_`. Names never lead out of the folder.
    """
    *folders, name = source.split("/")
    kept = [f"{part}_" if OURS.fullmatch(part) else part for part in (_cut(part, "") for part in folders)]
    return folder.joinpath(*kept, _cut(name, ending) + ending)


def _cut(name: str, ending: str) -> str:
    if len((name + ending).encode()) <= LONGEST:
        return name
    told = hashlib.sha256(name.encode()).hexdigest()[:8]
    start = name.encode()[: LONGEST // 2].decode("utf-8", "ignore")
    return f"{start}~{told}{Path(name).suffix[:8]}"


def text_path(out: Path, source: str) -> Path:
    """Where the text of a source lies."""
    return place(out / "text", source, ".txt")


def _write_text(path: Path, text: str) -> Path:
    if not path.is_file() or path.read_bytes() != text.encode():
        with atomic(path) as handle:
            handle.write(text)
    return path


def _remove_others(folder: Path, keep: set[str]) -> None:
    """Remove what we wrote of documents that have gone, and folders that this leaves empty; strangers' files stay."""
    others = (path for path in folder.rglob("*") if str(path) not in keep and OURS.fullmatch(path.name))
    for path in [path for path in others if path.is_file()]:
        path.unlink()
        for parent in path.parents:
            if parent == folder or any(parent.iterdir()):
                break
            parent.rmdir()


def cell(column: str, value: Value) -> str:
    """A value as it stands in CSV: numbers plain, with a point; text guarded; unknown empty."""
    if value is None:
        return ""
    if isinstance(value, str):
        clean = value.replace("\x00", "")
        return f"'{clean}" if GUARDED.match(clean) and column != "op" else clean
    if isinstance(value, Decimal | float):
        plain = format(Decimal(repr(value)) if isinstance(value, float) else value, "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return str(value)
