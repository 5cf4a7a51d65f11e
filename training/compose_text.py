"""The paragraphs of a composed report, each with the facts that it states, in the markup of training/samples_source."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from training.compose_world import World, padded, vn

CRITERIA = {
    1: "Quy hoạch", 2: "Giao thông", 3: "Thủy lợi", 4: "Điện", 5: "Trường học", 6: "Cơ sở vật chất văn hóa",
    9: "Nhà ở dân cư", 10: "Thu nhập", 12: "Lao động", 14: "Giáo dục và đào tạo", 15: "Y tế", 16: "Văn hóa",
}  # fmt: skip
SOURCES = (
    ("ngân sách trung ương", "Ngân sách Trung ương"), ("ngân sách tỉnh", "Ngân sách tỉnh"),
    ("ngân sách huyện", "Ngân sách huyện"), ("ngân sách xã", "Ngân sách xã"), ("lồng ghép", "Vốn lồng ghép"),
    ("tín dụng", "Vốn tín dụng"), ("doanh nghiệp", "Doanh nghiệp"), ("nhân dân", "Nhân dân đóng góp"),
)  # fmt: skip
BANDS = ((19, 19), (15, 18), (10, 14), (5, 9), (0, 4))

Paragraph = tuple[str, list[str]]  # text, facts


def fact(table: str, quote: str, **fields: object) -> str:
    """A line of facts; values with spaces are quoted."""
    said = " ".join(f'{k}="{v}"' if " " in str(v) else f"{k}={v}" for k, v in fields.items())
    return f"{table} {said} | {quote}"


def said(*clauses: tuple[str, list[str]], start: str = "", end: str = ".") -> Paragraph:
    """Clauses as one paragraph."""
    text = "; ".join(text for text, _ in clauses)
    return start + text + end, [f for _, facts in clauses for f in facts]


def opening(w: World) -> Iterator[Paragraph]:
    clauses = []
    issuers = (
        ("Quyết định", "QĐ-UBND", f"UBND tỉnh {w.province}"), ("Kế hoạch", "KH-UBND", f"UBND tỉnh {w.province}"),
        ("Công văn", "UBND-NN", f"UBND tỉnh {w.province}"), ("Nghị quyết", "NQ-HU", "Huyện ủy"),
    )  # fmt: skip
    for kind, tail, issuer in w.rng.sample(issuers, 3):
        number, day, month = w.whole(11, 2900), w.rng.randint(1, 28), w.rng.randint(1, 5)
        text = f"{kind} số {number}/{tail} ngày {day:02d}/{month:02d}/{w.year} của {issuer}"
        date = f"{w.year}-{month:02d}-{day:02d}"
        clauses.append(
            (text, [fact("legal_refs", text, kind=kind, number=f"{number}/{tail}", date=date, issuer=issuer)])
        )
    text, facts = said(*clauses, start="Thực hiện ", end="")
    yield text + f", Ủy ban nhân dân huyện {w.district} báo cáo kết quả như sau:", facts


def steering(w: World) -> Iterator[Paragraph]:
    items = [
        ("tổ chức {} hội nghị quán triệt", "hội nghị", 3, 60), ("mở {} lớp tập huấn", "lớp tập huấn", 4, 90),
        ("phát {} tờ rơi", "tờ rơi", 300, 9000), ("treo {} băng rôn", "băng rôn", 12, 400),
        ("Nhân dân góp {} ngày công", "ngày công", 400, 60000), ("hiến {} m2 đất", "m2", 700, 90000),
        ("kiểm tra {} công trình", "công trình", 5, 120), ("trồng mới {} cây xanh", "cây xanh", 200, 9000),
        ("ban hành {} văn bản chỉ đạo", "văn bản chỉ đạo", 6, 120), ("huy động {} hộ tham gia", "hộ", 90, 6000),
    ]  # fmt: skip
    for start in ("- Công tác chỉ đạo: ", "- Tuyên truyền, vận động: "):
        clauses = []
        for text, unit, low, high in w.rng.sample(items, 4):
            n = w.whole(low, high)
            items.remove((text, unit, low, high))
            clauses.append((text.format(vn(n)), [fact("quantities", text.format(vn(n)), value=n, unit=unit)]))
        yield said(*clauses, start=start)
    n = w.whole(60, 250)
    yield said(
        *(
            (
                f"{vn(s.part)}/{vn(s.whole)} {of} {what}" + (f" ({vn(s.share)}%)" if shown else ""),
                [
                    fact(
                        "percentages",
                        f"{vn(s.part)}/{vn(s.whole)} {of} {what}" + (f" ({vn(s.share)}%)" if shown else ""),
                        num=s.part,
                        den=s.whole,
                        of=of,
                        **({"value": s.share} if shown else {}),
                    )
                ],
            )
            for of, what, shown, s in (
                ("thôn", "có Ban Phát triển thôn", w.rng.random() < 0.5, w.share(n, 0.8)),
                ("thôn", "có quy ước được công nhận", True, w.share(n, 0.5)),
            )
        ),
        start="- Kiện toàn bộ máy: ",
    )


def standing(w: World) -> Iterator[Paragraph]:
    """Ratios that stand alone, without a percentage, as often as not of the whole."""
    hamlets = w.whole(60, 250)
    items = [
        (w.n, "xã", "đã kiện toàn Ban Chỉ đạo"), (w.n, "xã", "bố trí cán bộ theo dõi Chương trình"),
        (w.n, "xã", "phê duyệt đề án sản xuất"), (hamlets, "thôn", "có sân tập thể thao"),
        (hamlets, "thôn", "thu gom rác theo lịch"), (w.whole(12, 70), "trường", "có bếp ăn bán trú"),
        (w.whole(3, 25), "chợ", "có tổ quản lý"), (w.whole(8, 30), "trạm y tế", "có bác sĩ làm việc"),
    ]  # fmt: skip
    for start in ("- Bộ máy, cơ sở: ", "- Duy trì: "):
        clauses = []
        for item in w.rng.sample(items, 3):
            items.remove(item)
            whole, of, what = item
            part = whole if w.rng.random() < 0.5 else w.rng.randint(whole * 6 // 10, whole)
            text = f"{vn(Decimal(part))}/{vn(Decimal(whole))} {of} {what}"
            clauses.append((text, [fact("percentages", text, num=part, den=whole, of=of)]))
        yield said(*clauses, start=start)


def bands(w: World) -> Iterator[Paragraph]:
    yield (
        f"Kết quả thực hiện Bộ tiêu chí của {w.n} xã như sau:",
        [fact("quantities", f"của {w.n} xã", value=w.n, unit="xã")],
    )
    total = sum(map(len, w.met.values()))
    lead = w.pick("Số xã đạt ", "Nhóm xã đạt ")
    listed = w.rng.random() < 0.4
    for low, high in BANDS:
        names = [name for name, met in w.met.items() if low <= len(met) <= high]
        if not names:
            continue
        said_band = {(19, 19): "19/19 tiêu chí", (0, 4): "dưới 5 tiêu chí"}.get(
            (low, high), w.pick(f"từ {low} - {high} tiêu chí", f"từ {low} đến {high} tiêu chí")
        )
        text = f"{lead}{said_band}: {padded(len(names), w.rng)} xã"
        fields: dict[str, object] = {"count": len(names), "unit": "xã", "band_max": high}
        if low:
            fields["band_min"] = low
        if listed and len(names) < 9:
            text += f" (gồm các xã: {', '.join(names)})"
            fields["places"] = ";".join(names)
        yield f"- {text};", [fact("criteria", text, **fields)]
    average = (Decimal(total) / w.n).quantize(Decimal(1).scaleb(-w.rng.choice((1, 2))))
    text = w.pick("Bình quân chung đạt {} tiêu chí/xã", "Bình quân toàn huyện đạt {} tiêu chí/xã").format(vn(average))
    yield f"- {text}.", [fact("criteria", text, value=average)]


def criteria(w: World) -> Iterator[Paragraph]:
    for number, name in CRITERIA.items():
        having = w.having(number)
        if w.rng.random() < 0.25 or not having:
            continue
        k, clauses = len(having), list(_detail(w, number))
        fields: dict[str, object] = {"criterion": number, "count": k, "unit": "xã"}
        way = w.rng.randrange(4)
        if way == 0:
            text = f"có {padded(k, w.rng)}/{w.n} xã đạt tiêu chí {name}"
            fields["total"] = w.n
        elif way == 1:
            share = (Decimal(100 * k) / w.n).quantize(Decimal("0.01"))
            text = f"{k}/{w.n} xã (đạt {vn(share)}%) đạt tiêu chí {name}"
            fields["total"] = w.n
        elif way == 2:
            text = f"Số xã đạt tiêu chí {name}: {padded(k, w.rng)} xã"
        else:
            text = f"có {padded(k, w.rng)}/{w.n} xã đạt tiêu chí {name}"
            fields["total"] = w.n
            if k < 9:
                text += f" (gồm các xã: {', '.join(having)})"
                fields["places"] = ";".join(having)
        facts = [fact("criteria", text, **fields)]
        if way == 1:
            facts.append(fact("percentages", text, value=share, num=k, den=w.n, of="xã"))
        clauses.append((text, facts))
        head = w.pick("- ", "- **", "- ")
        yield said(*clauses, start=f"{head}{name}:{'**' if '*' in head else ''} ")


def _detail(w: World, number: int) -> Iterator[tuple[str, list[str]]]:
    """One or two figures that belong to a criterion."""
    km = w.pick("cứng hóa", "bê tông hóa", "nhựa hóa")
    ratios = {
        2: (f"Đường trục xã được {km}", "km", w.decimal(30, 260)),
        3: ("Kênh mương do xã quản lý được kiên cố hóa", "km", w.decimal(20, 300)),
        5: ("Trường học các cấp đạt chuẩn", "trường", Decimal(w.whole(18, 70))),
        6: ("Thôn có nhà văn hóa đạt chuẩn", "thôn", Decimal(w.whole(60, 250))),
        9: ("Nhà ở đạt tiêu chuẩn", "nhà", Decimal(w.whole(3000, 30000))),
        15: ("Người dân tham gia bảo hiểm y tế", "người", Decimal(w.whole(20000, 140000))),
    }
    if number in ratios:
        what, of, whole = ratios[number]
        s = w.share(whole, 0.4)
        text = f"{what} {vn(s.part)}/{vn(s.whole)} {of}, đạt {vn(s.share)}%"
        yield text, [fact("percentages", text, value=s.share, num=s.part, den=s.whole, of=of)]
    if number == 2:
        text = f"đường ngõ, xóm sạch {vn(length := w.decimal(12, 190))} km"
        yield text, [fact("quantities", text, value=length, unit="km")]
    if number == 4:
        text = f"Tỷ lệ hộ sử dụng điện thường xuyên đạt {vn(p := w.decimal(81, 99.8))}%"
        yield text, [fact("percentages", text, value=p)]
    if number == 10:
        text = f"Thu nhập bình quân đầu người đạt {vn(m := w.decimal(14, 62, 1))} triệu đồng/năm"
        yield text, [fact("budgets", text, amount_vnd=int(m * 10**6), per="người/năm")]
    if number == 12:
        text = f"giải quyết việc làm cho {vn(n := w.whole(300, 4800))} lao động"
        yield text, [fact("quantities", text, value=n, unit="lao động")]


def money(w: World) -> Iterator[Paragraph]:
    step = w.rng.choice((1, 5, 10, 50))
    total = w.whole(9000, 260000) // step * step
    text = f"Tổng nguồn vốn huy động năm {w.year} là {vn(total)} triệu đồng"
    yield f"{text}, trong đó:", [fact("budgets", text, amount_vnd=total * 10**6, period=f"năm {w.year}")]
    chosen = [SOURCES[i] for i in sorted(w.rng.sample(range(len(SOURCES)), w.rng.randint(3, 6)))]
    shares = w.rng.random() < 0.5
    parts = w.parts(total, len(chosen), step)
    w.sources = tuple((name, amount) for (_, name), amount in zip(chosen, parts, strict=True))
    for (source, name), amount in zip(chosen, parts, strict=True):
        text = f"{name}: {vn(amount)} triệu đồng"
        facts = [fact("budgets", text, amount_vnd=amount * 10**6, source=source, parent=total * 10**6)]
        more = ""
        if shares:
            share = (Decimal(100 * amount) / total).quantize(Decimal("0.01"))
            more = f", chiếm {vn(share)}%"
            facts.append(fact("percentages", text + more, value=share))
        if amount > 3000 and w.rng.random() < 0.6:
            one, two = w.parts(amount, 2, step)
            inner = f"vốn đầu tư {vn(one)} triệu đồng; vốn sự nghiệp {vn(two)} triệu đồng"
            more += f" (trong đó: {inner})"
            for part, capital, quote in zip((one, two), ("đầu tư", "sự nghiệp"), inner.split("; "), strict=True):
                facts.append(
                    fact(
                        "budgets",
                        quote,
                        amount_vnd=part * 10**6,
                        source=source,
                        capital=capital,
                        parent=amount * 10**6,
                    )
                )
        yield f"- {text}{more};", facts
    spent = w.share(total, 0.3, 1)
    text = f"Đến nay đã giải ngân {vn(spent.part)} triệu đồng, đạt {vn(spent.share)}% kế hoạch"
    yield (
        f"{text}.",
        [
            fact("budgets", text, amount_vnd=int(spent.part) * 10**6),
            fact("percentages", text, value=spent.share),
        ],
    )


def poverty(w: World) -> Iterator[Paragraph]:
    s = w.share(w.whole(5000, 40000), 0.03, 2)
    part = s.part if s.part < s.whole / 3 else (s.part / 4).quantize(Decimal(1))
    share = (100 * part / s.whole).quantize(Decimal("0.01"))
    text = f"Toàn huyện còn {vn(part)}/{vn(s.whole)} hộ nghèo, chiếm {vn(share)}%"
    one = (text, [fact("percentages", text, value=share, num=part, den=s.whole, of="hộ")])
    n = w.whole(3, 60)
    text = f"có {n} sản phẩm OCOP"
    two = (text, [fact("quantities", text, value=n, unit="sản phẩm OCOP")])
    text = f"{vn(k := w.whole(8, 150))} hợp tác xã hoạt động hiệu quả"
    yield said(one, two, (text, [fact("quantities", text, value=k, unit="hợp tác xã")]), start="- ")
    text = f"thu gom, xử lý {vn(r := w.decimal(41, 96))}% chất thải rắn sinh hoạt"
    water = f"Tỷ lệ hộ sử dụng nước hợp vệ sinh đạt {vn(h := w.decimal(60, 99))}%"
    yield said((water, [fact("percentages", water, value=h)]), (text, [fact("percentages", text, value=r)]), start="- ")


def aims(w: World) -> Iterator[Paragraph]:
    year = w.year + 1
    text = f"Phấn đấu năm {year} thu nhập bình quân đạt {vn(m := w.decimal(20, 75, 1))} triệu đồng/người/năm"
    one = (text, [fact("budgets", text, amount_vnd=int(m * 10**6), per="người/năm", status="target")])
    text = f"tỷ lệ hộ nghèo giảm từ {vn(p := w.decimal(2, 5, 1))}% trở lên"
    two = (text, [fact("percentages", text, value=p, op=">=", status="target")])
    text = f"trồng mới {vn(n := w.whole(30, 900))} ha rừng"
    three = (text, [fact("quantities", text, value=n, unit="ha", status="target")])
    yield said(one, two, three, start="- ")
    text = f"Đề nghị UBND tỉnh bổ sung {vn(m := w.decimal(1, 40))} tỷ đồng vốn đối ứng"
    yield f"{text}.", [fact("budgets", text, amount_vnd=int(m * 10**9), status="target")]


SECTIONS = (
    ("", (opening,)),
    ("# I. CÔNG TÁC CHỈ ĐẠO", (steering, standing)),
    ("# II. KẾT QUẢ THỰC HIỆN", ()),
    ("## 1. Kết quả chung", (bands,)),
    ("## 2. Kết quả từng tiêu chí", (criteria, poverty)),
    ("# III. NGUỒN VỐN", (money,)),
    ("# IV. NHIỆM VỤ TRỌNG TÂM", (aims,)),
)


def body(w: World) -> Iterator[str]:
    """The body of a report, line by line of markup."""
    for heading, makers in SECTIONS:
        if heading:
            yield heading
        for make in makers:
            for text, facts in make(w):
                yield text
                yield from (f"@ {one}" for one in facts)
