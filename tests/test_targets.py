"""Plans and aims against results: as the words beside them say, by the share printed, and in later years."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ntm_extract.checks import check
from ntm_extract.edges.data import load_limits
from ntm_extract.facts import Head
from tests.reading_help import facts

HEAD = "BÁO CÁO\nKết quả xây dựng nông thôn mới năm 2023\n\nI. KẾT QUẢ\n"
AIMS = "\nII. MỤC TIÊU ĐẾN NĂM 2025\n"


def failed(text: str) -> list[tuple[str, str, str]]:
    """(check, found, expected) of what fails in a report that says this of its results."""
    judged = check(replace(facts(HEAD + text), head=Head(date="2023-12-20")), load_limits())
    assert not judged.problems
    return [(one.check, one.found, one.expected) for one in judged.checks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Tỷ lệ hộ dùng nước sạch đạt 97%, vượt kế hoạch (95%).", []),
        ("- Tỷ lệ hộ dùng nước sạch đạt 95%, đạt và vượt kế hoạch 95%.", []),
        ("- Tỷ lệ hộ dùng nước sạch đạt 91%, vượt kế hoạch (95%).", [("91", "> 95")]),
        ("- Tỷ lệ hộ dùng nước sạch đạt 97%, không đạt chỉ tiêu đề ra là 95%.", [("97", "< 95")]),
        ("- Tỷ lệ hộ dùng nước sạch đạt 91%, chưa đạt mục tiêu nghị quyết 95%.", []),
        ("- Lao động qua đào tạo đạt 58% (1.160/2.000 người), vượt chỉ tiêu tỉnh giao 60%.", [("58", "> 60")]),
        ("- Tỷ lệ hộ nghèo còn 4,2%, không đạt chỉ tiêu đề ra là 5%.", [("4,2", "> 5")]),  # less is better
        ("- Tỷ lệ hộ nghèo còn 4,2%, vượt chỉ tiêu đề ra là 5%.", []),
        ("- Tỷ lệ hộ nghèo còn 4,2%.\n- Thu ngân sách vượt kế hoạch 12%.", []),  # another thing
    ],
)
def test_a_plan_is_passed_or_missed_as_the_words_say(text: str, expected: list[tuple[str, str]]) -> None:
    assert failed(text) == [("result_against_plan", *one) for one in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Thu ngân sách đạt 12.500 triệu đồng, bằng 125% kế hoạch (10.000 triệu đồng).", []),
        ("- Thu ngân sách đạt 12.600 triệu đồng, bằng 125% kế hoạch (10.000 triệu đồng).", [("125%", "126,0%")]),
        ("- Kế hoạch vốn là 12.000 triệu đồng, đã giải ngân 12.600 triệu đồng, đạt 105% kế hoạch.", []),
        (
            "- Kế hoạch vốn là 12.000 triệu đồng, đã giải ngân 12.600 triệu đồng, đạt 106% kế hoạch.",
            [("106%", "105,0%")],
        ),
        ("- Trồng mới 110 ha rừng, đạt 100% kế hoạch (kế hoạch 120 ha).", [("100%", "91,7%")]),
        ("- Trồng mới 120 ha rừng, đạt 100% kế hoạch (kế hoạch 120 ha).", []),
    ],
)
def test_a_share_of_a_plan_is_that_of_the_figures_beside_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert failed(text) == [("share_of_plan", *one) for one in expected]


@pytest.mark.parametrize(("share", "expected"), [("62,5", []), ("63,5", [("share_of_plan", "63,5%", "62,5%")])])
def test_what_was_paid_out_is_held_against_the_one_total(share: str, expected: list[tuple[str, str, str]]) -> None:
    assert expected == failed(
        "- Tổng vốn năm 2023 là 8.000 triệu đồng, trong đó: ngân sách tỉnh 5.000 triệu đồng; ngân sách huyện 3.000 "
        f"triệu đồng.\n- Đến nay đã giải ngân 5.000 triệu đồng, đạt {share}% kế hoạch."
    )


@pytest.mark.parametrize(("above", "holds"), [("2,5", True), ("3,5", False)])
def test_what_a_result_is_above_its_plan_is_their_difference(above: str, holds: bool) -> None:
    income = "- Thu nhập bình quân đầu người đạt 47,5 triệu đồng/người/năm"
    assert failed(f"{income}, vượt {above} triệu đồng so với kế hoạch 45 triệu đồng/người/năm.") == (
        [] if holds else [("plan_and_difference", "3.500.000", "2.500.000")]
    )


@pytest.mark.parametrize(
    ("now", "aim", "expected"),
    [
        ("Tỷ lệ hộ dùng nước sạch đạt 91%", "Tỷ lệ hộ dùng nước sạch đạt 95%", []),
        ("Tỷ lệ hộ dùng nước sạch đạt 91%", "Tỷ lệ hộ dùng nước sạch đạt 61%", [("61", ">= 91")]),
        ("Tỷ lệ hộ dùng nước sạch đạt 91%", "Tỷ lệ hộ có nhà tiêu hợp vệ sinh đạt 61%", []),
        ("Tỷ lệ hộ nghèo còn 4,2%", "Tỷ lệ hộ nghèo còn 3%", []),
        ("Tỷ lệ hộ nghèo còn 4,2%", "Tỷ lệ hộ nghèo còn 4,9%", [("4,9", "<= 4,2")]),
    ],
)
def test_an_aim_for_a_later_year_is_not_behind_the_result(now: str, aim: str, expected: list[tuple[str, str]]) -> None:
    found = failed(f"- {now}.{AIMS}- {aim}.")
    assert found == [("result_reaches_target", *one) for one in expected]


def test_the_aim_of_the_same_year_may_be_passed() -> None:
    assert failed("- Tỷ lệ hộ dùng nước sạch đạt 91%.\nII. MỤC TIÊU\n- Tỷ lệ hộ dùng nước sạch đạt 61%.") == []
