"""A ratio proves the percentage beside it, and a part is not above its whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import pairwise

from ntm_extract.checks.registry import Failure, Relation, Term, checker, term
from ntm_extract.checks.view import View, once, vn
from ntm_extract.facts import Budget, Percentage

PASSED = re.compile(r"vượt|kế hoạch|chỉ tiêu|so với|cùng kỳ|tăng|gấp|bằng|dự toán|mục tiêu|tiến độ", re.IGNORECASE)
"""Words that speak of a plan or an earlier figure, which may be passed."""
WHOLE_OF = re.compile(
    r"(?:tỷ lệ|số|%)\s(?:số\s)?(?:hộ|xã|thôn|bản|ấp|trường|trẻ|học sinh|người|dân|lao động|nhà|phụ nữ)(?!\w)"
)
"""What no more than all of can be."""
ALONE = re.compile(r"\W*(?:đạt|chiếm|bằng)?\s?(?:tỷ lệ\s)?[\d.,]+\s?%\W*", re.IGNORECASE)


def rounds_to(printed: Decimal, exact: Decimal) -> bool:
    """Whether a figure is the exact one, rounded or cut to the places printed."""
    step = Decimal(1).scaleb(min(0, int(printed.as_tuple().exponent)))
    return -step / 2 <= exact - printed < step


def share_off(part: Decimal, whole: Decimal, printed: Decimal, said: str, said_en: str) -> Failure | None:
    """What is wrong with a percentage printed for a part of a whole; None where it is that, rounded or cut."""
    exact = 100 * part / whole if whole else Decimal(0)
    if rounds_to(printed, exact):
        return None
    expected, found = f"{vn(_to(printed, exact))}%", f"{vn(printed)}%"
    return Failure(
        expected,
        found,
        f"{said} bằng {expected}, nhưng văn bản ghi {found}",
        f"{said_en} is {expected}, but {found} is printed",
        "warning",
    )


def _to(printed: Decimal, exact: Decimal) -> Decimal:
    """The exact figure to the places printed, at least one."""
    return round(exact, max(1, -int(printed.as_tuple().exponent)))


@checker
def ratio_makes_percentage(view: View) -> Iterator[Relation]:
    """A percentage printed beside its ratio is that ratio, rounded or cut; "trên 71%" is not above it."""
    for fact in view.extraction.percentages:
        if fact.value is None or fact.num is None or not fact.den:
            continue
        yield Relation(
            check="ratio_makes_percentage",
            terms=tuple(term(fact.fact_id, f, getattr(fact, f)) for f in ("num", "den", "value")),
            test=partial(_ratio, fact.op, fact.unit),
            exact=fact.op == "=",
        )


def _ratio(op: str, unit: str, values: Sequence[Decimal]) -> Failure | None:
    num, den, printed = values
    exact = (1000 if unit == "‰" else 100) * num / den if den else Decimal(0)
    holds = {
        "=": rounds_to(printed, exact),
        ">": printed <= exact + 1,
        ">=": printed <= exact + 1,
        "<": printed >= exact - 1,
        "<=": printed >= exact - 1,
    }
    if holds[op]:
        return None
    expected, found, ratio = f"{vn(_to(printed, exact))}{unit}", f"{vn(printed)}{unit}", f"{vn(num)}/{vn(den)}"
    return Failure(
        expected,
        found,
        f"Tỷ số {ratio} bằng {expected}, nhưng văn bản ghi {found}",
        f"{ratio} is {expected}, but {found} is printed",
    )


@checker
def amounts_make_share(view: View) -> Iterator[Relation]:
    """In a table the share behind what was planned and paid is that of the one in the other, if most rows say so."""
    columns: dict[tuple[int, int], list[Relation]] = defaultdict(list)
    for share in view.extraction.percentages:
        if share.evidence.cell is None or share.value is None or share.num is not None:
            continue
        table, row, col = share.evidence.cell
        before = [(c, b) for c, b in _money(view).get((table, row), ()) if c < col]
        plan, paid = (
            max((one for one in before if one[1].status == said), default=None, key=lambda one: one[0])
            for said in ("target", "achieved")
        )
        if plan is not None and paid is not None:
            amounts = (term(fact.fact_id, "amount_vnd", fact.amount_vnd) for _, fact in (paid, plan))
            columns[table, col].append(
                Relation(
                    check="amounts_make_share",
                    terms=(*amounts, _value(share)),
                    test=partial(_ratio, share.op, share.unit),
                    exact=share.op == "=",
                )
            )
    for relations in columns.values():
        if sum(relation.holds for relation in relations) > len(relations) / 2:
            yield from relations


@once
def _money(view: View) -> dict[tuple[int, int], list[tuple[int, Budget]]]:
    """The amounts of tables by table and row, each with its column."""
    found: dict[tuple[int, int], list[tuple[int, Budget]]] = defaultdict(list)
    for fact in view.extraction.budgets:
        if fact.evidence.cell is not None and fact.per is None:
            table, row, col = fact.evidence.cell
            found[table, row].append((col, fact))
    return found


@checker
def bracket_restates_ratio(view: View) -> Iterator[Relation]:
    """A share alone in brackets after a ratio ("196/213 thôn có quy ước (92%)") restates it."""
    shares = view.extraction.percentages
    for ratio, share in pairwise(shares):
        if (
            ratio.value is not None
            or ratio.num is None
            or not ratio.den
            or share.num is not None
            or share.value is None
        ):
            continue
        if ratio.evidence.beside(share.evidence) and ALONE.fullmatch(share.evidence.quote):
            terms = (*(term(ratio.fact_id, f, getattr(ratio, f)) for f in ("num", "den")), _value(share))
            yield Relation(
                check="bracket_restates_ratio", terms=terms, test=partial(_ratio, "=", share.unit), doubtful=True
            )


def _value(share: Percentage) -> Term:
    return term(share.fact_id, "value", share.value or 0)


@checker
def part_within_whole(view: View) -> Iterator[Relation]:
    """The part is not above the whole, unless the text says that a plan was passed."""
    for fact in view.extraction.percentages:
        if fact.num is None or fact.den is None or PASSED.search(fact.evidence.quote) or (fact.value or 0) > 100:
            continue
        yield Relation(
            check="part_within_whole",
            terms=(term(fact.fact_id, "num", fact.num), term(fact.fact_id, "den", fact.den)),
            test=_within,
            exact=False,
        )


def _within(values: Sequence[Decimal]) -> Failure | None:
    num, den = values
    if num <= den:
        return None
    found = vn(num)
    text = f"Phần {found} lớn hơn tổng {vn(den)}"
    return Failure(f"<= {vn(den)}", found, text, f"{found} is above the {vn(den)} that it is part of", "warning")


@checker
def share_within_hundred(view: View) -> Iterator[Relation]:
    """No share of households, communes, people … is above 100 %."""
    for fact in view.extraction.percentages:
        if fact.value is not None and fact.num is None and fact.unit == "%" and _is_share(fact):
            yield Relation(
                check="share_within_hundred",
                terms=(term(fact.fact_id, "value", fact.value),),
                test=_hundred,
                exact=False,
            )


def _is_share(fact: Percentage) -> bool:
    said = f"{fact.label} {fact.evidence.quote}".lower()
    return bool(WHOLE_OF.search(said)) and not PASSED.search(said)


def _hundred(values: Sequence[Decimal]) -> Failure | None:
    (value,) = values
    if value <= 100:
        return None
    return Failure(
        "<= 100%", f"{vn(value)}%", f"Tỷ lệ {vn(value)}% vượt 100%", f"a share of {vn(value)}% is above 100%"
    )
