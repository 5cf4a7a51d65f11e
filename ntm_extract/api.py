"""The library: `process` one file, `load` what a run wrote. These two names and what they return are stable.

What they need is loaded when they are called, so that `import ntm_extract` costs nothing.
"""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from ntm_extract.resources import Resources
    from ntm_extract.result import Result
    from ntm_extract.settings import Settings


def process(path: Path | str, settings: Settings | None = None) -> Result:
    """Read one file: its pages with repaired words, its facts and the checks that failed.

    What is wrong with the file is in `result.document.problems`. Raises InputError where there is no such file and
    MissingError where a program, language or model is not installed. Models are loaded at the first call (seconds).
    """
    from msgspec.structs import replace

    from ntm_extract.pipeline import process as process_file
    from ntm_extract.problems import InputError
    from ntm_extract.settings import Settings

    path = Path(path)
    if not path.is_file():
        raise InputError(f"{path} is no file; for a folder use: ntm-extract run {path} --out OUT")
    begin = time.monotonic()
    result = process_file(path, path.name, settings or Settings(), _resources())
    return replace(result, seconds=time.monotonic() - begin)


def load(outputs: Path | str) -> dict[str, pd.DataFrame]:
    """Every table of an output folder, by name, as a typed frame (`string`, `Int64`, `Float64`; unknown is NA).

    Raises InputError where the folder is no output of a run.
    """
    from ntm_extract.outputs.frames import load as load_frames

    return load_frames(outputs)


@cache
def _resources() -> Resources:
    from ntm_extract.resources import load_resources

    return load_resources()
