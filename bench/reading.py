"""How well and how fast pages are read: each document against its transcript, beside plain Tesseract.

    python bench/reading.py real typeset            our reading, without repair
    python bench/reading.py --program real          the same through pytesseract, a program started for each page
    python bench/reading.py --raw real typeset      plain `tesseract -l vie` of pages drawn at 300 dpi

Needs the evaluation sets beside the project; says so and stops where they are absent.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ntm_extract.model import Document
from ntm_extract.reading import read
from ntm_extract.settings import Settings

SHARED = Path(__file__).resolve().parents[2] / "shared"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", help="folders of ../shared/scans: real typeset untranscribed tables")
    parser.add_argument("--raw", action="store_true", help="measure plain Tesseract instead")
    parser.add_argument("--program", action="store_true", help="read through pytesseract where tesserocr is there too")
    parser.add_argument("--out", type=Path, help="keep the texts here")
    options = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"no evaluation sets at {SHARED}; nothing measured")
    with tempfile.TemporaryDirectory() as scratch:
        out = options.out or Path(scratch)
        out.mkdir(parents=True, exist_ok=True)
        for name in options.sets:
            measure(name, out, raw=options.raw, program=options.program)


def measure(name: str, out: Path, *, raw: bool, program: bool) -> None:
    folder = SHARED / "scans" / name
    scans = sorted((folder / "in" if (folder / "in").is_dir() else folder).glob("*.pdf"))
    pairs: list[str] = []
    seconds, pages, busy = 0.0, 0, processor()
    for scan in scans:
        start = time.perf_counter()
        text, count, note = raw_text(scan) if raw else our_text(scan, program=program)
        took = time.perf_counter() - start
        seconds, pages = seconds + took, pages + count
        print(f"{scan.name:28} {count:3} pages {took:7.1f} s {note}", flush=True)
        hypothesis = out / f"{scan.stem}.txt"
        hypothesis.write_text(text, encoding="utf-8")
        if (truth := folder / f"{scan.stem}.txt").exists():
            pairs += [str(hypothesis), str(truth)]
    if pairs:
        subprocess.run([sys.executable, str(SHARED / "score_scan.py"), *pairs], check=True)
    busy = processor() - busy
    print(f"{name}: {pages} pages, {seconds:.1f} s by the clock, {busy:.1f} s of processor")


def processor() -> float:
    """Seconds of processor time of this process and of the programs it has run: fair on a busy machine too."""
    ours, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return ours.ru_utime + ours.ru_stime + theirs.ru_utime + theirs.ru_stime


def our_text(scan: Path, *, program: bool) -> tuple[str, int, str]:
    settings = Settings(recogniser="pytesseract") if program else Settings()
    document = read(scan, scan.name, settings)
    return lines_of(document), len(document.pages), "; ".join(f"{p.page}: {p.error}" for p in document.problems)


def lines_of(document: Document) -> str:
    """The lines of all pages but their furniture."""
    return "\n".join(line.recognised for page in document.pages for line in page.lines if line.role != "furniture")


def raw_text(scan: Path) -> tuple[str, int, str]:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "300", "-gray", str(scan), f"{folder}/p"], check=True)
        images = sorted(Path(folder).glob("*.pgm"))
        texts = [
            subprocess.run(
                ["tesseract", str(image), "-", "-l", "vie"], env=environment, capture_output=True, check=True
            ).stdout.decode()
            for image in images
        ]
    return "\n".join(texts), len(images), ""


if __name__ == "__main__":
    main()
