"""Charts for the docs, as SVG whose bytes hang on the figures alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from bench.tools import ROOT
from bench.work import Work

IMAGES = ROOT / "docs/img"
INK = ("#2f6f8f", "#c9803a", "#7a9a5b", "#8c6bb1", "#999999")


@contextmanager
def _axes(work: Work, name: str, size: tuple[float, float]) -> Iterator[Any]:
    """Axes to draw on, saved as docs/img/<name>.svg; in the work's folder where only few were measured."""
    import matplotlib  # noqa: PLC0415  # only those who measure need it: pip install -e '.[bench]'

    matplotlib.use("svg")
    from matplotlib import pyplot  # noqa: PLC0415

    matplotlib.rcParams.update({"svg.hashsalt": name, "svg.fonttype": "none", "font.size": 9})
    figure, axes = pyplot.subplots(figsize=size, layout="constrained")
    yield axes
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8)
    figure.savefig((IMAGES if work.few is None else work.folder) / f"{name}.svg", metadata={"Date": None})
    pyplot.close(figure)


def bars(work: Work, name: str, unit: str, groups: Sequence[str], series: Mapping[str, Sequence[float | None]]) -> str:
    """Draw a bar a series in each group (None: not measured); the Markdown that shows it."""
    with _axes(work, name, (8, 0.5 + 0.17 * len(groups) * (len(series) + 1))) as axes:
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
    return f"\n![{unit}, as in the table](img/{name}.svg)\n"


def reliability(work: Work, name: str, said: Sequence[float], true: Sequence[float], counts: Sequence[int]) -> str:
    """Draw the share that came true against the confidence stated, a point a bin; the Markdown that shows it."""
    with _axes(work, name, (5, 4.2)) as axes:
        axes.plot([0, 1], [0, 1], "--", color=INK[-1], linewidth=1, label="as it should be")
        axes.plot(said, true, "o-", color=INK[0], markersize=4, label="measured, with facts in the bin")
        for x, y, count in zip(said, true, counts, strict=True):
            axes.annotate(str(count), (x, y), (5, -9), textcoords="offset points", fontsize=7)
        axes.set(xlabel="confidence, mean of the bin", ylabel="share of facts that are right", xlim=(0, 1), ylim=(0, 1))
        axes.set_aspect("equal")
    return f"\n![Reliability: share right by confidence, as in the table](img/{name}.svg)\n"
