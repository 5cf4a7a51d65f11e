"""Damaged files: whatever is turned, cut, doubled or swapped, the run reads them all (5,000: `make fuzz-files`)."""

from __future__ import annotations

from bench.fuzz_files import fuzz, mutant


def test_two_hundred_mutants() -> None:
    codes, faults = fuzz(range(200), seed=8, jobs=1)
    assert not faults
    assert codes["ok"] > 20 and len(codes) > 5


def test_mutants_that_were_faults_of_ours_once() -> None:
    """A form that is null, a tree of pages that counts wrong, a count of thirty digits."""
    codes, faults = fuzz((743, 891, 942), seed=8, jobs=1)
    assert not faults and codes["damaged"] == 2


def test_a_mutant_is_made_again_from_its_number() -> None:
    assert mutant(8, 7) == mutant(8, 7) != mutant(9, 7)
