"""Repair of OCR'd Vietnamese: candidates, channel, language model, decoder. Pure."""
