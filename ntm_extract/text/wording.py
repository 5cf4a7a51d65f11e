"""The words around a figure, of data/wording.toml: how names are freed from what names nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct

from ntm_extract.text import dates
from ntm_extract.text.folding import lowered

OPENING_SIGNS = "-+/•*–\"“”'(),.:| \t\n"
CLOSING_SIGNS = "-+•*–\"“”'(),:| \t\n=<>≥≤"
SIGN = re.compile(
    r"(?i)^(?:\d+(?:\.\d+)+\.?|[a-zđ]\)|\d{1,2}[./]"
    r"|thứ (?:nhất|nhì|hai|ba|tư|năm|sáu|bảy|tám|chín|mười(?: [^\W\d_]+)?)[,:]"
    r"|(?:một|hai|ba|bốn|năm|sáu|bảy|tám) là[,:])\s"
)
"""Of a list item or heading, before its words."""
DAY = re.compile(r"(?i)(?<!\w)(?:(?:tính|từ|đến|tới|hết|trước|sau|ngày)\s)+\d{1,2}/\d{1,2}(?![\d/])")
"""A day of the document's year: "đến 15/11"."""
SHORT_NAME = 4  # words
SPACED_OUT = re.compile(r"\s+([,.)])")


class Ends(Struct, frozen=True):
    """Light words at one end of a name; `unless` are neighbours that make one of them a part of it."""

    words: tuple[str, ...]
    unless: Mapping[str, tuple[str, ...]] = {}


class Names(Struct, frozen=True, kw_only=True):
    """Nouns that begin a name, and words that need others beside them to be one."""

    heads: tuple[str, ...]
    sizes: tuple[str, ...]
    spending: tuple[str, ...]
    owing: tuple[str, ...]
    paying: tuple[str, ...]


class Words(Struct, frozen=True, kw_only=True):
    """The file as read; `examples` are texts and the names that are left of them."""

    opening: Ends
    closing: Ends
    names: Names
    short: Mapping[str, str]
    written_out: Mapping[str, str]
    examples: Mapping[str, str] = {}


class Wording(Struct, frozen=True, eq=False):
    """The same as patterns, on lowered text."""

    opening: re.Pattern[str]  # light words and signs that a text begins with
    closing: re.Pattern[str]  # those that it ends with, written backwards
    head: re.Pattern[str]  # a noun that begins a name, as `head`
    size: re.Pattern[str]
    spent: re.Pattern[str]
    owed: re.Pattern[str]
    paid: re.Pattern[str]  # straight before an amount: it was paid out
    paying: re.Pattern[str]  # a clause that tells what was paid out
    short: Mapping[str, str]  # abbreviations that are a whole name, and the name
    written_out: Mapping[str, str]  # abbreviations in short names, in their own letters, and their words
    abbreviated: re.Pattern[str]
    unit_note: re.Pattern[str]

    def clean(self, said: str) -> str:
        """Words without dates and without the light words, signs and verbs at their ends."""
        return cleaned(self, said)

    def spelled(self, name: str) -> str:
        """A name, in words where it is a bare abbreviation, or one and little more."""
        name = self.short.get(lowered(name), name)
        if len(name.split()) > SHORT_NAME:
            return name
        return self.abbreviated.sub(lambda m: self.written_out[m.group()], name)


def build(words: Words, unit_note: re.Pattern[str]) -> Wording:
    """Compile the lists; `unit_note` is a unit in brackets, which is no part of a name."""
    heads, sizes, spending, owing, paying = (
        any_of(getattr(words.names, field)) for field in ("heads", "sizes", "spending", "owing", "paying")
    )
    return Wording(
        opening=_light(OPENING_SIGNS, words.opening),
        closing=_light(CLOSING_SIGNS, words.closing, backwards=True),
        head=re.compile(
            r"(?:^|[,;:]\s|(?<!\w)(?:với|có|như|và|trong đó|nâng|giảm|tăng|duy trì|chỗ|đó|đến nay|hiện nay|dự kiến)\s"
            r"(?:tiêu chí\s)?)"
            rf"(?P<head>(?:tổng(?:\scộng)?\s|mức\s)*(?:{heads})(?=\s))"
        ),
        size=re.compile(rf"(?:(?:với|có|trên)\s)?(?:tổng\s)?(?:số\s)?(?:{sizes})(?:\sđầu tư)?"),
        spent=re.compile(
            r"(?:.*(?<!\w)(?:tham mưu|đã|sẽ|dự kiến|toàn (?:tỉnh|huyện|xã)|"
            r"(?:đề nghị|kiến nghị|đề xuất|xem xét)(?:\s[^.;:,]{2,30})?)\s|.*\s(?=huy động))?"
            rf"(?P<verb>(?:{spending})(?:\s(?:thêm|mới|tổng|bổ sung|dứt điểm|đủ))?)"
        ),
        owed=re.compile(rf"(?:còn\s)?(?:{owing})|(?:đã\s)?(?:{paying})(?:\sđược)?"),
        paid=re.compile(rf"(?<!\w)(?:{paying})(?:\sđược)?\s$"),
        paying=re.compile(
            rf"(?:{paying})(?:\s(?:vốn|được|[\d.,/]+\s(?:triệu|tỷ|tỉ|đồng)))[^;.]*$|(?P<bare>(?:{paying})\s)$"
        ),
        short={lowered(name): said for name, said in words.short.items()},
        written_out=words.written_out,
        abbreviated=re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words.written_out))})(?!\w)"),
        unit_note=unit_note,
    )


def any_of(phrases: Iterable[str]) -> str:
    """A pattern of the lowered phrases, the longest first."""
    return "|".join(map(re.escape, sorted(map(lowered, phrases), key=lambda p: (-len(p), p))))


def _light(signs: str, ends: Ends, *, backwards: bool = False) -> re.Pattern[str]:
    """All signs and light words that a lowered text begins with, or ends with if it is written `backwards`."""

    def written(phrase: str) -> str:
        return lowered(phrase)[::-1] if backwards else lowered(phrase)

    longest = sorted(map(lowered, ends.words), key=lambda p: (-len(p), p))
    unless = {lowered(word): neighbours for word, neighbours in ends.unless.items()}
    phrases = (
        re.escape(written(word))
        + (rf"(?!\s(?:{'|'.join(re.escape(written(n)) for n in unless[word])})(?!\w))" if word in unless else "")
        for word in longest
    )
    return re.compile(rf"(?:[{re.escape(signs)}]+|(?:{'|'.join(phrases)})(?!\w))+")


@lru_cache(maxsize=256)
def cleaned(words: Wording, said: str) -> str:
    """What `clean` says, kept for the next asking."""
    said = " ".join((dates.SAID.sub(" ", said) if dates.SAYS_WHEN.search(said) else said).split())
    said = words.unit_note.sub("", said) if "(" in said else said
    said = SIGN.sub("", DAY.sub(" ", said) if "/" in said else said)
    low = lowered(said)
    begin = opened.end() if (opened := words.opening.match(low)) else 0
    closed = words.closing.match(low[: begin - 1 if begin else None : -1])
    end = len(said) - (closed.end() if closed else 0)
    return SPACED_OUT.sub(r"\1", said[begin:end]).strip(' ,.;:-–("“”|')
