"""The figures of docs/performance.md: wall time of the whole way against bare Tesseract on the same pages."""

from __future__ import annotations

from bench import readers
from bench.tools import CORES, table
from bench.work import REAL, SAMPLES, TYPESETS, Work, there
from ntm_extract.edges import ocr


def speed(work: Work) -> str:
    rows = []
    for name, sets in (("samples", [SAMPLES]), ("real and typeset scans", list(there(REAL, *TYPESETS)))):
        if sets:
            files = work.gathered(*sets, suffix=".pdf")
            pages = readers.pages_of(files)
            raw = readers.tesseract(files, work.new("raw"))
            whole = readers.ours(files, work.new("whole"))
            pace = f"{3600 * pages / whole / CORES:.0f}"
            rows.append([name, pages, f"{raw:.1f}", f"{whole:.1f}", f"{whole / raw:.2f}", pace])
    version = ocr.in_process()
    reader = f"tesserocr (Tesseract {version}) within the workers" if version else "pytesseract"
    head = ["set", "pages", "raw s", "whole s", "whole / raw", "pages a core-hour"]
    return f"{table(head, rows)}\nPages are read by {reader}.\n"


SECTIONS = {"speed": speed}
