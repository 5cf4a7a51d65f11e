"""The administrative lists, and what names mean in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_extract.gazetteer import Gazetteer, fold, loose
from tests.names import knowledge


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    found = knowledge().gazetteer
    assert found is not None
    return found


def test_lists_are_whole(gazetteer: Gazetteer) -> None:
    count = {
        (era, level): sum(1 for u in gazetteer.units.values() if (u.era, u.level) == (era, level))
        for era in ("before", "after")
        for level in ("tỉnh", "huyện", "xã")
    }
    assert count["before", "tỉnh"] == 63
    assert count["after", "tỉnh"] == 34
    assert count["before", "huyện"] >= 696
    assert count["after", "huyện"] == 0
    assert count["before", "xã"] >= 10035
    assert count["after", "xã"] == 3321


def test_every_unit_lies_in_a_province_of_its_list_and_knows_its_heirs(gazetteer: Gazetteer) -> None:
    for unit in gazetteer.units.values():
        assert gazetteer.province_of(unit).level == "tỉnh"
        assert all(("after", code) in gazetteer.units for code in unit.codes_2025)
        if unit.level == "tỉnh" and unit.era == "before":
            assert len(unit.codes_2025) == 1


def test_nearly_every_commune_of_2025_is_mapped(gazetteer: Gazetteer) -> None:
    named = [u for u in gazetteer.units.values() if u.era == "before" and u.level == "xã"]
    assert sum(1 for u in named if u.codes_2025) >= 0.94 * len(named)  # the rest was dissolved before the reform


def test_a_code_names_other_communes_in_other_lists(gazetteer: Gazetteer) -> None:
    reused = [u for u in gazetteer.units.values() if u.era == "before" and ("after", u.code) in gazetteer.units]
    assert any(loose(gazetteer.units["after", u.code].name) != loose(u.name) for u in reused)


def test_date_picks_the_list(gazetteer: Gazetteer) -> None:
    before = gazetteer.link("Mường Khoa", "xã", "Lai Châu", date="2024-05")
    after = gazetteer.link("Mường Khoa", "xã", "Lai Châu", date="2025-07")
    assert before is not None and (before.era, before.code_2025) == ("before", "03601")
    assert after is not None and (after.era, after.code_2025) == ("after", "03601")


def test_province_and_district_settle_a_common_name(gazetteer: Gazetteer) -> None:
    assert gazetteer.link("Tân Tiến", "xã") is None
    there = gazetteer.link("Tân Tiến", "xã", "Bắc Giang", "Bắc Giang", "2022")
    elsewhere = gazetteer.link("Tân Tiến", "xã", "Hưng Yên", "Văn Giang", "2022")
    assert there is not None and elsewhere is not None and there.code != elsewhere.code


def test_old_names_are_found_after_the_reform(gazetteer: Gazetteer) -> None:
    old = gazetteer.link("Hà Giang", "tỉnh", date="2026-01-31")
    assert old is not None and (old.era, old.code_2025) == ("before", "08")
    inside = gazetteer.link("Phú Linh", "xã", "Tuyên Quang", date="2026-01-31")
    assert inside is not None and inside.era == "after"


def test_town_and_commune_of_one_name(gazetteer: Gazetteer) -> None:
    commune = gazetteer.link("Mường Tè", "xã", "Lai Châu", "Mường Tè", "2020")
    town = gazetteer.link("Mường Tè", "xã", "Lai Châu", "Mường Tè", "2020", title="Thị trấn")
    assert commune is not None and commune.title == "Xã"
    assert town is not None and town.title == "Thị trấn"


@pytest.mark.parametrize(("seen", "name"), [("Can Hồ", "Kan Hồ"), ("Kan Ho", "Kan Hồ"), ("KAN HỒ", "Kan Hồ")])
def test_spellings_that_vary(gazetteer: Gazetteer, seen: str, name: str) -> None:
    unit = gazetteer.link(seen, "xã", "Lai Châu", "Mường Tè", "2022-01")
    assert unit is not None and unit.name == name


def test_every_unit_is_found_by_its_own_name(gazetteer: Gazetteer) -> None:
    for unit in gazetteer.units.values():
        assert unit in gazetteer.find(unit.name, unit.level)


@given(st.text(alphabet="aăâđeêoôơuưyàảãáạẵẳkcAĂÂĐEK '-", max_size=20))
def test_keys_are_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert loose(text) == loose(text.upper())
    assert " " not in loose(text) and "k" not in loose(text)


def test_one_misread_letter_is_forgiven_within_the_district_only(gazetteer: Gazetteer) -> None:
    def misspelt(name: str) -> str | None:
        unit = gazetteer.misspelt(name, "Than Uyên", "Lai Châu", "2022")
        return unit.name if unit is not None else None

    assert misspelt("Mường Thau") == "Mường Than"
    assert misspelt("Mường Tha") == "Mường Than"
    assert misspelt("Nậm Cần") is None  # a commune elsewhere
    assert misspelt("Mường Xyz") is None
