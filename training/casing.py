"""Count how official text capitalises words: MODELS/case/*.npy.

python -m training.casing CORPORA [--models DIR] [--without FILE ...]
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np

from ntm_extract.repair.tokens import SPECIALS, Kind, key, kind, split
from training.language_model import split_vbpl
from training.lexicon import corpus, held_out

LEAST = 4  # times that a pair of words must stand together to be stored
FAR = 0.08  # by which its share of Title must differ from the word's own


def main() -> None:  # noqa: PLR0915
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--models", type=Path, default=Path("models"))
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    words = (args.models / "words.txt").read_text(encoding="utf-8").split("\n")[:-1]
    index = {word: i for i, word in enumerate(words)}
    seen: Counter[tuple[int, int]] = Counter()
    titled: Counter[tuple[int, int]] = Counter()
    counts = np.zeros((len(words), 3))
    cache: dict[str, tuple[int, int, bool]] = {}

    def look(token: str) -> tuple[int, int, bool]:
        """(word, case, whether a sentence may begin after it); word -1 for what has no case."""
        _, core, trail = split(token)
        ends = any(c in ".:;!?" for c in trail) or kind(core) is Kind.SIGN
        if kind(core) is not Kind.WORD or key(core) not in index:
            return -1, 0, ends
        if core.islower():
            case = 0
        elif core.isupper() and len(core) > 1:
            case = 2
        elif core[0].isupper() and (len(core) == 1 or core[1:].islower()):
            case = 1
        else:
            return -1, 0, ends
        return index[key(core)], case, ends

    without = held_out(args.without)
    repeat = {"ntm_domain": 5}
    for name in ("vbpl", "luatvietnam_train", "uts_vlc", "ntm_domain"):
        lines = split_vbpl(args.corpora, without)[0] if name == "vbpl" else corpus(args.corpora, name, without)
        weight = repeat.get(name, 1)
        for line in lines:
            if line.isupper():
                continue
            begins, before = True, -1
            for token in line.split():
                found = cache.get(token)
                if found is None:
                    found = cache[token] = look(token)
                word, case, ends = found
                if word >= 0 and not begins:
                    counts[word, case] += weight
                    if before >= 0 and case < 2:
                        seen[before, word] += weight
                        titled[before, word] += weight * case
                begins, before = ends, word
    total = counts.sum(1) + 2.0
    title = (counts[:, 1] + 0.1) / np.maximum(1, total - counts[:, 2])
    upper = counts[:, 2] / total
    for i, word in enumerate(words):  # never seen inside a sentence: no vowel with or without marks, so an abbreviation
        if counts[i].sum() == 0 and i >= len(SPECIALS) and not any(c in "aeiouy" or not c.isascii() for c in word):
            upper[i] = 0.9
    rows = []
    for (before, word), n in seen.items():
        share = (titled[before, word] + 1.0 * title[word]) / (n + 1.0)
        if n >= LEAST and abs(share - title[word]) > FAR:
            rows.append((before * 65536 + word, share))
    rows.sort()
    folder = args.models / "case"
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "title.npy", title.astype(np.float32))
    np.save(folder / "upper.npy", upper.astype(np.float32))
    np.save(folder / "pair.npy", np.array([r[0] for r in rows], dtype=np.uint32))
    np.save(folder / "pair_title.npy", np.rint(np.array([r[1] for r in rows]) * 255).astype(np.uint8))
    print(f"{len(rows)} pairs; {sum(f.stat().st_size for f in folder.iterdir()) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
