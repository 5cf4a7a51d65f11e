"""The lists of administrative units: read without the rest of the domain's knowledge, for those who need only names."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType

from ntm_extract.gazetteer import Unit, read_units
from ntm_extract.repair.names import Places


def load_units() -> list[Unit]:
    """The units before and after July 2025; none in a package built without their lists."""
    before, after = (files("ntm_extract") / "data" / f"admin_{era}_2025.tsv" for era in ("before", "after"))
    if not (before.is_file() and after.is_file()):
        return []
    return read_units(before.read_text(encoding="utf-8"), after.read_text(encoding="utf-8"))


@cache
def load_places() -> Places:
    """The units as repair knows them: the pairs of words of their names, and what lies in each district and province.

    In a province: its districts, and its communes since districts are no more.
    """
    units = load_units()
    names = {(unit.era, unit.code): unit.name.lower() for unit in units}
    titles = {(unit.era, unit.code): unit.title.lower().split()[-1] for unit in units}
    within: dict[str, list[str]] = defaultdict(list)
    for unit in units:
        if unit.parent:
            above = unit.era, unit.parent
            within[f"{titles[above]} {names[above]}"].append(unit.name.lower())
    pairs = frozenset(f"{a} {b}" for name in names.values() for a, b in pairwise(name.split()))
    return Places(pairs, MappingProxyType({above: tuple(own) for above, own in within.items()}))
