from decimal import Decimal

import pytest

from tests.reading_help import facts, rows

D = Decimal


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Nhân dân hiến 12.450m2 đất.", D(12450), "m2"),
        ("Đã xây 03 nhà văn hóa.", D(3), "nhà văn hóa"),
        ("Toàn xã có 1.240 hộ.", D(1240), "hộ"),
        ("Có 27 sản phẩm OCOP.", D(27), "sản phẩm OCOP"),
        ("Sản lượng đạt 3,4 nghìn tấn.", D("3.4"), "nghìn tấn"),
        ("Số lao động được tạo việc làm là 214 người.", D(214), "người"),
        ("Số trường đạt chuẩn quốc gia là 12.", D(12), "trường"),
        ("Thu nhập cao gấp 1,8 lần năm 2015.", D("1.8"), "lần"),
    ],
)  # fmt: skip
def test_counts_and_measures(text: str, value: Decimal, unit: str) -> None:
    assert rows(facts(text).quantities, "value", "unit") == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "Sau 5 năm thực hiện.", "Trẻ 5 tuổi đến trường.", "Tiêu chí số 12 còn khó khăn.", "Quyết định số 45/QĐ-UBND.",
        "Học sinh lớp 6 và lớp 7.", "Sản phẩm hạng 4 sao.", "Bản số 3, thôn 7.", "(Có phụ lục số 02 kèm theo)",
        "Khởi công quốc lộ 9 đoạn qua xã.", "Đúng theo Điều 5 Quyết định của tỉnh.", "Khoản 2 Điều 5 Quyết định này.",
        "Trực ban 24/24 giờ.", "Theo Nghị quyết Trung ương 7 khóa X.", "Mẫu số 3 ban hành kèm theo.",
        "Trạm biến áp 35/0,4 kV đã đóng điện.", "Từ 15 nâng cấp đường làng.",
        "Bê tông theo TCVN 4453-95 loại tốt.", "Hạng mục của giai đoạn 1 phải xong.",
    ],
)  # fmt: skip
def test_numbers_that_count_nothing(text: str) -> None:
    found = facts(text)
    assert not found.facts


def test_changes_are_labelled_as_changes() -> None:
    found = facts("Toàn huyện có 9 xã đạt chuẩn nông thôn mới, tăng 2 xã so với năm 2019.").quantities
    assert rows(found, "value", "unit") == [(D(2), "xã")]
    assert found[0].label.startswith("tăng")


def test_parts_take_the_name_of_the_whole() -> None:
    found = facts("Tổng chiều dài kênh mương 210 km, trong đó kiên cố 150 km.").quantities
    assert "kênh mương" in found[1].label
    assert "kiên cố" in found[1].label


def test_loose_rows_of_a_table_yield_nothing() -> None:
    assert not facts("PHỤ LỤC 01\n1 Nà Sáy 12 x x 4 5\n2 Mường Lại 9 x 3 4\nTổng cộng 21 7 9\n").facts


def test_every_row_is_its_own_fact() -> None:
    found = facts("Trồng 12 ha chè, 12 ha quế và 12 ha mắc ca; thêm 12 ha chè.")
    assert len({f.fact_id for f in found.facts}) == len(found.facts) == 4


def test_rows_of_verdicts_yield_nothing() -> None:
    text = (
        "5 Trường học Đạt Đạt Chưa đạt 04/6\n6 Nhà ở dân cư Đạt Chưa đạt Chưa đạt 03/6\n7 Thu nhập Đạt Đạt Đạt 06/6\n"
    )
    assert not facts(text).facts


def test_one_of_many_counts_nothing() -> None:
    assert not facts("Xã là một trong 4 xã vùng cao của huyện.").quantities


def test_a_speck_between_a_number_and_its_unit() -> None:
    assert rows(facts("Còn 14'hộ chưa có đất ở.").quantities, "value", "unit") == [(14, "hộ")]


def test_a_rate_by_area() -> None:
    assert rows(facts("Mật độ dân số 132 người/km2.").quantities, "value", "unit") == [(132, "người/km2")]


def test_a_rate_of_a_rate() -> None:
    assert rows(facts("Bình quân lương thực 480 kg/người/năm.").quantities, "unit") == [("kg/người/năm",)]


@pytest.mark.parametrize(
    ("text", "op", "value", "unit"),
    [
        ("Mặt đường rộng không nhỏ hơn 3,5m.", ">=", D("3.5"), "m"),
        ("Chiều dài không lớn hơn 12 km.", "<=", D(12), "km"),
        ("Số vụ không nhiều hơn 4 vụ.", "<=", D(4), "vụ"),
        ("Có 06 khuyến nông viên.", "=", D(6), "khuyến nông viên"),
        ("Xây dựng 2 công viên cây xanh.", "=", D(2), "công viên"),
        ("Mở 30 km quốc lộ 9.", "=", D(30), "km"),
        ("Diện tích lớn hơn hoặc bằng 300 m2.", ">=", D(300), "m2"),
        ("Độ sâu không được vượt quá 4 m.", "<=", D(4), "m"),
        ("Vùng này có 1,2 triệu dân.", "=", D("1.2"), "triệu dân"),
        ("Năng suất cao hơn 3,5 tạ/ha so với vụ trước.", "=", D("3.5"), "tạ/ha"),
        ("Năng suất cao hơn 62 tạ/ha.", ">", D(62), "tạ/ha"),
    ],
)
def test_bounds_and_whole_units(text: str, op: str, value: Decimal, unit: str) -> None:
    assert rows(facts(text).quantities, "op", "value", "unit") == [(op, value, unit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xã mới nhập từ 2 xã cũ.", [("=", 2, "xã")]),
        ("Huy động từ 15 hộ tham gia.", [(">=", 15, "hộ")]),
        ("Hộ có điện 98%, hộ chưa có điện còn 45.", [("=", 45, "hộ")]),
        ("Hộ nghèo còn 5,2; hộ cận nghèo còn 3.", []),
        ("Sản lượng 247 tấn (KH 250, vượt xa).", [("=", 247, "tấn"), ("=", 250, "tấn")]),
        ("Thôn: 12. Xã: 8. Tỉnh: 5.", [("=", 12, "Thôn")]),
        ("Chốt số liệu trước 20 hằng tháng.", []),
        ("Ban quản lý: 12 đ/c.", [("=", 12, "đồng chí")]),
    ],
)
def test_what_names_before_and_units_behind_count(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert [(q.op, q.value, q.unit) for q in facts(text).quantities] == expected


def test_an_article_is_no_count() -> None:
    assert not facts("Bãi bỏ khoản 3 Điều 2 Nghị quyết số 40/2018/NQ-HĐND.").quantities


@pytest.mark.parametrize(
    ("text", "value", "label"),
    [
        ("Còn 187 hộ thuộc 6 bản ở Nà Sáy, Pú Hồng chưa có điện.", 187, "hộ chưa có điện"),
        ("Xã có 4 tổ hợp tác trồng cam với tổng diện tích 62 ha.", 62, "tổng diện tích Xã tổ hợp tác trồng cam"),
        ("Rác được đốt bằng lò công suất nhỏ (04 lò).", 4, "Rác được đốt bằng lò công suất nhỏ"),
        ("Độ cao trung bình trên 700 m so với mực nước biển.", 700, "Độ cao trung bình so với mực nước biển"),
    ],
)
def test_labels_reach_what_is_said_of_the_counted(text: str, value: int, label: str) -> None:
    assert (value, label) in rows(facts(text).quantities, "value", "label")
