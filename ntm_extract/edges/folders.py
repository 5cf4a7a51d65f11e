"""Where the trained models lie."""

from __future__ import annotations

import os
from pathlib import Path


def models_folder() -> Path:
    """NTM_MODELS if set, else models/ beside the package's checkout, else inside the installed package."""
    named = os.environ.get("NTM_MODELS")
    if named:
        return Path(named)
    package = Path(__file__).resolve().parent.parent
    beside = package.parent / "models"
    return beside if (beside / "words.txt").exists() else package / "models"
