"""What a person decided is kept, applied to the tables, and never lost by a run."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ntm_extract.checks.confidence import Assessed, assess
from ntm_extract.cli import main
from ntm_extract.corrections import DECIDED, Correction, apply, corrected
from ntm_extract.edges.corrections import Decisions, read_corrections, record, write_corrections
from ntm_extract.edges.data import load_limits
from ntm_extract.edges.folders import models_folder
from ntm_extract.edges.models import load_confidence
from ntm_extract.edges.store import Entry, Store
from ntm_extract.facts import Budget, Extraction, Signals
from ntm_extract.outputs.ready import ready
from ntm_extract.problems import ExitCode, InputError
from ntm_extract.result import Change, Proposal, Result
from tests.conftest import evidence

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN ĐỒNG RẪY
Số: 57/BC-UBND
Đồng Rẫy, ngày 12 tháng 7 năm 2023
BÁO CÁO
Kết quả xây dựng nông thôn mới 6 tháng đầu năm 2023

Ủy ban nhân dân huyện Đồng Rẫy báo cáo như sau:
- Đường trục thôn được cứng hóa 61,4/96,8 km, đạt 68,4%.
"""


def judge(extraction: Extraction) -> Assessed:
    return assess(extraction, load_limits(), load_confidence(models_folder()))


def correct(fact_id: str, table: str, field: str, value: str, **more: str) -> Correction:
    return Correction(fact_id=fact_id, table=table, action="correct", field=field, value=value, **more)


def test_a_corrected_fact_says_so_and_its_parts_follow(result: Result) -> None:
    part, total = result.extraction.budgets
    decided = (correct(total.fact_id, "budgets", "amount_vnd", "5000000", was="9000000"),)
    new, unused = corrected(result, decided, judge)
    part, total = new.extraction.budgets
    assert not unused
    assert (total.amount_vnd, part.parent, part.parent_id) == (5_000_000, 5_000_000, total.fact_id)
    assert (total.evidence.rule, total.evidence.confidence) == ("test, corrected", DECIDED)
    assert part.evidence == result.extraction.budgets[0].evidence


def test_checks_are_made_again_over_corrected_facts(result: Result) -> None:
    (share,) = result.extraction.percentages
    wrong = replace(result, extraction=replace(result.extraction, percentages=(replace(share, value=Decimal(70)),)))
    before = corrected(wrong, (), judge)[0].checks
    after = corrected(wrong, (correct(share.fact_id, "percentages", "num", "5.6"),), judge)[0].checks
    assert [c.check for c in before if share.fact_id in c.fact_ids] == ["ratio_makes_percentage"]
    assert not [c for c in after if share.fact_id in c.fact_ids]


def test_the_confidence_of_all_facts_follows_a_correction(result: Result) -> None:
    signals = Signals(certainty=0.95, seen=0.9, around=0.9, margin=9.0)
    total, *parts = (
        Budget(evidence=evidence(f"{n}:0.0", signals=signals, quote=f"{amount} đồng"), amount_vnd=amount)
        for n, amount in enumerate((9000, 4000, 4000), 1)
    )
    parts = [replace(part, parent=9000, parent_id=total.fact_id) for part in parts]
    wrong = replace(result, extraction=Extraction(budgets=(total, *parts)))
    before = corrected(wrong, (), judge)[0]
    after = corrected(wrong, (correct(total.fact_id, "budgets", "amount_vnd", "8000"),), judge)[0]
    assert before.checks
    assert not after.checks
    for old, new in zip(before.extraction.budgets[1:], after.extraction.budgets[1:], strict=True):
        assert new.evidence.confidence > old.evidence.confidence


def test_a_rejected_total_leaves_its_parts_alone(result: Result) -> None:
    total = result.extraction.budgets[1]
    reject = Correction(fact_id=total.fact_id, table="budgets", action="reject")
    (part,) = corrected(result, (reject,), judge)[0].extraction.budgets
    assert (part.parent, part.parent_id) == (None, None)


def test_an_accepted_check_is_settled(result: Result) -> None:
    (count,) = result.extraction.criteria  # three communes, two of them named
    (failed,) = [c for c in judge(result.extraction).checks if count.fact_id in c.fact_ids]
    doc_id = result.document.doc_id
    for decision in (
        Correction(fact_id="", table="checks", action="accept", check_id=failed.check_id(doc_id)),
        Correction(fact_id=count.fact_id, table="criteria", action="accept"),
    ):
        checks = corrected(result, (decision,), judge)[0].checks
        assert [c.settled for c in checks if c.check == failed.check] == [True]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("amount_vnd", "viele", "can't be"),
        ("amount_vnd", "", "can't be"),
        ("amount", "5", "no such field"),
        ("evidence", "x", "no such field"),
    ],
)
def test_what_cannot_be_applied_is_said(result: Result, field: str, value: str, reason: str) -> None:
    total = result.extraction.budgets[1]
    extraction, (unused,) = apply(
        result.extraction, result.document.doc_id, (correct(total.fact_id, "budgets", field, value),)
    )
    assert extraction == result.extraction
    assert reason in unused.reason


