"""PDF pages that would never end, told before they are opened: contents that swell, forms that multiply."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Name

from ntm_extract.problems import Code, StageError

MIB = 1 << 20
MOST_CONTENT = 16 * MIB  # bytes of one stream of a page's content, inflated: a page of maps has a few
MOST_DRAWN = 100_000  # times that a page may draw forms, those within forms counted each time
DEEPEST = 40  # forms within forms
BROKEN = (pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError, IndexError, KeyError)
"""What pikepdf raises, or makes whoever uses it raise, where an object is not what its place calls for."""


def check(page: pikepdf.Page) -> None:
    """Raise StageError for a page whose content no program could take in, or whose forms multiply without end."""
    for stream in _streams(page.obj.get("/Contents")):
        if _swells(stream):
            raise StageError(Code.TOO_LARGE, f"the page's content is larger than {MOST_CONTENT // MIB} MiB")
    drawn = _drawn(page, {}, 0)
    if drawn > MOST_DRAWN:
        raise StageError(Code.TOO_LARGE, f"the page draws forms within forms more than {MOST_DRAWN:,} times")


def _streams(contents: object) -> Iterator[pikepdf.Stream]:
    for one in contents if isinstance(contents, pikepdf.Array) else [contents]:
        if isinstance(one, pikepdf.Stream):
            yield one


def _swells(stream: pikepdf.Stream) -> bool:
    """Whether a stream that is deflated, once or several times, comes to more than any page needs."""
    filters = stream.get("/Filter", pikepdf.Array())
    names = list(filters) if isinstance(filters, pikepdf.Array) else [filters]
    if not names or any(name not in (Name.FlateDecode, Name.Fl) for name in names):
        return False
    data = stream.read_raw_bytes()
    for last, _ in enumerate(names, 1 - len(names)):
        data, size = _inflated(data, keep=last != 0)
        if size > MOST_CONTENT:
            return True
    return False


def _inflated(data: bytes, *, keep: bool) -> tuple[bytes, int]:
    """Inflated bytes, if they are to be kept, and how many they are; no more than MOST_CONTENT and a little."""
    inflater, kept, size = zlib.decompressobj(), [], 0
    try:
        while data and size <= MOST_CONTENT:
            piece = inflater.decompress(data, MIB)
            data, size = inflater.unconsumed_tail, size + len(piece)
            if keep:
                kept.append(piece)
    except zlib.error:
        pass  # what can't be inflated is no bomb; others will say what it is
    return b"".join(kept), size


def _drawn(holder: pikepdf.Page | pikepdf.Object, known: dict[tuple[int, int], int], depth: int) -> int:
    """How often forms are drawn when this page or form is; what can't be parsed draws none."""
    try:
        resources = holder.resources if isinstance(holder, pikepdf.Page) else holder.get("/Resources")
        forms = _forms(resources)
        if not forms:
            return 0
        if isinstance(holder, pikepdf.Stream) and _swells(holder):
            return MOST_DRAWN + 1
        names = [str(step.operands[0]) for step in pikepdf.parse_content_stream(holder, "Do")]
    except BROKEN:
        return 0
    total = 0
    for name in {*names} & forms.keys():
        form = forms[name]
        if form.objgen not in known:
            known[form.objgen] = MOST_DRAWN if depth > DEEPEST else 0  # one that draws itself, while we are in it
            known[form.objgen] = _drawn(form, known, depth + 1)
        total += names.count(name) * (1 + known[form.objgen])
    return total


def _forms(resources: pikepdf.Object | None) -> dict[str, pikepdf.Object]:
    if resources is None:
        return {}
    drawn = resources.get("/XObject", pikepdf.Dictionary())
    return {name: one for name, one in drawn.items() if one.get("/Subtype") == "/Form"}
