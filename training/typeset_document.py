"""The parts of a document: head in two cells, title, paragraphs, tables, foot with seal and signature."""

from __future__ import annotations

from training.samples_source import Block, Head, Source
from training.typeset import LEFT, MM, PT, Piece, Placed, Setter, Sheet, atoms, broken, set_line

CELL_PAD = 3.5  # points


def set_source(source: Source) -> list[Sheet]:
    """All sheets of a sample. The foot (receivers, signature) stands before the first page break: annexes follow it."""
    setter = Setter(source)
    _head(setter)
    annex = next((i for i, b in enumerate(source.blocks) if b.kind == "break"), len(source.blocks))
    closing = max((i for i in range(annex) if source.blocks[i].kind != "note"), default=-1)
    for index, block in enumerate(source.blocks[:annex]):
        if index == closing:
            _keep_with_foot(setter, block)
        _block(setter, index, block)
    _foot(setter)
    for index, block in enumerate(source.blocks[annex:], annex):
        _block(setter, index, block)
    return [read_across(sheet) for sheet in setter.sheets] if source.head.media == "text" else setter.sheets


def read_across(sheet: Sheet) -> Sheet:
    """The sheet with the lines of neighbouring cells of head and foot joined, as a reader without layout joins them."""
    lines: list[Placed] = []
    for line in sheet.lines:
        level = [
            k for k, other in enumerate(lines) if line.block < 0 and other.block < 0 and abs(other.y - line.y) < 5 * PT
        ]
        if not level:
            lines.append(line)
            continue
        first = lines[level[0]]
        moved = tuple(Piece(p.x, p.text, p.style, p.dy + line.y - first.y) for p in line.pieces)
        lines[level[0]] = Placed(f"{first.text} {line.text}", first.y, first.pieces + moved)
    lines.sort(key=lambda line: line.y)
    return Sheet(sheet.size, lines, sheet.notes, sheet.rules, sheet.seal, sheet.signature)


def truth(sheets: list[Sheet], *, paged: bool = True) -> str:
    """The true text: a line a line, pages parted by form feeds (of a text file: one run of lines)."""
    return ("\f" if paged else "").join("".join(line.text + "\n" for line in sheet.reading) for sheet in sheets)


def _head(setter: Setter) -> None:
    head, sheet = setter.head, setter.sheet
    part = sheet.width * 0.42
    top = sheet.y
    y = top
    for index, line in enumerate([*filter(None, [head.superior]), *head.issuer]):
        bold = index > 0 or not head.superior
        fits = part / setter.style(13, bold=bold).font.getlength(line)
        y = setter.cell(line, setter.style(13 * min(1, fits * 0.93), bold=bold), LEFT, part, y=y)
    setter.rule(LEFT + part / 2, y + 3 * PT, part * 0.36)
    number_y = max(y, top + 2 * 13 * PT * 1.2) + 9 * PT
    setter.cell(head.number, setter.style(13), LEFT, part, y=number_y)
    x, wide = LEFT + part, sheet.width - part
    y = setter.cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", setter.style(12.4, bold=True), x, wide, y=top)
    y = setter.cell("Độc lập - Tự do - Hạnh phúc", setter.style(13.5, bold=True), x, wide, y=y)
    setter.rule(x + wide / 2, y + 3 * PT, 62 * MM)
    sheet.y = setter.cell(head.place_date, setter.style(13.5, italic=True), x, wide, y=number_y) + 14 * PT
    setter.write(head.kind, setter.style(14, bold=True), "centre")
    setter.write(head.subject, setter.style(14, bold=True), "centre", inset=14 * MM)
    setter.rule(LEFT + sheet.width / 2, sheet.y + 4 * PT, 50 * MM)
    sheet.y += 12 * PT
    if head.to:
        setter.write(head.to, setter.body, "centre", inset=10 * MM)
        sheet.y += 6 * PT


def _block(setter: Setter, index: int, block: Block) -> None:
    size, gap = setter.head.size, 4.5 * PT
    match block.kind:
        case "break":
            setter.new_sheet(landscape="landscape" in block.text)
        case "note":
            pass  # set where its mark stands
        case "table":
            _table(setter, index, block)
        case "centre" | "centre-italic":
            style = setter.style(size, bold=block.kind == "centre", italic=block.kind != "centre")
            setter.write(block.text, style, "centre", block=index, inset=8 * MM)
        case "right":
            setter.write(block.text, setter.style(12, italic=True), "right", block=index)
        case _:
            style = setter.style(
                size, bold=block.kind in ("part", "section", "point"), italic=block.kind in ("point", "italic")
            )
            setter.sheet.y += gap
            setter.write(block.text, style, "full", block=index, indent=11 * MM)


def _foot_height(head: Head) -> float:
    return (12 + max(len(head.receivers) * 15 + 20, len(head.signature) * 17 + 120)) * PT


