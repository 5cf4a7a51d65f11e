import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from ntm_extract import knowledge as domain
from ntm_extract.edges import data
from ntm_extract.extract.funding import capital_of, source_of
from ntm_extract.text import counting, forms, unit_notes, wording
from ntm_extract.text.folding import lowered
from tests.reading_help import facts, knowledge, named, told

DATA = Path(data.__file__).parents[1] / "data"
SENTENCES = data._convert("forms", data._table("forms"), forms.Sentences)
AROUND = data._convert("around", data._table("around"), forms.Sentences)
CUES = data._convert("cues", data._table("cues"), dict[domain.Place, domain.Cues])


@pytest.mark.parametrize("criterion", knowledge().criteria, ids=lambda c: c.name)
def test_examples_of_criteria(criterion: domain.Criterion) -> None:
    assert criterion.examples
    for example in criterion.examples:
        assert [c.criterion for c in facts(f"Toàn huyện {example}.").criteria] == [criterion.number]


@pytest.mark.parametrize("source", knowledge().sources, ids=lambda s: s.name)
def test_examples_of_sources(source: domain.Named) -> None:
    assert source.examples
    for example in source.examples:
        assert source_of(lowered(example), knowledge()) == source.name


@pytest.mark.parametrize("capital", knowledge().capitals, ids=lambda s: s.name)
def test_examples_of_capital(capital: domain.Named) -> None:
    assert capital.examples
    for example in capital.examples:
        assert capital_of(lowered(example), knowledge()) == capital.name


def test_examples_of_indicators() -> None:
    for indicator in knowledge().indicators:
        for example in indicator.examples:
            assert [b.per for b in facts(f"Năm nay, {example}.").budgets] == [f"{indicator.per}/năm"]


def test_all_nineteen_criteria_once() -> None:
    assert [c.number for c in knowledge().criteria] == list(range(1, 20))


def test_hedges_are_operators() -> None:
    assert {*knowledge().hedge_before.values(), *knowledge().hedge_after.values()} <= {"=", ">", ">=", "<", "<="}


def test_two_criteria_of_one_name_are_refused() -> None:
    twice = tuple(domain.Criterion(number=n, name="Giao thông") for n in (2, 3))
    files = domain.Files(
        criteria=twice,
        levels=(),
        units={},
        short_units={},
        scales={},
        sources=(),
        budget_levels=(),
        capitals=(),
        hedges=(),
        indicators=(),
        cues={},
        numbered=domain.Numbered(names=(), always=(), rated=()),
        unit_notes=knowledge().unit_notes,
        tables=knowledge().tables,
        words=data._convert("wording", data._table("wording"), wording.Words),
        counts=data._convert("counting", data._table("counting"), counting.Counts),
        sentences=SENTENCES,
        around=AROUND,
    )
    with pytest.raises(ValueError, match="two criteria"):
        domain.build(files, knowledge().lexicon)


def test_a_wrong_data_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = data._table
    monkeypatch.setattr(
        data, "_table", lambda name: {**real(name), "hedge": [{"op": 1}]} if name == "hedges" else real(name)
    )
    with pytest.raises(ValueError, match=re.escape("data/hedges.toml")):
        data.load_knowledge()


def test_names_of_units_are_lowered_once() -> None:
    names = [unit.name for group in knowledge().units.values() for unit in group]
    assert names
    assert all(name == lowered(name) for name in names)


@pytest.mark.parametrize("example", tomllib.loads((DATA / "numbered.toml").read_text(encoding="utf-8"))["examples"])
def test_examples_of_numbered_names(example: str) -> None:
    assert not facts(f"Theo {example} của huyện.").facts


def examples(name: str) -> list[tuple[str, str]]:
    """The examples of a data file: a text, and what is to be read of it."""
    return [*tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))["examples"].items()]


@pytest.mark.parametrize(("said", "name"), examples("wording"))
def test_examples_of_light_words(said: str, name: str) -> None:
    assert knowledge().wording.clean(said) == name


NOTES = data._convert("units", data._table("units"), unit_notes.Notes)


@pytest.mark.parametrize(("text", "factor"), NOTES.over.examples.items())
def test_examples_of_units_over_figures(text: str, factor: int) -> None:
    found = knowledge().unit_notes.noted(lowered(text))
    assert found is not None
    assert (found.factor, found.end) == (factor, len(text))
    assert knowledge().wording.clean(text) == text.partition(" (")[0]


@pytest.mark.parametrize(("name", "factor"), [(name, one.factor) for one in NOTES.money for name in one.names])
def test_names_of_units_of_money(name: str, factor: int) -> None:
    assert knowledge().unit_notes.factor(f"Kinh phí, {name}") == factor
    assert knowledge().unit_notes.over((f"Nguồn vốn ({name})",)) == name


