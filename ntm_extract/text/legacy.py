"""Vietnamese written in an encoding older than Unicode, read as Latin-1: known by what it says once it is converted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from msgspec import Struct

STRAY = 0.02  # share of letters beyond ASCII that may be of another font


class Encoding(Struct, frozen=True, kw_only=True):
    """A code table: the strings as a program shows them, and the letters that they mean, side by side."""

    name: str
    read: str
    means: str
    example: tuple[str, str]

    def fits(self, text: str) -> bool:
        """Whether hardly a letter beyond ASCII is outside of the table: else the text is ruined, or mixed."""
        beyond = [c for c in text if c.isalpha() and not c.isascii()]
        known = set(self.read)
        return bool(beyond) and sum(c not in known for c in beyond) <= STRAY * len(beyond)

    @property
    def convert(self) -> Callable[[str], str]:
        """What turns a text of this encoding into Unicode. Characters outside of the table stay."""
        table = dict(zip(self.read.split(" "), self.means.split(" "), strict=True))
        keys = re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))
        return lambda text: keys.sub(lambda found: table[found[0]], text)


def converted(
    words: tuple[str, ...], encodings: Iterable[Encoding], good: Callable[[tuple[str, ...]], bool]
) -> tuple[str, tuple[str, ...]] | None:
    """Name of the first encoding in which the words make good Vietnamese, and the words so; None where none does."""
    for encoding in encodings:
        if not encoding.fits("".join(words)):
            continue
        convert = encoding.convert
        found = tuple(convert(word) for word in words)
        if found != words and good(found):
            return encoding.name, found
    return None
