"""Two readings of doubtful words made one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ntm_extract.layout.merging import MOST, doubtful, merged
from ntm_extract.layout.seen import Seen


def words(*said: tuple[str, float], line: int = 1) -> list[Seen]:
    return [
        Seen(text, sure, 50 * i, 20 * line, 50 * i + 40, 20 * line + 12, (1, 1, line))
        for i, (text, sure) in enumerate(said)
    ]


def texts(first: list[Seen], second: list[Seen]) -> str:
    return " ".join(w.text for w in merged(first, second))


def test_doubtful_words_are_read_with_those_beside_them() -> None:
    line = words(*((f"chu{i}", 0.5 if i in (3, 6, 14) else 0.95) for i in range(20)))
    sure = words(("nông", 0.9), ("thôn", 0.9), line=2)
    (first, second) = doubtful([*line, *sure])
    assert first.words == tuple(range(1, 9))  # two doubts near each other are one stretch
    assert second.words == tuple(range(12, 17))
    assert (first.top, first.foot) == (20, 32)


def test_a_page_in_doubt_all_over_is_not_read_again_nor_is_noise() -> None:
    lines = [w for n in range(MOST + 1) for w in words(("khó", 0.3), ("đọc", 0.9), line=n)]
    assert doubtful(lines) == ()
    assert len(doubtful(lines[: 2 * MOST])) == MOST
    assert doubtful(words(("|", 0.2), ("¬", 0.1))) == ()


def test_the_surer_reading_counts_if_it_is_no_worse_vietnamese() -> None:
    first = words(("thanh", 0.9), ("toản", 0.5), ("nợ", 0.9))
    assert texts(first, words(("thanh", 0.9), ("toán", 0.8), ("nợ", 0.9))) == "thanh toán nợ"
    assert texts(first, words(("thanh", 0.9), ("toán", 0.4), ("nợ", 0.9))) == "thanh toản nợ"
    assert texts(first, words(("thanh", 0.9), ("tơárn", 0.8), ("nợ", 0.9))) == "thanh toản nợ"


def test_no_word_is_lost_or_added_and_no_digit_changed() -> None:
    first = words(("đạt", 0.5), ("36", 0.4), ("hộ", 0.6))
    assert texts(first, words(("đạt", 0.9), ("86", 0.9), ("hộ", 0.9))) == "đạt 36 hộ"
    assert texts(first, words(("đạt", 0.9), ("36", 0.9))) == "đạt 36 hộ"
    assert texts(first, words(("đạt", 0.9), ("36", 0.9), ("hộ", 0.9), ("dân", 0.9))) == "đạt 36 hộ"
    assert texts(first, []) == "đạt 36 hộ"


def test_words_that_a_speck_joins_stay_two_and_torn_ones_may_become_one() -> None:
    assert texts(words(("chính", 0.6), ("sách", 0.5)), words(("chính-sách", 0.9))) == "chính sách"
    assert texts(words(("tuyê", 0.5), ("ên", 0.5)), words(("tuyên", 0.9))) == "tuyên"


@given(
    st.lists(st.tuples(st.sampled_from(["xã", "7", "4,5", "đường", "|"]), st.floats(0, 1)), min_size=1, max_size=8),
    st.lists(st.tuples(st.sampled_from(["xã", "1", "45", "đuờng"]), st.floats(0, 1)), max_size=8),
)
def test_digits_of_the_first_reading_always_come_out(
    one: list[tuple[str, float]], other: list[tuple[str, float]]
) -> None:
    digits = [c for text, _ in one for c in text if c.isdigit()]
    assert [c for c in texts(words(*one), words(*other)) if c.isdigit()] == digits
