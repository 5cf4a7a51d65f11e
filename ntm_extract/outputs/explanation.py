"""One fact, told to a person: what it says, where it stands, how it was read, repaired and checked. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_extract.facts import Evidence, Fact
from ntm_extract.model import Line
from ntm_extract.outputs.rows import rows
from ntm_extract.outputs.schema import BY_NAME, EVIDENCE
from ntm_extract.result import Result
from ntm_extract.text.english import count_of


def explanation(result: Result, fact: Fact) -> str:
    """Several lines of plain text, without a line end."""
    return "\n".join(_lines(result, fact))


def _lines(result: Result, fact: Fact) -> Iterator[str]:
    e = fact.evidence
    yield f"{fact.table} {fact.fact_id}"
    (row,) = (row for row in rows(result)[fact.table] if row["fact_id"] == fact.fact_id)
    for column in BY_NAME[fact.table].columns[len(EVIDENCE) :]:
        if row[column.name] not in (None, ""):
            yield f"  {column.name:<14} {row[column.name]}"
    yield f"source           {result.document.source}"
    yield f"page             {e.page}" + (f", line {e.line}" if e.line else "")
    if e.box is not None:
        yield f"box              x {e.box.x0:.1f} to {e.box.x1:.1f}, y {e.box.y0:.1f} to {e.box.y1:.1f} points"
    yield f"section          {e.section or '(none)'}"
    yield f"quote            {e.quote}"
    yield f"as recognised    {e.quote_ocr}"
    yield f"rule             {e.rule}"
    yield f"confidence       {e.confidence:.2f}"
    yield from _words(result, e)
    yield from _checks(result, fact.fact_id)


def _words(result: Result, e: Evidence) -> Iterator[str]:
    """The number's line: how sure the recogniser was of it, and what repair changed on it."""
    line = _line(result, e)
    if line is None:
        return
    yield f"line             {line.text}"
    sure = [w.confidence for w in line.words if w.confidence is not None]
    if sure:
        words = count_of(len(line.words), "word")
        yield f"recogniser       confidence {min(sure):.2f} to {max(sure):.2f} over the line's {words}"
    changed = [w for w in line.words if w.changed]
    yield "repairs          " + (f"{len(changed)} on the line" if changed else "none on the line")
    for word in changed:
        margin = "nothing else weighed" if word.margin is None else f"margin {word.margin:.2f}"
        yield f"  {word.recognised} -> {word.text or '(dropped)'}: {word.reason or 'repair'}, {margin}"


def _line(result: Result, e: Evidence) -> Line | None:
    pages = (page for page in result.document.pages if page.number == e.page)
    return next((line for page in pages for line in page.lines if line.number == e.line), None)


def _checks(result: Result, fact_id: str) -> Iterator[str]:
    failed = [check for check in result.checks if fact_id in check.fact_ids]
    yield "checks           " + (f"{len(failed)} failed" if failed else "all held")
    for check in failed:
        yield f"  {check.check} ({check.severity}): {check.message_en}" + (" [accepted]" if check.settled else "")
        yield f"    {check.message}"
        if check.proposal:
            yield f"    would close it: {check.proposal}"
