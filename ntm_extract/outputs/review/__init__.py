"""Review pages: the archive, and each document's facts over its pages, as static files that open from disk."""

from ntm_extract.outputs.review.site import write_review

__all__ = ["write_review"]
