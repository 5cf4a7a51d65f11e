"""Names and regimes of the document itself, and how sure a change must be."""

from dataclasses import replace

import pytest

from ntm_extract.model import Line, Word
from ntm_extract.repair import Repairer
from ntm_extract.repair.names import PLACE, Places, Read, own_names, protection
from ntm_extract.repair.regimes import is_foreign, regimes_of
from ntm_extract.repair.repairer import repair_lines
from ntm_extract.repair.sureness import need, trust
from ntm_extract.repair.tokens import split


def reads(text, confidence=0.95):
    return [Read(split(token), confidence) for token in text.split()]


def test_a_name_is_repeated_and_always_alike():
    thrice = [reads(f"Nhân dân thôn Hô Trà đã {done} đường") for done in ("làm", "hiến đất làm", "trải nhựa")]
    assert own_names(thrice) == {"hô trà", "hô", "trà"}
    assert own_names(thrice[:2]) == frozenset()
    assert own_names([*thrice, reads("Nhân dân thôn Hồ Trà đã nghỉ")]) == {"trà"}
    assert own_names([[*text[:2], *(r._replace(confidence=0.6) for r in text[2:])] for text in thrice]) == frozenset()
    assert own_names([reads("Hô Trà,") for _ in range(3)]) == {"hô trà", "trà"}


def test_protection_of_names_in_capitals():
    names = frozenset({"hô trà", "hô", "trà"})
    costs = protection(reads("XÃ HÔ TRÀ"), names)
    assert costs[0] == 0 < costs[1] == costs[2]
    assert protection(reads("xã hô trà"), names) == [0, 0, 0]
    assert 0 < protection(reads("đến Trà, nay"), names)[1] < costs[2]


def test_protection_after_a_word_for_places():
    assert protection(reads("bản Pa Nhum"), frozenset()) == [0, PLACE, PLACE]
    assert protection(reads("bản Pa, Nhum"), frozenset()) == [0, PLACE, 0]
    assert protection(reads("bản Pa Nhum", 0.7), frozenset()) == [0, 0, 0]
    assert protection(reads("xã Nhlum rồi"), frozenset()) == [0, 0, 0]  # no syllable


GOOD = "nông thôn mới được xây dựng bền vững và đẹp".split()  # noqa: SIM905
RUINED_WORDS = "néng thén méi dugc xay dung bén viing va dep".split()  # noqa: SIM905
STRIPPED = "nong thon moi duoc xay dung ben vung va dep".split()  # noqa: SIM905


@pytest.mark.parametrize(("words", "regime"), [(GOOD, "light"), (RUINED_WORDS, "heavy"), (STRIPPED, "bare")])
def test_regimes(words, regime):
    assert regimes_of([words]) == [regime]
    assert regimes_of([words, [], words] * 20) == [regime] * 60


def test_regimes_of_a_mixed_document():
    pages = [GOOD] * 15 + [RUINED_WORDS] * 15 + [GOOD] * 15 + [STRIPPED] * 15
    assert regimes_of(pages) == ["light"] * 15 + ["heavy"] * 15 + ["light"] * 15 + ["bare"] * 15


def test_a_short_stretch_makes_no_regime_of_its_own():
    assert regimes_of([GOOD] * 5 + [["UBND", "Nam", "Kham", "tang", "giam"]] + [GOOD] * 5) == ["light"] * 11
    assert regimes_of([]) == []
    assert regimes_of([[], ["so", "hai"]]) == ["light", "light"]


def test_foreign_paragraphs(repairer):
    assert is_foreign("the villages were reached by new roads within three years".split(), repairer.folded)  # noqa: SIM905
    assert not is_foreign("cac thon ban duoc noi voi nhau bang duong moi".split(), repairer.folded)  # noqa: SIM905


def test_trust_grows_with_confidence():
    assert trust(None) == 0
    assert trust(0.5) < trust(0.92) < 0 < trust(0.97)


def test_changes_of_confident_capitals_need_a_margin():
    assert need("CUÔNG", None) == need("thôn", 0.99) == need("CUÔNG", 0.5) == 0
    assert 0 < need("CUÔNG", 0.8) < need("CUÔNG", 0.9) == need("CUÔNG", 0.99)
    assert need("Cuông", 0.95) < need("CUÔNG", 0.95)


def test_names_of_listed_units_stay_as_read(repairer: Repairer) -> None:
    text = "Các xã Phù Lương, Tông Lạnh có tỷ lệ hộ nghèo cao."
    read = (Line(number=1, words=tuple(Word(text=word, recognised=word) for word in text.split())),)
    assert " ".join(word.text for word in repair_lines(read, repairer)[0].words) == text
    unlisted = repair_lines(read, replace(repairer, places=Places()))
    assert " ".join(word.text for word in unlisted[0].words) != text


PLACES_NEAR = Places(within={"huyện đồng rẫy": ("vàng san", "pa vệ sủ"), "tỉnh đồng": ("a mú",)})


def test_units_near_by_are_those_of_the_districts_and_provinces_that_a_text_names():
    text = "ubnd huyện đồng rẫy , tỉnh đồng nay".split()  # noqa: SIM905
    assert list(PLACES_NEAR.named(text)) == ["vàng san", "pa vệ sủ", "a mú"]
    assert list(PLACES_NEAR.named(["huyện", "đồng"])) == list(PLACES_NEAR.named(["đồng", "rẫy"])) == []


def test_a_ruined_text_takes_the_names_of_units_in_its_district(repairer: Repairer) -> None:
    line = "Céc xa cua huyén Muong Té: Ka Lang, Mu Ca, Vang San, Ta Téng chua dat tiéu chi thu nh@p theo quy dinh"
    read = tuple(
        Line(number=n, words=tuple(Word(text=word, recognised=word) for word in line.split())) for n in range(8)
    )
    names = "Mường Tè: Ka Lăng, Mù Cả, Vàng San,"
    assert names in " ".join(word.text for word in repair_lines(read, repairer)[0].words)
    unlisted = replace(repairer, places=Places())
    assert names not in " ".join(word.text for word in repair_lines(read, unlisted)[0].words)
