import re
import time

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntm_extract import repair
from ntm_extract.edges.folders import models_folder
from ntm_extract.edges.models import load_repairer
from ntm_extract.model import Line, Word
from ntm_extract.problems import MissingError
from ntm_extract.repair import frozen, own_noise, repair_lines
from ntm_extract.repair import repair_text as repair_whole
from ntm_extract.repair.channel import LETTERS
from ntm_extract.repair.codes import fix_code, fix_unit, is_abbreviation, part_joined, torn
from ntm_extract.repair.compiled import compiled
from ntm_extract.repair.headings import roman_numbers
from ntm_extract.repair.language_model import step
from ntm_extract.repair.names import PLACE, Read, own_names, protection
from ntm_extract.repair.noise import is_noise
from ntm_extract.repair.paragraphs import paragraphs
from ntm_extract.repair.regimes import is_foreign, regimes_of
from ntm_extract.repair.sureness import need, trust
from ntm_extract.repair.tokens import END, START, Kind, kind, split, units
from ntm_extract.text.normal import one_d

FAST = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="session")
def repairer():
    return load_repairer(models_folder())


def repair_text(text, repairer):
    return repair_whole(text, repairer).text


def line(number, *words):
    """A line of (text, confidence) pairs."""
    return Line(number=number, words=tuple(Word(text=t, recognised=t, confidence=c) for t, c in words))


# --- tokens


@pytest.mark.parametrize(
    ("core", "what"),
    [
        ("xã", Kind.WORD), ("UBND", Kind.WORD), ("12", Kind.NUMBER), ("1.282,2", Kind.NUMBER), ("12/19", Kind.NUMBER),
        ("64,3%", Kind.NUMBER), ("-4,5", Kind.NUMBER), ("07km", Kind.NUMBER), ("300m2", Kind.NUMBER),
        ("2021-2025", Kind.NUMBER), ("5‰", Kind.NUMBER), ("614/KH-UBND", Kind.CODE), ("QĐ-TTg", Kind.CODE),
        ("T8", Kind.CODE), ("B2", Kind.CODE), ("DTTS&MN", Kind.CODE), ("th&p", Kind.MIXED), ("m@t", Kind.MIXED),
        ("ai@xa.vn", Kind.CODE),
        ("S6", Kind.MIXED), ("QL4H", Kind.CODE), ("QH15", Kind.CODE), ("và/hoặc", Kind.CODE), ("1a", Kind.MIXED),
        ("x4", Kind.MIXED), ("c6", Kind.MIXED), ("16ng", Kind.MIXED), ("hi¢n", Kind.MIXED), ("&", Kind.MIXED),
        ("-", Kind.SIGN), ("***", Kind.SIGN),
    ],
)  # fmt: skip
def test_kinds(core, what):
    assert kind(core) is what


@given(st.text(min_size=1, max_size=12).filter(lambda t: not re.search(r"\s", t)))
def test_split_loses_nothing(token):
    assert "".join(split(token)) == token


def test_units():
    assert units("(trong,") == ("trong", ",")
    assert units("12/19") == ("<num>",)
    assert units("Hoá.") == ("hóa", ".")


# --- rules


CODES = {"QĐ": 1000, "UBND": 900, "TTg": 300, "HĐND": 400, "NQ": 500, "BC": 200, "CP": 800, "KH": 300}


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("263/QD-TTg", "263/QĐ-TTg"), ("1487/QD-UBND", "1487/QĐ-UBND"), ("12/QB-UBND", "12/QĐ-UBND"),
        ("BC-UBND", "BC-UBND"), ("05/NQ-HDND", "05/NQ-HĐND"), ("77/XYZ-ABD", "77/XYZ-ABD"), ("xanh-sạch", "xanh-sạch"),
    ],
)  # fmt: skip
def test_codes(read, meant):
    assert fix_code(read, CODES) == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [("06-NQ/ÐĐU", "06-NQ/ĐU"), ("BCĐÐ", "BCĐ"), ("QÐ-TTg", "QĐ-TTg"), ("ðường", "đường"), ("ĐĐ", "ĐĐ"), ("đã", "đã")],
)  # fmt: skip
def test_one_letter_d(read, meant):
    assert one_d(read) == meant


