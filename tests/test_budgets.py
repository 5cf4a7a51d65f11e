import pytest

from tests.reading_help import facts, rows

TREE = """Tổng kinh phí: 5.000 triệu đồng, trong đó:
- Ngân sách trung ương: 3.000 triệu đồng (trong đó: vốn đầu tư 2.200 triệu đồng; vốn sự nghiệp 800 triệu đồng).
- Ngân sách tỉnh, huyện: 1.400 triệu đồng.
- Nhân dân đóng góp: 600 triệu đồng.
Trong năm đã giải ngân 4.100 triệu đồng.
"""
M = 10**6


def test_the_tree_over_lines_and_brackets() -> None:
    assert rows(facts(TREE).budgets, "amount_vnd", "parent") == [
        (5000 * M, None), (3000 * M, 5000 * M), (2200 * M, 3000 * M), (800 * M, 3000 * M), (1400 * M, 5000 * M),
        (600 * M, 5000 * M), (4100 * M, None),
    ]  # fmt: skip


def test_parents_are_named_by_their_fact() -> None:
    found = {row.amount_vnd: row for row in facts(TREE).budgets}
    assert found[2200 * M].parent_id == found[3000 * M].fact_id
    assert found[5000 * M].parent_id is None


def test_sources_and_capital() -> None:
    assert rows(facts(TREE).budgets, "source", "capital") == [
        (None, None), ("ngân sách trung ương", None), ("ngân sách trung ương", "đầu tư"),
        ("ngân sách trung ương", "sự nghiệp"), (None, None), ("nhân dân", None), (None, None),
    ]  # fmt: skip


def test_levels_of_a_list() -> None:
    text = (
        "a) Chi ngân sách: 900 triệu đồng, gồm:\n- Chi đầu tư: 500 triệu đồng, bao gồm:\n"
        "+ Xây dựng: 300 triệu đồng;\n+ Thiết bị: 200 triệu đồng;\n- Chi khác: 400 triệu đồng.\n"
    )
    assert rows(facts(text).budgets, "parent") == [(None,), (900 * M,), (500 * M,), (500 * M,), (900 * M,)]


def test_parts_in_one_sentence() -> None:
    text = (
        "Huy động trên 80 tỷ đồng, trong đó: vốn tín dụng 30 tỷ đồng, vốn doanh nghiệp gần 20 tỷ đồng "
        "và vốn lồng ghép 30 tỷ đồng."
    )
    assert rows(facts(text).budgets, "op", "parent", "source") == [
        (">", None, None), ("=", 80000 * M, "tín dụng"), ("=", 80000 * M, "doanh nghiệp"),
        ("=", 80000 * M, "lồng ghép"),
    ]  # fmt: skip


def test_a_sentence_that_opens_with_its_parts() -> None:
    text = "Các hộ đã vay 12 tỷ đồng. Trong đó đã trả 7 tỷ đồng, còn nợ 5 tỷ đồng (tiền lãi 300 triệu đồng)."
    assert rows(facts(text).budgets, "amount_vnd", "parent") == [
        (12000 * M, None), (7000 * M, 12000 * M), (5000 * M, 12000 * M), (300 * M, 5000 * M),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("Thu nhập bình quân đầu người đạt 41 triệu đồng/năm.", "người/năm"),
        ("Thu nhập bình quân đầu người là 12,5 triệu đồng.", "người"),
        ("Hỗ trợ 10 triệu đồng/hộ.", "hộ"),
        ("Thu nhập bình quân 45 triệu đồng/người/năm.", "người/năm"),
        ("Lương 5 triệu đồng/tháng.", "tháng"),
        ("Toàn xã có 46 hộ có thu nhập từ 180 triệu đồng/năm trở lên.", "năm"),
        ("Đã có 9 trang trại cho thu nhập trên 1,2 tỷ đồng/năm.", "năm"),
        ("Các hộ có thu nhập bình quân 38 triệu đồng/năm.", "người/năm"),
        ("Xã có 512 hộ, thu nhập đạt 44 triệu đồng/năm.", "người/năm"),
    ],
)
def test_rates(text: str, per: str) -> None:
    assert rows(facts(text).budgets, "per") == [(per,)]


def test_a_change_is_no_part() -> None:
    text = "Thu ngân sách đạt 60 tỷ đồng (tăng 4 tỷ đồng so với năm trước)."
    assert rows(facts(text).budgets, "amount_vnd", "parent") == [(60000 * M, None), (4000 * M, None)]


def test_foreign_money_and_things_in_millions_are_quantities() -> None:
    found = facts("Dự án có vốn 3 triệu USD, phục vụ 1,2 triệu lượt khách.")
    assert not found.budgets
    assert rows(found.quantities, "unit") == [("triệu USD",), ("triệu lượt khách",)]


