"""Contents of annex tables of invented districts: criteria by commune, budgets by source, plan and result. Seeded.

A table is rows of texts, ">" joined to the cell at its left, "^" to the cell above, as in training/samples_source.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from training.compose_text import CRITERIA, SOURCES
from training.compose_world import World, vn

Kind = Literal["criteria", "budget", "progress"]
KINDS: tuple[Kind, ...] = ("criteria", "budget", "progress")

GROUPS = (
    "Giao thông",
    "Thủy lợi",
    "Trường học",
    "Cơ sở vật chất văn hóa",
    "Nước sạch và vệ sinh môi trường",
    "Phát triển sản xuất",
)
WORKS = (
    "Đường trục xóm {}", "Đường liên thôn {}", "Cầu qua suối {}", "Kênh nội đồng {}", "Trạm bơm {}", "Đập dâng {}",
    "Trường mầm non {}", "Nhà lớp học điểm {}", "Nhà văn hóa thôn {}", "Sân thể thao {}", "Cấp nước tập trung {}",
    "Bãi xử lý rác thải sinh hoạt {}", "Mô hình trồng rau an toàn tại {}", "Hỗ trợ hợp tác xã {} mua máy cấy",
)  # fmt: skip
INDICATORS = (
    ("Đường trục thôn được cứng hóa", "km"), ("Kênh mương được kiên cố hóa", "km"), ("Hộ dùng nước hợp vệ sinh", "hộ"),
    ("Hộ có nhà tiêu hợp vệ sinh", "hộ"), ("Nhà tạm được xóa", "nhà"), ("Lao động được đào tạo nghề", "người"),
    ("Trường đạt chuẩn quốc gia", "trường"), ("Thôn có nhà văn hóa", "thôn"), ("Hộ nghèo được vay vốn ưu đãi", "hộ"),
    ("Diện tích lúa chất lượng cao", "ha"), ("Sản phẩm OCOP được công nhận từ 3 sao trở lên", "sản phẩm"),
    ("Xã có hợp tác xã hoạt động hiệu quả", "xã"), ("Người dân tham gia bảo hiểm y tế", "người"),
    ("Trồng cây phân tán ven đường liên xã", "cây"), ("Hộ chăn nuôi có công trình xử lý chất thải", "hộ"),
    ("Trạm y tế đạt bộ tiêu chí quốc gia", "trạm"), ("Công trình nước sạch được sửa chữa", "công trình"),
    ("Đèn chiếu sáng đường quê", "bóng"), ("Tuyến đường hoa do hội phụ nữ chăm sóc", "tuyến"),
    ("Lớp tập huấn cho cán bộ thôn", "lớp"),
)  # fmt: skip


class Contents(Struct, frozen=True):
    """A table: its rows, how many of them are head, relative widths, columns set left, lines over and under it."""

    rows: tuple[tuple[str, ...], ...]
    head: int
    widths: tuple[float, ...]
    left: tuple[int, ...]
    caption: tuple[str, ...]
    unit: str = ""
    notes: tuple[str, ...] = ()


def contents(kind: Kind, w: World, rows: int, *, merged: bool = True) -> Contents:
    """A table of about as many rows; heads over two rows where `merged`."""
    return {"criteria": _criteria, "budget": _budget, "progress": _progress}[kind](w, rows, merged)


def _criteria(w: World, rows: int, merged: bool) -> Contents:
    if (merged and rows > 20) or w.rng.random() < 0.4:
        return _communes(w, rows)
    names, numbers = w.communes[: w.rng.randint(4, 7)], list(CRITERIA)[: max(6, min(rows, len(CRITERIA)))]
    yes, no = w.rng.choice((("x", ""), ("Đạt", "Chưa đạt"), ("x", "-"), ("Đạt", "")))
    body = [
        (str(c), CRITERIA[c], *(yes if c in w.met[n] else no for n in names),
         f"{sum(c in w.met[n] for n in names)}/{len(names)}")
        for c in numbers
    ]  # fmt: skip
    sums = ("", "Tổng số tiêu chí đạt", *(f"{sum(c in w.met[n] for c in numbers)}/{len(numbers)}" for n in names), "")
    head: tuple[tuple[str, ...], ...] = (("TT", "Tiêu chí", *names, "Số xã đạt"),)
    if merged:
        head = (
            ("TT", "Tiêu chí", "Kết quả thực hiện của các xã", *[">"] * (len(names) - 1), "Số xã đạt"),
            ("^", "^", *names, "^"),
        )
    widths = (0.7, 3.2, *[1.35] * len(names), 1.2)
    caption = ("KẾT QUẢ THỰC HIỆN CÁC TIÊU CHÍ", f"(Tính đến hết tháng {w.month} năm {w.year})")
    return Contents(
        (*head, *body, sums), len(head), widths, (1,), caption, "", ("Ghi chú: (x) là xã đã đạt tiêu chí.",)
    )


def _communes(w: World, rows: int) -> Contents:
    names, numbers = w.communes[: max(6, rows)], list(range(1, 20))
    body = [
        (str(i), n, *("x" if c in w.met[n] else "" for c in numbers), f"{len(w.met[n])}/19")
        for i, n in enumerate(names, 1)
    ]
    counts = ("", "Số xã đạt", *(str(sum(c in w.met[n] for n in names)) for c in numbers), "")
    head = (("TT", "Tên xã", "Tiêu chí số", *[">"] * 18, "Tổng số"), ("^", "^", *map(str, numbers), "^"))
    caption = (f"TỔNG HỢP TIÊU CHÍ CỦA CÁC XÃ HUYỆN {w.district.upper()}",)
    return Contents((*head, *body, counts), 2, (0.7, 3.0, *[0.75] * 19, 1.5), (1,), caption)


def _budget(w: World, rows: int, merged: bool) -> Contents:
    n = w.rng.randint(3, 5)
    sources = [SOURCES[i][1] for i in sorted(w.rng.sample(range(len(SOURCES)), n))]
    groups, names = w.rng.randint(2, 3), iter(w.rng.sample(WORKS, len(WORKS)) * 4)
    body: list[tuple[str, ...]] = []
    whole = [0] * n
    each = max(1, (rows - groups - 1) // groups)
    for g in range(groups):
        lines, sums = [], [0] * n
        for i in range(each):
            parts = w.parts(w.whole(80, 2500) * 10, n, 10)
            parts = [p if w.rng.random() < 0.8 or p == max(parts) else 0 for p in parts]
            sums = [a + b for a, b in zip(sums, parts, strict=True)]
            place = w.rng.choice(w.communes)
            lines.append((str(i + 1), next(names).format(place), *_money(parts)))
        body += [(("I", "II", "III")[g], GROUPS[g + w.rng.randint(0, 3)], *_money(sums)), *lines]
        whole = [a + b for a, b in zip(whole, sums, strict=True)]
    total = ("", "Tổng cộng", *_money(whole))
    body = [total, *body] if w.rng.random() < 0.5 else [*body, total]
    if merged:
        head: tuple[tuple[str, ...], ...] = (
            ("TT", "Danh mục công trình", "Tổng số", "Trong đó", *[">"] * (n - 1), "Ghi chú"),
            ("^", "^", "^", *sources, "^"),
        )
    else:
        head = (("TT", "Danh mục công trình", "Tổng số", *sources, "Ghi chú"),)
    caption = (f"Biểu {w.rng.randint(1, 9)}. NHU CẦU VỐN ĐẦU TƯ NĂM {w.year + 1}",)
    rows_ = (*head, *((*line, "") for line in body))
    return Contents(rows_, len(head), (0.7, 3.6, *[1.4] * (n + 1), 1.1), (1,), caption, "Đơn vị tính: triệu đồng")


def _money(parts: list[int]) -> tuple[str, ...]:
    return (vn(sum(parts)), *(vn(p) if p else "-" for p in parts))


def _progress(w: World, rows: int, merged: bool) -> Contents:
    chosen = w.rng.sample(INDICATORS, min(rows, len(INDICATORS)))
    body = []
    for i, (name, unit) in enumerate(chosen, 1):
        whole: Decimal | int = w.decimal(8, 240) if unit in ("km", "ha") else w.whole(3, 9000)
        share = w.share(whole)
        body.append((str(i), name, unit, vn(whole), vn(share.part), vn(share.share)))
    head: tuple[tuple[str, ...], ...] = (
        ("STT", "Chỉ tiêu", "ĐVT", f"Kế hoạch năm {w.year}", "Thực hiện", "Tỷ lệ (%)"),
    )
    if merged:
        head = (
            ("STT", "Chỉ tiêu", "ĐVT", f"Năm {w.year}", ">", "Tỷ lệ (%)"),
            ("^", "^", "^", "Kế hoạch", "Thực hiện", "^"),
        )
    caption = (f"Biểu {w.rng.randint(1, 9)}. MỘT SỐ CHỈ TIÊU CHỦ YẾU NĂM {w.year}",)
    notes = ("Ghi chú: số liệu ước đến hết năm kế hoạch.",) if w.rng.random() < 0.5 else ()
    return Contents((*head, *body), len(head), (0.8, 4.4, 1.2, 1.5, 1.5, 1.3), (1,), caption, "", notes)
