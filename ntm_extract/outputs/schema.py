"""The one source of table and column names, their types and meanings; CSV, workbook, data package and docs follow it.

Fact tables begin with the evidence columns; the rest are the fields of their class in facts.py, in order (a test holds
the two equal).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from msgspec import Struct

Value = str | int | float | Decimal | None
Row = Mapping[str, Value]
ColumnType = Literal["string", "integer", "number"]


class Column(Struct, frozen=True):
    """A column: `type` as in Frictionless Table Schema; `choices` where only these values (or none) occur."""

    name: str
    type: ColumnType
    description: str
    choices: tuple[str, ...] = ()


class Table(Struct, frozen=True):
    """A table and its columns, in the order of the file."""

    name: str
    description: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(c.name for c in self.columns)


def _text(name: str, description: str, *choices: str) -> Column:
    return Column(name, "string", description, choices)


def _int(name: str, description: str) -> Column:
    return Column(name, "integer", description)


def _num(name: str, description: str) -> Column:
    return Column(name, "number", description)


DOC_ID = _text("doc_id", "first 16 hex digits of the file's SHA-256")
BOX = tuple(
    _num(n, f"{side} edge of the {{what}} in PDF points from the page's top left; empty for text files")
    for n, side in (("x0", "left"), ("y0", "top"), ("x1", "right"), ("y1", "bottom"))
)


def _box(what: str) -> tuple[Column, ...]:
    return tuple(_num(c.name, c.description.format(what=what)) for c in BOX)


EVIDENCE = (
    _text("fact_id", "identity of the fact: a hash of document, table, scope, page and position of the number"),
    DOC_ID,
    _int("page", "page, from 1"),
    _int("line", "line on which the number stands, from 1: of the page for scans, of the file for text files"),
    *_box("number"),
    _text("section", "path of numbered headings over it, ` > ` between levels"),
    _text("quote", "the shortest stretch of repaired text that states the fact, at most 200 characters"),
    _text("quote_ocr", "the same stretch as recognised, before repair"),
    _num("confidence", "0..1, calibrated: of rows at 0.9 about nine in ten are right"),
    _text("rule", "the rule or model that made the row"),
    _text("checks", "names of the checks that failed on it, `;` between; empty if all held"),
)

OP = _text("op", "comparison stated with the number", "=", ">", ">=", "<", "<=")
STATUS = _text("status", "result reached, or target set", "achieved", "target")
PERIOD = _text("period", "time that the figure is for, as the sentence or its list head states it")

DOCUMENTS = Table(
    "documents",
    "One row a distinct document.",
    (
        DOC_ID,
        _text("source", "path relative to the archive's root"),
        _text("also_at", "other paths of the same content, `;` between"),
        _text("kind", "kind of document: Báo cáo, Kế hoạch, …"),
        _text("number", "document number, such as 614/KH-UBND"),
        _text("date", "`YYYY-MM-DD`, or `YYYY-MM` where the day can't be read"),
        _text("issuer", "who issued it: `UBND` and the unit, or the organisation's name"),
        _text("title", "title under the kind"),
        _text("period_start", "begin of the period reported on"),
        _text("period_end", "end of the period reported on"),
        _text("province", "bare name of the province"),
        _text("district", "bare name of the district"),
        _text("commune", "bare name of the commune"),
        _text("place_code", "official code of the issuing unit, in the list of the document's date"),
        _text("signer", "who signed"),
        _int("pages", "number of pages"),
        _text("text_source", "where the text came from", "ocr", "text layer", "text"),
        _num("mean_confidence", "mean confidence of the recognised words, 0..1"),
        _text("status", "ok, or what is missing", "ok", "partial", "failed"),
        _num("seconds", "time that reading took when the document was first read"),
        _text("version", "version of ntm-extract that read it"),
    ),
)

PAGES = Table(
    "pages",
    "One row a page, whatever became of it.",
    (
        DOC_ID,
        _int("page", "page, from 1"),
        _num("width", "width in PDF points"),
        _num("height", "height in PDF points"),
        _num("dpi", "resolution of the image that was read"),
        _num("skew", "degrees by which the page was straightened"),
        _int("rotation", "degrees clockwise that set the page upright"),
        _num("stamp_area", "share of the page under coloured ink, 0..1"),
        _int("words", "number of words"),
        _num("mean_confidence", "mean confidence of the recognised words, 0..1"),
        _int("repaired_syllables", "words that repair changed"),
        _num("seconds", "time that reading the page took when it was first read"),
        _text("text_source", "where the page's text came from", "ocr", "text layer", "text"),
        _text(
            "source_reason", "why it was taken from there: no, a ruined, a good, a converted text layer; a blank page"
        ),
        _num("contrast", "between ink and paper, 0..1; 1 is black on white"),
        _num("noise", "lone specks on a square inch that cleaning took off"),
        _num("stamped_words", "share of the words that stand under coloured ink, 0..1"),
    ),
)

CRITERIA = Table(
    "criteria",
    "Counts of the national set of new-rural criteria.",
    (
        *EVIDENCE,
        _text("scope", "what is counted", "criterion", "band", "unit", "average", "standard"),
        _int("criterion", "1..19 of the 2021-2025 set"),
        _text("level", "for scope standard", "nông thôn mới", "nâng cao", "kiểu mẫu"),
        _text("criteria_set", "the set that the document speaks of", "2010-2015", "2016-2020", "2021-2025"),
        _text("change", "a standing total, or an increment to be left out of sums", "total", "increment"),
        OP,
        _int("count", "the count"),
        _int("total", "out of how many"),
        _text("unit", "what is counted: xã, huyện, thôn"),
        _int("band_min", "least number of criteria in the band"),
        _int("band_max", "greatest number of criteria in the band"),
        _num("value", "for scope average: criteria per commune"),
        STATUS,
        _text("as_of", "`YYYY`, `YYYY-MM` or `YYYY-MM-DD`"),
        _text("places", "commune names given for it, `;` between"),
    ),
)

PERCENTAGES = Table(
    "percentages",
    "Every percentage or per mille, and every a/b ratio.",
    (
        *EVIDENCE,
        _num("value", "as printed; empty when only a ratio is printed"),
        _text("unit", "% or ‰", "%", "‰"),
        OP,
        _num("num", "numerator"),
        _num("den", "denominator"),
        _text("of", "unit of numerator and denominator, as written"),
        _text("label", "what it is a share of"),
        STATUS,
        PERIOD,
        _num("computed", "100 · num / den (1000 for ‰)"),
    ),
)

BUDGETS = Table(
    "budgets",
    "Every amount of money.",
    (
        *EVIDENCE,
        _int("amount_vnd", "whole đồng"),
        OP,
        _text("per", "for a rate: năm, người, người/năm, hộ, ha, …"),
        _text("label", "what the money is for"),
        _text(
            "source",
            "where it comes from",
            "ngân sách trung ương",
            "ngân sách tỉnh",
            "ngân sách huyện",
            "ngân sách xã",
            "lồng ghép",
            "tín dụng",
            "doanh nghiệp",
            "nhân dân",
            "khác",
        ),
        _text("capital", "investment or recurrent", "đầu tư", "sự nghiệp"),
        STATUS,
        PERIOD,
        _int("parent", "amount of the total that it is part of"),
        _text("parent_id", "fact_id of that total"),
    ),
)

QUANTITIES = Table(
    "quantities",
    "Every other measured or counted value.",
    (
        *EVIDENCE,
        _num("value", "the value"),
        _text("unit", "as written, singular"),
        OP,
        _text("label", "what is measured or counted"),
        STATUS,
        PERIOD,
    ),
)

LEGAL_REFS = Table(
    "legal_refs",
    "Documents cited, one row a distinct document at its first mention.",
    (
        *EVIDENCE,
        _text("kind", "Quyết định, Nghị quyết, Luật, …"),
        _text("number", "its number"),
        _text("date", "`YYYY-MM-DD`; empty where only a year is given"),
        _text("issuer", "as written"),
        _text("name", "of a law or a named document without number"),
    ),
)

PLACES = Table(
    "places",
    "Administrative units named.",
    (
        DOC_ID,
        _int("page", "page of the first mention"),
        _text("name", "bare name"),
        _text("kind", "level of the unit", "tỉnh", "huyện", "xã", "bản"),
        _text("code", "official code in the list of the document's date"),
        _text("code_2025", "code of the unit that holds it after the 2025 reform"),
        _int("count", "number of mentions"),
    ),
)

TABLE_CELLS = Table(
    "table_cells",
    "Cells of annex tables.",
    (
        DOC_ID,
        _int("page", "page, from 1"),
        _int("table", "number of the table within the document"),
        _int("row", "from 0"),
        _int("col", "from 0"),
        _int("row_span", "rows that the cell covers"),
        _int("col_span", "columns that the cell covers"),
        _text("text", "repaired text"),
        _text("text_ocr", "as recognised"),
        _num("value", "number in the cell"),
        _text("unit", "its unit, from caption or header"),
        _text("header", "path of header cells over it"),
        *_box("cell"),
        _num("confidence", "0..1"),
    ),
)

CRITERIA_MATRIX = Table(
    "criteria_matrix",
    "Which commune has met which criterion when: a row a mark, from counts and tables that name their communes.",
    (
        DOC_ID,
        _text("commune", "name of the commune"),
        _int("criterion", "1..19 of the 2021-2025 set"),
        _text("met", "whether it has met the criterion", "yes", "no"),
        _text("as_of", "time of the count, else the date of the document"),
        _text("criteria_set", "the set that the document speaks of", "2010-2015", "2016-2020", "2021-2025"),
        _text("fact_id", "the fact in `criteria` that the mark comes from"),
        _int("page", "page of that fact"),
        _num("confidence", "of that fact, 0..1"),
    ),
)

SERIES = Table(
    "series",
    "The same indicator of the same place over time and documents, a plan beside the later result.",
    (
        _text("place", "commune, district, province, as far as the document names them"),
        _text("indicator", "what is measured: scope and criterion of a count, income, or the label of a percentage"),
        _text("unit", "its unit"),
        _text("period", "time of the figure, else the date of the document"),
        STATUS,
        _num("value", "the value"),
        _num("plan", "for a result: what another document planned for that year"),
        _num("previous", "for a result: the result before it"),
        _text("flag", "a count of criteria or communes fell within one set of criteria", "impossible drop"),
        DOC_ID,
        _text("fact_id", "the fact that it comes from"),
        _num("confidence", "of that fact, 0..1"),
    ),
)

CHECKS = Table(
    "checks",
    "Checks that failed.",
    (
        _text("check", "name of the check"),
        DOC_ID,
        _text("fact_ids", "the facts concerned, `;` between"),
        _text("expected", "what would have held"),
        _text("found", "what stands there"),
        _text("severity", "how grave", "error", "warning"),
        _text("message", "in Vietnamese"),
        _text("proposal", "readings that would close it, likeliest first, `;` between; never applied by itself"),
        _text("message_en", "in English"),
        _text("check_id", "identity of the check: a hash of document, check and fact_ids; for `ntm-extract accept`"),
        _text("decision", "a person's word on it: the document stands as printed", "accepted"),
    ),
)

FAILURES = Table(
    "failures",
    "What could not be read. One bad file or page never stops a run.",
    (
        _text("source", "path relative to the archive's root"),
        _int("page", "page, from 1; empty where the whole file is concerned"),
        _text("stage", "stage that failed"),
        _text("error", "what went wrong"),
        _text("hint", "what to do"),
        _text("code", "kind of problem"),
    ),
)

COVERAGE = Table(
    "coverage",
    "Numbers that ended in no row of a fact table, counted by page and reason.",
    (
        DOC_ID,
        _int("page", "page, from 1"),
        _text(
            "reason",
            "why; `qualifier` is a part of another row, `unread` looked like a figure and was not understood",
            "head",
            "heading",
            "date",
            "code",
            "name",
            "duration",
            "age",
            "grade",
            "rate",
            "restated",
            "qualifier",
            "table",
            "furniture",
            "unread",
        ),
        _int("count", "how many numbers"),
        _text("examples", "the first of them as printed, each with its line: `12 (line 7)`; at most five, `;` between"),
    ),
)

FACT_TABLES = (CRITERIA, PERCENTAGES, BUDGETS, QUANTITIES, LEGAL_REFS)
TABLES = (DOCUMENTS, PAGES, *FACT_TABLES, PLACES, CRITERIA_MATRIX, SERIES, TABLE_CELLS, CHECKS, FAILURES, COVERAGE)
BY_NAME = {table.name: table for table in TABLES}
