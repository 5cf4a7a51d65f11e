"""Lines into paragraphs, over lines and pages.

Where lines have boxes, indent, gap and line end tell a paragraph's first line; text without boxes is either one
paragraph a line or wrapped at a width, which its line lengths show. Footnotes are lifted out of the paragraph that
they cut in two.
"""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ntm_extract.model import Box, Document, Line, Token, Word
from ntm_extract.text.folding import UPPER

NARROW = 60
"""Characters: no text is wrapped at less."""
UNWRAPPED = 130
"""Characters: a text whose long lines are longer has one paragraph a line."""
SPECKS = r"[\s._'`ˆ^~„*¬-]{0,3}"
"""What scanned dirt before a line's first word is read as."""
MARKER = re.compile(
    rf"""{SPECKS}(?P<sign>
      [IVX]{{1,5}}[.)]
    | [IVX]{{1,5}}\s?[-–](?=\s+[{UPPER}])
    | \d{{1,2}}[-–](?=\s+[{UPPER}])
    | [IVXl1|]{{1,4}}\.(?=\s+[{UPPER}]{{2}})
    | [IVX]{{1,4}}(?=\s+[{UPPER}]{{2,}}\s+[{UPPER}]{{2}})
    | [A-HĐ]\.(?=\s+[{UPPER}]{{2,}}(?:\s|$))
    | (?:\d{{1,2}}\.)+(?:\d{{1,2}})?(?=\s|[^\W\d_])
    | \d{{1,2}}(?:\.\d{{1,2}})+(?=\s+[{UPPER}])
    | \(?\d{{1,2}}\)
    | [a-zđ]\s?\)
    | [Đđ]iều\s+\d+\s?[.:]
    | (?:Chương|CHƯƠNG|Phần|PHẦN)\s+[IVX\d]+[.:]?
    | (?:Phần|PHẦN)\s+(?:thứ|THỨ)\s+(?:nhất|hai|ba|tư|năm|NHẤT|HAI|BA|TƯ|NĂM)[.:]?
    )\s*
    | [\s._'`ˆ^„]{{0,2}}(?P<bullet>[-–—•●▪*+~])[-~]?(?=\s|[{UPPER}])\s*
    """,
    re.VERBOSE,
)
"""The sign that opens a heading or list item; dirt before it is passed over."""
PAGE_NUMBER = re.compile(r"[-–—\s]*\d{1,3}[-–—\s]*")
NOTE = re.compile(rf"\(?\d{{1,2}}\)?\s?\.?\s+(?=[{UPPER}])")
OPENING = re.compile(
    r"(?:Căn cứ|Kính gửi|Thực hiện|Theo|Xét)\s(?:đề nghị|Luật|Công văn|Chỉ thị|Quyết định|Nghị quyết|"
    r"Kế hoạch|Văn bản|Thông báo|Nghị định|Tờ trình)"
)
"""How the first sentence after the title begins."""
FIGURE_LINE = re.compile(r"\d[\d.,]*\s")
AMOUNT = re.compile(r"\d[\d.,/]*(?:%|\s[a-zđà-ỹ])")
"""A line that begins with a figure and what it counts goes on with a sentence: "73,26%", "5 xã"."""
TOTAL_LINE = re.compile(
    r"[-–~\s]*\d[\d.,]*\s(?:triệu|tỷ|tỉ|nghìn|ngàn|đồng)[^.;]{0,12}[,;]?\s?(?:trong đó|gồm|bao gồm)\s?:?$"
)
"""The wrapped end of "Tổng …: | 3.500 triệu đồng, trong đó:", a speck before it or not."""
COUNTED_ITEM = re.compile(r"(\d{1,2})\.\s")
CITED = re.compile(
    r"\(?\d{1,2}\)?\s?\.?\s*(?:Quyết định|Nghị quyết|Nghị định|Thông tư|Luật|Kế hoạch|Công văn|"
    r"Chỉ thị|Báo cáo|Tờ trình|Thông báo|"
    r"Hướng dẫn|Theo|Gồm|Bao gồm|Trong đó|Nguồn|Xem|Tiêu biểu)(?!\w)"
)
"""How footnotes of these documents begin."""
ENDED = re.compile(r"[.;:!?…]['\"”)]*$")
OPEN_ENDED = re.compile(
    r"(?:,|-|\b(?:của|và|với|về|cho|tại|trong|ngoài|theo|từ|đến|là|có|các|những|được|để|do|bởi|trên|dưới|tỉnh|huyện|xã|"
    r"số|năm|tháng|ngày|thực|hiện|xây|dựng|nông|thôn|hoặc|nhưng|mà|ở|nên|vì|như|không|đã|đang|sẽ|cấp|phát|triển|"
    r"đạt|chiếm|bằng|còn|gồm|khoảng|hơn|gần|mức|tăng|giảm|hỗ|quy))$"
)


