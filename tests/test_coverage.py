from ntm_extract.extract.claims import read_document
from ntm_extract.extract.coverage import uncounted
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
