"""Parts, payers and status of amounts that no word announces."""

import pytest

from tests.reading_help import facts, rows

M = 10**6
B = 10**9


def test_amounts_of_the_next_sentence_that_fill_a_sum_are_its_parts() -> None:
    text = "Bốn năm huy động được 90 tỷ đồng. Ngân sách các cấp bỏ ra 60 tỷ đồng; tín dụng cho vay 30 tỷ đồng."
    assert rows(facts(text).budgets, "parent") == [(None,), (90_000 * M,), (90_000 * M,)]


def test_parts_in_two_brackets() -> None:
    text = "Nợ cuối kỳ: 640 triệu, rơi vào xã Nà Sáy (420 triệu) và xã Mường Khong (220 triệu)."
    assert rows(facts(text).budgets, "parent") == [(None,), (640 * M,), (640 * M,)]


def test_what_one_payer_gives_behind_a_sum_is_a_part_of_it() -> None:
    found = facts("Kinh phí cả giai đoạn 18 tỷ đồng, dân góp 6 tỷ đồng.").budgets
    assert rows(found, "source", "parent") == [(None, None), ("nhân dân", 18_000 * M)]
    assert rows(facts("Dân góp 18 tỷ đồng, huyện hỗ trợ 6 tỷ đồng.").budgets, "parent") == [(None,), (None,)]


def test_the_amount_that_completes_a_sum_is_its_last_part() -> None:
    text = "Nhân dân góp 10 tỷ đồng (tiền mặt 6 tỷ đồng, hiến đất quy đổi 4 tỷ đồng)."
    assert rows(facts(text).budgets, "parent") == [(None,), (10_000 * M,), (10_000 * M,)]


def test_a_debt_behind_a_list_is_none_of_its_parts() -> None:
    text = "Vốn 9 tỷ đồng, gồm vốn tỉnh 5 tỷ đồng, dân góp 4 tỷ đồng; còn nợ nhà thầu 300 triệu đồng."
    assert rows(facts(text).budgets, "parent") == [(None,), (9000 * M,), (9000 * M,), (None,)]


@pytest.mark.parametrize(
    ("said", "source", "capital"),
    [
        ("Tỉnh đối ứng (xổ số kiến thiết): 34.000 triệu đồng", "ngân sách tỉnh", None),
        ("Đề nghị trung ương bố trí 29 tỷ đồng", "ngân sách trung ương", None),
        ("Vốn huyện, xã cam kết 18 tỷ đồng", None, None),
        ("Mô hình sản xuất cộng đồng 400 triệu đồng", None, None),
    ],
)
def test_who_pays(said: str, source: str | None, capital: str | None) -> None:
    assert rows(facts(said + ".").budgets, "source", "capital") == [(source, capital)]


def test_capital_behind_a_small_word() -> None:
    found = facts("Vốn kéo dài 80 tỷ đồng, phần lớn là sự nghiệp (71 tỷ đồng).").budgets
    assert rows(found, "capital") == [(None,), ("sự nghiệp",)]


@pytest.mark.parametrize(
    ("sentence", "statuses"),
    [
        ("Hộ dùng điện 98,9%, kế hoạch 99%.", ["achieved", "target"]),
        ("KH 84 tr, gồm tỉnh 60 tr, dân 24 tr.", ["target", "target", "target"]),
        ("Vượt kế hoạch 12%.", ["achieved"]),
        ("Đề nghị tỉnh bổ sung 8 tỷ đồng.", ["target"]),
        ("Phấn đấu hộ dùng nước sạch 66% (hiện 63%).", ["target", "achieved"]),
        ("Mục tiêu 40%, thực hiện 54%.", ["target", "achieved"]),
        ("Từ nay phải giải ngân hết 9 tỷ đồng còn lại.", ["target"]),
        ("Kế hoạch vốn 9 tỷ đồng, đến hết tháng 9 giải ngân 4 tỷ đồng, đạt 44%.", ["target", "achieved", "achieved"]),
        ("Kế hoạch đầu năm giao đạt 12%.", ["target"]),
        ("Hộ dùng nước sạch 66% (yêu cầu ≥ 60%).", ["achieved", "target"]),
        ("Xã quyết tâm giảm hộ nghèo 2%.", ["target"]),
    ],
)
def test_status_of_what_was_planned_and_what_is(sentence: str, statuses: list[str]) -> None:
    found = facts(sentence)
    assert [row.status for row in (*found.budgets, *found.percentages)] == statuses


