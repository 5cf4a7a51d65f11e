"""Administrative units before and after July 2025, found by name and told apart by place and date.

A unit is known by its code and its list: since 1 July 2025 there are no districts, provinces were merged, and many
codes were given to other communes. Names are looked up by `loose` keys (no marks, c for k, i for y), because reports
write "Can Hồ" for "Kan Hồ" and a scan loses marks; where marks can tell two units apart they do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from rapidfuzz.distance import Levenshtein
from unidecode import unidecode

Level = Literal["tỉnh", "huyện", "xã"]
Era = Literal["before", "after"]

REFORM = "2025-07"
"""Month from which the new list holds."""
SHORTEST = 6
"""Letters of a name, without marks and spaces, that may be linked in spite of one misread letter."""
LEVEL_OF_LENGTH: dict[int, Level] = {2: "tỉnh", 3: "huyện", 5: "xã"}


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Lower case without marks; all but letters and digits become single spaces."""
    return " ".join(re.findall(r"[a-z0-9]+", unidecode(text).lower()))


@lru_cache(maxsize=1 << 16)
def loose(name: str) -> str:
    """`fold` with the spellings that vary in names made one: k as c, y as i, no spaces ("Đăk Pơ", "Đắc Pơ")."""
    return fold(name).replace("k", "c").replace("y", "i").replace(" ", "")


class Unit(Struct, frozen=True):
    """One administrative unit. `title` is its full kind ("Thị trấn"), `codes_2025` the units that took it over."""

    code: str
    era: Era
    title: str
    name: str
    parent: str
    codes_2025: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """Province, district or commune level, whatever its title."""
        return LEVEL_OF_LENGTH[len(self.code)]

    @property
    def code_2025(self) -> str:
        """Its own code if of the new list; else the codes of the units it went into, `;` between, "" if unknown."""
        return self.code if self.era == "after" else ";".join(self.codes_2025)


class Gazetteer:
    """All units of both lists. Immutable once built; every look-up is a dictionary access."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units: dict[tuple[Era, str], Unit] = {}
        self._by_key: dict[tuple[Level, str], list[Unit]] = defaultdict(list)
        for unit in units:
            self.units.setdefault((unit.era, unit.code), unit)
            self._by_key[unit.level, loose(unit.name)].append(unit)

    def find(self, name: str, level: Level) -> tuple[Unit, ...]:
        """Every unit of the level that has this name in either list; those spelt exactly so, if any, alone."""
        found = self._by_key.get((level, loose(name)), [])
        exact = [unit for unit in found if unit.name.lower() == name.lower()]
        return tuple(exact or found)

    def names(self, level: Level) -> Iterable[str]:
        """All names of a level, each once, in the lists' order."""
        return dict.fromkeys(unit.name for unit in self.units.values() if unit.level == level)

    def province_of(self, unit: Unit) -> Unit:
        """The province that a unit lies in (itself for a province)."""
        while unit.parent:
            unit = self.units[unit.era, unit.parent]
        return unit

    def communes_of(self, district: Unit) -> list[Unit]:
        """Communes and towns of a district of the old list."""
        return [unit for unit in self.units.values() if unit.parent == district.code and unit.era == district.era]

    def district_of(self, unit: Unit) -> Unit | None:
        """The district of a commune or district; None for provinces and in the new list."""
        while unit.level == "xã":
            unit = self.units[unit.era, unit.parent]
        return unit if unit.level == "huyện" else None

    def candidates(
        self, name: str, level: Level, province: str | None = None, district: str | None = None, date: str | None = None
    ) -> tuple[Unit, ...]:
        """Units that the name can mean where the text stands in this district and province at this date.

        A date (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`) picks the list; the other list is asked where that one has no such
        name, since reports after the reform still speak of old communes. Without a date the old list comes first.
        """
        every = self.find(name, level)
        first: Era = "after" if date is not None and date >= REFORM else "before"
        for era in (first, "before" if first == "after" else "after"):
            found = [unit for unit in every if unit.era == era]
            if province is not None:
                found = [u for u in found if u.level == "tỉnh" or self._lies_in(u, province)]
            if district is not None and level == "xã":
                found = [u for u in found if (d := self.district_of(u)) and loose(d.name) == loose(district)] or found
            if found:
                return tuple(found)
        return ()

    def link(
        self,
        name: str,
        level: Level,
        province: str | None = None,
        district: str | None = None,
        date: str | None = None,
        *,
        title: str | None = None,
    ) -> Unit | None:
        """The one unit that the name means, or None where there is none or the context leaves several.

        `title` ("thị trấn", "xã" …) tells a town from the commune of the same name; without it a commune is meant.
        """
        found = self.candidates(name, level, province, district, date)
        for wanted in (title, "xã"):
            if len({unit.code for unit in found}) > 1 and wanted is not None:
                found = tuple(u for u in found if u.title.lower() == wanted.lower()) or found
        return found[0] if len({unit.code for unit in found}) == 1 else None

    def misspelt(self, name: str, district: str, province: str | None = None, date: str | None = None) -> Unit | None:
        """The commune of the district whose name is one letter away, where no commune at all has the name as it stands.

        Long names and names of as many words only: a misreading spoils a letter, another commune differs by more.
        """
        key = loose(name)
        above = self.link(district, "huyện", province, date=date)
        if above is None or len(key) < SHORTEST or self._by_key.get(("xã", key)):
            return None
        words = len(name.split())
        near = [
            u
            for u in self.communes_of(above)
            if u.title == "Xã"
            and len(u.name.split()) == words
            and Levenshtein.distance(key, loose(u.name), score_cutoff=1) == 1
        ]
        return near[0] if len({unit.code for unit in near}) == 1 else None

    def _lies_in(self, unit: Unit, province: str) -> bool:
        """Whether the unit's province, or the new province that took that one over, has this name."""
        own = self.province_of(unit)
        heirs = [self.units["after", code].name for code in own.codes_2025]
        return loose(province) in {loose(own.name), *map(loose, heirs)}


def read_units(before: str, after: str) -> list[Unit]:
    """Units from the text of admin_before_2025.tsv and admin_after_2025.tsv (header line, tab-separated)."""
    old = (line.split("\t") for line in before.splitlines()[1:])
    new = (line.split("\t") for line in after.splitlines()[1:])
    units = [
        Unit(code, "before", title, name, up, tuple(filter(None, to.split(";")))) for code, title, name, up, to in old
    ]
    return units + [Unit(code, "after", title, name, up) for code, title, name, up in new]
