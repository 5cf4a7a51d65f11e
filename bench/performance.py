"""docs/performance.md: wall time of the whole way against bare Tesseract and peers on the same pages, in one run.

Peers are measured where they are installed (`pip install ocrmypdf kreuzberg`), skipped with a word where not.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pikepdf

from bench.tools import CORES, ROOT, SHARED, machine, outputs_of, table
from ntm_extract.edges import ocr, render
from ntm_extract.settings import Settings

HEAD = """# Performance

Written by `make bench`, never by hand. {machine} Reading by {reader}.

`raw` is `tesseract -l vie` alone, one process a core and one thread each, on pages rendered beforehand at their native
resolution. `whole` is `ntm-extract run` from file to tables: rendering, cleaning, reading, repair, facts, tables, start
of workers and loading of models included. OCRmyPDF runs with `--deskew --force-ocr --jobs {cores}`, Kreuzberg in a
process of its own with `force_ocr`; both one file after another.

"""

KREUZBERG = """
import sys
from kreuzberg import ExtractionConfig, OcrConfig, extract_file_sync
config = ExtractionConfig(force_ocr=True, ocr=OcrConfig(backend="tesseract", language="vie"))
for path in sys.argv[1:]:
    extract_file_sync(path, config=config)
"""


def measure(work: Path) -> str:
    """The whole page; images and runs are left in `work`."""
    sources = [("samples", [ROOT / "samples/scans"])]
    if SHARED.exists():
        sources += [("real and typeset scans", [SHARED / "scans/real/in", SHARED / "scans/typeset/in"])]
    rows = []
    for name, folders in sources:
        source = work / name
        source.mkdir(parents=True)
        for folder in folders:
            for pdf in folder.glob("*.pdf"):
                shutil.copyfile(pdf, source / pdf.name)
        files = sorted(source.glob("*.pdf"))
        images = rendered(files, work / f"pages of {name}")
        raw = seconds(lambda images=images: raw_tesseract(images))
        whole = seconds(lambda source=source, name=name: outputs_of(source, work / f"run {name}"))
        ocrmypdf, kreuzberg = peers(files, work)
        shown = ("-" if peer is None else f"{peer:.1f}" for peer in (ocrmypdf, kreuzberg))
        share = "-" if ocrmypdf is None else f"{whole / ocrmypdf:.2f}"
        pace = f"{3600 * len(images) / whole / CORES:.0f}"
        rows.append([name, len(images), f"{raw:.1f}", f"{whole:.1f}", f"{whole / raw:.2f}", pace, *shown, share])
    version = ocr.library()
    reader = f"tesserocr (Tesseract {version}) within the workers" if version else "pytesseract"
    head = ["set", "pages", "raw s", "whole s", "whole / raw", "pages a core-hour"]
    head += ["OCRmyPDF s", "Kreuzberg s", "whole / OCRmyPDF"]
    return HEAD.format(machine=machine(), reader=reader, cores=CORES) + table(head, rows)


def seconds(work: Callable[[], object]) -> float:
    begin = time.monotonic()
    work()
    return time.monotonic() - begin


def rendered(files: Iterable[Path], folder: Path) -> list[Path]:
    """Grey images of all pages, each at the resolution of its scan."""
    folder.mkdir(parents=True)
    for pdf in files:
        dpi = native_dpi(pdf)
        subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", pdf, folder / pdf.stem], check=True)
    return sorted(folder.glob("*.pgm"))


def native_dpi(pdf: Path) -> int:
    """Resolution of the scan on the file's first page; that of the settings where it is none."""
    with pikepdf.open(pdf) as file:
        if not render.is_scan(file.pages[0]):
            return Settings().dpi
        return round(render.draw(pdf, 1, file.pages[0], Settings()).dpi)


def raw_tesseract(images: Iterable[Path]) -> None:
    command = ["xargs", "-P", str(CORES), "-I{}", "tesseract", "{}", "{}", "-l", "vie", "quiet"]
    given = "".join(f'"{image}"\n' for image in images).encode()
    one_thread = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    subprocess.run(command, input=given, check=True, capture_output=True, env=one_thread)


def peers(files: list[Path], work: Path) -> tuple[float | None, float | None]:
    """Seconds that OCRmyPDF and Kreuzberg take; None, with a word about it, for one that is not there or fails."""
    ocrmypdf = [sys.executable, "-m", "ocrmypdf", "-q", "--deskew", "--force-ocr", "--jobs", str(CORES), "-l", "vie"]
    if importlib.util.find_spec("ocrmypdf") is None:
        ocrmypdf[:3] = [shutil.which("ocrmypdf") or ""]
    result = work / "ocrmypdf.pdf"
    first = timed("OCRmyPDF", bool(ocrmypdf[0]), [[*ocrmypdf, str(pdf), str(result)] for pdf in files])
    there = importlib.util.find_spec("kreuzberg") is not None
    return first, timed("Kreuzberg", there, [[sys.executable, "-c", KREUZBERG, *map(str, files)]])


def timed(name: str, there: bool, commands: list[list[str]]) -> float | None:
    if not there:
        print(f"{name} is not installed: not measured")
        return None
    begin = time.monotonic()
    for command in commands:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name} failed ({done.stderr.strip().splitlines()[-1:]}): not measured")
            return None
    return time.monotonic() - begin