@pytest.mark.parametrize(("sentence", "per"), examples("counting"))
def test_examples_of_rates(sentence: str, per: str) -> None:
    assert [b.per for b in facts(sentence).budgets] == [per]


@pytest.mark.parametrize("word", knowledge().counting.numerals)
def test_numerals_count_communes(word: str) -> None:
    bands = facts(f"Toàn huyện có {word} xã còn lại đạt 15 tiêu chí.").criteria
    assert [(c.scope, c.count) for c in bands] == [("band", knowledge().counting.numerals[word])]


def test_an_article_is_a_name_whatever_stands_before_and_behind_it() -> None:
    assert not facts("Theo khoản 3 Điều 2 của quy định.").facts
    assert [q.value for q in facts("Mở khóa 35 học viên.").quantities] == [35]


FORMS = [(form.name, *example) for form in SENTENCES.form for example in form.examples.items()]


@pytest.mark.parametrize(("name", "sentence", "reads"), FORMS)
def test_examples_of_forms(name: str, sentence: str, reads: str) -> None:
    assert told(sentence) == reads
    without = replace(knowledge().forms, **{name: re.compile("(?!)")})
    assert told(sentence, replace(knowledge(), forms=without)) != reads


AROUND_FORMS = [(form.name, *example) for form in AROUND.form for example in form.examples.items()]


@pytest.mark.parametrize(("name", "text", "reads"), AROUND_FORMS)
def test_examples_of_forms_around_figures(name: str, text: str, reads: str) -> None:
    assert named(text) == reads
    without = replace(knowledge().around, **{name: re.compile("(?!)")})
    assert named(text, replace(knowledge(), around=without)) != reads


CUE_FORMS = [
    (place, form.name, *example)
    for place, cues in CUES.items()
    for form in cues.form
    for example in form.examples.items()
]
CUE_WORDS = [(place, *example) for place, cues in CUES.items() for example in cues.examples.items()]


def cued(place: domain.Place, cues: domain.Cues) -> domain.Knowledge:
    """What is known with other cues in a place."""
    return replace(knowledge(), cue_patterns=domain.cue_patterns({**CUES, place: cues}))


@pytest.mark.parametrize(("place", "name", "text", "reads"), CUE_FORMS)
def test_examples_of_forms_of_cues(place: domain.Place, name: str, text: str, reads: str) -> None:
    assert named(text) == reads
    others = tuple(form for form in CUES[place].form if form.name != name)
    assert named(text, cued(place, replace(CUES[place], form=others))) != reads


@pytest.mark.parametrize(("place", "text", "reads"), CUE_WORDS)
def test_examples_of_words_of_cues(place: domain.Place, text: str, reads: str) -> None:
    assert named(text) == reads
    assert named(text, cued(place, replace(CUES[place], target=(), achieved=()))) != reads


def test_every_form_has_an_example() -> None:
    cues = (form for one in CUES.values() for form in one.form)
    assert all(form.examples for form in (*SENTENCES.form, *AROUND.form, *cues))
    assert all(one.examples for one in CUES.values() if one.target or one.achieved)


def test_words_straight_before_a_figure_are_cues() -> None:
    words = replace(CUES["straight_before"], target=("việc còn dở",))
    assert named("Còn 9 km việc còn dở, 4 cầu; việc còn dở 3 chợ.", cued("straight_before", words)).count("target") == 1


def test_words_that_open_a_sentence_are_cues() -> None:
    words = replace(CUES["opening"], target=("tới đây",))
    assert named("Tới đây xây 4 cầu.", cued("opening", words)).endswith("target")


def test_wrong_forms_of_cues_are_named() -> None:
    (form,) = CUES["before"].form
    with pytest.raises(ValueError, match="'asks': missing"):
        domain.cue_patterns({"before": domain.Cues(form=(replace(form, form="(a"),))})


def test_how_forms_are_written() -> None:
    written = "(a|b )*[( ] \\(\\ {x}\n  (?P<c>d){2,3}"
    assert forms.pattern(written, {"x": "y"}) == r"(?:a|b\s)*[( ]\s\(\ y(?P<c>d){2,3}"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda own: own[1:], "missing: criterion"),
        (lambda own: (*own, own[0]), "'criterion' is unknown or named twice"),
        (lambda own: (replace(own[0], name="other"), *own[1:]), "'other' is unknown"),
        (lambda own: (replace(own[0], form="(a"), *own[1:]), "'criterion': missing \\)"),
        (lambda own: (replace(own[0], form="{no_part}"), *own[1:]), "'criterion': 'no_part'"),
    ],
)
def test_wrong_forms_are_named(change: Callable[[Any], Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        forms.build(replace(SENTENCES, form=change(SENTENCES.form)), forms.Forms)
