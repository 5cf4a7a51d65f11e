"""Draws set sheets: black text and rules, a red seal, a signature in blue. Sheet in, RGB array at DPI out."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from training.typeset import MM, PT, RULE, Sheet, Style

INK = (28, 28, 30)
BLUE = (38, 52, 150)
SEAL_RED = (206, 36, 48)


def draw(sheet: Sheet, seal: str, rng: np.random.Generator) -> NDArray[np.uint8]:
    """The clean page, uint8 (height, width, 3). `seal` is the text around the seal; `rng` varies seal and signature."""
    page = Image.new("RGB", sheet.size, "white")
    pen = ImageDraw.Draw(page)
    for x0, y0, x1, y1 in sheet.rules:
        pen.line((round(x0), round(y0), round(x1), round(y1)), INK, RULE)
    for line in sheet.reading:
        for piece in line.pieces:
            colour = BLUE if piece.style.inked else INK
            pen.text((piece.x, line.y + piece.dy), piece.text, colour, piece.style.font, anchor="ls")
    array = np.asarray(page).copy()
    if sheet.signature:
        blend(array, sheet.signature, _signature(rng), BLUE)
    if sheet.seal:
        blend(array, sheet.seal, _seal(seal, rng), SEAL_RED)
    return array


def blend(
    page: NDArray[np.uint8], centre: tuple[float, float], ink: NDArray[np.float32], colour: tuple[int, int, int]
) -> None:
    """Lay transparent ink (0..1) over the page: light is multiplied, as with real stamps."""
    height, width = ink.shape
    left, top = round(centre[0] - width / 2), round(centre[1] - height / 2)
    view = page[top : top + height, left : left + width]
    through = 1 - ink[: view.shape[0], : view.shape[1], None] * (1 - np.array(colour, np.float32) / 255)
    view[:] = np.rint(view * through).astype(np.uint8)


def _seal(text: str, rng: np.random.Generator) -> NDArray[np.float32]:
    """A round seal of 36 mm: two rings, a star, the text along the upper ring, a name between small stars below."""
    radius = 18 * MM
    side = int(2 * radius + 20)
    mask = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(mask)
    middle = side / 2

    def ring(r: float, width: int) -> None:
        pen.ellipse((middle - r, middle - r, middle + r, middle + r), outline=255, width=width)

    ring(radius, 9)
    ring(radius - 16, 3)
    ring(radius * 0.60, 4)
    corners = [
        (middle + radius * k * np.sin(a), middle - radius * k * np.cos(a))
        for a, k in ((np.pi / 5 * i, 0.36 if i % 2 == 0 else 0.138) for i in range(10))
    ]
    pen.polygon(corners, fill=255)
    upper, _, lower = text.partition("|")
    _along(mask, upper, radius * 0.79, -112, 112)
    _along(mask, lower, radius * 0.79, 240, 120)
    turned = mask.rotate(float(rng.uniform(-12, 12)), Image.Resampling.BICUBIC)
    patchy = cv2.resize(rng.uniform(0.45, 1.0, (9, 9)).astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC)
    grain = cv2.GaussianBlur(rng.uniform(0, 1, (side, side)).astype(np.float32), (0, 0), 1.6)
    worn = np.clip((grain - 0.36) * 9, 0, 1)  # little gaps where the rubber did not touch
    return np.asarray(np.asarray(turned, np.float32) / 255 * np.clip(patchy, 0, 0.95) * worn, np.float32)


def _along(mask: Image.Image, text: str, radius: float, first: float, last: float) -> None:
    """Letters on a circle from angle `first` to `last` (degrees from the top; backwards: feet to the rim)."""
    if not text:
        return
    font = Style("Tinos", 8.6, bold=True).font
    clockwise = last > first
    widths = [font.getlength(c) for c in text]
    arc = np.rad2deg(sum(widths) / radius)
    spread = min(1.35, abs(last - first) / arc)
    angle = (first + last) / 2 - (arc * spread / 2) * (1 if clockwise else -1)
    for letter, wide in zip(text, widths, strict=True):
        step = np.rad2deg(wide / radius) * spread * (1 if clockwise else -1)
        at = angle + step / 2
        tile = Image.new("L", (120, 120), 0)
        ImageDraw.Draw(tile).text((60, 60), letter, 255, font, anchor="mm")
        tile = tile.rotate(-at if clockwise else 180 - at, Image.Resampling.BICUBIC)
        x = mask.width / 2 + radius * np.sin(np.deg2rad(at)) - 60
        y = mask.height / 2 - radius * np.cos(np.deg2rad(at)) - 60
        mask.paste(255, (round(x), round(y)), tile)
        angle += step


def _signature(rng: np.random.Generator) -> NDArray[np.float32]:
    """A quick pen: one running line of loops, rising and falling, with a flourish under it."""
    width, height = round(52 * MM), round(26 * MM)
    t = np.linspace(0, 1, 420)
    loops = float(rng.uniform(3.5, 6.5))
    tall = height * 0.30 * (0.35 + np.exp(-3.0 * t) + 0.5 * np.sin(np.pi * t * rng.uniform(1.5, 3)) ** 2)
    x = width * (0.12 + 0.68 * t) + width * 0.06 * np.sin(2 * np.pi * loops * t + rng.uniform(0, 6))
    y = height * 0.52 - tall * np.cos(2 * np.pi * loops * t) + height * 0.06 * np.sin(7 * t) - height * 0.12 * t
    tail = np.linspace(0, 1, 90)
    tail_x = x[-1] + width * (0.10 * np.sin(np.pi * tail) - 0.62 * tail)
    tail_y = y[-1] + height * (0.50 * tail - 0.22 * np.sin(np.pi * tail))
    line = np.stack([np.concatenate([x, tail_x]), np.concatenate([y, tail_y])], axis=1)
    canvas = np.zeros((height, width), np.uint8)
    pen = 1.1 * PT * (0.7 + 0.6 * np.abs(np.sin(np.linspace(0, 9, len(line)))))
    for start, end, thick in zip(line[:-1], line[1:], pen[:-1], strict=True):
        a, b = ((int(p[0] * 16), int(p[1] * 16)) for p in (start, end))
        cv2.line(canvas, a, b, 255, max(2, round(float(thick))), cv2.LINE_AA, 4)
    return np.asarray(canvas.astype(np.float32) / 255 * 0.92, np.float32)
