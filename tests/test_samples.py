"""The samples are what their sources say, and their facts stand where they say they stand."""

import csv
import json
import re
import shutil
import subprocess
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("PIL")
from PIL import Image

from training.samples import SAMPLES, scan
from training.samples_facts import parse, rows
from training.samples_files import _aligned
from training.samples_source import Source, read_source
from training.typeset import FACES, FONTS, plain
from training.typeset_document import set_source, truth

NAMES = sorted(path.stem for path in (SAMPLES / "source").glob("*.md"))
SHARED = Path(__file__).parents[2] / "shared"
needs_fonts = pytest.mark.skipif(
    not all(Path(FONTS[f].format(face)).exists() for f, faces in FACES.items() for face in faces),
    reason="fonts missing",
)


@cache
def facts(name: str) -> list[dict[str, Any]]:
    text = (SAMPLES / "truth" / f"{name}.facts.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@cache
def pages(name: str) -> list[list[str]]:
    text = (SAMPLES / "truth" / f"{name}.txt").read_text(encoding="utf-8")
    return [page.split("\n")[:-1] for page in text.split("\f")]


@cache
def source(name: str) -> Source:
    return read_source(SAMPLES / "source" / f"{name}.md")


def figures(text: str) -> set[Decimal]:
    """Every figure of a text, read as Vietnamese writes them."""
    found = re.findall(r"\d[\d.]*(?:,\d+)?", text)
    return {Decimal(figure.strip(".").replace(".", "").replace(",", ".")) for figure in found}


def holds(text: str, row: dict[str, Any], field: str) -> bool:
    """Whether the text prints the row's number; money may be printed in nghìn, triệu or tỷ."""
    wanted = Decimal(str(row[field]))
    return any(f.scaleb(k) == wanted for f in figures(text) for k in ((0, 3, 6, 9) if field == "amount_vnd" else (0,)))


def within(quote: str, name: str, page: int) -> bool:
    """Whether a quote stands on a page, or runs from it to the next or from the one before."""
    whole = [" ".join(lines) for lines in pages(name)]
    if quote in whole[page - 1]:
        return True
    cuts = [i for i, c in enumerate(quote) if c == " "]
    turns = [(a, b) for a, b in ((page - 1, page), (page, page + 1)) if a >= 1 and b <= len(whole)]
    return any(quote[:c] in whole[a - 1] and quote[c + 1 :] in whole[b - 1] for a, b in turns for c in cuts)


@pytest.mark.parametrize("name", NAMES)
def test_each_quote_stands_on_its_page_and_touches_its_line(name: str) -> None:
    for row in facts(name):
        assert within(row["quote"], name, row["page"]), row
        if row["line"] is not None:
            line = pages(name)[row["page"] - 1][row["line"] - 1]
            words = f" {row['quote']} "
            assert any(f" {word} " in words or word.strip("():;,.") in words for word in line.split()), row


@pytest.mark.parametrize("name", NAMES)
def test_the_quote_prints_the_numbers_and_the_line_the_first_of_them(name: str) -> None:
    checked = 0
    for row in facts(name):
        fields = [f for f in ("num", "den", "value", "count", "total", "amount_vnd") if row.get(f) is not None]
        in_words = row.get("count") == 0 or re.search(r"\b(hai|cả tám) ", row["quote"])
        if row["table"] in ("legal_refs", "document") or row["line"] is None or in_words:
            continue
        assert all(holds(row["quote"], row, field) for field in fields), row
        assert holds(pages(name)[row["page"] - 1][row["line"] - 1], row, fields[0]), row
        checked += 1
    assert checked > 15


@pytest.mark.parametrize("name", NAMES)
def test_cells_hold_what_the_facts_of_tables_say(name: str) -> None:
    path = SAMPLES / "truth" / f"{name}.cells.csv"
    gridded = [row for row in facts(name) if "grid" in row]
    assert bool(gridded) == path.exists()
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as handle:
        cells = {(int(c["table"]), int(c["row"]), int(c["col"])): c["text"] for c in csv.DictReader(handle)}
    for row in gridded:
        text = cells[row["grid"], row["row"], row["col"]]
        assert text == row["quote"]
        if row["table"] == "criteria":
            assert int(text.split("/")[0]) == row["count"]
            if row["scope"] == "criterion":
                assert len(row["places"]) == row["count"], row
        if row["table"] == "percentages":
            assert abs(100 * row["num"] / row["den"] - row["value"]) < 0.006


@pytest.mark.parametrize("name", NAMES)
def test_parts_of_table_rows_add_up(name: str) -> None:
    budgets = [r for r in facts(name) if r["table"] == "budgets" and "grid" in r]
    for total in (r for r in budgets if r["source"] is None):
        parts = [r for r in budgets if r["source"] and (r["grid"], r["row"]) == (total["grid"], total["row"])]
        assert sum(r["amount_vnd"] for r in parts) == total["amount_vnd"], total
    for grid in {r["grid"] for r in budgets}:
        whole = next(r for r in budgets if r["grid"] == grid and r["parent"] is None)
        tops = [r for r in budgets if r["grid"] == grid and r["source"] is None and r["parent"] == whole["amount_vnd"]]
        assert sum(r["amount_vnd"] for r in tops) == whole["amount_vnd"]


@pytest.mark.parametrize("name", [n for n in NAMES if n != "xa_ea_blang_2021"])
def test_printed_shares_agree_with_their_ratios(name: str) -> None:
    for row in facts(name):
        if row["table"] == "percentages" and row["value"] is not None and row["num"] is not None:
            assert abs(100 * row["num"] / row["den"] - row["value"]) < 0.06, row


def test_the_erring_report_errs_as_its_description_says() -> None:
    rows_ = facts("xa_ea_blang_2021")
    wrong = [r for r in rows_ if r["table"] == "percentages" and r["num"] is not None and r["value"] is not None]
    assert any(abs(100 * r["num"] / r["den"] - r["value"]) > 4 for r in wrong)
    assert any(r["num"] > r["den"] for r in rows_ if r["table"] == "percentages" and r["num"] is not None)
    parts = [r["amount_vnd"] for r in rows_ if r["table"] == "budgets" and r["parent"] == 6_400_000_000]
    assert sum(parts) == 6_150_000_000


@needs_fonts
@pytest.mark.parametrize("name", NAMES)
def test_truth_and_facts_follow_from_the_source(name: str) -> None:
    sheets = set_source(source(name))
    paged = source(name).head.media != "text"
    assert truth(sheets, paged=paged) == (SAMPLES / "truth" / f"{name}.txt").read_text(encoding="utf-8")
    assert json.loads(json.dumps(list(rows(source(name), sheets)))) == facts(name)


@needs_fonts
def test_a_rebuilt_page_is_the_page_of_the_sample() -> None:
    name = "xa_hong_khanh_2018"
    with Image.open(SAMPLES / "scans" / f"{name}.tif") as image:
        stored = np.asarray(image.convert("L"))
    rebuilt = scan(source(name), 1, set_source(source(name))[0])
    assert rebuilt.shape == stored.shape
    assert (rebuilt == stored).mean() > 0.999  # other versions of the font renderer may differ in a few pixels


@needs_fonts
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_set_outside_its_sheet(name: str) -> None:
    for sheet in set_source(source(name)):
        for line in sheet.reading:
            for piece in line.pieces:
                right = piece.x + piece.style.font.getlength(piece.text)
                assert piece.x > 0 and right < sheet.size[0] - 60, line.text
                assert 0 < line.y + piece.dy < sheet.size[1]


@pytest.mark.parametrize("name", NAMES)
def test_every_share_and_amount_of_the_text_is_a_fact(name: str) -> None:
    for block in source(name).blocks:
        text = plain(block.text)
        stated = [parse(fact)["quote"] for fact in block.facts]
        for match in re.finditer(r"\d[\d.,]*\s?(?:%|‰|(?:nghìn |triệu |tỷ )đồng)", text):
            said_again = "(tương đương" in text[: match.start()][-15:]
            assert said_again or any(match[0] in quote for quote in stated), match[0]


def test_the_set_is_small_and_varied() -> None:
    scans = sorted((SAMPLES / "scans").iterdir())
    assert [p.stem for p in scans] == NAMES
    assert sum(p.stat().st_size for p in SAMPLES.rglob("*") if p.is_file()) < 12_000_000
    scopes = {row["scope"] for name in NAMES for row in facts(name) if row["table"] == "criteria"}
    assert scopes == {"criterion", "band", "unit", "average", "standard"}


@pytest.mark.skipif(not (SHARED / "lists").exists(), reason="the lists of real units are not here")
def test_districts_and_communes_are_invented() -> None:
    real = set()
    for path in (SHARED / "lists").glob("admin_*.tsv"):
        for line in path.read_text(encoding="utf-8").splitlines():
            real |= {re.sub(r"^(Xã|Huyện|Phường|Thị trấn|Thị xã) ", "", cell).lower() for cell in line.split("\t")}
    for name in NAMES:
        head = facts(name)[0]
        named = {head["district"], head["commune"]} | {p for r in facts(name) for p in r.get("places") or []}
        assert not {n.lower() for n in named if n} & real


def test_a_reading_is_laid_beside_its_lines() -> None:
    lines = ["UBND huyện", "BÁO CÁO", "Tổng vốn 12 tỷ đồng"]
    assert _aligned(["UBND huyen", "::", "Tong von 12 ty dong"], lines)[0].startswith("UBND huyen")
    assert _aligned(["Tong von 12 ty dong"], lines) == ["", "", "Tong von 12 ty dong"]


def test_a_fact_that_its_quote_does_not_hold_is_refused() -> None:
    from training.samples_facts import figure_at

    assert figure_at(parse("budgets amount_vnd=1.5e9 | vốn 1,5 tỷ đồng")) == 4
    with pytest.raises(ValueError, match="is not in"):
        figure_at(parse("quantities value=7 unit=xã | có 8 xã"))


def test_the_picture_shows_a_row_beside_its_page(tmp_path: Path) -> None:
    from training.samples_picture import picture, read_rows

    box = {
        "x0": "100",
        "y0": "300",
        "x1": "130",
        "y1": "312",
        "page": "2",
        "doc_id": "d",
        "confidence": "0.9",
        "op": ">",
    }
    row = {**box, "value": "71", "unit": "%", "den": "", "label": "đường ngõ, xóm"}
    for table in ("documents", "criteria", "percentages", "budgets", "quantities"):
        written = {"documents": [{"doc_id": "d", "source": "a/one.pdf"}], "percentages": [row, {**row, "page": "3"}]}
        lines = written.get(table, [])
        with (tmp_path / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as handle:
            writer = csv.DictWriter(handle, list(lines[0]) if lines else ["doc_id"])
            writer.writeheader()
            writer.writerows(lines)
    [shown] = read_rows(tmp_path, "one.pdf", 2, (50.0, 300.0, 900.0, 900.0))
    assert (shown.table, shown.value, shown.label, shown.confidence) == (
        "percentages",
        "> 71 %",
        "đường ngõ, xóm",
        "0.90",
    )
    if Path("/usr/share/fonts/truetype/croscore/Arimo-Bold.ttf").exists():
        drawn = picture(Image.new("RGB", (400, 300), "white"), [shown])
        assert drawn.width > 1000
        assert len(np.unique(np.asarray(drawn).reshape(-1, 3), axis=0)) > 5


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils missing")
def test_the_ruined_layer_is_there_and_ruined() -> None:
    name = "xa_tan_my_khe_2022"
    command = ["pdftotext", "-layout", str(SAMPLES / "scans" / f"{name}.pdf"), "-"]
    layer = subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8").split()
    true = [word for page in pages(name) for line in page for word in line.split()]
    assert len(layer) > 0.8 * len(true)
    marked = [word for word in true if not word.isascii()]
    assert sum(word in layer for word in marked) < 0.3 * len(marked)
