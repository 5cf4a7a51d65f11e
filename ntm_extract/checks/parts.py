"""Parts of money in running text make their total, at every level, and shares of it are as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from ntm_extract.checks.ratios import share_off
from ntm_extract.checks.registry import Failure, Relation, checker, term
from ntm_extract.checks.sums import sum_of
from ntm_extract.checks.view import View, printed, share_follows, vn
from ntm_extract.facts import Budget, Fact, Percentage

LISTED = 10  # amounts after a total that may be its parts
PRECISE = 4  # digits of a total from which a sum does not meet it by chance
APART = 3  # lines between two amounts of one list, at the most
ASIDE = re.compile(r"\W*(?:riêng|ngoài ra|đến nay|năm trước)\s", re.IGNORECASE)
"""What begins a sentence about other money than the parts of a total."""
SHARE = re.compile(r"\s?(?:triệu|tỷ|tỉ|nghìn|ngàn)?\s?(?:đồng)?\s?[,(]*\s?chiếm\s(?:tỷ lệ\s|khoảng\s)?$", re.IGNORECASE)
"""What stands between an amount and its share of the total."""


@checker
def parts_make_total(view: View) -> Iterator[Relation]:
    """Parts of a budget sum to its total; more than the total is an error, less may be a list that names only some."""
    for total, children in _families(view):
        for group in _breakdowns(total, children):
            yield sum_of("parts_make_total", total, group)


@checker
def list_makes_total(view: View) -> Iterator[Relation]:
    """A total and the amounts listed under it, where one that was misread does not look like its part any more."""
    children = {total.fact_id: parts for total, parts in _families(view)}
    budgets = [fact for fact in view.told if fact.per is None]
    for i, total in enumerate(budgets):
        if total.parent_id is not None or sum(c.isdigit() for c in printed(total, "amount_vnd").text) < PRECISE:
            continue
        parts = list(children.get(total.fact_id, ()))
        loose: list[Budget] = []
        line = total.evidence.line
        after: list[Budget | None] = [*budgets[i + 1 :], None]
        for fact, following in pairwise(after):
            assert fact is not None
            apart = (fact.evidence.line or 0) - (line or 0)
            if fact.evidence.section != total.evidence.section or len(loose) == LISTED or apart > APART:
                break
            if ASIDE.match(fact.evidence.quote):
                break
            line = fact.evidence.line
            if fact.parent_id is None and (parts or fact.fact_id not in children or loose):
                loose.append(fact)
                ends = following is None or following.evidence.line != line
                if ends and len(parts) + len(loose) > 1 and _might_be(total, [*parts, *loose]):
                    yield replace(sum_of("list_makes_total", total, [*parts, *loose]), exact=False, doubtful=True)


def _might_be(total: Budget, parts: list[Budget]) -> bool:
    """Whether amounts may be the parts of a total, one of them misread: all but the largest fit into it."""
    amounts = sorted(part.amount_vnd for part in parts)
    return sum(amounts[:-1]) <= total.amount_vnd


def _families(view: View) -> Iterator[tuple[Budget, list[Budget]]]:
    """Each total with its parts."""
    by_id = {fact.fact_id: fact for fact in view.told}
    families: dict[str, list[Budget]] = {}
    for fact in view.told:
        if fact.parent_id in by_id and fact.op not in ("<", "<=") and fact.per is None:
            families.setdefault(fact.parent_id, []).append(fact)
    return ((by_id[parent_id], children) for parent_id, children in families.items())


def _breakdowns(total: Budget, children: list[Budget]) -> list[list[Budget]]:
    """The parts as the ways in which a total is parted: all together, or by source and by object side by side."""
    kinds: dict[tuple[bool, bool], list[Budget]] = {}
    for child in children:
        key = (child.source != total.source, child.capital != total.capital)
        kinds.setdefault(key, []).append(child)
    twice = sum(c.amount_vnd for c in children) > 1.5 * total.amount_vnd
    groups = list(kinds.values())
    whole = all(len(g) > 1 and 2 * sum(c.amount_vnd for c in g) > total.amount_vnd for g in groups)
    return groups if len(groups) > 1 and twice and whole else [children]


@checker
def share_of_total(view: View) -> Iterator[Relation]:
    """A share printed after an amount ("…, chiếm 41,01%") is its share of the total that it is part of."""
    shares: dict[tuple[int, int | None], list[Percentage]] = {}
    for share in view.lone_shares:
        shares.setdefault((share.evidence.page, share.evidence.line), []).append(share)
    for fact in view.told:
        total = view.by_id.get(fact.parent_id or "")
        line = fact.evidence.line
        if total is None or fact.per or line is None:
            continue
        near = [s for n in (line, line + 1) for s in shares.get((fact.evidence.page, n), ())]
        for share in near:
            if share_follows(share, fact, "amount_vnd", SHARE):
                yield _share(fact, total, share)
                break


def _share(fact: Budget, total: Fact, share: Percentage) -> Relation:
    assert isinstance(total, Budget)
    return Relation(
        check="share_of_total",
        terms=(
            term(fact.fact_id, "amount_vnd", fact.amount_vnd),
            term(total.fact_id, "amount_vnd", total.amount_vnd),
            term(share.fact_id, "value", share.value or 0),
        ),
        test=_shares,
        doubtful=True,  # it may be the share of another whole
    )


def _shares(values: Sequence[Decimal]) -> Failure | None:
    amount, total, value = values
    said, said_en = f"{vn(amount)} đồng trong {vn(total)} đồng", f"{vn(amount)} of {vn(total)} đồng"
    return share_off(amount, total, value, said, said_en)
