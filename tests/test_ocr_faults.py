"""A recogniser gone bad, program or library: each way has its own problem code, and none passes for an empty page."""

from __future__ import annotations

import os
import random
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from ntm_extract.edges import ocr
from ntm_extract.model import Document
from ntm_extract.problems import HINTS, Code
from ntm_extract.reading import read
from ntm_extract.settings import Settings
from tests.test_sandbox import gone

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
PAGE = "1\t1\t0\t0\t0\t0\t0\t0\t600\t800\t-1\t\n"
WORD = "5\t1\t1\t1\t1\t1\t60\t60\t90\t30\t{sure}\tĐồng\n"
GOOD = HEAD + PAGE + WORD.format(sure="96.5")

PROGRAM = """#!{python} -IS
import os, signal, sys, time
if "--version" in sys.argv:
    sys.exit(print("tesseract 5.3.0"))
if "--list-langs" in sys.argv:
    sys.exit(print('List of available languages in "/nowhere/" (1):\\nvie'))
good, out = {good!r}, sys.argv[2] + ".tsv"
def answer(text):
    with open(out, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())
{does}
"""
ANSWERS = {
    "empty answer": ("", Code.OCR_EMPTY),
    "names of columns only": (HEAD, Code.OCR_EMPTY),
    "cut in a row": (GOOD[:-9], Code.OCR_TRUNCATED),
    "other columns": (GOOD + "5\t1\tsixty\n", Code.OCR_MALFORMED),
    "no numbers": (GOOD.replace("\t60\t", "\tsixty\t"), Code.OCR_MALFORMED),
    "NaN": (HEAD + PAGE + WORD.format(sure="nan"), Code.OCR_CONFIDENCE),
    "surer than sure": (HEAD + PAGE + WORD.format(sure="961"), Code.OCR_CONFIDENCE),
    "beside the page": (GOOD.replace("\t60\t", "\t60000\t"), Code.OCR_BOX),
    "no words": (HEAD + PAGE, Code.NOTHING_READ),
}
"""What either door may get from Tesseract, and the problem that it is."""
DEEDS = {
    "exits with 1": ("sys.stderr.write('Error opening data file'); sys.exit(1)", Code.OCR_FAILED),
    "is killed": ("os.kill(os.getpid(), signal.SIGSEGV)", Code.OCR_KILLED),
    "hangs": ("answer(good); signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(3600)", Code.OCR_TIMEOUT),
    "drips": ("for c in good * 99: open(out, 'a').write(c); time.sleep(0.05)", Code.OCR_TIMEOUT),
    "floods stderr": ("while True: os.write(2, b'Warning: ' * 8192)", Code.OCR_COMPLAINTS),
    "writes on and on": ("f = open(out, 'w')\nwhile True: f.write(good * 999)", Code.OCR_TOO_MUCH),
    "leaves no answer": ("pass", Code.OCR_EMPTY),
    "garbage": ("answer(bytes(range(128, 256)) * 99)", Code.OCR_GARBLED),
    **{name: (f"answer({text!r})", code) for name, (text, code) in ANSWERS.items()},
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.png"
    image = Image.new("L", (600, 800), 255)
    for y in range(60, 700, 40):
        ImageDraw.Draw(image).rectangle((60, y, 500, y + 6), fill=0)
    image.save(path, dpi=(72, 72))
    return path


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Puts a tesseract that does as told before the one of the system."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def install(does: str) -> None:
        path = folder / "tesseract"
        path.write_text(PROGRAM.format(python=sys.executable, good=GOOD, does=does), encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    ocr.installed.cache_clear()
    yield install
    ocr.installed.cache_clear()


def told(document: Document) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.page) for problem in document.problems]


def read_page(path: Path, **settings: object) -> Document:
    return read(path, path.name, Settings(page_seconds=1.5, **settings))  # type: ignore[arg-type]


