"""Specks, words without spaces between them and numbers beside words, in a ruined reading: what is told from what."""

import pytest

from ntm_extract.model import Line, Word
from ntm_extract.repair.choosing import Edge, Token, closed, dash_cost
from ntm_extract.repair.noise import MOST_NOISE, cleaned, edge_noise, ends, is_dash, is_long_dash, pieces
from ntm_extract.repair.repairer import repair_lines
from ntm_extract.repair.runs import cuts, runs
from ntm_extract.repair.tokens import Kind, kind, split
from tests.repair_help import repair_text
from tests.test_repair_texts import RUINED_TOWN


def token(text, edge=Edge.NONE, place=(0, 1), noise=0.0):
    parts = split(text)
    return Token(place, text, None, parts, kind(parts.core), edge=edge, noise=noise)


# --- tokens that are more than one


@pytest.mark.parametrize(
    ("read", "parts"),
    [
        ("ngay.2016", ("ngay", "2016")), ("giam.3,5%;", ("giam", "3,5%;")), ("80%-ho", ("80%", "ho")),
        ("19-x4;", ("19", "x4;")), ("3.a", ("3.a",)),
        ("80%-ngudi", ("80%", "ngudi")), ("2.Muc", ("2.", "Muc")), ("IV.TONG", ("IV.", "TONG")), ("-Thu", ("-", "Thu")),
        ("-TT.", ("-TT.",)), ("ct-135", ("ct-135",)), ("QH-15", ("QH-15",)), ("12/19.xa", ("12/19.xa",)),
        ("1.250.000", ("1.250.000",)), ("s6.h6", ("s6", "h6")), ("h6c'sinh", ("h6c", "sinh")), ("tu'ng", ("tu'ng",)),
        ("h'leo", ("h'leo",)), ("va-cac", ("va-", "cac")), ("tré,gia", ("tré,", "gia")),
    ],
)  # fmt: skip
def test_pieces(read, parts):
    assert pieces(read) == parts


@pytest.mark.parametrize(
    ("read", "left"),
    [
        ("xa:,", "xa:"), ("ché,.", "ché,"), ("xa:;", "xa;"), ("xa..", "xa."), ("van van...", "van van..."),
        (".Kinh", "Kinh"), ("...Kinh", "...Kinh"), ("TP.,", "TP.,"), ("huyén,/.", "huyén./."),
    ],
)  # fmt: skip
def test_specks_at_the_ends_of_words(read, left):
    assert " ".join("".join(cleaned(split(token))) for token in read.split()) == left


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("lam xong nam.2016 va dat 80%-ngudi dan", "làm xong năm 2016 và đạt 80% người dân"),
        ("phat trién kinh té-xa hdi cua x4", "phát triển kinh tế-xã hội của xã"),
        ("x4 d4 lam xong-cac céng trinh", "xã đã làm xong các công trình"),
        ("thu nhap 31 triéu déng/ngudi/nam, dat 9 tiéu chi/xa", "thu nhập 31 triệu đồng/người/năm, đạt 9 tiêu chí/xã"),
        ("cap nudc 400 m3/ngay dém", "cấp nước 400 m3/ngày đêm"),
        ("lai suat 6,5%/nam, hd tro 40 triéu déng/h6", "lãi suất 6,5%/năm, hỗ trợ 40 triệu đồng/hộ"),
        ("cac xa da lam ] duong dat.", "các xã đã làm đường đất."),
        ("thu nhap cua x4: it nhat 19 triéu", "thu nhập của xã: ít nhất 19 triệu"),
        ("theo quyét dinh1, cac thon thuc hién", "theo quyết định1, các thôn thực hiện"),
        ("bao cao Uy ban nhan dan huyén,/.", "báo cáo Ủy ban nhân dân huyện./."),
        ("phat triénkinhté cua x4", "phát triển kinh tế của xã"),
    ],
)
def test_what_stands_together(repairer, read, meant):
    assert repair_text(RUINED_TOWN + read, repairer).endswith(meant)


def test_a_number_in_a_piece_is_kept_whatever_its_word_becomes(repairer):
    read = "dagn.41,7 xaqz.2016; 95%-zzqx 7.Zzq"
    out = repair_text(RUINED_TOWN + read, repairer)
    assert [n for n in ("41,7", "2016;", "95%", "7.") if n in out.split()] == ["41,7", "2016;", "95%", "7."]


@pytest.mark.parametrize(
    ("core", "parts"),
    [
        ("nam2", ("nam", "2")), ("(tiép3),", ("tiép", "3),")), ("x4", ("x4", "")), ("m2", ("m2", "")),
        ("thon1", ("thon1", "")), ("T12", ("T12", "")), ("th6ng", ("th6ng", "")),
    ],
)  # fmt: skip
def test_the_number_of_a_footnote_is_no_letter(core, parts):
    assert split(core)[1:] == parts


# --- runs


def test_cuts():
    assert list(cuts("banlang", 2)) == [("ba", "nlang"), ("ban", "lang"), ("banl", "ang")]
    assert ("ban", "lang") in set(cuts("ban.lang", 2))
    assert list(cuts("xab", 2)) == []


