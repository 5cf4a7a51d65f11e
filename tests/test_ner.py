"""Tokens and entities of invented sentences; the examples of the data files are run here."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.training import Example

from ntm_extract.edges.nlp import load_nlp
from ntm_extract.ner.labels import LABELS, LAW
from ntm_extract.ner.laws import LawReader
from ntm_extract.ner.tokenizer import make_tokenizer
from tests.names import knowledge, pipeline, read


def tokens(text: str) -> list[str]:
    return [t.text for t in pipeline().make_doc(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(đạt 1.204,75ha)", ["(", "đạt", "1.204,75", "ha", ")"]),
        ("Kế hoạch 31/KH-UBND, 08-NQ/ĐU;", ["Kế", "hoạch", "31/KH-UBND", ",", "08-NQ/ĐU", ";"]),
        ("giai đoạn 2021-2025:", ["giai", "đoạn", "2021", "-", "2025", ":"]),
        ("dài 7,5km2", ["dài", "7,5", "km2"]),
        ("xã Nậm Xèo1.", ["xã", "Nậm", "Xèo", "1", "."]),
        ("còn nghèo.Năm nay", ["còn", "nghèo", ".", "Năm", "nay"]),
        ("đạt 92,5%", ["đạt", "92,5", "%"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def entities(text: str) -> list[tuple[str, str, str]]:
    (passage,) = read(text).passages
    return [(e.label, passage.text[e.start : e.end], e.key) for e in passage.entities]


PLACES = [
    ("họp tại xã Púng Luông, huyện Mù Căng Chải", ["xã:Púng Luông", "huyện:Mù Căng Chải"]),
    ("gồm các xã: Tú Lệ, Nậm Xèo, Gia Hội và Sơn A", ["xã:Tú Lệ", "xã:Nậm Xèo", "xã:Gia Hội", "xã:Sơn A"]),
    ("có 03 xã (Tú Lệ, Gia Hội) khó khăn", []),
    ("03 xã Tú Lệ, Nậm Xèo, Gia Hội đạt chuẩn", ["xã:Tú Lệ", "xã:Nậm Xèo", "xã:Gia Hội"]),
    ("các xã: Tú Lệ (15 tiêu chí), Gia Hội (12 tiêu chí)", ["xã:Tú Lệ", "xã:Gia Hội"]),
    ("UBND HUYỆN VĂN CHẤN NĂM 2023", ["huyện:Văn Chấn"]),
    ("hai bản Huổi Tao, Nà Pin làm điểm", ["bản:Huổi Tao", "bản:Nà Pin"]),
    ("các văn bản Số 12 và bản đồ quy hoạch", []),
    ("phát triển kinh tế xã hội; XÃ HỘI HÓA", []),
    ("Chủ tịch UBND huyện Lò Văn Páo phát biểu", []),
    ("ở nông thôn: Xây dựng nhà văn hóa", []),
    ("tỉnh Lào Cai và Yên Bái", ["tỉnh:Lào Cai", "tỉnh:Yên Bái"]),
    ("huyen Van Chan, tinh Yen Bai", ["huyện:Văn Chấn", "tỉnh:Yên Bái"]),
    ("TP. Hồ Chí Minh học tập tư tưởng Hồ Chí Minh", ["tỉnh:Hồ Chí Minh"]),
    ("thành phố Yên Bái, tỉnh Yên Bái, thành phố Hà Nội", ["huyện:Yên Bái", "tỉnh:Yên Bái", "tỉnh:Hà Nội"]),
    ("Huyện ủy Văn Chấn", ["huyện:Văn Chấn"]),
    ("xã Tú Lệ Thượng và xã Tú Lệ Báo cáo", ["xã:Tú Lệ Thượng", "xã:Tú Lệ"]),
    ("Huyện ủy, UBND huyện, Đảng ủy xã chỉ đạo", []),
]


@pytest.mark.parametrize(("text", "keys"), PLACES)
def test_places(text: str, keys: list[str]) -> None:
    assert [key for label, _, key in entities(text) if label == "PLACE"] == keys


def test_organisations_and_terms() -> None:
    found = entities("Chủ tịch UBND huyện Văn Chấn giao Phòng Kinh tế lo vốn ngân sách tỉnh cho Chương trình OCOP")
    assert ("ORG", "Chủ tịch UBND huyện", "UBND") in found
    assert ("ORG", "Phòng Kinh tế", "Phòng Kinh tế") in found
    assert any(label == "SOURCE" and key == "ngân sách tỉnh" for label, _, key in found)
    assert ("PROGRAMME", "Chương trình OCOP", "Chương trình mỗi xã một sản phẩm") in found


def test_examples_of_the_document_kinds() -> None:
    reader = LawReader(knowledge().lexicon)
    for kind in knowledge().lexicon.kinds:
        assert kind.examples
        for example in kind.examples:
            (cited,) = reader.read(f"Căn cứ {example} của cơ quan")
            assert cited.kind == kind.name, example
            assert example.endswith(cited.number)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "xã",
                "các xã:",
                "Tú Lệ",
                ",",
                "và",
                "số",
                "12/KH-UBND",
                "Luật",
                "Đất đai",
                "(",
                ")",
                "\u0301",
                "UBND",
                "huyện",
                "-",
                "5",
                "ngày 2/3/2020",
                ".",
            ]
        ),
        max_size=14,
    )
)
def test_entities_are_sorted_apart_and_inside(words: list[str]) -> None:
    for passage in read(" ".join(words)).passages:
        end = 0
        for entity in passage.entities:
            assert end <= entity.start < entity.end <= len(passage.text)
            assert entity.label in LABELS
            assert entity.key
            end = entity.end


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9999), st.sampled_from(["QĐ-UBND", "NQ-HĐND", "KH-BCĐ", "QD-UBND", "QĐ-XYZ"]))
def test_digits_of_a_number_are_never_changed(number: int, code: str) -> None:
    found = [e for e in entities(f"theo Quyết định số {number}/{code} ngày 2/3/2020") if e[0] == LAW]
    assert [key.split("|")[1].split("/")[0] for _, _, key in found] == [str(number)]


def test_speed() -> None:
    text = (
        "UBND xã Tú Lệ thực hiện Quyết định số 12/QĐ-UBND ngày 2/3/2020 của UBND tỉnh Yên Bái về vốn ngân sách tỉnh. "
        * 6
    )
    nlp = pipeline()
    list(nlp.pipe([text] * 3))
    began = time.perf_counter()
    list(nlp.pipe([text] * 60))
    assert (
        len(text.encode()) * 60 / (time.perf_counter() - began) > 100_000
    )  # bytes a second, with room for a busy machine


def test_a_trained_component_joins_and_gives_way_to_the_rulers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "ông Lò Văn Páo họp ở xã Tú Lệ"
    spacy.util.fix_random_seed(1)
    blank = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    blank.tokenizer = make_tokenizer(blank)
    trained = blank.add_pipe("ner")
    assert hasattr(trained, "add_label")
    trained.add_label("PERSON")
    examples = [Example.from_dict(blank.make_doc(text), {"entities": [(4, 14, "PERSON"), (24, 29, "PERSON")]})] * 4
    blank.initialize(lambda: examples)
    for _ in range(20):
        blank.update(examples)
    blank.to_disk(tmp_path / "ner")
    monkeypatch.setattr("ntm_extract.edges.nlp.models_folder", lambda: tmp_path)
    found = {(e.text, e.label_) for e in load_nlp(knowledge())(text).ents}
    assert ("Tú Lệ", "PLACE") in found
    assert any(label == "PERSON" for _, label in found)
