"""Docs say what the code does: the data dictionary, exit codes and settings are held equal to it."""

from __future__ import annotations

import argparse
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from ntm_extract.cli import EXIT_CODES, _parser
from ntm_extract.edges import data
from ntm_extract.extract.criteria import extract_criteria
from ntm_extract.extract.funding import source_of
from ntm_extract.extract.quantities import extract_quantities
from ntm_extract.extract.registry import run
from ntm_extract.facts import Extraction
from ntm_extract.outputs.dictionary import markdown
from ntm_extract.outputs.schema import BY_NAME
from ntm_extract.problems import HINTS, Code, ExitCode
from ntm_extract.settings import Settings, load_settings
from ntm_extract.text.folding import lowered
from tests.conftest import ROOT
from tests.reading_help import facts, knowledge, named, outlined, told

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


PAGES = [ROOT / "README.md", ROOT / "README.vi.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]


def test_every_page_of_docs_is_in_the_index() -> None:
    index = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    assert not [path.name for path in (ROOT / "docs").glob("*.md") if path.stem != "index" and path.name not in index]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_files_named_are_there(page: Path) -> None:
    said = page.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    made = re.findall(r"^ +make ([a-z-]+)|`make ([a-z-]+)", said, re.MULTILINE)
    assert {one or other for one, other in made} <= targets
    (known,) = (a for a in _parser()._actions if isinstance(a, argparse._SubParsersAction))
    ours = re.findall(r"^ +(?:\.venv/bin/)?ntm-extract ([a-z]+)(.*)|`ntm-extract ([a-z]+)([^`]*)`", said, re.MULTILINE)
    for first, rest, second, more in ours:
        command = known.choices[first or second]
        options = set(re.findall(r" (--[a-z-]+)", (rest or more).split(" #")[0]))
        assert options <= {option for action in command._actions for option in action.option_strings}
    for path in re.findall(r"`((?:ntm_extract|bench|training|models|samples|docs|tests)/[^`*<>{} ]*)`", said):
        assert (ROOT / path).exists(), path
    for module in re.findall(r"python -m (?:bench|training)\.?[a-z_]*", said):
        name = module.split()[-1].replace(".", "/")
        assert (ROOT / f"{name}.py").exists() or (ROOT / name / "__main__.py").exists(), module


def test_sources_are_values_of_the_column() -> None:
    column = next(column for column in BY_NAME["budgets"].columns if column.name == "source")
    assert sorted(column.choices) == sorted(source.name for source in knowledge().sources)


def test_examples_of_extending_are_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs/extending.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"```toml\n# (\w+)\.toml\n(.*?)```", page, re.DOTALL))
    assert set(blocks) == {"units", "sources", "criteria", "forms", "cues"}
    added = {name: tomllib.loads(block) for name, block in blocks.items()}
    criterion = added["criteria"]["criterion"][0]
    source = added["sources"]["source"][0]
    shipped = data._table
    assert [row.unit for row in facts("Toàn xã đã xây 14 bể lọc cát.").quantities] == ["bể"]  # as the page says

    def table(name: str) -> dict[str, Any]:
        whole = shipped(name)
        for kind, items in added.get(name, {}).items():
            known_by = {"criterion": "number", "form": "name"}.get(kind)
            again = {item[known_by] for item in items} if known_by else set()
            if isinstance(items, dict):  # cues of a place
                whole[kind]["form"] += items["form"]
                continue
            whole[kind] = [one for one in whole[kind] if not known_by or one[known_by] not in again] + items
        return whole

    before = next(one for one in shipped("criteria")["criterion"] if one["number"] == criterion["number"])
    assert {key: before[key] for key in ("name", "names")} == {key: criterion[key] for key in ("name", "names")}
    assert set(before["aliases"]) < set(criterion["aliases"])
    monkeypatch.setattr(data, "_table", table)
    known = data.load_knowledge()
    (cue,) = added["cues"]["straight_before"]["form"]
    assert {text: named(text, known) for text in cue["examples"]} == cue["examples"]
    assert {text: named(text) for text in cue["examples"]} != cue["examples"]
    form = added["forms"]["form"][0]
    assert {sentence: told(sentence, known) for sentence in form["examples"]} == form["examples"]
    assert {sentence: told(sentence) for sentence in form["examples"]} != form["examples"]

    def found(text: str) -> Extraction:
        return run((extract_criteria, extract_quantities), outlined(text), known)[0]

    (quantity,) = found("Toàn xã đã xây 14 bể lọc cát.").quantities
    assert (quantity.value, quantity.unit) == (14, added["units"]["group"][0]["names"][0])
    assert [source_of(lowered(one), known) for one in source["examples"]] == [source["name"]] * len(source["examples"])
    counts = [found(f"Toàn huyện {one}.").criteria for one in criterion["examples"]]
    assert [[one.criterion for one in row] for row in counts] == [[criterion["number"]]] * len(counts)
