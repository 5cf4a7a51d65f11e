"""From a stored Result to the rows of every table. Pure; values are str, int, Decimal, float or None."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import fmean

import msgspec

from ntm_extract.facts import Evidence, Fact, Uncounted
from ntm_extract.model import Box, Page, Word
from ntm_extract.outputs.cells import cell_rows
from ntm_extract.outputs.matrix import marks
from ntm_extract.outputs.schema import BY_NAME, EVIDENCE, Row, Value
from ntm_extract.problems import HINTS, Code
from ntm_extract.result import Check, Result

EXAMPLES = 5


def rows(result: Result) -> dict[str, list[Row]]:
    """The rows of one document, a list for each table, in the order of the files."""
    facts = sorted(result.extraction.facts, key=_order)
    failed = _failed_checks(result.checks)
    tables: dict[str, list[Row]] = {name: [] for name in BY_NAME}
    for fact in facts:
        tables[fact.table].append(_fact(fact, failed.get(fact.fact_id, "")))
    doc_id = result.document.doc_id
    tables["documents"].append(_document(result))
    tables["pages"] += [_page(doc_id, page) for page in result.document.pages]
    tables["places"] += [
        {"doc_id": doc_id, **{f: getattr(place, f) for f in place.__struct_fields__}}
        for place in result.extraction.places
    ]
    tables["table_cells"] += cell_rows(result)
    tables["criteria_matrix"] += marks(result)
    tables["checks"] += [_check(doc_id, check) for check in result.checks]
    tables["failures"] += [
        {
            "source": result.document.source,
            "page": p.page,
            "stage": p.stage,
            "error": p.error,
            "hint": HINTS[Code(p.code)],
            "code": p.code,
        }
        for p in result.document.problems
    ]
    tables["coverage"] += _coverage(doc_id, result.extraction.uncounted)
    return tables


def text(result: Result) -> str:
    """The repaired text: lines as on paper, pages parted by a form feed."""
    pages = ["\n".join(line.text for line in page.lines) for page in result.document.pages]
    return "\f".join(pages) + "\n"


def _order(fact: Fact) -> tuple[int, int, tuple[float, ...]]:
    e = fact.evidence
    return e.page, e.line or 0, tuple(float(p) for p in e.position.replace(".", ":").split(":"))


def _failed_checks(checks: Iterable[Check]) -> dict[str, str]:
    names: dict[str, set[str]] = {}
    for check in checks:
        for fact_id in check.fact_ids:
            names.setdefault(fact_id, set()).add(check.check)
    return {fact_id: ";".join(sorted(found)) for fact_id, found in names.items()}


def _fact(fact: Fact, checks: str) -> Row:
    e = fact.evidence
    row: dict[str, Value] = {"fact_id": fact.fact_id, "checks": checks, **_corners(e.box)}
    row |= {c.name: getattr(e, c.name) for c in EVIDENCE if c.name in Evidence.__struct_fields__}
    for column in BY_NAME[fact.table].columns[len(EVIDENCE) :]:
        value = getattr(fact, column.name)
        row[column.name] = ";".join(value) if isinstance(value, tuple) else value
    return row


def _corners(box: Box | None) -> dict[str, Value]:
    if box is None:
        return dict.fromkeys(("x0", "y0", "x1", "y1"))
    return {n: round(getattr(box, n), 1) for n in ("x0", "y0", "x1", "y1")}


def _document(result: Result) -> Row:
    document, head = result.document, result.extraction.head
    words = [w for page in document.pages for line in page.lines for w in line.words]
    sources = [page.text_source for page in document.pages if page.lines]
    return {
        "doc_id": document.doc_id,
        "source": document.source,
        "also_at": ";".join(document.also_at),
        **{f: getattr(head, f) for f in head.__struct_fields__},
        "pages": len(document.pages),
        "text_source": max(sorted(set(sources)), key=sources.count) if sources else None,
        "mean_confidence": _mean_confidence(words),
        "status": result.status,
        "seconds": round(result.seconds, 2),
        "version": result.version,
    }


def _page(doc_id: str, page: Page) -> Row:
    words = [w for line in page.lines for w in line.words]
    return {
        "doc_id": doc_id,
        "page": page.number,
        "width": round(page.width, 1) or None,
        "height": round(page.height, 1) or None,
        "dpi": round(page.dpi) or None,
        "skew": round(page.quality.skew, 2),
        "rotation": page.quality.rotation,
        "stamp_area": round(page.quality.stamp_area, 4),
        "words": len(words),
        "mean_confidence": _mean_confidence(words),
        "repaired_syllables": sum(w.changed for w in words),
        "seconds": round(page.seconds, 2),
        "text_source": page.text_source,
        "source_reason": page.source_reason or None,
        "contrast": round(page.quality.contrast, 3) if page.dpi else None,
        "noise": round(page.quality.noise, 2) if page.dpi else None,
        "stamped_words": round(page.quality.stamped_words, 3) if page.dpi else None,
        "edges": round(page.quality.edges, 4) if page.dpi else None,
        "shining": round(page.quality.shining, 4) if page.dpi else None,
        "leaders": page.quality.leaders if page.dpi else None,
        "halves": page.quality.halves if page.dpi else None,
    }


def _mean_confidence(words: list[Word]) -> Value:
    seen = [w.confidence for w in words if w.confidence is not None]
    return round(fmean(seen), 4) if seen else None


def _check(doc_id: str, check: Check) -> Row:
    fields = ("check", "expected", "found", "severity", "message", "message_en", "proposal")
    return {
        "doc_id": doc_id,
        "fact_ids": ";".join(check.fact_ids),
        **{f: getattr(check, f) for f in fields},
        "check_id": check.check_id(doc_id),
        "changes": _changes(check),
        "decision": "accepted" if check.settled else "",
    }


def _changes(check: Check) -> str:
    """The proposals as fields that would change, for programs."""
    if not check.proposals:
        return ""
    return msgspec.json.encode([p.changes for p in check.proposals]).decode()


def _coverage(doc_id: str, found: Iterable[Uncounted]) -> list[Row]:
    """A row a page and reason, in the order of pages, then of reasons."""
    groups: dict[tuple[int, str], list[Uncounted]] = {}
    for one in found:
        groups.setdefault((one.page, one.reason), []).append(one)
    return [
        {
            "doc_id": doc_id,
            "page": page,
            "reason": reason,
            "count": len(group),
            "examples": ";".join(f"{one.printed} (line {one.line})" for one in group[:EXAMPLES]),
        }
        for (page, reason), group in sorted(groups.items())
    ]
