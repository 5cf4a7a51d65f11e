from __future__ import annotations

import pytest

from ntm_extract.edges import doctor, ocr
from ntm_extract.problems import MissingError


def test_what_is_missing_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: ocr.Installed("5.3.0", frozenset({"eng"}), ""))
    monkeypatch.setattr(doctor.shutil, "which", lambda _: None)
    found = {finding.name: finding for finding in doctor.diagnose()}
    assert found["tesseract"].ok
    assert not found["tesseract language vie"].ok
    assert found["tesseract language vie"].hint == "sudo apt-get install tesseract-ocr-vie"
    assert found["poppler"].hint == "sudo apt-get install poppler-utils"
    assert found["python"].ok
    assert found["numpy"].ok
    assert found["numpy"].version


def test_without_tesseract_all_of_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise MissingError("tesseract is not installed")

    monkeypatch.setattr(ocr, "installed", gone)
    found = {finding.name: finding for finding in doctor.diagnose()}
    assert found["tesseract"].hint == "sudo apt-get install tesseract-ocr"
    assert not found["tesseract language vie"].ok
    assert all(finding.hint for finding in found.values() if not finding.ok)
    assert all(not finding.hint for finding in found.values() if finding.ok)
