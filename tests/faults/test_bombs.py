"""Files made to burst whoever opens them: each ends soon, small, and named; the file beside it is read."""

from __future__ import annotations

import csv
import os
import resource
import struct
import subprocess
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.faults.conftest import Told
from tests.faults.test_kill import REPORT, descendants, start
from tests.faults.test_memory import resident

MIB, GIB = 1 << 20, 1 << 30
CAP = int(os.environ.get("NTM_PAGE_CAP", "40"))  # max_pages of a run; `python -m bench faults` takes the default


@pytest.fixture(scope="module", autouse=True)
def warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The models' code is compiled at their first use, which no bomb is to be charged with."""
    folder = tmp_path_factory.mktemp("warm")
    (folder / "good.txt").write_text(REPORT.format(n=11), encoding="utf-8")
    assert start(folder, folder / "out").wait() == 0


def zeros(size: int, fill: bytes = b"\0") -> bytes:
    """So many equal bytes (whole MiB and no more), deflated: one MiB that is deflated once stands for all."""
    piece, packer, check = fill * MIB, zlib.compressobj(9, wbits=-15), 1
    packed = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(size // MIB):
        check = zlib.adler32(piece, check)
    return b"\x78\xda" + packed * (size // MIB) + b"\x03\x00" + struct.pack(">I", check)


def pixels(path: Path, side: int = 60_000) -> None:
    """A white PNG of 3.6 thousand million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = zeros(side * (side // 8 + 1), b"\xff")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b""))


def pdf(path: Path, draw: Callable[[pikepdf.Pdf], tuple[bytes, Dictionary]], *, pages: int = 1, **more: object) -> None:
    with pikepdf.new() as made:
        content, resources = draw(made)
        stream = pikepdf.Stream(made, content, **more)
        for _ in range(pages):
            page = made.add_blank_page(page_size=(595, 842))
            page.obj.Contents, page.obj.Resources = made.make_indirect(stream), made.make_indirect(resources)
        made.save(path, compress_streams=False)


def large_page(path: Path) -> None:
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(14_400, 14_400))
        made.save(path)


def content(path: Path) -> None:
    """Four GiB of blanks for a page's content."""
    pdf(path, lambda made: (zeros(4 * GIB, b" "), Dictionary()), Filter=Name.FlateDecode)


def content_twice(path: Path) -> None:
    """The same, deflated twice: some kilobytes."""
    twice = zlib.compress(zeros(4 * GIB, b" "), 9)
    pdf(path, lambda made: (twice, Dictionary()), Filter=Array([Name.FlateDecode, Name.FlateDecode]))


def image(path: Path) -> None:
    """An image that says it is of 100 × 100 pixels and holds four GiB."""

    def draw(made: pikepdf.Pdf) -> tuple[bytes, Dictionary]:
        fields = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 100, "Height": 100, "BitsPerComponent": 8}
        drawn = pikepdf.Stream(made, zeros(4 * GIB), ColorSpace=Name.DeviceGray, Filter=Name.FlateDecode, **fields)
        return b"q 595 0 0 842 0 0 cm /i Do Q", Dictionary(XObject=Dictionary(i=made.make_indirect(drawn)))

    pdf(path, draw)


def forms(path: Path) -> None:
    """Ten forms, each of which draws the next a hundred times."""

    def draw(made: pikepdf.Pdf) -> tuple[bytes, Dictionary]:
        inner = made.make_indirect(pikepdf.Stream(made, b"0 0 m 9 9 l S"))
        inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array([0, 0, 595, 842])
        for _ in range(10):
            outer = made.make_indirect(pikepdf.Stream(made, b"/f Do " * 100))
            outer.Type, outer.Subtype, outer.BBox = Name.XObject, Name.Form, Array([0, 0, 595, 842])
            outer.Resources = Dictionary(XObject=Dictionary(f=inner))
            inner = outer
        return b"/f Do " * 100, Dictionary(XObject=Dictionary(f=inner))

    pdf(path, draw)


def complaints(path: Path) -> None:
    """Two million operators that none knows, each worth a line on standard error."""
    pdf(path, lambda made: (zlib.compress(b"nosuch\n" * 2_000_000), Dictionary()), Filter=Name.FlateDecode)


def pages(path: Path) -> None:
    pdf(path, lambda made: (b"0 0 m 9 9 l S", Dictionary()), pages=5000)


def words(path: Path) -> None:
    """A text of one line of 300 MB."""
    path.write_bytes(b"1 " * 150_000_000)


BOMBS: dict[str, tuple[str, Callable[[Path], None], set[str]]] = {
    "pixels": ("png", pixels, {"too_large"}),
    "large page": ("pdf", large_page, {"too_large"}),
    "content": ("pdf", content, {"too_large"}),
    "content twice": ("pdf", content_twice, {"too_large"}),
    "image": ("pdf", image, set()),
    "forms": ("pdf", forms, {"too_large"}),
    "complaints": ("pdf", complaints, set()),
    "pages": ("pdf", pages, {"too_many_pages"}),
    "words": ("txt", words, {"too_large"}),
}


def rows(out: Path, table: str) -> list[dict[str, str]]:
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def processors() -> float:
    """Seconds of processor time that our children took that have ended, and theirs: the same on a busy machine."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def largest(run: subprocess.Popen[bytes]) -> tuple[float, float]:
    """MiB that the run itself and any one process below it came to, until it ended."""
    parent = below = 0.0
    while run.poll() is None:
        parent = max(parent, resident(run.pid))
        below = max([below, *map(resident, descendants(run.pid))])
        time.sleep(0.02)
    return parent, below


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_costs_itself(tmp_path: Path, told: Told, bomb: str) -> None:
    ending, make, codes = BOMBS[bomb]
    archive, out, settings = tmp_path / "archive", tmp_path / "out", tmp_path / "settings.toml"
    archive.mkdir()
    make(archive / f"bomb.{ending}")
    (archive / "good.txt").write_text(REPORT.format(n=11), encoding="utf-8")
    settings.write_text(f"[ntm-extract]\nmax_pages = {CAP}\npage_seconds = 20\n", encoding="utf-8")
    begin, before = time.monotonic(), processors()
    run = start(archive, out, "--config", str(settings))
    parent, worker = largest(run)
    took, cost = time.monotonic() - begin, processors() - before
    found = {row["code"] for row in rows(out, "failures")}
    if bomb == "pages":
        (read,) = (row["pages"] for row in rows(out, "documents") if row["source"] == "bomb.pdf")
        assert int(read) == CAP
        bomb = f"5,000 pages, of which {CAP:,} may be read"
    spent = f"{took:.1f} s, {cost:.1f} s of processors"
    told(f"bomb of {bomb}: {spent}, worker {worker:.0f} MiB, parent {parent:.0f} MiB, {sorted(found) or 'read'}")
    assert run.returncode in {0, 3}
    assert cost <= 30 or found & {"page_timeout", "too_many_pages"}  # its page cap
    assert worker <= 1536 and parent <= 300
    assert found >= codes
    assert "xã đạt" in (out / "text" / "good.txt.txt").read_text(encoding="utf-8")
