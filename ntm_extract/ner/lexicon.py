"""Names of document kinds, laws, organisations, programmes and persons, from the readable files in data/."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from ntm_extract.text.folding import folded, lowered


def before(end: re.Pattern[str], text: str, start: int) -> int:
    """Where the pattern first matches the folded text at or after `start`, a word with a capital not counting.

    "năm" ends a name, the "Nam" of "Việt Nam" does not. The text's end if nothing matches.
    """
    for match in end.finditer(folded(text), start):
        word = text[match.start() : match.end()].strip()
        if not word[:1].isupper() or text[start : match.start()].isupper():
            return match.start()
    return len(text)


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(folded(word)) for word in words)


class Kind(Struct, frozen=True, kw_only=True):
    """A kind of document and the codes that its numbers carry."""

    name: str
    code: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    bare: bool = False  # cited by a number without sign or code too, where who issued it or the day follows
    own: bool = True  # False for kinds that are cited but never are the document at hand
    examples: tuple[str, ...] = ()


class Organisation(Struct, frozen=True, kw_only=True):
    """An organisation: the name that tables use, the names that texts use, its code in document numbers."""

    short: str
    names: tuple[str, ...]
    codes: tuple[str, ...] = ()


class Fields(Struct, frozen=True, kw_only=True):
    """Departments and the fields they can have: every pair is a name."""

    departments: tuple[str, ...]
    names: tuple[str, ...]


class Programme(Struct, frozen=True, kw_only=True):
    """A programme by name and aliases."""

    name: str
    aliases: tuple[str, ...] = ()


class PlaceWords(Struct, frozen=True, kw_only=True):
    """Words around the names of places; `announce` is kind -> words."""

    announce: Mapping[str, tuple[str, ...]]
    no_name: frozenset[str]
    no_village: frozenset[str]
    many: frozenset[str]
    joins: frozenset[str]


class Lexicon(Struct, frozen=True, kw_only=True, dict=True):
    """All of it. Built once; the derived tables below are made at first use."""

    kinds: tuple[Kind, ...]
    openings: tuple[str, ...]
    laws: tuple[str, ...]
    law_codes: tuple[str, ...]
    ordinances: tuple[str, ...]
    after_name: tuple[str, ...]
    after_issuer: tuple[str, ...]
    organisations: tuple[Organisation, ...]
    fields: Fields
    offices: tuple[str, ...]
    codes: tuple[str, ...]
    misread: tuple[tuple[str, str], ...]
    programmes: tuple[Programme, ...]
    families: tuple[str, ...]
    titles: tuple[str, ...]
    places: PlaceWords

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """Matches, folded, a line that opens the text under a title."""
        return re.compile("(?:" + "|".join(re.escape(folded(words)) for words in self.openings) + ")")

    @cached_property
    def issuer_end(self) -> re.Pattern[str]:
        """Where, folded, the name of an issuer ends at the latest."""
        return re.compile(rf"[,;:.()\[\]\"“”|]|\s(?:{_any(self.after_issuer)})\b")

    @cached_property
    def law_end(self) -> re.Pattern[str]:
        """Where, folded, the name of a law ends at the latest."""
        return re.compile(rf"[,;:.()\[\]\"“”0-9|]|\s(?:{_any(self.after_name)})\b")

    @cached_property
    def starters(self) -> frozenset[str]:
        """First words, in small letters, of what often follows a name with a capital: kinds, organisations, offices."""
        others = ("Luật", "Nơi nhận", "Số", "Cộng hòa", "Độc lập")
        kinds = (name for kind in self.kinds for name in (kind.name, *kind.aliases))
        organisations = (name for one in self.organisations for name in one.names)
        phrases = (*kinds, *organisations, *self.fields.departments, *self.offices, *self.openings, *others)
        return frozenset(lowered(phrase).split()[0] for phrase in phrases)

    @cached_property
    def signing(self) -> frozenset[str]:
        """Offices that sign, folded."""
        return frozenset(map(folded, self.titles))

    @cached_property
    def family(self) -> frozenset[str]:
        """Family names in small letters."""
        return frozenset(map(lowered, self.families))

    @cached_property
    def kind_of(self) -> dict[str, Kind]:
        """Folded name or alias -> kind."""
        return {folded(name): kind for kind in self.kinds for name in (kind.name, *kind.aliases)}

    @cached_property
    def kind_of_code(self) -> dict[str, Kind]:
        """Code in a number -> kind; where two kinds share one, the first."""
        found: dict[str, Kind] = {}
        for kind in self.kinds:
            for code in kind.code:
                found.setdefault(code, kind)
        return found

    @cached_property
    def organisation_of_code(self) -> dict[str, Organisation]:
        """Code in a number -> organisation."""
        return {code: one for one in reversed(self.organisations) for code in one.codes}

    @cached_property
    def organisation_of(self) -> dict[str, str]:
        """Folded name -> short name, departments with their fields included."""
        names = {folded(name): one.short for one in self.organisations for name in one.names}
        for department in self.fields.departments:
            for field in self.fields.names:
                name = f"{department} {field}"
                names.setdefault(folded(name), name)
        return names

    @cached_property
    def known_codes(self) -> frozenset[str]:
        """Every part that a document number may have."""
        parts = (*self.codes, *self.kind_of_code, *self.organisation_of_code)
        return frozenset(parts)

    def code(self, seen: str) -> str:
        """The part of a number as it must have been printed: as seen, or with one usual misreading undone.

        Only letters are ever changed, and only into a part that is known.
        """
        if seen in self.known_codes:
            return seen
        tries = {
            seen[:i] + right + seen[i + len(wrong) :]
            for wrong, right in self.misread
            for i in range(len(seen))
            if seen.startswith(wrong, i)
        }
        every = seen.replace("D", "Đ")  # a font whose Đ is always read as D
        right = sorted((tries | {every}) & self.known_codes)
        return right[0] if len(right) == 1 else seen
