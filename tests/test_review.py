"""Review pages in a real browser: open, sort, search, look, correct, export, run again under another rule."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from ntm_extract.corrections import Correction
from ntm_extract.edges.corrections import Decisions, read_corrections
from ntm_extract.facts import Budget, Extraction, Head
from ntm_extract.model import Box, Document, Line, Page, Word
from ntm_extract.outputs.frames import load
from ntm_extract.outputs.gold import write_gold
from ntm_extract.outputs.review import write_review
from ntm_extract.result import Change, Check, Proposal, Result
from tests.conftest import ROOT, evidence, write

HOSTILE = '<img src=x onerror="document.title=1"></script><script>document.title=1</script>'
WAYS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MANY = 2000


def money(doc_id: str, position: str, amount: int, confidence: float, rule: str = "money") -> Budget:
    box = Box(100, 100, 160, 114)
    given = {"doc_id": doc_id, "box": box, "quote": HOSTILE, "confidence": confidence, "rule": rule}
    return Budget(evidence=evidence(position, **given), amount_vnd=amount, label="vốn làm đường", source="nhân dân")


def read(doc_id: str, source: str, facts: tuple[Budget, ...], checks: tuple[Check, ...] = ()) -> Result:
    line = Line(number=1, words=(Word(text="vốn", recognised="von", box=Box(50, 100, 90, 114), confidence=0.9),))
    pages = (Page(number=1, lines=(line,), width=600, height=800),)
    document = Document(doc_id=doc_id, source=source, media="image", pages=pages)
    extraction = Extraction(head=Head(kind="Báo cáo", district="Đồng Rẫy"), budgets=facts)
    return Result(version="0", document=document, extraction=extraction, checks=checks)


def archive(rule: str = "money", wrong: int = 7_000_000) -> tuple[Result, ...]:
    sure, unsure, failing = (
        money("a" * 16, f"{n}:0.0", amount, confidence, rule)
        for n, amount, confidence in ((1, 5_000_000, 0.95), (2, wrong, 0.4), (3, 9_000_000, 0.9))
    )
    change = Change(
        fact_id=failing.fact_id, table="budgets", field="amount_vnd", value="9500000", was=str(failing.amount_vnd)
    )
    check = Check(
        check="sum",
        fact_ids=(failing.fact_id, sure.fact_id),
        proposals=(Proposal(printed="9,0", reading="9,5", changes=(change,)),),
        expected="1",
        found="2",
        severity="error",
        message="Tổng không khớp",
        message_en="the total does not hold",
    )
    return (
        read("a" * 16, "nam.png", (sure, unsure, failing), (check,)),
        read("b" * 16, "bac.png", (money("b" * 16, "1:0.0", 1_000_000, 0.9),)),
    )


def make(out: Path, results: tuple[Result, ...], src: Path | None = None) -> None:
    decisions = Decisions(out / "corrections.csv")
    write(out, decisions.applied(results))
    write_review(out, src)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """An archive of two pages, and the outputs of a run over it."""
    src, out = tmp_path / "scans", tmp_path / "out"
    src.mkdir()
    for name in ("nam.png", "bac.png"):
        Image.effect_noise((600, 800), 40).save(src / name)
    make(out, archive(), src)
    return src, out


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Any]:
    """A page of a fresh Chromium; any error of a script fails the test."""
    playwright = pytest.importorskip("playwright.sync_api")
    if BROWSER is None:
        pytest.skip("needs Chromium")
    errors: list[str] = []
    with playwright.sync_playwright() as driver:
        ways = [*WAYS.split(), "--disable-component-update", "--disable-sync"]
        browser = driver.chromium.launch_persistent_context(
            str(tmp_path / "profile"), executable_path=BROWSER, headless=True, args=ways, accept_downloads=True
        )
        blank = browser.new_page()
        blank.on("pageerror", lambda error: errors.append(str(error)))
        blank.set_default_timeout(20_000)
        yield blank
        browser.close()
    assert not errors


def opened(page: Any) -> None:
    """Wait until a document stands on the page: its data come in a script of their own, after the click."""
    page.wait_for_selector(".panel h3")


def test_open_sort_search_correct_export_and_run_again(folders: tuple[Path, Path], page: Any, tmp_path: Path) -> None:
    _, out = folders
    index = (out / "review/index.html").as_uri()
    first, rows = "tbody tr:first-child", "tbody tr"
    page.goto(index)
    assert page.locator(f"{first} td").first.inner_text() == "nam.png"  # what failed comes first
    page.click("th[data-key=source] button")
    assert page.locator(f"{first} td").first.inner_text() == "bac.png"
    page.fill("#search", "NAM dong ray")  # without marks
    assert page.locator(rows).count() == 1
    page.click(f"{first} a")
    opened(page)
    values = [text.split("\n")[0] for text in page.locator(".facts li b").all_inner_texts()]
    assert values == ["9.000.000 đồng", "5.000.000 đồng", "7.000.000 đồng"]  # failed, by confidence; then the unsure
    assert "Tổng không khớp" in page.locator(".panel .check").inner_text()
    assert page.locator(".sheet button").count() == 3
    page.wait_for_function("document.querySelector('.sheet img').naturalWidth > 0")
    assert page.locator(".crop").count() == 1
    assert HOSTILE in page.locator(".panel").inner_text()  # shown, not run
    assert page.title() != "1"
    page.keyboard.press("a")  # right as printed; on to the next
    page.keyboard.press("r")
    page.keyboard.press("c")
    page.keyboard.type("7500000")
    page.keyboard.press("Enter")
    page.reload()
    assert page.locator("#decided").inner_text().startswith("3 ")  # kept by the browser
    with page.expect_download() as download:
        page.click("#export")
    download.value.save_as(out / "corrections.csv")
    decided, faults = read_corrections(out / "corrections.csv")
    assert (sorted(one.action for one in decided), faults) == (["accept", "correct", "reject"], ())
    corrected = next(one for one in decided if one.action == "correct")
    assert (corrected.field, corrected.value, corrected.was) == ("amount_vnd", "7500000", "7000000")

    make(out, archive("another rule", wrong=70_000_000))  # another rule reads the number otherwise
    budgets = load(out)["budgets"]
    assert sorted(budgets[budgets.doc_id == "a" * 16].amount_vnd) == [7_500_000, 9_000_000]
    page.goto(index + "#" + "a" * 16)
    page.reload()
    opened(page)
    assert "7.500.000 đồng" in page.locator(".facts").inner_text()
    assert write_gold(out) == 2
    gold = [json.loads(line) for line in (out / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sorted((row["document"], row["table"], row["amount_vnd"], row["decided"]) for row in gold) == [
        ("nam.png", "budgets", 7_500_000, "corrected"),
        ("nam.png", "budgets", 9_000_000, "accepted"),
    ]


def exported(page: Any, out: Path) -> list[Correction]:
    with page.expect_download() as download:
        page.click("#export")
    download.value.save_as(out / "corrections.csv")
    decided, faults = read_corrections(out / "corrections.csv")
    assert not faults
    return list(decided)


def test_one_key_takes_the_proposal_and_names_its_check(folders: tuple[Path, Path], page: Any) -> None:
    _, out = folders
    check_id = load(out)["checks"].check_id[0]
    page.goto((out / "review/index.html").as_uri() + "#" + "a" * 16)
    page.wait_for_selector(".panel .proposal")
    page.keyboard.press("1")
    (taken,) = exported(page, out)
    assert (taken.action, taken.field, taken.value, taken.was) == ("correct", "amount_vnd", "9500000", "9000000")
    assert taken.check_id == check_id
    make(out, archive("another rule", wrong=70_000_000))
    assert 9_500_000 in set(load(out)["budgets"].amount_vnd)


def test_as_printed_answers_the_check_and_an_acceptance_of_one_fact_does_not(
    folders: tuple[Path, Path], page: Any
) -> None:
    _, out = folders
    check_id = load(out)["checks"].check_id[0]
    page.goto((out / "review/index.html").as_uri() + "#" + "a" * 16)
    page.wait_for_selector(".panel .check")
    page.keyboard.press("a")
    assert [one.check_id for one in exported(page, out)] == [""]
    page.keyboard.press("k")
    page.keyboard.press("s")
    decided = exported(page, out)
    assert [(one.action, one.check_id) for one in decided] == [("accept", check_id)] * 2
    assert len({one.fact_id for one in decided}) == 2


def test_unsure_is_what_the_run_said(folders: tuple[Path, Path], page: Any) -> None:
    _, out = folders
    counts = []
    for below in (0.5, 0.92):
        (out / "run.json").write_text(json.dumps({"settings": {"review_below": below}}), encoding="utf-8")
        write_review(out)
        page.goto((out / "review/index.html").as_uri())
        page.reload()
        row = page.locator("tbody tr", has_text="nam.png")
        counts.append(row.locator("td").nth(8).inner_text())
    assert counts == ["1", "2"]


def test_data_that_come_late_do_not_cover_what_was_opened_since(folders: tuple[Path, Path], page: Any) -> None:
    _, out = folders
    index = (out / "review/index.html").as_uri()
    page.goto(index + "#" + "a" * 16)
    opened(page)
    page.keyboard.press("Escape")
    page.wait_for_selector("tbody tr")
    page.add_script_tag(url=f"docs/{'a' * 16}.js")  # as the page itself loads them, and too late
    assert page.locator("tbody tr").count() == 2


def test_undo_takes_a_decision_back(folders: tuple[Path, Path], page: Any) -> None:
    _, out = folders
    page.goto((out / "review/index.html").as_uri() + "#" + "a" * 16)
    opened(page)
    page.keyboard.press("r")
    page.keyboard.press("k")
    page.keyboard.press("u")
    assert page.locator("#decided").inner_text().startswith("0 ")
    page.keyboard.press("Escape")
    page.wait_for_selector("tbody tr")


def test_two_thousand_documents_load_one_at_a_time(tmp_path: Path, page: Any) -> None:
    results = tuple(read(f"{n:016x}", f"{n:04}.png", (money(f"{n:016x}", "1:0.0", n + 1, 0.9),)) for n in range(MANY))
    make(tmp_path / "out", results)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "out/review/index.html").as_uri())
    assert page.locator("tbody tr").count() == MANY
    assert not [url for url in asked if "/docs/" in url]
    page.fill("#search", "1234.png")
    page.click("tbody tr:first-child a")
    opened(page)
    assert len([url for url in asked if "/docs/" in url]) == 1


def test_pages_are_whole_without_pictures_and_reach_for_nothing_outside(result: Result, tmp_path: Path) -> None:
    make(tmp_path, (result,))
    names = {path.relative_to(tmp_path / "review").as_posix() for path in (tmp_path / "review").rglob("*.*")}
    assert {"index.html", "archive.js", f"docs/{result.document.doc_id}.js"} <= names
    for path in (ROOT / "ntm_extract/outputs/review").glob("*.[hjc]*"):
        said = path.read_text(encoding="utf-8")
        assert "innerHTML" not in said
        assert "http" not in said.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
