"""Keys of stored work: two stages, each known by a hash of the code, data and models that it hangs on.

Nothing is numbered by hand. A stage's code is whatever its modules import, so a changed rule of extraction makes
results anew and a changed line of reading makes readings anew, each without a word from anybody.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec
from msgspec import Struct

from ntm_extract.edges.folders import models_folder
from ntm_extract.edges.sandbox import said
from ntm_extract.settings import INTERPRETATION, LIMITS, SHOWING, Settings

PACKAGE = Path(__file__).resolve().parent.parent
READ_DATA = ("legacy_encodings.toml",)
"""The data files that reading hangs on."""
NO_STAGE = ("problems", "settings", "model", "edges.data")
"""Hints, names of settings, shapes of values and the loader of data: what is read doesn't hang on these. A stored
reading whose shape no longer fits is made anew anyway, and the values of settings are part of the key."""
RECOGNISER = "tessdata"  # the one folder of models that reading hangs on
IMPORT = re.compile(
    r"^\s*from ntm_extract(?:\.([\w.]+))? import (\([^)]*\)|[^\n]*)|^\s*import ntm_extract\.([\w.]+)", re.M
)


class Keys(Struct, frozen=True):
    """What stored work must have been made under to be used again."""

    read: str
    limits: str
    result: str


def keys(settings: Settings) -> Keys:
    """The keys of a run: code, data and models as they are on disk now, and the settings that matter for each stage."""
    values = msgspec.to_builtins(settings)
    reading = {name: value for name, value in values.items() if name not in {*LIMITS, *INTERPRETATION, *SHOWING}}
    read = _digest([reading_version(), repr(sorted(reading.items()))])
    limits = _digest([repr([(name, values[name]) for name in LIMITS])])
    told = [f"{name}={_told(values.get(name))}" for name in INTERPRETATION]
    return Keys(read, limits, _digest([read, result_version(), *told]))


@cache
def reading_version() -> str:
    """Version of reading: its modules, the recogniser's program and data, and the renderer."""
    libraries = [_installed(name) for name in ("tesserocr", "opencv-python-headless", "pikepdf", "pillow", "pdf2image")]
    programs = [said("tesseract", "--version"), said("tesseract", "--list-langs"), said("pdftotext", "-v")]
    data = [_file(PACKAGE / "data" / name) for name in READ_DATA]
    return _digest([*_code(["reading"], NO_STAGE), *data, *_models(recogniser=True), *libraries, *programs])


@cache
def result_version() -> str:
    """Version of what follows reading: repair, extraction, checks, their data and models, and the form of rows."""
    code = _code(["pipeline", "resources", "outputs.ready"], ("reading", "settings"))
    data = [_file(path) for path in sorted((PACKAGE / "data").iterdir()) if path.is_file()]
    return _digest([*code, *data, *_models(recogniser=False)])


def closure(roots: Iterable[str], without: Iterable[str]) -> tuple[Path, ...]:
    """Files of the package that modules import, directly or not, but for `without`. Names leave out the package."""
    passed, waiting, found = set(without), list(roots), set()
    while waiting:
        name = waiting.pop()
        if name in passed:
            continue
        passed.add(name)
        path = _path(name)
        if path is not None:
            found.add(path)
            waiting += _imports(path.read_text(encoding="utf-8"))
    return tuple(sorted(found))


def _imports(source: str) -> Iterator[str]:
    for match in IMPORT.finditer(source):
        module, names, plain = match.groups()
        if plain:
            yield plain
            continue
        if module:
            yield module
        for name in re.findall(r"\w+", re.sub(r"\bas \w+|#[^\n]*", "", names)):
            yield f"{module}.{name}" if module else name


def _path(name: str) -> Path | None:
    stem = PACKAGE.joinpath(*name.split("."))
    for path in (stem.with_suffix(".py"), stem / "__init__.py"):
        if path.is_file():
            return path
    return None


def _code(roots: Iterable[str], without: Iterable[str]) -> list[str]:
    return [_file(path) for path in closure(roots, without)]


def _models(*, recogniser: bool) -> list[str]:
    folder = models_folder()
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".md")
    return [_file(path) for path in paths if (RECOGNISER in path.relative_to(folder).parts) is recogniser]


@cache
def _file(path: Path) -> str:
    with path.open("rb") as file:
        return f"{path.name} {hashlib.file_digest(file, 'sha256').hexdigest()}"


def _told(value: object) -> str:
    """A setting's value; for one that names a file, what is in it."""
    if isinstance(value, str) and value and Path(value).is_file():
        return hashlib.sha256(Path(value).read_bytes()).hexdigest()
    return repr(value)


def _installed(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return ""


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