class Row(NamedTuple):
    """A line that carries text: where it is, how it looks."""

    page: int
    number: int
    words: tuple[Word, ...]
    text: str
    box: Box | None
    blank_before: bool
    first: int = 0  # ordinal of its first word in the line
    cell: bool = False  # it stands in a cell of a table
    tabled: bool = False  # a table stands straight over it


class Paragraph(NamedTuple):
    """Tokens of one paragraph and its text; `note` for a footnote."""

    tokens: tuple[Token, ...]
    text: str
    note: bool
    centred: bool
    cell: bool  # the prose of a cell of a table


class Margins(NamedTuple):
    """Left and right edge of a page's text and the usual distance between lines, in points."""

    left: float
    right: float
    pitch: float
    height: float
    middle: float  # half way down the text


def paragraphs(document: Document) -> tuple[Paragraph, ...]:
    """The document's paragraphs in reading order; furniture and lone page numbers are left out."""
    rows = _rows(document)
    width = _width(rows)
    margins = _margins(rows)
    groups: list[list[Row]] = []
    notes: list[bool] = []
    body = -1  # index of the body paragraph that a footnote may have cut
    for i, row in enumerate(rows):
        before = rows[i - 1] if i else None
        open_body = groups[body][-1] if body >= 0 else None
        in_note = bool(notes) and notes[-1]
        note = _is_note(row, open_body, before, in_note, margins)
        resumed = in_note and not note and not row.cell and open_body is not None and _resumes(open_body, row)
        resumed = resumed and before is not None and bool(ENDED.search(before.text) or row.blank_before)
        if before is not None and not note and not resumed and not _starts(before, row, width, margins):
            groups[-1].append(row)
            continue
        if resumed:
            groups[body].append(row)
            groups.append(groups.pop(body))  # the paragraph goes on after its footnotes: keep it last
            notes.append(notes.pop(body))
            body = len(groups) - 1
            continue
        groups.append([row])
        notes.append(note)
        if not note:
            body = len(groups) - 1
    return tuple(_join(group, note, margins) for group, note in zip(groups, notes, strict=True))


def _rows(document: Document) -> list[Row]:
    rows: list[Row] = []
    for page in document.pages:
        blank = bool(rows) and not any(line.box for line in page.lines)
        tabled = False
        for line in page.lines:
            text = line.text
            rows += [_cell(page.number, line, first, end) for first, end in line.prose]
            if not text.strip():
                blank = True
            elif line.role != "body" or PAGE_NUMBER.fullmatch(text) or not re.search(r"[^\W_]", text):
                blank = blank or not line.box
                tabled = tabled or line.role == "table"
            else:
                rows.append(Row(page.number, line.number, line.words, text, line.box, blank, tabled=tabled))
                blank = tabled = False
    return rows


def _cell(page: int, line: Line, first: int, end: int) -> Row:
    words = line.words[first:end]
    return Row(page, line.number, words, " ".join(w.text for w in words if w.text), None, True, first, cell=True)


def _width(rows: list[Row]) -> int:
    """The width that lines are wrapped at: nine in ten are no longer; of a few lines, the longest."""
    lengths = sorted(len(row.text) for row in rows)
    if not lengths:
        return 0
    return max(NARROW, lengths[-1] if len(lengths) < 20 else lengths[int(0.9 * (len(lengths) - 1))])


