"""The one place where functions are compiled: kept on disk where a folder can be written, else in memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba


def compiled(function: Callable[..., Any]) -> Any:
    """The function as machine code, made on its first call."""
    try:
        return numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # numba finds no folder to keep the code in
        return numba.njit(nogil=True)(function)
