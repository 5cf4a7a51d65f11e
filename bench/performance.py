"""docs/performance.md: wall time of the whole way against bare Tesseract on the same pages, in one run."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from bench.tools import CORES, ROOT, SHARED, machine, outputs_of, table

HEAD = """# Performance

Written by `make bench`, never by hand. {machine}

`raw` is `tesseract -l vie` alone, one process a core, on pages rendered beforehand at 300 dpi. `whole` is
`ntm-extract run` from file to tables: rendering, cleaning, reading, repair, facts, tables, start of workers and loading
of models included.

"""


def measure(work: Path) -> str:
    """The whole page; images and runs are left in `work`."""
    sources = [("samples", ROOT / "samples/scans")]
    if SHARED.exists():
        sources += [("real scans", SHARED / "scans/real/in"), ("typeset scans", SHARED / "scans/typeset/in")]
    rows = []
    for name, source in sources:
        pages, raw = raw_tesseract(source, work / f"raw {name}")
        begin = time.monotonic()
        outputs_of(source, work / f"run {name}")
        whole = time.monotonic() - begin
        rows.append(
            [name, pages, f"{raw:.1f}", f"{whole:.1f}", f"{whole / raw:.2f}", f"{3600 * pages / whole / CORES:.0f}"]
        )
    return HEAD.format(machine=machine()) + table(
        ["set", "pages", "raw s", "whole s", "whole / raw", "pages a core-hour"], rows
    )


def raw_tesseract(source: Path, work: Path) -> tuple[int, float]:
    """Number of pages of the PDF files in `source`, and the seconds that bare Tesseract takes on them."""
    work.mkdir(parents=True)
    for pdf in sorted(source.glob("*.pdf")):
        subprocess.run(["pdftoppm", "-r", "300", "-gray", pdf, work / pdf.stem], check=True)
    pages = sorted(work.glob("*.pgm"))
    command = ["xargs", "-P", str(CORES), "-I{}", "tesseract", "{}", "{}", "-l", "vie", "quiet"]
    given = "".join(f'"{page}"\n' for page in pages).encode()
    begin = time.monotonic()
    one_thread = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    subprocess.run(command, input=given, check=True, capture_output=True, env=one_thread)
    return len(pages), time.monotonic() - begin
