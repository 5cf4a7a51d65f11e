"""Counts of communes in sentences that speak of one criterion, told in whatever words."""

import pytest

from tests.reading_help import told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Câu 2. Vì sao tiêu chí Môi trường chậm?\nTrả lời: Tiêu chí này hiện có 9/13 xã đạt; cùng kỳ là 7/13 xã.",
            "criterion 17: 9/13 xã; criterion 17: 7/13 xã",
        ),
        (
            "- Tiêu chí số 10 về Thu nhập: mới có 07 xã bảo đảm mức quy định (Khe Đá, Bản Luông).",
            "criterion 10: 7 xã (Khe Đá, Bản Luông)",
        ),
        (
            "Trong các tiêu chí, giao thông khá nhất. Từ chỗ chỉ 3 xã đạt vào năm 2011, đến nay 14 trong số 16 xã đã "
            "đạt tiêu chí này. Khó nhất vẫn là thu nhập, mới 12 xã qua được; còn y tế thì 11 xã đạt, 5 xã chưa đạt.",
            "criterion 2: 3 xã; criterion 2: 14/16 xã; criterion 10: 12 xã; criterion 15: 11 xã; quantity: 5 xã",
        ),
        ("Tiêu chí y tế: 12/22 xã đạt, so với 4/22 xã của năm 2011.", "criterion 15: 12/22 xã; criterion 15: 4/22 xã"),
        (
            "Số xã đạt tiêu chí giao thông đến năm 2020 là 18 xã, đạt tiêu chí môi trường là 15 xã.",
            "criterion 2: 18 xã; criterion 17: 15 xã",
        ),
        (
            "1. Giao thông: mới có 79/118 xã đạt. Mục tiêu đến hết năm 2024 đạt 88/118 xã.",
            "criterion 2: 79/118 xã; criterion 2: 88/118 xã target",
        ),
        ("Phòng Kinh tế báo Giao thông có 11 xã đạt là do chưa tính xã mới.", "criterion 2: 11 xã"),
        ("Tiêu chí giao thông thì nhích từ 9 xã lên 11 xã.", "criterion 2: 9 xã; criterion 2: 11 xã"),
        ("Kết quả: tiêu chí thu nhập có 6 xã đạt, bằng 50%.", "criterion 10: 6 xã; percentage: 50%"),
        ("Tiêu chí y tế đạt ở 12/14 xã.", "criterion 15: 12/14 xã"),
        ("Về giao thông, có 10 xã đạt tiêu chí.", "criterion 2: 10 xã"),
        (
            "Khó nhất là tiêu chí môi trường (mới có 6/13 xã đạt), trường học (8/13 xã).",
            "criterion 17: 6/13 xã; criterion 5: 8/13 xã",
        ),
    ],
)
def test_counts_under_a_topic(text: str, found: str) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tiêu chí giao thông: năm 2025 có 4 xã được hỗ trợ.", "quantity: 4 xã"),
        ("Tiêu chí chợ: 10/14 xã có chợ.", "percentage: 10/14"),
        ("Tiêu chí y tế: triển khai ở 4/14 xã.", "percentage: 4/14"),
        ("Các xã chưa đạt tiêu chí giao thông: 4/14 xã.", "percentage: 4/14"),
        ("Số xã chưa đạt tiêu chí giao thông là 4/14 xã.", "percentage: 4/14"),
        ("Tiêu chí giao thông có 4/14 xã không đạt.", "percentage: 4/14"),
        ("Tiêu chí giao thông khó. Năm nay phát sinh nợ ở 4/14 xã.", "percentage: 4/14"),
        ("Tiêu chí giao thông khó. Toàn huyện có 14 xã.", "quantity: 14 xã"),
        ("Tiêu chí giao thông, trường học khó; đến nay có 4 xã đạt yêu cầu.", "quantity: 4 xã"),
        ("Tiêu chí điện: 10/14 xã đạt, trong đó năm 2023 có 3 xã.", "criterion 4: 10/14 xã; quantity: 3 xã"),
        ("Kiểm tra tiêu chí y tế tại 5/14 xã.", "percentage: 5/14"),
        ("Tiêu chí thu nhập: từ 5 xã khảo sát cho thấy thu nhập tăng.", "quantity: 5 xã"),
        ("Tiêu chí quy hoạch: đã hoàn thành quy hoạch chung 14/14 xã.", "percentage: 14/14"),
    ],
)
def test_other_counts_beside_a_topic(text: str, found: str) -> None:
    assert told(text) == found