@pytest.mark.parametrize(
    ("heading", "status"),
    [("II. 6 THÁNG CUỐI NĂM", "target"), ("A. XUẤT PHÁT ĐIỂM", "achieved"), ("III. KẾT QUẢ DỰ KIẾN", "target")],
)
def test_status_by_heading(heading: str, status: str) -> None:
    text = f"KẾ HOẠCH\nxây dựng nông thôn mới năm 2019\n{heading}\n- Bê tông hóa 16 km đường.\n"
    assert rows(facts(text).quantities, "status") == [(status,)]


def test_some_indicators_are_no_aims_and_articles_decide() -> None:
    report = "BÁO CÁO\nxây dựng nông thôn mới\n3. Một số chỉ tiêu: bê tông hóa 16 km đường.\n"
    assert rows(facts(report).quantities, "status") == [("achieved",)]
    head = "QUYẾT ĐỊNH\nPhân bổ vốn năm 2023 trên địa bàn huyện\n"
    articles = "Điều 1. Phân bổ 16 tỷ đồng.\nĐiều 2. Mục tiêu gắn với nguồn vốn:\n- Làm 9 km.\n"
    assert rows(facts(head + articles).budgets, "status") == [("target",)]


def test_parts_of_a_number_just_stated() -> None:
    text = "- Tổng vốn: 90 tỷ đồng, gồm:\n+ Nhân dân: 16 tỷ đồng (18%), trong số này tiền mặt 9 tỷ đồng.\n"
    assert rows(facts(text).budgets, "amount_vnd", "parent") == [
        (90 * B, None), (16 * B, 90 * B), (9 * B, 16 * B)
    ]  # fmt: skip


def test_levels_behind_their_amounts() -> None:
    found = facts("Tổng 12 tỷ đồng (4 tỷ TW + 3 tỷ tỉnh + 5 tỷ dân).")
    assert rows(found.budgets, "amount_vnd", "source", "label")[2:] == [
        (3 * B, "ngân sách tỉnh", "vốn ngân sách tỉnh"), (5 * B, "nhân dân", "nhân dân")
    ]  # fmt: skip
    assert rows(found.budgets, "source")[:2] == [(None,), ("ngân sách trung ương",)]
    assert not found.quantities


def test_levels_alone_and_lists_of_programmes_name_sources() -> None:
    text = "Đã đầu tư 31 tỷ đồng. Chia ra: trung ương 2 tỷ đồng (6%); xã đấu giá đất 15 tỷ đồng; huyện, xã 14 tỷ đồng."
    assert rows(facts(text).budgets[1:], "source") == [("ngân sách trung ương",), ("ngân sách xã",), (None,)]
    text = "Vốn lồng ghép chương trình giảm nghèo, ODA, nước sạch chiếm phần lớn với 29 tỷ đồng."
    assert rows(facts(text).budgets, "source") == [("lồng ghép",)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("II. VỐN ĐÃ HUY ĐỘNG\nTổng số: 46 tỷ đồng.\n", "Tổng số VỐN ĐÃ HUY ĐỘNG"),
        ("Thứ mười, thu nhập: ước đạt 19 triệu đồng/người/năm.", "thu nhập"),
        ("Nguồn lực (tỷ đồng): tổng 45,6; NSTW 12.", "tổng Nguồn lực"),
    ],
)
def test_names_of_amounts(text: str, label: str) -> None:
    assert facts(text).budgets[0].label == label


@pytest.mark.parametrize(
    ("said", "op"),
    [
        ("Vân Sơn giải ngân chưa nổi 18%", "<"),
        ("phải vượt 90% dân số", ">"),
        ("vượt 12% kế hoạch", "="),
        ("xã nợ nhiều nhất 30%", "="),
        ("hỗ trợ nhiều nhất 30%", "<="),
    ],
)
def test_operators(said: str, op: str) -> None:
    assert rows(facts(f"Cả huyện {said}.").percentages, "op") == [(op,)]
