"""The numbers behind the plots of the review pages."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd

from ntm_extract.facts import CRITERIA

BINS = (0.0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)  # of mean confidence


def plots(tables: dict[str, pd.DataFrame]) -> dict[str, list[dict[str, Any]]]:
    """Criteria by document, money by source, pages by confidence."""
    return {"criteria": _criteria(tables), "money": _money(tables["budgets"]), "quality": _quality(tables["pages"])}


def _criteria(tables: dict[str, pd.DataFrame]) -> list[dict[str, Any]]:
    """A row a document that counts units by criterion: share met of each, and the count as stated."""
    facts = tables["criteria"]
    kept = facts[(facts.scope == "criterion") & (facts.status == "achieved") & (facts.change == "total")]
    kept = kept[kept["count"].notna() & (kept.total > 0)].drop_duplicates(["doc_id", "criterion"], keep="last")
    names = tables["documents"].set_index("doc_id").source
    rows = []
    for doc_id, own in kept.groupby("doc_id"):
        shares: list[float | None] = [None] * CRITERIA
        said = [""] * CRITERIA
        for n, count, total in zip(own.criterion, own["count"], own.total, strict=True):
            if not pd.isna(n):
                shares[int(n) - 1], said[int(n) - 1] = min(1.0, int(count) / int(total)), f"{count}/{total}"
        rows.append({"doc_id": doc_id, "name": names[doc_id], "shares": shares, "said": said})
    return rows


def _money(budgets: pd.DataFrame) -> list[dict[str, Any]]:
    """Đồng by source, without totals whose parts are rows themselves and without rates."""
    kept = budgets[budgets.source.notna() & budgets.per.isna() & ~budgets.fact_id.isin(budgets.parent_id.dropna())]
    sums = kept.groupby("source").amount_vnd.sum().sort_values(ascending=False)
    return [{"name": str(name), "value": int(value)} for name, value in sums.items()]


def _quality(pages: pd.DataFrame) -> list[dict[str, Any]]:
    if pages.mean_confidence.notna().sum() == 0:
        return []
    labels = [f"{low:.0%} – {high:.0%}" for low, high in pairwise(BINS)]
    binned = pd.cut(pages.mean_confidence.dropna().astype(float), BINS, labels=labels, include_lowest=True)
    return [{"name": str(name), "value": int(count)} for name, count in binned.value_counts(sort=False).items()]
