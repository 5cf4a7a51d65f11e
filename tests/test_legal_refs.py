"""Cited documents, in the forms that reports use."""

from __future__ import annotations

import pytest

from ntm_extract.extract.legal_refs import extract_legal_refs
from ntm_extract.extract.percentages import extract_percentages
from ntm_extract.extract.registry import run
from ntm_extract.facts import LegalRef
from tests.names import knowledge, read


def refs(text: str) -> list[LegalRef]:
    found = extract_legal_refs(read(text), knowledge())
    return list(found)


def rows(text: str) -> list[tuple[str | None, ...]]:
    return [(r.kind, r.number, r.date, r.issuer, r.name) for r in refs(text)]


CASES = [
    (
        "Bộ tiêu chí theo Quyết định 1980 của Thủ tướng; Chương trình 135 của Chính phủ; Nghị quyết 26 về nông thôn;",
        [("Quyết định", "1980", None, "Thủ tướng", None)],
    ),
    (
        "Thông báo kết luận số 88-TB/TU của Thường trực Tỉnh ủy",
        [("Thông báo", "88-TB/TU", None, "Thường trực Tỉnh ủy", None)],
    ),
    (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Đất đai và Luật Đầu tư công ngày 02/3/2021;",
        [
            (
                "Luật",
                None,
                "2021-03-02",
                None,
                "Luật sửa đổi, bổ sung một số điều của Luật Đất đai và Luật Đầu tư công",
            )
        ],
    ),
    (
        "Quyết định số 31/QĐ-TTg và Quyết định số 32/QĐ-TTg của Thủ tướng Chính phủ đều ký ngày 05/4/2021 nên chậm.",
        [
            ("Quyết định", "31/QĐ-TTg", "2021-04-05", "Thủ tướng Chính phủ", None),
            ("Quyết định", "32/QĐ-TTg", "2021-04-05", "Thủ tướng Chính phủ", None),
        ],
    ),
    (
        "Căn cứ các Quyết định của UBND tỉnh: số 61/QĐ-UBND ngày 06/5/2020, số 72/QĐ-UBND ngày 07/6/2020 về giao vốn;",
        [
            ("Quyết định", "61/QĐ-UBND", "2020-05-06", "UBND tỉnh", None),
            ("Quyết định", "72/QĐ-UBND", "2020-06-07", "UBND tỉnh", None),
        ],
    ),
    (
        "Xét đề nghị của Sở Nội vụ (Tờ trình số 15/TTr-SNV ngày 08/7/2020);",
        [("Tờ trình", "15/TTr-SNV", "2020-07-08", "Sở Nội vụ", None)],
    ),
    (
        "Đã báo cáo UBND tỉnh (Báo cáo số 16/BC-SNN ngày 08/7/2020);",
        [("Báo cáo", "16/BC-SNN", "2020-07-08", None, None)],
    ),
    (
        "Tờ trình số 17/TTr-LN ngày 09/7/2020 của Sở Tài chính và Sở Nội vụ;",
        [("Tờ trình", "17/TTr-LN", "2020-07-09", "Sở Tài chính và Sở Nội vụ", None)],
    ),
    (
        "Căn cứ Quyết định số 512/QĐ-TTg ngày 04/5/2021 của Thủ tướng Chính phủ phê duyệt Đề án;",
        [("Quyết định", "512/QĐ-TTg", "2021-05-04", "Thủ tướng Chính phủ", None)],
    ),
    (
        "theo Quyết định 19/2018/QĐ-UBND về mức hỗ trợ",
        [("Quyết định", "19/2018/QĐ-UBND", None, None, None)],
    ),
    (
        "thực hiện Chỉ thị số 07-CT/TW của Ban Bí thư",
        [("Chỉ thị", "07-CT/TW", None, "Ban Bí thư", None)],
    ),
    (
        "xét báo cáo của Ủy ban nhân dân tỉnh số 93/BC-UBND, ngày 05/11/2017 và ý kiến các ban",
        [("Báo cáo", "93/BC-UBND", "2017-11-05", "Ủy ban nhân dân tỉnh", None)],
    ),
    (
        "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 61/TTr-SNV ngày 09 tháng 7 năm 2020.",
        [("Tờ trình", "61/TTr-SNV", "2020-07-09", "Giám đốc Sở Nội vụ", None)],
    ),
    (
        "Thủ tướng Chính phủ ban hành Quyết định số 44/QĐ-TTg ngày 01/02/2013",
        [("Quyết định", "44/QĐ-TTg", "2013-02-01", "Thủ tướng Chính phủ", None)],
    ),
    (
        "Nghị quyết số 21/NQ-HĐND của HĐND huyện Văn Chấn ngày 18/12/2019 giao chỉ tiêu",
        [("Nghị quyết", "21/NQ-HĐND", "2019-12-18", "HĐND huyện Văn Chấn", None)],
    ),
    (
        "các Kế hoạch số 11/KH-UBND ngày 5/1/2022, số 12/KH-UBND ngày 6/1/2022 và 13/KH-UBND của UBND xã",
        [
            ("Kế hoạch", "11/KH-UBND", "2022-01-05", "UBND xã", None),
            ("Kế hoạch", "12/KH-UBND", "2022-01-06", "UBND xã", None),
            ("Kế hoạch", "13/KH-UBND", None, "UBND xã", None),
        ],
    ),
    (
        "Luật Đầu tư công năm 2019; Luật ngân sách nhà nước; Bộ luật Lao động ngày 20 tháng 11 năm 2019",
        [
            ("Luật", None, None, None, "Luật Đầu tư công"),
            ("Luật", None, None, None, "Luật Ngân sách nhà nước"),
            ("Bộ luật", None, "2019-11-20", None, "Bộ luật Lao động"),
        ],
    ),
    (
        "Luật Lâm nghiệp số 16/2017/QH14 ngày 15/11/2017",
        [("Luật", "16/2017/QH14", "2017-11-15", None, "Luật Lâm nghiệp")],
    ),
    (
        "theo Quyết định số 3071 của Chủ tịch UBND tỉnh Yên Bái",
        [("Quyết định", "3071", None, "Chủ tịch UBND tỉnh Yên Bái", None)],
    ),
    (
        "quyết định số 14/2012, Nghị định 52/NĐ-CP của Chính phủ",
        [("Quyết định", "14/2012", None, None, None), ("Nghị định", "52/NĐ-CP", None, "Chính phủ", None)],
    ),
    (
        "Quyết định số 37- QD/DU ngày 9/8/2024 và Công văn số 210 /SNN-VPĐP",
        [("Quyết định", "37-QĐ/ĐU", "2024-08-09", None, None), ("Công văn", "210/SNN-VPĐP", None, None, None)],
    ),
    ("các nghị quyết của HĐND tỉnh, các quyết định của UBND huyện và pháp luật hiện hành", []),
    (
        "theo quy định của Luật Kinh doanh bảo hiểm số 8/2022/QH15 và Luật Chất lượng sản phẩm, hàng hóa",
        [
            ("Luật", "8/2022/QH15", None, None, "Luật Kinh doanh bảo hiểm"),
            ("Luật", None, None, None, "Luật Chất lượng sản phẩm, hàng hóa"),
        ],
    ),
    (
        "Quyết định số 1680/QĐ-TTg ngày I7/l0/2016 của Thủ tướng Chính phủ; (Kèm theo Báo cáo số !58/BC-SNN)",
        [("Quyết định", "1680/QĐ-TTg", "2016-10-17", "Thủ tướng Chính phủ", None)],
    ),
    (
        "Công văn. số 31/SNN-VPĐP; Kết luận số 12-KIL/HU; Kế hoạch số 11⁄KH-UBND; "
        "Quyết định số 8/QĐ-TTE; Luật Tổ chức:chính quyền địa phương",
        [
            ("Công văn", "31/SNN-VPĐP", None, None, None),
            ("Kết luận", "12-KL/HU", None, None, None),
            ("Kế hoạch", "11/KH-UBND", None, None, None),
            ("Quyết định", "8/QĐ-TTg", None, None, None),
            ("Luật", None, None, None, "Luật Tổ chức chính quyền địa phương"),
        ],
    ),
    (
        "thực hiện Kết luận số 12-KL/HU ngày 1/2/2024 của Ban Thường vụ Huyện ủy Văn Chấn",
        [("Kết luận", "12-KL/HU", "2024-02-01", "Ban Thường vụ Huyện ủy Văn Chấn", None)],
    ),
    ("vốn Chương trình 135, Nghị quyết 30a và Đề án 06; đường cấp 3; 12-Nâng cao; Hội Luật gia; luật sư", []),
    ("đạt 15/19 tiêu chí, ngày 24/1, 8/14 bản, 12/2023 triển khai Kế hoạch", []),
    ("Kế hoạch này thay thế các kế hoạch trước; sinh viên Đại học Luật Hà Nội", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=range(len(CASES)))
def test_forms(text: str, expected: list[tuple[str | None, ...]]) -> None:
    assert rows(text) == expected


def test_one_row_a_document_at_its_first_mention() -> None:
    text = "Nghị quyết số 5/NQ-HĐND của HĐND tỉnh.\n\n"
    text += "Theo Nghị quyết số 5/NQ-HĐND ngày 2/3/2020 thì Luật Đất đai và Luật đất đai."
    found = refs(text)
    assert [(r.number, r.name, r.evidence.line) for r in found] == [("5/NQ-HĐND", None, 1), (None, "Luật Đất đai", 3)]


def test_the_document_at_hand_is_not_cited() -> None:
    text = (
        "UBND XÃ TÚ LỆ\nSố: 45/KH-UBND\nTú Lệ, ngày 12 tháng 6 năm 2023\nKẾ HOẠCH\n"
        "Thực hiện Quyết định số 7/QĐ-UBND\n\n"
        "Căn cứ Công văn số 8/UBND-NN;\n\n(Kèm theo Kế hoạch số 45/KH-UBND)\n"
    )
    assert [r.number for r in refs(text)] == ["7/QĐ-UBND", "8/UBND-NN"]


def test_evidence_points_at_the_number() -> None:
    (ref,) = refs(
        "Thực hiện chương trình xây dựng nông thôn mới tại\n"
        "xã, Ủy ban nhân dân triển khai theo Quyết\n"
        "định số 512/QĐ-TTg ngày 04/5/2021 của Thủ tướng\nChính phủ phê duyệt Chương trình."
    )
    assert ref.evidence.line == 3
    assert ref.evidence.quote.startswith("Quyết định số 512/QĐ-TTg")
    assert ref.evidence.quote.endswith("của Thủ tướng Chính phủ")
    assert 0.5 < ref.evidence.confidence <= 1


def test_a_citation_from_the_future_is_misread() -> None:
    text = "UBND XÃ TÚ LỆ\nSố: 45/KH-UBND\nTú Lệ, ngày 12 tháng 6 năm 2021\nKẾ HOẠCH\nXây dựng\n\n"
    text += "Căn cứ Công văn số 8/UBND-NN ngày 3/4/2024, Công văn số 9/UBND-NN ngày 3/4/2021;"
    assert [(r.number, r.date) for r in refs(text)] == [("8/UBND-NN", None), ("9/UBND-NN", "2021-04-03")]


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Nghị định số 1 47/2016/NĐ-CP của Chính phủ",  # digits torn apart
        "Căn cứ Nghị định số 1] 47/2016/NĐ-CP của Chính phủ",
        "theo Quyết định số 4# của huyện",
        "CÁC QUY ĐỊNH CỦA PHÁP LUẬT VỀ ĐẦU TƯ",
    ],
)
def test_better_missing_than_wrong(text: str) -> None:
    assert rows(text) == []


