"""Image files page by page, and what Pillow opens as pixels."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from ntm_extract.image.page import PageImage, Pixels
from ntm_extract.problems import Code, StageError
from ntm_extract.settings import Settings

Image.MAX_IMAGE_PIXELS = None  # settings.max_pixels is checked here, page by page

A4_WIDTH, A4_HEIGHT = 595.3, 841.9  # points
FINEST_DPI, USUAL_DPI = 400.0, 300.0
ORIENTATION = 0x0112  # the EXIF tag of how a camera was held


def images(
    path: Path, settings: Settings, known: Callable[[int], bool] = lambda number: False
) -> Iterator[PageImage | StageError | None]:
    """The pages of an image file, one by one. A page that can't be decoded comes as its error, a known one as None."""
    try:
        file = Image.open(path)
    except UnidentifiedImageError as error:
        raise StageError(Code.NOT_AN_IMAGE, "the content is no image that can be read") from error
    except Exception as error:  # whatever a decoder raises over a damaged file
        raise StageError(Code.DAMAGED, f"the image can't be opened: {error}") from error
    with file:
        frames = ImageSequence.Iterator(file)
        for number in itertools.count(1):
            try:
                frame = next(frames)
            except StopIteration:
                return
            except Exception as error:  # as above
                yield StageError(Code.DAMAGED, f"the file breaks off: {error}")
                return
            if known(number):
                yield None
                continue
            try:
                check_size(*frame.size, settings)
                yield _of_frame(frame)
            except StageError as error:
                yield error
            except MemoryError:
                yield StageError(Code.OUT_OF_MEMORY, "the image needs more memory than a worker has")
            except Exception as error:  # whatever a decoder raises costs this page only
                yield StageError(Code.DAMAGED, f"the image can't be decoded: {error}")


def _of_frame(frame: Image.Image) -> PageImage:
    across, down = _resolution(frame)
    turned = ImageOps.exif_transpose(frame) if frame.getexif().get(ORIENTATION, 1) != 1 else frame
    if turned.size != frame.size:
        across, down = down, across
    pixels = pixels_of(turned)
    rows, columns = pixels.shape[:2]
    to_points = np.diag([72 / across, 72 / down, 1.0])
    return coarser(PageImage(pixels, to_points, columns * 72 / across, rows * 72 / down))


def _resolution(frame: Image.Image) -> tuple[float, float]:
    """Pixels an inch across and down: what the file says, or that of an A4 page where it says nothing believable."""
    stated: Any = frame.info.get("dpi")
    if isinstance(stated, tuple) and len(stated) == 2:
        across, down = float(stated[0]), float(stated[1])
        # 72 and 96 are what programs write that don't know; an A4 page scanned so low has fewer than 900 columns
        believable = 60 <= across <= 2400 and 60 <= down <= 2400
        if believable and not (across <= 96 and min(frame.size) > 900):
            return across, down
    columns, rows = frame.size
    wide = A4_HEIGHT if columns > rows else A4_WIDTH
    dpi = max(60.0, columns * 72 / wide)
    return dpi, dpi


def pixels_of(image: Image.Image) -> Pixels:
    """Grey or RGB pixels of any Pillow image; transparency becomes white paper."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, (255, 255, 255, 255))
        image = Image.alpha_composite(paper, image).convert("RGB")
    if image.mode.startswith(("I", "F")):  # 16- and 32-bit grey
        deep = np.asarray(image, dtype=np.float64)
        top = 65535.0 if deep.max() > 255 else 255.0
        return np.clip(deep * (255 / top), 0, 255).astype(np.uint8)
    if image.mode not in {"L", "RGB"}:
        image = image.convert("L" if image.mode == "1" else "RGB")
    return np.asarray(image, dtype=np.uint8)


def coarser(image: PageImage) -> PageImage:
    """The image at a usual resolution where it is scanned much finer: that costs memory and shows no letter better."""
    return image.straightened(0.0, USUAL_DPI / image.dpi) if image.dpi > FINEST_DPI else image


def check_size(columns: float, rows: float, settings: Settings) -> None:
    """Raise StageError for a page too large to hold in memory, or too small to hold a letter."""
    if columns * rows > settings.max_pixels:
        raise StageError(Code.TOO_LARGE, f"the page has {columns:.0f} × {rows:.0f} pixels")
    if columns < 16 or rows < 16:
        raise StageError(Code.RENDER_FAILED, f"the page has only {columns:.0f} × {rows:.0f} pixels")
