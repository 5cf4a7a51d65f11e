"""Where the trained models lie, and how they are loaded: arrays are mapped from disk and shared by all workers."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from ntm_extract.problems import MissingError
from ntm_extract.repair import Repairer
from ntm_extract.repair.channel import Channel
from ntm_extract.repair.decoder import CaseModel
from ntm_extract.repair.language_model import LanguageModel
from ntm_extract.repair.regimes import Regime

T = TypeVar("T", LanguageModel, CaseModel)
REGIMES = ("light", "heavy", "bare")


def models_folder() -> Path:
    """NTM_MODELS if set, else models/ beside the package's checkout, else inside the installed package."""
    named = os.environ.get("NTM_MODELS")
    if named:
        return Path(named)
    package = Path(__file__).resolve().parent.parent
    beside = package.parent / "models"
    return beside if (beside / "words.txt").exists() else package / "models"


def load_repairer(folder: Path) -> Repairer:
    """The repairer of a models folder. Raises MissingError if a file is not there or not ours."""
    try:
        return Repairer(
            words=tuple((folder / "words.txt").read_text(encoding="utf-8").split("\n")[:-1]),
            language_model=_arrays(folder / "ngrams", LanguageModel),
            case_model=_arrays(folder / "case", CaseModel),
            codes=_codes(folder / "codes.tsv"),
            regimes={name: _regime(folder / "channels", name) for name in REGIMES},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MissingError(
            f"repair models missing or damaged in {folder} ({_short(error)}); set NTM_MODELS or reinstall"
        ) from error


def save_regime(folder: Path, name: str, regime: Regime) -> None:
    """Write one regime as `name`.npz (its channel) and `name`.json (its weights)."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {field: array for field, array in regime.channel._asdict().items() if field != "signs"}
    signs = np.array([ord(c) for c in regime.channel.signs], dtype=np.uint32)
    half = {f: a.astype(np.float16) if a.dtype == np.float32 else a for f, a in arrays.items()}
    np.savez_compressed(folder / f"{name}.npz", signs=signs, **half)
    weights = {f: v for f, v in regime._asdict().items() if f != "channel"}
    (folder / f"{name}.json").write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def _regime(folder: Path, name: str) -> Regime:
    with np.load(folder / f"{name}.npz") as arrays:
        parts = {f: np.ascontiguousarray(arrays[f]) for f in Channel._fields if f != "signs"}
        signs = "".join(chr(c) for c in arrays["signs"])
    whole: dict[str, Any] = {f: a.astype(np.float32) if a.dtype == np.float16 else a for f, a in parts.items()}
    weights = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return Regime(channel=Channel(signs=signs, **whole), **weights)


def _codes(path: Path) -> dict[str, int]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {part: int(count) for part, count in rows}


def _arrays(folder: Path, kind: type[T]) -> T:
    """The arrays of a folder, mapped (a plain view of each, so that compiled code sees one type)."""
    return kind(*(np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in kind._fields))


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__
