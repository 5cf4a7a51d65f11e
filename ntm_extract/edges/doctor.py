"""What is installed that a run needs, in which version, and what to type where something is missing."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from importlib import metadata

from msgspec import Struct

from ntm_extract.edges import ocr
from ntm_extract.edges.folders import models_folder
from ntm_extract.edges.models import load_repairer
from ntm_extract.edges.sandbox import PACKAGES
from ntm_extract.problems import MissingError
from ntm_extract.text.english import count_of

LANGUAGES = {"vie": "the documents are in Vietnamese", "osd": "sets pages upright"}


class Finding(Struct, frozen=True):
    """One thing looked for. `hint` says what to type where it is missing, else it is empty."""

    name: str
    ok: bool
    version: str
    hint: str


def diagnose() -> tuple[Finding, ...]:
    """All that a run needs, in the order in which to mend it."""
    return (_python(), _tesseract(), *_languages(), _library(), _poppler(), *_packages(), _models())


def _python() -> Finding:
    fine = sys.version_info >= (3, 11)
    return Finding("python", fine, platform.python_version(), "" if fine else "install Python 3.11 or later")


def _tesseract() -> Finding:
    try:
        return Finding("tesseract", True, ocr.installed().version, "")
    except MissingError:
        return Finding("tesseract", False, "", "sudo apt-get install tesseract-ocr")


def _languages() -> list[Finding]:
    try:
        there = ocr.installed().languages
    except MissingError:
        there = frozenset()
    return [
        Finding(f"tesseract language {one}", one in there, why, "" if one in there else _language_hint(one))
        for one, why in LANGUAGES.items()
    ]


def _language_hint(language: str) -> str:
    return f"sudo apt-get install tesseract-ocr-{language.replace('_', '-')}"


def _library() -> Finding:
    """What reads within the process. It may be missing: the program does the same, more slowly."""
    try:
        version = ocr.in_process()
    except MissingError:
        version = ""
    return Finding("tesserocr", True, version or "not installed; optional: pip install tesserocr", "")


def _poppler() -> Finding:
    for program in ("pdftoppm", "pdftotext", "pdfinfo"):
        if shutil.which(program) is None:
            return Finding("poppler", False, "", f"sudo apt-get install {PACKAGES[program]}")
    said = subprocess.run(["pdftoppm", "-v"], capture_output=True, text=True, timeout=20, check=False)
    found = re.search(r"\d+\.\d[\d.]*", said.stderr + said.stdout)
    return Finding("poppler", True, found[0] if found else "", "")


def _packages() -> list[Finding]:
    """The Python packages that this one names as its dependencies."""
    try:
        wanted = metadata.requires("ntm-extract") or []
    except metadata.PackageNotFoundError:
        return [Finding("ntm-extract", False, "", "make setup")]
    names = [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in wanted if "extra ==" not in line]
    return [_package(name) for name in names]


def _package(name: str) -> Finding:
    try:
        return Finding(name, True, metadata.version(name), "")
    except metadata.PackageNotFoundError:
        return Finding(name, False, "", f"make setup (or: pip install {name})")


def _models() -> Finding:
    folder = models_folder()
    try:
        load_repairer(folder)
    except MissingError as error:
        return Finding("models", False, "", str(error))
    files = [path for path in folder.rglob("*") if path.is_file()]
    return Finding(
        "models", True, f"{count_of(len(files), 'file')}, {sum(p.stat().st_size for p in files) / 1e6:.0f} MB", ""
    )
