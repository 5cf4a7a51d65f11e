"""Plans and aims against what is reached: as the words beside them say, by the share printed, and in later years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import pairwise

from ntm_extract.checks.ratios import share_off
from ntm_extract.checks.registry import Failure, Relation, Term, checker, term
from ntm_extract.checks.view import View, once, printed, vn
from ntm_extract.facts import Budget, Criteria, Fact, Percentage, Quantity
from ntm_extract.text.folding import lowered

PLAN = re.compile(r"(?<!\w)(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|kh)(?!\w)")
SAID = re.compile(
    r"\W*(?:(?P<passed>(?:đạt và )?vượt|cao hơn)|(?P<missed>(?:không|chưa)\s(?:đạt|hoàn thành)|thấp hơn))"
    r"\s(?:so với\s|với\s)?(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán)"
    r"(?:\s(?:đề ra|đặt ra|(?:được |tỉnh |huyện |trên )?giao|năm|(?:19|20)\d{2}|nghị quyết|của (?:tỉnh|huyện)|là))*\W*"
)
"""What a plan is called that stands after its result, with the word that it was passed or missed."""
BY = re.compile(r"\W*(?:vượt|tăng|giảm|thấp hơn|cao hơn)(?!\w)")
"""How the label of a difference begins."""
FALLING = re.compile(
    r"nghèo|suy dinh dưỡng|thất nghiệp|tử vong|tảo hôn|mù chữ|sinh con thứ|tăng dân số|tăng tự nhiên|tội phạm|bỏ học"
)
"""Shares of what ought to grow less."""
PAID = re.compile(r"giải ngân|thanh toán|đã thực hiện")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
Measured = Percentage | Budget | Quantity


@checker
def result_against_plan(view: View) -> Iterator[Relation]:
    """A plan printed after its result is passed, or missed, if the words between say so ("97%, vượt kế hoạch 95%")."""
    for result, plan, follows in _planned(view):
        said = SAID.fullmatch(lowered(plan.label))
        if said and follows:
            missed = said["missed"] is not None
            below = missed != bool(FALLING.search(lowered(result.label)))
            terms = (_figure(result), _figure(plan))
            yield Relation(check="result_against_plan", terms=terms, test=partial(_as_said, missed, below), exact=False)


def _as_said(missed: bool, below: bool, values: Sequence[Decimal]) -> Failure | None:
    result, plan = values
    if (result < plan if below else result > plan) or (not missed and result == plan):
        return None
    said, said_en = ("không đạt", "missed") if missed else ("vượt", "passed")
    return Failure(
        f"{'<' if below else '>'} {vn(plan)}",
        vn(result),
        f"Văn bản ghi {said} kế hoạch, nhưng kết quả là {vn(result)} và kế hoạch là {vn(plan)}",
        f"the plan is said to be {said_en}, but the result is {vn(result)} and the plan {vn(plan)}",
        "warning",
    )


@checker
def share_of_plan(view: View) -> Iterator[Relation]:
    """A share of a plan ("bằng 125% kế hoạch") is that of the result and the plan beside it, in money or in kind.

    Where no plan stands beside it, what was paid out is held against the one total of funds that the document has.
    """
    shares = [one for one in view.lone_shares if PLAN.search(lowered(one.label))]
    beside = set()
    for result, plan, _ in _planned(view):
        near = [one for one in shares if one.evidence.beside(result.evidence) and _text(result) in one.evidence.quote]
        if near and not isinstance(result, Percentage):
            share = min(near, key=lambda one: abs((one.evidence.line or 0) - (plan.evidence.line or 0)))
            beside.add(share.fact_id)
            yield _shared(result, plan, share, doubtful=not PLAN.fullmatch(lowered(plan.label)))
    parents = {one.parent_id for one in view.told}
    totals = [one for one in view.told if one.fact_id in parents and one.parent_id is None and one.op == "="]
    for share in shares if len({one.amount_vnd for one in totals}) == 1 else ():
        paid = [one for one in view.told if one.evidence.beside(share.evidence) and PAID.search(lowered(one.label))]
        if share.fact_id not in beside and len(paid) == 1 and _text(paid[0]) in share.evidence.quote:
            yield _shared(paid[0], totals[0], share, doubtful=True)


def _shared(result: Measured, plan: Measured, share: Percentage, *, doubtful: bool) -> Relation:
    terms = tuple(map(_figure, (result, plan, share)))
    return Relation(check="share_of_plan", terms=terms, test=_share, doubtful=doubtful)


def _share(values: Sequence[Decimal]) -> Failure | None:
    result, plan, share = values
    said, said_en = f"{vn(result)} so với kế hoạch {vn(plan)}", f"{vn(result)} of a plan of {vn(plan)}"
    return share_off(result, plan, share, said, said_en)


@checker
def plan_and_difference(view: View) -> Iterator[Relation]:
    """What a result is above its plan or below ("vượt 2,5 triệu so với kế hoạch 45 triệu") is their difference."""
    for facts in _measured(view):
        for result, apart, plan in zip(facts, facts[1:], facts[2:], strict=False):
            between = result.evidence.beside(apart.evidence) and apart.evidence.beside(plan.evidence)
            if between and _alike(result, plan) and BY.match(lowered(apart.label)) and PLAN.match(lowered(plan.label)):
                terms = tuple(map(_figure, (result, apart, plan)))
                yield Relation(check="plan_and_difference", terms=terms, test=_difference, doubtful=True)


def _difference(values: Sequence[Decimal]) -> Failure | None:
    result, apart, plan = values
    real = abs(result - plan)
    if real == apart:
        return None
    text = f"Kết quả {vn(result)} và kế hoạch {vn(plan)} chênh nhau {vn(real)}, nhưng văn bản ghi {vn(apart)}"
    text_en = f"{vn(result)} and a plan of {vn(plan)} are {vn(real)} apart, but {vn(apart)} is printed"
    return Failure(vn(real), vn(apart), text, text_en, "warning")


@checker
def result_reaches_target(view: View) -> Iterator[Relation]:
    """A standing target for a later time is not below what is reached already; nor above it, of what grows less."""
    for falls, pairs in (
        (False, _counts(view)),
        (False, _shares(view, falls=False)),
        (True, _shares(view, falls=True)),
    ):
        for now, aim in pairs:
            test = partial(_aim, falls)
            yield Relation(check="result_reaches_target", terms=(now, aim), test=test, exact=False, doubtful=True)


def _counts(view: View) -> Iterator[tuple[Term, Term]]:
    """Counts of communes reached, and aimed at."""
    reached = {
        (f.scope, f.criterion, f.level, f.unit): f
        for f in view.extraction.criteria
        if f.status == "achieved" and f.change == "total" and f.count is not None and f.total == view.communes
    }
    for fact in view.extraction.criteria:
        now = reached.get((fact.scope, fact.criterion, fact.level, fact.unit))
        if now is None or fact.count is None or not _stands(view, fact):
            continue
        if 2 * fact.count >= (now.count or 0):  # else it is how many more, said without "thêm"
            yield term(now.fact_id, "count", now.count or 0), term(fact.fact_id, "count", fact.count)


def _stands(view: View, fact: Criteria) -> bool:
    """Whether a target is one for all communes that a result can be held against."""
    plain = fact.status == "target" and fact.change == "total" and fact.scope not in ("unit", "band")
    return plain and fact.op not in ("<", "<=") and fact.total in (None, view.communes)


def _shares(view: View, *, falls: bool) -> Iterator[tuple[Term, Term]]:
    """Percentages and incomes a head reached, and aimed at for a later year."""
    incomes = (one for one in view.told if one.per and one.op == "=")
    told: tuple[Percentage | Budget, ...] = (*view.lone_shares, *incomes)
    found = [
        fact
        for fact in told
        if bool(FALLING.search(lowered(fact.label))) == falls and not PLAN.search(lowered(fact.label))
    ]
    reached = {_name(fact): fact for fact in found if fact.status == "achieved"}
    for fact in found:
        now = reached.get(_name(fact))
        if fact.status == "target" and now is not None and "" < _year(view, now) < _year(view, fact):
            yield _figure(now), _figure(fact)


def _name(fact: Measured) -> tuple[str, str | None]:
    return lowered(fact.label), fact.per if isinstance(fact, Budget) else fact.unit


def _year(view: View, fact: Measured) -> str:
    """The last year of its period or its heading; else the document's."""
    years = YEAR.findall(fact.period or "") or YEAR.findall(fact.evidence.section)
    return max(years, default=(view.extraction.head.date or "")[:4])


