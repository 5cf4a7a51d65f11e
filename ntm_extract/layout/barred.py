"""Tables of plain text: rows whose cells are parted by bars, tabs or wide gaps, under a head. Pure.

A run of such rows is a table if its first row is a head without figures and one of its columns holds figures. What
else has bars in it stays text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from msgspec.structs import replace

from ntm_extract.layout.cells import is_figure, is_mark
from ntm_extract.layout.sheets import head_rows
from ntm_extract.model import Cell, Line, Table, Word
from ntm_extract.text.folding import folded

BAR = re.compile(r"[|│]")
BARS = re.compile(r"([|│])")
GAP = re.compile(r"\t| {2,}")
HEADED_LIST = re.compile(r"[^()|]*\((?P<names>[^()|]+(?:\|[^()|]+)+)\)\W*")
LIST_ITEM = re.compile(r"(?P<name>[^|:]+):\s*(?P<figures>[^:]+)")
RULE = re.compile(r"[\s|│:+=_–—-]*")
"""A row that only draws a line under the head."""
LEAST_COLUMNS, LEAST_GAPPED = 2, 3
LEAST_ROWS = 2  # of the body
MARKED = 2  # columns of ticks that make a table, though no column holds figures
FIGURES = 0.6  # least share of figures among the filled cells of a column of them
GROUP_WORDS = 14  # of a line without cells between rows: the title of the rows after it
CAPTION_LINES = 4
YEAR = re.compile(r"(?:nam )?(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?")
UNIT = re.compile(r"\([^()]*\)|%")
UNIT_LINE = re.compile(r"\W*(?:don vi(?: tinh)?|dvt|d\.v\.t)\s*:?\s*(?:[\d.]+ ?)?(?:[^\W\d]+\W{0,3}){1,4}")
TITLE = re.compile(r"(?:phu luc|bieu|bang|mau)\b|\W*(?:don vi|dvt)\b")


def with_barred(lines: Sequence[Line], rows: Sequence[str], page: int) -> tuple[tuple[Line, ...], tuple[Table, ...]]:
    """The lines of a page and the tables among them; `rows` are the lines as they stand, gaps and all.

    Lines of tables get their role, each bar a word of its own; what their cells tell besides figures and names stays
    to be read as prose.
    """
    found, tables, at = list(lines), [], 0
    while at < len(rows):
        end = _block(rows, at)
        table = _table(rows[at:end], lines[at:end], page) if end - at > LEAST_ROWS else None
        if table is None:
            at = max(end, at + 1)
            continue
        over = _caption(found[:at])
        tables.append(replace(table, caption=over))
        found[:at] = [replace(line, role="table") if _gives_unit(line, over) else line for line in found[:at]]
        told = _prose(table, head_rows(table))
        found[at:end] = [
            _as_row(line, row, told.get(line.number, set()))
            for line, row in zip(lines[at:end], rows[at:end], strict=True)
        ]
        at = end
    return tuple(found), tuple(tables)


def _parts(row: str) -> list[str]:
    """The cells of a row; one where nothing parts it."""
    if BAR.search(row):
        return [part.strip() for part in BAR.split(row)]
    return [part.strip() for part in GAP.split(row.strip(" "))]


def _block(rows: Sequence[str], at: int) -> int:
    """Where the run of rows that begins at `at` ends; titles of groups may stand between rows parted by bars."""
    barred = bool(BAR.search(rows[at]))
    if not barred and len(_parts(rows[at])) < LEAST_GAPPED:
        return at
    end = at + 1
    while end < len(rows):
        if bool(BAR.search(rows[end])) if barred else len(_parts(rows[end])) >= LEAST_GAPPED:
            if barred or not BAR.search(rows[end]):
                end += 1
                continue
            break
        goes_on = barred and end + 1 < len(rows) and _is_group(rows[end], rows[end + 1])
        if not goes_on:
            break
        end += 2
    return end


def _is_group(row: str, after: str) -> bool:
    """Whether a line without bars is the title of the row after it and those that follow: that row holds figures."""
    figures = any(is_figure(part) and not YEAR.fullmatch(part) for part in _parts(after)[1:])
    return bool(BAR.search(after)) and figures and len(row.split()) <= GROUP_WORDS and row.rstrip()[-1:] not in ".;:"


def _table(rows: Sequence[str], lines: Sequence[Line], page: int) -> Table | None:
    grid = _grid(_listed(rows))
    if grid is None:
        return None
    texts, numbers = _with_units(grid)
    if any(text.count("(") != text.count(")") for text in texts[0]):
        return None  # bars within brackets of a sentence
    head = _head(texts)
    if not head or len(texts) - head < LEAST_ROWS:
        return None
    cols = len(texts[0])
    body = texts[head:]
    columns = [[row[col] for row in body if row[col]] for col in range(1, cols)]
    if not any(map(_of_figures, columns)) and sum(map(_of_marks, columns)) < MARKED:
        return None
    spans = _spans(texts[:head])
    cells = [
        Cell(row=r, col=c, row_span=down, col_span=right, page=page, text=texts[r][c], recognised=texts[r][c],
             line=lines[numbers[r]].number)
        for (r, c), (down, right) in spans.items()
    ]  # fmt: skip
    cells += [
        Cell(row=r, col=c, page=page, text=text, recognised=text, line=lines[numbers[r]].number)
        for r in range(head, len(texts))
        for c, text in enumerate(texts[r])
    ]
    return Table(cells=tuple(cells), rows=len(texts), cols=cols, box=None)


def _listed(rows: Sequence[str]) -> Sequence[str]:
    """Rows of a list whose head names its figures, "Kết quả (trong năm | lũy kế)", over "Năm 2016: 9 xã | 29 xã"."""
    head, items = HEADED_LIST.fullmatch(rows[0]), [LIST_ITEM.fullmatch(row) for row in rows[1:]]
    if head is None or not all(items):
        return rows
    return [
        f"{rows[0][: head.start('names') - 1]} | {head['names']}",
        *(f"{m['name']} | {m['figures']}" for m in items if m),
    ]


def _grid(rows: Sequence[str]) -> tuple[list[list[str]], list[int]] | None:
    """Rows of as many texts as the head has, and the number of each among `rows`; None where they don't fit."""
    kept = [i for i, row in enumerate(rows) if row.strip() and not RULE.fullmatch(row)]
    parted = [_parts(rows[i]) for i in kept]
    if all(not parts[0] for parts in parted if len(parts) > 1):  # a bar before each row
        parted = [parts[1:] if len(parts) > 1 else parts for parts in parted]
    parted = [_trimmed(parts) for parts in parted]
    if not parted:
        return None
    cols = len(parted[0])
    if len(parted) > 1 and not any(map(is_figure, parted[1])) and not parted[1][0]:
        cols = max(cols, len(parted[1]))  # the second line of a head
    barred = bool(BAR.search(rows[0]))
    if cols < (LEAST_COLUMNS if barred else LEAST_GAPPED):
        return None
    if any(len(parts) > cols or (not barred and len(parts) < cols - 1) for parts in parted):
        return None
    filled = [[*parts, *[""] * (cols - len(parts))] for parts in parted]
    return [filled[0], *(_placed(row, filled[1:]) for row in filled[1:])], kept