def test_amounts_in_words_are_not_counted_twice() -> None:
    assert len(facts("Tổng số 2.400.000 đồng (Bằng chữ: Hai triệu bốn trăm nghìn đồng).").budgets) == 1


def test_evidence_stands_at_the_number() -> None:
    row = facts(TREE).budgets[3]
    assert row.evidence.line == 2
    assert "vốn sự nghiệp 800 triệu đồng" in row.evidence.quote


def test_part_goes_back_to_the_total_above_once_the_inner_parts_are_told() -> None:
    text = (
        "Tổng kinh phí 30 tỷ đồng, trong đó ngân sách trung ương 20 tỷ đồng, gồm vốn đầu tư 15 tỷ đồng và "
        "vốn sự nghiệp 5 tỷ đồng; ngân sách tỉnh 10 tỷ đồng."
    )
    tens = [row.parent // 10**9 if row.parent else None for row in facts(text).budgets]
    assert tens == [None, 30, 20, 20, 30]


def test_items_detail_the_item_over_them() -> None:
    text = (
        "1. Ngân sách huyện: 90 triệu đồng, trong đó:\n"
        "a) Vốn đầu tư: 60 triệu đồng.\n"
        "- Làm đường: 40 triệu đồng;\n"
        "- Làm cống: 20 triệu đồng.\n"
        "b) Vốn sự nghiệp: 30 triệu đồng."
    )
    millions = [row.parent // 10**6 if row.parent else None for row in facts(text).budgets]
    assert millions == [None, 90, 60, 60, 90]


def test_incomes_of_households_one_after_another() -> None:
    found = facts("Có 45 hộ thu nhập trên 150 triệu đồng/năm, 12 hộ từ 300 triệu đồng/năm trở lên.").budgets
    assert rows(found, "op", "per") == [(">", "năm"), (">=", "năm")]


def test_the_earlier_of_two_incomes_has_the_rate_of_the_later() -> None:
    found = facts("Thu nhập tăng từ 31,4 lên 44,9 triệu đồng/người/năm.").budgets
    assert rows(found, "amount_vnd", "per") == [(31_400_000, "người/năm"), (44_900_000, "người/năm")]


def test_words_behind_an_amount_say_what_it_is() -> None:
    found = facts("Phân bổ 640 triệu đồng kinh phí sự nghiệp cho các xã.").budgets
    assert rows(found, "capital", "label") == [("sự nghiệp", "Phân bổ kinh phí sự nghiệp cho các xã")]


def test_an_amount_in_brackets_has_the_source_of_its_share() -> None:
    found = facts("Tổng nguồn lực 920 tỷ đồng. Trong đó, vốn tín dụng chiếm 60% (khoảng 552 tỷ đồng).").budgets
    assert rows(found, "source", "parent") == [(None, None), ("tín dụng", 920_000 * M)]


def test_the_debt_of_a_list() -> None:
    found = facts("Xã tạm ứng cho hợp tác xã Sơn Hạ 11 tỷ đồng, còn nợ 2 tỷ đồng.").budgets
    assert found[1].label == "nợ Xã tạm ứng cho hợp tác xã Sơn Hạ"


def test_parts_have_the_status_of_their_whole() -> None:
    text = "Nhu cầu vốn khoảng 90 tỷ đồng. Chia ra: ngân sách tỉnh 60 tỷ đồng, ngân sách xã 30 tỷ đồng."
    assert rows(facts(text).budgets, "status") == [("target",)] * 3


def test_a_text_of_aims_without_a_head() -> None:
    text = "Huyện đặt mục tiêu 12 xã đạt chuẩn. Dự kiến cần 80 tỷ đồng, sẽ huy động dần. Mỗi năm mở 9 lớp nghề."
    assert facts(text).quantities[-1].status == "target"


def test_what_each_thing_gets_is_a_rate() -> None:
    found = facts("Xây 3 sân bóng, mỗi sân 45 triệu đồng; xóa 12 nhà tạm, mỗi nhà hỗ trợ từ 30 đến 40 triệu đồng.")
    assert rows(found.budgets, "per") == [("sân",), ("nhà",), ("nhà",)]


def test_a_colon_opens_the_parts_of_the_amount_before_it() -> None:
    found = facts("Nguồn lực dự kiến 90 tỷ đồng: NS tỉnh 60 tỷ đồng, dân góp 30 tỷ đồng.").budgets
    assert rows(found, "source", "parent") == [
        (None, None),
        ("ngân sách tỉnh", 90_000 * M),
        ("nhân dân", 90_000 * M),
    ]


def test_millions_as_notes_abbreviate_them() -> None:
    assert rows(facts("Nguồn vốn: NSTW: 2.600 trđ, NS huyện: 900 tr.đ.").budgets, "amount_vnd", "source") == [
        (2600 * M, "ngân sách trung ương"),
        (900 * M, "ngân sách huyện"),
    ]


def test_parts_behind_a_semicolon() -> None:
    found = facts("Vốn huy động: 820 tỷ đồng, đạt 105% kế hoạch; trong đó vốn lồng ghép 310 tỷ đồng.").budgets
    assert rows(found, "parent") == [(None,), (820_000 * M,)]


def test_the_income_of_a_family() -> None:
    assert facts("Hộ ông Lò Văn Pánh nuôi 40 con lợn, thu nhập 190 triệu đồng/năm.").budgets[0].per == "năm"


def test_parts_of_the_sentence_before_whatever_stands_between() -> None:
    text = (
        "Huyện đã huy động được 812 tỷ đồng từ nhiều nguồn để xây dựng nông thôn mới, tăng 1,2 lần so với năm 2020. "
        "Trong đó, vốn lồng ghép từ các chương trình, dự án khác là 96,4 tỷ đồng; vốn DN 31, 5 tỷ đồng."
    )
    found = facts(text).budgets
    assert [(b.amount_vnd // 10**8, b.source, b.parent and b.parent // 10**8) for b in found] == [
        (8120, None, None),
        (964, "lồng ghép", 8120),
        (315, "doanh nghiệp", 8120),
    ]


def test_stars_head_dashes_and_what_was_spent_is_no_part() -> None:
    found = facts(
        "Tổng kế hoạch vốn được giao 900 triệu đồng, trong đó:\n\n"
        "* Chương trình nông thôn mới: 600 triệu đồng; đã giải ngân 300 triệu đồng, đạt 50%.\n\n"
        "- Vốn đầu tư phát triển: 400 triệu đồng; giải ngân 210 triệu đồng (52,5%).\n\n"
        "- Vốn sự nghiệp: 200 triệu đồng.\n\n"
        "* Chương trình giảm nghèo: 300 triệu đồng.\n\n"
        "Nợ đọng xây dựng cơ bản là 120 triệu đồng."
    ).budgets
    million = 1_000_000
    assert [(b.amount_vnd // million, b.parent and b.parent // million) for b in found] == [
        (900, None), (600, 900), (300, None), (400, 600), (210, None), (200, 600), (300, 900), (120, None),
    ]  # fmt: skip
    assert "giải ngân" in found[4].label
    assert "đầu tư" in found[4].label


def test_headings_with_letters_are_headings() -> None:
    found = facts("A. KẾT QUẢ\nChi 4 tỷ đồng.\nB. MỤC TIÊU GIAI ĐOẠN 2021-2025\n- Huy động 9 tỷ đồng.\n").budgets
    assert rows(found, "status", "period") == [("achieved", None), ("target", "GIAI ĐOẠN 2021-2025")]


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("Tổ thu gom rác thu 4.000 đồng/khẩu/tháng.", "khẩu/tháng"),
        ("Thu nhập bình quân đạt 38 triệu đồng/khẩu/năm.", "người/năm"),
        ("- Thu nhập bình quân đầu người: mục tiêu 58 triệu đồng/năm, kết quả 59 triệu đồng/năm.", "người/năm"),
    ],
)
def test_dues_and_income_a_head(text: str, per: str) -> None:
    assert {row.per for row in facts(text).budgets} == {per}


def test_a_name_of_a_place_pays_nothing() -> None:
    assert rows(facts("- Huyện Chi Lộc: kế hoạch 71 tỷ đồng, giải ngân 30 tỷ đồng.").budgets, "source") == [(None,)] * 2


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("- Nhà văn hóa xã: xây mới 900 triệu đồng/nhà.", "xây Nhà văn hóa xã"),
        (
            "Dư nợ cho vay phục vụ nông nghiệp, nông thôn đạt 90 tỷ đồng.",
            "Dư nợ cho vay phục vụ nông nghiệp, nông thôn",
        ),
        (
            "Tổng kinh phí 9 tỷ đồng, trong đó: dân góp 2 tỷ đồng (tiền mặt 1 tỷ đồng).",
            "tiền mặt dân góp",
        ),
        ("Tiêu chí số 10 - Thu nhập: năm nay đạt 49 triệu đồng/người/năm.", "Thu nhập"),
    ],
)
def test_names_of_amounts(text: str, label: str) -> None:
    assert facts(text).budgets[-1].label == label