def _aim(falls: bool, values: Sequence[Decimal]) -> Failure | None:
    reached, target = values
    if (target <= reached) if falls else (target >= reached):
        return None
    sign, than, than_en = ("<=", "cao", "more") if falls else (">=", "thấp", "less")
    text = f"Mục tiêu {vn(target)} {than} hơn kết quả đã đạt {vn(reached)}"
    text_en = f"a target of {vn(target)}, {than_en} than the {vn(reached)} that are reached"
    return Failure(f"{sign} {vn(reached)}", vn(target), text, text_en, "warning")


@once
def _planned(view: View) -> list[tuple[Measured, Measured, bool]]:
    """Results in running text, each with the plan beside it, and whether that stands after."""
    found = []
    for facts in _measured(view):
        for one, two in pairwise(facts):
            planned = [bool(PLAN.search(lowered(fact.label))) for fact in (one, two)]
            if all(planned):  # what was paid out of a plan may be called so too
                planned = [bool(PLAN.match(lowered(fact.label))) for fact in (one, two)]
            if sum(planned) == 1 and one.evidence.beside(two.evidence) and _alike(one, two):
                found.append((one, two, True) if planned[1] else (two, one, False))
    return found


@once
def _measured(view: View) -> list[list[Measured]]:
    """Shares, money and quantities of the running text, each in reading order."""
    kinds = (view.extraction.percentages, view.told, view.extraction.quantities)
    return [
        [one for one in kind if one.op == "=" and one.evidence.cell is None and getattr(one, _field(one)) is not None]
        for kind in kinds
    ]


def _alike(one: Measured, two: Measured) -> bool:
    """Whether two figures are of one unit."""
    if isinstance(one, Budget) and isinstance(two, Budget):
        return one.per == two.per
    return not isinstance(one, Budget) and not isinstance(two, Budget) and one.unit == two.unit


def _figure(fact: Measured) -> Term:
    return term(fact.fact_id, _field(fact), getattr(fact, _field(fact)) or 0)


def _field(fact: Fact) -> str:
    return "amount_vnd" if isinstance(fact, Budget) else "value"


def _text(fact: Fact) -> str:
    return printed(fact, _field(fact)).text
