"""A searchable PDF holds the repaired words at their places and the page's own image, byte for byte."""

from __future__ import annotations

import subprocess
from pathlib import Path

import msgspec
import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from ntm_extract.edges.searchable import write_all, write_searchable
from ntm_extract.edges.store import Store
from ntm_extract.model import Box, Document, Line, Page, PageQuality, Word
from ntm_extract.problems import StageError
from ntm_extract.result import Result

WORDS = (("Đồng", Box(100, 50, 140, 64)), ("Rẫy", Box(146, 50, 176, 64)), ("thưởng", Box(300, 700, 350, 712)))


def read(media: str, width: float, height: float, rotation: int = 0) -> Document:
    words = tuple(Word(text=text, recognised="?", box=box, confidence=0.9) for text, box in WORDS)
    lines = (Line(number=1, words=words[:2]), Line(number=2, words=words[2:]))
    page = Page(number=1, lines=lines, width=width, height=height, quality=PageQuality(rotation=rotation))
    return Document(doc_id="0" * 16, source="a.pdf", media=media, pages=(page,))  # type: ignore[arg-type]


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A page that is one JPEG under an earlier, ruined and unseen text layer."""
    Image.effect_noise((600, 800), 40).save(tmp_path / "page.jpg", quality=80)
    page = canvas.Canvas(str(tmp_path / "a.pdf"), pagesize=(600, 800))
    page.drawImage(ImageReader(str(tmp_path / "page.jpg")), 0, 0, 600, 800)
    text = page.beginText(100, 740)
    text.setTextRenderMode(3)
    text.textOut("RUINED")
    page.drawText(text)
    page.save()
    return tmp_path / "a.pdf"


def boxes(path: Path) -> dict[str, tuple[float, float]]:
    """Words as a reader finds them, with the middle of each."""
    said = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, check=True, text=True).stdout
    found = {}
    for line in said.splitlines():
        if "<word" in line:
            x0, y0, x1, y1 = (float(part.split('"')[1]) for part in line.split(" ") if "=" in part)
            found[line.split(">")[1].split("<")[0]] = ((x0 + x1) / 2, (y0 + y1) / 2)
    return found


def images(path: Path) -> list[bytes]:
    with pikepdf.open(path) as pdf:
        return [image.read_raw_bytes() for page in pdf.pages for image in page.get_images().values()]


def test_words_with_marks_are_found_at_their_places_and_the_image_is_untouched(scan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    write_searchable(scan, read("pdf", 600, 800), out)
    found = boxes(out)
    assert list(found) == [text for text, _ in WORDS]  # the ruined layer is gone
    for text, box in WORDS:
        assert found[text] == pytest.approx(((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2), abs=4)
    assert images(out) == images(scan)


def test_words_of_a_page_that_was_set_upright_go_back_with_it(scan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    write_searchable(scan, read("pdf", 800, 600, rotation=90), out)  # its left side is the top of what was read
    with pikepdf.open(out, allow_overwriting_input=True) as pdf:
        pdf.pages[0].rotate(90, relative=False)
        pdf.save()
    assert boxes(out)["Đồng"] == pytest.approx((120, 57), abs=4)


@pytest.mark.parametrize("ending", ["tif", "png", "jpg"])
def test_images_become_pages(ending: str, tmp_path: Path) -> None:
    path, out = tmp_path / f"a.{ending}", tmp_path / "out.pdf"
    Image.effect_noise((1200, 1600), 40).save(path, dpi=(144, 144))
    write_searchable(path, read("image", 600, 800), out)
    assert boxes(out)["thưởng"] == pytest.approx((325, 706), abs=4)


def test_each_document_of_an_output_folder_gets_one_and_a_bad_one_stops_none(scan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (tmp_path / "b.pdf").write_bytes(b"no PDF")
    for name in ("a", "b"):
        document = read("pdf", 600, 800)
        changed = Document(doc_id=name * 16, source=f"{name}.pdf", media="pdf", pages=document.pages)
        path = Store(out).path(changed.doc_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(msgspec.json.encode(Result(version="0", document=changed)))
    (failed,) = write_all(tmp_path, out)
    assert failed.startswith("b.pdf: ")
    assert [path.name for path in (out / "pdf").iterdir()] == ["a.pdf.pdf"]


def test_a_file_that_is_no_pdf_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no PDF")
    with pytest.raises(StageError):
        write_searchable(tmp_path / "a.pdf", read("pdf", 600, 800), tmp_path / "out.pdf")
