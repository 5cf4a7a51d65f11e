"""Words torn in two by a space too many: `th ực hiện`, `nghi ệp`, `tiêu chu ẩn`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from ntm_extract.repair.language_model import LanguageModel, step
from ntm_extract.repair.tokens import START, UNKNOWN, Parts, key, split
from ntm_extract.text.normal import fold

_CONSONANTS = frozenset("bcdđghklmnpqrstvx")
_ONSETS = frozenset({"ch", "gh", "kh", "ng", "ngh", "nh", "ph", "th", "tr"})
_VOWELS = frozenset("aeiouy")
_LONGEST = 7  # letters of a syllable
_LEAD = 7.0  # log-probability by which the whole must be likelier than two halves that are words


def torn_words(row: Sequence[str], words: Mapping[str, int], model: LanguageModel) -> list[int]:
    """The tokens of a line that are the first half of a word whose other half is the next token.

    The whole must be one of `words`, and a half be no word: letters that none of the words is, or two consonants or
    more without a vowel. Halves that are words, `chu ẩn`, are put together where the words beside them all but rule out
    anything else. A half after a number is left alone: it may be a unit.
    """
    found: list[int] = []
    parts = [split(token) for token in row]
    for i in range(len(row) - 1):
        left, right = parts[i], parts[i + 1]
        if left.trail or right.lead or not (left.core.isalpha() and right.core.isalpha()):
            continue
        before = parts[i - 1].core if i else ""
        if (found and found[-1] == i - 1) or before[-1:].isdigit():
            continue
        whole = _whole(left, right, words)
        if whole is None:
            continue
        one, other = words.get(key(left.core)), words.get(key(right.core))
        bare = len(left.core) > 1 and _CONSONANTS.issuperset(left.core.lower())
        if not bare and one is not None and other is not None:
            start = words.get(key(before), UNKNOWN) if before else START
            after = () if right.trail or i + 2 == len(row) else (words.get(key(parts[i + 2].core), UNKNOWN),)
            together, apart = (_likely(model, start, (*halves, *after)) for halves in ((whole,), (one, other)))
            if together < apart + _LEAD:
                continue
        found.append(i)
    return found


def torn_onsets(row: Sequence[str]) -> list[int]:
    """The tokens of a ruined line that are the consonants of a syllable whose vowels are the next: `th uc hién`.

    Halves that are syllables can't be told there: without its marks nearly all that is short is like one.
    """
    parts = [split(token) for token in row]
    return [
        i
        for i, (left, right) in enumerate(pairwise(parts))
        if left.core.lower() in _ONSETS
        and not left.trail
        and not right.lead
        and right.core.isalpha()
        and len(left.core + right.core) <= _LONGEST
        and fold(right.core[0]) in _VOWELS
    ]


def _whole(left: Parts, right: Parts, words: Mapping[str, int]) -> int | None:
    """The number of the word that two halves make, if they make one."""
    text = left.core + right.core
    if len(text) > _LONGEST or not text[1:].islower() or (right.core[0] in _CONSONANTS and key(right.core) in words):
        return None
    return words.get(key(text))


def _likely(model: LanguageModel, before: int, words: Iterable[int]) -> float:
    total, n1, n2, n3 = 0.0, before, -1, -1
    for word in words:
        p, n1, n2, n3 = step(model, n1, n2, n3, word)
        total += p
    return total
