"""What repair makes of whole texts."""

import pytest

from ntm_extract import repair
from ntm_extract.model import Line, Word
from ntm_extract.repair import frozen, own_noise, repair_lines
from ntm_extract.repair.channel import LETTERS
from tests.repair_help import RUINED, line, repair_text, repair_whole


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


def test_words_run_together_in_a_ruined_reading(repairer):
    text = "Uy ban nhan dan x4 va.nhan dan trong toan huyén da lam dugc céng trinh va-cac nha van hoa; "
    out = repair_text(text + "giao.thong dat chuan", repairer)
    assert "xã và nhân dân trong toàn huyện" in out
    assert "và các nhà văn hóa; giao thông đạt chuẩn" in out


RUINED_TOWN = (
    "Uy ban nhan dan x4 d4 chi dao cac thon thuc hién tét viéc lam duong giao thong, thiy loi noi déng va nha van hoa; "
)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("phat triénkinh té va xa hdi", "phát triển kinh tế và xã hội"),
        ("nang cao chatlugng dugc cac thén", "nâng cao chất lượng được các thôn"),
        ("giam ty lé hd ngheo vadat chuan", "giảm tỷ lệ hộ nghèo và đạt chuẩn"),
        ("phat trién dulich va tang sanlugng lia", "phát triển du lịch và tăng sản lượng lúa"),
    ],
)
def test_words_without_a_space_between_them_are_parted(repairer, read, meant):
    repaired = repair_whole(RUINED_TOWN + read, repairer)
    assert repaired.text.endswith(meant)
    assert "parted" in {change.reason for change in repaired.changes}


def test_a_speck_like_a_dash_or_a_point_is_dropped_a_dash_that_is_said_stays(repairer):
    out = repair_text(RUINED_TOWN + "nhan dan — dong gop. kinh phi lam duong; phat trién kinh té - x4 hdi", repairer)
    assert out.endswith("nhân dân đóng góp kinh phí làm đường; phát triển kinh tế - xã hội")
    out = repair_text(RUINED_TOWN + "dat 10 - 14 triéu dong. - 12 thon. dat 5. dat chuan", repairer)
    assert out.endswith("đạt 10 - 14 triệu đồng. - 12 thôn. đạt 5. đạt chuẩn")


def test_short_names_and_names_with_an_apostrophe_stay_in_a_ruined_reading(repairer):
    out = repair_text(RUINED_TOWN + "nhan dan thén Tang Pa va x4 Ea H'leo dugc ding dién", repairer)
    assert " Pa và xã Ea H'leo được dùng điện" in out


def test_capitals_and_short_lines_of_a_ruined_reading(repairer):
    out = repair_text(RUINED_TOWN + "\n\n3. Thiy Igi (tiéu chf s6 3)\n\nHBND va BCD x4 d4 hop", repairer).split("\n")
    assert out[2].startswith("3. Thủy lợi (tiêu chí ")
    assert out[4] == "HĐND và BCĐ xã đã họp"


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
