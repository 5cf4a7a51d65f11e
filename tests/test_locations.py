"""Files in a store that fsspec knows are read as those on a disk; what did not change is not read to be known."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ntm_extract.batch import run
from ntm_extract.edges import known, locations
from ntm_extract.edges.intake import Found, find
from ntm_extract.edges.known import Known
from ntm_extract.edges.searchable import write_all
from ntm_extract.edges.store import Store
from ntm_extract.outputs.review import write_review
from ntm_extract.problems import InputError, NtmError
from ntm_extract.settings import Settings
from tests.conftest import ROOT
from tests.faults.test_kill import timeless
from tests.test_incremental import REPORT, here  # noqa: F401  # the fixture does all work in this process

pytest.importorskip("fsspec")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "folder"
    (made / "năm 2023").mkdir(parents=True)
    for n in (11, 12):
        (made / "năm 2023" / f"{n}.txt").write_text(REPORT.format(n=n), encoding="utf-8")
    (made / "copy.txt").write_text(REPORT.format(n=11), encoding="utf-8")
    (made / "bad.pdf").write_text("không phải PDF", encoding="utf-8")
    return made


def packed(folder: Path, **more: str) -> str:
    """The URL of a zip file with the files of a folder, and others."""
    path = folder.parent / "all.zip"
    with zipfile.ZipFile(path, "w") as file:
        for found in find(folder):
            file.write(found.place, found.source)
        for name, text in more.items():
            file.writestr(name, text)
    return f"zip://::{path}"


def tables(out: Path) -> dict[str, bytes]:
    """The CSV files and texts of a run."""
    return {path.name: timeless(path) for path in (*out.glob("*.csv"), *(out / "text").rglob("*.txt"))}


@pytest.mark.parametrize("kind", ["zip", "file"])
def test_a_store_gives_the_same_tables(folder: Path, tmp_path: Path, kind: str) -> None:
    url = packed(folder) if kind == "zip" else folder.as_uri()
    run(folder, tmp_path / "disk", Settings(), 1)
    assert run(url, tmp_path / "store", Settings(), 1).done == 3
    assert tables(tmp_path / "store") == tables(tmp_path / "disk")
    assert run(url, tmp_path / "store", Settings(), 1).done == 0
    assert not list((tmp_path / "store").rglob(".part-*"))


def test_names_of_a_store_lead_nowhere(folder: Path, tmp_path: Path) -> None:
    url = packed(folder, **{"../out.txt": "x", "a/../../b.txt": "x", ".hidden/c.txt": "x", "note.docx": "x"})
    assert {found.source for found in find(url)} == {found.source for found in find(folder)}


def test_pictures_and_searchable_pdfs_come_from_a_store_too(tmp_path: Path) -> None:
    from PIL import Image

    (tmp_path / "in").mkdir()
    with Image.open(ROOT / "samples" / "scans" / "xa_hong_khanh_2018.tif") as image:
        image.convert("L").crop((80, 130, 900, 430)).save(tmp_path / "in" / "scan.png", dpi=(300, 300))
    url = packed(tmp_path / "in")
    run(url, tmp_path / "out", Settings(), 1)
    assert write_all(url, tmp_path / "out") == ()
    write_review(tmp_path / "out", url)
    assert (tmp_path / "out" / "pdf" / "scan.png.pdf").read_bytes().startswith(b"%PDF")
    assert list((tmp_path / "out" / "review" / "pages").rglob("1.webp"))


@pytest.mark.parametrize("url", ["zip://::/nowhere/x.zip", "nosuch://bucket/scans", "file:///nowhere/at/all"])
def test_a_store_that_does_not_answer_is_one_line(url: str, tmp_path: Path) -> None:
    with pytest.raises(NtmError) as caught:
        run(url, tmp_path / "out", Settings(), 1)
    assert str(caught.value) and "\n" not in str(caught.value)
    assert isinstance(caught.value, InputError)


def test_a_file_that_could_not_be_fetched_is_tried_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, out = packed(folder), tmp_path / "out"
    from fsspec.implementations.zip import ZipFileSystem

    def down(*_: object, **__: object) -> None:
        raise RuntimeError("the store is down")

    with monkeypatch.context() as broken:
        broken.setattr(ZipFileSystem, "get_file", down)
        assert run(url, out, Settings(), 1).rows["failures"] == 3
    assert {code for entry in Store(out).entries() for code in entry.codes} == {"unreadable"}
    assert run(url, out, Settings(), 1).done == 3
    assert run(folder, tmp_path / "disk", Settings(), 1) and tables(out) == tables(tmp_path / "disk")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The places whose bytes were read to know their content."""
    seen: list[str] = []
    real = known.content

    def content(place: str) -> tuple[str, int]:
        seen.append(Path(place).name)
        return real(place)

    monkeypatch.setattr(known, "content", content)
    return seen


def know(folder: Path, out: Path) -> dict[str, str]:
    memory, found = Known(out), find(folder)
    told = {one.source: memory.content(one).doc_id for one in found}
    memory.keep({one.source for one in found})
    return told


def settle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locations, "SETTLED", 0)


def test_what_did_not_change_is_not_read(
    folder: Path, tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    first = know(folder, tmp_path / "out")
    assert len(reads) == 4
    assert know(folder, tmp_path / "out") == first and len(reads) == 4
    (folder / "new.txt").write_text("mới", encoding="utf-8")
    (folder / "bad.pdf").unlink()
    assert know(folder, tmp_path / "out").keys() == first.keys() - {"bad.pdf"} | {"new.txt"}
    assert reads[4:] == ["new.txt"]


def rewrite(path: Path) -> None:
    path.write_text(REPORT.format(n=77), encoding="utf-8")


def replace(path: Path) -> None:
    rewrite(path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


@pytest.mark.parametrize("change", [rewrite, replace])
def test_a_change_that_hides_is_seen(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    """The same size, and the time of change set back: the time of the inode tells."""
    settle(monkeypatch)
    path = folder / "copy.txt"
    before, first = path.stat(), know(folder, tmp_path / "out")
    change(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size and path.stat().st_mtime_ns == before.st_mtime_ns
    assert know(folder, tmp_path / "out")["copy.txt"] != first["copy.txt"]


def test_a_file_just_written_is_not_trusted(folder: Path, tmp_path: Path, reads: list[str]) -> None:
    know(folder, tmp_path / "out")
    know(folder, tmp_path / "out")
    assert len(reads) == 8


def test_a_torn_memory_is_no_memory(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / known.NAME).write_bytes(b'{"copy.txt": ["1 2')
    assert len(know(folder, tmp_path / "out")) == 4


def test_a_store_without_stamps_is_read(tmp_path: Path, reads: list[str]) -> None:
    (tmp_path / "a.txt").write_text("một", encoding="utf-8")
    one = Found("a.txt", (tmp_path / "a.txt").as_uri(), "")
    for _ in range(2):
        memory = Known(tmp_path)
        memory.content(one)
        memory.keep({"a.txt"})
    assert len(reads) == 2