def test_runs_are_ranked_by_how_words_follow(repairer):
    number, words = repairer.knowledge.number, repairer.words
    heard = {"ho": ("họ", "hộ"), "ngheo": ("nghẹo", "nghèo")}

    def weigh(part):
        return [(1.0, number[word]) for word in heard.get(part, ()) if word in number]

    found = runs("hongheo", weigh, repairer.language_model)
    assert [words[w] for w in found[0][1]] == ["hộ", "nghèo"]
    assert {len(row) for _, row in found} == {2}
    assert runs("ngheo", weigh, repairer.language_model) == []


# --- specks


def test_ends_of_a_line_are_of_its_text():
    assert ends("| - Lam 5 km |".split()) == (1, 4)  # noqa: SIM905
    assert ends("Lam 5 km".split()) == (0, 2)  # noqa: SIM905
    assert ends([]) == ends(["|"]) == (0, 0)


def test_noise_at_the_ends_of_lines_is_learned():
    clean = ["Xa da lam duong giao thong".split() for _ in range(60)]  # noqa: SIM905
    assert edge_noise(clean) == edge_noise([]) == 0
    few, many = ([[*row, "|"] if i % k == 0 else row for i, row in enumerate(clean)] for k in (10, 2))
    assert 0 < edge_noise(few) < edge_noise(many) <= MOST_NOISE
    assert edge_noise([["-", *row] for row in clean]) == 0  # a list


def test_dashes():
    assert [sign for sign in ("-", "—", "_-", "--", "—_", "*", "|", "_", "><") if is_dash(sign)] == [
        "-", "—", "_-", "--", "—_", "*",
    ]  # fmt: skip
    assert [sign for sign in ("-", "–", "—", "_-", "*") if is_long_dash(sign)] == ["—", "_-"]


def test_a_dash_may_be_a_speck_where_nothing_says_that_it_is_one():
    word, number, stop = token("dan", place=(0, 0)), token("12", place=(0, 2)), token("dong.", place=(0, 0))
    middle, dash = token("hop", place=(0, 2)), token("-")
    cost = dash_cost(dash, word, middle)
    assert cost is not None
    assert dash_cost(dash, word, number) == dash_cost(dash, number, word) == cost
    assert dash_cost(dash, stop, number) is dash_cost(dash, number, number) is None
    assert dash_cost(token("-", Edge.LEFT), None, word) is None
    assert dash_cost(token("-", Edge.NONE), word, token("Giao", place=(0, 1))) is None
    assert dash_cost(token("-"), word, token("giai", place=(0, 1))) is not None  # read as `-giai`
    assert dash_cost(token("-", Edge.RIGHT, noise=3.0), stop, None) == cost - 3.0


def test_a_dash_that_begins_a_line_may_be_a_speck_within_a_sentence():
    dash, small = token("-", Edge.LEFT, (1, 0)), token("hop", place=(1, 1))
    assert dash_cost(dash, token("phoi"), small) == dash_cost(dash, token("2.104"), small)
    assert dash_cost(dash, token("phoi"), small) is not None
    for before, after in ((None, small), (token("sau:"), small), (token("phoi"), token("Hop", place=(1, 1)))):
        assert dash_cost(dash, before, after) is None  # an item of a list


def test_the_last_word_of_a_line_stays_in_a_clean_ruined_reading(repairer):
    lines = [f"{RUINED_TOWN}x4 d4 lam xong duong cua cac xa" for _ in range(12)]
    out = repair_text("\n".join(lines), repairer).split("\n")
    assert all(line.endswith("các xã") for line in out)


def test_an_opening_quotation_mark_that_none_closes_is_a_speck():
    read = [["“Xa", "da", "“hop”"], ["ban", '"Lam', 'duong"', '"va', "ho"]]
    out = closed([[token(t) for t in row] for row in read])
    assert [["".join(t.parts) for t in row] for row in out] == [
        ["Xa", "da", "“hop”"],
        ["ban", '"Lam', 'duong"', "va", "ho"],
    ]
    over = closed([[token("“Dieu"), token("mot")], [token("hai”")]])
    assert over[0][0].parts.lead == "“"


def test_kind_of_what_a_piece_is():
    assert kind("2016") is Kind.NUMBER and kind("h6c") is Kind.MIXED


def test_a_lone_number_that_is_likelier_a_syllable_or_a_speck_is_told_and_stays(repairer):
    read = ["Nha 6 dan cu va nha 6 kién cé ctia cac hé dan trén dja ban xa dugc cai thién, xay dung nong 7 thon mdi"]
    read += ["Toan xa cé 6 thén, 7 trudng hoc, 14 cong trinh gom 5 cong trinh chuyén tiép va 9 cong trinh khéi cong"]
    lines = tuple(
        Line(number=n, words=tuple(Word(text=word, recognised=word) for word in line.split()))
        for n, line in enumerate(read * 6)
    )
    first, second = repair_lines(lines, repairer)[:2]
    numbers = [(word.text, word.reason) for line in (first, second) for word in line.words if word.text.isdigit()]
    doubted = [("6", "digits"), ("6", "digits"), ("7", "digits")]
    assert numbers == [*doubted, ("6", ""), ("7", ""), ("14", ""), ("5", ""), ("9", "")]
