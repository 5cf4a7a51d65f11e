"""Reads the package's data files into Knowledge. A fault in a file is named with its place."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec

from ntm_extract import knowledge
from ntm_extract.checks.view import Limit
from ntm_extract.edges.units import load_units
from ntm_extract.gazetteer import Gazetteer
from ntm_extract.knowledge import (
    BudgetLevel,
    Criterion,
    Cues,
    Hedge,
    Indicator,
    Knowledge,
    Named,
    Numbered,
    Place,
    TableWords,
)
from ntm_extract.ner.lexicon import Lexicon
from ntm_extract.text import unit_notes
from ntm_extract.text.counting import Counts
from ntm_extract.text.forms import Sentences
from ntm_extract.text.legacy import Encoding
from ntm_extract.text.unit_notes import Notes, UnitNotes
from ntm_extract.text.wording import Words

T = TypeVar("T")


def load_knowledge() -> Knowledge:
    """The domain's names and cues from data/*.toml, indexed. Raises ValueError for a file that is wrong."""
    units = _table("units")
    sources = _table("sources")
    criteria, tables = _table("criteria"), _table("tables")
    return knowledge.build(
        knowledge.Files(
            criteria=_convert("criteria", criteria["criterion"], tuple[Criterion, ...]),
            levels=_convert("criteria", criteria["level"], tuple[Named, ...]),
            units={name: group["kind"] for group in reversed(units["group"]) for name in group["names"]},
            short_units=units["short"],
            unit_notes=load_unit_notes(),
            scales={name: Decimal(scale["factor"]) for scale in units["scale"] for name in scale["names"]},
            sources=_convert("sources", sources["source"], tuple[Named, ...]),
            budget_levels=_convert("sources", sources["level"], tuple[BudgetLevel, ...]),
            capitals=_convert("sources", sources["capital"], tuple[Named, ...]),
            hedges=_convert("hedges", _table("hedges")["hedge"], tuple[Hedge, ...]),
            indicators=_convert("indicators", _table("indicators")["indicator"], tuple[Indicator, ...]),
            cues=_convert("cues", _table("cues"), dict[Place, Cues]),
            tables=_convert("tables", tables | tables["words"], TableWords),
            numbered=_convert("numbered", _table("numbered"), Numbered),
            words=_convert("wording", _table("wording"), Words),
            counts=_convert("counting", _table("counting"), Counts),
            sentences=_convert("forms", _table("forms"), Sentences),
            around=_convert("around", _table("around"), Sentences),
        ),
        _lexicon(),
        _gazetteer(),
    )


@cache
def load_unit_notes() -> UnitNotes:
    """The units said once over figures, from data/units.toml."""
    return unit_notes.build(_convert("units", _table("units"), Notes))


@cache
def load_limits() -> tuple[Limit, ...]:
    """What indicators can be, from data/magnitudes.toml."""
    return tuple(
        Limit(
            one["name"], one["table"], one["field"], re.compile(one["match"]), Decimal(one["low"]), Decimal(one["high"])
        )
        for one in _table("magnitudes")["limit"]
    )


def _lexicon() -> Lexicon:
    """Names of document kinds, laws, organisations, programmes and persons."""
    legal, abbreviations, persons = _table("legal"), _table("abbreviations"), _table("persons")
    organisations, kinds, places = _table("organisations"), _table("document_kinds"), _table("place_words")
    raw = {
        "kinds": kinds["kind"],
        "openings": kinds["openings"],
        "laws": legal["laws"],
        "law_codes": legal["codes"],
        "ordinances": legal["ordinances"],
        "after_name": legal["after_name"],
        "after_issuer": legal["after_issuer"],
        "organisations": organisations["organisation"],
        "fields": organisations["fields"],
        "offices": organisations["offices"]["names"],
        "codes": abbreviations["codes"],
        "misread": abbreviations["misread"],
        "programmes": _table("programmes")["programme"],
        "families": persons["families"],
        "titles": persons["titles"],
        "places": {"announce": places["announce"], **places["words"]},
    }
    return _convert("one of the files of names", raw, Lexicon)


def _gazetteer() -> Gazetteer | None:
    """The administrative units, or None in a package built without their lists."""
    units = load_units()
    return Gazetteer(units) if units else None


@cache
def load_encodings() -> tuple[Encoding, ...]:
    """Encodings of Vietnamese before Unicode."""
    return _convert("legacy_encodings", _table("legacy_encodings")["encoding"], tuple[Encoding, ...])


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("ntm_extract") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def _convert(name: str, value: Any, kind: type[T]) -> T:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise ValueError(f"data/{name}.toml: {error}") from error
