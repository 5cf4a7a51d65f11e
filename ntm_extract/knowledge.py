"""What we know of the domain, as frozen values made from the readable files in data/ (see edges/data.py).

Phrases are keyed as `lowered` (lower case, one place for the tone mark), so that text is looked up in its lowered view.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from ntm_extract.text import counting, forms, unit_notes, units, wording
from ntm_extract.text.folding import folded, lowered

if TYPE_CHECKING:
    from ntm_extract.gazetteer import Gazetteer
    from ntm_extract.ner.lexicon import Lexicon

Place = Literal["straight_before", "status", "before", "behind", "opening", "list", "section", "document"]
"""Of a cue: around the figure, over it, in the kind of its document; data/cues.toml tells where each is."""
UnitKind = Literal["measure", "count", "time", "age", "foreign", "stop"]


class Criterion(Struct, frozen=True, kw_only=True):
    """One of the nineteen criteria: `name` in the set of 2021-2025, `names` in older sets by set."""

    number: int
    name: str
    names: dict[str, str] = {}
    aliases: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """Every way of naming it."""
        return (self.name, *self.names.values(), *self.aliases)


class Named(Struct, frozen=True, kw_only=True):
    """A thing with one name and other ways of naming it: a level, a funding source, a kind of capital."""

    name: str
    aliases: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class BudgetLevel(Struct, frozen=True, kw_only=True):
    """A level of government after the word "ngân sách", and the source that it stands for."""

    word: str
    source: str


class Hedge(Struct, frozen=True, kw_only=True):
    """Words before or after a number and the relation that they state."""

    op: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    unless: Mapping[str, tuple[str, ...]] = {}


class Indicator(Struct, frozen=True, kw_only=True):
    """An indicator that is counted per something even where the text does not say so."""

    name: str
    aliases: tuple[str, ...] = ()
    per: str = ""
    examples: tuple[str, ...] = ()


class Cue(forms.Form, frozen=True, kw_only=True):
    """A form of words that speaks for a target or for a result."""

    tells: Literal["target", "achieved"]


class Cues(Struct, frozen=True, kw_only=True):
    """Words and forms of words that speak for a target or for a result in one place; `examples` are of the words."""

    target: tuple[str, ...] = ()
    achieved: tuple[str, ...] = ()
    form: tuple[Cue, ...] = ()
    examples: Mapping[str, str] = {}


class TableRole(Struct, frozen=True, kw_only=True):
    """What heads or rows of a table say of themselves: `whole` where nothing else may stand beside it."""

    name: str
    aliases: tuple[str, ...]
    whole: bool = False
    examples: tuple[str, ...] = ()


class TableWords(Struct, frozen=True, kw_only=True):
    """The words of annex tables: roles of columns and rows, status of captions, phrases, words of recognition."""

    role: tuple[TableRole, ...]
    row: tuple[TableRole, ...]
    status: tuple[TableRole, ...]
    phrases: tuple[str, ...]
    recognised: tuple[str, ...]


class Numbered(Struct, frozen=True):
    """Words after which a number is a name: unless a counted noun follows it, or always; units that name a thing."""

    names: tuple[str, ...]
    always: tuple[str, ...]
    rated: tuple[str, ...]


class Files(Struct, frozen=True, kw_only=True):
    """The content of data/*.toml as read, before it is indexed."""

    criteria: tuple[Criterion, ...]
    levels: tuple[Named, ...]
    units: Mapping[str, UnitKind]
    short_units: Mapping[str, str]
    unit_notes: unit_notes.UnitNotes
    scales: Mapping[str, Decimal]
    sources: tuple[Named, ...]
    budget_levels: tuple[BudgetLevel, ...]
    capitals: tuple[Named, ...]
    hedges: tuple[Hedge, ...]
    indicators: tuple[Indicator, ...]
    cues: Mapping[Place, Cues]
    numbered: Numbered
    tables: TableWords
    words: wording.Words
    counts: counting.Counts
    sentences: forms.Sentences
    around: forms.Sentences


class Knowledge(Struct, frozen=True, kw_only=True):
    """All of it, indexed once. Patterns match the lowered view of a text."""

    criteria: tuple[Criterion, ...]
    levels: tuple[Named, ...]
    sources: tuple[Named, ...]
    budget_levels: tuple[BudgetLevel, ...]
    capitals: tuple[Named, ...]
    indicators: tuple[Indicator, ...]
    hedges: tuple[Hedge, ...]
    units: units.Index  # by first word of the lowered name
    scales: Mapping[str, Decimal]  # lowered name -> factor
    unit_notes: unit_notes.UnitNotes  # units said once over figures
    criterion_of: Mapping[str, int]  # lowered phrase -> number
    source_of: Mapping[str, str]
    capital_of: Mapping[str, str]
    level_of: Mapping[str, str]
    criterion_pattern: re.Pattern[str]
    source_pattern: re.Pattern[str]
    bare_source_of: Mapping[str, str]  # the same without marks, phrases of two words and more
    bare_source_pattern: re.Pattern[str]
    capital_pattern: re.Pattern[str]
    hedge_before: Mapping[str, str]  # lowered words -> op
    hedge_after: Mapping[str, str]
    hedge_unless: Mapping[str, tuple[str, ...]]  # words before which make another word of one
    hedged_behind: re.Pattern[str]  # behind a figure: one of the words of hedge_after, as `hedge`
    cue_patterns: Mapping[Place, tuple[re.Pattern[str], re.Pattern[str]]]  # (target, achieved)
    numbered: re.Pattern[str]  # at a text's end: a word after which a number is a name
    numbered_always: re.Pattern[str]  # the same, whatever follows the number
    cited: re.Pattern[str]  # a kind of document and its number
    rated: frozenset[str]  # units of which a/b is a name
    tables: TableWords
    wording: wording.Wording  # around a figure
    counting: counting.Counting
    around: forms.Around  # forms of words around any figure
    forms: forms.Forms  # of sentences that count criteria and communes
    lexicon: Lexicon  # document kinds, laws, organisations, persons
    gazetteer: Gazetteer | None = None

    @property
    def cell_phrases(self) -> tuple[str, ...]:
        """What cells of annex tables often say: heads, and the names of the criteria."""
        names = (name for criterion in self.criteria for name in (criterion.name, *criterion.names.values()))
        return (*self.tables.phrases, *names)


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words of a lowered text, the longest first. Without phrases it matches nothing."""
    longest = sorted({lowered(p) for p in phrases}, key=lambda p: (-len(p), p)) or ["\0"]
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")


def cue_patterns(cues: Mapping[Place, Cues]) -> dict[Place, tuple[re.Pattern[str], re.Pattern[str]]]:
    """What speaks for a target and for a result, by place. Raises ValueError for a form that is wrongly written."""
    return {place: (_spoken(place, one, "target"), _spoken(place, one, "achieved")) for place, one in cues.items()}


def _spoken(place: Place, cues: Cues, tells: Literal["target", "achieved"]) -> re.Pattern[str]:
    told = [forms.compiled(cue, {}).pattern for cue in cues.form if cue.tells == tells]
    words = cues.target if tells == "target" else cues.achieved
    if words or not told:
        told.insert(0, phrase_pattern(words).pattern + (r"\s$" if place == "straight_before" else ""))
    return re.compile("|".join(told))


def build(files: Files, lexicon: Lexicon, gazetteer: Gazetteer | None = None) -> Knowledge:
    """Index the files. Raises ValueError where one phrase names two criteria."""
    criterion_of: dict[str, int] = {}
    for criterion in files.criteria:
        for phrase in map(lowered, criterion.phrases):
            if criterion_of.setdefault(phrase, criterion.number) != criterion.number:
                raise ValueError(f"{phrase!r} names two criteria")
    source_of = _index(files.sources)
    capital_of = _index(files.capitals)
    level_of = _index(files.levels)
    bare_source_of = {folded(phrase): name for phrase, name in source_of.items() if " " in phrase}
    fields: dict[str, Any] = {
        "bare_source_of": bare_source_of,
        "bare_source_pattern": phrase_pattern(bare_source_of),
        "units": units.index(
            {lowered(name): kind for name, kind in files.units.items()},
            {lowered(name): lowered(meant) for name, meant in files.short_units.items()},
        ),
        "hedge_before": {lowered(w): h.op for h in files.hedges for w in h.before},
        "hedge_unless": {lowered(w): words for h in files.hedges for w, words in h.unless.items()},
        "hedge_after": {lowered(w): h.op for h in files.hedges for w in h.after},
        "hedged_behind": re.compile(
            rf"[^\d.;:,(]{{0,32}}?(?<!\w)(?P<hedge>{wording.any_of(w for h in files.hedges for w in h.after)})(?!\w)"
        ),
        "numbered": re.compile(phrase_pattern(files.numbered.names).pattern + r"\s$"),
        "numbered_always": re.compile(phrase_pattern(files.numbered.always).pattern + r"\s$"),
        "wording": wording.build(files.words, files.unit_notes.note),
        "counting": counting.build(files.counts),
        "forms": forms.build(files.sentences, forms.Forms),
        "around": forms.build(files.around, forms.Around),
        "cited": re.compile(
            rf"(?:{wording.any_of(name for kind in lexicon.kinds for name in (kind.name, *kind.aliases))})"
            r"\s?(?:liên tịch\s)?số:?\s?\d+(?:[/.-]\d+)*"
        ),
        "rated": frozenset(files.numbered.rated),
        "cue_patterns": cue_patterns(files.cues),
    }
    return Knowledge(
        criteria=files.criteria,
        levels=files.levels,
        sources=files.sources,
        budget_levels=files.budget_levels,
        capitals=files.capitals,
        indicators=files.indicators,
        hedges=files.hedges,
        scales=files.scales,
        unit_notes=files.unit_notes,
        tables=files.tables,
        criterion_of=criterion_of,
        source_of=source_of,
        capital_of=capital_of,
        level_of=level_of,
        criterion_pattern=phrase_pattern(criterion_of),
        source_pattern=phrase_pattern(source_of),
        capital_pattern=phrase_pattern(capital_of),
        lexicon=lexicon,
        gazetteer=gazetteer,
        **fields,
    )


def _index(things: tuple[Named, ...]) -> dict[str, str]:
    return {lowered(phrase): thing.name for thing in things for phrase in thing.aliases}