def test_abbreviations_stay():
    counts = {"TT": 900, "NN": 110, "TTr": 130, "CHO": 100, "ND": 100, "HS": 3}
    assert all(is_abbreviation(core, counts, marks=False) for core in ("TT", "NN", "TTr"))
    assert not any(is_abbreviation(core, counts, marks=True) for core in ("CHO", "HS", "tt", "PTT"))
    assert is_abbreviation("ND", counts, marks=True)
    assert not is_abbreviation("ND", counts, marks=False)


def test_codes_run_together():
    assert part_joined("NQHBND", CODES) == "NQ-HĐND"
    assert part_joined("NHANDAN", CODES) == "NHANDAN"


@pytest.mark.parametrize(
    ("before", "token", "meant"),
    [
        ("300", "m?", "m²"), ("là", "300m?,", "300m²,"), ("1.250,5", "km?.", "km²."), ("là", "m?", "m?"),
        ("12,5", "%o", "‰"), ("đạt", "9%o;", "9‰;"), ("đạt", "9%", "9%"),
    ],
)  # fmt: skip
def test_units_of_measure(before, token, meant):
    assert fix_unit(before, token) == meant


def test_torn_codes():
    assert torn("88", "/KH-UBND")
    assert torn("44/2003/NĐ-", "CP")
    assert not torn("năm", "/KH-UBND")
    assert not torn("88", "UBND")


def numbers(*read):
    """What becomes of the numbers of headings in capitals, with a line of prose after each."""
    lines = [row for number in read for row in ([f"{number}.", "KẾT", "QUẢ", "ĐẠT"], ["xã", "đã", "làm"])]
    settled = roman_numbers(lines)
    return " ".join(settled.get((2 * k, 0), f"{number}.")[:-1] for k, number in enumerate(read))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("I 11 III", "I II III"), ("L II", "I II"), ("I H", "I II"), ("I H II IV", "I II III IV"),
        ("1 H IH", "I II III"),
        ("I II HI IV V", "I II III IV V"), ("1 HH II IV V", "I II III IV V"), ("Il II IV", "II III IV"),
        ("I II II IV", "I II III IV"), ("I II I H", "I II I II"), ("I H IV", "I II IV"),
        # no proof
        ("11", "11"), ("H", "H"), ("10 11 12", "10 11 12"), ("I 11 12", "I 11 12"), ("I II II", "I II II"),
        ("I 1 II", "I 1 II"), ("I II I II", "I II I II"), ("II IV", "II IV"),
    ],
)  # fmt: skip
def test_roman_headings_need_proof(read, meant):
    assert numbers(*read.split()) == meant


def test_numbered_annexes():
    lines = [["Phụ", "lục", "I"], ["Vốn", "đã", "cấp"], ["Phụ", "lục", "H", "NHU", "CẦU", "VỐN"]]
    assert roman_numbers(lines) == {(0, 2): "I", (2, 2): "II"}
    assert roman_numbers([["Phụ", "lục", "H", "của", "kế", "hoạch"]]) == {}


def test_noise_needs_little_confidence():
    assert is_noise("¬", 0.99)
    assert is_noise("|", 0.3)
    assert not is_noise("|", 0.95)
    assert not is_noise(";", None)


def test_paragraphs():
    assert paragraphs(["Thực hiện kế hoạch của", "huyện năm nay", "", "- Về thu nhập:", "đạt"]) == [[0, 1], [3], [4]]


def test_trust_grows_with_confidence():
    assert trust(None) == 0
    assert trust(0.5) < trust(0.92) < 0 < trust(0.97)


def test_changes_of_confident_capitals_need_a_margin():
    assert need("CUÔNG", None) == need("thôn", 0.99) == need("CUÔNG", 0.5) == 0
    assert 0 < need("CUÔNG", 0.8) < need("CUÔNG", 0.9) == need("CUÔNG", 0.99)
    assert need("Cuông", 0.95) < need("CUÔNG", 0.95)


