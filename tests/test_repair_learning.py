import numpy as np
import pytest

from ntm_extract.repair.channel import (
    IMPOSSIBLE,
    LETTERS,
    LOWER_CASE,
    align,
    align_cases,
    build_lexicon,
    letters,
    search,
)
from ntm_extract.repair.decoder import in_case
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


def found(channel, read, case=LOWER_CASE, margin=8, known=IMPOSSIBLE):
    """Costs of the words that the reading may be."""
    lexicon = build_lexicon([(w, i) for i, w in enumerate(WORDS)])
    word, cost = np.zeros(100, np.int32), np.zeros(100, np.float32)
    bounds = np.float32(known), np.float32(margin)
    n = search(lexicon, channel.costs, channel.leads, channel.encode(read), case, *bounds, word, cost)
    return {WORDS[word[k]]: cost[k] for k in range(n)}


def candidates(channel, read, case=LOWER_CASE):
    costs = found(channel, read, case)
    return sorted(costs, key=costs.__getitem__)


def aligned(channel, word, read):
    return align(channel.costs, letters(word), channel.encode(read), np.zeros((64, 2), dtype=np.int64))[0]


@pytest.mark.parametrize(("read", "meant"), [("s6", "số"), ("timg", "từng"), ("xa", "xã"), ("duong", "đường")])
def test_what_was_learned_is_found(channel, read, meant):
    assert candidates(channel, read)[0] == meant


def test_search_and_alignment_agree(channel):
    costs = found(channel, "so", margin=9)
    assert len(costs) > 1
    for word, cost in costs.items():
        assert aligned(channel, word, "so") == pytest.approx(cost, abs=1e-4)


@pytest.mark.parametrize("read", ["timg", "duong", "s6", "x", "nong", "thimn"])
@pytest.mark.parametrize("margin", [0.5, 3, 9])
def test_no_word_within_the_margin_is_passed_over(channel, read, margin):
    costs = {word: aligned(channel, word, read) for word in WORDS}
    near = {word for word, cost in costs.items() if cost <= min(costs.values()) + margin}
    assert near <= found(channel, read, margin=margin).keys()


def with_pair(channel, letters, sign, cost):
    """The channel with one more letter pair, which is read as one sign."""
    pair, row = channel.pair.copy(), np.full(len(channel.signs), IMPOSSIBLE, np.float32)
    pair[tuple(map(LETTERS.index, letters))] = len(channel.two_one)
    row[channel.signs.index(sign)] = cost
    return channel._replace(
        pair=pair,
        two_one=np.vstack((channel.two_one, row)),
        two_two=np.pad(channel.two_two, ((0, 1), (0, 0)), constant_values=IMPOSSIBLE),
    )


def test_two_letters_read_as_one_sign_are_found_though_the_first_alone_is_too_dear(channel):
    paired = with_pair(channel, "ừn", "0", 0.5)
    assert paired.leads.sum() == channel.leads.sum() + 1
    cost = aligned(paired, "từng", "t0g")
    assert cost < aligned(channel, "từng", "t0g") - 3
    assert found(paired, "t0g", margin=1, known=cost) == {"từng": pytest.approx(cost, abs=1e-4)}


@pytest.mark.parametrize("read", ["timg", "TIMG", "Timg"])
def test_a_word_is_aligned_in_its_three_cases(channel, read):
    ops = np.zeros((64, 2), dtype=np.int64)
    costs = align_cases(channel.costs, letters("từng"), channel.encode(read), ops)
    assert costs == tuple(aligned(channel, in_case("từng", case), read) for case in range(3))
    assert len(set(costs)) == 3


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
