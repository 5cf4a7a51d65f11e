"""Which number mentions count criteria, and what they say: the reading behind the criteria table.

A claim names the mentions that it uses, so that percentages and quantities leave them alone. The forms follow the
scopes of the table: communes that meet one criterion, communes within a band of criteria, criteria of one commune,
criteria per commune on average, communes recognised at a level.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from ntm_extract.extract import naming
from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.reading import Figures, read
from ntm_extract.facts import Op
from ntm_extract.knowledge import Knowledge
from ntm_extract.model import Outline
from ntm_extract.text.folding import UPPER

Scope = Literal["criterion", "band", "unit", "average", "standard"]
LAST = 19  # criteria in the set
COMMUNES = (
    "xã",
    "đơn vị cấp xã",
    "phường",
    "huyện",
    "đơn vị cấp huyện",
    "thị xã",
    "thành phố",
    "đơn vị",
    "địa phương",
    "thôn",
    "bản",
    "ấp",
    "thị trấn",
)
SIDE = re.compile(
    r"\s*(?:\([^()]*\)|,?\s?(?:chiếm|bằng|đạt|tương đương)\s(?:tỷ lệ\s)?[\d.,]+\s?%(?:\stổng số xã|\ssố xã)?,?)"
)
WITHIN = re.compile(
    r"\s(?:(?:mới|chỉ|đã|cơ bản|đạt|hoàn thành|có|và|được|số|còn|chuẩn|đủ|ở mức|hoàn thành và|duy trì|nào)\s?)*"
)
LABELLED = re.compile(r"\s?;?\s?(?:nông thôn mới|ntm|trở lên|trở xuống|là|có|đạt|:|,|-|\(|còn|gồm|\s)*")
MET = re.compile(
    r"\s(?:(?:đã|được|cơ bản|hiện|đều|mới|chỉ|còn lại|công nhận|duy trì|giữ vững|hoàn thành|"
    r"cũng)\s)*(?:đạt|hoàn thành|đủ|giữ vững)\s(?:chuẩn\s)?(?:và duy trì\s)?tiêu chí"
)
BARE_MET = re.compile(
    r"\s(?:(?:đã|được|cơ bản|đều|mới|công nhận|hoàn thành)\s?)*(?:đạt|đạt chuẩn|đạt tiêu chí|"
    r"hoàn thành|hoàn thành tiêu chí)(?:\stiêu chí)?(?:\snày|\strên)?(?=\s?[.;,():|]|\s*$|\sso với|"
    r"\stăng|\sbằng|\sđạt tỷ lệ|\s(?:gồm|là):?)"
)
STANDARD = re.compile(
    r"\s(?:(?:đã|được|sẽ|mới|đều|cơ bản|hiện|nay|phấn đấu|công nhận|ubnd tỉnh|tỉnh|huyện|thuộc|"
    r"của tỉnh|\d+ tỉnh\S*)\s)*"
    r"(?:(?:được\s)?công nhận\s(?:là\s)?(?:xã\s|huyện\s)?(?:đạt chuẩn\s|về đích\s|đạt\s)?|"
    r"đạt chuẩn\s?(?:xã\s|huyện\s|thôn\s|danh hiệu\s)?|đạt danh hiệu\s(?:xã\s)?|về đích\s?(?:xã\s)?|"
    r"cán đích\s?(?:danh hiệu\s)?|đạt\s(?:xã\s|tiêu chí\s|chuẩn\s)?(?=nông|ntm|kiểu|nâng)|"
    r"hoàn thành\s(?:mục tiêu\s)?(?=xây dựng|nông))"
    r"(?:xây dựng\s)?(?P<what>nông thôn mới kiểu mẫu|nông thôn mới nâng cao|ntm kiểu mẫu|ntm nâng cao|"
    r"kiểu mẫu|nâng cao|nông thôn mới|ntm|này|)(?!\w)"
)
LEVEL = re.compile(
    r"\s(?:(?:xã|đạt chuẩn|đạt|được công nhận|là|ntm|nông thôn mới)\s)*(?P<what>kiểu mẫu|nâng cao)(?!\w)"
)
LEVEL_LEFT = re.compile(
    r"(?:số|tỷ lệ)\s(?:xã|huyện|đơn vị|thôn)\s(?:được công nhận\s)?(?:đã\s)?(?:đạt chuẩn|về đích|"
    r"cán đích|đạt|được công nhận)\s?(?:chuẩn\s)?"
    r"(?P<what>nông thôn mới kiểu mẫu|nông thôn mới nâng cao|ntm kiểu mẫu|ntm nâng cao|kiểu mẫu|"
    r"nâng cao|nông thôn mới|ntm|)(?:\s(?:của|trên địa bàn|"
    r"trong)[^.;:,\d]{0,30})?[\s:]*(?:(?:toàn huyện|hiện nay|đến nay|lên|là|đạt|còn|có|tới|"
    r"thành)[\s:]*)*$"
)
AFTER_STANDARD = re.compile(
    r"\s*(?:[.,;:()|\"”…–-]|$|(?:vào|trong|trước|lên|và|năm|nông|ntm|này|thuộc|trên|"
    r"theo bộ tiêu chí(?! thôn| bản| ấp)|so|giai|đạt|tăng|gồm|là|đến|ở|như|bằng|còn|hoặc|của|với|"
    r"từ)(?!\w))"
)
NOT_NTM = re.compile(
    r"\s?(?:quốc gia|văn hóa|tiếp cận|phổ cập|y tế|về\s(?:y tế|văn hóa|tiếp cận)|đô thị|chất lượng|an toàn|sáng)"
)
SUBJECT = re.compile(
    r"(?:^|[(,;:.\"“\d-]|(?<!\w)(?:có|còn|là|lên|thêm|và|hiện|được|đạt|với|đã|gồm|nhận|nay|nước|tỉnh|"
    r"huyện|đó|hơn|trên|cả|toàn|mới|đấu|trì|vững|"
    r"đích|số|chỉ|nhất|thiểu|năm|từ|đến|thành|công nhận|xét|kiến|tiêu|khoảng|gần|riêng|nào|thành phố|"
    r"bàn|dưới|quá|đa|để|sẽ|ra|ước))\s?$"
)
"""What may stand before communes that are recognised; after any other noun they are its object, not a count."""
RAISED = re.compile(r"nâng\s(?:tổng\s)?số[^.;,\d]{0,50}?(?:lên|thành)\s$")
NO_UNIT = re.compile(r"(?:chưa có|không có|không còn)\s(?P<unit>xã|huyện|thôn|bản)(?:\snào)?")
NONE_LEFT = re.compile(
    r"(?:không còn|không có|không|chưa có)\s(?P<unit>xã|huyện)(?:\snào)?(?:\scòn)?(?:\schỉ)?(?:\sđạt)?\s?$"
)
MORE = re.compile(r"(?<!\w)(?:thêm|tăng thêm|phấn đấu thêm)(?:\s(?:mỗi năm|được|ít nhất|khoảng|từ|mới|có))*\s*$")
CHANGED = re.compile(r"(?<!\w)(?:tăng|giảm|vượt|tăng thêm|giảm được)(?:\s(?:được|khoảng|bình quân|thêm))*\s*$")
ONE_COMMUNE = re.compile(
    r"(?:^|[,;:.]\s|(?:thì|nay|hiện|toàn)\s)xã\s(?:[^,;:.\d]{0,20}\s)?(?:đã\s|mới\s|cơ bản\s)*đạt\s(?:chuẩn\s|được\s)?$"
)
MEAN = re.compile(r"(?:bình quân|trung bình)[^.;]{0,90}$")
PLACES = re.compile(
    r"[^.;\d]{0,60}?[(:,]?\s?(?:gồm(?:\s(?:các\s)?(?:xã|huyện))?|là|các xã|xã)?\s?:?\s?\(?(?P<list>[^().;]*)"
)
NAME = re.compile(rf"[{UPPER}][\w']*(?:[ -][{UPPER}][\w']*)*")


class Claim(Struct, frozen=True, kw_only=True):
    """One row of criteria and the mentions that it takes from the other tables."""

    scope: Scope
    at: int  # index of the mention whose number is the fact's, -1 where the count is in words
    span: tuple[int, int]
    uses: tuple[int, ...] = ()
    number: tuple[int, int] | None = None
    criterion: int | None = None
    level: str | None = None
    increment: bool = False
    op: Op = "="
    count: int | None = None
    total: int | None = None
    unit: str | None = None
    band: tuple[int | None, int | None] = (None, None)
    value: Decimal | None = None
    places: tuple[str, ...] = ()
    certainty: float = 0.9


class Reading(Struct, frozen=True):
    """Passages with their numbers, and the criteria claims of each."""

    passages: tuple[Figures, ...]
    claims: tuple[tuple[Claim, ...], ...]
    taken: tuple[frozenset[int], ...]  # by passage: mentions that the criteria use, or that only qualify another figure


def read_document(outline: Outline, knowledge: Knowledge) -> Reading:
    """Numbers and criteria claims of the whole document."""
    passages = read(outline, knowledge)
    readers = [_Claims(figures, knowledge) for figures in passages]
    return Reading(passages, tuple(r.run() for r in readers), tuple(frozenset(r.taken) for r in readers))


class _Claims:
    """Reads the mentions of one passage; `taken` are those already used."""

    def __init__(self, figures: Figures, knowledge: Knowledge) -> None:
        self.figures, self.knowledge = figures, knowledge
        self.low, self.ms = figures.low, figures.mentions
        self.taken: set[int] = set()
        self.found: list[Claim] = []
        self.banded = False  # a band was read: the next may leave "số xã đạt" out

    def run(self) -> tuple[Claim, ...]:
        if not self.ms:
            return ()
        bands = self._bands()
        self._none_recognised()
        for i in range(len(self.ms)):
            if i not in self.taken:
                self._of_commune(i)
        for i in range(len(self.ms)):
            if i not in self.taken:
                self._counted(i)
        for i in range(len(self.ms) - 1, -1, -1):
            shared = self._shared_tail(i, self.ms[i]) if i not in self.taken and self.is_commune(i) else None
            if shared is not None:
                more = bool(MORE.search(self.low[max(0, self.ms[i].start - 40) : self.ms[i].start]))
                self._level(i, self.ms[i], shared.level or "nông thôn mới", more, self.ms[i].end)
                if more:
                    self.found[self.found.index(shared)] = replace(shared, increment=True)
        self.found += bands
        return tuple(sorted(self.found, key=lambda c: (c.span, c.scope)))

    # -- bands --------------------------------------------------------------------------------------------------------

    def _bands(self) -> list[Claim]:
        """ "9 xã đạt 15-18 tiêu chí", "Số xã dưới 10 tiêu chí: 04 xã", "không còn xã dưới 5 tiêu chí"."""
        made: list[Claim] = []
        i = 0
        while i < len(self.ms):
            width = self._band_width(i, bool(made))
            if width:
                band, first, last = self._band(i, width), self.ms[i], self.ms[i + width - 1]
                claim = self._band_claim(i, i + width - 1, band, first, last)
                if claim:
                    self.banded = True
                    made.append(claim)
                    self.taken.update(claim.uses)
                    self._recognised(claim, last)
                i += width
                continue
            i += 1
        return made

    def _band_width(self, i: int, seen: bool) -> int:
        """How many mentions a band of criteria takes here: 2 for a range, 1, or 0 where there is none."""
        m = self.ms[i]
        if m.role == "ratio":
            return int(m.unit.startswith("tiêu chí") and m.value == m.den == LAST)
        if m.role != "count" or m.value != int(m.value) or m.value > LAST:
            return 0
        if m.unit == "tiêu chí":
            paired = (
                i + 1 < len(self.ms)
                and m.op == ">="
                and self.ms[i + 1].op == "<="
                and self.ms[i + 1].unit == "tiêu chí"
            )
            return 2 if paired and re.fullmatch(r"\s?(?:-|đến)\s?", self.low[m.end : self.ms[i + 1].start]) else 1
        none_left = NONE_LEFT.search(self.low[max(0, m.start - 40) : m.start])
        return int(bool(seen and none_left and m.op == "<" and not m.unit))

    def _band(self, i: int, width: int) -> tuple[int | None, int | None]:
        m = self.ms[i]
        value = int(m.value)
        if width == 2:
            return value, int(self.ms[i + 1].value)
        if m.role == "ratio" or m.op == "=":
            return value, value
        return {"<": (None, value - 1), "<=": (None, value), ">": (value + 1, None), ">=": (value, None)}[m.op]

    def _band_claim(
        self, i: int, j: int, band: tuple[int | None, int | None], first: Mention, last: Mention
    ) -> Claim | None:
        uses = tuple(range(i, j + 1))
        none_left = NONE_LEFT.search(self.low[max(0, first.start - 40) : first.start])
        if none_left:
            start = first.start - len(none_left.group())
            return Claim(
                scope="band",
                at=-1,
                span=(start, last.end),
                number=first.number,
                uses=uses,
                count=0,
                unit=none_left["unit"],
                band=band,
            )
        before = self._previous(i)
        if before is not None and self.is_commune(before) and before not in self.taken:
            m = self.ms[before]
            gap = SIDE.sub("", self.low[m.end : first.start] + " ")
            if WITHIN.fullmatch(gap.rstrip() + " "):
                return self._band_row(before, uses, band, (m.start, last.end))
        if before is not None and self.ms[before].role == "percent":
            gap = self.low[self.ms[before].end : first.start]
            if re.fullmatch(r"\s(?:tổng\s)?(?:số\s)?(?:các\s)?xã[^.;\d]{0,60}", gap):
                self.taken.update(uses)
                return None
        after = self._next(j)
        if after is not None and self.is_commune(after) and after not in self.taken:
            m = self.ms[after]
            left = self.low[max(0, first.start - 60) : first.start]
            clause = re.split(r"[;.]\s", self.low[: first.start])[-1]
            headed = (
                len(clause.split()) <= 5
                or re.search(r"(?:số|nhóm|tỷ lệ|các)?\s?(?:xã|số)\s(?:[^.;,:\d]{0,25})$", left)
                or re.search(r"^\W*đạt\s?(?:từ\s)?$", left)
            )
            if (headed or self.banded) and LABELLED.fullmatch(self.low[last.end : m.start]):
                return self._band_row(after, (*uses, after), band, (first.start, m.end))
        return None

    def _band_row(
        self, c: int, uses: tuple[int, ...], band: tuple[int | None, int | None], span: tuple[int, int]
    ) -> Claim:
        m = self.ms[c]
        return Claim(
            scope="band", at=c, span=span, uses=tuple(sorted({*uses, c})), count=int(m.value), total=_whole(m.den),
            unit=_unit(m), op=m.op, band=band, places=self._places(max(span[1], m.end)), certainty=0.93,
        )  # fmt: skip

    def _recognised(self, band: Claim, last: Mention) -> None:
        """ "8 xã đạt 19 tiêu chí đã được công nhận nông thôn mới" states both."""
        if band.at >= 0 and re.match(
            r"\s(?:và\s)?(?:đã\s)?được (?:ubnd tỉnh )?công nhận (?:đạt chuẩn\s)?(?:xã\s)?(?:nông thôn mới|ntm)",
            self.low[last.end :],
        ):
            self.found.append(
                Claim(
                    scope="standard", at=band.at, span=band.span, level="nông thôn mới", count=band.count, total=band.total,
                    unit=band.unit, op=band.op,
                )
            )  # fmt: skip

    # -- criteria of one commune, averages ----------------------------------------------------------------------------

    def _of_commune(self, i: int) -> None:
        m = self.ms[i]
        if m.role == "ratio":
            self._unit(i, m)
        elif m.role == "count" and m.unit.startswith("tiêu chí"):
            self._average(i, m)

    def _unit(self, i: int, m: Mention) -> None:
        if m.den != LAST or m.value > LAST or m.value != int(m.value):
            return
        start = self.figures.sentence(m.start)[0]
        if not (m.unit.startswith("tiêu chí") or (not m.unit and "tiêu chí" in self.low)):
            return
        if naming.FOREIGN.match(self.low, max(m.end - len("tiêu chí"), 0)):
            return
        places = self._subject(start, m.start)
        self._claim(
            Claim(
                scope="unit",
                at=i,
                span=(m.start, m.end),
                uses=(i,),
                count=int(m.value),
                total=LAST,
                op=m.op,
                places=places,
            )
        )

    def _average(self, i: int, m: Mention) -> None:
        left = self.low[self.figures.sentence(m.start)[0] : m.start]
        if CHANGED.search(left) or MORE.search(left):
            return
        if m.unit == "tiêu chí" and m.op == "=" and m.value <= LAST and ONE_COMMUNE.search(left):
            places = self._subject(self.figures.sentence(m.start)[0], m.start)
            self._claim(
                Claim(
                    scope="unit",
                    at=i,
                    span=(m.start, m.end),
                    uses=(i,),
                    count=int(m.value),
                    places=places,
                    certainty=0.8,
                )
            )
            return
        per_commune = m.unit in ("tiêu chí/xã", "tiêu chí/đơn")
        other = self.ms[i + 1] if m.op == ">=" and i + 1 < len(self.ms) else None
        ranged = other is not None and other.op == "<=" and other.unit == m.unit
        if per_commune or (m.unit == "tiêu chí" and MEAN.search(left)):
            self._claim(Claim(scope="average", at=i, span=(m.start, m.end), uses=(i,), value=m.value, op=m.op))
            if ranged and other is not None:
                self._claim(
                    Claim(
                        scope="average",
                        at=i + 1,
                        span=(m.start, other.end),
                        uses=(i + 1,),
                        value=other.value,
                        op=other.op,
                    )
                )

    # -- communes that meet a criterion, or are recognised --------------------------------------------------------------

    def _counted(self, i: int) -> None:
        m = self.ms[i]
        if not self.is_commune(i):
            if m.role == "count" and not m.unit and m.value == int(m.value):
                self._labelled_number(i, m)
            return
        left = self.low[self.figures.sentence(m.start)[0] : m.start]
        if CHANGED.search(left) and not MORE.search(left):
            return
        after = self._tail(m)
        increment = bool(MORE.search(left))
        met = MET.match(self.low, after)
        if met and not re.match(r"\s(?:quốc gia|huyện|thôn|bản|chuẩn)", self.low[met.end() :]):
            number = naming.named_after(self.low, met.end(), self.knowledge) or self._under(m, met.end())
            if number:
                self._criterion(i, m, number, met.end())
                return
        if SUBJECT.search(left) and self._standard(i, m, after, left, increment):
            return
        if BARE_MET.match(self.low, after) or self._met_before(m, left):
            number = naming.of_place(self.figures, m.start, self.knowledge)
            if number is None:
                number = self._named_left(left)
            if number is not None:
                self._criterion(i, m, number, m.end)
                return
        recognised = BARE_MET.match(self.low, after)
        if (
            recognised
            and re.search(r"công nhận|đạt chuẩn", recognised.group())
            and "tiêu chí" not in recognised.group()
        ):
            self._level(i, m, "nông thôn mới", increment, recognised.end())

    def _under(self, m: Mention, at: int) -> int | None:
        """ "đạt tiêu chí" with nothing after it: the criterion is the one that the text stands under."""
        if not re.match(r"(?:\snày|\strên)?\s?(?:[.;,():|]|$|tăng|đạt|so với)", self.low[at : at + 14]):
            return None
        return naming.of_place(self.figures, m.start, self.knowledge)

    def _tail(self, m: Mention) -> int:
        """Where the words after the count begin, a share in brackets or between commas left out."""
        at = m.end
        for _ in range(2):
            side = SIDE.match(self.low, at)
            if not side or re.search(r"gồm|trong đó", side.group()):
                break
            at = side.end()
        rest = re.compile(
            r"\s?(?:trở lên|trên tổng số xã|tổng số xã|còn lại|trong tổng số \d+ xã|"
            r"thuộc \d+ [^.;,]{2,40}?trung ương|thuộc \d+ [^\s]+(?: thành(?: phố)?)?)(?=\s)"
        ).match(self.low, at)
        return rest.end() if rest else at

    def _standard(self, i: int, m: Mention, after: int, left: str, increment: bool) -> bool:
        found = STANDARD.match(self.low, after) or LEVEL.match(self.low, after)
        if found:
            end = found.end()
            rest = self.low[end:]
            if NOT_NTM.match(rest) or not AFTER_STANDARD.match(rest):
                return False
            what = found["what"]
            if not what and (
                "tiêu chí" in rest[:12] or not re.search(r"đạt chuẩn|về đích|cán đích|công nhận", found.group())
            ):
                return False
            if not what and self._about_criterion(m):
                return False
            self._level(i, m, _level(what, rest), increment, end)
            return True
        raised = RAISED.search(left)
        if raised and (level := self._level_before(m)):
            self._level(i, m, level, False, m.end)
            return True
        if re.search(r"(?<!\w)(?:về đích|cán đích)\s$", left):
            self._level(i, m, "nông thôn mới", increment, m.end)
            return True
        headed = LEVEL_LEFT.search(left)
        if (
            headed
            and not NOT_NTM.match(self.low[m.end :])
            and not re.search(r"chuẩn (?:quốc gia|văn hóa|tiếp cận)", headed.group())
        ):
            if headed["what"] or (
                re.search(r"đạt chuẩn|về đích|cán đích", headed.group()) and not self._about_criterion(m)
            ):
                self._level(i, m, _level(headed["what"], ""), increment, m.end)
                return True
        return False

    def _level_before(self, m: Mention) -> str | None:
        """The level of the recognition stated last before, in the same passage; the plain one where NTM is spoken of."""
        before = [c for c in self.found if c.scope == "standard" and c.span[0] < m.start]
        if before:
            return max(before, key=lambda c: c.span).level
        return "nông thôn mới" if re.search(r"đạt chuẩn|về đích|cán đích|được công nhận", self.low[: m.start]) else None

    def _none_recognised(self) -> None:
        """ "chưa có xã nào đạt chuẩn nâng cao": a count of none, in words."""
        for none in NO_UNIT.finditer(self.low):
            found = STANDARD.match(self.low, none.end())
            if found and found["what"] and AFTER_STANDARD.match(self.low[found.end() :]):
                level = _level(found["what"], self.low[found.end() :])
                self.found.append(
                    Claim(
                        scope="standard",
                        at=-1,
                        span=(none.start(), found.end()),
                        number=none.span(),
                        level=level,
                        count=0,
                        unit=none["unit"],
                    )
                )

    def _shared_tail(self, i: int, m: Mention) -> Claim | None:
        """ "thêm 3 xã, 25 thôn đạt chuẩn": the claim of the next count, which this one shares."""
        after = self._next(i)
        if after is None or not self.is_commune(after):
            return None
        if not re.fullmatch(r"(?:,| và)\s(?:có\s|thêm\s)?", self.low[m.end : self.ms[after].start]):
            return None
        return next((c for c in self.found if c.at == after and c.scope == "standard"), None)

    def _about_criterion(self, m: Mention) -> bool:
        """Whether the text stands under one criterion, so that a bare "đạt chuẩn" means that one."""
        lead = naming.lead_of(self.figures.passage.text)
        titles = [lead, *self.figures.passage.section[-1:]]
        return any(naming.of_title(title, self.knowledge) for title in titles if title)

    def _met_before(self, m: Mention, left: str) -> bool:
        """ "Kết quả: 10/13 xã", "đạt 11/13 xã", "Số xã đạt tiêu chí: 8 xã" under a criterion; the clause ends there."""
        if not re.match(r"\s?(?:\([^)]*\))?\s?(?:[.;,)|]|$)", self.low[m.end :]):
            return False
        return bool(
            re.search(
                r"(?:tiêu chí[^.;]{0,60},? đạt|số xã đạt(?: tiêu chí| chuẩn)?(?: [\w ,]{2,40})?:?|"
                r"kết quả:|đánh giá[^.;]{0,80}đạt)\s?(?:là\s|:\s?)?$",
                left,
            )
        )

    def _named_left(self, left: str) -> int | None:
        """ "tiêu chí giao thông: 10/13 xã đạt"."""
        found = None
        for m in re.finditer(r"tiêu chí", left):
            found = naming.named_after(left, m.end(), self.knowledge) or found
        return found

    def _labelled_number(self, i: int, m: Mention) -> None:
        """ "Số xã đạt: 18" under a criterion."""
        left = self.low[max(0, m.start - 60) : m.start]
        if re.search(r"số xã (?:đã )?đạt(?: tiêu chí| chuẩn)?(?: này)?\s?:?\s?(?:là\s)?$", left):
            number = naming.of_place(self.figures, m.start, self.knowledge)
            if number is not None:
                self._claim(
                    Claim(
                        scope="criterion",
                        at=i,
                        span=(m.start, m.end),
                        uses=(i,),
                        criterion=number,
                        count=int(m.value),
                        unit="xã",
                        op=m.op,
                    )
                )

    def _criterion(self, i: int, m: Mention, number: int, end: int) -> None:
        self._claim(
            Claim(
                scope="criterion", at=i, span=(m.start, end), uses=(i,), criterion=number, count=int(m.value), total=_whole(m.den),
                unit=_unit(m), op=m.op, places=self._places(end), certainty=0.93,
            )
        )  # fmt: skip

    def _level(self, i: int, m: Mention, level: str, increment: bool, end: int) -> None:
        self._claim(
            Claim(
                scope="standard", at=i, span=(m.start, end), uses=(i,), level=level, increment=increment, count=int(m.value),
                total=_whole(m.den), unit=_unit(m), op=m.op, places=self._places(end), certainty=0.93,
            )
        )  # fmt: skip
        before = self._previous(i)
        if (
            m.op == "<="
            and before is not None
            and self.ms[before].op == ">="
            and self.ms[before].end + 8 > m.start
            and before not in self.taken
        ):
            other = self.ms[before]
            self._claim(
                Claim(
                    scope="standard", at=before, span=(other.start, end), uses=(before,), level=level, count=int(other.value),
                    increment=bool(MORE.search(self.low[max(0, other.start - 40) : other.start])), unit=_unit(m), op=other.op,
                )
            )  # fmt: skip
            self.found[-2] = replace(self.found[-2], increment=self.found[-1].increment)

    # -- helpers --------------------------------------------------------------------------------------------------------

    def _claim(self, claim: Claim) -> None:
        self.found.append(claim)
        self.taken.update(claim.uses)

    def is_commune(self, i: int) -> bool:
        m = self.ms[i]
        return m.role in ("count", "ratio") and m.unit.split(",")[0] in COMMUNES and m.value == int(m.value)

    def _previous(self, i: int) -> int | None:
        return next(
            (
                j
                for j in range(i - 1, -1, -1)
                if self.ms[j].role not in ("none", "percent") or (self.ms[j].role == "percent" and not self._bracketed(j))
            ),
            None,
        )

    def _bracketed(self, j: int) -> bool:
        m = self.ms[j]
        left = self.low[max(0, m.start - 20) : m.start]
        return bool(re.search(r"\([^)]*$|chiếm\s(?:tỷ lệ\s)?$", left))

    def _next(self, i: int) -> int | None:
        return next((j for j in range(i + 1, len(self.ms)) if self.ms[j].role != "none"), None)

    def _subject(self, start: int, end: int) -> tuple[str, ...]:
        """The commune whose criteria are counted: a name at the head of the clause ("năm 2014, Phù Chẩn đạt …")."""
        clause = re.split(r"[,;:]", self.figures.passage.text[start:end])[-1]
        if bracketed := re.search(r"(" + NAME.pattern + r")\s\($", clause):
            return (bracketed.group(1),)
        verb = re.search(r"\s(?:đã |mới |hiện |cũng )*(?:đạt|hoàn thành|cán đích|về đích|có)(?!\w)", clause)
        if not verb:
            return ()
        name = re.search(r"(?:^|\s)(?:[Xx]ã\s)?(" + NAME.pattern + r")\s*$", clause[: verb.start()])
        return (
            (name.group(1),) if name and not re.match(r"(?:Xã|Toàn|Đến|Năm|Huyện|Tỉnh|Hiện|Đã)$", name.group(1)) else ()
        )

    def _places(self, end: int) -> tuple[str, ...]:
        """Names listed after the count: in brackets ("gồm các xã: A, B") or after "gồm", "là"."""
        text, low = self.figures.passage.text, self.low
        text = re.sub(r"(?<=[\wÀ-ỹ]) \(\d[^()]*\)", lambda m: " " * len(m.group()), text)  # "Tà Lài (9/19 tiêu chí)"
        lead = re.compile(
            r"[^.;:(\d]{0,60}?(?:\((?:(?:gồm|là|gồm có|bao gồm)?\s?:?\s?(?:các xã|xã)?\s?:?\s?)|"
            r"(?:,\s|:\s|\s)(?:gồm có|bao gồm|gồm|đó là|là)(?:\s(?:các )?xã)?:?\s)"
        ).match(low, end)
        if not lead:
            return ()
        stop = re.compile(r"[().;]|$").search(text, lead.end())
        said = text[lead.end() : stop.start() if stop else len(text)]
        names = [
            re.sub(r"^(?:xã|các xã|thị trấn|huyện)\s", "", part.strip())
            for part in re.split(r",|;|\svà\s", said)
            if part.strip()
        ]
        while names and not NAME.fullmatch(names[-1]):
            names.pop()  # the sentence goes on behind the list
        proper = [name for name in names if NAME.fullmatch(name)]
        return tuple(proper) if names and len(proper) >= 0.7 * len(names) else ()


def _whole(value: Decimal | None) -> int | None:
    return int(value) if value is not None and value == int(value) else None


def _unit(m: Mention) -> str:
    return m.unit or "xã"


def _level(what: str, rest: str) -> str:
    said = f"{what} {rest[:24]}" if "nông" in what or "ntm" in what else what
    if "kiểu mẫu" in what or re.match(r"(?:nông thôn mới|ntm) kiểu mẫu", said):
        return "kiểu mẫu"
    if "nâng cao" in what or re.match(r"(?:nông thôn mới|ntm)\s+nâng cao", said):
        return "nâng cao"
    return "nông thôn mới"
