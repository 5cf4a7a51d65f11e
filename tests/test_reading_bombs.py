"""Pages that multiply are told before they are opened; pages that only are large are not."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from ntm_extract.edges import bombs
from ntm_extract.problems import Code, StageError

BLANKS = b" " * (bombs.MOST_CONTENT + 1)


@pytest.fixture
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.new() as made:
        made.add_blank_page()
        yield made


def nested(pdf: pikepdf.Pdf, levels: int, times: int) -> pikepdf.Page:
    """A page whose form draws a form so many times, and so on, so many levels down."""
    form = pdf.make_indirect(pikepdf.Stream(pdf, b"0 0 m 9 9 l S"))
    form.Subtype = Name.Form
    for _ in range(levels):
        outer = pdf.make_indirect(pikepdf.Stream(pdf, b"/f Do " * times))
        outer.Subtype, outer.Resources = Name.Form, Dictionary(XObject=Dictionary(f=form))
        form = outer
    return draws(pdf, form)


def draws(pdf: pikepdf.Pdf, form: pikepdf.Object) -> pikepdf.Page:
    page = pdf.pages[0]
    page.obj.Resources = Dictionary(XObject=Dictionary(f=form))
    page.obj.Contents = pdf.make_stream(b"/f Do")
    return page


@pytest.mark.parametrize("deflated", [1, 2])
def test_content_that_swells(pdf: pikepdf.Pdf, deflated: int) -> None:
    data = BLANKS
    for _ in range(deflated):
        data = zlib.compress(data, 9)
    filters = Array([Name.FlateDecode] * deflated)
    pdf.pages[0].obj.Contents = pdf.make_indirect(pikepdf.Stream(pdf, data, Filter=filters))
    with pytest.raises(StageError, match="content is larger") as caught:
        bombs.check(pdf.pages[0])
    assert caught.value.code == Code.TOO_LARGE


def test_forms_that_multiply(pdf: pikepdf.Pdf) -> None:
    bombs.check(nested(pdf, levels=4, times=10))
    with pytest.raises(StageError, match="forms within forms"):
        bombs.check(nested(pdf, levels=30, times=10))


def test_a_form_that_draws_itself_ends(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_indirect(pikepdf.Stream(pdf, b"/f Do"))
    form.Subtype, form.Resources = Name.Form, Dictionary(XObject=Dictionary(f=form))
    bombs.check(draws(pdf, form))


def test_damaged_content_is_left_to_others(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_indirect(pikepdf.Stream(pdf, b"no deflate", Filter=Name.FlateDecode))
    bombs.check(pdf.pages[0])
