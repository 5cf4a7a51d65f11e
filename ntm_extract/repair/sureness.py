"""How sure a change must be: what the recogniser's confidence says for a word as read, and the margin a change needs.

Measured on scans read by Tesseract `vie`. Nearly all changes of small words with any margin above 0 are right, however
confidently they were read; of capitalised words, many of which are names, those with a small margin are mostly wrong.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

_CONFIDENCES = (0.80, 0.88, 0.915, 0.935, 0.95, 0.96)
_TRUST = (-2.7, -2.4, -1.8, -1.0, -0.6, 1.0)
CASE_SURE = 0.85  # confidence above which capitals are what stood on the paper
NEED_TITLE, NEED_UPPER = 1.3, 2.0  # margins that a change of a confidently read word needs
_NEED_FROM, _NEED_ALL = 0.70, 0.90  # confidences between which the need grows from 0 to the whole


@lru_cache(4096)
def trust(confidence: float | None) -> float:
    """By how much a confidence speaks for a token as read: log-likelihood ratio of right to wrong readings.

    Confidences bunch up above 0.9. 0 where there is none.
    """
    return 0.0 if confidence is None else float(np.interp(confidence, _CONFIDENCES, _TRUST))


def need(core: str, confidence: float | None) -> float:
    """The margin (natural log) above which a word may be read otherwise. 0 where there is no confidence."""
    if confidence is None or not core[:1].isupper():
        return 0.0
    whole = NEED_UPPER if core.isupper() else NEED_TITLE
    return whole * float(np.interp(confidence, (_NEED_FROM, _NEED_ALL), (0.0, 1.0)))


def case_is_sure(confidence: float | None) -> bool:
    """Whether capitals are to be believed, in a reading that knows the marks."""
    return confidence is None or confidence >= CASE_SURE