# --- names of the document


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


# --- regimes


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


# --- the language model


def test_probabilities_sum_to_one(repairer):
    lm = repairer.language_model
    contexts = [(START, -1, -1), (END, -1, -1)]
    for text in ("nông thôn mới", "ủy ban nhân", "tỷ lệ hộ"):
        n1, n2, n3 = START, -1, -1
        for word in text.split():
            _, n1, n2, n3 = step(lm, n1, n2, n3, repairer.knowledge.number[word])
        contexts.append((n1, n2, n3))
    for context in contexts:
        total = sum(np.exp(step(lm, *context, word)[0]) for word in range(len(repairer.words)))
        assert total == pytest.approx(1, abs=0.06)  # rounding of the stored logarithms


def test_likely_words_are_likelier(repairer):
    lm, index = repairer.language_model, repairer.knowledge.number
    _, n1, n2, n3 = step(lm, START, -1, -1, index["nông"])
    _, n1, n2, n3 = step(lm, n1, n2, n3, index["thôn"])
    assert step(lm, n1, n2, n3, index["mới"])[0] > step(lm, n1, n2, n3, index["môi"])[0] + 2


# --- whole texts (sentences and places of our own)


RUINED = """Can cir Ké hoach cua Uy ban nhan dan huyén vé xay dung néng thon méi,
UBND x4 Ban Liéng bao cao két qua thuc hién nhu sau:

1. Vé giao thong: d3 1am dugc 12,5 km duong truc thon, dat 85%; nhan dan
déng gop 1.250 triéu dong va hién dat 3.400 m?.
"""


def test_a_ruined_layer(repairer):
    lines = repair_text(RUINED, repairer).split("\n")
    assert lines[0] == "Căn cứ Kế hoạch của Ủy ban nhân dân huyện về xây dựng nông thôn mới,"
    assert lines[1].startswith("UBND xã ")
    assert lines[1].endswith("báo cáo kết quả thực hiện như sau:")
    assert lines[2] == ""
    assert "12,5 km đường trục thôn, đạt 85%; nhân dân" in lines[3]
    assert lines[4] == "đóng góp 1.250 triệu đồng và hiến đất 3.400 m²."


def test_a_ruined_page_in_a_good_document(repairer):
    good = "Nhân dân các thôn của xã đã hiến đất, góp công làm đường và xây nhà văn hóa thôn khang trang, sạch đẹp.\n"
    ruined = "Nhan dan cac thén cua xa d3 hién dat, gop céng 1am dudng va xay nha van hoa thén khang trang, sach dep.\n"
    out = repair_text(good * 10 + "\f" + ruined * 10 + "\f" + good * 10, repairer)
    assert out == good * 10 + "\f" + good * 10 + "\f" + good * 10


def test_changes_tell_line_original_and_reason(repairer):
    repaired = repair_whole("Ủy ban nhân dân xã\n\fđã tố chức hội nghị", repairer)
    [change] = repaired.changes
    assert (change.line, change.original, change.text, change.reason) == (2, "tố", "tổ", "misread")
    assert change.margin > 0
    assert repaired.lines[-1].number == 2


def test_the_librarys_door():
    assert repair.text("Ủy ban nhân dân xã đã tố chức hội nghị").text == "Ủy ban nhân dân xã đã tổ chức hội nghị"


def test_specks_of_a_ruined_reading_are_dropped(repairer):
    text = "Uy ban nhan dan : xa | da té chite thuc hién nhan dan _huyén théng nhat? trong toan tinh , xa"
    assert repair_text(text, repairer) == (
        "Ủy ban nhân dân xã đã tổ chức thực hiện nhân dân huyện thống nhất trong toàn tỉnh xã"
    )


