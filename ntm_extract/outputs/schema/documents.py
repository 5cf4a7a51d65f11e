"""Tables of what was read: documents, their pages, places and cells."""

from __future__ import annotations

from ntm_extract.outputs.schema.columns import DOC_ID, Table, box, integer, number, text

DOCUMENTS = Table(
    "documents",
    "One row a distinct document.",
    (
        DOC_ID,
        text("source", "path relative to the archive's root"),
        text("also_at", "other paths of the same content, `;` between"),
        text("kind", "kind of document: Báo cáo, Kế hoạch, …"),
        text("number", "document number, such as 614/KH-UBND"),
        text("date", "`YYYY-MM-DD`, or `YYYY-MM` where the day can't be read"),
        text("issuer", "who issued it: `UBND` and the unit, or the organisation's name"),
        text("title", "title under the kind"),
        text("period_start", "begin of the period reported on"),
        text("period_end", "end of the period reported on"),
        text("province", "bare name of the province"),
        text("district", "bare name of the district"),
        text("commune", "bare name of the commune"),
        text("place_code", "official code of the issuing unit, in the list of the document's date"),
        text("signer", "who signed"),
        integer("pages", "number of pages"),
        text("text_source", "where the text came from", "ocr", "text layer", "text"),
        number("mean_confidence", "mean confidence of the recognised words, 0..1"),
        text("status", "ok, or what is missing", "ok", "partial", "failed"),
        number("seconds", "time that reading took when the document was first read"),
        text("version", "version of ntm-extract that read it"),
        text("head_ocr", "where number or day could not be read surely: their lines as recognised, to be looked at"),
    ),
)

PAGES = Table(
    "pages",
    "One row a page, whatever became of it.",
    (
        DOC_ID,
        integer("page", "page, from 1"),
        number("width", "width in PDF points"),
        number("height", "height in PDF points"),
        number("dpi", "resolution of the image that was read"),
        number("skew", "degrees by which the page was straightened"),
        integer("rotation", "degrees clockwise that set the page upright"),
        number("stamp_area", "share of the page under coloured ink, 0..1"),
        integer("words", "number of words"),
        number("mean_confidence", "mean confidence of the recognised words, 0..1"),
        integer("repaired_syllables", "words that repair changed"),
        number("seconds", "time that reading the page took when it was first read"),
        text("text_source", "where the page's text came from", "ocr", "text layer", "text"),
        text(
            "source_reason", "why it was taken from there: no, a ruined, a good, a converted text layer; a blank page"
        ),
        number("contrast", "between ink and paper, 0..1; 1 is black on white"),
        number("noise", "lone specks on a square inch that cleaning took off"),
        number("stamped_words", "share of the words that stand under coloured ink, 0..1"),
        number("edges", "share of the page that was the scanner's dark edge or punch holes, 0..1"),
        number("shining", "share of the page where print of the other side shone through, 0..1"),
        integer("leaders", "rows of dots that lead to a figure, taken off before reading"),
        integer("halves", "pages side by side on the sheet: 2 where they were read one after the other"),
    ),
)

PLACES = Table(
    "places",
    "Administrative units named.",
    (
        DOC_ID,
        integer("page", "page of the first mention"),
        text("name", "bare name"),
        text("kind", "level of the unit", "tỉnh", "huyện", "xã", "bản"),
        text("code", "official code in the list of the document's date"),
        text("code_2025", "code of the unit that holds it after the 2025 reform"),
        integer("count", "number of mentions"),
    ),
)

TABLE_CELLS = Table(
    "table_cells",
    "Cells of annex tables.",
    (
        DOC_ID,
        integer("page", "page, from 1"),
        integer("table", "number of the table within the document"),
        integer("row", "from 0"),
        integer("col", "from 0"),
        integer("row_span", "rows that the cell covers"),
        integer("col_span", "columns that the cell covers"),
        text("text", "repaired text"),
        text("text_ocr", "as recognised"),
        number("value", "number in the cell"),
        text("unit", "its unit, from caption or header"),
        text("header", "path of header cells over it"),
        *box("cell"),
        number("confidence", "0..1"),
    ),
)
