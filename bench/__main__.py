"""`make bench`: measure everything, on samples/ alone and on the shared measuring set where it is there.

Writes docs/accuracy.md, docs/performance.md and docs/trust.md. `python -m bench trust` makes one of them.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench import accuracy, performance, trust
from bench.tools import ROOT

PAGES = {"accuracy": accuracy.measure, "performance": performance.measure, "trust": trust.measure}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=sorted(PAGES))
    what = parser.parse_args().what
    with tempfile.TemporaryDirectory() as folder:
        for name, measure in PAGES.items():
            if what in (None, name):
                page = measure(Path(folder))
                (ROOT / "docs" / f"{name}.md").write_text(page, encoding="utf-8")
                print(page)


if __name__ == "__main__":
    main()
