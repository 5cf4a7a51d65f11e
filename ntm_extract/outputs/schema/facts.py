"""Tables of facts: the evidence columns, then the fields of their class in facts.py in order (a test holds it)."""

from __future__ import annotations

from ntm_extract.outputs.schema.columns import DOC_ID, OP, PERIOD, STATUS, Table, box, integer, number, text

EVIDENCE = (
    text("fact_id", "identity of the fact: a hash of document, table, scope, page and position of the number"),
    DOC_ID,
    integer("page", "page, from 1"),
    integer("line", "line on which the number stands, from 1: of the page for scans, of the file for text files"),
    *box("number"),
    text("section", "path of numbered headings over it, ` > ` between levels"),
    text("quote", "the shortest stretch of repaired text that states the fact, at most 200 characters"),
    text("quote_ocr", "the same stretch as recognised, before repair"),
    number("confidence", "0..1, calibrated: of rows at 0.9 about nine in ten are right"),
    text("rule", "the rule or model that made the row"),
    text("checks", "names of the checks that failed on it, `;` between; empty if all held"),
)

CRITERIA = Table(
    "criteria",
    "Counts of the national set of new-rural criteria.",
    (
        *EVIDENCE,
        text("scope", "what is counted", "criterion", "band", "unit", "average", "standard"),
        integer("criterion", "1..19 of the 2021-2025 set"),
        text("level", "for scope standard", "nông thôn mới", "nâng cao", "kiểu mẫu"),
        text("criteria_set", "the set that the document speaks of", "2010-2015", "2016-2020", "2021-2025"),
        text("change", "a standing total, or an increment to be left out of sums", "total", "increment"),
        OP,
        integer("count", "the count"),
        integer("total", "out of how many"),
        text("unit", "what is counted: xã, huyện, thôn"),
        integer("band_min", "least number of criteria in the band"),
        integer("band_max", "greatest number of criteria in the band"),
        number("value", "for scope average: criteria per commune"),
        STATUS,
        text("as_of", "`YYYY`, `YYYY-MM` or `YYYY-MM-DD`"),
        text("places", "commune names given for it, `;` between"),
        text("failing", "communes named as not meeting the criterion, `;` between"),
    ),
)

PERCENTAGES = Table(
    "percentages",
    "Every percentage or per mille, and every a/b ratio.",
    (
        *EVIDENCE,
        number("value", "as printed; empty when only a ratio is printed"),
        text("unit", "% or ‰", "%", "‰"),
        OP,
        number("num", "numerator"),
        number("den", "denominator"),
        text("of", "unit of numerator and denominator, as written"),
        text("label", "what it is a share of"),
        STATUS,
        PERIOD,
        number("computed", "100 · num / den (1000 for ‰)"),
    ),
)

BUDGETS = Table(
    "budgets",
    "Every amount of money.",
    (
        *EVIDENCE,
        integer("amount_vnd", "whole đồng"),
        OP,
        text("per", "for a rate: năm, người, người/năm, hộ, ha, …"),
        text("label", "what the money is for"),
        text(
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
        text("capital", "investment or recurrent", "đầu tư", "sự nghiệp"),
        STATUS,
        PERIOD,
        integer("parent", "amount of the total that it is part of"),
        text("parent_id", "fact_id of that total"),
    ),
)

QUANTITIES = Table(
    "quantities",
    "Every other measured or counted value.",
    (
        *EVIDENCE,
        number("value", "the value"),
        text("unit", "as written, singular"),
        OP,
        text("label", "what is measured or counted"),
        STATUS,
        PERIOD,
    ),
)

LEGAL_REFS = Table(
    "legal_refs",
    "Documents cited, one row a distinct document at its first mention.",
    (
        *EVIDENCE,
        text("kind", "Quyết định, Nghị quyết, Luật, …"),
        text("number", "its number"),
        text("date", "`YYYY-MM-DD`; empty where only a year is given"),
        text("issuer", "as written"),
        text("name", "of a law or a named document without number"),
    ),
)