def _placed(row: list[str], rows: list[list[str]]) -> list[str]:
    """A row one short, moved to the right where so its figures stand under figures: its sign was left out."""
    moved = ["", *row[:-1]]
    if row[-1] or not _is_name(row[0]) or not any(map(is_figure, row)):
        return row
    votes = [sum(1 if is_figure(one[c]) else -1 for one in rows if one[c] and one is not row) for c in range(len(row))]
    fit, fit_moved = (sum(votes[c] for c, text in enumerate(one) if is_figure(text)) for one in (row, moved))
    return moved if fit_moved > fit else row


def _trimmed(parts: list[str]) -> list[str]:
    kept = list(parts)
    while len(kept) > 1 and not kept[-1]:
        kept.pop()
    return kept


def _with_units(grid: tuple[list[list[str]], list[int]]) -> tuple[list[list[str]], list[int]]:
    """A row of units in brackets under the head put behind what stands over each."""
    texts, numbers = grid
    at = next((i for i, row in enumerate(texts[1:], 1) if row[0] or any(map(is_figure, row))), len(texts))
    if at < 2 or not all(UNIT.fullmatch(text) for text in texts[at - 1] if text):
        return grid
    over = [next((i for i in reversed(range(at - 1)) if texts[i][c]), at - 2) for c in range(len(texts[0]))]
    head = [
        [f"{text} {texts[at - 1][c]}".strip() if over[c] == r else text for c, text in enumerate(row)]
        for r, row in enumerate(texts[: at - 1])
    ]
    return [*head, *texts[at:]], [*numbers[: at - 1], *numbers[at:]]


