"""What is stored is not done again; what changed is, and no more than that; tables follow the archive as it is now."""

from __future__ import annotations

import csv
import io
import shutil
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from ntm_extract import batch, resources
from ntm_extract.batch import Choice, Summary, run
from ntm_extract.cli import main
from ntm_extract.edges import stages
from ntm_extract.edges.journal import Journal
from ntm_extract.edges.store import Store
from ntm_extract.engine import Task
from ntm_extract.model import Page
from ntm_extract.outputs.tables import text_path
from ntm_extract.problems import ExitCode, OutputError
from ntm_extract.settings import Settings
from ntm_extract.worker import Done, Job, Worker

REPORT = """Số: {n}/BC-UBND
BÁO CÁO
Kết quả xây dựng nông thôn mới năm 2023

- Giao thông: có {n}/90 xã đạt tiêu chí Giao thông.
"""
Run = Callable[..., Summary]


RESOURCES = cache(resources.load_resources)


def at_once(jobs: Sequence[Job], task: Task, workers: int) -> Iterator[Done]:
    """The engine without its processes: the same worker, here."""
    worker = Worker(task.out, task.settings, task.keys, lambda page: None)
    yield from map(worker.do, jobs)


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything in this process, with models loaded once: what is tested here is what is done, not who does it."""
    monkeypatch.setattr(resources, "load_resources", RESOURCES)
    monkeypatch.setattr(batch, "run_local", at_once)
    monkeypatch.setattr(batch, "apart", lambda work, out: True)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    (folder / "sub").mkdir(parents=True)
    for n in (11, 12, 13):
        (folder / f"{n}.txt").write_text(REPORT.format(n=n), encoding="utf-8")
    (folder / "bad.pdf").write_text("không phải PDF", encoding="utf-8")
    return folder


@pytest.fixture
def again(archive: Path, tmp_path: Path) -> Run:
    def go(settings: Settings | None = None, **choice: object) -> Summary:
        return run(archive, tmp_path / "out", settings or Settings(), 1, choice=Choice(**choice))  # type: ignore[arg-type]

    go()
    return go


def _blank_pages(count: int) -> bytes:
    with pikepdf.new() as pdf:
        for _ in range(count):
            pdf.add_blank_page()
        data = io.BytesIO()
        pdf.save(data)
    return data.getvalue()


def rows(tmp_path: Path, table: str) -> list[dict[str, str]]:
    with (tmp_path / "out" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_nothing_is_done_twice(again: Run, tmp_path: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "out").glob("*.csv")}
    summary = again()
    assert (summary.documents, summary.done, summary.read) == (4, 0, 0)
    assert summary.rows["criteria"] == 3 and summary.rows["failures"] == 1
    assert before == {p: p.stat().st_mtime_ns for p in (tmp_path / "out").glob("*.csv")}


def test_a_new_file_costs_only_itself(again: Run, archive: Path, tmp_path: Path) -> None:
    (archive / "14.txt").write_text(REPORT.format(n=14), encoding="utf-8")
    summary = again()
    assert (summary.documents, summary.done, summary.read) == (5, 1, 1)
    assert [r["count"] for r in rows(tmp_path, "criteria")] == ["11", "12", "13", "14"]


def test_a_moved_and_a_copied_file_are_known_by_content(again: Run, archive: Path, tmp_path: Path) -> None:
    (archive / "11.txt").rename(archive / "sub/other.txt")
    shutil.copy(archive / "12.txt", archive / "copy of 12.txt")
    summary = again()
    assert (summary.documents, summary.done, summary.read) == (4, 2, 0)
    places = {r["source"]: r["also_at"] for r in rows(tmp_path, "documents")}
    assert places == {"12.txt": "copy of 12.txt", "13.txt": "", "bad.pdf": "", "sub/other.txt": ""}
    texts = {p.relative_to(tmp_path / "out/text").as_posix() for p in (tmp_path / "out/text").rglob("*.txt")}
    assert texts == {"12.txt.txt", "13.txt.txt", "sub/other.txt.txt"}


def test_copies_and_files_that_are_not_read_are_told(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(archive / "12.txt", archive / "bản sao.txt")
    for name in ("a.docx", "b.DOCX", "c.xlsx", ".hidden"):
        (archive / name).write_bytes(b"x")
    assert main(["run", str(archive), "--out", str(tmp_path / "out"), "-j", "1"]) == ExitCode.PROBLEMS
    said = capsys.readouterr().out
    assert "copies            1   " in said and "passed over       3   (.docx 2, .xlsx 1)" in said


def test_files_without_a_byte_are_no_copies(archive: Path, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf", "c.tif"):
        (archive / name).write_bytes(b"")
    assert run(archive, tmp_path / "out", Settings(), 1).documents == 7
    failed = {row["source"]: row["code"] for row in rows(tmp_path, "failures")}
    assert failed == {"bad.pdf": "not_a_pdf", **dict.fromkeys(("a.pdf", "b.pdf", "c.tif"), "empty_file")}
    assert run(archive, tmp_path / "out", Settings(), 1).done == 0
    (archive / "b.pdf").write_text("b", encoding="utf-8")
    assert run(archive, tmp_path / "out", Settings(), 1).done == 1


def test_patterns_take_names_however_their_marks_are_spelled(archive: Path, tmp_path: Path) -> None:
    name = "Phụ lục.txt"
    (archive / unicodedata.normalize("NFD", name)).write_text(REPORT.format(n=14), encoding="utf-8")
    for form in ("NFC", "NFD"):
        choice = Choice(include=(unicodedata.normalize(form, "Phụ*"),))
        assert run(archive, tmp_path / form, Settings(), 1, choice=choice).documents == 1


def test_outputs_may_lie_over_the_archive_or_in_it_but_not_be_it(archive: Path, tmp_path: Path) -> None:
    for out in (tmp_path, archive / "tables", archive / "other tables", tmp_path):
        assert run(archive, out, Settings(), 1).documents == 4
    with pytest.raises(OutputError, match="is the archive itself"):
        run(archive, archive, Settings(), 1)


def test_what_has_gone_leaves_nothing(again: Run, archive: Path, tmp_path: Path) -> None:
    (archive / "13.txt").unlink()
    assert again().documents == 3
    assert {r["count"] for r in rows(tmp_path, "criteria")} == {"11", "12"}
    assert not (tmp_path / "out/text/13.txt.txt").exists()


def test_what_others_put_beside_the_tables_stays(again: Run, archive: Path, tmp_path: Path) -> None:
    notes = [tmp_path / "out/text/notes.txt", tmp_path / "out/tables/own/sheet.csv", tmp_path / "out/mine.csv"]
    for path in notes:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("of a person", encoding="utf-8")
    (archive / "13.txt").unlink()
    assert again().documents == 3
    assert [path.read_text(encoding="utf-8") for path in notes] == ["of a person"] * 3
    assert not (tmp_path / "out/text/13.txt.txt").exists()


def test_a_changed_rule_reads_nothing_again(again: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "result_version", lambda: "another")
    summary = again()
    assert (summary.done, summary.read) == (4, 0)
    assert (again().done, again(Settings(repair=False)).read) == (0, 0)


def test_changed_reading_reads_all_again(again: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "reading_version", lambda: "another")
    assert again().read == 4
    assert again(Settings(dpi=200)).read == 4


def test_another_limit_reads_again_only_what_it_cut(archive: Path, again: Run) -> None:
    (archive / "long.pdf").write_bytes(_blank_pages(3))
    assert again(Settings(max_pages=2)).read == 1
    assert again(Settings(max_pages=2, page_seconds=60.0)).read == 1
    assert again(Settings(max_pages=5)).read == 1
    assert again(Settings(max_pages=9, page_seconds=60.0)).read == 0


def test_a_right_name_mends_a_misnamed_file(again: Run, archive: Path, tmp_path: Path) -> None:
    (archive / "bad.pdf").rename(archive / "good.txt")
    assert again().read == 1
    assert {r["status"] for r in rows(tmp_path, "documents")} == {"ok"}


def test_choices(again: Run, tmp_path: Path) -> None:
    assert again(only_failed=True).read == 1
    assert again(force=True).read == 4
    summary = again(force=True, limit=2)
    assert (summary.done, summary.waiting, summary.documents) == (2, 2, 4)
    assert again(include=("1*",), exclude=("*3.txt",)).documents == 2
    assert {r["source"] for r in rows(tmp_path, "documents")} == {"11.txt", "12.txt"}


def test_torn_and_missing_pieces_are_made_again(again: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = {p.name: p.read_bytes() for p in out.glob("*.csv") if p.name not in {"documents.csv", "pages.csv"}}
    torn, gone, lost = sorted((out / "rows").glob("*.json"))[:3]
    torn.write_bytes(torn.read_bytes()[:40])
    gone.unlink()
    (out / "results" / lost.name).unlink()
    (out / "criteria.csv").unlink()
    assert again().done == 3
    assert {name: (out / name).read_bytes() for name in before} == before


def test_status_tells_what_is_stored(again: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", str(tmp_path / "out")]) == ExitCode.OK
    said = capsys.readouterr().out
    assert "ended, 4 of 4" in said and "stored: 4 documents" in said and "not_a_pdf" in said
    journal = Journal(Store(tmp_path / "out").journal("0" * 16), "key", (), lambda page: None)
    for number in (1, 2, 3):
        journal.keep(Page(number=number, lines=()), ())
    assert main(["status", str(tmp_path / "out")]) == ExitCode.OK
    assert "read so far of 1 unfinished document: 3 pages" in capsys.readouterr().out
    assert main(["status", str(tmp_path / "none")]) == ExitCode.INPUT


def test_status_tells_gone_files_apart(
    again: Run, archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (archive / "bad.pdf").unlink()
    (archive / "empty.pdf").write_bytes(b"")
    assert again().documents == 4
    assert main(["status", str(tmp_path / "out")]) == ExitCode.OK
    said = capsys.readouterr().out
    assert "stored: 4 documents, 3 pages; 1 document with problems" in said and "not_a_pdf" not in said
    assert "and 1 whose files are no longer in the archive" in said


def test_the_version_of_a_stage_is_its_code() -> None:
    reading = {p.relative_to(stages.PACKAGE).as_posix() for p in stages.closure(["reading"], stages.NO_STAGE)}
    result = {p.relative_to(stages.PACKAGE).as_posix() for p in stages.closure(["pipeline", "resources"], ("reading",))}
    assert {"reading/document.py", "edges/render.py", "edges/ocr.py", "layout/lines.py", "image/page.py"} <= reading
    assert not {p for p in reading if p.startswith(("extract/", "checks/", "repair/", "ner/"))}
    assert {
        "extract/budgets.py",
        "checks/ratios.py",
        "repair/decoder.py",
        "ner/pipeline.py",
        "text/dates.py",
    } <= result
    assert "edges/ocr.py" not in result


def test_stored_work_outlives_a_cut_in_the_middle(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(jobs: Sequence[Job], task: Task, workers: int) -> Iterator[Done]:
        yield from at_once(jobs[:2], task, workers)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(batch, "run_local", cut)
        run(archive, tmp_path / "out", Settings(), 1)
    assert len(list(Store(tmp_path / "out").entries())) == 2
    assert run(archive, tmp_path / "out", Settings(), 1).done == 2


def test_names_that_no_folder_takes(archive: Path, tmp_path: Path) -> None:
    """A name as long as a disk allows, and a folder that is called as the text of another file would be."""
    long = "ắ" * 83 + "xx.txt"
    assert len(long.encode()) == 255
    (archive / long).write_text(REPORT.format(n=21), encoding="utf-8")
    (archive / "11.txt.txt").mkdir()
    (archive / "11.txt.txt" / "22.txt").write_text(REPORT.format(n=22), encoding="utf-8")
    assert run(archive, tmp_path / "out", Settings(), 1).documents == 6
    for source in ("11.txt", "11.txt.txt/22.txt", long):
        assert "tiêu chí" in text_path(tmp_path / "out", source).read_text(encoding="utf-8")
    (archive / long).unlink()
    run(archive, tmp_path / "out", Settings(), 1)
    assert not text_path(tmp_path / "out", long).exists()
