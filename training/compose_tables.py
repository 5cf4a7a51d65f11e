"""The annex tables of a composed report, in the markup of training/samples_source.

What they say agrees with the text: marks are those of the world's communes, money is what the text mobilised.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from training.compose_world import World, padded, vn

CRITERIA = (
    "Quy hoạch", "Giao thông", "Thủy lợi và phòng, chống thiên tai", "Điện", "Trường học", "Cơ sở vật chất văn hóa",
    "Cơ sở hạ tầng thương mại nông thôn", "Thông tin và truyền thông", "Nhà ở dân cư", "Thu nhập", "Nghèo đa chiều",
    "Lao động", "Tổ chức sản xuất và phát triển kinh tế nông thôn", "Giáo dục và đào tạo", "Y tế", "Văn hóa",
    "Môi trường và an toàn thực phẩm", "Hệ thống chính trị và tiếp cận pháp luật", "Quốc phòng và an ninh",
)  # fmt: skip
WORKS = (
    "Giao thông nông thôn", "Thủy lợi nội đồng", "Trường học các cấp", "Nhà văn hóa thôn", "Phát triển sản xuất",
    "Nước sạch tập trung", "Thu gom rác thải", "Trạm y tế xã", "Chỉnh trang khu dân cư", "Đào tạo nghề",
    "Điện chiếu sáng", "Chợ nông thôn",
)  # fmt: skip
GROUPS = ("Hạ tầng kinh tế - xã hội", "Phát triển kinh tế nông thôn", "Môi trường, cảnh quan")
INDICATORS = (
    ("Đường trục xã được cứng hóa", "km", 20, 1900), ("Kênh mương được kiên cố hóa", "km", 15, 900),
    ("Nhà văn hóa thôn đạt chuẩn", "nhà", 30, 900), ("Hộ sử dụng nước sạch", "hộ", 900, 90000),
    ("Lao động qua đào tạo", "người", 700, 90000), ("Trường đạt chuẩn quốc gia", "trường", 15, 300),
    ("Người tham gia bảo hiểm y tế", "người", 4000, 190000), ("Chuồng trại hợp vệ sinh", "chuồng", 300, 9000),
    ("Thôn đạt chuẩn văn hóa", "thôn", 30, 400), ("Diện tích cây ăn quả", "ha", 60, 5000),
)  # fmt: skip
WIDE = 9  # communes that still stand side by side over 19 rows


def annexes(w: World) -> Iterator[str]:
    """Each with its page break, line by line of markup; a report has from none to three."""
    if w.rng.random() < 0.7:
        yield from ("--- landscape", "= PHỤ LỤC", f"= KẾT QUẢ THỰC HIỆN CÁC TIÊU CHÍ NĂM {w.year}")
        yield from _criteria(w) if w.n <= WIDE else _communes(w)
    if w.sources and w.rng.random() < 0.7:
        yield from ("--- landscape", f"= NGUỒN VỐN HUY ĐỘNG NĂM {w.year}", "> Đơn vị tính: triệu đồng")
        yield from _budget(w)
    if w.rng.random() < 0.5:
        yield from ("---", "= BIỂU TỔNG HỢP", f"= MỘT SỐ CHỈ TIÊU CHỦ YẾU NĂM {w.year}")
        yield from _progress(w)


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def _criteria(w: World) -> Iterator[str]:
    """Criteria in rows, communes in columns, how many met each at the right, a closing row of sums."""
    yes, no = w.pick(("x", ""), ("Đạt", "Chưa đạt"))
    yield f"|| kind=criteria pad=1.4 widths=3,20,{'6,' * w.n}5 size=10.5 head=2"
    yield _row(["TT", "Tiêu chí", "Kết quả theo xã", *[">"] * (w.n - 1), "Số xã đạt"])
    yield _row(["^", "^", *w.communes, "^"])
    for number, name in enumerate(CRITERIA, 1):
        marks = [yes if number in w.met[c] else no for c in w.communes]
        yield _row([number, name, *marks, f"{padded(len(w.having(number)), w.rng)}/{w.n}"])
    yield _row(["", "Số tiêu chí đạt", *(f"{len(w.met[c])}/19" for c in w.communes), ""])


def _communes(w: World) -> Iterator[str]:
    """Communes in rows, criteria in columns, the sum of each at the right, a closing row of counts."""
    yield f"|| kind=communes pad=1.2 widths=3,11,{'2.5,' * 19}4 size=10.5 head=2"
    yield _row(["TT", "Xã", "Tiêu chí số", *[">"] * 18, "Tổng số"])
    yield _row(["^", "^", *range(1, 20), "^"])
    for index, name in enumerate(w.communes, 1):
        met = w.met[name]
        yield _row([index, name, *("x" if c in met else "" for c in range(1, 20)), f"{len(met)}/19"])
    yield _row(["", "Số xã đạt", *(len(w.having(c)) for c in range(1, 20)), ""])


def _budget(w: World) -> Iterator[str]:
    """Works in rows, the sources of the text in columns; flat, or under lettered groups."""
    works = w.rng.sample(WORKS, w.rng.randint(4, 9))
    columns = [_spread(w, amount, len(works)) for _, amount in w.sources]
    cells = [row for row in zip(*columns, strict=True) if any(row)]
    works, n, signs = works[: len(cells)], len(columns), w.pick(("A", "B", "C"), ("I", "II", "III"))
    yield f"|| kind=budget widths=3,13,7,{'7,' * n}4 size=11 head=2 status=achieved"
    yield _row(["TT", "Nội dung", "Tổng số", "Trong đó", *[">"] * (n - 1), "Ghi chú"])
    yield _row(["^", "^", "^", *(name for name, _ in w.sources), "^"])
    yield _money("", "Tổng cộng", [sum(column) for column in columns])
    cuts = [0, *sorted(w.rng.sample(range(1, len(works)), 2)), len(works)] if len(works) > 5 else [0, len(works)]
    for group, (start, end) in enumerate(pairwise(cuts)):
        if len(cuts) > 2:
            sums = [sum(row[k] for row in cells[start:end]) for k in range(n)]
            yield _money(signs[group], GROUPS[group], sums)
        for i in range(start, end):
            yield _money(str(i - start + 1), works[i], cells[i])


def _money(index: str, name: str, amounts: Sequence[int]) -> str:
    return _row([index, name, vn(sum(amounts)), *(vn(a) if a else "-" for a in amounts), ""])


def _spread(w: World, amount: int, rows: int) -> list[int]:
    """An amount over some of the rows."""
    chosen = sorted(w.rng.sample(range(rows), w.rng.randint(2, rows)))
    step = max(1, amount // 400)
    parts = [max(step, int(amount * w.rng.uniform(0.4, 0.9) / len(chosen)) // step * step) for _ in chosen[:-1]]
    spread = [0] * rows
    for row, part in zip(chosen, [*parts, amount - sum(parts)], strict=True):
        spread[row] = part
    return spread


def _progress(w: World) -> Iterator[str]:
    """Indicator, unit, plan, result and their share."""
    yield "|| kind=progress widths=3,16,6,8,8,7 size=12 head=1"
    yield _row(["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)"])
    for index, (name, unit, low, high) in enumerate(w.rng.sample(INDICATORS, w.rng.randint(5, 10)), 1):
        exact = w.decimal(low, high, 1) if unit in ("km", "ha") else Decimal(w.whole(low, high))
        s = w.share(exact, 0.3)
        yield _row([index, name, unit, vn(s.whole), vn(s.part), vn(s.share)])
