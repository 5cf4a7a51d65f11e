"""Checks of a document's facts against each other. Pure."""
