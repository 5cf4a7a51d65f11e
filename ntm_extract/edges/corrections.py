"""The file of decisions, `corrections.csv`: kept by people and by us, never overwritten by a run."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path

import msgspec

from ntm_extract.corrections import COLUMNS, Correction, Judge, by_id, corrected, ids
from ntm_extract.edges.store import atomic
from ntm_extract.outputs.tables import GUARD, cell
from ntm_extract.problems import InputError
from ntm_extract.result import Result

NAME = "corrections.csv"


class Decisions:
    """The decisions of a file, laid over results as these pass by. What could not be used is known at the end."""

    def __init__(self, path: Path) -> None:
        decisions, faults = read_corrections(path)
        self._open = by_id(decisions)
        self._faults = [*faults]
        self.count = len(decisions)
        self.digest = hashlib.sha256(repr((decisions, faults)).encode()).hexdigest()

    @cached_property
    def _judge(self) -> Judge:
        from ntm_extract.checks.confidence import assess  # only where something was decided: this loads numpy
        from ntm_extract.edges.data import load_limits
        from ntm_extract.edges.folders import models_folder
        from ntm_extract.edges.models import load_confidence

        return partial(assess, limits=load_limits(), model=load_confidence(models_folder()))

    def about(self, names: Iterable[str]) -> bool:
        """Whether anything was decided about one of these ids."""
        return not self._open.keys().isdisjoint(names)

    def applied(self, results: Iterable[Result]) -> Iterator[Result]:
        """Each result as decided; one that nobody decided about as it is."""
        for result in results:
            mine = [one for name in ids(result) & self._open.keys() for one in self._open.pop(name)]
            if not mine:
                yield result
                continue
            settled, unused = corrected(result, mine, self._judge)
            self._faults += [f"fact {u.correction.fact_id}: {u.reason}" for u in unused]
            yield settled

    @property
    def unused(self) -> tuple[str, ...]:
        """A line for each decision that was not applied; those of unknown ids only when all results have passed."""
        unknown = [f"no fact or check {name} in this archive" for name in self._open]
        return (*self._faults, *unknown)


def read_corrections(path: Path) -> tuple[tuple[Correction, ...], tuple[str, ...]]:
    """The decisions in a file, and a line for each of its rows that is none. No file, no decisions.

    Spreadsheets may have saved it with semicolons and without its guards. Raises InputError if it is no such table.
    """
    if not path.exists():
        return (), ()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"can't read {path}: {error}; save it as CSV in UTF-8") from error
    head = text.split("\n", 1)[0]
    rows = csv.DictReader(text.splitlines(), delimiter=";" if head.count(";") > head.count(",") else ",")
    missing = {"fact_id", "action"} - {str(name).strip() for name in rows.fieldnames or ()}
    if missing:
        raise InputError(f"{path} has no column {', '.join(sorted(missing))}; its columns are {','.join(COLUMNS)}")
    found, faults = [], []
    for number, row in enumerate(rows, 2):
        plain = {name: _unguarded(row.get(name) or "") for name in COLUMNS}
        if not any(plain.values()):
            continue
        try:
            found.append(msgspec.convert(plain, Correction))
        except msgspec.ValidationError:
            faults.append(f"{path.name} row {number}: no such action: {plain['action']!r}")
    return tuple(found), tuple(faults)


def record(path: Path, decisions: Iterable[Correction]) -> None:
    """Add decisions to the file, in the place of earlier ones about the same field, row or check."""
    before, faults = read_corrections(path)
    if faults:
        raise InputError(f"{faults[0]}; mend or delete that row first")
    kept = {_subject(one): one for one in before}
    for one in decisions:
        kept.pop(_subject(one), None)
        kept[_subject(one)] = one
    write_corrections(path, tuple(kept.values()))


def write_corrections(path: Path, decisions: Sequence[Correction]) -> None:
    """Write the whole file, atomically."""
    with atomic(path, newline="") as handle:
        handle.write("\ufeff")
        writer = csv.DictWriter(handle, COLUMNS)
        writer.writeheader()
        writer.writerows({name: cell(name, getattr(one, name)) for name in COLUMNS} for one in decisions)


def _subject(one: Correction) -> tuple[str, str, str]:
    return one.fact_id or one.check_id, one.field, "" if one.action == "correct" else one.check_id


def _unguarded(text: str) -> str:
    return re.sub(GUARD, "", text).strip()
