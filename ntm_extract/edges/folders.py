"""Where the trained models lie, and which they are."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from ntm_extract.problems import ConfigError


def models_folder() -> Path:
    """NTM_MODELS if set, else models/ beside the package's checkout, else inside the installed package."""
    named = os.environ.get("NTM_MODELS")
    if named:
        return Path(named)
    package = Path(__file__).resolve().parent.parent
    beside = package.parent / "models"
    return beside if (beside / "words.txt").exists() else package / "models"


def digest(path: Path) -> str:
    """The first 16 hex digits of a file's SHA-256, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def channel_hash(path: Path) -> str:
    """The first 16 hex digits of a channel file's SHA-256. Raises ConfigError where it can't be read."""
    try:
        return digest(path)
    except OSError as error:
        raise ConfigError(f"can't read channel file {path}: {error.strerror}") from error
