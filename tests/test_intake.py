from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ntm_extract.edges import intake
from ntm_extract.problems import Code, InputError, StageError


def test_a_tree_is_found_sorted_without_hidden_files_links_and_other_endings(tmp_path: Path) -> None:
    for name in ("b/z.PDF", "b/a.txt", "a.TIFF", "note.docx", ".hidden.pdf", ".git/x.pdf", "c.jpeg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "c.jpeg")
    (tmp_path / "linked").symlink_to(tmp_path / "b", target_is_directory=True)
    (tmp_path / "b" / "README").write_bytes(b"x")
    assert [f.source for f in intake.find(tmp_path)] == ["a.TIFF", "b/a.txt", "b/z.PDF", "c.jpeg"]
    assert intake.survey(tmp_path).others == {".docx": 1, "links": 1, "": 1}
    assert all(f.place == str(tmp_path / f.source) for f in intake.find(tmp_path))


def test_one_file_is_its_own_archive(tmp_path: Path) -> None:
    path = tmp_path / "Báo cáo.pdf"
    path.write_bytes(b"x")
    assert [(f.source, f.place) for f in intake.find(path)] == [("Báo cáo.pdf", str(path))]


@pytest.mark.parametrize("name", ["missing", "empty", "notes.docx"])
def test_nothing_to_read_says_so_in_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.docx").write_bytes(b"x")
    with pytest.raises(InputError) as caught:
        intake.find(tmp_path / name)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_identity_is_the_content_whatever_its_size(tmp_path: Path) -> None:
    data = bytes(range(256)) * 5000  # more than one chunk
    for name in ("one.pdf", "two.txt"):
        (tmp_path / name).write_bytes(data)
        assert intake.doc_id(tmp_path / name) == hashlib.sha256(data).hexdigest()[:16]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"%PDF-1.7\n", "pdf"),
        ("a.pdf", b"junk before\n%PDF-1.4", "pdf"),
        ("a.pdf", b"II*\0....", "image"),
        ("a.tif", b"MM\0*....", "image"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "image"),
        ("a.png", b"\xff\xd8\xff\xe0", "image"),
        ("a.txt", "Xã Bản Lầu".encode(), "text"),
        ("a.txt", b"", Code.EMPTY_FILE),
        ("a.pdf", b"", Code.EMPTY_FILE),
        ("a.pdf", b"only text", Code.NOT_A_PDF),
        ("a.jpeg", b"only text", Code.NOT_AN_IMAGE),
    ],
)
def test_content_goes_before_the_ending(tmp_path: Path, name: str, content: bytes, expected: str | Code) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    if isinstance(expected, Code):
        with pytest.raises(StageError) as caught:
            intake.media(path)
        assert caught.value.code is expected
    else:
        assert intake.media(path) == expected


def test_a_name_that_is_no_utf8_is_spelled_out(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    path.write_text("một", encoding="utf-8")
    (found,) = intake.find(tmp_path)
    assert found.source == "\\xff.txt"
    assert Path(found.place).read_text(encoding="utf-8") == "một"


def test_a_folder_that_cannot_be_looked_into_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("một", encoding="utf-8")
    walk = os.walk

    def walk_and_refuse(top: Path, *, followlinks: bool, onerror: Callable[[OSError], None]) -> Iterator[object]:
        yield from walk(top, followlinks=followlinks)
        onerror(PermissionError(13, "Permission denied", str(tmp_path / "locked")))

    monkeypatch.setattr(os, "walk", walk_and_refuse)
    assert [f.source for f in intake.find(tmp_path)] == ["a.txt", "locked"]


def test_outputs_of_a_run_below_are_no_documents(tmp_path: Path) -> None:
    for name in ("a.txt", "tables/run.log", "tables/rows/1.json", "tables/results/1.json", "tables/text/a.txt.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    assert [f.source for f in intake.find(tmp_path)] == ["a.txt"]
    assert [f.source for f in intake.find(tmp_path / "tables" / "text")] == ["a.txt.txt"]  # asked for by name
