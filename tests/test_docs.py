"""Docs say what the code does: the data dictionary, exit codes and settings are held equal to it."""

from __future__ import annotations

import re
import tomllib

import pytest

from ntm_extract.cli import EXIT_CODES
from ntm_extract.outputs.dictionary import markdown
from ntm_extract.problems import HINTS, Code, ExitCode
from ntm_extract.settings import Settings, load_settings
from tests.conftest import ROOT

OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")


def test_data_dictionary_is_the_schema() -> None:
    assert (ROOT / "docs/data-dictionary.md").read_text(encoding="utf-8") == markdown()


@pytest.mark.parametrize("text", [EXIT_CODES, OPERATIONS], ids=["help", "operations"])
def test_exit_codes_are_documented(text: str) -> None:
    said = {int(n) for n in re.findall(r"^\|? *(\d+) [ |]", text, re.MULTILINE)}
    assert said == {int(code) for code in ExitCode}


def test_documented_settings_are_the_defaults(tmp_path_factory: pytest.TempPathFactory) -> None:
    example = re.search(r"```toml\n(.*?)```", OPERATIONS, re.DOTALL)
    assert example
    assert set(tomllib.loads(example[1])["ntm-extract"]) == set(Settings.__struct_fields__)
    path = tmp_path_factory.mktemp("settings") / "ntm.toml"
    path.write_text(example[1], encoding="utf-8")
    assert load_settings(path) == Settings()


def test_every_problem_has_a_hint() -> None:
    assert set(HINTS) == set(Code)


def test_readme_links_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "README.vi.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
