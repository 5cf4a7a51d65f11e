"""Damaged files: whatever is turned, cut, doubled or swapped, the run reads them all (5,000: `make fuzz-files`)."""

from __future__ import annotations

from bench.fuzz_files import fuzz, mutant


def test_two_hundred_mutants() -> None:
    codes, faults = fuzz(0, 200, seed=8, jobs=1)
    assert not faults
    assert codes["ok"] > 20 and len(codes) > 5


def test_a_mutant_is_made_again_from_its_number() -> None:
    assert mutant(8, 7) == mutant(8, 7) != mutant(9, 7)
