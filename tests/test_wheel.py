"""The wheel is whole: installed away from the checkout it finds its models, data and pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ntm_extract.commands.completion import SHELLS
from tests.conftest import ROOT

PARTS = ("ntm_extract", "models", "pyproject.toml", "setup.py", "README.md", "LICENSE")


def call(*command: object, **options: object) -> str:
    words = [sys.executable, "-m", *map(str, command)]
    return subprocess.run(words, capture_output=True, check=True, text=True, **options).stdout  # type: ignore[call-overload,no-any-return]


def test_installed_wheel_repairs_outside_the_checkout(tmp_path: Path) -> None:
    pytest.importorskip("setuptools")
    source, wheels, place = tmp_path / "source", tmp_path / "wheels", tmp_path / "installed"
    source.mkdir()
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, source / part)
    bare = ("--no-deps", "-q", "--disable-pip-version-check")
    call("pip", "wheel", *bare, "--no-build-isolation", "-w", wheels, source)
    call("pip", "install", *bare, "--target", place, next(wheels.glob("*.whl")))
    ways = {k: v for k, v in os.environ.items() if k != "NTM_MODELS"} | {"PYTHONPATH": str(place)}
    where = "import ntm_extract.edges.models as m; print(m.models_folder())"
    said = subprocess.run(
        [sys.executable, "-c", where], capture_output=True, text=True, check=True, cwd=tmp_path, env=ways
    )
    assert Path(said.stdout.strip()) == place / "ntm_extract/models"
    repaired = call("ntm_extract.cli", "repair", "-", input="xây dưng nông thôn mới\n", cwd=tmp_path, env=ways)
    assert repaired == "xây dựng nông thôn mới\n"
    assert (place / "ntm_extract/outputs/review/index.html").exists()


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_names_every_command(shell: str) -> None:
    said = call("ntm_extract.cli", "completion", shell)
    assert "repair" in said
    assert "--corrections" in said