def _margins(rows: list[Row]) -> dict[int, Margins]:
    """Margins of each page that has boxes; the pitch is the median of its line distances."""
    found = {}
    for page in {row.page for row in rows}:
        boxes = [row.box for row in rows if row.page == page and row.box is not None]
        if not boxes:
            continue
        lefts, rights = sorted(b.x0 for b in boxes), sorted(b.x1 for b in boxes)
        steps = [b.y0 - a.y0 for a, b in pairwise(boxes) if b.y0 > a.y0]
        found[page] = Margins(
            left=lefts[len(lefts) // 5],
            right=rights[int(0.9 * (len(rights) - 1))],
            pitch=median(steps) if steps else 20.0,
            height=median(b.y1 - b.y0 for b in boxes),
            middle=(boxes[0].y0 + boxes[-1].y1) / 2,
        )
    return found


def _starts(before: Row, row: Row, width: int, margins: dict[int, Margins]) -> bool:
    """Whether `row` begins a paragraph after `before`."""
    if row.cell or before.cell:
        return True
    if row.box is None and width > UNWRAPPED:
        return True
    signed = bool(MARKER.match(row.text))
    if before.text.rstrip().endswith(":") and (
        TOTAL_LINE.match(row.text) or (FIGURE_LINE.match(row.text) and not signed)
    ):
        return False  # "Tổng …: | 3.500 triệu đồng": the figure of the sentence
    opens = OPENING.match(row.text) and not ENDED.search(before.text) and len(before.text) < 0.9 * width
    if opens or (signed and not _inside_sentence(before.text, row.text)):
        return True
    if row.box is not None and before.box is not None:
        return _starts_by_box(before, row, margins[row.page], margins[before.page])
    return _starts_by_width(before, row, width)


def _starts_by_width(before: Row, row: Row, width: int) -> bool:
    """Without boxes: a blank line parts unless the sentence goes on; a short line is the last of its paragraph."""
    ended = bool(ENDED.search(before.text))
    lower = _lower_start(row.text)
    if row.blank_before:
        goes_on = lower or AMOUNT.match(row.text) or OPEN_ENDED.search(before.text.lower())
        return ended or not goes_on or len(before.text) < 0.6 * width
    capitals = before.text.isupper() and row.text.isupper() and MARKER.match(before.text)
    if (lower or capitals) and not ended:
        return False
    full = 0.88 if ended and row.text[:1].isupper() else 0.75
    return len(before.text) < full * width or before.text.isupper() != row.text.isupper()


def _starts_by_box(before: Row, row: Row, page: Margins, last: Margins) -> bool:
    assert row.box is not None and before.box is not None  # checked by the caller
    body = page.right - page.left
    short = before.box.x1 < last.right - 0.12 * body
    indented = row.box.x0 > page.left + max(12.0, 0.025 * body)
    if row.page == before.page and row.box.y0 - before.box.y0 > 1.7 * page.pitch:
        return not (_lower_start(row.text) and not ENDED.search(before.text) and not short)
    if before.text.isupper() and row.text.isupper() and MARKER.match(before.text):
        return False
    if before.text.isupper() != row.text.isupper():  # the line "BÁO CÁO" in the head, and what stands around it
        return True
    if _lower_start(row.text) and (not indented or not ENDED.search(before.text)):
        return False
    return short or (indented and bool(ENDED.search(before.text) or before.box.x0 <= last.left + 6.0))


def _is_note(row: Row, body: Row | None, before: Row | None, after_note: bool, margins: dict[int, Margins]) -> bool:
    """A footnote: numbered, and set small or cutting a sentence in two."""
    if not NOTE.match(row.text) or body is None or row.cell or body.cell:
        return False
    if row.box is not None:
        page = margins[row.page]
        small = row.box.y1 - row.box.y0 < 0.92 * page.height
        cuts = after_note or not ENDED.search(body.text)
        return bool(CITED.match(row.text)) and row.box.y0 > page.middle and (small or cuts)
    if re.match(r"\d{1,2}\s", row.text) and CITED.match(row.text):
        return True
    cut = row.blank_before and not row.tabled and before is body and not _follows(body, row)
    return after_note or (cut and not ENDED.search(body.text) and len(body.text) > 40)


def _follows(body: Row, row: Row) -> bool:
    """Whether two lines are items of one list, the second straight after the first: "2. …" over "3. …"."""
    first, second = COUNTED_ITEM.match(body.text), COUNTED_ITEM.match(row.text)
    return first is not None and second is not None and int(second[1]) == int(first[1]) + 1


def _resumes(body: Row, row: Row) -> bool:
    return not ENDED.search(body.text) and _lower_start(row.text)


def _lower_start(text: str) -> bool:
    start = text.lstrip("\"'“(")
    return bool(start) and start[0].islower() and not re.match(r"[a-zđ]\s?\)", start)


def _inside_sentence(before: str, text: str) -> bool:
    """A wrapped line may begin with a figure or hyphen that belongs to the sentence ("… đạt | 12. Năm")."""
    if re.match(r"[\s._'`ˆ^„]{0,2}[-–—~*]\s?[a-zđà-ỹ\d]", text) and not ENDED.search(before):
        return True
    if re.match(r"\d{1,2}\.\s", text):
        return bool(re.search(r"(?:là|đạt|số|tháng|điều|khoản|bảng|biểu)$", before.lower()))
    if re.match(r"[-–]\s[\wÀ-ỹ]", text):
        return bool(re.search(r"(?:\d|kinh tế|chính trị|văn hóa)$", before.lower()))
    return False


def _join(rows: list[Row], note: bool, margins: dict[int, Margins]) -> Paragraph:
    tokens: list[Token] = []
    start = 0
    for row in rows:
        for ordinal, word in enumerate(row.words, row.first):
            if word.text:
                tokens.append(Token(word=word, page=row.page, line=row.number, ordinal=ordinal, start=start))
                start += len(word.text) + 1
    text = " ".join(token.word.text for token in tokens)
    return Paragraph(tuple(tokens), text, note, _centred(rows, margins), rows[0].cell)


def _centred(rows: list[Row], margins: dict[int, Margins]) -> bool:
    if not rows[0].box:
        return False
    page = margins[rows[0].page]
    body = page.right - page.left
    return all(
        r.box is not None
        and r.box.x0 > page.left + 0.08 * body
        and abs((r.box.x0 - page.left) - (page.right - r.box.x1)) < 0.12 * body
        for r in rows
    )
