"""What scanners, photocopiers and fax machines do to a clean page: array -> array, seeded and parameterised.

    page = degrade(image, LEVELS["poor"], numpy.random.default_rng(7))

`image` is uint8, gray (height, width) or RGB (height, width, 3), drawn at BASE_DPI with dark ink on white paper. The
result is uint8 at `level.dpi`: gray for gray and RGB for RGB, but always gray with only 0 and 255 where the level is
`bilevel`. The size is that of the page at the new resolution; a skewed page loses its corners, as in a scanner.
The same image, level and generator state give the same bytes (with the same versions of numpy and OpenCV).

Each amplitude of a Level is the most that may happen: every page draws its own strength between half of it and all.
"""

from __future__ import annotations

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Field = NDArray[np.float32]

BASE_DPI = 300
PAPER = 255


class Level(Struct, frozen=True, kw_only=True):
    """How badly a page is treated. Lengths are in inches so that a level means the same at any resolution."""

    dpi: int = 300
    skew: float = 0.0  # degrees, to either side
    bend: float = 0.0  # inches by which straight lines of text wave: paper not lying flat
    spread: float = 0.0  # inches by which strokes run (> 0, photocopied ink) or thin out (< 0, dry toner)
    ink_loss: float = 0.0  # 0..1: share of ink missing at the worst spots
    blur: float = 0.0  # inches, sigma of the lens
    light: float = 0.0  # gray levels between the brightest and the darkest part of the paper
    paper: float = 0.0  # gray levels by which all paper is darker than white
    noise: float = 0.0  # gray levels, sigma of the sensor
    speckle: float = 0.0  # dark specks to the square inch
    dropout: float = 0.0  # white specks to the square inch
    streaks: float = 0.0  # full-length scratches to the page
    edge: float = 0.0  # inches of dark shadow along one or two borders
    bilevel: bool = False  # black and white only
    threshold: tuple[float, float] = (120.0, 170.0)  # gray level under which a pixel turns black, drawn from this range


LEVELS: dict[str, Level] = {
    "clean": Level(),
    "office": Level(
        dpi=300,
        skew=0.5,
        spread=0.0004,
        ink_loss=0.06,
        blur=0.0022,
        light=8,
        paper=6,
        noise=2.4,
        speckle=0.15,
        dropout=1.0,
    ),
    "poor": Level(
        dpi=200,
        skew=1.6,
        bend=0.012,
        spread=-0.0006,
        ink_loss=0.45,
        blur=0.0042,
        light=45,
        paper=16,
        noise=11,
        speckle=3.5,
        dropout=14,
        streaks=1.2,
        edge=0.12,
    ),
    "photocopy": Level(
        dpi=300,
        skew=1.0,
        bend=0.006,
        spread=0.0014,
        ink_loss=0.30,
        blur=0.0030,
        light=25,
        noise=14,
        speckle=4.0,
        dropout=10,
        streaks=2.0,
        edge=0.35,
        bilevel=True,
        threshold=(135, 165),
    ),
    "fax": Level(
        dpi=200,
        skew=0.8,
        bend=0.004,
        spread=0.0004,
        ink_loss=0.22,
        blur=0.0032,
        light=12,
        noise=13,
        speckle=2.5,
        dropout=8,
        streaks=2.0,
        bilevel=True,
        threshold=(140, 170),
    ),
}


def degrade(image: Image, level: Level, rng: np.random.Generator) -> Image:
    """The page as it comes out of the machine; see the module's head for shapes and units."""
    if image.dtype != np.uint8 or image.ndim not in (2, 3):
        raise ValueError(f"want a uint8 gray or RGB image, got {image.dtype} {image.shape}")
    if level.bilevel and image.ndim == 3:
        image = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)
    page = _resample(image, level.dpi)
    page = _spread(page, _some(rng, level.spread) * level.dpi)
    page = _lose_ink(page, _some(rng, level.ink_loss), level.dpi, rng)
    page = _specks(page, _some(rng, level.dropout), level.dpi, PAPER, rng)
    page = _lay_down(page, _some(rng, level.skew) * rng.choice((-1, 1)), _some(rng, level.bend) * level.dpi, rng)
    page = _specks(page, _some(rng, level.speckle), level.dpi, 0, rng)
    page = _streaks(page, _some(rng, level.streaks), rng)
    if level.blur:
        page = np.asarray(cv2.GaussianBlur(page, (0, 0), max(0.2, _some(rng, level.blur) * level.dpi)), np.uint8)
    shade = _light(page.shape[:2], level, rng)
    if level.noise:
        shade += _grain(page.shape[:2], _some(rng, level.noise), rng)
    darker = page.astype(np.float32)
    darker += shade[..., None] if page.ndim == 3 else shade
    if level.bilevel:
        return np.where(darker < rng.uniform(*level.threshold), 0, PAPER).astype(np.uint8)
    return np.clip(np.rint(darker), 0, PAPER).astype(np.uint8)


def _some(rng: np.random.Generator, most: float) -> float:
    return float(rng.uniform(0.5, 1.0)) * most


def _resample(image: Image, dpi: int) -> Image:
    if dpi == BASE_DPI:
        return image.copy()
    height, width = (round(side * dpi / BASE_DPI) for side in image.shape[:2])
    how = cv2.INTER_AREA if dpi < BASE_DPI else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(image, (width, height), interpolation=how), np.uint8)


