"""Measure the reading of figures alone: true text in, no recognition, repair or trained model between.

    python -m bench.facts [--shared ../shared]

Prints F1 by table for samples/ and, where it is there, for the shared measuring set; then the speed of reading: of
figures alone, of every extractor with the rulers, and with the trained component too.
Rows of annex tables and lines of cells (with tabs) are left aside: they are read from cells, not from text.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from bench.scoring import Score, match
from ntm_extract.edges.data import load_knowledge
from ntm_extract.edges.nlp import load_nlp
from ntm_extract.edges.textfile import decode, split
from ntm_extract.extract import EXTRACTORS
from ntm_extract.extract.registry import run
from ntm_extract.facts import Extraction
from ntm_extract.knowledge import Knowledge
from ntm_extract.layout.passages import outline
from ntm_extract.model import Document
from ntm_extract.ner import annotate
from ntm_extract.ner.pipeline import build
from ntm_extract.text import dates, wording

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).resolve().parents[1]
TABLES = ("criteria", "percentages", "budgets", "quantities")
FIGURES = tuple(one for one in EXTRACTORS if one.table in TABLES)


def documents(folder: Path) -> dict[str, Document]:
    """The texts of a folder by stem, without the cells of tables."""
    found = {}
    for path in sorted(folder.glob("*.txt")):
        text = "\n".join(line for line in decode(path.read_bytes()).split("\n") if "\t" not in line)
        found[path.stem] = Document(doc_id="0" * 16, source=path.name, media="text", pages=split(text))
    return found


def read(document: Document, knowledge: Knowledge) -> Extraction:
    """Its figures, without entities: the rules alone."""
    found, problems = run(FIGURES, outline(document), knowledge)
    if problems:
        raise RuntimeError(problems[0].error)
    return found


def score(texts: Path, truth: Path, knowledge: Knowledge) -> dict[str, Score]:
    """Scores by table, pooled over the documents that have a truth."""
    scores = dict.fromkeys(TABLES, Score())
    for stem, document in documents(texts).items():
        path = truth / f"{stem}.facts.jsonl"
        if not path.is_file():
            continue
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        found = read(document, knowledge)
        for table in TABLES:
            true = [row for row in rows if row["table"] == table and row.get("grid") is None]
            scores[table] += match(table, true, [asdict(fact) for fact in getattr(found, table)])
    return scores


def read_all(document: Document, knowledge: Knowledge, nlp: Language) -> Extraction:
    """Everything that the text of a document says, tables left aside."""
    return run(EXTRACTORS, annotate(outline(document), nlp, knowledge), knowledge)[0]


def speed(folders: list[Path], one: Callable[[Document], Extraction]) -> float:
    """Kilobytes of text a second on one core, everything loaded and compiled, nothing kept from the time before."""
    all_documents = [document for folder in folders for document in documents(folder).values()]
    size = sum(path.stat().st_size for folder in folders for path in folder.glob("*.txt"))
    best = 0.0
    for _ in range(3):
        wording.cleaned.cache_clear()
        dates.find.cache_clear()
        begin = time.process_time()
        for document in all_documents:
            one(document)
        best = max(best, size / 1000 / (time.process_time() - begin))
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    shared = parser.parse_args().shared
    samples = ROOT / "samples" / "truth"
    sets = {
        "samples": (samples, samples),
        "gold": (shared / "gold" / "true", shared / "gold"),
        "texts": (shared / "texts" / "in", shared / "texts"),
    }
    knowledge = load_knowledge()
    for name, (texts, truth) in sets.items():
        if texts.is_dir():
            for table, found in score(texts, truth, knowledge).items():
                print(f"{name:8} {table:12} {found.true:4} true {found.found:4} found  F1 {found.f1:.3f}")
    folders = [texts for texts, _ in sets.values() if texts.is_dir()]
    rulers, trained = build(knowledge, knowledge.lexicon), load_nlp(knowledge)
    for name, reader in (
        ("figures alone", lambda document: read(document, knowledge)),
        ("all, with rulers", lambda document: read_all(document, knowledge, rulers)),
        ("all, with the trained component", lambda document: read_all(document, knowledge, trained)),
    ):
        print(f"{name}: {speed(folders, reader):.0f} kB/s")


if __name__ == "__main__":
    main()
