"""Text of cells, cleaned with its column as context: stray marks of the scan go, figures and words stay as read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Literal

Kind = Literal["figure", "tick", "mark", "text"]

FIGURES = re.compile(r"-|\d+(?:[.,]\d+)*%?|\d+(?:[.,]\d+)?/\d+(?:[.,]\d+)?")
SAID = re.compile(
    rf"(?P<op>[<>]=?|[≤≥+])?\s*(?P<number>{FIGURES.pattern[2:]})(?:\s?(?P<unit>[^\W\d_][^\d,;.:()|]*[23]?|‰))?|-",
    re.IGNORECASE,
)
"""A cell that states a figure and no more: its sign, the number, the unit beside it."""
UNIT_WORDS = 2  # in a cell beside its figure; more are a sentence
PLAIN = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")  # as Vietnamese write a number
DECIMALS = (",1", ",2")  # styles of figures with a comma before decimals
TICKS = ("x", "×", "+", "v")
MARKS = {"đạt": "Đạt", "chưa đạt": "Chưa đạt", "không đạt": "Không đạt", "có": "Có", "không": "Không"}
TICK = "x"  # how a tick that was not read is written
SLASHES = str.maketrans("⁄∕", "//")
DASHES = str.maketrans("–—−", "---")
DIRT = "'\"`´ˆ˚“”‘’‚„«»|¦~^_*•·¬°;:=<>\\{}[]"
LOOSE = re.compile(rf"(?<!\S)[{re.escape(DIRT)}.,!ÌÍÎÏ]+(?!\S)|^[—–-]+(?=\s)(?!.*\w)|\s[—–-]+$")


def said(text: str) -> re.Match[str] | None:
    """The one figure that a cell states, or the dash for none; None where it says something else."""
    found = SAID.fullmatch(text.translate(DASHES))
    return found if found and len((found["unit"] or "").split()) <= UNIT_WORDS else None


def is_figure(text: str) -> bool:
    """Whether a cell states one figure, or none by a dash."""
    return said(text) is not None


def is_mark(text: str) -> bool:
    """Whether a cell says by a tick or a word that something is met or not."""
    return text.lower() in TICKS or text.lower() in MARKS


def kinds(texts: Mapping[tuple[int, int], str], cols: int) -> list[Kind]:
    """What most cells of each column hold; the head's left out."""
    votes: dict[int, list[Kind]] = defaultdict(list)
    for (_, col), text in texts.items():
        if text not in ("", "-"):
            votes[col].append(_kind(text))
    return [_most(votes[col]) for col in range(cols)]


def _most(votes: list[Kind]) -> Kind:
    order: tuple[Kind, ...] = ("text", "figure", "tick", "mark")
    return max(order, key=votes.count)


def _kind(text: str) -> Kind:
    bare = _bare(text)
    if FIGURES.fullmatch(bare) or sum(c.isdigit() for c in bare) > len(bare) / 2:
        return "figure"
    if bare.lower() in TICKS:
        return "tick"
    return "mark" if bare.lower() in MARKS else "text"


def _bare(text: str) -> str:
    """The text without loose signs and without dirt at its ends."""
    return LOOSE.sub(" ", text).strip(f" {DIRT}.,-") if len(text) > 1 else text


def tidy(text: str, kind: Kind, *, head: bool) -> str:
    """The cell's text without dirt at its ends; a mark as it is written; figures keep all their digits."""
    bare = " ".join(_bare(text.translate(SLASHES)).split())
    if head or not bare:
        return bare
    if kind == "figure":
        compact = re.sub(r"\s*([.,/])\s*", r"\1", bare)
        return compact if FIGURES.fullmatch(compact) else bare
    if kind == "mark":
        return _mark(bare)
    if kind == "tick" and bare and set(bare.lower()) <= set(TICKS):
        return "X" if bare == "X" else "x"
    return bare


def _mark(text: str) -> str:
    """The mark that a text in a column of marks is; the text where it is like none."""
    low = re.sub(r"[^\w\s]", "", text.lower()).strip()
    squeezed = low.replace(" ", "")
    if low in MARKS:
        return MARKS[low]
    if re.search(r"c[hb]\w{1,3}[đd]?\w{1,2}t?$", squeezed) and 5 <= len(squeezed) <= 8:
        return MARKS["chưa đạt"]
    if re.fullmatch(r"[đd]\w{1,3}", squeezed) and not any(ch.isdigit() for ch in low):
        return MARKS["đạt"]
    return text


def is_sign(text: str) -> bool:
    """Whether a text numbers a row with a letter: I, IV, A."""
    return bool(re.fullmatch(r"[IVX]+|[A-HK]", text))


def glyphs(text: str) -> int:
    """How many digits and strokes a text has."""
    return sum(c.isdigit() or c == "/" for c in text)


def style(text: str) -> str:
    """How a figure is written: where its last mark stands, before how many digits."""
    m = re.fullmatch(r"\d[\d.,]*?([.,])(\d+)%?", text)
    return m.group(1) + str(len(m.group(2))) if m else ""


def with_marks(text: str, signs: str) -> str:
    """Digits with the marks that their ink shows ("0" a digit); the text where ink and digits don't fit."""
    if glyphs(text) != signs.count("0") or not signs.startswith("0") or not signs.endswith("0"):
        return text
    left = iter(text)
    return "".join(next(left) if sign == "0" else sign for sign in signs)


def as_inked(text: str, signs: str) -> str:
    """A figure without mark, or with a dot before one or two digits, with the marks that its ink shows."""
    if text.isdigit() or (style(text) in (".1", ".2") and "," in signs):
        marked = with_marks(text.replace(".", ""), signs)
        return marked if PLAIN.fullmatch(marked) else text
    return text


def as_others(text: str, styles: list[str]) -> str:
    """A figure with its one mark written as the others of its column write it; a dot never stands before decimals."""
    own = style(text)
    if not own or glyphs(text) != len(text) - 1:
        return text
    if own in (".1", ".2") and set(DECIMALS) & set(styles):
        return text.replace(".", ",")
    other = {".3": ",3", ",3": ".3"}.get(own, "")
    return text.replace(own[0], other[0]) if other in styles and own not in styles and other else text
