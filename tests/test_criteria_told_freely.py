"""Criteria in lists that say little: groups without their word, names together, counts by place, year by year."""

import pytest

from tests.reading_help import facts, outlined, rows, told

HEAD = "Kết quả chấm từng tiêu chí:\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Phân nhóm theo số tiêu chí:\n- Mức 14 - 18: 05 xã (25%) là Nà Sáy, Pú Hồng;\n- "
            "Mức 6 - 9: 04 xã; dưới 6 còn đúng 01 xã.",
            "band 14-18: 5 xã (Nà Sáy, Pú Hồng); band 6-9: 4 xã; band -5: 1 xã; percentage: 25%",
        ),
        (
            "Bình quân 16,3 tiêu chí/xã. Theo khung: đạt đủ 19: 32 xã; đạt 16, 17: 07 xã; "
            "đạt 12 đến 15: 9 xã; dưới 12: không có.",
            "average: 16.3; band 19-19: 32 xã; band 16-17: 7 xã; band 12-15: 9 xã; band -11: 0 xã",
        ),
        (HEAD + "- Thứ tám, bưu điện: 07 xã được chấm đạt.", "criterion 8: 7 xã"),
        (
            HEAD + "- Giao thông và trường học cùng có 5/12 xã; nhà ở và thu nhập lần lượt 8/12, 7/12 xã.",
            "criterion 2: 5/12 xã; criterion 5: 5/12 xã; criterion 9: 8/12 xã; criterion 10: 7/12 xã",
        ),
        (
            "Tiêu chí cao là Điện (91 xã), Quy hoạch (90 xã); giữa bảng có Thủy lợi (77/93), Giáo dục (71/93).",
            "criterion 4: 91 xã; criterion 1: 90 xã; criterion 3: 77/93 xã; criterion 14: 71/93 xã",
        ),
        ("5. Trường học: chưa có xã nào đạt tiêu chí.", "criterion 5: 0 xã"),
        ("Có 8/9 xã đạt tiêu chí số 10. Tỷ lệ hộ nghèo còn 4%.", "criterion 10: 8/9 xã; percentage: 4%"),
        ("7. Y tế: 03 xã đạt tiêu chí. Chợ: đã xây 2 chợ.", "criterion 15: 3 xã; quantity: 2 chợ"),
        (
            "Bổ sung 04 xã đạt tiêu chí Điện, 02 xã đạt tiêu chí Y tế, 01 xã đạt tiêu chí "
            "Chợ; có 9/9 xã đạt tiêu chí Quy hoạch.",
            "criterion 4: 4 xã increment; criterion 15: 2 xã increment; criterion 7: 1 xã "
            "increment; criterion 1: 9/9 xã",
        ),
        (
            "Huyện Nà Hang đi trước với 6/7 xã đạt chuẩn, Pú Hồng 5/13, trong khi Tà Lài mới có 2/11.",
            "standard nông thôn mới: 6/7 xã; standard nông thôn mới: 5/13 xã; standard nông thôn mới: 2/11 xã",
        ),
        (
            "Có ít nhất 05 xã và 20 thôn đạt chuẩn kiểu mẫu.",
            "standard kiểu mẫu: >=5 xã; standard kiểu mẫu: >=20 thôn",
        ),
        (
            "Lúc đầu chưa có xã nào đạt chuẩn, nay có 4 xã đạt chuẩn.",
            "standard nông thôn mới: 0 xã; standard nông thôn mới: 4 xã",
        ),
        (
            "Năm 2021 xã đạt 10 tiêu chí, năm 2022 được 14, năm 2023 hoàn tất 19.",
            "unit: 10; unit: 14; unit: 19",
        ),
    ],
)
def test_criteria_told_freely(text: str, found: str) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Năm qua không có xã về đích.",
        "Trong 9 làng còn lại, 4 làng đạt trên 80% số chỉ tiêu.",
        "Giá trị đạt mức 15 - 18: 02 xã đã báo cáo.",
        "Số giáo viên trung bình 14,2 người/trường, cao hơn bình quân cả nước (12,6).",
        "Điện và trạm y tế đều có 2 xã được hỗ trợ.",
        "Nhóm 5 - 9 hộ: 03 xã.",
    ],
)
def test_other_lists_are_no_criteria(text: str) -> None:
    assert not facts(text).criteria


def test_communes_counted_in_brackets_are_more_than_those_they_are_part_of() -> None:
    found = facts("Có 3 xã đạt chuẩn nông thôn mới (Nà Sáy: 19, Pú Hồng: 17).").criteria
    assert [c.count for c in found if c.scope == "standard"] == [3]


def test_a_heading_in_capitals_may_bear_a_note_but_no_amount() -> None:
    kinds = [
        p.kind for p in outlined("A. KẾT QUẢ NĂM 2016 (93 xã)\nCó 9 xã.\nB. VỐN (tổng 12 tỷ đồng)\nCó 3 xã.").passages
    ]
    assert kinds == ["heading", "body", "item", "body"]


def test_the_date_of_a_letter_dates_no_figure() -> None:
    text = "Thực hiện Công văn số 45/VP-NN ngày 12/3/2019, huyện báo cáo như sau:\n- Có 9 xã đạt tiêu chí điện."
    assert rows(facts(text).criteria, "count", "as_of") == [(9, None)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Thẩm định 3 xã: tiêu chí giao thông, tiêu chí điện.", "quantity: 3 xã"),
        ("Các tiêu chí chưa đạt (3 xã): giao thông, điện.", "quantity: 3 xã"),
        ("Nhóm tiêu chí khó (3/9 xã chưa đạt): giao thông, điện.", "percentage: 3/9"),
        (
            "Các tiêu chí của 9 xã đạt: giao thông 7 xã, điện 9 xã.",
            "criterion 2: 7 xã; criterion 4: 9 xã; quantity: 9 xã",
        ),
        ("Giao thông là tiêu chí còn nhiều xã chưa đạt, với 3/9 xã.", "percentage: 3/9"),
        ("Tập trung chỉ đạo tiêu chí y tế ở 3 xã.", "quantity: 3 xã"),
        ("Huyện Nà Hang đạt 8 tiêu chí, Khe Đá đạt 7 tiêu chí.", "quantity: 8 tiêu chí; quantity: 7 tiêu chí"),
        ("Có 9/14 xã đạt tiêu chí điện, y tế có 12/14 xã đạt.", "criterion 4: 9/14 xã; criterion 15: 12/14 xã"),
        (
            "Đến nay có 9 xã đạt chuẩn nông thôn mới. Phong trào hiến đất có 11 xã làm được.",
            "standard nông thôn mới: 9 xã; quantity: 11 xã",
        ),
        (
            "Có 9/14 xã đạt chuẩn nông thôn mới. Tiêu chí số 6: số xã đạt lên đến 13/14.",
            "standard nông thôn mới: 9/14 xã; criterion 6: 13/14 xã",
        ),
        ("Có 3 xã được nâng lên thị trấn.", "quantity: 3 xã"),
    ],
)
def test_whose_counts_they_are(text: str, found: str) -> None:
    assert told(text) == found
