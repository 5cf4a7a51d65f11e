"""Builds samples/ from samples/source/: scans, true text and facts.

    python -m training.samples [NAME …] [--out FOLDER]

The same sources, fonts (fonts-croscore, fonts-freefont, fonts-texgyre), Pillow, OpenCV, numpy and, for the two samples
with a bad reading, Tesseract give the same bytes. samples/README.md says what each sample is.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.degrade import LEVELS, degrade
from training.samples_facts import rows
from training.samples_files import bad_reading, pdf, pdf_with_layer, tiff
from training.samples_source import Source, read_source
from training.typeset import Sheet
from training.typeset_document import cell_spans, set_source, truth
from training.typeset_draw import draw

SAMPLES = Path(__file__).parent.parent / "samples"
COLOURED = 25  # a page is kept in colour if one of its pixels is this much redder than green or bluer than red


def main() -> None:
    arguments = argparse.ArgumentParser(description="Build the sample scans from their sources.")
    arguments.add_argument("names", nargs="*", help="samples to build; all where none is named")
    arguments.add_argument("--out", type=Path, default=SAMPLES)
    chosen = arguments.parse_args()
    for path in sorted((SAMPLES / "source").glob("*.md")):
        if not chosen.names or path.stem in chosen.names:
            build(read_source(path), chosen.out)
            print(path.stem)


def build(source: Source, out: Path) -> None:
    """Write the scan, the truth, the facts and the cells of one sample under `out`."""
    sheets = set_source(source)
    text = truth(sheets, paged=source.head.media != "text")
    for folder in ("scans", "truth"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    (out / "truth" / f"{source.name}.txt").write_text(text, encoding="utf-8")
    facts = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(source, sheets))
    (out / "truth" / f"{source.name}.facts.jsonl").write_text(facts, encoding="utf-8")
    if cells := _cells(source):
        (out / "truth" / f"{source.name}.cells.csv").write_text(cells, encoding="utf-8")
    pages = [scan(source, number, sheet) for number, sheet in enumerate(sheets, 1)]
    dpi = LEVELS[source.head.level].dpi
    scans = out / "scans"
    match source.head.media:
        case "pdf":
            pdf(pages, dpi, scans / f"{source.name}.pdf")
        case "pdf with a ruined layer":
            pdf_with_layer(pages, dpi, scans / f"{source.name}.pdf")
        case "tiff":
            tiff(pages, dpi, scans / f"{source.name}.tif")
        case "text":
            texts = [[line.text for line in sheet.reading] for sheet in sheets]
            read = "".join(bad_reading(page, lines, dpi) for page, lines in zip(pages, texts, strict=True))
            (scans / f"{source.name}.txt").write_text(read, encoding="utf-8")


def scan(source: Source, number: int, sheet: Sheet) -> NDArray[np.uint8]:
    """One page as scanned: gray, or RGB where seal or signature left colour on it."""
    rng = np.random.default_rng([source.head.seed, number])
    clean = draw(sheet, source.head.seal, rng)
    reach = clean.max(axis=2).astype(int) - clean.min(axis=2)
    if source.head.gray or reach.max() <= COLOURED:
        clean = np.asarray(cv2.cvtColor(clean, cv2.COLOR_RGB2GRAY), np.uint8)
    if number in source.head.sideways:
        clean = np.rot90(clean).copy()
    return degrade(clean, LEVELS[source.head.level], rng)


def _cells(source: Source) -> str:
    """Cells of the sample's tables: table (from 1), row and column (from 0), spans, text."""
    tables = [block for block in source.blocks if block.kind == "table"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["table", "row", "col", "rowspan", "colspan", "text"])
    for number, block in enumerate(tables, 1):
        for row, col, spanned_rows, spanned_cols, cell in cell_spans(block.cells):
            writer.writerow([number, row, col, spanned_rows, spanned_cols, cell])
    return text.getvalue() if tables else ""


if __name__ == "__main__":
    main()
