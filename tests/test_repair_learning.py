import numpy as np
import pytest

from ntm_extract.repair.channel import IMPOSSIBLE, LETTERS, LOWER_CASE, align, build_lexicon, letters, search
from ntm_extract.repair.learning import adapt, learn, weigh
from training import ngrams
from training.pairs import match, word_pairs

WORDS = ["xã", "làm", "lá", "từng", "đường", "thôn", "mới", "nông", "dân", "bản", "số", "sở", "có", "cỏ", "cơ"]


def noisy(word):
    """A recogniser that loses marks, reads ố as 6, ừn as im."""
    table = str.maketrans("ãàáườôớảóỏơở", "aaauoooaooo&"[:12])
    return word.replace("ừn", "im").replace("ố", "6").replace("đ", "d").translate(table)


@pytest.fixture(scope="module")
def channel():
    return learn(weigh([(w, noisy(w)) for w in WORDS * 20]))


def candidates(channel, read, case=LOWER_CASE):
    lexicon = build_lexicon([(w, i) for i, w in enumerate(WORDS)])
    word, cost = np.zeros(100, np.int32), np.zeros(100, np.float32)
    signs, known, margin = channel.encode(read), np.float32(IMPOSSIBLE), np.float32(8)
    n = search(lexicon, channel.costs, channel.leads, signs, case, known, margin, word, cost)
    return [WORDS[word[k]] for k in np.argsort(cost[:n], kind="stable")]


@pytest.mark.parametrize(("read", "meant"), [("s6", "số"), ("timg", "từng"), ("xa", "xã"), ("duong", "đường")])
def test_what_was_learned_is_found(channel, read, meant):
    assert candidates(channel, read)[0] == meant


def test_search_and_alignment_agree(channel):
    lexicon = build_lexicon([(w, i) for i, w in enumerate(WORDS)])
    word, cost = np.zeros(100, np.int32), np.zeros(100, np.float32)
    signs = channel.encode("so")
    n = search(
        lexicon, channel.costs, channel.leads, signs, LOWER_CASE, np.float32(IMPOSSIBLE), np.float32(9), word, cost
    )
    assert n > 1
    ops = np.zeros((64, 2), dtype=np.int64)
    for k in range(n):
        aligned, _ = align(channel.costs, letters(WORDS[word[k]]), signs, ops)
        assert aligned == pytest.approx(cost[k], abs=1e-4)


def test_costs_are_probabilities(channel):
    a = LETTERS.index("o")
    pieces = np.exp(-channel.one_one[a]).sum() + np.exp(-channel.one_none[a]) + np.exp(-channel.one_two[a]).sum()
    assert 0.8 < pieces < 1.1


def test_adaptation_follows_the_document(channel):
    before = channel.one_one[LETTERS.index("ã"), channel.signs.index("4")]
    moved = adapt(channel, weigh([("xã", "x4")] * 30), strength=20.0)
    assert moved.one_one[LETTERS.index("ã"), channel.signs.index("4")] < before - 1


def test_case_is_read(channel):
    upper = learn(weigh([(w.upper(), noisy(w).upper()) for w in WORDS * 20]))
    lexicon = build_lexicon([(w, i) for i, w in enumerate(WORDS)])
    assert len(lexicon.letter)
    assert candidates(upper, "XA", case=2)[0] == "xã"


def test_tokens_are_matched():
    assert list(match(["xã", "đạt", "chuẩn"], ["xa", "chuan"])) == [(2, 1), (0, 0)]


def test_word_pairs_leave_numbers():
    assert sorted(word_pairs("có 12 xã, đạt", "c6 12 x4, dat")) == [("có", "c6"), ("xã", "x4"), ("đạt", "dat")]


# --- n-grams


def stream(*sentences):
    return np.array([i for s in sentences for i in (1, *s, 2)], dtype=np.uint16)


@pytest.fixture(scope="module")
def model():
    rng = np.random.default_rng(3)
    sentences = [tuple(8 + min(9, int(rng.exponential(2) + k % 3)) for k in range(12)) for _ in range(300)]
    return ngrams.estimate(stream(*sentences), 3, 20, (1, 1, 1))


def total(model, context):
    """Sum of the probabilities of all words after the context."""
    order = len(context) + 1
    base = 0
    for word in context:
        base = base << 16 | word
    keys = (np.uint64(base) << np.uint64(16)) | np.arange(20, dtype=np.uint64)
    return np.exp(ngrams.score(model, keys, order)).sum()


@pytest.mark.parametrize("context", [(8,), (9, 8), (19,), (8, 19), (1, 8)])
def test_estimates_sum_to_one(model, context):
    assert total(model, context) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("context", [(8,), (9, 8), (1, 8)])
def test_pruned_and_mixed_models_sum_to_one(model, context):
    pruned = ngrams.prune(model, (30, 40))
    assert len(pruned[1].keys) >= 30
    assert len(pruned[2].keys) == 40
    assert total(pruned, context) == pytest.approx(1, abs=1e-6)
    other = ngrams.estimate(stream((8, 9, 8, 9), (10, 9, 8)), 3, 20, (1, 1, 1))
    assert total(ngrams.mix([model, other], [0.7, 0.3]), context) == pytest.approx(1, abs=1e-6)


def test_windows_end_with_the_paragraph():
    grams = ngrams.windows(stream((8, 9), (10,)), 2)
    assert (np.uint64(2) << np.uint64(16) | np.uint64(1)) not in grams
    assert len(grams) == 5