def test_what_a_law_amends_did_not_issue_it() -> None:
    text = "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Thủy lợi số 17/2022/QH15 ngày 10/6/2022;"
    assert [(r.number, r.issuer) for r in refs(text)] == [("17/2022/QH15", None)]


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Quyết định số 218/QD-UBND", "218/QĐ-UBND"),
        ("Quyết định số 218/QĐ-SNN-CB", "218/QĐ-SNN-CB"),  # a department's code is left as it stands
        ("Nghị quyết số 31/2016/QHI4", "31/2016/QH14"),
    ],
)
def test_codes_of_kind_and_issuer_only_are_put_right(printed: str, number: str) -> None:
    assert [r.number for r in refs(printed)] == [number]


def test_a_name_with_the_word_for_by_in_it_has_no_issuer() -> None:
    text = "theo Luật Quy hoạch đô thị và nông thôn số 41/2024/QH15"
    assert [(r.number, r.issuer) for r in refs(text)] == [("41/2024/QH15", None)]


def test_the_number_of_a_document_is_no_share() -> None:
    outline = read("Thực hiện Nghị định 57/2018 của Chính phủ, tỷ lệ hộ nghèo còn 4%.")
    found, problems = run((extract_percentages,), outline, knowledge())
    assert not problems
    assert [p.value for p in found.percentages] == [4]
