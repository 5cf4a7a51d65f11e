"""From a file to a Document: words of its pages, doubtful ones and figures read again, tables cell by cell."""

from ntm_extract.reading.document import read

__all__ = ["read"]
