"""Words torn in two, and abbreviations that a document defines."""

import pytest

from ntm_extract.repair import repair_text as repair_whole
from ntm_extract.repair.abbreviations import definitions, fits
from ntm_extract.repair.joining import torn_onsets, torn_words
from tests.repair_help import repair_text

# --- torn words


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Các xã đã th ực hiện tốt việc làm đường", "Các xã đã thực hiện tốt việc làm đường"),
        ("Nhân dân làm nông nghi ệp và chăn nuôi", "Nhân dân làm nông nghiệp và chăn nuôi"),
        ("Đến nay ti êu chí s ố 10 đã đạt chu ẩn", "Đến nay tiêu chí số 10 đã đạt chuẩn"),
        ("Huyện phát tri ển kinh t ế, xã hội", "Huyện phát triển kinh tế, xã hội"),
    ],
)
def test_torn_words_are_joined(repairer, read, meant):
    repaired = repair_whole(read, repairer)
    assert repaired.text == meant
    assert {change.reason for change in repaired.changes} == {"joined"}


@pytest.mark.parametrize(
    "text",
    [
        "Thôn đã làm 12 m ao và 4 km ở phía bắc",
        "Theo điểm a khoản b của quy định này",
        "Bà con do anh Lò Văn Pó làm trưởng bản",
        "Xã có hồ ao, vườn cây ăn quả và dự án mới",
    ],
)
def test_words_beside_each_other_stay(repairer, text):
    assert repair_text(text, repairer) == text


def test_consonants_torn_off_in_a_ruined_reading_are_joined(repairer):
    text = "Nhan dan cac x4 d4 th uc hién tét viéc lam duong giao thong, ch Am soc cay tréng va hoan th anh tiéu chi"
    out = repair_text(text, repairer)
    assert "xã đã thực hiện tốt" in out
    assert out.endswith("và hoàn thành tiêu chí")
    assert torn_onsets("th ,uc th, uc tr 12 ng oài".split()) == [6]  # noqa: SIM905


def test_of_three_tokens_two_are_joined_at_most(repairer):
    torn = torn_words("th th ực".split(), repairer.knowledge.number, repairer.language_model)  # noqa: SIM905
    assert torn == [1]


# --- abbreviations


def found(text):
    return [one.letters for one in definitions([row.split() for row in text.split("\n")])]


def test_a_definition_is_capitals_in_brackets_after_words_with_these_initials():
    assert found("Ban Chỉ đạo chương trình (viết tắt là BCĐCT) đã họp") == ["bcdct"]
    assert found("phòng Dân tộc (sau đây gọi tắt\nlà PDT), và") == ["pdt"]
    assert found("Phòng Dân tộc (PDT) và Uy ban nhan dan (UBND)") == ["pdt", "ubnd"]
    assert found("Phòng Dân tộc (xem PDT) và Phòng Dân tộc (KHX)") == []
    assert found("Phòng Dân tộc PDT") == []


def test_what_an_abbreviation_is_read_as():
    assert all(fits(core, "hdnd") for core in ("HĐND", "HDND", "HBND"))
    assert not any(fits(core, "hdnd") for core in ("HĐN", "HĐNM", "UBND"))


def test_an_abbreviation_is_spelled_as_its_words(repairer):
    text = "Ban Điều hành dự án (viết tắt là BĐHDA) đã họp.\nKết quả do BBHDA và BDHDA báo cáo; xã giao BĐHDA làm."
    repaired = repair_whole(text, repairer)
    assert repaired.text == text.replace("BBHDA", "BĐHDA").replace("BDHDA", "BĐHDA")
    assert [(c.original, c.reason) for c in repaired.changes] == [("BBHDA", "abbreviation"), ("BDHDA", "abbreviation")]


def test_an_abbreviation_of_a_ruined_layer(repairer):
    text = (
        "Uy ban nhan dan huyén giao Ban Quan ly dy an dau tu (viét tat la BQLDADT) thuc hién.\n"
        "Nhan dan cac xa da cting BQLDADT lam dudng giao théng"
    )
    assert repair_text(text, repairer).count("BQLDAĐT") == 2


def test_the_authors_own_spelling_stays(repairer):
    text = "Đoàn Thanh niên xã (viết tắt là DTN) đã họp.\nDTN và hội phụ nữ cùng làm; xã giao DTN trồng cây."
    assert repair_text(text, repairer) == text