def _spread(page: Image, pixels: float) -> Image:
    """Let strokes run or thin out by a fraction of a pixel: a blend with the page one pixel fatter or thinner."""
    if not pixels:
        return page
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    moved = cv2.erode(page, cross) if pixels > 0 else cv2.dilate(page, cross)  # ink is dark: eroding white fattens it
    share = min(1.0, abs(pixels))
    return np.asarray(cv2.addWeighted(moved, share, page, 1 - share, 0), np.uint8)


def _lose_ink(page: Image, most: float, dpi: int, rng: np.random.Generator) -> Image:
    """Pale patches (a hand wide) times fine gaps in the strokes (a tenth of a millimetre)."""
    if not most:
        return page
    patches = _smooth_noise(page.shape[:2], dpi * 1.5, rng)
    gaps = _smooth_noise(page.shape[:2], dpi * 0.008, rng)
    kept = 1 - most * np.clip(0.35 + 0.5 * patches, 0, 1) * np.clip(0.5 + gaps, 0, 1.6)
    kept = np.clip(kept, 0, 1)
    ink = (PAPER - page).astype(np.float32) * (kept[..., None] if page.ndim == 3 else kept)
    return np.asarray(PAPER - np.rint(ink), np.uint8)


def _specks(page: Image, per_inch: float, dpi: int, shade: int, rng: np.random.Generator) -> Image:
    """Round specks of one to four hundredths of an inch: small ones often, large ones seldom."""
    height, width = page.shape[:2]
    count = int(rng.poisson(per_inch * height * width / dpi**2)) if per_inch else 0
    colour = (shade,) * 3 if page.ndim == 3 else (shade,)
    xs, ys = rng.integers(0, width, count), rng.integers(0, height, count)
    radii = np.minimum(0.003 + rng.exponential(0.0022, count), 0.02) * dpi
    for x, y, radius in zip(xs.tolist(), ys.tolist(), radii.tolist(), strict=True):
        if radius < 1:
            page[y, x] = shade
        else:
            cv2.ellipse(page, (x, y), (round(radius), max(1, round(radius * 0.7))), float(x % 180), 0, 360, colour, -1)
    return page


def _streaks(page: Image, count: float, rng: np.random.Generator) -> Image:
    """Scratches of the glass: thin vertical lines over a part of the page, pale or dark."""
    height, width = page.shape[:2]
    for _ in range(int(rng.poisson(count)) if count else 0):
        x, top = int(rng.integers(0, width)), int(rng.integers(0, height // 2))
        bottom = top + int(rng.integers(height // 6, height // 2))
        shade = int(rng.choice((90, 150, PAPER)))
        strip = page[top:bottom, x]
        page[top:bottom, x] = np.maximum(strip, shade) if shade == PAPER else np.minimum(strip, shade)
    return page


def _lay_down(page: Image, degrees: float, bend: float, rng: np.random.Generator) -> Image:
    """Turn the page about its middle and let it wave gently from side to side; new corners are paper."""
    if not degrees and not bend:
        return page
    height, width = page.shape[:2]
    turn = np.deg2rad(degrees)
    x = np.arange(width, dtype=np.float32) - width / 2
    y = np.arange(height, dtype=np.float32)[:, None] - height / 2
    wave = bend * np.sin(
        np.float32(2 * np.pi * rng.uniform(0.4, 0.9) / width) * x + np.float32(rng.uniform(0, 2 * np.pi))
    )
    source_x = (np.float32(np.cos(turn)) * x + np.float32(np.sin(turn)) * y + width / 2).astype(np.float32)
    source_y = (np.float32(np.cos(turn)) * y - np.float32(np.sin(turn)) * x + height / 2 + wave).astype(np.float32)
    paper = (PAPER,) * 3
    turned = cv2.remap(page, source_x, source_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=paper)
    return np.asarray(turned, np.uint8)


def _light(shape: tuple[int, int], level: Level, rng: np.random.Generator) -> Field:
    """Gray levels to add (all negative): paper tone, a slope with a soft cloud, shadows at the borders."""
    height, width = shape
    field = np.full(shape, -_some(rng, level.paper), np.float32)
    if level.light:
        angle = rng.uniform(0, 2 * np.pi)
        y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j].astype(np.float32)
        slope = x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle))
        cloud = slope + 0.15 * _smooth_noise(shape, width * 0.4, rng)
        cloud = (cloud - cloud.min()) / max(1e-6, float(np.ptp(cloud)))
        field -= _some(rng, level.light) * cloud
    if level.edge:
        for side in rng.choice(4, size=int(rng.integers(1, 3)), replace=False).tolist():
            reach = _some(rng, level.edge) * level.dpi
            field_from_side = np.rot90(field, side)  # a view: darkens `field` itself
            depth = np.arange(field_from_side.shape[1], dtype=np.float32)
            field_from_side -= 230 * np.exp(-((depth / np.float32(reach * 0.45)) ** 2))[None, :]
    return field


def _grain(shape: tuple[int, int], sigma: float, rng: np.random.Generator) -> Field:
    grain = rng.standard_normal(shape, np.float32)
    grain = 0.6 * grain + 1.6 * cv2.GaussianBlur(grain, (0, 0), 0.8)  # neighbouring pixels share part of it
    return np.asarray(grain * np.float32(sigma), np.float32)


def _smooth_noise(shape: tuple[int, int], grain: float, rng: np.random.Generator) -> Field:
    """Noise of mean 0 and spread near 1 whose spots are `grain` pixels wide."""
    step = max(1.0, grain)
    coarse = rng.standard_normal((int(shape[0] / step) + 3, int(shape[1] / step) + 3), np.float32)
    return np.asarray(cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), np.float32)
