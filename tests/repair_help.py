"""Texts of our own and recognised words, for the tests of repair."""

from __future__ import annotations

from ntm_extract.model import Line, Word
from ntm_extract.repair import Repairer
from ntm_extract.repair import repair_text as repair_whole

RUINED = """Can cir Ké hoach cua Uy ban nhan dan huyén vé xay dung néng thon méi,
UBND x4 Ban Liéng bao cao két qua thuc hién nhu sau:

1. Vé giao thong: d3 1am dugc 12,5 km duong truc thon, dat 85%; nhan dan
déng gop 1.250 triéu dong va hién dat 3.400 m?.
"""

CORRECT = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 27/BC-UBND

Trong năm 2022, xã Nậm Lành đã huy động 3,2 tỷ đồng để làm 4,1 km đường bê tông;
trong đó nhân dân góp 640 triệu đồng và 1.120 ngày công. Đến nay có 14/19 tiêu chí đạt chuẩn.
a) Tiêu chí số 10 về thu nhập: đạt 38,5 triệu đồng/người/năm (tăng 2,1 triệu đồng).
đ) Internet đến 9/9 thôn, hệ thống loa FM hoạt động tốt.\fTRANG HAI
- Việc sáp nhập 02 thôn theo Nghị quyết số 15/NQ-HĐND ngày 08/7/2022 của HĐND huyện."""


def repair_text(text: str, repairer: Repairer) -> str:
    """The repaired text alone."""
    return repair_whole(text, repairer).text


def line(number: int, *words: tuple[str, float | None]) -> Line:
    """A line of (text, confidence) pairs."""
    return Line(number=number, words=tuple(Word(text=t, recognised=t, confidence=c) for t, c in words))


def sure(text: str, confidence: float = 0.97) -> Line:
    """A line of words that were all read with one confidence."""
    return line(1, *((w, confidence) for w in text.split()))


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a plain text."""
    return tuple(line(n, *((w, None) for w in row.split())) for n, row in enumerate(text.split("\n"), 1))
