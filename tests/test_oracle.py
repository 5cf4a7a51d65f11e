"""The path nearest to the truth: small lattices whose least edits are counted by hand, and one of a ruined text."""

from __future__ import annotations

import pytest

from bench.oracle import Arc, Truth, arcs
from tests.repair_help import RUINED, lines_of, repair_text

WORDS = frozenset("làm đường bê tông ở xã".split())  # noqa: SIM905
HERE = ("", "")


def arc(*texts, around=None):
    return Arc(frozenset(tuple(text.split()) for text in texts), around)


@pytest.mark.parametrize(
    ("ways", "truth", "edits", "of_all_words"),
    [
        ([arc("làm"), arc("đường")], "làm đường", 0, 0),
        ([arc("lam", "làm"), arc("đương", around=HERE)], "làm đường", 1, 0),
        ([arc("lam", around=HERE), arc("đường,", around=("", ","))], "làm đường", 2, 1),  # a comma that is none
        ([arc("làm")], "làm đường bê tông", 3, 3),  # three words passed over
        ([arc("làm"), arc("x", ""), arc("đường")], "làm đường", 0, 0),  # a crumb that may be dropped
        ([arc("làm"), arc("x", around=HERE), arc("đường")], "làm đường", 1, 1),  # one that may not
        ([arc("bêtông", "bê tông", "bà tông")], "bê tông", 0, 0),
        ([arc("bêtông", "bà tông")], "bê tông", 1, 1),
        ([arc("6"), arc("xã")], "ở xã", 1, 1),  # a number for a word
        ([arc("xa", around=HERE)], "Sơn", 1, 1),  # a word of no vocabulary
        ([], "làm đường", 2, 2),
        ([arc("làm"), arc("làm")], "", 2, 2),
    ],
)
def test_the_nearest_path(ways, truth, edits, of_all_words):
    true = Truth(truth.split(), WORDS)
    assert (true.least(ways, all_words=False), true.least(ways, all_words=True)) == (edits, of_all_words)


def test_a_repaired_text_is_a_path_of_its_own_lattice(repairer):
    lines = lines_of(RUINED)
    ways = list(arcs(lines, repairer))
    vocabulary = frozenset(repairer.words)
    assert Truth(repair_text(RUINED, repairer).split(), vocabulary).least(ways, all_words=False) == 0
    other = Truth(["Thường", *repair_text(RUINED, repairer).split()[1:]], vocabulary)
    assert (other.least(ways, all_words=False), other.least(ways, all_words=True)) == (1, 0)
