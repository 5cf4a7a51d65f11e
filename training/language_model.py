"""Build the n-gram model of repair from the corpora.

    python -m training.language_model CORPORA LISTS [--models DIR] [--genre FOLDER] [--without FILE ...]
        [--sizes 800000,1300000,1100000]

Two models are mixed: one of all official and general text, one of the genre (reports and plans of the programme),
of a corpus and of the texts in FOLDER, which were composed for this.
Writes MODELS/ngrams/*.npy over the words of MODELS/words.txt and prints the perplexity on lines held out of vbpl, and
on the files left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ntm_extract.repair.tokens import END, START, UNKNOWN, units
from training import ngrams
from training.lexicon import GENRE_TEXTS, composed, corpus, held_out, place_phrases

GENERAL = ("vbpl", "uts_vlc", "luatvietnam_train", "nqb_docs", "viwiki", "ntm_domain")
GENRE = "ntm_domain"
GENRE_WEIGHT = 0.6
HELD_OUT_EVERY, HELD_OUT_LINES = 11, 10_000  # of vbpl: each 11th line, at most so many, is never learned from


class Encoder:
    """Paragraphs to streams of word numbers; remembers every token that it has seen."""

    def __init__(self, words: list[str]) -> None:
        self.index = {word: i for i, word in enumerate(words)}
        self.cache: dict[str, tuple[int, ...]] = {}

    def token(self, token: str) -> tuple[int, ...]:
        """The numbers of one token's words."""
        ids = self.cache.get(token)
        if ids is None:
            ids = tuple(self.index.get(unit, UNKNOWN) for unit in units(token))
            self.cache[token] = ids
        return ids

    def stream(self, lines: Iterable[str]) -> NDArray[np.uint16]:
        """Paragraphs, each between START and END, one after the other."""
        out: list[NDArray[np.uint16]] = []
        part: list[int] = []
        for line in lines:
            part.append(START)
            for token in line.split():
                part.extend(self.token(token))
            part.append(END)
            if len(part) > 1_000_000:
                out.append(np.array(part, dtype=np.uint16))
                part = []
        out.append(np.array(part, dtype=np.uint16))
        return np.concatenate(out)


def split_vbpl(folder: Path, without: frozenset[str]) -> tuple[list[str], list[str]]:
    """The lines of vbpl to learn from, and those held out (never one that is also learned from)."""
    lines = list(corpus(folder, "vbpl", without))
    held = [line for i, line in enumerate(lines) if i % HELD_OUT_EVERY == 0][:HELD_OUT_LINES]
    out = set(held)
    return [line for line in lines if line not in out], held


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("lists", type=Path)
    parser.add_argument("--models", type=Path, default=Path("models"))
    parser.add_argument("--genre", type=Path, default=GENRE_TEXTS)
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    parser.add_argument("--sizes", default="800000,1300000,1100000")
    args = parser.parse_args()
    words = (args.models / "words.txt").read_text(encoding="utf-8").split("\n")[:-1]
    encoder = Encoder(words)
    without = held_out(args.without)
    learn, held = split_vbpl(args.corpora, without)
    parts = [encoder.stream(learn)]
    parts += [encoder.stream(corpus(args.corpora, name, without)) for name in GENERAL if name != "vbpl"]
    parts.append(encoder.stream(place_phrases(args.lists)))
    general = ngrams.estimate(np.concatenate(parts), 4, len(words), (1, 1, 2, 2))
    print(f"general: {sum(len(p) for p in parts)} words, {[len(o.keys) for o in general]} n-grams", flush=True)
    genre_ids = encoder.stream([*corpus(args.corpora, GENRE, without), *composed(args.genre, without)])
    genre = ngrams.estimate(genre_ids, 4, len(words), (1, 1, 1, 1))
    whole = ngrams.mix([general, genre], [1 - GENRE_WEIGHT, GENRE_WEIGHT])
    pruned = ngrams.prune(whole, tuple(int(s) for s in args.sizes.split(",")))
    print(f"pruned to {[len(o.keys) for o in pruned]}")
    tests = {"held-out vbpl": encoder.stream(held)}
    if without:
        tests["the files left out"] = encoder.stream(sorted(filter(None, without)))
    for name, model in (("general", general), ("mixed", whole), ("pruned", pruned)):
        told = ", ".join(f"{ngrams.perplexity(model, test):.1f} on {on}" for on, test in tests.items())
        print(f"perplexity, {name}: {told}")
    folder = args.models / "ngrams"
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in ngrams.trie(pruned).items():
        np.save(folder / f"{name}.npy", array)
    print(f"{sum(f.stat().st_size for f in folder.iterdir()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
