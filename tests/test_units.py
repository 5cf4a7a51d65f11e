from decimal import Decimal

import pytest

from ntm_extract.text import units
from tests.reading_help import knowledge


@pytest.mark.parametrize(
    ("behind", "kind", "text"),
    [
        (" %", "percent", "%"), ("%o", "percent", "‰"), (" ‰", "percent", "‰"), ("km đường", "measure", "km"),
        ("m2 đất", "measure", "m2"), (" ha", "measure", "ha"), (" hộ nghèo", "count", "hộ nghèo"),
        (" ngày công", "count", "ngày công"),
        (" ngày làm việc", "time", "ngày làm việc"), (" tuổi", "age", "tuổi"), (" nghìn hộ", "count", "nghìn hộ"),
        (" tỷ usd", "foreign", "tỷ usd"), (" chum nước", "noun", "chum nước"), (" và", "none", ""), ("a", "none", ""),
        (" tieu chi", "count", "tiêu chí"), (" đ/c", "count", "đồng chí"), (" bác sỹ", "count", "bác sỹ"),
        (" tỷ tỉnh", "money", "tỷ"), (" tỷ dân", "money", "tỷ"), (" triệu dân", "count", "triệu dân"),
        (" triệu bản đồ", "count", "triệu bản"),
        (" hằng tháng", "none", ""), (" lồng ghép", "none", ""),
    ],
)  # fmt: skip
def test_what_is_counted(behind: str, kind: str, text: str) -> None:
    unit = units.read(behind, 0, knowledge().units, knowledge().scales)
    assert (unit.kind, unit.text) == (kind, text)


@pytest.mark.parametrize(
    ("behind", "factor"),
    [
        (" triệu đồng", 10**6),
        (" tỷ", 10**9),
        (" tỉ đồng", 10**9),
        (" nghìn tỷ đồng", 10**12),
        (" đồng/kg", 1),
        (" ngàn đồng", 1000),
    ],
)
def test_money(behind: str, factor: int) -> None:
    unit = units.read(behind, 0, knowledge().units, knowledge().scales)
    assert (unit.kind, unit.factor) == ("money", Decimal(factor))


@pytest.mark.parametrize("behind", [" đồng chí", " đồng bào", " đồng ruộng"])
def test_words_that_begin_like_money(behind: str) -> None:
    assert units.read(behind, 0, knowledge().units, knowledge().scales).kind != "money"
