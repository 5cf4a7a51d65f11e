"""Which levels are rules of a table: upright ones go through it, those across are drawn whole between them.

Underlined words, stems of letters and scratches of the scanner are none.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ntm_extract.image.components import components
from ntm_extract.image.rules import APART, Levels, Mask

MANY_ROWS, CLOSE = 5, 0.25  # rows from which levels are compared; inches between levels that are close
FEW = 3  # scratches in so many upright levels at most: where more run out of a table, it is its last rule that is lost
WHOLE = 0.8  # share of a table's height that a rule is drawn over
STRUCK_ROWS, STRUCK_SHARE = 3, 0.25  # rows, and share of rows, in which no rule goes through letters
RARE, HALF, SOME = (
    0.25,
    0.5,
    0.7,
)  # share of the height in which a column's level is drawn at least, and if another is close
LEAST_ROW, LOST_GAP = 0.15, 0.1  # inches: the least height of a row, and the widest gap of a rule, at a lost level
BESIDE, INKED = 0.04, 0.1  # inches beside a scratch looked at for letters; share of a row's height that they take
OVER = 0.08  # inches over and under a table from which a line that is drawn there has run out of it
FAR_OVER, SCRATCHED = 0.22, 0.5  # inches, more than a letter, by which a piece runs out; share of a level they make
NEAR, STRUCK = 0.012, (0.08, 0.7)  # inches beside a line where letters show, share of a row's height that they do
MARGIN = 0.3  # inches around the table in which a line that goes on shows itself
SAME_END = 0.4  # least share of the upright rules that end at a level across
END = 0.06  # inches: at its ends a rule meets the crossing rules, text keeps away from them


def real_levels(strokes: Mask, rules: tuple[Mask, Mask], ys: Levels, xs: Levels, dpi: float) -> tuple[Levels, Levels]:
    """The levels across and upright that are rules of one table, of those at which pieces of rules amount to some."""
    across, down = rules
    for _ in range(2):  # a false level makes false stretches for the others
        ys = _kept(across, ys, xs, dpi)
        xs = _kept(down.T, xs, ys, dpi)
        ys = _reaching(down, xs, ys, dpi)
        scratches = _scratches(strokes, down, xs, ys, dpi)
        xs = [x for x in xs if x not in scratches or FEW * len(scratches) > len(xs)]
    return ys, xs


def _kept(mask: Mask, levels: Levels, across: Levels, dpi: float) -> Levels:
    """Levels of which one stretch between neighbouring crossing rules is drawn whole: an underlined word has none."""
    reach, end = round(APART * dpi / 2), max(3, round(END * dpi))
    kept = []
    for level in levels:
        band = mask[max(0, level - reach) : level + reach + 1].max(axis=0) > 0
        stretches = (band[max(0, a) : b] for a, b in pairwise(across))
        if any(
            s.size > 2 * end and s.mean() >= 0.85 and min(s[:end].mean(), s[-end:].mean()) >= 0.7 for s in stretches
        ):
            kept.append(level)
    return kept


def _reaching(down: Mask, xs: Levels, ys: Levels, dpi: float) -> Levels:
    """The levels across, and those lost over and under them where most upright rules end together."""
    if not ys:
        return ys
    reach, least = round(APART * dpi / 2), round(END * dpi)
    ends: list[tuple[int, int]] = []
    for x in xs:
        drawn = np.flatnonzero(down[:, max(0, x - reach) : x + reach + 1].max(axis=1) > 0)
        runs = np.split(drawn, np.flatnonzero(np.diff(drawn) > LOST_GAP * dpi) + 1)
        own = [run for run in runs if run.size and run[0] <= ys[-1] and run[-1] >= ys[0]]
        ends.append((min(ys[0], int(own[0][0])), max(ys[-1], int(own[-1][-1]))) if own else (ys[0], ys[-1]))
    top, bottom = (_shared_end([e[0] for e in ends], least), _shared_end([-e[1] for e in ends], least))
    above = [top] if top is not None and ys[0] - top > LEAST_ROW * dpi else []
    below = [-bottom] if bottom is not None and -bottom - ys[-1] > LEAST_ROW * dpi else []
    return [*above, *ys, *below]


def _shared_end(ends: list[int], near: int) -> int | None:
    """The outermost end that enough of the rules have together: those under a merged head begin further in."""
    for end in sorted(ends):
        same = [other for other in ends if abs(other - end) < near]
        if len(same) >= max(FEW, len(ends) * SAME_END):
            return round(float(np.median(same)))
    return None


def _scratches(strokes: Mask, down: Mask, xs: Levels, ys: Levels, dpi: float) -> Levels:
    """The upright lines that go on beyond the table: scratches of the scanner, no rules.

    One may run along a rule for a while; a rule is drawn from top to bottom and hardly strikes letters.
    """
    if len(ys) < 2:
        return xs
    over, reach = round(FAR_OVER * dpi), round(APART * dpi / 2)
    lines = components(down)
    top, bottom = lines.stats[:, 1], lines.stats[:, 1] + lines.stats[:, 3]
    outside = (top < ys[0] - over) | (bottom > ys[-1] + over)
    outside[0] = False
    far = outside[lines.labels[ys[0] : ys[-1] + 1]]
    inked = down[ys[0] : ys[-1] + 1] > 0
    struck = struck_rows(strokes, down, xs, ys, dpi).mean(axis=1)

    def is_scratch(i: int, x: int) -> bool:
        place = slice(max(0, x - reach), x + reach + 1)
        is_far = far[:, place].sum() > SCRATCHED * max(1, inked[:, place].sum())
        is_rule = inked[:, place].any(axis=1).mean() >= WHOLE and struck[i] <= STRUCK_SHARE
        ends = _goes_on(down, x, ys, dpi)
        return all(ends) or (bool(is_far or any(ends)) and not is_rule)

    return [x for i, x in enumerate(xs) if is_scratch(i, x)]


def _goes_on(down: Mask, x: int, ys: Levels, dpi: float) -> tuple[bool, bool]:
    """Whether an upright line is drawn over the table, too, and whether under it."""
    over, far = round(OVER * dpi), round(MARGIN * dpi)
    strip = down[:, max(0, x - 2) : x + 3].max(axis=1) > 0
    above, below = strip[max(0, ys[0] - far) : max(0, ys[0] - over)], strip[ys[-1] + over : ys[-1] + far]
    return bool(above.size > 4 and above.mean() > 0.6), bool(below.size > 4 and below.mean() > 0.6)


def struck_rows(strokes: Mask, down: Mask, xs: Levels, ys: Levels, dpi: float) -> NDArray[np.bool_]:
    """(levels, rows): whether an upright line goes through letters: their strokes meet it from both sides at once."""
    reach, inner, thin = round(APART * dpi), round(END * dpi), max(2, round(NEAR * dpi))
    found = np.zeros((len(xs), max(0, len(ys) - 1)), dtype=bool)
    for c, x in enumerate(xs):
        low = max(0, x - reach)
        for r, (y0, y1) in enumerate(pairwise(ys)):
            rows = slice(y0 + inner, max(y0 + inner + 1, y1 - inner))
            weight = (down[rows, low : x + reach + 1] > 0).sum(axis=0)
            if not weight.any():
                continue
            at = low + round(float(np.average(np.arange(weight.size), weights=weight)))
            before, after = (
                strokes[rows, max(0, at - 2 * thin) : at - thin],
                strokes[rows, at + thin + 1 : at + 2 * thin + 1],
            )
            both = (before.max(axis=1, initial=0) > 0) & (after.max(axis=1, initial=0) > 0)
            found[c, r] = STRUCK[0] < both.mean() < STRUCK[1]
    return found


def crossed(letters: Mask, ys: Levels, xs: Levels, dpi: float) -> NDArray[np.bool_]:
    """(levels, rows): whether text stands close on both sides of an upright level: it is written over a scratch."""
    reach, inner = round(BESIDE * dpi), round(END * dpi)
    found = np.zeros((len(xs), len(ys) - 1), dtype=bool)
    for c, x in enumerate(xs):
        before, after = (letters[:, a:b].max(axis=1) > 0 for a, b in ((max(0, x - reach), x), (x + 1, x + reach + 1)))
        for r, (y0, y1) in enumerate(pairwise(ys)):
            rows = slice(y0 + inner, max(y0 + inner + 1, y1 - inner))
            found[c, r] = min(before[rows].mean(), after[rows].mean()) > INKED
    return found


def shared_levels(xs: Levels, ys: Levels, drawn: NDArray[np.bool_], struck: NDArray[np.bool_], dpi: float) -> Levels:
    """The upright levels without those drawn in few of many rows, or in fewer than one close to them, or through text.

    Those are stems of letters and scratches of the scanner: a column goes through the table.
    """
    if drawn.shape[1] < MANY_ROWS:
        return xs
    share = drawn @ np.diff(ys) / (ys[-1] - ys[0])

    def is_false(i: int) -> bool:
        beside = [share[j] for j in (i - 1, i + 1) if abs(xs[j] - xs[i]) < CLOSE * dpi]
        through = int(struck[i].sum())
        often = through >= max(STRUCK_ROWS, STRUCK_SHARE * struck.shape[1])
        some = share[i] < SOME and (through > 0 or any(share[i] < other for other in beside))
        return bool(share[i] < RARE or often or some)

    return [x for i, x in enumerate(xs) if not 0 < i < len(xs) - 1 or not is_false(i)]
