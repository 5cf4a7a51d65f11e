import re
import tomllib
from pathlib import Path

import pytest

from ntm_extract import knowledge as domain
from ntm_extract.edges import data
from ntm_extract.extract.funding import capital_of, source_of
from ntm_extract.text import counting, wording
from ntm_extract.text.folding import lowered
from tests.reading_help import facts, knowledge

DATA = Path(data.__file__).parents[1] / "data"


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
        scales={},
        sources=(),
        budget_levels=(),
        capitals=(),
        hedges=(),
        indicators=(),
        cues={},
        numbered=domain.Numbered(names=(), always=(), rated=()),
        tables=knowledge().tables,
        words=data._convert("wording", data._table("wording"), wording.Words),
        counts=data._convert("counting", data._table("counting"), counting.Counts),
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
    names = [name for group in knowledge().units.values() for name, _ in group]
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
