"""The trained entity component: how it does on the composed sentences, and what of it reaches the facts."""

from __future__ import annotations

import pytest

from bench.ner import SENTENCES, f1, score, sentences
from ntm_extract.edges.models import models_folder
from ntm_extract.edges.nlp import load_nlp
from ntm_extract.extract import EXTRACTORS
from ntm_extract.extract.registry import run
from ntm_extract.facts import Extraction
from ntm_extract.layout.passages import outline
from ntm_extract.ner import annotate
from ntm_extract.ner.labels import LEARNED, LEARNED_ALONE
from tests.names import document, knowledge, pipeline


@pytest.fixture(scope="module")
def nlp():  # type: ignore[no-untyped-def]
    return load_nlp(knowledge())


def extracted(text: str, nlp) -> Extraction:  # type: ignore[no-untyped-def]
    found, problems = run(EXTRACTORS, annotate(outline(document(text)), nlp, knowledge()), knowledge())
    assert not problems
    return found


def test_the_sentences_have_every_label() -> None:
    given = sentences(SENTENCES)
    assert len(given) >= 120
    assert {label for one in given for _, _, label in one.spans} == set(LEARNED)
    assert all(one.text[a:b].strip() == one.text[a:b] for one in given for a, b, _ in one.spans)


def test_the_component_adds_to_the_rulers(nlp) -> None:  # type: ignore[no-untyped-def]
    given = sentences(SENTENCES)
    both, rulers = score(given, nlp), score(given, pipeline())
    for label in ("PERSON", "INDICATOR", "PROGRAMME", "PLACE"):
        assert f1(both[label]) > f1(rulers[label]), label


def test_what_has_no_key_is_taken_only_where_facts_can_use_it(nlp) -> None:  # type: ignore[no-untyped-def]
    text = "\n".join(one.text for one in sentences(SENTENCES))
    for passage in annotate(outline(document(text)), nlp, knowledge()).passages:
        assert all(entity.key or entity.label in LEARNED_ALONE for entity in passage.entities)


def test_the_component_is_small() -> None:
    assert sum(path.stat().st_size for path in (models_folder() / "ner").rglob("*")) < 4_000_000


FOOT = """
ỦY BAN NHÂN DÂN
XÃ NÀ LƯỢNG
Số: 14/BC-UBND
Nà Lượng, ngày 12 tháng 6 năm 2020
BÁO CÁO
Kết quả xây dựng nông thôn mới năm 2020
Xã có 14 thôn, 812 hộ; tỷ lệ hộ nghèo còn 9,4%.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

{name}
"""


@pytest.mark.parametrize("name", ["Rcom Bluh", "Bríu Pố", "Ninh Văn Quảng"])
def test_a_signer_of_no_listed_family(name: str, nlp) -> None:  # type: ignore[no-untyped-def]
    assert extracted(FOOT.format(name=name), nlp).head.signer == name


@pytest.mark.parametrize("name", ["Vĩnh Phú", "Đã Ký", "Nơi đây"])
def test_what_is_no_person_signs_nothing(name: str, nlp) -> None:  # type: ignore[no-untyped-def]
    assert extracted(FOOT.format(name=name), nlp).head.signer is None


PLACES = [
    ("Làm đường trục thôn Nà Sâm - Pác Cuồng rộng 3 m.", [("Nà Sâm", "bản"), ("Pác Cuồng", "bản")]),
    ("Còn 2 xã chưa đạt gồm Mai Thượng và Đồng Lũng.", [("Mai Thượng", "xã"), ("Đồng Lũng", "xã")]),
    ("Người Khơ Mú chiếm phần lớn dân bản.", []),
]


@pytest.mark.parametrize(("text", "places"), PLACES)
def test_places_of_no_list(text: str, places: list[tuple[str, str]], nlp) -> None:  # type: ignore[no-untyped-def]
    assert [(row.name, row.kind) for row in extracted(text, nlp).places] == places


def test_the_figures_of_a_document_do_not_hang_on_the_component(nlp) -> None:  # type: ignore[no-untyped-def]
    text = "\n".join(one.text for one in sentences(SENTENCES))
    rules = annotate(outline(document(text)), pipeline(), knowledge())
    found, problems = run(EXTRACTORS, rules, knowledge())
    assert not problems
    trained = extracted(text, nlp)
    for table in ("criteria", "percentages", "budgets", "quantities"):
        assert getattr(trained, table) == getattr(found, table)
