"""A searchable PDF: the file's own pages with the repaired words laid over them unseen, each at its box.

Images are carried over as they are (those of TIFF, PNG and JPEG by img2pdf, without loss). The words stand in a font
without shapes, like that of Tesseract and OCRmyPDF; ours is of Type 3, so that it is whole without a font file.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import img2pdf
import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name

from ntm_extract.edges.intake import find
from ntm_extract.edges.locations import fetched
from ntm_extract.edges.render import geometry, open_pdf
from ntm_extract.edges.store import Store, atomic_path
from ntm_extract.image.page import Affine, turn
from ntm_extract.model import Document, Page, Word
from ntm_extract.outputs.tables import place
from ntm_extract.problems import Code, StageError

CODES = 255  # characters that one font can hold; further ones go to the next font
ADVANCE = 0.5  # width of every glyph, in em
INVISIBLE = 3  # text rendering mode
SHOW_TEXT = {"Tj", "TJ", "'", '"'}


def write_all(src: Path | str, out: Path) -> tuple[str, ...]:
    """`pdf/<source>.pdf` for every document of an output folder that has pages; a line for each that failed."""
    store, failed = Store(out), []
    where = {found.source: found.place for found in find(src)}
    for stored in sorted(store.folder.glob("[!.]*.json")):
        document = store.load(stored.stem).document
        lies = where.get(document.source)
        if lies is None or document.media not in ("pdf", "image") or not document.pages:
            continue
        try:
            with fetched(lies) as path:
                write_searchable(path, document, place(out / "pdf", document.source, ".pdf"))
        except (StageError, OSError) as error:
            failed.append(f"{document.source}: {error}")
    return tuple(failed)


def write_searchable(path: Path, document: Document, target: Path) -> None:
    """Write `target`: the pages of the file at `path` with the words of `document`. Raises StageError if it can't."""
    try:
        with _opened(path, document) as pdf:
            fonts = _Fonts(pdf, {c for page in document.pages for w in _words(page) for c in w.text} | {" "})
            for page, read in zip(pdf.pages, document.pages, strict=False):
                if read.text_source == "ocr" and read.lines:
                    _drop_hidden_text(pdf, page)
                    _lay(pdf, page, read, fonts)
            with atomic_path(target) as temporary:
                pdf.save(temporary, deterministic_id=True)
    except (pikepdf.PdfError, img2pdf.ImageOpenError, img2pdf.AlphaChannelError, ValueError) as error:
        raise StageError(Code.RENDER_FAILED, f"no searchable PDF: {type(error).__name__}: {error}") from error


def _opened(path: Path, document: Document) -> pikepdf.Pdf:
    if document.media == "pdf":
        return open_pdf(path)
    made = img2pdf.convert(str(path), rotation=img2pdf.Rotation.ifvalid)
    return pikepdf.open(BytesIO(made))


def _words(page: Page) -> Iterable[Word]:
    return (w for line in page.lines for w in line.words if w.box is not None and w.text)


class _Fonts:
    """Fonts without shapes for the characters of one document, and the code of each character in them."""

    def __init__(self, pdf: pikepdf.Pdf, characters: Iterable[str]) -> None:
        ordered = sorted(characters)
        groups = [ordered[i : i + CODES] for i in range(0, len(ordered), CODES)]
        self.place = {c: (f"/NtmText{g}", code) for g, group in enumerate(groups) for code, c in enumerate(group, 1)}
        self.fonts = {f"/NtmText{g}": pdf.make_indirect(_font(pdf, group)) for g, group in enumerate(groups)}

    def show(self, text: str) -> str:
        """Operators that show the text; the font is named anew wherever it changes."""
        runs: list[tuple[str, str]] = []
        for character in text:
            font, code = self.place[character]
            if runs and runs[-1][0] == font:
                runs[-1] = (font, runs[-1][1] + f"{code:02X}")
            else:
                runs.append((font, f"{code:02X}"))
        return " ".join(f"{font} 1 Tf <{codes}> Tj" for font, codes in runs)


def _font(pdf: pikepdf.Pdf, characters: list[str]) -> Dictionary:
    """A Type 3 font whose glyphs are all empty, with the character of each code for search and copy."""
    count = len(characters)
    glyph = pdf.make_stream(f"{ADVANCE} 0 d0".encode())
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 1, 1]),
        FontMatrix=Array([1, 0, 0, 1, 0, 0]),
        FirstChar=1,
        LastChar=count,
        Widths=Array([ADVANCE] * count),
        CharProcs=Dictionary({"/e": glyph}),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([1, *[Name("/e")] * count])),
        Resources=Dictionary(),
        ToUnicode=pdf.make_stream(_to_unicode(characters)),
    )


def _to_unicode(characters: list[str]) -> bytes:
    head = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Ntm def /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
    )
    pairs = [f"<{code:02X}> <{c.encode('utf-16-be').hex()}>" for code, c in enumerate(characters, 1)]
    blocks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]  # no block may hold more
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (head + body + "endcmap end end\n").encode()


def _drop_hidden_text(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Take an earlier unseen text layer off the page, which would else be found beside ours."""
    kept, mode, modes, dropped = [], 0, [], False
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "q":
            modes.append(mode)
        elif operator == "Q" and modes:
            mode = modes.pop()
        elif operator == "Tr":
            mode = int(instruction.operands[0])
        if operator in SHOW_TEXT and mode == INVISIBLE:
            dropped = True
        else:
            kept.append(instruction)
    if dropped:
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def _lay(pdf: pikepdf.Pdf, page: pikepdf.Page, read: Page, fonts: _Fonts) -> None:
    width, height, flip = geometry(page)
    quarters = read.quality.rotation // 90 % 4
    lying = (read.height, read.width) if quarters % 2 else (read.width, read.height)
    to_viewed = np.linalg.inv(turn(quarters, *lying))  # boxes are those of the page set upright
    scale = np.diag([width / lying[0], height / lying[1], 1.0])  # img2pdf may reckon another page size
    to_page: Affine = np.linalg.inv(flip) @ scale @ to_viewed
    shown = "\n".join(_shown(word, to_page, fonts) for word in _words(read))
    for name, font in fonts.fonts.items():
        page.add_resource(font, Name.Font, Name(name), replace_existing=True)
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(f"\nQ\nq BT {INVISIBLE} Tr\n{shown}\nET Q\n".encode())


def _shown(word: Word, to_page: Affine, fonts: _Fonts) -> str:
    box = word.box
    assert box is not None
    stretch = (box.x1 - box.x0) / (ADVANCE * len(word.text))
    tall = box.y1 - box.y0
    m = to_page @ np.array([[stretch, 0, box.x0], [0, -tall, box.y1 - 0.2 * tall], [0, 0, 1.0]])
    at = " ".join(f"{v:.4f}" for v in (m[0, 0], m[1, 0], m[0, 1], m[1, 1], m[0, 2], m[1, 2]))
    return f"{at} Tm {fonts.show(word.text + ' ')}"
