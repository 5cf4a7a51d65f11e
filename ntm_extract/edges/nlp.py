"""Loads the entity pipeline: rulers from the data files and, where it was trained, the component in models/ner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy

from ntm_extract.edges.folders import models_folder
from ntm_extract.ner.pipeline import build

if TYPE_CHECKING:
    from spacy.language import Language

    from ntm_extract.knowledge import Knowledge


def load_nlp(knowledge: Knowledge) -> Language:
    """The pipeline, ready for texts. Called once a worker (a tenth of a second)."""
    nlp = build(knowledge, knowledge.lexicon)
    trained = models_folder() / "ner"
    if (trained / "config.cfg").is_file():
        nlp.add_pipe("ner", source=spacy.load(trained, exclude=["tokenizer", "vocab"]), before="ntm_settle")
    return nlp
