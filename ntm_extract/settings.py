"""One frozen Settings from a TOML file and the command line; every limit has its unit in its name or comment."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from ntm_extract.problems import ConfigError


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a run can be told. Fields that change results are part of the key of what is stored."""

    language: str = "vie"  # Tesseract language(s), joined by +
    recogniser: Literal["auto", "pytesseract"] = "auto"  # auto: tesserocr where it is installed, else pytesseract
    dpi: Annotated[int, Meta(ge=72, le=1200)] = 300  # at which pages that are not one scan image are rendered
    repair: bool = True  # False keeps the text as recognised (to measure what repair does)
    channel: str = ""  # file of an archive's own noise, made by `ntm-extract adapt`; in a key by its content
    max_pages: Annotated[int, Meta(ge=1)] = 2000  # of one document; the rest is listed as a problem
    max_pixels: Annotated[int, Meta(ge=1_000_000)] = 150_000_000  # of one page image
    page_seconds: Annotated[float, Meta(gt=0)] = 120.0  # for drawing and reading one page
    document_seconds: Annotated[float, Meta(gt=0)] = 3600.0  # for reading one document; the rest is listed as a problem
    interpret_seconds: Annotated[float, Meta(gt=0)] = 300.0  # for the repair and the facts of one document
    memory_mb: Annotated[int, Meta(ge=256)] = 1536  # MiB of data of one worker, and again of a program that it runs
    output_mb: Annotated[int, Meta(ge=1)] = 512  # MiB that a program may write, to us or to temporary files
    review_below: Annotated[float, Meta(ge=0, le=1)] = 0.97  # a fact of lower confidence needs a look


LIMITS = ("max_pages", "max_pixels", "page_seconds", "document_seconds", "interpret_seconds", "memory_mb", "output_mb")
"""A document that one of these cut short is done again when they change; any other is not."""
INTERPRETATION = ("repair", "channel")
"""These change what follows reading, never what was read."""
SHOWING = ("review_below",)
"""These change neither. Every other field is part of what a document was read under."""


def load_settings(path: Path | None) -> Settings:
    """Settings from a TOML file with a table [ntm-extract], or the defaults. Raises ConfigError in one line."""
    if path is None:
        return Settings()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"can't read settings file {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"settings file {path} is no valid TOML: {error}") from error
    try:
        return msgspec.convert(data.get("ntm-extract", {}), Settings)
    except msgspec.ValidationError as error:
        raise ConfigError(f"settings file {path}, table [ntm-extract]: {error}") from error
