"""Measure entities on the composed sentences of bench/ner.txt: rulers alone, trained component alone, both.

    python -m bench.ner [--rate 0.03] [--seed 3] [--show]

F1 of exact spans by label, on the clean sentences and with letters misread as the heavy channel of repair says (the
component was trained on damage of the light one). Prints the tables of models/ner.md.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.language import Language

from bench.facts import documents
from bench.tools import ROOT, table
from ntm_extract.edges.data import load_knowledge
from ntm_extract.edges.models import load_repairer, models_folder
from ntm_extract.edges.nlp import load_nlp
from ntm_extract.edges.textfile import split
from ntm_extract.extract import EXTRACTORS
from ntm_extract.extract.document import extract_document
from ntm_extract.extract.places import extract_places
from ntm_extract.extract.registry import run
from ntm_extract.knowledge import Knowledge
from ntm_extract.layout.passages import outline
from ntm_extract.model import Document, Outline
from ntm_extract.ner import annotate
from ntm_extract.ner.labels import LEARNED, PLACE
from ntm_extract.ner.pipeline import blank, build
from training.ner_text import Damage, Labelled

SENTENCES = Path(__file__).with_name("ner.txt")
MARKED = re.compile(r"\[([A-Z]+) ([^\]]+)\]")
Spans = set[tuple[int, int, str]]
SIGNERS = (
    "Rcom Bluh",
    "Cụt Văn Phò",
    "Lộc Thị Hòa",
    "Ngân Văn Tuyển",
    "Moong Thị Khun",
    "Chíu Sám Múi",
    "Ninh Văn Quảng",
    "Tống Khánh Vinh",
    "Cháng Sín Vần",
    "Bríu Pố",
    "Hơih Thiên",
    "Xồng Bá Lẩu",
    "Nguyẻn Văn Thao",
    "Trân Đình Khôi",
    "Lìm Thị Pành",
    "Phùn Sành Lý",
    "Long Văn Siêng",
    "Âu Thị Chiêm",
    "Thi Văn Nhạn",
    "Nịnh Tắc Voòng",
)
"""Invented names, all but one (Tống) of no listed family."""
FOOT = """ỦY BAN NHÂN DÂN
XÃ NÀ PHẶC
Số: 14/BC-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Nà Phặc, ngày 12 tháng 6 năm 2020
BÁO CÁO
Kết quả xây dựng nông thôn mới năm 2020
Xã có 14 thôn, 812 hộ; tỷ lệ hộ nghèo còn 9,4%.
Nơi nhận:
- UBND huyện;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

