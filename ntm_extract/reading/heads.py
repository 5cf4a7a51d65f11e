"""Number and date in the head of a page: doubted where their ink is not that of print, but of a pen or a stamp."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from ntm_extract.image.page import PageImage
from ntm_extract.image.print import as_printed, tallest
from ntm_extract.layout.seen import Seen
from ntm_extract.text.folding import folded

UPPER = 0.5  # share of a page from its top within which a head stands
DOUBTED = 0.3  # confidence in figures that are not print
REACH = 4  # words within which a part of a number or date ends
SO = re.compile(r"s[o06]\W*")
NUMBER = re.compile(r"\W*(?P<said>s[oốO]\W*)?(?P<digits>\d{1,5})[a-z]?(?P<code>[/-].*)?", re.IGNORECASE)
CODE = re.compile(r".*[/-]\s?[A-ZĐ]{2}|/.*")
YEAR = re.compile(r"(?:19|20)\d\d\W*")
FIRST, COLONS = 3, (":", ".", ";")  # words of a line among which "Số" is that of a head; what stands after it
DAY, MONTH, NAMED = (re.compile(word) for word in (r"ng\w{1,3}y", r"th\w{1,2}ng", r"n\w{1,3}m"))
LETTER = 0.7  # width of a small letter by the height of a capital


def doubt_heads(page: PageImage, seen: tuple[Seen, ...]) -> tuple[Seen, ...]:
    """The words of a page; numbers and dates of heads that are not print as the line around them are doubted."""
    doubted: set[int] = set()
    for _, group in groupby(range(len(seen)), key=lambda i: seen[i].place):
        line = sorted(group, key=lambda i: seen[i].x0)
        if seen[line[0]].y0 <= UPPER * page.size[1]:
            words = [seen[i] for i in line]
            doubted.update(line[at] for at in (*_dates(page, words), *_numbers(page, words)))
    lesser = (replace(w, confidence=min(w.confidence, DOUBTED)) if i in doubted else w for i, w in enumerate(seen))
    return tuple(lesser) if doubted else seen


def _dates(page: PageImage, line: Sequence[Seen]) -> Iterator[int]:
    """Which words of a line that ends in a date are its day or month, and no print."""
    said = [folded(w.text) for w in line]
    years = [i for i, w in enumerate(line) if YEAR.fullmatch(w.text)]
    if not years or any(any(c.isalnum() for c in w.text) for w in line[years[-1] + 1 :]):
        return
    beside = tallest(page.pixels, _around(line[years[-1]]))
    for opened, closed in ((DAY, MONTH), (MONTH, NAMED)):
        at = max((i for i, word in enumerate(said) if opened.search(word)), default=-1)
        end = next((i for i, word in enumerate(said) if at < i and closed.search(word)), -1)
        if max(at, end) < 0:
            continue
        first, last = (at if at >= 0 else max(0, end - 2)), (end if end >= 0 else min(at + 2, len(line) - 1))
        apart = 0 <= at == end - 2 and opened.fullmatch(said[at]) and closed.fullmatch(said[end])
        view, between = (line[first].x0, line[last].x1), (line[first].x1, line[last].x0)
        digits = len(line[first + 1].text) if apart else 0
        if not (apart and beside and as_printed(page.pixels, view, between, beside, digits, slash=False)):
            yield from (i for i in range(first, last + 1) if any(c.isdigit() for c in line[i].text))


def _numbers(page: PageImage, line: Sequence[Seen]) -> Iterator[int]:
    """Which words of a line are the number of a document, after "Số" or first on the line, and no print."""
    at = next((i for i, w in enumerate(line[:FIRST]) if _announces(w.text)), -1)
    end = next((i for i in range(at + 1, min(at + REACH, len(line))) if CODE.match(line[i].text)), -1)
    if end < 0:
        return
    words = [w for w in line[at + 1 : end + 1] if w.text not in COLONS]
    found = NUMBER.fullmatch(words[0].text)
    whole = found is not None and len(words) == (1 if found["code"] else 2)
    before = line[at] if at >= 0 else None
    if found is None or not whole or not _number_is_print(page, before, words, found):
        yield from (i for i in range(at + 1, end + 1) if any(c.isdigit() for c in line[i].text))


def _announces(text: str) -> bool:
    return SO.fullmatch(folded(text)) is not None and (text[0] != "s" or text[-1] in COLONS)


def _number_is_print(page: PageImage, before: Seen | None, number: Sequence[Seen], found: re.Match[str]) -> bool:
    left, top, right, foot = _around(number[-1])
    beside = tallest(page.pixels, ((left + right) / 2 if len(number) == 1 else left, top, right, foot))
    if beside is None:
        return False
    if before is not None:
        begin = before.x1
    else:
        begin = number[0].x0 + (LETTER * len(found["said"]) if found["said"] else -REACH) * beside.height
    view = min(begin, (before or number[0]).x0), right
    return as_printed(page.pixels, view, (begin, right), beside, len(found["digits"]), slash=True)


def _around(word: Seen) -> tuple[float, float, float, float]:
    return word.x0 - 1, word.y0 - 1, word.x1 + 1, word.y1 + 1
