import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_extract.repair.diff import diff

BEFORE = "Nhân dân xã\nđã hién  đất ¬ làm gắn.với\nđường"
AFTER = "Nhân dân xã\nđã hiến đất làm gắn với\nđường"
WORDS = st.lists(st.sampled_from(["xã", "bản", "đã", "làm"]), max_size=6).map(" ".join)


def test_changes_in_plain_text():
    assert diff(BEFORE, AFTER, colour=False) == "2: đã [-hién-]{+hiến+} đất [-¬-] làm [-gắn.với-]{+gắn với+}\n"


def test_changes_in_colour():
    assert diff("tố chức", "tổ chức", colour=True) == "1: \x1b[31mtố\x1b[0m\x1b[32mtổ\x1b[0m chức\n"


@given(WORDS)
def test_nothing_changed(text):
    assert diff(text, text, colour=False) == ""


@given(WORDS, WORDS)
def test_both_sides_are_in_it(before, after):
    shown = diff(before, after, colour=False)
    if before == after:
        return
    kept = shown.removeprefix("1: ").replace("]{", "] {").split()
    removed, added, old, new = False, False, [], []
    for word in kept:
        removed, added = removed or word.startswith("[-"), added or word.startswith("{+")
        core = word.removeprefix("[-").removeprefix("{+").removesuffix("-]").removesuffix("+}")
        old += [core] if not added else []
        new += [core] if not removed else []
        removed, added = removed and not word.endswith("-]"), added and not word.endswith("+}")
    assert (old, new) == (before.split(), after.split())


def test_other_lines_are_refused():
    with pytest.raises(ValueError, match="zip"):
        diff("một", "một\nhai", colour=False)