def _keep_with_foot(setter: Setter, closing: Block) -> None:
    """A signature never stands alone on a sheet: the closing paragraph goes over with it."""
    lines = len(broken(atoms(closing.text, setter.body), setter.body, setter.sheet.width))
    height = (lines * setter.head.size * setter.head.leading + 6) * PT + _foot_height(setter.head)
    if setter.head.signature and setter.sheet.y + height > setter.sheet.floor:
        setter.new_sheet(landscape=False)


def _foot(setter: Setter) -> None:
    """Receivers at the left, who signs at the right; kept together on one sheet."""
    head = setter.head
    if not head.signature:
        return
    if setter.sheet.y + _foot_height(head) > setter.sheet.floor:
        setter.new_sheet(landscape=False)
    sheet = setter.sheet
    top, part = sheet.y + 12 * PT, sheet.width * 0.48
    y = setter.cell("Nơi nhận:", setter.style(12, bold=True, italic=True), LEFT, part, y=top, align="left")
    for line in head.receivers:
        y = setter.cell(line, setter.style(11), LEFT, part, y=y, align="left")
    x, wide = LEFT + part, sheet.width - part
    below = top
    for line in head.signature:
        below = setter.cell(line, setter.style(13.5, bold=True), x, wide, y=below)
    middle = x + wide / 2
    if head.seal:
        sheet.seal = (middle - 17 * MM, below + 14 * MM)
    sheet.signature = (middle + 2 * MM, below + 14 * MM)
    below = setter.cell(head.signer, setter.style(13.5, bold=True), x, wide, y=below + 29 * MM)
    sheet.y = max(y, below)


def _table(setter: Setter, index: int, block: Block) -> None:
    """Ruled; options: widths (relative), size and pad (points), head (rows of header), left (columns set left)."""
    sheet, options = setter.sheet, block.options
    shares = [float(w) for w in options["widths"].split(",")]
    edges = [LEFT]
    for share in shares:
        edges.append(edges[-1] + share / sum(shares) * sheet.width)
    points = float(options.get("size", 12))
    headers = int(options.get("head", 1))
    lefts = {int(c) for c in options.get("left", "1").split(",")}
    step = points * PT * 1.22
    pad = float(options.get("pad", CELL_PAD)) * PT
    tops = [sheet.y + 6 * PT]
    spans = list(cell_spans(block.cells))
    set_cells: list[tuple[int, int, list[list]]] = []  # type: ignore[type-arg]
    heights = [step + 2 * pad] * len(block.cells)
    for row, col, rows, cols, text in spans:
        style = setter.style(points, bold=row < headers or not block.cells[row][0])
        lines = broken(atoms(text, style), style, edges[col + cols] - edges[col] - 2 * pad) if text else []
        set_cells.append((row, col, lines))
        if rows == 1:
            heights[row] = max(heights[row], len(lines) * step + 2 * pad)
    for height in heights:
        tops.append(tops[-1] + height)
    if tops[-1] > sheet.floor:
        raise ValueError(f"table {index} of {setter.source.name} is higher than what is left of its sheet")
    pieces: dict[int, list[Piece]] = {row: [] for row in range(len(heights))}
    for (row, col, rows, cols, _), (_, _, lines) in zip(spans, set_cells, strict=True):
        style = setter.style(points, bold=row < headers or not block.cells[row][0])
        high = tops[row + rows] - tops[row]
        first = (high - len(lines) * step) / 2 + 0.75 * step
        align = "left" if row >= headers and col in lefts else "centre"
        x, wide = edges[col] + pad, edges[col + cols] - edges[col] - 2 * pad
        for number, line in enumerate(lines):
            for piece in set_line(line, style, x, wide, align):
                pieces[row].append(Piece(piece.x, piece.text, piece.style, piece.dy + first + number * step))
        for x0, y0, x1, y1 in (
            (edges[col], tops[row], edges[col + cols], tops[row]),
            (edges[col], tops[row + rows], edges[col + cols], tops[row + rows]),
            (edges[col], tops[row], edges[col], tops[row + rows]),
            (edges[col + cols], tops[row], edges[col + cols], tops[row + rows]),
        ):
            sheet.rules.append((x0, y0, x1, y1))
    for row in range(len(heights)):
        text = "\t".join(t for r, _, _, _, t in spans if r == row and t)
        sheet.lines.append(Placed(text, tops[row], tuple(pieces[row]), index, row))
    sheet.y = tops[-1] + 4 * PT


def cell_spans(cells: tuple[tuple[str, ...], ...]) -> list[tuple[int, int, int, int, str]]:
    """(row, column, rows, columns, text) of each cell of a table, ">" and "^" joined to their owners."""
    spans = []
    for row, line in enumerate(cells):
        for col, text in enumerate(line):
            if text in (">", "^"):
                continue
            cols = 1
            while col + cols < len(line) and line[col + cols] == ">":
                cols += 1
            rows = 1
            while row + rows < len(cells) and cells[row + rows][col] == "^":
                rows += 1
            spans.append((row, col, rows, cols, text))
    return spans
