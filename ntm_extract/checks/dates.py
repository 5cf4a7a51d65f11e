"""Dates in order, and numbers of documents in keeping with their kind and year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ntm_extract.checks.registry import Failure, Relation, checker
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
            yield _broken(
                "cited_before_written",
                ref.fact_id,
                f"<= {written}",
                ref.date,
                f"Văn bản viện dẫn ngày {ref.date} ban hành sau văn bản này ({written})",
                f"a document of {ref.date} is cited, but this one is of {written}",
            )


@checker
def period_in_order(view: View) -> Iterator[Relation]:
    """The period reported on begins before it ends, and no result is of a year after the document."""
    head = view.extraction.head
    if head.period_start and head.period_end and head.period_start > head.period_end:
        yield _broken(
            "period_in_order",
            "",
            f"<= {head.period_end}",
            head.period_start,
            f"Kỳ báo cáo bắt đầu {head.period_start} sau khi kết thúc {head.period_end}",
            f"the period begins in {head.period_start} after its end in {head.period_end}",
        )
    for fact in view.extraction.criteria if head.date else ():
        if head.date and fact.status == "achieved" and fact.as_of and fact.as_of[:4] > head.date[:4]:
            yield _broken(
                "period_in_order",
                fact.fact_id,
                f"<= {head.date}",
                fact.as_of,
                f"Kết quả ghi cho {fact.as_of} trong văn bản ngày {head.date}",
                f"a result of {fact.as_of} in a document of {head.date}",
            )


@checker
def number_suits_kind(view: View) -> Iterator[Relation]:
    """The number of a document bears the code of its kind, and the year of its date where it bears one."""
    head = view.extraction.head
    named = [("", head.kind, head.number, head.date)]
    named += [(ref.fact_id, ref.kind, ref.number, ref.date) for ref in view.extraction.legal_refs]
    for fact_id, kind, number, date in named:
        if not number:
            continue
        codes, borne = CODES.get((kind or "").lower()), set(re.findall(r"[^\W\d_]+", number))
        if codes and borne & ALL_CODES and not borne & set(codes):
            text = f"Số {number} không phải của loại văn bản {kind}"
            yield _broken("number_suits_kind", fact_id, codes[0], number, text, f"{number} is no number of a {kind}")
        year = NUMBER_YEAR.match(number)
        if year and date and year[1] != date[:4]:
            text = f"Số {number} ghi năm {year[1]} nhưng ngày ban hành là {date}"
            text_en = f"{number} is of {year[1]}, but its date is {date}"
            yield _broken("number_suits_kind", fact_id, year[1], date, text, text_en)


def _broken(check: str, fact_id: str, *said: str) -> Relation:
    """A relation that weighs no numbers and does not hold. `said`: expected, found, message, in English."""
    expected, found, message, message_en = said
    failure = Failure(expected, found, message, message_en, "warning")

    def test(_: Sequence[Decimal]) -> Failure:
        return failure

    return Relation(check=check, terms=(), test=test, exact=False, facts=(fact_id,) if fact_id else ())
