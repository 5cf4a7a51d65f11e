from hypothesis import given
from hypothesis import strategies as st

from ntm_extract.model import Line, Word
from ntm_extract.repair import Repaired
from ntm_extract.repair.diff import diff

WORDS = st.lists(st.tuples(*[st.sampled_from(["xã", "bản", "đã"])] * 2), max_size=6)


def repaired(*rows):
    """Lines of (read, repaired) words."""
    lines = tuple(
        Line(number=n, words=tuple(Word(recognised=old, text=new) for old, new in row)) for n, row in enumerate(rows, 1)
    )
    return Repaired("\n".join(line.text for line in lines), lines)


SOME = repaired(
    [("Nhân", "Nhân"), ("dân", "dân")],
    [("đã", "đã"), ("hién", "hiến"), ("đất", "đất"), ("¬", ""), ("làm", "làm"), ("gắn.với", "gắn với")],
)


def test_changes_in_plain_text():
    assert diff(SOME, colour=False) == "2: đã [-hién-]{+hiến+} đất [-¬-] làm [-gắn.với-]{+gắn với+}\n"


def test_changes_in_colour():
    shown = diff(repaired([("tố", "tổ"), ("chức", "chức")]), colour=True)
    assert shown == "1: \x1b[31mtố\x1b[0m\x1b[32mtổ\x1b[0m chức\n"


@given(WORDS)
def test_both_sides_are_in_it(row):
    shown = diff(repaired(row), colour=False)
    if all(old == new for old, new in row):
        assert shown == ""
        return
    text = shown.removeprefix("1: ").rstrip("\n")
    old = "".join(part.split("{+")[0] for part in text.split("+}")).replace("[-", "").replace("-]", "")
    assert old.split() == [word for word, _ in row]
    assert text.count("[-") == text.count("{+") > 0
