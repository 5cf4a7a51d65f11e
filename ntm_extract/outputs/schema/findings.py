"""Tables made from facts, and what is said about them: by commune, over time, checks, failures, coverage."""

from __future__ import annotations

from ntm_extract.outputs.schema.columns import DOC_ID, STATUS, Table, integer, number, text

CRITERIA_MATRIX = Table(
    "criteria_matrix",
    "Which commune has met which criterion when: a row a mark, from counts and tables that name their communes.",
    (
        DOC_ID,
        text("commune", "name of the commune"),
        integer("criterion", "1..19 of the 2021-2025 set"),
        text("met", "whether it has met the criterion", "yes", "no"),
        text("as_of", "time of the count, else the date of the document"),
        text("criteria_set", "the set that the document speaks of", "2010-2015", "2016-2020", "2021-2025"),
        text("fact_id", "the fact in `criteria` that the mark comes from"),
        integer("page", "page of that fact"),
        number("confidence", "of that fact, 0..1"),
        text(
            "by",
            "whether the fact names the commune, or it is one of the others of the document's communes",
            "name",
            "complement",
        ),
    ),
)

SERIES = Table(
    "series",
    "The same indicator of the same place over time and documents, a plan beside the later result.",
    (
        text("place", "commune, district, province, as far as the document names them"),
        text("indicator", "what is measured: scope and criterion of a count, income, or the label of a percentage"),
        text("unit", "its unit"),
        text("period", "time of the figure, else the date of the document"),
        STATUS,
        number("value", "the value"),
        number("plan", "for a result: what another document planned for that year"),
        number("previous", "for a result: the result before it"),
        text("flag", "a count of criteria or communes fell within one set of criteria", "impossible drop"),
        DOC_ID,
        text("fact_id", "the fact that it comes from"),
        number("confidence", "of that fact, 0..1"),
    ),
)

CHECKS = Table(
    "checks",
    "Checks that failed.",
    (
        text("check", "name of the check"),
        DOC_ID,
        text("fact_ids", "the facts concerned, `;` between"),
        text("expected", "what would have held"),
        text("found", "what stands there"),
        text("severity", "how grave", "error", "warning"),
        text("message", "in Vietnamese"),
        text("proposal", "readings that would close it, likeliest first, `;` between; never applied by itself"),
        text("message_en", "in English"),
        text("check_id", "identity of the check: a hash of document, check and fact_ids; for `ntm-extract accept`"),
        text("decision", "a person's word on it: the document stands as printed", "accepted"),
        text(
            "changes",
            "the proposals as JSON, a list each of {fact_id, table, field, value, was}: rows for corrections.csv",
        ),
    ),
)

FAILURES = Table(
    "failures",
    "What could not be read. One bad file or page never stops a run.",
    (
        text("source", "path relative to the archive's root"),
        integer("page", "page, from 1; empty where the whole file is concerned"),
        text("stage", "stage that failed"),
        text("error", "what went wrong"),
        text("hint", "what to do"),
        text("code", "kind of problem"),
    ),
)

COVERAGE = Table(
    "coverage",
    "Numbers that ended in no row of a fact table, counted by page and reason.",
    (
        DOC_ID,
        integer("page", "page, from 1"),
        text(
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
        integer("count", "how many numbers"),
        text("examples", "the first of them as printed, each with its line: `12 (line 7)`; at most five, `;` between"),
    ),
)
