"""An invented district: its places, its communes with their criteria, and figures that fit together. Seeded."""

from __future__ import annotations

import random
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import NamedTuple, TypeVar

T = TypeVar("T")

FIRST = (
    "Nậm", "Phiêng", "Tà", "Mường", "Chiềng", "Pa", "Hua", "Tân", "Phú", "An", "Hòa", "Vĩnh", "Đại", "Thanh", "Xuân",
    "Bình", "Khe", "Cẩm", "Hương", "Thạch", "Ea", "Đắk", "Sơn", "Long", "Mỹ", "Đông", "Yên", "Quang", "Trung", "Đồng",
)  # fmt: skip
SECOND = (
    "Lìn", "Sượng", "Cốc", "Toong", "Vản", "Mồng", "Nhầm", "Phìn", "Cài", "Thọ", "Lạc", "Khánh", "Kiều", "Điền", "Lộc",
    "Phong", "Hải", "Giang", "Thịnh", "Kiên", "Lạch", "Chanh", "Rẫy", "Blang", "Trà", "Viên", "Hội", "Nghĩa", "Thành",
    "Tiến", "Cường", "Lương", "Châu", "Hà", "Bái", "Khương", "Trạch", "Dương", "Quý", "Lập",
)  # fmt: skip
PROVINCES = (
    "Trường Vân",
    "Lâm Đồng",
    "Yên Bái",
    "Quảng Bình",
    "Trà Vinh",
    "Sơn La",
    "Phú Yên",
    "Thanh Hóa",
    "Hà Giang",
)
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Lò", "Giàng", "Vũ", "Đặng", "Bùi", "Đinh", "Y")
GIVEN = ("Văn Thịnh", "Quang Điển", "Thế Viễn", "Minh Đởm", "Thị Hạnh", "Đức Toàn", "Xuân Trường", "Hữu Lộc", "A Páo")


class Share(NamedTuple):
    """A part of a whole and their share as printed."""

    part: Decimal
    whole: Decimal
    share: Decimal


class World:
    """One seeded district at one time. `met[commune]` are the criteria that the commune has met."""

    def __init__(self, seed: int) -> None:
        self.rng = rng = random.Random(seed)
        self.year = rng.randint(2013, 2025)
        self.month, self.day = rng.randint(6, 12), rng.randint(10, 28)
        self.province = rng.choice(PROVINCES)
        names = rng.sample([f"{a} {b}" for a in FIRST for b in SECOND], 28)
        self.district, *communes = names
        self.communes = tuple(communes[: rng.randint(7, 24)])
        self.criteria_set = "2010-2015" if self.year < 2016 else "2016-2020" if self.year < 2021 else "2021-2025"
        easy = {c: rng.uniform(0.25, 1.05) for c in range(1, 20)}
        self.met = {
            name: frozenset(c for c, ease in easy.items() if rng.random() < ease + (0.4 - index / len(self.communes)))
            for index, name in enumerate(self.communes)
        }
        self.sources: tuple[tuple[str, int], ...] = ()  # name and million đồng, once the text has told its money

    @property
    def n(self) -> int:
        """How many communes."""
        return len(self.communes)

    def having(self, criterion: int) -> tuple[str, ...]:
        """The communes that have met a criterion."""
        return tuple(name for name in self.communes if criterion in self.met[name])

    def pick(self, *ways: T) -> T:
        """One of several ways to say it."""
        return self.rng.choice(ways)

    def whole(self, low: int, high: int) -> int:
        """A whole number, more often a small one."""
        return round(low * (high / low) ** self.rng.random()) if low > 0 else self.rng.randint(low, high)

    def decimal(self, low: float, high: float, places: int | None = None) -> Decimal:
        """A number with up to two decimals, the last of them not zero."""
        places = self.rng.choice((1, 1, 2)) if places is None else places
        number = Decimal(round(self.rng.uniform(low, high), places)).quantize(Decimal(1).scaleb(-places))
        return number if not places or int(number.scaleb(places)) % 10 else number + Decimal(1).scaleb(-places)

    def share(self, whole: Decimal | int, least: float = 0.2, places: int | None = None) -> Share:
        """A part of a whole, no more precise than that, with its share rounded or (one in six) cut."""
        whole = Decimal(whole)
        exponent = whole.as_tuple().exponent
        part = (whole * Decimal(str(self.rng.uniform(least, 0.97)))).quantize(Decimal(1).scaleb(int(exponent)))
        part = min(max(part, Decimal(1).scaleb(int(exponent))), whole)
        places = self.rng.choice((0, 1, 1, 2, 2)) if places is None else places
        how = ROUND_DOWN if self.rng.random() < 1 / 6 else ROUND_HALF_UP
        return Share(part, whole, (100 * part / whole).quantize(Decimal(1).scaleb(-places), how))

    def parts(self, total: int, n: int, step: int) -> list[int]:
        """`n` parts that make a total, each a multiple of `step` (the last takes the rest)."""
        weights = [self.rng.uniform(0.3, 2.0) for _ in range(n)]
        found = [max(step, int(total * w / sum(weights)) // step * step) for w in weights[:-1]]
        return [*found, total - sum(found)]


def vn(number: Decimal | int) -> str:
    """As Vietnamese print it: 1.234,5."""
    return f"{number:,}".translate(str.maketrans(",.", ".,"))


def padded(number: int, rng: random.Random) -> str:
    """A count, with a zero in front of one digit more often than not."""
    return f"{number:02d}" if rng.random() < 0.55 else str(number)