@pytest.mark.parametrize("deed", DEEDS)
def test_a_bad_program_is_a_problem(program: Callable[[str], None], page: Path, deed: str) -> None:
    does, code = DEEDS[deed]
    program(does)
    begin = time.monotonic()
    document = read_page(page, recogniser="pytesseract")
    assert told(document) == [(code, 1)]
    assert document.pages[0].lines == ()
    assert time.monotonic() - begin < 1.5 + 2
    assert HINTS[code]


def test_the_same_page_is_good_with_a_good_program(program: Callable[[str], None], page: Path) -> None:
    program("answer(good)")
    document = read_page(page, recogniser="pytesseract")
    assert told(document) == []
    assert [line.text for line in document.pages[0].lines] == ["Đồng"]


def test_what_a_program_leaves_behind_is_killed(program: Callable[[str], None], page: Path, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    program(
        f"child = os.fork()\nif child: open({str(pid)!r}, 'w').write(str(child)); answer(good)\n"
        "else: os.close(1); os.close(2); time.sleep(60)"
    )
    assert told(read_page(page, recogniser="pytesseract")) == []
    assert gone(int(pid.read_text(encoding="utf-8")))


def test_twelve_ways_have_twelve_codes() -> None:
    assert len({code for _, code in DEEDS.values()}) == 12


class Library:
    """A recogniser within the process that answers as told."""

    def __init__(self, answer: Callable[[], str], *, recognises: Callable[[], bool] = lambda: True) -> None:
        self.GetTSVText = lambda page: answer()
        self.Recognize = lambda milliseconds: recognises()

    def SetPageSegMode(self, mode: int) -> None: ...  # noqa: N802
    def SetVariable(self, name: str, value: str) -> None: ...  # noqa: N802
    def SetImageBytes(self, *image: object) -> None: ...  # noqa: N802
    def SetSourceResolution(self, dpi: int) -> None: ...  # noqa: N802
    def Clear(self) -> None: ...  # noqa: N802


def raises(error: BaseException) -> Callable[[], str]:
    def answer() -> str:
        raise error

    return answer


def late() -> bool:
    time.sleep(1.6)
    return False


LIBRARIES = {
    **{name: (Library(lambda text=text: text), code) for name, (text, code) in ANSWERS.items()},  # type: ignore[misc]
    "gives up": (Library(str, recognises=lambda: False), Code.OCR_FAILED),
    "is late": (Library(str, recognises=late), Code.OCR_TIMEOUT),
    "raises": (Library(raises(RuntimeError("no such page"))), Code.OCR_FAILED),
    "garbage": (Library(raises(UnicodeDecodeError("utf-8", b"\xff", 0, 1, "start"))), Code.OCR_GARBLED),
    "swells": (Library(raises(MemoryError())), Code.OUT_OF_MEMORY),
}


@pytest.mark.parametrize("what", LIBRARIES)
def test_a_bad_library_is_a_problem(page: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    library, code = LIBRARIES[what]
    monkeypatch.setattr(ocr, "_recogniser", lambda language: library)
    document = read_page(page)
    assert told(document) == [(code, 1)]
    assert document.pages[0].lines == ()


def test_a_lone_line_that_was_not_read_is_no_blank_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dust on an empty page is no line."""
    line, dust = (Image.new("L", (1240, 1754), 255) for _ in range(2))
    draw, chance = ImageDraw.Draw(dust), random.Random(8)
    ImageDraw.Draw(line).text((200, 300), "Noi nhan nhu tren; luu van thu", font=ImageFont.load_default(26), fill=0)
    for _ in range(100):
        x, y, size = chance.randrange(1200), chance.randrange(1700), chance.randrange(4, 14)
        draw.ellipse((x, y, x + size, y + size), fill=0)
    monkeypatch.setattr(ocr, "_recogniser", lambda language: Library(lambda: HEAD + PAGE))
    found = {}
    for name, image in (("line", line), ("dust", dust)):
        image.save(tmp_path / f"{name}.png", dpi=(150, 150))
        found[name] = read_page(tmp_path / f"{name}.png")
        assert 0.0004 < found[name].pages[0].quality.ink < 0.004
    assert (told(found["line"]), told(found["dust"])) == ([(Code.NOTHING_READ, 1)], [])
