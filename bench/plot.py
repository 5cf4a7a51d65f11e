"""Bar charts for the docs, as SVG whose bytes hang on the figures alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.tools import ROOT
from bench.work import Work

IMAGES = ROOT / "docs/img"
INK = ("#2f6f8f", "#c9803a", "#7a9a5b", "#8c6bb1", "#999999")


def bars(work: Work, name: str, unit: str, groups: Sequence[str], series: Mapping[str, Sequence[float | None]]) -> str:
    """Draw docs/img/<name>.svg, a bar a series in each group (None: not measured); the Markdown that shows it."""
    import matplotlib  # noqa: PLC0415  # only those who measure need it: pip install -e '.[bench]'

    matplotlib.use("svg")
    from matplotlib import pyplot  # noqa: PLC0415

    matplotlib.rcParams.update({"svg.hashsalt": name, "svg.fonttype": "none", "font.size": 9})
    figure, axes = pyplot.subplots(figsize=(8, 0.5 + 0.17 * len(groups) * (len(series) + 1)), layout="constrained")
    thick = 1 / (len(series) + 1)
    for i, (label, values) in enumerate(series.items()):
        places = [group + (i - (len(series) - 1) / 2) * thick for group in range(len(groups))]
        drawn = axes.barh(places, [value or 0 for value in values], thick, label=label, color=INK[i % len(INK)])
        shown = ["" if value is None else f"{value:g}" for value in values]
        axes.bar_label(drawn, shown, padding=2, fontsize=7)
    axes.set_yticks(range(len(groups)), groups)
    axes.invert_yaxis()
    axes.set_xlabel(unit)
    axes.margins(x=0.08)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8)
    path = (IMAGES if work.few is None else work.folder) / f"{name}.svg"
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
    return f"\n![{unit}, as in the table](img/{name}.svg)\n"
