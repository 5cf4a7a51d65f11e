"""The lists of administrative units: read without the rest of the domain's knowledge, for those who need only names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import pairwise

from ntm_extract.gazetteer import Unit, read_units


def load_units() -> list[Unit]:
    """The units before and after July 2025; none in a package built without their lists."""
    before, after = (files("ntm_extract") / "data" / f"admin_{era}_2025.tsv" for era in ("before", "after"))
    if not (before.is_file() and after.is_file()):
        return []
    return read_units(before.read_text(encoding="utf-8"), after.read_text(encoding="utf-8"))


@cache
def load_unit_names() -> frozenset[str]:
    """The pairs of words that names of units are made of, lower case, as repair knows names."""
    return frozenset(f"{a} {b}" for unit in load_units() for a, b in pairwise(unit.name.lower().split()))
