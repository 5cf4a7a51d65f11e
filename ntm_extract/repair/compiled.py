"""The one place where functions are compiled: kept on disk between runs where a folder can be written, else in memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """The function as machine code, made on its first call."""
    try:
        made = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # numba finds no folder to keep the code in
        made = numba.njit(nogil=True)(function)
    return made  # type: ignore[no-any-return]