"""


def sentences(path: Path) -> list[Labelled]:
    """The sentences of a file with their entities. Raises ValueError for a label that there is not."""
    return [_parsed(line) for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


def _parsed(line: str) -> Labelled:
    text, spans, last = "", [], 0
    for mark in MARKED.finditer(line):
        if mark.group(1) not in LEARNED:
            raise ValueError(f"no such label: {mark.group()}")
        text += line[last : mark.start()]
        spans.append((len(text), len(text) + len(mark.group(2)), mark.group(1)))
        text += mark.group(2)
        last = mark.end()
    return Labelled(text + line[last:], spans, [])


def score(given: list[Labelled], nlp: Language) -> dict[str, tuple[int, int, int]]:
    """True, found and right spans by label."""
    true, found, right = Counter[str](), Counter[str](), Counter[str]()
    for one, doc in zip(given, nlp.pipe([g.text for g in given]), strict=True):
        wanted: Spans = set(one.spans)
        seen: Spans = {(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in LEARNED}
        for counter, spans in ((true, wanted), (found, seen), (right, wanted & seen)):
            counter.update(label for _, _, label in spans)
    return {label: (true[label], found[label], right[label]) for label in LEARNED}


def f1(scores: tuple[int, int, int]) -> float:
    true, found, right = scores
    return 2 * right / max(1, true + found)


def trained_alone() -> Language:
    """The component without rulers."""
    nlp = blank()
    nlp.add_pipe("ner", source=spacy.load(models_folder() / "ner", exclude=["tokenizer", "vocab"]))
    return nlp


def show(given: list[Labelled], nlp: Language) -> None:
    """Print what was missed (-) and what was wrongly found (+)."""
    for one, doc in zip(given, nlp.pipe([g.text for g in given]), strict=True):
        wanted, seen = set(one.spans), {(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in LEARNED}
        for sign, spans in (("-", wanted - seen), ("+", seen - wanted)):
            for a, b, label in sorted(spans):
                print(sign, label, one.text[a:b], "|", one.text)


def places(given: list[Labelled], nlp: Language, knowledge: Knowledge) -> tuple[int, int, int]:
    """True, found and right names of the table `places`, all sentences as one document."""
    text = "\n".join(one.text for one in given)
    rows = extract_places(annotated(text, nlp, knowledge), knowledge)
    found = {row.name for row in rows}
    true = {one.text[a:b] for one in given for a, b, label in one.spans if label == PLACE}
    return len(true), len(found), len(true & found)


def signers(nlp: Language, knowledge: Knowledge) -> int:
    """How many of SIGNERS are read under a report."""
    heads = (extract_document(annotated(FOOT + name, nlp, knowledge), knowledge) for name in SIGNERS)
    return sum(head.signer == name for head, name in zip(heads, SIGNERS, strict=True))


def annotated(text: str, nlp: Language, knowledge: Knowledge) -> Outline:
    """The text as a file of one page, with its entities."""
    document = Document(doc_id="0" * 16, source="ner.txt", media="text", pages=split(text))
    return annotate(outline(document), nlp, knowledge)


def speed(nlp: Language, knowledge: Knowledge) -> float:
    """Kilobytes of text a second on one core: outline, entities and all tables of the samples' texts."""
    texts = ROOT / "samples" / "truth"
    given = list(documents(texts).values())
    size = sum(path.stat().st_size for path in texts.glob("*.txt"))
    best = 0.0
    for _ in range(3):
        begin = time.process_time()
        for document in given:
            run(EXTRACTORS, annotate(outline(document), nlp, knowledge), knowledge)
        best = max(best, size / 1000 / (time.process_time() - begin))
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=float, default=0.03, help="share of letters misread in the damaged sentences")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--show", action="store_true", help="print what was missed and wrongly found as well")
    args = parser.parse_args()
    clean = sentences(SENTENCES)
    rng = random.Random(args.seed)
    damage = Damage(load_repairer(models_folder()).regimes["heavy"].channel)
    damaged = [damage(one, args.rate, rng) for one in clean]
    knowledge = load_knowledge()
    ways: dict[str, Callable[[], Language]] = {
        "rulers": lambda: build(knowledge, knowledge.lexicon),
        "trained": trained_alone,
        "both": lambda: load_nlp(knowledge),
    }
    pipelines = {name: make() for name, make in ways.items()}
    for name, given in (("clean", clean), ("damaged", damaged)):
        scores = {way: score(given, nlp) for way, nlp in pipelines.items()}
        rows = [
            [label, scores["both"][label][0], *(f"{f1(scores[way][label]):.3f}" for way in ways)] for label in LEARNED
        ]
        pooled = {way: tuple(sum(c) for c in zip(*scores[way].values(), strict=True)) for way in ways}
        rows.append(["all", pooled["both"][0], *(f"{f1(pooled[way]):.3f}" for way in ways)])  # type: ignore[arg-type]
        print(f"{len(given)} sentences, {name}\n")
        print(table(["label", "spans", *ways], rows))
    print("names in the table places (true, found, right), signers, speed:")
    for way in ("rulers", "both"):
        counts = places(clean, pipelines[way], knowledge)
        signed = f"{signers(pipelines[way], knowledge)} of {len(SIGNERS)}"
        print(f"  {way}: {counts}, F1 {f1(counts):.3f}; {signed}; {speed(pipelines[way], knowledge):.0f} kB/s")
    if args.show:
        show(clean, pipelines["both"])


if __name__ == "__main__":
    main()
