"""What the core needs to know, loaded once a worker: knowledge, entity pipeline, repair models."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ntm_extract.edges.data import load_knowledge, load_limits
from ntm_extract.edges.folders import models_folder
from ntm_extract.edges.models import load_confidence, load_repairer, with_channels
from ntm_extract.edges.nlp import load_nlp

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

    from ntm_extract.checks.confidence import Confidence
    from ntm_extract.checks.view import Limit
    from ntm_extract.knowledge import Knowledge
    from ntm_extract.repair import Repairer


class Resources(NamedTuple):
    """Everything that is loaded before the first document and never changes after."""

    knowledge: Knowledge
    nlp: Language
    repairer: Repairer
    limits: tuple[Limit, ...]
    confidence: Confidence


def load_resources(channel: Path | None = None) -> Resources:
    """Load data files and models, and an archive's own channel if there is one.

    Raises MissingError or ConfigError, in one line, if any is not there or not ours.
    """
    knowledge = load_knowledge()
    repairer = load_repairer(models_folder())
    own = with_channels(repairer, channel) if channel else repairer
    return Resources(knowledge, load_nlp(knowledge), own, load_limits(), load_confidence(models_folder()))
