from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_extract.edges import textfile
from ntm_extract.problems import Code, StageError
from ntm_extract.reading import read
from ntm_extract.settings import Settings


def test_lines_keep_their_number_in_the_file_blank_ones_and_pages_too(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffXã Tân Hòa  có 12/19\r\n\r\nđạt 63,2%\r\n\fTrang hai\r\n\r\nhết".encode())
    document = read(path, "x/a.txt", Settings())
    assert (document.media, document.source, document.problems) == ("text", "x/a.txt", ())
    assert [[(line.number, line.text) for line in page.lines] for page in document.pages] == [
        [(1, "Xã Tân Hòa có 12/19"), (2, ""), (3, "đạt 63,2%")],
        [(4, "Trang hai"), (5, ""), (6, "hết")],
    ]
    words = document.pages[0].lines[0].words
    assert all(w.box is None and w.confidence is None for w in words)
    assert all(page.text_source == "text" for page in document.pages)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_no_line_and_no_word_is_lost_or_made_up(text: str) -> None:
    decoded = textfile.decode(text.encode())
    pages = textfile.split(decoded)
    assert [w.text for page in pages for line in page.lines for w in line.words] == decoded.split()
    for page in pages:
        for line in page.lines:
            row = decoded.split("\n")[line.number - 1]
            assert line.text in [" ".join(part.split()) for part in row.split("\f")]


def test_a_form_feed_at_the_end_opens_no_page() -> None:
    assert [page.number for page in textfile.split("một\n\fhai\n\f")] == [1, 2]


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\xfa", b"abc\x00def", "Xã".encode("utf-16-le"), b"\xd0\xcf\x11\xe0\xa1\xb1"]
)
def test_bytes_that_are_no_text(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(StageError) as caught:
        textfile.decode(data)
    assert caught.value.code is Code.NOT_TEXT
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    document = read(path, "a.txt", Settings())
    assert [p.code for p in document.problems] == [Code.NOT_TEXT]
    assert document.pages == ()


def test_utf16_with_its_mark_and_decomposed_letters_are_text() -> None:
    assert textfile.decode("Thôn Đồi".encode("utf-16")) == "Thôn Đồi"
    assert textfile.decode("Đo\u0302\u0300i".encode()) == "Đồi"
