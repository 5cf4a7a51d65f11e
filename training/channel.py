"""Learn the character error models of repair from lines whose truth is known.

    python -m training.noise CORPORA NOISE.tsv          first: typeset, worn and read lines
    python -m training.channel SHARED NOISE.tsv [--models DIR]

`light` is for recognisers that know Vietnamese letters: pairs of real scans, typeset pages read with `vie`.
`heavy` is for those that do not: documents with a ruined text layer, typeset pages read with READERS.
`bare` is for text whose marks were all stripped: the truth of the typeset lines without its marks.
Writes MODELS/channels/*.npz and *.json.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from ntm_extract.edges.models import save_regime
from ntm_extract.repair.learning import Pairs, learn, weigh
from ntm_extract.repair.regimes import Regime
from ntm_extract.repair.tokens import Kind, kind, split
from training.pairs import gold_lines, noise_lines, scan_lines, word_pairs

GOLD = ("plan2025", "report2023a")
READERS = ("eng", "fra", "msa", "deu", "por")  # Tesseract's languages that do not know Vietnamese letters
GOLD_WEIGHT = 3  # times that pairs of real documents count against typeset ones


def pairs_of(lines: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The word pairs of line pairs (truth, reading)."""
    return [pair for truth, read in lines for pair in word_pairs(truth, read)]


def heavy_pairs(shared: Path, noise: Path, gold: Iterable[str] = GOLD, kinds: Iterable[str] = READERS) -> Pairs:
    """Pairs of ruined layers; `gold` names the documents that may be learned from."""
    real = [pair for stem in gold for pair in pairs_of(gold_lines(shared, stem))]
    return weigh(real * GOLD_WEIGHT + pairs_of(noise_lines(noise, kinds)))


def light_pairs(shared: Path, noise: Path, without: str = "") -> Pairs:
    """Pairs of readings with marks; `without` names a scanned document that must not be learned from."""
    real = [(t, r) for document, t, r in scan_lines(shared / "corpora" / "ocr_pairs_dev.tsv") if document != without]
    return weigh(pairs_of(real) * GOLD_WEIGHT + pairs_of(noise_lines(noise, ("vie",))))


def heavy(pairs: Pairs) -> Regime:
    """The regime of ruined layers."""
    return Regime(
        learn(pairs), unknown=7.0, unknown_letter=2.0, mixed=12.0, weight=0.75, trust=0.0, marks=False, specks=True
    )


def light(pairs: Pairs) -> Regime:
    """The regime of readings with marks."""
    return Regime(learn(pairs), unknown=4.0, unknown_letter=0.5, mixed=4.0, weight=1.0, trust=1.0, marks=True)


def strip_marks(text: str) -> str:
    """The text as if typed without any marks."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.translate({ord("đ"): "d", ord("Đ"): "D"})


def bare_pairs(noise: Path) -> Pairs:
    """Words and the same words without marks."""
    truths = (truth for truth, _ in noise_lines(noise, ("vie",)))
    cores = (split(word).core for truth in truths for word in truth.split())
    return weigh((core, strip_marks(core)) for core in cores if kind(core) is Kind.WORD)


def bare(pairs: Pairs) -> Regime:
    """The regime of stripped text."""
    return Regime(learn(pairs), unknown=6.0, unknown_letter=1.5, mixed=4.0, weight=1.0, trust=0.0, marks=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("noise", type=Path)
    parser.add_argument("--models", type=Path, default=Path("models"))
    args = parser.parse_args()
    folder = args.models / "channels"
    for name, regime in (
        ("light", light(light_pairs(args.shared, args.noise))),
        ("heavy", heavy(heavy_pairs(args.shared, args.noise))),
        ("bare", bare(bare_pairs(args.noise))),
    ):
        save_regime(folder, name, regime)
        print(name, (folder / f"{name}.npz").stat().st_size, "bytes")


if __name__ == "__main__":
    main()
