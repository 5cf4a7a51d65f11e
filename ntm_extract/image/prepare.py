"""A page image made ready for the recogniser, step by step, each taken only where the page shows need of it."""

from __future__ import annotations

import msgspec
import numpy as np

from ntm_extract.image.borders import bare
from ntm_extract.image.components import page_components, painted_over
from ntm_extract.image.ink import separate
from ntm_extract.image.leaders import leaders
from ntm_extract.image.letters import best_scale, capital_height, contrast, ink_share
from ntm_extract.image.page import PageImage
from ntm_extract.image.paper import even
from ntm_extract.image.skew import sideways_and_skew, skew
from ntm_extract.image.specks import specks
from ntm_extract.model import PageQuality

LEAST_SKEW = 0.3  # degrees; the recogniser copes with less, and turning costs sharpness
SCALES = (0.2, 3.0)
CLOSE_ENOUGH = 0.08  # a scale this near to 1 is not worth resampling for


def prepare(image: PageImage, rotation: int | None = None) -> tuple[PageImage, PageQuality]:
    """A grey, level page with capitals of the height that the recogniser likes, and what was found on the way.

    `rotation` (degrees clockwise) is how to set it upright; None finds whether text runs sideways. Which of its two
    sides is then up only reading can tell.
    """
    grey, stamps = separate(image.pixels)
    grey, edges = bare(grey, image.dpi)
    page = image.with_pixels(grey)
    if rotation is None:
        lying, angle = sideways_and_skew(grey, page.dpi)
        rotation = 90 if lying else 0
        page = page.upright(rotation)
    else:
        page = page.upright(rotation)
        angle = skew(page.pixels, page.dpi)
    seen = contrast(page.pixels)
    grey, shining = even(page.pixels)
    capital = capital_height(grey, page.dpi)
    parts = page_components(grey)
    dots, rows = leaders(parts, capital)
    dust = np.setdiff1d(specks(parts, capital), dots)
    gone = np.concatenate((dots, dust))
    page = page.with_pixels(painted_over(grey, parts, gone) if len(gone) else grey)
    scale = min(max(best_scale(grey, capital), SCALES[0]), SCALES[1])
    if abs(scale - 1) < CLOSE_ENOUGH:
        scale = 1.0
    page = page.straightened(angle if abs(angle) >= LEAST_SKEW else 0.0, scale)
    return page, PageQuality(
        skew=angle,
        rotation=rotation,
        stamp_area=stamps,
        ink=ink_share(page.pixels),
        contrast=seen,
        noise=round(len(dust) * 72 * 72 / (page.width * page.height), 2),
        edges=edges,
        shining=shining,
        leaders=rows,
    )


def turned(image: PageImage, quality: PageQuality, rotation: int) -> tuple[PageImage, PageQuality]:
    """A prepared page set upright by 90, 180 or 270 degrees clockwise."""
    return image.upright(rotation), msgspec.structs.replace(quality, rotation=(quality.rotation + rotation) % 360)
