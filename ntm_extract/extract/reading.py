"""A document read for figures: each passage with its lowered text, its number mentions and where it stands.

The extractors of criteria, percentages, budgets and quantities share one Reading; a mention that the criteria claim
is marked there, so that no other table takes it.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from msgspec import Struct

from ntm_extract.extract.mentions import Mention, mentions
from ntm_extract.knowledge import Knowledge
from ntm_extract.layout.headings import KIND_LINE
from ntm_extract.model import Outline, Passage
from ntm_extract.text import dates
from ntm_extract.text.dates import When
from ntm_extract.text.folding import UPPER, folded, lowered
from ntm_extract.text.forms import Around
from ntm_extract.text.wording import Wording

SENTENCE_END = re.compile(rf"[.!?](?=\s+[\"“'(]?[{UPPER}0-9-])|[.!?]$|…(?=\s+[{UPPER}])|\s\|\s")

HEADS_LIST = re.compile(r":\s*$")
FIRST_ARTICLE = re.compile(r"Điều 1[.:]")
"""Of a decision: what it decides begins there."""
TITLES = re.compile(r"[^.;]{1,12}[.)/]\s[^;]{3,160}[^.;,:…\s]\s*")
"""A heading that is set as no heading."""


class Figures(Struct, frozen=True, kw_only=True):
    """A passage with its numbers. `above` are the list heads over it, nearest first."""

    index: int
    passage: Passage
    low: str
    mentions: tuple[Mention, ...]
    whens: tuple[When, ...]
    sentences: tuple[int, ...]  # first characters of its sentences
    above: tuple[Passage, ...]
    planned: bool  # the document's kind speaks for targets
    year: int | None  # of the document
    knowledge: Knowledge

    @property
    def words(self) -> Wording:
        """The words around figures."""
        return self.knowledge.wording

    @property
    def around(self) -> Around:
        """The forms of words around figures."""
        return self.knowledge.around

    @property
    def heads(self) -> tuple[Passage, ...]:
        """The passages over it that head a list, the nearest first: they end with a colon, or are numbered and end with
        no full stop ("A. Xuất phát điểm (cuối năm 2015)")."""
        return tuple(p for p in self.above if HEADS_LIST.search(p.text) or (p.marker and TITLES.fullmatch(p.text)))

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence around a character."""
        after = bisect_right(self.sentences, at)
        end = self.sentences[after] if after < len(self.sentences) else len(self.low)
        return self.sentences[after - 1] if after else 0, end


def read(outline: Outline, knowledge: Knowledge) -> tuple[Figures, ...]:
    """Every passage of body, list or note that holds a digit or may hold a count in words."""
    found: list[Figures] = []
    heads: list[Passage] = []
    planned, year, heads_open = _aims(outline, knowledge), None, False
    target, achieved = knowledge.cue_patterns["document"]
    aims_begin = _aims_begin(outline, knowledge)
    for index, passage in enumerate(outline.passages):
        low = lowered(passage.text)
        if passage.kind == "head":
            if KIND_LINE.fullmatch(folded(passage.text).strip()):
                planned = bool(target.search(low)) and not achieved.search(low)
            named = [w.iso for w in dates.find(low) if "ngày" in low[w.start : w.end] and w.iso]
            year = int(named[0][:4]) if named and (year is None or not heads_open) else year
            titled = dates.TITLE_YEAR.search(low)
            year = int(titled[1]) if titled and year is None else year
            heads_open = True
            heads = []
            continue
        heads_open = False
        if passage.kind in ("foot", "heading"):
            heads = []
            continue
        while (
            heads and heads[-1].depth >= passage.depth and (passage.depth or not heads[-1].text.rstrip().endswith(":"))
        ):
            heads.pop()
        if heads and not passage.depth and heads[-1].depth == 0:
            heads.pop()
        found.append(
            Figures(
                index=index,
                passage=passage,
                low=low,
                mentions=() if _tabular(passage, low) else mentions(passage, knowledge, _unit_over(passage, heads)),
                whens=dates.find(low),
                sentences=(0, *(m.end() for m in SENTENCE_END.finditer(passage.text))),
                above=tuple(reversed(heads)),
                planned=planned and (index >= aims_begin or bool(passage.section)),
                year=year,
                knowledge=knowledge,
            )
        )
        heads.append(passage)
    return tuple(found)


def _unit_over(passage: Passage, heads: list[Passage]) -> tuple[str, ...]:
    """The list heads and the title over a passage that may say the unit of its numbers, the nearest first."""
    lists = (p.text for p in reversed(heads) if HEADS_LIST.search(p.text))
    return (*lists, *passage.section[-1:])


def _aims_begin(outline: Outline, knowledge: Knowledge) -> int:
    """The first heading or list head that speaks of aims: what a plan tells before it, under no heading, is so."""
    target, _ = knowledge.cue_patterns["section"]
    first = (i for i, p in enumerate(outline.passages) if FIRST_ARTICLE.match(p.text))
    heads = (
        i
        for i, p in enumerate(outline.passages)
        if (p.kind == "heading" or (p.kind in ("body", "item") and p.text.rstrip().endswith(":")))
        and target.search(lowered(p.text)[-120:])
    )
    return min(next(heads, 0), next(first, len(outline.passages)))


def _aims(outline: Outline, knowledge: Knowledge) -> bool:
    """Whether a text without head or headings speaks of aims more often than of results."""
    passages = outline.passages
    if any(p.kind in ("head", "heading") for p in passages):
        return False
    target, achieved = knowledge.cue_patterns["status"]
    said = knowledge.forms.no_aim.sub(" ", " ".join(lowered(p.text) for p in passages))
    aims, done = len(target.findall(said)), len(achieved.findall(said))
    return aims > 2 and aims > 2 * done


def written(figures: Figures, mention: Mention) -> str:
    """A mention's unit as the text writes it ("sản phẩm OCOP")."""
    if not mention.unit:
        return ""
    at = figures.low.find(mention.unit, mention.number[1], mention.end)
    if at < 0:  # named before the number
        at = figures.low.rfind(mention.unit, figures.sentence(mention.start)[0], mention.number[0])
    return figures.passage.text[at : at + len(mention.unit)] if at >= 0 else mention.unit


VERDICTS = re.compile(r"(?:(?:chưa )?đạt\s(?:(?:chưa )?đạt\s){2})|(?:\sx){4}\s")
"""Cells of a table of verdicts, read as loose text."""


CELL = re.compile(r"[x.,/%-]*\d(?:[\d.,/%x-]*[\d.%x-])?")
FIGURE = re.compile(rf"(?<!\S)(?:x|{CELL.pattern})(?!\S)")
LEAST_FIGURES = 4
ITEM_SIGN = re.compile(r"\d{1,2}[.)]")


def _tabular(passage: Passage, low: str) -> bool:
    """A row of a table read as loose text: mostly figures, without the words that would tell what they are."""
    if VERDICTS.search(low):
        return True
    if len(FIGURE.findall(passage.text)) < LEAST_FIGURES:
        return False
    texts = [token.word.text for token in passage.tokens if not ITEM_SIGN.fullmatch(token.word.text)]
    figures = sum(text == "x" or (not text.isalpha() and CELL.fullmatch(text) is not None) for text in texts)
    return figures >= LEAST_FIGURES and figures >= 0.4 * len(passage.tokens)
