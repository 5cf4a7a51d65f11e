"""`make bench`: measure everything, on samples/ alone and on the shared measuring set where it is there.

    python -m bench                               all pages of docs/ that hold figures
    python -m bench accuracy --only facts,cells   some sections of one; each replaces its own part of the page
    python -m bench peers                         against OCRmyPDF, Kreuzberg, pyvi (`make bench-peers` installs them)
    python -m bench faults                        every fault test, and 5,000 damaged files (an hour)
    python -m bench accuracy --few 1              on one document a set, printed and not written: to try a measure

Sections: {sections}. docs/trust.md is written as a whole.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench import accuracy, faults, peers, performance, trust
from bench.sections import Section, write
from bench.tools import ROOT
from bench.work import Work

SECTIONS = tuple(
    Section(page, name, measure)
    for page, sections in (
        ("accuracy", accuracy.SECTIONS),
        ("performance", performance.SECTIONS),
        ("faults", faults.SECTIONS),
        ("peers", peers.SECTIONS),
    )
    for name, measure in sections.items()
)
PAGES = (*dict.fromkeys(section.page for section in SECTIONS), "trust")


def main() -> None:
    said = (__doc__ or "").format(sections=", ".join(f"{one.page} {one.name}" for one in SECTIONS))
    parser = argparse.ArgumentParser(description=said, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", nargs="?", choices=PAGES)
    parser.add_argument("--only", default="", help="sections, comma between")
    parser.add_argument("--few", type=int, help="documents of each set; nothing is written")
    options = parser.parse_args()
    only = set(filter(None, options.only.split(",")))
    chosen = [s for s in SECTIONS if options.page in (None, s.page) and (not only or s.name in only)]
    if unknown := only - {section.name for section in chosen}:
        parser.error(f"no section {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        work = Work(Path(folder), options.few)
        for section in chosen:
            print(f"measuring {section.page}, {section.name}", file=sys.stderr, flush=True)
            body = section.measure(work)
            print(body, flush=True)
            if body and options.few is None:
                write(section, body)
        if options.page in (None, "trust") and not only and options.few is None:
            page = trust.measure(work)
            (ROOT / "docs/trust.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
