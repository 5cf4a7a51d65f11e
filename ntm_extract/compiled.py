"""The one place where functions are compiled: kept on disk where a folder can be written, else in memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba


def compiled(function: Callable[..., Any]) -> Any:
    """The function as machine code, made on its first call."""
    return _made(function)


def leaf(function: Callable[..., Any]) -> Any:
    """The same for a function that inner loops call and that makes no array: it counts no references.

    Whoever takes an array out of a tuple, or a row out of an array, otherwise notes that it holds it, and a moment
    later that it does not. In a loop that looks up a few numbers these two cost several times the look-up.
    """
    return _made(function, _nrt=False)


def _made(function: Callable[..., Any], **options: Any) -> Any:
    try:
        return numba.njit(cache=True, nogil=True, **options)(function)
    except RuntimeError:  # numba finds no folder to keep the code in
        return numba.njit(nogil=True, **options)(function)
