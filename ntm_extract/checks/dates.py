"""Dates in order, and numbers of documents in keeping with their kind and year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ntm_extract.checks.registry import Relation, broken, checker
from ntm_extract.checks.view import View

CODES = {
    "báo cáo": ("BC",),
    "kế hoạch": ("KH",),
    "quyết định": ("QĐ",),
    "nghị quyết": ("NQ",),
    "tờ trình": ("TTr", "TTR"),
    "thông tư": ("TT", "TTLT"),
    "chỉ thị": ("CT",),
    "thông báo": ("TB",),
    "hướng dẫn": ("HD", "HDLN", "HDLS"),
    "nghị định": ("NĐ",),
    "kết luận": ("KL",),
}
"""What the number of a kind of document bears; kinds that bear nothing of their own are not here."""
ALL_CODES = {code for codes in CODES.values() for code in codes}
NUMBER_YEAR = re.compile(r"^\d+/(\d{4})/")


@checker
def cited_before_written(view: View) -> Iterator[Relation]:
    """A document cites none that is younger than itself."""
    written = view.extraction.head.date
    for ref in view.extraction.legal_refs if written else ():
        if ref.date and written and len(ref.date) == 10 and ref.date[: len(written)] > written:
            said = f"Văn bản viện dẫn ngày {ref.date} ban hành sau văn bản này ({written})"
            said_en = f"a document of {ref.date} is cited in one of {written}"
            yield broken("cited_before_written", (ref.fact_id,), f"<= {written}", ref.date, said, said_en)


@checker
def period_in_order(view: View) -> Iterator[Relation]:
    """The period reported on begins before it ends, and no result is of a year after the document."""
    head = view.extraction.head
    start, end = head.period_start, head.period_end
    if start and end and start > end:
        said = f"Kỳ báo cáo bắt đầu {start} sau khi kết thúc {end}"
        said_en = f"the period begins in {start} after its end in {end}"
        yield broken("period_in_order", (), f"<= {end}", start, said, said_en)
    for fact in view.extraction.criteria if head.date else ():
        if head.date and fact.status == "achieved" and fact.as_of and fact.as_of[:4] > head.date[:4]:
            said = f"Kết quả ghi cho {fact.as_of} trong văn bản ngày {head.date}"
            said_en = f"a result of {fact.as_of} stands in a document of {head.date}"
            yield broken("period_in_order", (fact.fact_id,), f"<= {head.date}", fact.as_of, said, said_en)


@checker
def number_suits_kind(view: View) -> Iterator[Relation]:
    """The number of a document bears the code of its kind, and the year of its date where it bears one."""
    head = view.extraction.head
    named: list[tuple[tuple[str, ...], str | None, str | None, str | None]] = [((), head.kind, head.number, head.date)]
    named += [((ref.fact_id,), ref.kind, ref.number, ref.date) for ref in view.extraction.legal_refs]
    for facts, kind, number, date in named:
        if not number:
            continue
        codes, borne = CODES.get((kind or "").lower()), set(re.findall(r"[^\W\d_]+", number))
        if codes and borne & ALL_CODES and not borne & set(codes):
            text = f"Số {number} không phải của loại văn bản {kind}"
            yield broken("number_suits_kind", facts, codes[0], number, text, f"{number} is no number of a {kind}")
        year = NUMBER_YEAR.match(number)
        if year and date and year[1] != date[:4]:
            text = f"Số {number} ghi năm {year[1]} nhưng ngày ban hành là {date}"
            text_en = f"{number} is of {year[1]}, but its date is {date}"
            yield broken("number_suits_kind", facts, year[1], date, text, text_en)
