"""Whatever a scan or a file's name says: no cell becomes a formula, every value reads back as it was."""

from __future__ import annotations

import csv
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from ntm_extract.edges.store import atomic
from ntm_extract.outputs.frames import load, write_workbook
from ntm_extract.outputs.schema import BY_NAME, TABLES, Column, Row, Table
from ntm_extract.outputs.tables import as_lines

STRINGS = (
    *("=1+1", "=A1", "+1+1", "-1+1", "@SUM(A1:A9)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "'=1+1", "''=1+1", "'+84"),
    *("=cmd|' /C calc'!A0", '=HYPERLINK("http://a.example/?"&A1;"xã")', '=WEBSERVICE("http://a.example")', "=DDE(1;2)"),
    *("-", "- Giao thông", "+84 912", "-5", "=", "@", "'", "1/2", "2-3", "00123", "1e5", "1.234.567", "12,5 %", "TRUE"),
    *("NA", "nan", "null", "#N/A", 'hai "xã"', 'a,"b"\n;c', "dòng\r\nmới", "\u202e=1+1", "\ufeff=1+1", "＝1+1"),
    *("xã\u00a0Lùng", "{=1+1}", "[Sổ.xlsx]Trang!A1", "_x003D_1+1", "=" * 300),
)
CARRIAGE_RETURN = "_x000D_"  # as XLSX writes it; Excel and LibreOffice show it as it was, openpyxl leaves it
OWN = ("op",)  # holds a sign of comparison, and nothing else


def texts(table: Table) -> list[Column]:
    return [column for column in table.columns if column.type == "string" and column.name not in OWN]


def row(table: Table, text: str) -> Row:
    """A row with this text in every column that takes text; numbers in the others, of either sign."""
    number = {"integer": -7, "number": -0.5, "string": ">="}
    return {c.name: text if c in texts(table) else number[c.type] for c in table.columns}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    for table in TABLES:
        with atomic(folder / f"{table.name}.csv", newline="") as handle:
            handle.write("\ufeff")
            csv.writer(handle).writerow(table.names)
            handle.write(as_lines(table.name, [row(table, text) for text in STRINGS]))
    write_workbook(folder)
    return folder


def test_there_are_forty() -> None:
    assert len(set(STRINGS)) >= 40


def test_tables_read_back(out: Path) -> None:
    for name, frame in load(out).items():
        for column in texts(BY_NAME[name]):
            assert frame[column.name].tolist() == list(STRINGS), (name, column.name)
        for column in BY_NAME[name].columns:
            if column.type != "string":
                assert set(frame[column.name]) == {-7 if column.type == "integer" else -0.5}


def test_numbers_beyond_64_bits_cost_no_table(tmp_path: Path) -> None:
    for table in TABLES:
        with atomic(tmp_path / f"{table.name}.csv", newline="") as handle:
            csv.writer(handle).writerow(table.names)
            large = {c.name: {"integer": 10**30, "number": 10**30}.get(c.type, "a") for c in table.columns}
            handle.write(as_lines(table.name, [large, row(table, "b")]))
    for name, frame in load(tmp_path).items():
        for column in BY_NAME[name].columns:
            if column.type == "integer":
                assert frame[column.name].isna().tolist() == [True, False] and frame[column.name][1] == -7
            elif column.type == "number":
                assert frame[column.name].tolist() == [1e30, -0.5]


def test_workbook_reads_back_and_holds_no_formula(out: Path) -> None:
    sheets = pd.read_excel(out / "ntm.xlsx", sheet_name=None, dtype=object, keep_default_na=False)
    book = openpyxl.load_workbook(out / "ntm.xlsx", read_only=True)
    for table in TABLES:
        kinds = {cell.data_type for line in book[table.name].iter_rows(min_row=2) for cell in line}
        assert kinds <= {"s", "n"}, table.name
        for column in table.columns:
            found = sheets[table.name][column.name].tolist()
            if column in texts(table):
                assert found == [text.replace("\r", CARRIAGE_RETURN) for text in STRINGS], (table.name, column.name)
            elif column.type != "string":
                assert all(isinstance(value, int | float) and value < 0 for value in found)


@pytest.fixture(scope="module")
def opened(out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workbook and tables as LibreOffice takes them when it opens them, and one cell without a guard."""
    if shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice (apt-get install libreoffice-calc)")
    folder = tmp_path_factory.mktemp("office")
    (folder / "bare.csv").write_text("a\n=1+1\n", encoding="utf-8")
    paths = [out / "ntm.xlsx", *(out / f"{table.name}.csv" for table in TABLES), folder / "bare.csv"]
    home = f"-env:UserInstallation=file://{folder}/home"
    command = ["soffice", home, "--headless", "--convert-to", "fods", "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


def formulas(path: Path) -> list[dict[str, str]]:
    cells = list(ET.parse(path).getroot().iter("{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table-cell"))
    assert cells
    return [cell.attrib for cell in cells if any(key.endswith("}formula") for key in cell.attrib)]


def test_no_cell_starts_a_formula_in_libreoffice(opened: Path) -> None:
    for name in ("ntm", *(table.name for table in TABLES)):
        assert formulas(opened / f"{name}.fods") == [], name
    assert formulas(opened / "bare.fods")  # it would start one
