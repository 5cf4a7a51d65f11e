"""Tables are what the schema says, the same bytes each time, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_extract import facts
from ntm_extract.edges.store import Entry, Store, atomic
from ntm_extract.outputs.frames import load, load_table, write_datapackage, write_parquet, write_workbook
from ntm_extract.outputs.ready import ready
from ntm_extract.outputs.rows import rows
from ntm_extract.outputs.schema import BY_NAME, EVIDENCE, TABLES
from ntm_extract.outputs.tables import GUARD, cell, write_tables
from ntm_extract.problems import InputError, OutputError
from ntm_extract.result import Result


@pytest.mark.parametrize("kind", facts.TABLE_OF)
def test_fact_columns_are_the_fields_of_their_class(kind: type[facts.Fact]) -> None:
    fields = [f for f in kind.__struct_fields__ if f != "evidence"]
    columns = [c.name for c in BY_NAME[facts.TABLE_OF[kind]].columns[len(EVIDENCE) :]]
    assert [c for c in columns if c != "computed"] == fields


def test_every_row_has_the_columns_of_its_table(result: Result) -> None:
    for name, found in rows(result).items():
        for row in found:
            assert set(row) == set(BY_NAME[name].names), name


def test_csv_reads_back_exactly(result: Result, tmp_path: Path) -> None:
    count = write_tables(tmp_path, [ready(result)])
    assert count["budgets"] == 2
    raw = (tmp_path / "budgets.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    with (tmp_path / "budgets.csv").open(encoding="utf-8-sig", newline="") as handle:
        first, second = csv.DictReader(handle)
    assert first["label"] == "'=tổng vốn"  # guarded
    assert second["parent_id"] == first["fact_id"]
    with (tmp_path / "percentages.csv").open(encoding="utf-8-sig", newline="") as handle:
        (share,) = csv.DictReader(handle)
    assert (share["value"], share["computed"], share["x0"], share["op"]) == ("62.5", "62.5", "10", "=")
    assert (tmp_path / "text" / "a.txt.txt").read_text(encoding="utf-8") == "một\nhai\fba\n"
    assert load(tmp_path)["budgets"]["label"][0] == "=tổng vốn"


def test_same_result_same_bytes(result: Result, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_tables(tmp_path / name, [ready(result)])
        for write in (write_datapackage, write_parquet, write_workbook):
            write(tmp_path / name)
    for path in sorted((tmp_path / "one").rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes(), path


def test_workbook_holds_typed_cells_and_no_formula(result: Result, tmp_path: Path) -> None:
    write_tables(tmp_path, [ready(result)])
    write_workbook(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "ntm.xlsx")
    assert book.sheetnames == ["read me", *(t.name for t in TABLES)]
    sheet = book["budgets"]
    head = [c.value for c in sheet[1]]
    label, amount = sheet.cell(2, head.index("label") + 1), sheet.cell(2, head.index("amount_vnd") + 1)
    assert (label.value, label.data_type) == ("=tổng vốn", "s")
    assert (amount.value, amount.data_type) == (9_000_000, "n")


TABLE, OFFICE = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "office"))


@pytest.fixture(scope="module")
def office() -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        pytest.skip("needs LibreOffice Calc")
    return found


def test_libreoffice_opens_the_workbook_with_right_types(result: Result, tmp_path: Path, office: str) -> None:
    write_tables(tmp_path, [ready(result)])
    write_workbook(tmp_path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), "ntm.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    name, kind, formula = f"{TABLE}name", f"{OFFICE}value-type", f"{TABLE}formula"
    with zipfile.ZipFile(tmp_path / "ntm.ods") as archive:
        content = ElementTree.fromstring(archive.read("content.xml"))
    assert not [place for place in content.iter() if formula in place.attrib]
    sheets = {sheet.get(name): sheet for sheet in content.iter(f"{TABLE}table")}
    assert [found for found in sheets if found in BY_NAME] == [t.name for t in TABLES]
    for t in TABLES:
        seen = {column.name: set() for column in t.columns}
        for row in list(sheets[t.name].iter(f"{TABLE}table-row"))[1:]:
            places = [p for p in row for _ in range(min(100, int(p.get(f"{TABLE}number-columns-repeated", 1))))]
            for column, place in zip(t.columns, places, strict=False):
                seen[column.name] |= {place.get(kind)} - {None}
        frame = load_table(tmp_path, t.name)
        for column in t.columns:
            typed = {"string" if column.type == "string" else "float"}
            assert seen[column.name] == (typed if frame[column.name].notna().any() else set()), (t.name, column.name)


def test_data_package_names_every_file(result: Result, tmp_path: Path) -> None:
    write_tables(tmp_path, [ready(result)])
    write_datapackage(tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        with (tmp_path / resource["path"]).open(encoding="utf-8-sig", newline="") as handle:
            assert next(csv.reader(handle)) == [f["name"] for f in resource["schema"]["fields"]]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_data_package_and_tables_are_valid(result: Result, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    write_tables(tmp_path, [ready(result)])
    write_datapackage(tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["title", "type", "message"])
    path = tmp_path / "budgets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("9000000", "nine"), encoding="utf-8")
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


@given(st.text())
def test_no_text_cell_starts_a_formula_and_each_reads_back(text: str) -> None:
    said = cell("label", text)
    assert not said.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert re.sub(GUARD, "", said) == text.replace("\x00", "")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_numbers_are_plain(value: Decimal) -> None:
    said = cell("value", value)
    assert Decimal(said) == value
    assert "E" not in said


def test_store_gives_back_what_it_was_given(result: Result, tmp_path: Path) -> None:
    store = Store(tmp_path)
    entry = Entry(doc_id=result.document.doc_id, key="k", limits="l", source="a.txt")
    store.save(result, entry, ready(result))
    assert store.load(result.document.doc_id) == result
    with pytest.raises(OutputError, match="run again"):
        store.load("f" * 16)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError), atomic(path) as handle:
        handle.write("new")
        raise RuntimeError
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_loading_from_an_empty_folder_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ntm-extract run"):
        load(tmp_path)


def test_texts_and_sheets_of_what_has_gone_are_removed_and_strangers_stay(result: Result, tmp_path: Path) -> None:
    stale = [tmp_path / "text/old/a.pdf.txt", tmp_path / "tables/old/a.pdf_2.csv"]
    strangers = [
        tmp_path / "tables/notes.csv",
        tmp_path / "tables/old/b.pdf_1 checked.csv",
        tmp_path / "text/read me.txt",
    ]
    for path in (*stale, *strangers):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    write_tables(tmp_path, [ready(result)])
    assert not any(path.exists() for path in stale)
    assert not (tmp_path / "text/old").exists()
    assert all(path.exists() for path in strangers)