def test_head_and_lists_can_be_corrected(result: Result) -> None:
    doc_id, count = result.document.doc_id, result.extraction.criteria[0]
    decided = (
        correct(doc_id, "documents", "number", "57/BC-UBND"),
        correct(count.fact_id, "criteria", "places", "Đồng Rẫy; An Phú;Nà Lọm"),
    )
    extraction, unused = apply(result.extraction, doc_id, decided)
    assert not unused
    assert extraction.head.number == "57/BC-UBND"
    assert extraction.criteria[0].places == ("Đồng Rẫy", "An Phú", "Nà Lọm")


TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=20).map(str.strip)


@given(st.lists(st.builds(correct, TEXT, TEXT, TEXT, TEXT, note=TEXT), max_size=4))
def test_decisions_read_back(tmp_path_factory: pytest.TempPathFactory, decisions: list[Correction]) -> None:
    path = tmp_path_factory.mktemp("c") / "corrections.csv"
    write_corrections(path, decisions)
    assert read_corrections(path) == (tuple(decisions), ())


def test_a_later_decision_takes_the_place_of_an_earlier(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    record(path, [correct("a", "budgets", "amount_vnd", "1"), correct("b", "budgets", "amount_vnd", "2")])
    record(path, [correct("a", "budgets", "amount_vnd", "3")])
    assert [(c.fact_id, c.value) for c in read_corrections(path)[0]] == [("b", "2"), ("a", "3")]


def test_a_file_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text("fact_id;action;field;value\nab;correct;num;5,5\ncd;agree;;\n;;;\n", encoding="utf-8")
    found, faults = read_corrections(path)
    assert [(c.fact_id, c.value) for c in found] == [("ab", "5,5")]
    assert faults == ("corrections.csv row 3: no such action: 'agree'",)
    path.write_text("id,what\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column action, fact_id"):
        read_corrections(path)


def test_unknown_ids_are_named_and_cost_nothing(result: Result, tmp_path: Path) -> None:
    write_corrections(tmp_path / "c.csv", [correct("nobody", "budgets", "amount_vnd", "1")])
    decisions = Decisions(tmp_path / "c.csv")
    assert list(decisions.applied([result])) == [result]
    assert decisions.unused == ("no fact or check nobody in this archive",)


def table(out: Path, name: str) -> list[dict[str, str]]:
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_a_decision_outlives_every_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "a.txt").write_text(REPORT, encoding="utf-8")
    run = ["run", str(source), "--out", str(out), "-j1"]
    assert main(run) == ExitCode.OK
    (check,) = table(out, "checks")
    stored = {p.name: p.read_bytes() for p in (out / "results").iterdir()}
    assert main(["accept", "0" * 16, "--out", str(out)]) == ExitCode.INPUT
    assert main(["accept", check["check_id"], "--choose", "99", "--out", str(out)]) == ExitCode.INPUT
    assert main(["accept", check["check_id"], "--choose", "0", "--out", str(out), "--note", "seen"]) == ExitCode.OK
    for _ in range(2):
        assert main(run) == ExitCode.OK
        assert [c["decision"] for c in table(out, "checks")] == ["accepted"]
        assert table(out, "percentages")[0]["rule"].endswith(", accepted")
    kept = read_corrections(out / "corrections.csv")[0]
    assert [(c.action, c.note) for c in kept] == [("accept", "seen")]
    assert stored.keys() == {p.name for p in (out / "results").iterdir()}
    assert "needs a look" in capsys.readouterr().out


def test_a_chosen_proposal_is_recorded_change_by_change(result: Result, tmp_path: Path) -> None:
    total = result.extraction.budgets[1]
    change = Change(fact_id=total.fact_id, table="budgets", field="amount_vnd", value="5000000", was="9000000")
    (failed, *_) = judge(result.extraction).checks
    offered = replace(failed, proposals=(Proposal(printed="9", reading="5", changes=(change,)),))
    assert offered.proposal == "9 → 5"
    found = replace(result, checks=(offered,))
    entry = Entry(doc_id=result.document.doc_id, key="k", limits="l", source="a.txt")
    Store(tmp_path).save(found, entry, ready(found))
    assert main(["accept", offered.check_id(result.document.doc_id), "--out", str(tmp_path)]) == ExitCode.OK
    (kept,) = read_corrections(tmp_path / "corrections.csv")[0]
    assert (kept.fact_id, kept.field, kept.value, kept.was) == (total.fact_id, "amount_vnd", "5000000", "9000000")


def test_a_corrections_file_that_is_named_must_exist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(tmp_path), "--out", str(tmp_path / "o"), "--corrections", "none.csv"]) == ExitCode.INPUT
    assert "no corrections file" in capsys.readouterr().err
