"""The character error model: what a recogniser makes of what stood on the paper, and the search for what it was.

A word is read piece by piece: one letter or two become no, one or two characters. Costs are negative natural-log
probabilities of a piece given its first true letter; an added character has a cost of its own. A table of costs
(Channel) belongs to a kind of noise; the machinery is the same for all.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ntm_extract.compiled import compiled, leaf

Floats = NDArray[np.float32]
Ids = NDArray[np.int16]

LOWER = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
LETTERS = LOWER + LOWER.upper()
"""What can stand on the paper within a word; upper case stands len(LOWER) places after its lower case."""
N_LOWER = len(LOWER)
N_LETTERS = len(LETTERS)
_PLACES = {letter: place for place, letter in enumerate(LETTERS)}
IMPOSSIBLE = 30.0
LONGEST = 24  # characters: a longer token is no syllable
LOWER_CASE, TITLE_CASE, UPPER_CASE = range(3)


class Channel(NamedTuple):
    """Costs of one kind of noise. Shapes: L letters, S signs (the last for any other), P letter pairs, B sign pairs."""

    signs: str  # the characters that a reading may hold, in order
    pair: Ids  # (L, L): number of a letter pair or -1
    bigram: Ids  # (S, S): number of a sign pair or -1
    one_one: Floats  # (L, S)
    one_none: Floats  # (L,)
    none_one: Floats  # (S,)
    one_two: Floats  # (L, B)
    two_one: Floats  # (P, S)
    two_two: Floats  # (P, B)

    def encode(self, text: str) -> Ids:
        """The characters as sign numbers."""
        return np.array([self.signs.find(c) % len(self.signs) for c in text], dtype=np.int16)

    @property
    def costs(self) -> tuple[NDArray[np.generic], ...]:
        """The arrays that compiled code takes."""
        return tuple(self[1:])

    @property
    def leads(self) -> NDArray[np.bool_]:
        """Which letters are the first of a letter pair, (L,)."""
        return np.asarray((self.pair >= 0).any(axis=1), dtype=np.bool_)


def letters(text: str) -> Ids | None:
    """The word as letter numbers, or None if it has a character that no word has."""
    found = [_PLACES.get(c, -1) for c in text]
    return None if -1 in found else np.array(found, dtype=np.int16)


class Lexicon(NamedTuple):
    """A trie of words, its nodes in depth-first order."""

    letter: Ids  # lower-case letter of the node
    depth: Ids  # of the first letter: 0
    skip: NDArray[np.int32]  # the next node that is not below this one
    word: NDArray[np.int32]  # number of the word that ends here, or -1


def build_lexicon(words: list[tuple[str, int]]) -> Lexicon:
    """The trie of (word, number), leaving out words with characters outside LETTERS."""
    rows: list[list[int]] = []
    path: list[int] = []  # open nodes
    previous = ""
    for text, number in sorted(words):
        ids = letters(text)
        if ids is None or not text:
            continue
        common = 0
        while common < min(len(previous), len(text)) and previous[common] == text[common]:
            common += 1
        for node in path[common:]:
            rows[node][2] = len(rows)
        del path[common:]
        for depth in range(common, len(text)):
            path.append(len(rows))
            rows.append([int(ids[depth]), depth, 0, -1])
        rows[path[-1]][3] = number
        previous = text
    for node in path:
        rows[node][2] = len(rows)
    table = np.array(rows, dtype=np.int32).reshape(-1, 4)
    return Lexicon(table[:, 0].astype(np.int16), table[:, 1].astype(np.int16), table[:, 2].copy(), table[:, 3].copy())


@compiled
def _gathered(costs, signs, case):  # type: ignore[no-untyped-def]
    """What the letters that a case has cost by place in the reading: `single` and `double` (L, n) for one sign and two
    that end there, `added` (n,) for a sign too many, `twin` (n,) the number of the sign pair that ends there or -1.

    Gathered once for a search, in rows side by side: the walk looks them up at every node.
    """
    _, bigram, one_one, _, none_one, one_two, _, _ = costs
    n = len(signs)
    single = np.empty((2 * N_LOWER, n), dtype=np.float32)
    double = np.full((2 * N_LOWER, n), np.float32(np.inf))
    added = np.empty(n, dtype=np.float32)
    twin = np.full(n, -1, dtype=np.int64)
    begin = N_LOWER if case == UPPER_CASE else 0
    end = N_LOWER if case == LOWER_CASE else 2 * N_LOWER
    for j in range(n):
        added[j] = none_one[signs[j]]
        for t in range(begin, end):
            single[t, j] = one_one[t, signs[j]]
        if j > 0 and bigram[signs[j - 1], signs[j]] >= 0:
            twin[j] = bigram[signs[j - 1], signs[j]]
            for t in range(begin, end):
                double[t, j] = one_two[t, twin[j]]
    return single, double, added, twin


@leaf
def _column(columns, d, t, p, costs, signs, gathered):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """One more letter `t` at depth d, pair `p` with the one before: fills its column, the costs of all prefixes of the
    reading. Returns the least.
    """
    single, double, added, twin = gathered
    lost, two_one, two_two = costs[3][t], costs[6], costs[7]
    below, out = columns[d], columns[d + 1]
    now = below[0] + lost
    out[0], least = now, now
    for j in range(len(signs)):
        own = min(below[j + 1] + lost, below[j] + single[t, j], below[max(j - 1, 0)] + double[t, j])
        now = min(now + added[j], own)
        out[j + 1] = now
        least = min(least, now)
    if p >= 0:
        before, now = columns[d - 1], out[0]
        for j in range(len(signs)):
            own = min(out[j + 1], before[j] + two_one[p, signs[j]])
            if twin[j] >= 0:
                own = min(own, before[j - 1] + two_two[p, twin[j]])
            now = min(now + added[j], own)
            out[j + 1] = now
            least = min(least, now)
    return least


@compiled
def search(lexicon, costs, leads, signs, case, known, margin, found_word, found_cost):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """Words that `signs` may be a reading of, if written in `case`, within `margin` of the best. Returns how many.

    `leads` (L,) says which letters are the first of a pair; `known` is the cost of some word that is among them, to
    prune by from the start (IMPOSSIBLE if none is known).
    """
    letter, depth, skip, word = lexicon
    pair = costs[0]
    gathered = _gathered(costs, signs, case)
    n, added = len(signs), gathered[2]
    columns = np.full((LONGEST + 2, n + 1), np.float32(IMPOSSIBLE))
    columns[0, 0] = 0.0
    for j in range(n):
        columns[0, j + 1] = columns[0, j] + added[j]
    path = np.zeros(LONGEST + 2, dtype=np.int16)
    least = np.zeros(LONGEST + 2, dtype=np.float32)
    best, count, i = min(known, IMPOSSIBLE - margin), 0, 0
    while i < len(letter):
        d = int(depth[i])
        limit = best + margin
        upper = case == UPPER_CASE or (case == TITLE_CASE and d == 0)
        t = letter[i] + (N_LOWER if upper else 0)
        p = int(pair[path[d - 1], t]) if d > 0 else -1
        if d >= LONGEST or (p < 0 and least[d] > limit):  # the letter before is too dear, and no pair goes round it
            i = int(skip[i])
            continue
        path[d] = t
        least[d + 1] = _column(columns, d, t, p, costs, signs, gathered)
        if least[d + 1] > limit and (d == 0 or not leads[t] or least[d] > limit):
            i = int(skip[i])
            continue
        cost = columns[d + 1, n]
        if word[i] >= 0 and cost <= limit and count < len(found_word):
            found_word[count] = word[i]
            found_cost[count] = cost
            count += 1
            best = min(best, cost)
        i += 1
    return count


@compiled
def align(costs, true, signs, ops):  # type: ignore[no-untyped-def]  # noqa: PLR0912
    """The cheapest way from `true` letters to `signs`: fills ops with (letters taken, signs taken). (cost, rows)."""
    pair, bigram, one_one, one_none, none_one, one_two, two_one, two_two = costs
    m, n = len(true), len(signs)
    table = np.full((m + 1, n + 1), np.float32(1e9))
    move = np.zeros((m + 1, n + 1), dtype=np.int8)  # letters * 3 + signs
    table[0, 0] = 0.0
    for i in range(m + 1):
        p = int(pair[true[i - 2], true[i - 1]]) if i >= 2 else -1
        for j in range(n + 1):
            best, how = table[i, j], move[i, j]
            if j >= 1 and table[i, j - 1] + none_one[signs[j - 1]] < best:
                best, how = table[i, j - 1] + none_one[signs[j - 1]], 1
            if i >= 1:
                t = true[i - 1]
                if table[i - 1, j] + one_none[t] < best:
                    best, how = table[i - 1, j] + one_none[t], 3
                if j >= 1 and table[i - 1, j - 1] + one_one[t, signs[j - 1]] < best:
                    best, how = table[i - 1, j - 1] + one_one[t, signs[j - 1]], 4
                if p >= 0 and j >= 1 and table[i - 2, j - 1] + two_one[p, signs[j - 1]] < best:
                    best, how = table[i - 2, j - 1] + two_one[p, signs[j - 1]], 7
                if j >= 2:
                    b = bigram[signs[j - 2], signs[j - 1]]
                    if b >= 0:
                        if table[i - 1, j - 2] + one_two[t, b] < best:
                            best, how = table[i - 1, j - 2] + one_two[t, b], 5
                        if p >= 0 and table[i - 2, j - 2] + two_two[p, b] < best:
                            best, how = table[i - 2, j - 2] + two_two[p, b], 8
            table[i, j] = best
            move[i, j] = how
    i, j, count = m, n, 0
    while i > 0 or j > 0:
        how = int(move[i, j])
        if how == 0 or count >= len(ops):
            return np.float32(1e9), 0
        ops[count, 0], ops[count, 1] = how // 3, how % 3
        count += 1
        i -= how // 3
        j -= how % 3
    return table[m, n], count


@compiled
def align_cases(costs, lower, signs, ops):  # type: ignore[no-untyped-def]
    """Costs of the cheapest way to `signs` from a word of these lower-case letters in lower, title and upper case."""
    true = lower.copy()
    as_lower, _ = align(costs, true, signs, ops)
    true[:1] += N_LOWER
    as_title, _ = align(costs, true, signs, ops)
    true[1:] += N_LOWER
    as_upper, _ = align(costs, true, signs, ops)
    return as_lower, as_title, as_upper
