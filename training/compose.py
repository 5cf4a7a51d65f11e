"""Composes reports of invented districts whose facts are known, and reads them as scans.

    python -m training.compose build/composed --reports 100 --seed 1 [--read]

Writes the sources of reports (the markup of samples/source), typeset as facts and text and, with --read, recognised:
`<name>.facts.jsonl`, `<name>.txt` (the true text) and `<name>.json` (the Document as recognised, before repair).
A report that is there is not made again. Nothing but the seed decides what is written.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import msgspec

from ntm_extract.reading import read
from ntm_extract.settings import Settings
from training.compose_tables import annexes
from training.compose_text import body
from training.compose_world import FAMILIES, GIVEN, World
from training.degrade import LEVELS
from training.samples import scan
from training.samples_facts import rows
from training.samples_files import pdf
from training.samples_source import Source, read_source
from training.typeset import Sheet
from training.typeset_document import set_source, truth

DEGREES = ("office", "poor", "photocopy", "fax", "poor", "fax")
FONTS = ("Tinos", "FreeSerif", "Termes")


def main() -> None:
    arguments = argparse.ArgumentParser(description="Compose reports with known facts.")
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--reports", type=int, default=100)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--read", action="store_true", help="typeset, degrade and recognise them too")
    chosen = arguments.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for seed in range(chosen.seed, chosen.seed + chosen.reports):
        path = chosen.folder / f"report_{seed:04d}.md"
        if not path.with_suffix(".txt").exists():  # the last that is written of a source
            path.write_text(report(seed), encoding="utf-8")
            typeset(read_source(path), chosen.folder)
        if chosen.read and not path.with_suffix(".json").exists():
            recognise(read_source(path), chosen.folder)
            print(path.stem, flush=True)


def report(seed: int, *, annexed: bool = True) -> str:
    """The source of one report, with its annex tables or without."""
    w = World(seed)
    number, signer = w.whole(12, 990), f"{w.rng.choice(FAMILIES)} {w.rng.choice(GIVEN)}"
    subject = f"Kết quả thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới năm {w.year}"
    date = f"{w.year}-{w.month:02d}-{w.day:02d}"
    head = {
        "superior": f"UBND TỈNH {w.province.upper()}",
        "issuer": ["ỦY BAN NHÂN DÂN", f"HUYỆN {w.district.upper()}"],
        "number": f"Số: {number}/BC-UBND",
        "place_date": f"{w.district}, ngày {w.day} tháng {w.month} năm {w.year}",
        "kind": "BÁO CÁO",
        "subject": subject,
        "receivers": ["- UBND tỉnh;", "- Huyện ủy, HĐND huyện;", "- UBND các xã;", "- Lưu: VT."],
        "signature": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
        "signer": signer,
        "seal": f"ỦY BAN NHÂN DÂN HUYỆN {w.district.upper()}|TỈNH {w.province.upper()}",
        "font": FONTS[seed % len(FONTS)],
        "size": w.rng.choice((13, 13.5, 14)),
        "level": DEGREES[seed % len(DEGREES)],
        "seed": seed,
    }
    document = {
        "kind": "Báo cáo", "number": f"{number}/BC-UBND", "date": date, "issuer": f"UBND huyện {w.district}",
        "title": subject, "province": w.province, "district": w.district, "signer": signer,
    }  # fmt: skip
    lines = [f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in head.items()]
    lines += ["", "[document]", *(f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in document.items())]
    return "+++\n" + "\n".join(lines) + "\n+++\n" + "\n".join((*body(w), *(annexes(w) if annexed else ()))) + "\n"


def typeset(source: Source, folder: Path) -> list[Sheet]:
    """Facts and true text of one report."""
    sheets = set_source(source)
    facts = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(source, sheets))
    (folder / f"{source.name}.facts.jsonl").write_text(facts, encoding="utf-8")
    (folder / f"{source.name}.txt").write_text(truth(sheets, paged=False), encoding="utf-8")
    return sheets


def recognise(source: Source, folder: Path) -> None:
    """The reading of one report as a scan."""
    pages = [scan(source, number, sheet) for number, sheet in enumerate(set_source(source), 1)]
    with tempfile.TemporaryDirectory() as work:
        path = Path(work, f"{source.name}.pdf")
        pdf(pages, LEVELS[source.head.level].dpi, path)
        document = read(path, path.name, Settings())
    (folder / f"{source.name}.json").write_bytes(msgspec.json.encode(document))


if __name__ == "__main__":
    main()
