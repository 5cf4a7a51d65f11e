from __future__ import annotations

import unicodedata
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ntm_extract.edges import ocr, textlayer
from ntm_extract.edges.data import load_encodings
from ntm_extract.layout.seen import Seen
from ntm_extract.problems import Code, StageError
from ntm_extract.reading import read
from ntm_extract.settings import Settings

PROSE = (
    "Trong quý hai, xã Đồng Suối đã vận động các hộ dân ở thôn Bãi Giữa hiến hơn bảy nghìn mét vuông đất để mở rộng "
    "đường vào khu sản xuất; đến nay tuyến đường dài ba cây số đã trải xong lớp đá dăm, nhân dân rất phấn khởi. "
    "Số hộ còn khó khăn về nhà ở giảm được một nửa so với cùng kỳ, học sinh đến lớp đều, trạm y tế có bác sĩ trực."
)
FONTS = [
    Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"),
    Path("/usr/share/fonts/truetype/freefont/FreeSerif.ttf"),
]


def seen(text: str) -> tuple[Seen, ...]:
    return tuple(Seen(word, 1.0, 0, 0, 1, 1, (1, 1, 1)) for word in text.split())


def stripped(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).replace("đ", "d")


def garbled(text: str) -> str:
    return text.translate(str.maketrans("ạảãàáậầấẩệềếểđơởờớưứừữựộồốổ", "ø¹·µ¸ËÇÊÈÖÒÕÓ®¬ëêí­øõ÷ùéåèæ"))


def test_good_vietnamese_is_taken_and_ruined_is_not() -> None:
    assert textlayer.judge(seen(PROSE), scanned=False).words
    assert textlayer.judge(seen(PROSE), scanned=True).words
    assert not textlayer.judge(seen(stripped(PROSE)), scanned=False).words
    assert not textlayer.judge(seen(garbled(PROSE)), scanned=False).words
    assert not textlayer.judge((), scanned=False).words


def test_a_few_words_over_a_scan_are_a_watermark_alone_they_are_a_page() -> None:
    assert not textlayer.judge(seen("Bản sao lưu trữ tại thư viện tỉnh"), scanned=True).words
    assert textlayer.judge(seen("Bản sao lưu trữ"), scanned=False).words


def as_encoded(name: str, text: str) -> str:
    """The text as a program that knows only Latin-1 shows it."""
    encoding = next(e for e in load_encodings() if e.name == name)
    back = dict(zip(encoding.means.split(" "), encoding.read.split(" "), strict=True))
    return "".join(back.get(c, c) for c in text)


@pytest.mark.parametrize("name", ["TCVN3", "VNI"])
@pytest.mark.parametrize("scanned", [False, True])
def test_an_encoding_before_unicode_is_converted(name: str, scanned: bool) -> None:
    judged = textlayer.judge(seen(as_encoded(name, PROSE)), scanned=scanned)
    assert " ".join(w.text for w in judged.words) == PROSE
    assert judged.why == f"text layer converted from {name}"


def test_every_encoding_says_what_its_example_means() -> None:
    for encoding in load_encodings():
        assert encoding.convert(encoding.example[0]) == encoding.example[1]


def test_why_a_layer_is_left_aside() -> None:
    assert textlayer.judge(seen(PROSE), scanned=False).why == "good text layer"
    assert textlayer.judge(seen("Bản sao"), scanned=True).why == "too few words in the text layer"
    assert textlayer.judge(seen(garbled(PROSE)), scanned=False).why == "text layer of no Vietnamese words"
    assert textlayer.judge(seen(stripped(PROSE)), scanned=False).why == "text layer without marks"


@pytest.fixture
def typeset(tmp_path: Path) -> Path:
    font = next((path for path in FONTS if path.exists()), None)
    if font is None:
        pytest.skip("needs fonts-croscore or fonts-freefont-ttf")
    pdfmetrics.registerFont(TTFont("Serif", font))
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    for text in (PROSE, stripped(PROSE)):
        canvas.setFont("Serif", 14)
        words = text.split()
        for i in range(0, len(words), 9):
            canvas.drawString(80, 760 - 3 * i, " ".join(words[i : i + 9]))
        canvas.showPage()
    canvas.save()
    return path


def test_each_page_is_judged_by_itself(typeset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = Seen("đọc", 0.9, 10, 10, 40, 22, (1, 1, 1))
    monkeypatch.setattr(ocr, "read", lambda *_, **__: (said,))
    document = read(typeset, "a.pdf", Settings())
    assert [page.text_source for page in document.pages] == ["text layer", "ocr"]
    layer = document.pages[0]
    assert " ".join(line.text for line in layer.lines) == PROSE
    first = layer.lines[0].words[0]
    assert first.confidence is None
    assert first.box is not None
    assert (first.box.x0, first.box.y1) == (pytest.approx(80, abs=0.5), pytest.approx(842 - 760, abs=5))
    assert (layer.width, layer.height) == (595, 842)


def test_a_page_turned_by_the_pdf_has_its_layer_upright(typeset: Path, tmp_path: Path) -> None:
    with pikepdf.open(typeset) as pdf:
        del pdf.pages[1]
        pdf.pages[0].obj["/Rotate"] = 180
        pdf.pages[0].obj["/CropBox"] = pikepdf.Array([40, 0, 595, 800])
        pdf.save(tmp_path / "b.pdf")
    (page,) = read(tmp_path / "b.pdf", "b.pdf", Settings()).pages
    assert (page.width, page.height) == (555, 800)
    for box in (word.box for line in page.lines for word in line.words):
        assert box is not None
        assert 0 <= box.x0 <= box.x1 <= 555
        assert 0 <= box.y0 <= box.y1 <= 800
        assert box.y0 > 400  # the text stood at the top


def test_a_layer_that_cannot_be_had_is_read_by_ocr(typeset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise StageError(Code.RENDER_FAILED, "broken")

    monkeypatch.setattr(textlayer, "words", fail)
    monkeypatch.setattr(ocr, "read", lambda *_, **__: ())
    document = read(typeset, "a.pdf", Settings())
    assert [page.text_source for page in document.pages] == ["ocr", "ocr"]


def test_a_table_of_a_text_layer_keeps_its_words_where_they_stand(typeset: Path, tmp_path: Path) -> None:
    path = tmp_path / "b.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.setFont("Serif", 14)
    rows = ("TT | Xã | Số hộ nghèo của xã", "1 | Nà Kham | 86", "2 | Bản Sen |64")
    for n, row in enumerate(rows):
        canvas.drawString(80, 760 - 20 * n, row)
    canvas.save()
    (page,) = read(path, "b.pdf", Settings()).pages
    assert page.text_source == "text layer"
    assert [line.text for line in page.lines] == list(rows)
    assert {line.role for line in page.lines} == {"table"}
    assert all(word.box is not None for line in page.lines for word in line.words)
    assert [(cell.text, cell.line) for cell in page.tables[0].cells if cell.col == 2][1:] == [("86", 2), ("64", 3)]
