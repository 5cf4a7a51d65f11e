"""The values that pass from stage to stage: frozen, typed, and unable to hold nonsense.

Units: boxes are in PDF points (1/72 inch) from the page's top left corner; confidences run from 0 to 1; pages and lines
count from 1. Nothing here does any work beyond checking itself and reading itself out.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import Literal

from msgspec import Struct

Media = Literal["pdf", "image", "text", "unknown"]
TextSource = Literal["ocr", "text layer", "text"]
LineRole = Literal["body", "furniture", "table"]
"""`furniture` is what the page repeats and no reader reads: page numbers, running heads, rules read as letters.
`table` lies within a table: its words are kept, but no sentence runs through them."""


class Box(Struct, frozen=True, gc=False):
    """A rectangle in PDF points from the page's top left."""

    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        if self.x1 < self.x0 or self.y1 < self.y0:
            raise ValueError(f"box is inside out: {self}")

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


class Word(Struct, frozen=True, kw_only=True, gc=False):
    """One token of the reading, parted from its neighbours by white space.

    `recognised` is what the OCR (or the text file) said and never changes; `text` is what we hold it to be. Repair sets
    `text`, `margin` (log-probability by which the winner beat the best other reading; None where nothing was weighed)
    and `reason`. An empty `text` is a token dropped as noise. `text` may hold a space where one token was two words.
    """

    text: str
    recognised: str
    box: Box | None = None
    confidence: float | None = None  # of the recogniser; None where the source is plain text
    margin: float | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.confidence is not None and not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence out of 0..1: {self.confidence}")

    @property
    def changed(self) -> bool:
        """Whether repair put something else in the place of what was recognised."""
        return self.text != self.recognised


class Line(Struct, frozen=True, kw_only=True):
    """One line of a page, its words from left to right. A blank line of a text file has no words.

    `prose`: first and end of the stretches of words that sentences may run through, though the line is of a table.
    """

    number: int
    words: tuple[Word, ...]
    role: LineRole = "body"
    prose: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """The repaired line."""
        return " ".join(w.text for w in self.words if w.text)

    @property
    def recognised(self) -> str:
        """The line as it was read."""
        return " ".join(w.recognised for w in self.words)

    @property
    def box(self) -> Box | None:
        """The box around all words; None for text files and blank lines."""
        whole: Box | None = None
        for word in self.words:
            if word.box is not None:
                whole = word.box if whole is None else whole.union(word.box)
        return whole


class Cell(Struct, frozen=True, kw_only=True):
    """A cell of a table; rows and columns count from 0. `recognised` never changes; `text` may be repaired."""

    row: int
    col: int
    row_span: int = 1
    col_span: int = 1
    page: int
    text: str = ""
    recognised: str = ""
    box: Box | None = None
    line: int | None = None  # on which it stands in a text without boxes
    confidence: float = 1.0  # of the recogniser; 1 for a cell without ink


class Table(Struct, frozen=True, kw_only=True):
    """A table, ruled or not, or what one page holds of it. `caption`: the lines over it, from top to bottom.

    `box` is None where its cells are told by signs of the text.
    """

    cells: tuple[Cell, ...]
    rows: int
    cols: int
    box: Box | None
    caption: tuple[str, ...] = ()

    def owner(self) -> dict[tuple[int, int], Cell]:
        """The cell of every place, merged cells at all the places they cover."""
        return {
            (row, col): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for col in range(cell.col, cell.col + cell.col_span)
        }


class PageQuality(Struct, frozen=True, kw_only=True):
    """What page preparation found, for pages.csv."""

    skew: float = 0.0  # degrees that the page was turned back by, counter-clockwise positive
    rotation: int = 0  # 0, 90, 180 or 270: degrees clockwise that set the page upright
    stamp_area: float = 0.0  # share of the page under red or blue ink, 0..1
    ink: float = 0.0  # share of dark pixels after cleaning, 0..1
    contrast: float = 0.0  # between ink and paper: 1 is black on white
    noise: float = 0.0  # lone specks on a square inch that cleaning took off
    stamped_words: float = 0.0  # share of the words under red or blue ink, 0..1
    edges: float = 0.0  # share of the page that was the scanner's dark edge or punch holes, 0..1
    shining: float = 0.0  # share of the page where the other side's print shone through, 0..1
    leaders: int = 0  # rows of dots taken off
    halves: int = 1  # pages that stood side by side on the sheet


class Page(Struct, frozen=True, kw_only=True):
    """One page as read. A page that failed is still a Page, without lines; the Problem beside it says why."""

    number: int
    lines: tuple[Line, ...]
    width: float = 0.0  # points; 0 for text files
    height: float = 0.0
    dpi: float = 0.0  # of the image that was read; 0 where none was
    text_source: TextSource = "ocr"
    source_reason: str = ""  # why its text was taken from there
    quality: PageQuality = PageQuality()
    seconds: float = 0.0
    tables: tuple[Table, ...] = ()


class Problem(Struct, frozen=True, kw_only=True):
    """Something that went wrong and was survived. `code` is one of `problems.Code`; page None means the whole file."""

    code: str
    stage: str
    error: str
    page: int | None = None


class Document(Struct, frozen=True, kw_only=True):
    """One distinct content of the archive, read. `doc_id` is the first 16 hex digits of the file's SHA-256."""

    doc_id: str
    source: str  # path relative to the archive's root, `/` between parts
    media: Media
    pages: tuple[Page, ...] = ()
    problems: tuple[Problem, ...] = ()
    also_at: tuple[str, ...] = ()


class Token(Struct, frozen=True, kw_only=True, gc=False):
    """A word in its passage: where it stands on paper, and at which character of the passage's text it begins."""

    word: Word
    page: int
    line: int
    ordinal: int  # index among all words of its line as recognised, from 0
    start: int

    @property
    def end(self) -> int:
        """Character after its last."""
        return self.start + len(self.word.text)


class Entity(Struct, frozen=True, kw_only=True, gc=False):
    """A named stretch of a passage's text. `key` is its identity in the list of its label, "" if unlinked."""

    start: int
    end: int
    label: str
    key: str = ""


_start = attrgetter("start")

PassageKind = Literal["head", "heading", "body", "item", "note", "foot"]


class Passage(Struct, frozen=True, kw_only=True):
    """A paragraph, list item or heading: the run of text within which a sentence can be read, over lines and pages.

    `text` is the words joined by single spaces. `section` is the path of headings above it, outermost first.
    `marker` is its list sign ("-", "+", "a)", "1.", ""), still part of the text; `depth` is its level in the list
    tree under its heading (0 for plain paragraphs), so that "trong đó" can be followed over lines.
    """

    kind: PassageKind
    tokens: tuple[Token, ...]
    text: str
    section: tuple[str, ...] = ()
    marker: str = ""
    depth: int = 0
    entities: tuple[Entity, ...] = ()

    def tokens_in(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that touch characters start..end of the text."""
        last = bisect_left(self.tokens, end, key=_start)
        first = bisect_left(self.tokens, start, hi=last, key=_start)
        if first and self.tokens[first - 1].end > start:
            first -= 1
        return self.tokens[first:last]


class Outline(Struct, frozen=True, kw_only=True):
    """A document in reading order, as the extractors see it."""

    document: Document
    passages: tuple[Passage, ...]
