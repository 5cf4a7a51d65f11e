"""What the best repair could reach: the paths through the decoder's lattices that come nearest to the truth.

    python -m bench.repair --only oracle

A lattice's oracle error is the least edit distance between the true tokens and any path through it. Two are measured:
of the candidates that the decoder weighs (under the channel adapted to the document), and of all words, where each
token of letters may be any word of the vocabulary. What even those leave is lost to the reading: words passed over,
specks that stay, words read as numbers, other punctuation, names of no list. What repair leaves beyond the first was
among its candidates and not chosen. Case and the placing of tones don't count here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from bench.repair_score import Score, with_regime
from bench.unseen import OTHERS, UNSEEN_LEVELS, documents
from ntm_extract.model import Line, Word
from ntm_extract.repair import Repairer, repair_lines
from ntm_extract.repair.adapting import decide
from ntm_extract.repair.candidates import Finder
from ntm_extract.repair.channel import LOWER_CASE
from ntm_extract.repair.choosing import At, Choice, Place, Steps, Token, parted, weighed
from ntm_extract.repair.decoder import NOTHING
from ntm_extract.repair.repairer import _document, _texts
from ntm_extract.repair.tokens import DASH, Kind, key, split
from ntm_extract.repair.writing import rewrite
from training.channel import GOLD, heavy, heavy_pairs

Distances = NDArray[np.int32]
"""By how many true tokens are behind: the least edits between them and a path so far."""
Text = tuple[str, ...]


class Arc(NamedTuple):
    """The ways on from one place of a document to the next: texts of a few tokens, and any word within these signs."""

    texts: frozenset[Text]
    around: tuple[str, str] | None  # before and after a word; None where the token is no word


class Truth:
    """The true tokens, indexed."""

    def __init__(self, tokens: Sequence[str], words: frozenset[str]) -> None:
        self.size = len(tokens)
        self.places: dict[str, list[int]] = {}
        self.within: dict[tuple[str, str], list[int]] = {}  # places of words of the vocabulary by the signs around
        for i, token in enumerate(tokens):
            lead, core, trail = split(token)
            self.places.setdefault(key(token), []).append(i)
            if key(core) in words:
                self.within.setdefault((lead, trail), []).append(i)

    def after(self, before: Distances, tokens: frozenset[str], around: tuple[str, str] | None = None) -> Distances:
        """The distances after one token more, which may be any of these, or any word within the signs."""
        best = before + 1
        best[1:] = np.minimum(best[1:], before[:-1] + 1)
        for found in (*(self.places.get(token, ()) for token in tokens), self.within.get(around, ()) if around else ()):
            at = np.array(found, dtype=np.int64)
            best[at + 1] = np.minimum(best[at + 1], before[at])
        return best

    def passed(self, distances: Distances) -> Distances:
        """The distances where true tokens may also have been passed over."""
        order = np.arange(self.size + 1, dtype=np.int32)
        return np.minimum.accumulate(distances - order) + order

    def least(self, arcs: Sequence[Arc], *, all_words: bool) -> int:
        """The edits of the nearest path."""
        now = np.arange(self.size + 1, dtype=np.int32)
        for arc in arcs:
            ways = []
            single = frozenset(text[0] for text in arc.texts if len(text) == 1)
            if single or (all_words and arc.around):
                ways.append(self.after(now, single, arc.around if all_words else None))
            for text in arc.texts:
                if len(text) != 1:
                    way = now
                    for token in text:
                        way = self.passed(self.after(way, frozenset((token,))))
                    ways.append(way)
            now = self.passed(np.minimum.reduce(ways))
        return int(now[-1])


def oracle(shared: Path, noise: Path, repairer: Repairer) -> Iterable[Score]:
    """The unseen noise of bench.repair, `no eng`: what is left, and what the nearest paths would leave."""
    fitted = with_regime(repairer, "heavy", heavy(heavy_pairs(shared, noise, GOLD, OTHERS)))
    words = frozenset(repairer.words)
    texts = sorted((shared / "texts" / "in").glob("composed_*.txt"))
    print(f"{'tokens wrong in %, case apart':34} {'left':>8} {'candidates':>10} {'all words':>9}")
    for level in UNSEEN_LEVELS:
        tokens, edits = 0, np.zeros(3)
        for _, pages in documents(texts, [level], "eng", noise.parent / "unseen"):
            truth = [token for true, _ in pages for line in true for token in line.split()]
            lines = lines_of("\n\f\n".join("\n".join(read) for _, read in pages))
            left = distance(repair_lines(lines, fitted), truth)
            true, ways = Truth(truth, words), list(arcs(lines, fitted))
            tokens += len(truth)
            edits += (left, true.least(ways, all_words=False), true.least(ways, all_words=True))
        left, chosen, every = 100 * edits / tokens
        print(f"{level + ', no eng':34} {left:8.2f} {chosen:10.2f} {every:9.2f}", flush=True)
    yield from ()


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a plain text."""
    rows = enumerate(text.split("\n"), 1)
    return tuple(Line(number=n, words=tuple(Word(text=t, recognised=t) for t in row.split())) for n, row in rows)


def distance(lines: tuple[Line, ...], truth: list[str]) -> int:
    """Edits of tokens, case apart."""
    return Levenshtein.distance([key(t) for line in lines for t in line.text.split()], list(map(key, truth)))


def arcs(lines: tuple[Line, ...], repairer: Repairer) -> Iterator[Arc]:
    """The ways through a document, a token or place after the other; what repair made of a place is one of them."""
    repaired = repair_lines(lines, repairer)
    document = _document(lines, repairer)
    ways: dict[Place, list[Arc]] = {}
    for regime, own in _texts(repairer, document).items():
        finder, _ = decide(repairer.finder(regime), own, adapts=repairer.adapts)
        for tokens in own:
            steps, places = weighed(finder, tokens)
            for token, at in zip(tokens, places, strict=True):
                ways.setdefault(token.place, []).append(_arc(finder, steps, token, at))
    for n, line in enumerate(repaired):
        for i, word in enumerate(line.words):
            made = tuple(map(key, word.text.split()))
            if len(own := ways.get((n, i), [])) == 1:
                yield own[0]._replace(texts=own[0].texts | {made})
            elif own:
                yield from own
            else:
                yield Arc(frozenset((made,)), None)


def _arc(finder: Finder, steps: Steps, token: Token, at: At) -> Arc:
    """What one token may become."""
    points = [token]
    if at.mark >= 0 and NOTHING in steps.found[at.mark].words[:, 0]:
        points.append(token._replace(parts=token.parts._replace(trail="")))
    texts = set()
    for one in points:
        if at.core < 0:
            texts.add(_text(finder, Choice(one, DASH, None)))
            continue
        for row in steps.found[at.core].words.tolist():
            words = [word for word in row if word != NOTHING]
            parts = zip(parted(finder, one, words) if words else (), words, strict=True)
            texts.add(sum((_text(finder, Choice(part, word, None)) for part, word in parts), ()))
    is_word = token.what in (Kind.WORD, Kind.MIXED) and not token.abbreviation
    return Arc(frozenset(texts), (token.parts.lead, token.parts.trail) if is_word else None)


def _text(finder: Finder, choice: Choice) -> Text:
    """What a choice has written, case and tone placement apart."""
    new = rewrite(finder, choice, LOWER_CASE, style_new=False)
    return tuple(map(key, (choice.token.text if new is None else new.text).split()))