def _is_name(text: str) -> bool:
    return len(text) > 3 and sum(c.isalpha() for c in text) > len(text) / 2


def _head(texts: list[list[str]]) -> int:
    """How many rows are head; 0 where the first holds figures, or nothing beside one name."""
    if sum(map(bool, texts[0])) < LEAST_COLUMNS or any(
        is_figure(t) and not YEAR.fullmatch(folded(t)) for t in texts[0]
    ):
        return 0
    under = takewhile(lambda row: not row[0] and not any(map(is_figure, row)) and any(row[2:]), texts[1:])
    return 1 + len(list(under))


def _of_figures(filled: list[str]) -> bool:
    return sum(map(is_figure, filled)) >= FIGURES * len(filled) and any(c.isdigit() for c in "".join(filled))


def _of_marks(filled: list[str]) -> bool:
    return bool(filled) and sum(is_mark(text) or text == "-" for text in filled) >= FIGURES * len(filled)


def _spans(head: list[list[str]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Rows and columns that each cell of a head covers: empty ones under it, and beside it over others."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for r, row in enumerate(head):
        for c, text in enumerate(row):
            if (r, c) in covered:
                continue
            below = [bool(line[c]) for line in head[r + 1 :]]
            down = 1 + len(list(takewhile(lambda filled: not filled, below))) if text else 1
            right = 1
            while (
                text and any(below) and c + right < len(row)
                and not row[c + right] and any(line[c + right] for line in head[r + 1 :])
            ):  # fmt: skip
                right += 1
            found[r, c] = (down, right)
            covered |= {(i, j) for i in range(r, r + down) for j in range(c, c + right)}
    return found


def _caption(over: Sequence[Line]) -> tuple[str, ...]:
    """The line straight over the table, and the titles over that."""
    found: list[str] = []
    for line in reversed(over):
        text = line.text.strip()
        if not text:
            continue
        titled = text.isupper() or text.startswith("(") or TITLE.match(folded(text))
        ends = text.endswith((".", ";")) or line.role != "body"
        if len(found) == CAPTION_LINES or (ends and not text.isupper()) or (found and not titled):
            break
        found.insert(0, text)
    return tuple(found)


def _gives_unit(line: Line, caption: Sequence[str]) -> bool:
    """Whether a line over a table says what its figures are counted in, and nothing else."""
    return bool(UNIT_LINE.fullmatch(folded(line.text))) and line.text.strip() in caption


def _prose(table: Table, head: int) -> dict[int | None, set[str]]:
    """By line, the texts behind the names of the body's rows that may tell something in words."""
    body = [cell for cell in table.cells if cell.row >= head]
    named = [cell.col for cell in body if _is_name(cell.text)]
    first = min((col for col in set(named) if 2 * named.count(col) > table.rows - head), default=0)
    found: dict[int | None, set[str]] = {}
    for cell in body:
        if (
            cell.col > first
            and any(c.isalpha() for c in cell.text)
            and any(map(str.isdigit, cell.text))
            and not is_figure(cell.text)
        ):
            found.setdefault(cell.line, set()).add(cell.text)
    return found


def _as_row(line: Line, row: str, told: set[str]) -> Line:
    """A line of a table, each bar a word of its own, with the stretches of words that are prose."""
    words: list[str] = []
    prose: list[tuple[int, int]] = []
    for part in BARS.split(row) if BAR.search(row) else GAP.split(row):
        begin = len(words)
        words += part.split()
        if part.strip() in told:
            prose.append((begin, len(words)))
    if [word.recognised for word in line.words] == words:
        return replace(line, role="table", prose=tuple(prose))
    if line.box is not None:  # words keep their boxes, bars that touch them and all
        return replace(line, role="table")
    made = tuple(Word(text=word, recognised=word) for word in words)
    return replace(line, role="table", words=made, prose=tuple(prose))
