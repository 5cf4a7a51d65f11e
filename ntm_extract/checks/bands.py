"""Bands of criteria part all communes among them, and the average lies where counts and bands put it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from ntm_extract.checks.ratios import rounds_to
from ntm_extract.checks.registry import Failure, Relation, Term, checker, term
from ntm_extract.checks.view import COMMUNE, View, once, vn
from ntm_extract.facts import CRITERIA, Criteria, Quantity
from ntm_extract.text.english import count_of

EACH = ("lượt tiêu chí", "tiêu chí")


@once
def band_groups(view: View) -> list[list[Criteria]]:
    """Runs of bands of one time, in reading order, that do not overlap and begin or end with all criteria."""
    groups: list[list[Criteria]] = []
    run: list[Criteria] = []
    for fact in (*view.extraction.criteria, None):
        if fact is not None and (fact.scope != "band" or fact.count is None or fact.change != "total"):
            continue
        if fact is not None and run and _continues(run, fact):
            run.append(fact)
            continue
        if len(run) > 1 and max(map(_high, run)) == CRITERIA:
            groups.append(run)
        run = [] if fact is None else [fact]
    return groups


def _continues(run: list[Criteria], fact: Criteria) -> bool:
    same = (fact.status, fact.as_of, fact.unit) == (run[0].status, run[0].as_of, run[0].unit)
    return same and all(_high(fact) < _low(other) or _low(fact) > _high(other) for other in run)


def _low(fact: Criteria) -> int:
    return fact.band_min or 0


def _high(fact: Criteria) -> int:
    return CRITERIA if fact.band_max is None else fact.band_max


def _whole(run: list[Criteria]) -> bool:
    """Whether the bands leave no number of criteria out."""
    return sum(_high(fact) - _low(fact) + 1 for fact in run) == CRITERIA + 1


@checker
def bands_make_communes(view: View) -> Iterator[Relation]:
    """Bands that leave nothing out count every commune once; others count no more than there are."""
    if view.communes is None:
        return
    for run in band_groups(view):
        whole = _whole(run) and all(fact.op == "=" for fact in run)
        yield Relation(
            check="bands_make_communes",
            terms=tuple(term(fact.fact_id, "count", fact.count or 0) for fact in run),
            test=partial(_communes, view.communes, whole),
            exact=whole,
            doubtful=not whole or run[0].status == "target",
        )


def _communes(communes: int, whole: bool, values: Sequence[Decimal]) -> Failure | None:
    found = sum(values)
    if found == communes or (found < communes and not whole):
        return None
    text = f"Các nhóm cộng lại {found} xã, khác tổng số {communes} xã"
    text_en = f"the bands count {count_of(found, 'commune')}, but there are {communes}"
    return Failure(str(communes), str(found), text, text_en, "error" if found > communes else "warning")


@once
def averages(view: View) -> list[Criteria]:
    """The average a commune now: stated results, if they are one figure."""
    found = [f for f in view.extraction.criteria if f.scope == "average" and f.status == "achieved" and f.op == "="]
    latest = max((f.as_of or "9999" for f in found), default="")
    now = [f for f in found if (f.as_of or "9999") == latest and f.value is not None]
    return now if len({f.value for f in now}) == 1 else []


@checker
def counts_make_average(view: View) -> Iterator[Relation]:
    """What the communes have in all, over their number, is the average printed: by criterion, commune or in one sum."""
    communes = view.communes
    if communes is None:
        return
    for average in averages(view):
        mean = term(average.fact_id, "value", average.value or 0)
        for name, name_en, terms in _sums_of_all(view, communes, average.as_of):
            yield Relation(
                check="counts_make_average",
                terms=(mean, *terms),
                test=partial(_average, communes, name, name_en),
                doubtful=len(terms) == 1,
            )


def _sums_of_all(view: View, communes: int, as_of: str | None) -> Iterator[tuple[str, str, tuple[Term, ...]]]:
    """The ways in which a document says how many criteria its communes have in all."""
    by_criterion: dict[int, Criteria] = {}
    by_commune: dict[str, Criteria] = {}
    for fact in view.extraction.criteria:
        if fact.status != "achieved" or fact.change != "total" or fact.count is None or fact.op != "=":
            continue
        if fact.scope == "criterion" and fact.criterion and fact.total in (None, communes) and fact.unit == COMMUNE:
            by_criterion.setdefault(fact.criterion, fact)
        if fact.scope == "unit" and len(fact.places) == 1 and fact.total in (None, CRITERIA):
            by_commune.setdefault(fact.places[0], fact)
    for name, name_en, facts, wanted in (
        ("19 tiêu chí", "the counts of the 19 criteria", by_criterion, CRITERIA),
        (f"{communes} xã", f"the criteria of the {count_of(communes, 'commune')}", by_commune, communes),
    ):
        if len(facts) == wanted:
            yield name, name_en, tuple(term(f.fact_id, "count", f.count or 0) for f in facts.values())
    for one in view.extraction.quantities:
        if _all_of_them(one, communes, as_of):
            yield "toàn địa bàn", "the printed sum", (term(one.fact_id, "value", one.value),)


def _all_of_them(fact: Quantity, communes: int, as_of: str | None) -> bool:
    sums = fact.unit in EACH and fact.status == "achieved" and fact.op == "="
    return sums and CRITERIA < fact.value <= CRITERIA * communes and fact.period in (None, as_of)


def _average(communes: int, name: str, name_en: str, values: Sequence[Decimal]) -> Failure | None:
    mean, total = values[0], sum(values[1:], Decimal(0))
    exact = total / communes
    if rounds_to(mean, exact):
        return None
    implied, real = vn(round(mean * communes)), vn(round(exact, 2))
    return Failure(
        real,
        vn(mean),
        f"Bình quân {vn(mean)} tiêu chí/xã của {communes} xã ứng với {implied} lượt tiêu chí, "
        f"nhưng {name} cộng lại là {vn(total)} (bình quân {real})",
        f"an average of {vn(mean)} over {count_of(communes, 'commune')} implies {implied}, "
        f"but {name_en} sum to {vn(total)} (average {real})",
        "warning",
    )


@checker
def average_within_bands(view: View) -> Iterator[Relation]:
    """The average lies between what the bands allow at the least and at the most."""
    for average in averages(view):
        for run in band_groups(view):
            if _whole(run) and run[0].status == "achieved" and run[0].as_of in (None, average.as_of):
                ends = tuple((_low(fact), _high(fact)) for fact in run)
                yield Relation(
                    check="average_within_bands",
                    terms=(
                        term(average.fact_id, "value", average.value or 0),
                        *(term(fact.fact_id, "count", fact.count or 0) for fact in run),
                    ),
                    test=partial(_between, ends),
                    exact=False,
                    doubtful=True,
                )


def _between(ends: tuple[tuple[int, int], ...], values: Sequence[Decimal]) -> Failure | None:
    mean, counts = values[0], values[1:]
    communes = sum(counts)
    if not communes:
        return None
    low, high = (round(sum(c * end[i] for c, end in zip(counts, ends, strict=True)) / communes, 2) for i in (0, 1))
    if low - 1 <= mean <= high + 1:
        return None
    text = f"Bình quân {vn(mean)} tiêu chí/xã nằm ngoài khoảng {vn(low)} - {vn(high)} mà các nhóm cho phép"
    return Failure(
        f"{vn(low)} - {vn(high)}",
        vn(mean),
        text,
        f"an average of {vn(mean)} is outside the {vn(low)} to {vn(high)} that the bands allow",
        "warning",
    )