def test_a_channel_frozen_from_documents(repairer):
    lines = tuple(line(n, *((w, None) for w in row.split())) for n, row in enumerate(RUINED.split("\n") * 8, 1))
    told = own_noise(lines, repairer)
    assert set(told) == {"heavy"}
    moved = frozen(repairer, [told, told])
    assert moved.regimes["light"] is repairer.regimes["light"]
    before, after = (r.regimes["heavy"].channel for r in (repairer, moved))
    x = after.signs.index("4")
    assert after.one_one[LETTERS.index("ã"), x] < before.one_one[LETTERS.index("ã"), x]
    assert frozen(repairer, [told, told]).regimes["heavy"].channel.one_one.tobytes() == after.one_one.tobytes()


def test_stripped_text(repairer):
    text = "Ty le ho ngheo giam tu 14,2% xuong con 9,8%, thu nhap binh quan dat 41 trieu dong"
    assert repair_text(text, repairer) == (
        "Tỷ lệ hộ nghèo giảm từ 14,2% xuống còn 9,8%, thu nhập bình quân đạt 41 triệu đồng"
    )


def test_marks_of_a_good_reading(repairer):
    text = "Phòng Nông nghiệp huyện phối hợp với các tố chức đoàn thế vận động nhân dân xây dựng nông thôn mới"
    assert repair_text(text, repairer) == text.replace("tố chức", "tổ chức").replace("đoàn thế", "đoàn thể")


CORRECT = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 27/BC-UBND

