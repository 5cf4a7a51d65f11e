from typing import get_args

from ntm_extract.extract.claims import read_document
from ntm_extract.extract.coverage import extract_uncounted, uncounted
from ntm_extract.extract.registry import run
from ntm_extract.extract.traps import Reason
from ntm_extract.model import Document, Line, Outline, Page, Word
from ntm_extract.outputs.rows import rows
from ntm_extract.outputs.schema import BY_NAME
from ntm_extract.result import Result
from tests.reading_help import facts as read_facts
from tests.reading_help import knowledge, outlined

TEXT = """Số: 9/BC-UBND
BÁO CÁO
Kết quả năm 2020
I. KẾT QUẢ
1. Theo Quyết định số 41/QĐ-UBND ngày 03/4/2020, sau 5 năm xã trồng 12 ha chè trên quốc lộ 6.
- Có 4 xã đạt 15-18 tiêu chí; tăng 03 so với đầu năm.
"""


def missing(text: str) -> list[tuple[int, str, str]]:
    outline = outlined(text)
    return [(u.line, u.printed, u.reason) for u in uncounted(outline, read_document(outline, knowledge()))]


def test_every_number_without_a_row_has_a_reason() -> None:
    assert missing(TEXT) == [
        (1, "9", "head"), (3, "2020", "head"), (5, "1", "heading"), (5, "41", "code"), (5, "03", "date"),
        (5, "4", "date"),
        (5, "2020", "date"), (5, "5", "duration"), (5, "6", "name"), (6, "15", "qualifier"), (6, "18", "qualifier"),
        (6, "03", "unread"),
    ]  # fmt: skip


def test_a_number_with_a_row_is_not_missing() -> None:
    assert len(read_facts(TEXT).facts) == 2
    assert not missing("Xã có 12 bản và 45,6% hộ nghèo, kinh phí 3 tỷ đồng, 5/7 bản có điện.")


def test_the_coverage_table_counts_by_page_and_reason() -> None:
    outline = outlined(TEXT)
    extraction, problems = run((extract_uncounted,), outline, knowledge())
    assert not problems
    result = Result(version="0", document=outline.document, extraction=extraction)
    table = {str(row["reason"]): row for row in rows(result)["coverage"]}
    assert {reason: row["count"] for reason, row in table.items()} == {
        "head": 2, "heading": 1, "code": 1, "date": 3, "duration": 1, "name": 1, "qualifier": 2, "unread": 1,
    }  # fmt: skip
    assert table["qualifier"]["examples"] == "15 (line 6);18 (line 6)"
    (reasons,) = (column.choices for column in BY_NAME["coverage"].columns if column.name == "reason")
    assert set(get_args(Reason)) - {""} <= set(reasons)


def test_numbers_of_ruled_tables_are_told_apart() -> None:
    words = tuple(Word(text=w, recognised=w) for w in ("3", "12,5"))
    page = Page(number=2, lines=(Line(number=1, words=words, role="table"),))
    outline = Outline(document=Document(doc_id="0" * 16, source="a.pdf", media="pdf", pages=(page,)), passages=())
    extraction, _ = run((extract_uncounted,), outline, knowledge())
    assert [(one.page, one.printed, one.reason) for one in extraction.uncounted] == [
        (2, "3", "table"),
        (2, "12,5", "table"),
    ]
