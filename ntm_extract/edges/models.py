"""How the trained models are loaded: arrays are mapped from disk and shared by all workers."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from ntm_extract.checks.confidence import Confidence
from ntm_extract.edges.folders import models_folder
from ntm_extract.edges.store import atomic_path
from ntm_extract.edges.units import load_places
from ntm_extract.problems import ConfigError, MissingError
from ntm_extract.repair import Repairer
from ntm_extract.repair.channel import N_LETTERS, Channel
from ntm_extract.repair.decoder import CaseModel
from ntm_extract.repair.language_model import LanguageModel
from ntm_extract.repair.regimes import REGIMES, Regime

T = TypeVar("T", LanguageModel, CaseModel)


def load_repairer(folder: Path) -> Repairer:
    """The repairer of a models folder. Raises MissingError if a file is not there or not ours."""
    try:
        return Repairer(
            words=tuple((folder / "words.txt").read_text(encoding="utf-8").split("\n")[:-1]),
            language_model=_arrays(folder / "ngrams", LanguageModel),
            case_model=_arrays(folder / "case", CaseModel),
            codes=_codes(folder / "codes.tsv"),
            places=load_places(),
            regimes={name: _regime(folder / "channels", name) for name in REGIMES},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MissingError(
            f"repair models missing or damaged in {folder} ({_short(error)}); set NTM_MODELS or reinstall"
        ) from error


@cache
def shipped_repairer() -> Repairer:
    """The repairer of the models folder in use, loaded once."""
    return load_repairer(models_folder())


def save_channels(path: Path, repairer: Repairer) -> None:
    """Write the channels of a repairer, as `ntm-extract adapt` learned them from an archive, to one file."""
    arrays: dict[str, Any] = {
        f"{name}.{field}": _signs(value) if field == "signs" else value
        for name, regime in repairer.regimes.items()
        for field, value in regime.channel._asdict().items()
    }
    with atomic_path(path) as temporary, temporary.open("wb") as handle:
        np.savez_compressed(handle, **arrays)


def with_channels(repairer: Repairer, path: Path) -> Repairer:
    """The repairer with the channels of a file that save_channels wrote. Raises ConfigError if it is no such file."""
    try:
        if not zipfile.is_zipfile(path):
            raise ValueError("it is no channel file" if path.exists() else "it does not exist")
        with np.load(path, allow_pickle=False) as arrays:
            regimes = {
                name: regime._replace(channel=_channel({f: arrays[f"{name}.{f}"] for f in Channel._fields}))
                for name, regime in repairer.regimes.items()
            }
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise ConfigError(
            f"channel file {path} can't be used ({_short(error)}); make it with: ntm-extract adapt SRC --out {path}"
        ) from error
    return replace(repairer, regimes=regimes)


def _signs(signs: str) -> NDArray[np.uint32]:
    return np.array([ord(c) for c in signs], dtype=np.uint32)


def _channel(parts: Mapping[str, NDArray[Any]]) -> Channel:
    """A channel from its stored arrays. Raises ValueError where they do not fit each other."""
    signs = "".join(chr(c) for c in parts["signs"])
    whole: dict[str, Any] = {
        f: np.ascontiguousarray(a.astype(np.float32) if a.dtype == np.float16 else a)
        for f, a in parts.items()
        if f != "signs"
    }
    channel = Channel(signs=signs, **whole)
    s, p, b = len(signs), channel.two_one.shape[0], channel.one_two.shape[1]
    wanted = ((N_LETTERS, N_LETTERS), (s, s), (N_LETTERS, s), (N_LETTERS,), (s,), (N_LETTERS, b), (p, s), (p, b))
    if tuple(a.shape for a in channel[1:]) != wanted:
        raise ValueError("its tables do not fit each other")
    if channel.pair.max() >= max(p, 1) or channel.bigram.max() >= max(b, 1):
        raise ValueError("its numbers are out of range")
    return channel


def load_confidence(folder: Path) -> Confidence:
    """The confidence model of a models folder. Raises MissingError if it is not there or not ours."""
    path = folder / "confidence.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Confidence)
    except (OSError, ValueError) as error:
        raise MissingError(f"{path} is missing or damaged ({_short(error)}); set NTM_MODELS or reinstall") from error


def save_regime(folder: Path, name: str, regime: Regime) -> None:
    """Write one regime as `name`.npz (its channel) and `name`.json (its weights)."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {field: array for field, array in regime.channel._asdict().items() if field != "signs"}
    half = {f: a.astype(np.float16) if a.dtype == np.float32 else a for f, a in arrays.items()}
    np.savez_compressed(folder / f"{name}.npz", signs=_signs(regime.channel.signs), **half)
    weights = {f: v for f, v in regime._asdict().items() if f != "channel"}
    (folder / f"{name}.json").write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def _regime(folder: Path, name: str) -> Regime:
    with np.load(folder / f"{name}.npz") as arrays:
        channel = _channel({f: arrays[f] for f in Channel._fields})
    weights = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return Regime(channel=channel, **weights)


def _codes(path: Path) -> dict[str, int]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {part: int(count) for part, count in rows}


def _arrays(folder: Path, kind: type[T]) -> T:
    """The arrays of a folder, mapped (a plain view of each, so that compiled code sees one type)."""
    return kind(*(np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in kind._fields))


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__
