"""What repair never does: numbers, correct text, confidently read names, other languages stay."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ntm_extract.repair import repair_lines
from ntm_extract.repair.tokens import Kind, kind, split
from tests.repair_help import CORRECT, RUINED, line, repair_text, sure

FAST = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_correct_text_stays(repairer):
    assert repair_text(CORRECT, repairer) == CORRECT


def test_the_documents_tone_placement_stays(repairer):
    new = "Nhà văn hoá thôn và trạm y tế chăm sóc sức khoẻ nhân dân, thuỷ lợi do các tố chức đoàn thể làm"
    assert repair_text(new, repairer) == new.replace("tố chức", "tổ chức")


def test_other_languages_stay(repairer):
    text = "The villages of the district were reached by new roads within three years of the programme"
    assert repair_text(text, repairer) == text


def test_capitals_read_surely_stay(repairer):
    text = "Đến nay các xã Nà Kham, Cốc Sâm, Phiêng Lót và Cốc Sâm đã làm xong đường"
    assert repair_lines((sure(text),), repairer)[0].text == text


def test_a_closing_bracket_alone_after_a_sentence(repairer):
    assert "17." in repair_text("cac xa da dat. } va 17. ) con lai phan dau nam nay", repairer)


def test_a_few_receivers_are_not_another_language(repairer):
    text = "Các xã của huyện đã làm đường.\n- UBND cdc huyén, thanh phd."
    assert repair_text(text.replace("Các xã của huyện đã làm đường", RUINED), repairer).endswith(
        "UBND các huyện, thành phố."
    )


def test_abbreviations_in_capitals_stay(repairer):
    for text in ("Kết quả theo xã TT Tiêu chí", "- Lưu: VP, NN. TM. ỦY BAN NHÂN DÂN"):
        assert repair_lines((sure(text, 0.79),), repairer)[0].text == text


def test_roman_numbers_stay(repairer):
    for number in ("II", "III", "IV", "VI", "IX", "XII"):
        text = f"Các xã đã làm đường bê tông.\n{number}. Tồn tại\nPhân bổ vốn chậm, giá cát đá tăng nhanh."
        assert repair_text(text, repairer) == text


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
@example("0%0")
def test_digits_of_random_strings(repairer, text):
    """Only words change, mixtures of letters and digits that are no quantity or code, and a ‰ misread."""
    before, after = text.split(), repair_text("Căn cứ kế hoạch của huyện " + text, repairer).split()[6:]
    for token in before:
        core = split(token).core
        if any(c.isdigit() for c in token) and kind(core) is not Kind.MIXED:
            assert any(t in after or t in "".join(after) for t in (token, token.replace("%0", "‰")))  # a unit's rule


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
