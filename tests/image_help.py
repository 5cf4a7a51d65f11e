"""Typed pages for the tests of images."""

from __future__ import annotations

import cv2
import numpy as np

from ntm_extract.image.page import PageImage, Pixels

ROWS = (
    "Bao cao ket qua thang sau cua xa Tan Lap, huyen Dong Soi",
    "Toan xa co 12 thon, trong do 9 thon dat chuan theo bo tieu chi",
    "- Duong lien thon: 14,5 km, da be tong hoa 11,2 km, dat 77,2%",
    "Von dau tu 4.250 trieu dong, nhan dan dong gop 310 trieu dong",
)


def typed(dpi: int = 150, lines: int = 28) -> Pixels:
    """An A4 page of level text, black on white."""
    page = np.full((round(11.69 * dpi), round(8.27 * dpi)), 255, np.uint8)
    scale = dpi / 150
    for i in range(lines):
        at = (round(110 * scale), round((140 + 48 * i) * scale))
        cv2.putText(page, ROWS[i % len(ROWS)], at, cv2.FONT_HERSHEY_COMPLEX, 0.8 * scale, 0, max(1, round(2 * scale)))
    return page


def on_paper(pixels: Pixels, dpi: float = 150) -> PageImage:
    rows, columns = pixels.shape[:2]
    return PageImage(pixels, np.diag([72 / dpi, 72 / dpi, 1.0]), columns * 72 / dpi, rows * 72 / dpi)