Trong năm 2022, xã Nậm Lành đã huy động 3,2 tỷ đồng để làm 4,1 km đường bê tông;
trong đó nhân dân góp 640 triệu đồng và 1.120 ngày công. Đến nay có 14/19 tiêu chí đạt chuẩn.
a) Tiêu chí số 10 về thu nhập: đạt 38,5 triệu đồng/người/năm (tăng 2,1 triệu đồng).
đ) Internet đến 9/9 thôn, hệ thống loa FM hoạt động tốt.\fTRANG HAI
- Việc sáp nhập 02 thôn theo Nghị quyết số 15/NQ-HĐND ngày 08/7/2022 của HĐND huyện."""


def test_correct_text_stays(repairer):
    assert repair_text(CORRECT, repairer) == CORRECT


def test_the_documents_tone_placement_stays(repairer):
    new = "Nhà văn hoá thôn và trạm y tế chăm sóc sức khoẻ nhân dân, thuỷ lợi do các tố chức đoàn thể làm"
    assert repair_text(new, repairer) == new.replace("tố chức", "tổ chức")


def test_other_languages_stay(repairer):
    text = "The villages of the district were reached by new roads within three years of the programme"
    assert repair_text(text, repairer) == text


@pytest.mark.parametrize("text", [RUINED, CORRECT])
def test_repair_settles(repairer, text):
    once = repair_text(text, repairer)
    assert repair_text(once, repairer) == once


def test_empty_texts(repairer):
    assert repair_lines((), repairer) == ()
    for text in ("", "\n\n", "\f", " \n", "\f\n\f"):
        assert repair_text(text, repairer).split("\n") == [part.strip(" ") for part in text.split("\n")]


def test_lines_words_and_what_was_recognised_stay(repairer):
    lines = tuple(
        Line(number=n, words=tuple(Word(text=t, recognised=t) for t in row.split()))
        for n, row in enumerate(RUINED.split("\n"), 1)
    )
    out = repair_lines(lines, repairer)
    assert [len(a.words) for a in out] == [len(a.words) for a in lines]
    assert [a.recognised for a in out] == [a.recognised for a in lines]
    changed = [w for a in out for w in a.words if w.changed]
    assert changed
    assert all(w.reason for w in changed)
    assert any(w.margin is not None and w.margin > 0 for w in changed)


def test_specks_are_dropped_only_where_the_reader_was_unsure(repairer):
    words = ["Nhân", "dân", "¬", "xã", "|", "đã", "hiến", "đất", "làm", "đường"]
    unsure = line(1, *((w, 0.3 if w in "¬|" else 0.96) for w in words))
    assert repair_lines((unsure,), repairer)[0].text == "Nhân dân xã đã hiến đất làm đường"
    sure = line(1, *((w, 0.96) for w in words))
    assert repair_lines((sure,), repairer)[0].text == "Nhân dân xã | đã hiến đất làm đường"


def test_a_speck_between_words_is_no_mark(repairer):
    row = "Kế hoạch thực hiện.chương trình xây dựng nông thôn mới"
    out = repair_lines((line(1, *((w, 0.6 if "." in w else 0.96) for w in row.split())),), repairer)
    assert out[0].text == row.replace(".", " ")


def test_confidence_speaks_for_the_reading(repairer):
    row = ["Ủy", "ban", "nhân", "dân", "xã", "tố", "chức", "hội", "nghị"]
    low = repair_lines((line(1, *((w, 0.6) for w in row)),), repairer)[0].words[5].margin
    high = repair_lines((line(1, *((w, 0.97) for w in row)),), repairer)[0].words[5].margin
    assert low > high


def sure(text, confidence=0.97):
    return line(1, *((w, confidence) for w in text.split()))


def test_capitals_read_surely_stay(repairer):
    text = "Đến nay các xã Nà Kham, Cốc Sâm, Phiêng Lót và Cốc Sâm đã làm xong đường"
    assert repair_lines((sure(text),), repairer)[0].text == text


def test_abbreviations_in_capitals_stay(repairer):
    for text in ("Kết quả theo xã TT Tiêu chí", "- Lưu: VP, NN. TM. ỦY BAN NHÂN DÂN"):
        assert repair_lines((sure(text, 0.79),), repairer)[0].text == text


def test_a_dash_read_as_a_tilde(repairer):
    word = repair_lines((sure("~ Các phòng của huyện ~ đã góp ý"),), repairer)[0].words
    assert (word[0].text, word[0].reason) == ("-", "dash")
    assert repair_lines((sure("~"),), repairer)[0].words[0].reason != "dash"


def test_an_unlisted_hamlet_stays(repairer):
    text = "Đến nay nhân dân bản Huổi Khinh, thôn Tâng Pá và thôn Hô Tra đã được dùng điện lưới quốc gia"
    assert repair_lines((sure(text),), repairer)[0].text == text
    assert repair_lines((sure(text, 0.6),), repairer)[0].text != text


def test_the_documents_own_name_stays_in_its_head(repairer):
    body = "Nhân dân huyện Phong Điềm đã làm đường và huyện Phong Điềm đã có nước sạch, Phong Điềm có trường học"
    lines = (sure("BÁO CÁO CỦA HUYỆN PHONG ĐIỀM", 0.86), sure(body))
    assert repair_lines(lines, repairer)[0].text == "BÁO CÁO CỦA HUYỆN PHONG ĐIỀM"


def test_one_letter_read_twice_is_told_as_a_change(repairer):
    word = repair_lines((sure("Căn cứ Nghị quyết số 31-NQ/ÐĐU của huyện ủy"),), repairer)[0].words[5]
    assert (word.text, word.reason, word.recognised) == ("31-NQ/ĐU", "letter", "31-NQ/ÐĐU")


# --- safety

SENTENCES = (
    "Tổng kinh phí là {} triệu đồng trong năm nay của toàn huyện",
    "Tong kinh phi la {} trieu dong trong nam nay cua toan huyen",
    "Téng kinh phi 1a {} triéu dong trong nim nay cua toan huyén",
)
NUMBERS = st.one_of(
    st.integers(0, 10**9).map(str),
    st.from_regex(r"[0-9]{1,3}(\.[0-9]{3}){0,3}(,[0-9]{1,3})?%?", fullmatch=True),
    st.from_regex(r"[0-9]{1,3}/[0-9]{1,3}", fullmatch=True),
    st.from_regex(r"[0-3]?[0-9]/[01]?[0-9]/(19|20)[0-9]{2}", fullmatch=True),
    st.from_regex(r"(19|20)[0-9]{2}[-–](19|20)?[0-9]{2}", fullmatch=True),
    st.from_regex(r"[0-9]{1,4}/(QĐ|NQ|KH|BC)-(UBND|HĐND|TTg)", fullmatch=True),
    st.from_regex(r"[0-9]{1,4}/20[0-9]{2}/NĐ-CP", fullmatch=True),
    st.from_regex(r"[0-9]{1,3}(,[0-9])?(km|ha|kg|m2|m3|tr|tỷ)", fullmatch=True),
    st.from_regex(r"[<>≥≤~+-]?[0-9]{1,3}([.,][0-9]{1,2})?[%‰]", fullmatch=True),
)


@FAST
@given(NUMBERS, st.sampled_from(SENTENCES), st.sampled_from(["", ",", ".", ";", ")"]))
def test_numbers_are_never_altered(repairer, number, sentence, after):
    out = repair_text(sentence.format(number + after), repairer).split()
    assert out[4] == number + after


@FAST
@given(st.text(alphabet="0123456789.,/-:%xaclsở6QĐTB ()", max_size=30))
def test_digits_of_random_strings(repairer, text):
    """A token changes only if it is a word, or a mixture of letters and digits that is no quantity and no code."""
    before, after = text.split(), repair_text("Căn cứ kế hoạch của huyện " + text, repairer).split()[6:]
    for token in before:
        core = split(token).core
        if any(c.isdigit() for c in token) and kind(core) is not Kind.MIXED:
            assert token in after or token in "".join(after)


def words_of(text):
    return st.lists(st.sampled_from(text.split()), min_size=5, max_size=30).map(" ".join)


@FAST
@given(st.one_of(words_of(RUINED), words_of(CORRECT), st.text(max_size=60)), st.sampled_from([None, 0.5, 0.97]))
def test_every_change_has_a_reason_and_only_changes_have(repairer, text, confidence):
    [out] = repair_lines((line(1, *((w, confidence) for w in text.split())),), repairer)
    for word in out.words:
        assert bool(word.reason) == word.changed


@FAST
@given(st.text(max_size=60))
def test_any_text_goes_through(repairer, text):
    out = repair_text(text, repairer)
    assert out.count("\n") == text.count("\n")
    assert out.count("\f") == text.count("\f")


# --- loading


def test_missing_models_are_one_line(tmp_path):
    with pytest.raises(MissingError) as caught:
        load_repairer(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_damaged_model_is_missing(tmp_path):
    (tmp_path / "words.txt").write_text("<unk>\n")
    (tmp_path / "ngrams").mkdir()
    (tmp_path / "ngrams" / "prob1.npy").write_bytes(b"no array")
    with pytest.raises(MissingError):
        load_repairer(tmp_path)


def test_models_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("NTM_MODELS", str(tmp_path))
    assert models_folder() == tmp_path


def test_loading_is_quick():
    start = time.perf_counter()
    load_repairer(models_folder())
    assert time.perf_counter() - start < 2  # 0.1 s on an idle machine


def test_models_are_small():
    assert sum(f.stat().st_size for f in models_folder().rglob("*") if f.suffix != ".md") < 25e6


def test_without_a_folder_for_compiled_code(monkeypatch):
    """numba refuses to cache where no folder can be written; then nothing is kept, and all works."""
    calls = []

    def njit(**options):
        calls.append(options)
        if options.get("cache"):
            raise RuntimeError("cannot cache function")
        return lambda function: function

    monkeypatch.setattr("ntm_extract.repair.compiled.numba.njit", njit)
    assert compiled(lambda x: x + 1)(1) == 2
    assert len(calls) == 2


def test_words_run_together_in_a_ruined_reading(repairer):
    text = "Uy ban nhan dan x4 va.nhan dan trong toan huyén da lam dugc céng trinh va-cac nha van hoa; "
    out = repair_text(text + "giao.thong dat chuan", repairer)
    assert "xã và nhân dân trong toàn huyện" in out
    assert "và-các nhà văn hóa; giao thông đạt chuẩn" in out
