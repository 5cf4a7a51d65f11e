"""The house rules that a machine can hold: what may import what, and where files and programs may be touched."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ntm_extract import extract, facts
from ntm_extract.extract.registry import Extractor

PACKAGE = Path(facts.__file__).parent
CORE = ("image", "layout", "text", "repair", "extract", "ner", "checks")
DOORS = ("repair/__init__.py",)  # where a user of the library comes in: models are loaded on the first call
CORE_FILES = ("model.py", "facts.py", "result.py", "knowledge.py", "gazetteer.py", "corrections.py")
WORLD = {"os", "subprocess", "pathlib", "shutil", "tempfile", "socket", "time", "random", "secrets", "urllib", "io"}
EDGES = ("edges", "outputs", "pipeline", "batch", "engine", "cli", "commands", "reading", "resources")
EDGE = tuple(f"ntm_extract.{name}" for name in EDGES)
PROGRAMS = {"subprocess", "multiprocessing", "pytesseract", "pdf2image"}


def core_modules() -> list[Path]:
    doors = {PACKAGE / door for door in DOORS}
    found = [path for name in CORE for path in sorted((PACKAGE / name).rglob("*.py")) if path not in doors]
    return found + [PACKAGE / f for f in CORE_FILES]


def imports(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("path", core_modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_core_touches_no_file_program_clock_or_chance(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    used = imports(tree)
    assert not {name for name in used if name.split(".")[0] in WORLD}
    assert not {name for name in used if name.startswith(EDGE)}
    calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not calls & {"open", "print", "input", "exec", "eval"}


def test_only_edges_and_engine_start_programs() -> None:
    allowed = {"edges", "engine.py"}
    for path in PACKAGE.rglob("*.py"):
        if imports(ast.parse(path.read_text(encoding="utf-8"))) & PROGRAMS:
            assert path.relative_to(PACKAGE).parts[0] in allowed, path


def test_every_table_has_one_extractor_and_every_extractor_a_field() -> None:
    tables = [one.table for one in extract.EXTRACTORS]
    assert all(isinstance(one, Extractor) for one in extract.EXTRACTORS)
    assert sorted(tables) == sorted(facts.Extraction.__struct_fields__)
