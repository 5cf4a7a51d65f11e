"""Programs that read scans, each timed over the same files and made to leave `<stem>.txt` of each.

OCRmyPDF, Kreuzberg and pyvi are taken from build/peers, where `make bench-peers` puts them, or from this environment.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pikepdf

from bench.tools import CORES, ROOT, outputs_of
from ntm_extract.edges import render
from ntm_extract.settings import Settings

PEERS = ROOT / "build/peers/bin/python"
ONE_THREAD = {**os.environ, "OMP_THREAD_LIMIT": "1"}
TESSDATA = next(iter(sorted(Path("/usr/share/tesseract-ocr").glob("*/tessdata"))), None)
BEARS_TEXT = 6  # exit code of OCRmyPDF
KREUZBERG = """
import sys
from pathlib import Path
from kreuzberg import ExtractionConfig, OcrConfig, batch_extract_files_sync
out, *paths = sys.argv[1:]
config = ExtractionConfig(use_cache=False, force_ocr=True, ocr=OcrConfig(backend="tesseract", language="vie"))
for path, result in zip(paths, batch_extract_files_sync(paths, config=config), strict=True):
    Path(out, Path(path).stem + ".txt").write_text(result.content, encoding="utf-8")
"""


def pages_of(files: Iterable[Path]) -> int:
    return sum(len(pikepdf.open(path).pages) for path in files)


def tesseract(files: list[Path], out: Path) -> float:
    """`tesseract -l vie` alone, a process a core and one thread each, on pages rendered beforehand."""
    images = rendered(files, out)
    command = ["xargs", "-P", str(CORES), "-I{}", "tesseract", "{}", "{}", "-l", "vie", "quiet"]
    given = "".join(f'"{image}"\n' for image in images).encode()
    begin = time.monotonic()
    subprocess.run(command, input=given, check=True, capture_output=True, env=ONE_THREAD)
    seconds = time.monotonic() - begin
    for pdf in files:
        texts = (image.with_name(f"{image.name}.txt") for image in images if image.parent.name == pdf.stem)
        (out / f"{pdf.stem}.txt").write_text("\f".join(text.read_text("utf-8") for text in texts), encoding="utf-8")
    return seconds


def rendered(files: Iterable[Path], folder: Path) -> list[Path]:
    """Grey images of all pages, each at the resolution of its scan, in a folder a document."""
    for pdf in files:
        (folder / pdf.stem).mkdir(parents=True)
        subprocess.run(["pdftoppm", "-r", str(native_dpi(pdf)), "-gray", pdf, folder / pdf.stem / "p"], check=True)
    return sorted(folder.glob("*/*.pgm"))


def native_dpi(pdf: Path) -> int:
    """Resolution of the scan on the file's first page; that of the settings where it is none."""
    with pikepdf.open(pdf) as file:
        if not render.is_scan(file.pages[0]):
            return Settings().dpi
        return round(render.draw(pdf, 1, file.pages[0], Settings()).dpi)


def ours(files: list[Path], out: Path) -> float:
    """`ntm-extract run`, from file to tables."""
    begin = time.monotonic()
    outputs_of(files[0].parent, out / "run")
    seconds = time.monotonic() - begin
    for pdf in files:
        shutil.copy(out / "run/text" / f"{pdf.name}.txt", out / f"{pdf.stem}.txt")
    return seconds


def ocrmypdf(files: list[Path], out: Path) -> float:
    """`ocrmypdf --deskew -l vie`, one file after another; with --force-ocr where it refuses one that bears text.

    The refusal itself is not counted.
    """
    seconds = 0.0
    for pdf in files:
        for force in ([], ["--force-ocr"]):
            command = [peer("ocrmypdf"), "-m", "ocrmypdf", "-q", "--deskew", "--jobs", str(CORES), "-l", "vie", *force]
            command += ["--sidecar", str(out / f"{pdf.stem}.txt"), str(pdf), str(out / f"{pdf.stem}.pdf")]
            begin = time.monotonic()
            done = subprocess.run(command, capture_output=True, check=False)
            if done.returncode != BEARS_TEXT or force:
                break
        done.check_returncode()
        seconds += time.monotonic() - begin
    return seconds


def kreuzberg(files: list[Path], out: Path) -> float:
    """Kreuzberg with force_ocr, all files as one batch of a process of its own; models loaded within the time."""
    place = {"TESSDATA_PREFIX": str(TESSDATA)} if TESSDATA else {}
    begin = time.monotonic()
    command = [peer("kreuzberg"), "-c", KREUZBERG, out, *files]
    subprocess.run(command, check=True, capture_output=True, env={**ONE_THREAD, **place})
    return time.monotonic() - begin


@cache
def peer(module: str) -> str:
    """The Python that has a peer; empty where none has."""
    if (
        PEERS.exists()
        and not subprocess.run([PEERS, "-c", f"import {module}"], capture_output=True, check=False).returncode
    ):
        return str(PEERS)
    return sys.executable if importlib.util.find_spec(module) else ""


@cache
def version(module: str) -> str:
    """The version of a peer that is there."""
    ask = f"from importlib.metadata import version; print(version({module!r}))"
    return subprocess.run([peer(module), "-c", ask], capture_output=True, text=True, check=True).stdout.strip()
