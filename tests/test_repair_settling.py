"""A text repaired again stays as it is: by how passes are ended, and on texts of many kinds."""

import random
from itertools import cycle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.fuzz import string
from ntm_extract.model import Line, Word
from ntm_extract.repair import repair_lines
from ntm_extract.repair.settling import PASSES, settled
from tests.conftest import ROOT
from tests.repair_help import CORRECT, RUINED, line, lines_of, repair_text
from training.channel import strip_marks

FEW = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SAMPLES = sorted((ROOT / "samples/truth").glob("*.txt"))


# --- how passes end


def passes(change):
    """A repair that makes of each word what `change` says, "" to drop it; and how often it was called."""
    calls = []

    def made(word):
        text = change(word.recognised)
        return Word(text=text, recognised=word.recognised, reason="rule" if text != word.recognised else "")

    def repair(lines):
        calls.append(lines)
        return tuple(Line(number=line.number, words=tuple(map(made, line.words))) for line in lines)

    return repair, calls


@pytest.mark.parametrize(
    ("read", "change", "meant", "times"),
    [
        ("xa ta", {"xa": "xã"}, "xã ta", 2),
        ("xã ta", {"xa": "xã"}, "xã ta", 1),
        ("xx", {"xx": "xa", "xa": "xã"}, "xã", 3),
        ("c", {"c": "b", "b": "a", "a": "c"}, "a", 3),
        ("d", {"d": "c", "c": "b", "b": "c"}, "b", 3),
    ],
)
def test_passes_end_at_what_stays_or_the_least_of_a_ring(read, change, meant, times):
    repair, calls = passes(lambda w: change.get(w, w))
    [out] = settled(lines_of(read), repair)
    assert (out.text, out.recognised, len(calls)) == (meant, read, times)
    assert [bool(w.reason) for w in out.words] == [w.changed for w in out.words]
    [again] = settled(lines_of(out.text), repair)
    assert again.text == out.text


def test_what_never_ends_stays_as_read():
    repair, calls = passes(lambda w: w + "a")
    assert [line.text for line in settled(lines_of("a\nba"), repair)] == ["a", "ba"]
    assert len(calls) == PASSES


def test_words_parted_and_dropped_keep_their_place():
    repair, _ = passes(lambda w: {"va.nhan": "va nhan", "nhan": "nhân", "va": "và", "x": "|", "|": ""}.get(w, w))
    [out] = settled(lines_of("va.nhan x dan"), repair)
    assert [(w.recognised, w.text) for w in out.words] == [("va.nhan", "và nhân"), ("x", ""), ("dan", "dan")]


# --- texts


@pytest.mark.parametrize("text", [RUINED, CORRECT, "Uy ban nhan dan\u2003xa \u00d0\u0110U\r\n\x0b\f va.nhan"])
def test_repair_settles(repairer, text):
    once = repair_text(text, repairer)
    assert repair_text(once, repairer) == once


@pytest.mark.parametrize("path", SAMPLES[:3], ids=lambda path: path.stem)
def test_documents_settle(repairer, path):
    text = path.read_text(encoding="utf-8")
    for read in (text, strip_marks(text)):
        once = repair_text(read, repairer)
        assert repair_text(once, repairer) == once


def test_ruined_layers_settle(repairer, shared):
    for path in sorted(shared("gold/in").glob("*.txt")):
        once = repair_text(path.read_text(encoding="utf-8"), repairer)
        assert repair_text(once, repairer) == once


def words_of(text):
    return st.lists(st.sampled_from(text.split()), min_size=1, max_size=40).map(" ".join)


def damaged(seed):
    """Random numbers in text that is good, stripped or ruined, with random signs."""
    rng = random.Random(seed)
    return "\n".join(string(rng, rng.randrange(3))[0] for _ in range(12))


@FEW
@given(st.one_of(words_of(RUINED), words_of(CORRECT), st.text(max_size=60), st.integers(0, 10**9).map(damaged)))
def test_any_text_settles(repairer, text):
    once = repair_text(text, repairer)
    assert repair_text(once, repairer) == once


CONFIDENCES = st.lists(st.sampled_from([0.3, 0.7, 0.86, 0.97]), min_size=1, max_size=7)


@FEW
@given(st.one_of(words_of(RUINED), words_of(CORRECT), st.integers(0, 10**9).map(damaged)), CONFIDENCES)
def test_recognised_words_are_repaired_from_what_was_recognised(repairer, text, confidences):
    given_ = cycle(confidences)
    read = tuple(line(n, *((w, next(given_)) for w in row.split())) for n, row in enumerate(text.split("\n"), 1))
    for lines in (read, lines_of(text)):
        once = repair_lines(lines, repairer)
        assert repair_lines(once, repairer) == once
