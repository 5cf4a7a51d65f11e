"""The picture of the README: a part of a sample page beside the rows that a run read from it.

    ntm-extract run samples/scans --out OUT
    python -m training.samples_picture OUT [--name huyen_nam_cuong_2023 --page 2 --top 215 --bottom 543]

`top` and `bottom` cut the page, in points. Every row is drawn from OUT's tables: number and box as they stand there.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from msgspec import Struct
from pdf2image import convert_from_path
from PIL import Image, ImageDraw, ImageFont

from training.samples import SAMPLES

DPI = 112
SCALE = DPI / 72
LEFT = 50  # points of the page's margin that are cut off at each side
FONT = "/usr/share/fonts/truetype/croscore/Arimo-{}.ttf"
COLOURS = {
    "criteria": (196, 62, 40),
    "percentages": (24, 110, 180),
    "budgets": (20, 130, 70),
    "quantities": (150, 100, 10),
}
COLUMNS = (("table", 0), ("value", 96), ("label or places", 296), ("conf.", 640))
WIDTH, STEP = 700, 26


class Shown(Struct, frozen=True):
    """One row: its table, three texts and the box of its number in pixels of the crop."""

    table: str
    value: str
    label: str
    confidence: str
    box: tuple[float, float, float, float]


def main() -> None:
    arguments = argparse.ArgumentParser(description="Draw a sample page beside its rows.")
    arguments.add_argument("out", type=Path, help="folder of a run over samples/scans")
    arguments.add_argument("--name", default="huyen_nam_cuong_2023")
    arguments.add_argument("--page", type=int, default=2)
    arguments.add_argument("--top", type=float, default=215)
    arguments.add_argument("--bottom", type=float, default=543)
    arguments.add_argument("--to", type=Path, default=SAMPLES.parent / "docs" / "img" / "scan-and-rows.png")
    chosen = arguments.parse_args()
    scan = SAMPLES / "scans" / f"{chosen.name}.pdf"
    [page] = convert_from_path(scan, dpi=DPI, first_page=chosen.page, last_page=chosen.page)
    view = (LEFT * SCALE, chosen.top * SCALE, page.width - LEFT * SCALE * 0.6, chosen.bottom * SCALE)
    shown = read_rows(chosen.out, scan.name, chosen.page, view)
    chosen.to.parent.mkdir(parents=True, exist_ok=True)
    picture(page.crop(tuple(map(round, view))), shown).quantize(128).save(chosen.to, optimize=True)


def read_rows(out: Path, scan: str, page: int, view: tuple[float, float, float, float]) -> list[Shown]:
    """Rows of a page whose numbers stand within the view, from top to bottom."""
    document = next(r["doc_id"] for r in _table(out, "documents") if Path(r["source"]).name == scan)
    shown = []
    for table in COLOURS:
        for row in _table(out, table):
            if (row["doc_id"], row["page"]) != (document, str(page)) or not row["x0"]:
                continue
            x0, y0, x1, y1 = (float(row[k]) * SCALE for k in ("x0", "y0", "x1", "y1"))
            if y0 > view[1] and y1 < view[3]:
                box = (x0 - view[0], y0 - view[1], x1 - view[0], y1 - view[1])
                shown.append(Shown(table, *_texts(table, row), f"{float(row['confidence']):.2f}", box))
    return sorted(shown, key=lambda s: (round(s.box[1] / 9), s.box[0]))


def _table(out: Path, name: str) -> list[dict[str, str]]:
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def _texts(table: str, row: dict[str, str]) -> tuple[str, str]:
    """What a row says: its number, and what it is of."""
    ratio = f"{row['num']}/{row['den']} {row['of']}" if row.get("den") else ""
    match table:
        case "criteria":
            what = {"criterion": f"criterion {row['criterion']}", "standard": row["level"]}.get(
                row["scope"], row["scope"]
            )
            count = "/".join(filter(None, [row["count"], row["total"]]))
            return f"{what}: {count or row['value']} {row['unit']}", row["places"].replace(";", ", ")
        case "percentages":
            share = f"{row['op'].strip('=')} {row['value']} {row['unit']}".strip() if row["value"] else ""
            return "  ".join(filter(None, [share, ratio])), row["label"]
        case "budgets":
            amount = f"{row['op'].strip('=')} {int(row['amount_vnd']):,} đ".replace(",", " ").strip()
            return amount + (f" / {row['per']}" if row["per"] else ""), row["label"]
    return f"{row['op'].strip('=')} {row['value']} {row['unit']}".strip(), row["label"]


def picture(crop: Image.Image, shown: list[Shown]) -> Image.Image:
    """The crop with its numbers marked, a line from each to its row."""
    plain, bold = (ImageFont.truetype(FONT.format(face), 15) for face in ("Regular", "Bold"))
    gap, head = 70, 40
    height = max(crop.height + 24, head + STEP * (len(shown) + 1))
    canvas = Image.new("RGB", (crop.width + gap + WIDTH + 16, height), "white")
    canvas.paste(crop, (0, (height - crop.height) // 2))
    pen = ImageDraw.Draw(canvas, "RGBA")
    down, left = (height - crop.height) // 2, crop.width + gap
    pen.rectangle((0, down, crop.width - 1, down + crop.height - 1), outline=(170, 170, 170))
    start = (height - STEP * (len(shown) + 1)) // 2
    for text, x in COLUMNS:
        pen.text((left + x, start), text, (90, 90, 90), bold)
    for number, row in enumerate(shown, 1):
        colour = COLOURS[row.table]
        x0, y0, x1, y1 = row.box
        pen.rectangle(
            (x0 - 3, y0 + down - 3, x1 + 3, y1 + down + 3), fill=(*colour, 38), outline=(*colour, 255), width=2
        )
        y = start + STEP * number
        pen.line((crop.width, (y0 + y1) / 2 + down, left - 8, y + 9), (*colour, 130), 1)
        pen.line((left, y - 5, left + WIDTH, y - 5), (225, 225, 225), 1)
        limits = [
            following - x - 10 for (_, x), (_, following) in zip(COLUMNS, [*COLUMNS[1:], ("", WIDTH)], strict=True)
        ]
        texts = (row.table, row.value, row.label, row.confidence)
        for (_, x), text, limit in zip(COLUMNS, texts, limits, strict=True):
            pen.text((left + x, y), _fit(text, plain, limit), colour if x == 0 else (30, 30, 30), plain)
    return canvas


def _fit(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    while text and font.getlength(text) > width:
        text = text[:-2].rstrip() + "…"
    return text


if __name__ == "__main__":
    main()
