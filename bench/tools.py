"""What the measuring commands share: places, runs, tables, and the machine's name."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from ntm_extract import __version__
from ntm_extract.batch import run
from ntm_extract.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
CORES = os.cpu_count() or 1


def outputs_of(source: Path, out: Path) -> Path:
    """A run over `source` with the default settings, one worker a core."""
    run(source, out, Settings(), CORES)
    return out


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(value) for value in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def machine() -> str:
    """Versions and machine that the figures were measured with."""
    done = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True)
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    cpu = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return (
        f"ntm-extract {__version__}, {done.stdout.splitlines()[0]}, Python {platform.python_version()}, "
        f"spaCy {version('spacy')}, OpenCV {version('opencv-python-headless')}; {CORES} cores, {cpu}."
    )
