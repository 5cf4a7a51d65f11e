"""The models that are shipped: their probabilities, their size, how they load."""

import time

import numpy as np
import pytest

from ntm_extract.compiled import compiled
from ntm_extract.edges.folders import models_folder
from ntm_extract.edges.models import load_repairer
from ntm_extract.problems import MissingError
from ntm_extract.repair.language_model import step
from ntm_extract.repair.tokens import END, START


def test_probabilities_sum_to_one(repairer):
    lm = repairer.language_model
    contexts = [(START, -1, -1), (END, -1, -1)]
    for text in ("nông thôn mới", "ủy ban nhân", "tỷ lệ hộ"):
        n1, n2, n3 = START, -1, -1
        for word in text.split():
            _, n1, n2, n3 = step(lm, n1, n2, n3, repairer.knowledge.number[word])
        contexts.append((n1, n2, n3))
    for context in contexts:
        total = sum(np.exp(step(lm, *context, word)[0]) for word in range(len(repairer.words)))
        assert total == pytest.approx(1, abs=0.06)  # rounding of the stored logarithms


def test_likely_words_are_likelier(repairer):
    lm, index = repairer.language_model, repairer.knowledge.number
    _, n1, n2, n3 = step(lm, START, -1, -1, index["nông"])
    _, n1, n2, n3 = step(lm, n1, n2, n3, index["thôn"])
    assert step(lm, n1, n2, n3, index["mới"])[0] > step(lm, n1, n2, n3, index["môi"])[0] + 2


def test_missing_models_are_one_line(tmp_path):
    with pytest.raises(MissingError) as caught:
        load_repairer(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_damaged_model_is_missing(tmp_path):
    (tmp_path / "words.txt").write_text("<unk>\n")
    (tmp_path / "ngrams").mkdir()
    (tmp_path / "ngrams" / "prob1.npy").write_bytes(b"no array")
    with pytest.raises(MissingError):
        load_repairer(tmp_path)


def test_models_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("NTM_MODELS", str(tmp_path))
    assert models_folder() == tmp_path


def test_loading_is_quick():
    start = time.perf_counter()
    load_repairer(models_folder())
    assert time.perf_counter() - start < 2  # 0.1 s on an idle machine


def test_models_are_small():
    assert sum(f.stat().st_size for f in models_folder().rglob("*") if f.suffix != ".md") < 25e6


def test_without_a_folder_for_compiled_code(monkeypatch):
    """numba refuses to cache where no folder can be written; then nothing is kept, and all works."""
    calls = []

    def njit(**options):
        calls.append(options)
        if options.get("cache"):
            raise RuntimeError("cannot cache function")
        return lambda function: function

    monkeypatch.setattr("ntm_extract.compiled.numba.njit", njit)
    assert compiled(lambda x: x + 1)(1) == 2
    assert len(calls) == 2
