"""Repair of OCR'd Vietnamese: candidates, channel, language model, decoder. Pure."""

from ntm_extract.repair.repairer import Repairer, repair_lines, repair_text

__all__ = ["Repairer", "repair_lines", "repair_text"]
