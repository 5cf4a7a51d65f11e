"""Repair of OCR'd Vietnamese: candidates, channel, language model, decoder. Pure but for `text`, the library's door."""

from __future__ import annotations

from ntm_extract.repair.plain import Change, Repaired, repair_text
from ntm_extract.repair.repairer import Repairer, frozen, own_noise, repair_lines

__all__ = ["Change", "Repaired", "Repairer", "frozen", "own_noise", "repair_lines", "repair_text", "text"]


def text(text: str) -> Repaired:
    """The text repaired by the shipped models, which are loaded on the first call. Raises MissingError without them."""
    from ntm_extract.edges.models import shipped_repairer  # noqa: PLC0415  # the core does without

    return repair_text(text, shipped_repairer())
