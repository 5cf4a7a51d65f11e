"""Whether figures are printed with their line, or were filled in by hand or stamp: by size and level of their ink."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from ntm_extract.image.components import page_components
from ntm_extract.image.page import Pixels
from ntm_extract.image.signs import DIGIT

PIECE = 0.35  # of a capital's height: smaller ink is a speck, a mark, a rest of dots
AS_TALL = 0.14  # of a capital's height by which a printed digit may be taller or lower
ON_LINE = 0.2  # of a capital's height by which its foot may stand off the line
HALVES = 1.5  # pixels by which rounding may tell them wrongly
OVER, UNDER = 1.7, 0.8  # heights of a capital over and under the foot of a line that are its own
SLASH = 0.75, 0.5  # of a capital's height: the greatest width of a slash; how much higher its right third lies


class Print(Struct, frozen=True):
    """The printed signs beside: height of a capital, or of a digit, and where its foot stands, in pixels."""

    height: float
    foot: float


class Piece(Struct, frozen=True):
    """A piece of ink on the page: left edge, foot, width, height, and how much higher its right third lies."""

    x: int
    foot: int
    width: int
    height: int
    rising: float


def tallest(grey: Pixels, area: tuple[float, float, float, float]) -> Print | None:
    """Height and foot of the tall signs in a rectangle (left, top, right, bottom); None where there are too few."""
    found = _pieces(grey, *area)
    if not found:
        return None
    least = 0.8 * float(np.percentile([p.height for p in found], 90))
    tall = [(p.height, p.foot) for p in found if p.height >= least]
    return Print(*(float(v) for v in np.median(tall, axis=0))) if len(tall) > 1 else None


def as_printed(
    grey: Pixels, view: tuple[float, float], between: tuple[float, float], beside: Print, digits: int, *, slash: bool
) -> bool:
    """Whether between two columns so many digits stand and nothing else, as tall as the print beside and on its line.

    `view`: the columns within which pieces of ink are looked at, so that none is cut. With `slash` one must follow.
    """
    h = beside.height
    found = _pieces(grey, view[0], beside.foot - OVER * h, view[1], beside.foot + UNDER * h)
    count = 0
    for piece in found:
        if not between[0] < piece.x + piece.width / 2 < between[1] or max(piece.width, piece.height) < PIECE * h:
            continue
        if slash and count == digits:
            return piece.width <= SLASH[0] * h and piece.rising >= SLASH[1] * h
        tall = abs(piece.height - h) <= max(HALVES, AS_TALL * h)
        if not tall or abs(piece.foot - beside.foot) > max(HALVES, ON_LINE * h):
            return False
        count += max(1, round(piece.width / (DIGIT * h)))
    return count == digits and not slash


def _pieces(grey: Pixels, x0: float, y0: float, x1: float, y1: float) -> list[Piece]:
    """The pieces of ink in a rectangle, from left to right."""
    left, top = max(0, round(x0)), max(0, round(y0))
    part = grey[top : max(top, round(y1)), left : max(left, round(x1))]
    if not part.size:
        return []
    parts = page_components(part)
    found = []
    for number, (x, y, w, h, _) in enumerate(parts.stats[1:].tolist(), 1):
        ink, third = parts.labels[y : y + h, x : x + w] == number, max(1, w // 3)
        rising = _middle(ink[:, :third]) - _middle(ink[:, -third:])
        found.append(Piece(x=left + x, foot=top + y + h, width=w, height=h, rising=rising))
    return sorted(found, key=lambda p: p.x)


def _middle(ink: np.ndarray) -> float:
    """The mean row of ink."""
    rows = np.nonzero(ink)[0]
    return float(rows.mean()) if rows.size else 0.0
