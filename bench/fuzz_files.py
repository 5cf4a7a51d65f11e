"""Damage the samples at random and read what comes of it: no exception, no dead worker, no document lost.

    python -m bench.fuzz_files [--first 0] [--files 5000] [--seed 8] [--jobs 2]

A mutant is a sample's page (a piece of it, so that thousands can be read), as PDF with its scan, PDF that draws its
text, TIFF, PNG, JPEG or text, with a few of its bytes turned, cut, doubled, swapped or its numbers changed. CHUNK
mutants are one archive, which a whole run reads. A mutant may end with problems of its own; what counts against us is
a document that is missing, a code that says so (OURS), or an exception in the place of a message. Exits 1 if there is
any, and names seed and number, from which the mutant can be made again.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pikepdf
from PIL import Image

from ntm_extract.batch import run
from ntm_extract.problems import Code
from ntm_extract.settings import Settings

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "scans"
CHUNK = 500
PIECE = (80, 130, 900, 230)  # of a page of 300 dpi: a line or two of the head
OURS = {
    *(Code.INTERNAL, Code.REPAIR_FAILED, Code.EXTRACT_FAILED, Code.CHECK_FAILED),
    *(Code.WORKER_DIED, Code.PAGE_KILLED, Code.EXTRACT_KILLED, Code.EXTRACT_TIMEOUT),
}
EXCEPTION = re.compile(r"[A-Z]\w*(Error|Exception): ")
SETTINGS = Settings(max_pages=3, page_seconds=20.0, interpret_seconds=60.0, dpi=100)


@cache
def seeds() -> dict[str, bytes]:
    """What is damaged, by name: pieces of the samples in every format."""
    found = {path.name: path.read_bytes() for path in SAMPLES.glob("*.txt")}
    (scan,) = SAMPLES.glob("*.tif")
    with Image.open(scan) as image:
        piece = image.convert("L").crop(PIECE)
    for ending, options in (("tif", {"compression": "tiff_lzw"}), ("png", {}), ("jpg", {"quality": 60})):
        found[f"piece.{ending}"] = _saved(piece, ending, **options)
    pages = io.BytesIO()
    piece.save(pages, "TIFF", save_all=True, append_images=[piece.rotate(180)], compression="tiff_adobe_deflate")
    found["pages.tif"] = pages.getvalue()
    found["scan.pdf"] = _saved(piece, "pdf")
    found["text.pdf"] = _text_pdf()
    return found


def _saved(image: Image.Image, ending: str, **options: object) -> bytes:
    data = io.BytesIO()
    image.save(data, {"tif": "TIFF", "jpg": "JPEG"}.get(ending, ending.upper()), dpi=(300, 300), **options)
    return data.getvalue()


def _text_pdf() -> bytes:
    """A PDF of two pages that draw text, uncompressed, so that damage reaches what it says."""
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        for number in (1, 2):
            page = pdf.add_blank_page(page_size=(300, 200))
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
            lines = " T* ".join(f"({n}. Giao thong: {n + 10}/{n + 20} xa dat) Tj" for n in range(number, number + 8))
            page.obj.Contents = pdf.make_stream(f"BT /F 12 Tf 14 TL 20 180 Td {lines} ET".encode())
        data = io.BytesIO()
        pdf.save(data, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return data.getvalue()


def mutant(seed: int, number: int) -> tuple[str, bytes]:
    """Name and bytes of a mutant; the same for the same seed and number."""
    rng = random.Random(f"{seed}/{number}")
    name = rng.choice(sorted(seeds()))
    data = bytearray(seeds()[name])
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        _damage(data, rng)
    if rng.random() < 0.03:
        name = rng.choice(sorted(seeds()))  # misnamed
    return f"{number:05}_{name}", bytes(data)


def _damage(data: bytearray, rng: random.Random) -> None:
    if not data:
        return
    at, size = rng.randrange(len(data)), rng.choice((1, 2, 4, 16, 200))
    match rng.randrange(8):
        case 0 | 1:
            data[at] ^= 1 << rng.randrange(8)
        case 2:
            data[at : at + size] = rng.randbytes(size)
        case 3:
            del data[at : at + size]
        case 4:
            data[at:at] = data[at : at + size] * rng.choice((1, 2, 50))
        case 5:
            other = rng.choice(sorted(seeds().items()))[1]
            start = rng.randrange(len(other))
            data[at : at + size] = other[start : start + size]
        case 6:
            numbers = list(re.finditer(rb"\d+", bytes(data[: 1 << 16])))
            if numbers:
                one = rng.choice(numbers)
                data[one.start() : one.end()] = rng.choice((b"0", b"-1", b"65536", b"4294967295", b"9" * 30, b"1e9"))
        case _:
            if rng.random() < 0.3:
                del data[at:]


def fuzz(numbers: Iterable[int], seed: int, jobs: int) -> tuple[Counter[str], list[str]]:
    """Read these mutants; how often each code came, and a line for each fault of ours."""
    with tempfile.TemporaryDirectory() as folder:
        archive, out = Path(folder) / "archive", Path(folder) / "out"
        archive.mkdir()
        made = [mutant(seed, number) for number in numbers]
        for name, data in made:
            (archive / name).write_bytes(data)
        summary = run(archive, out, SETTINGS, jobs)
        faults = [] if summary.documents == len({data or name for name, data in made}) else ["documents are missing"]
        codes: Counter[str] = Counter()
        for row in _rows(out / "failures.csv"):
            codes[row["code"]] += 1
            if row["code"] in OURS or EXCEPTION.match(row["error"]):
                faults.append(f"seed {seed} {row['source']}: {row['code']}: {row['error']}")
        codes["ok"] = sum(row["status"] == "ok" for row in _rows(out / "documents.csv"))
    return codes, faults


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        yield from csv.DictReader(handle)


def main() -> int:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=int, default=0, help="number of the first mutant")
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    begun, codes, faults = time.monotonic(), Counter[str](), list[str]()
    end = options.first + options.files
    for first in range(options.first, end, CHUNK):
        found, wrong = fuzz(range(first, min(first + CHUNK, end)), options.seed, options.jobs)
        codes, faults = codes + found, faults + wrong
        done, took = min(first + CHUNK, end) - options.first, time.monotonic() - begun
        print(f"{done} files, {took:.0f} s, {len(faults)} faults of ours", *wrong, sep="\n", flush=True)
    print(", ".join(f"{code} {count}" for code, count in codes.most_common()))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
