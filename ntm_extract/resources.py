"""What the core needs to know, loaded once a worker: knowledge, entity pipeline, repair models."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ntm_extract.edges.data import load_knowledge
from ntm_extract.edges.models import load_repairer, models_folder
from ntm_extract.edges.nlp import load_nlp

if TYPE_CHECKING:
    from spacy.language import Language

    from ntm_extract.knowledge import Knowledge
    from ntm_extract.repair import Repairer


class Resources(NamedTuple):
    """Everything that is loaded before the first document and never changes after."""

    knowledge: Knowledge
    nlp: Language
    repairer: Repairer


def load_resources() -> Resources:
    """Load data files and models. Raises MissingError, in one line, if any is not there."""
    knowledge = load_knowledge()
    return Resources(knowledge, load_nlp(knowledge), load_repairer(models_folder()))
