"""What stands behind a number: per cent, money, a unit, a counted noun. Works on the lowered view of a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from ntm_extract.text.folding import folded

Kind = Literal["percent", "money", "measure", "count", "time", "age", "foreign", "noun", "none"]

PERCENT = re.compile(r"\s{0,2}(?:điểm\s)?(?:(?P<mille>‰|%o\b|%0\b|phần nghìn)|%|phần trăm)")
DONG = re.compile(
    r"\s?(?:vnđ\b|vnd\b|đ\.|đ\b|"
    r"đồng\b(?!\s(?:bào|chí|ruộng|thời|bộ|cỏ|dân|lòng|đều|hành|tình|thuận|nghiệp|đội|sức|minh|hồ)))"
)
DAMAGED_DONG = re.compile(r"\s(?:đóng|đống|đông|đòng|dong|dồng|đổng|đong|dông)(?=[\s/.,;:)]|$)")
"""The word after "triệu" or "tỷ" where its marks were misread; nothing else is written there."""
WORD = re.compile(r"[^\W\d_]+")
SLASH_UNIT = re.compile(r"\s?/\s?(?=[^\W\d_])")
STOP = frozenset(
    ["và", "có", "đạt", "được", "là", "so", "trong", "ở", "tại", "của", "với", "năm", "đến", "thì", "nên", "hoặc", "cho", "do", "để", "từ", "lên", "xuống", "còn", "bằng", "về", "theo", "trên", "dưới", "đã", "sẽ", "không", "chưa", "cũng", "như", "mà", "khi", "nếu", "vì", "bị", "tăng", "giảm", "chiếm", "gồm", "tháng", "ngày", "này", "đó", "nay", "lần", "thứ", "x", "sạch", "tốt", "đúng", "nhất", "trở", "hay", "cùng", "sau", "trước", "vào", "ra", "rồi", "những", "các", "mỗi", "một", "gần", "hơn", "khoảng", "tới", "ước", "hiện", "thuộc", "giữa", "số", "cơ", "bản", "toàn", "cả", "lại", "nữa", "chỗ", "nhân", "dân", "trung", "ương", "tỉnh", "huyện"]
)
PHRASE_END = re.compile(r"[\s]*[.,;:!?()|\"”“]|\s*$")


class Unit(NamedTuple):
    """What a number counts; `end` is the character after it, `factor` multiplies money and nothing else."""

    kind: Kind
    text: str
    start: int
    end: int
    factor: Decimal = Decimal(1)


Index = Mapping[str, tuple[tuple[str, Kind], ...]]
"""Units by their first word, the longest first."""


def index(units: Mapping[str, Kind]) -> Index:
    """Arrange lowered unit names for `read`."""
    found: dict[str, list[tuple[str, Kind]]] = {}
    for name, kind in sorted(units.items(), key=lambda item: (-len(item[0]), item[0])):
        word = WORD.match(name)
        if word:
            found.setdefault(word.group(), []).append((name, kind))
            bare = folded(name)
            if " " in name and bare != name:  # long enough to be told without its marks
                found.setdefault(word.group() + "|", []).append((name, kind))
                if bare.split()[0] != word.group():
                    found.setdefault(bare.split()[0] + "|", []).append((name, kind))
    return {word: tuple(names) for word, names in found.items()}


def read(low: str, at: int, units: Index, scales: Mapping[str, Decimal]) -> Unit:
    """The unit that begins at character `at`, directly or after a space. Kind "none" where nothing is counted."""
    percent = PERCENT.match(low, at)
    if percent:
        return Unit("percent", "‰" if percent["mille"] else "%", at, percent.end())
    factor, after_scale = _scale(low, at, scales)
    dong = DONG.match(low, after_scale) or (DAMAGED_DONG.match(low, after_scale) if factor >= 1_000_000 else None)
    if dong:
        return Unit("money", low[at : dong.end()].strip(), at, dong.end(), factor)
    start = after_scale + (1 if low[after_scale : after_scale + 1] == " " else 0)
    known = _known(low, start, units)
    if known:
        name, kind = known
        said = low[at:start] + name
        return Unit(kind, said.strip(), at, start + len(name))
    if factor >= 1_000_000:
        return Unit("money", low[at:after_scale].strip(), at, after_scale, factor)
    if start == at and low[at : at + 1].isalpha():
        return Unit("none", "", at, at)  # glued to letters that are no unit: a name such as "30a"
    end = _noun(low, start)
    if end > start:
        return Unit("noun", low[at:end].strip(), at, end)
    return Unit("none", "", at, at)


def _scale(low: str, at: int, scales: Mapping[str, Decimal]) -> tuple[Decimal, int]:
    factor = Decimal(1)
    while True:
        word = WORD.match(low, at + (1 if low[at : at + 1] == " " else 0))
        if not word or word.group() not in scales:
            return factor, at
        factor *= scales[word.group()]
        at = word.end()


def _known(low: str, start: int, units: Index) -> tuple[str, Kind] | None:
    """The longest listed unit that begins here and ends with a word's end; a rate ("tấn/ha") belongs to it."""
    word = WORD.match(low, start)
    if not word:
        return None
    for name, kind in units.get(word.group(), ()):
        end = start + len(name)
        if low.startswith(name, start) and not low[end : end + 1].isalnum():
            return name, kind
    bare = folded(low[start : start + 40])
    for name, kind in units.get(word.group() + "|", ()):
        if bare.startswith(folded(name)) and not bare[len(name) : len(name) + 1].isalnum():
            return name, kind
    return None


def _noun(low: str, start: int) -> int:
    """End of the one or two words that an unlisted noun is taken to have; `start` where a function word stands."""
    first = WORD.match(low, start)
    if not first or first.group() in STOP:
        return start
    if low[first.end() : first.end() + 1] != " ":
        return first.end()
    second = WORD.match(low, first.end() + 1)
    if not second or second.group() in STOP:
        return first.end()
    return second.end()
