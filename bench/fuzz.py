"""Push random numbers in damaged text through repair and see that none is altered: `make fuzz`.

    python -m bench.fuzz [--strings 2000000] [--seed 1] [--state build/fuzz.json]

A string is a few words of good, stripped or ruined text around random numbers, amounts, dates, ratios and document
numbers, now and then with random signs. CHUNK strings, IN_A_LINE a line, go through repair as one document. Every
number must come out as it went in, every line must stay. Each TWICE-th chunk is repaired as documents are, and once
more, which may change nothing; the others by a narrow search and without self-adaptation, several times as fast.
The state file holds how far it came: the same call goes on from there. Exits 1 at the first fault.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path
from unittest import mock

from ntm_extract.edges.models import load_repairer, models_folder
from ntm_extract.edges.store import atomic
from ntm_extract.repair import Repairer, repair_text
from ntm_extract.repair.decoder import BEAM
from training.channel import strip_marks

CHUNK = 2000
IN_A_LINE = 10
TWICE = 10
NARROW = 3  # beam of the fast chunks
TEXT = """
tổng kinh phí thực hiện của huyện là xã đạt tiêu chí giao thông thủy lợi trường học theo quyết định
số ngày tháng năm triệu đồng tỷ lệ hộ nghèo giảm còn thu nhập bình quân người nhân dân đóng góp hiến
đất làm đường bản thôn
"""
WORDS = TEXT.split()
LOST = {"é": "ếềểễệẻẽẹ", "6": "ốồổộơớờ", "a": "ảạăắằặâấầẩậ", "i": "ỉị", "o": "ỏọở", "u": "ủụưứừửữự", "d": "đ"}
DAMAGE = str.maketrans({letter: read for read, letters in LOST.items() for letter in letters})
SIGNS = ".,;:|_~-?'\"()/%€¢@&*"
KINDS = ("QĐ", "NQ", "KH", "BC", "TB", "CV", "TTr", "CT")
ISSUERS = ("UBND", "HĐND", "TTg", "BNNPTNT", "VPĐP", "BCĐ")


def number(rng: random.Random) -> str:  # noqa: PLR0911
    """A number, amount, date, ratio, quantity or document number."""
    n = rng.randrange(10 ** rng.randint(1, 9))
    match rng.randrange(12):
        case 0 | 1:
            return str(n)
        case 2:
            return f"{n:,}".replace(",", ".")
        case 3:
            return f"{n % 1000},{rng.randrange(1000)}"
        case 4:
            return f"{n % 100},{rng.randrange(100)}%"
        case 5:
            return f"{n % 1000}/{rng.randrange(1, 1000)}"
        case 6:
            return f"{rng.randint(1, 31):02}/{rng.randint(1, 12)}/{rng.randint(1990, 2030)}"
        case 7:
            return f"{rng.randint(1990, 2030)}{rng.choice('-–')}{rng.randint(1990, 2030)}"
        case 8:
            return f"{n % 10000}/{rng.choice(KINDS)}-{rng.choice(ISSUERS)}"
        case 9:
            return f"{n % 1000}/{rng.randint(1990, 2030)}/NĐ-CP"
        case 10:
            return f"{n % 1000}{rng.choice(('km', 'ha', 'm2', 'm3', 'kg', 'tr', 'tỷ', '‰'))}"
    return rng.choice("<>≥≤~+-") + f"{n % 1000}"


def word(rng: random.Random, way: int) -> str:
    """A word of good (0), stripped (1) or ruined text (2), seldom with signs at or in it."""
    text = rng.choice(WORDS)
    if way == 1:
        text = strip_marks(text)
    elif way == 2:
        text = text.translate(DAMAGE)
    if rng.random() < 0.04:
        at = rng.randint(0, len(text))
        text = text[:at] + rng.choice(SIGNS) + text[at:]
    return text


def string(rng: random.Random, way: int) -> tuple[str, list[tuple[int, str]]]:
    """A string, and its numbers by the index of their token."""
    tokens = [word(rng, way) for _ in range(rng.randint(2, 4))]
    for _ in range(rng.randint(1, 3)):
        tokens.insert(rng.randint(1, len(tokens)), "\0" + number(rng) + rng.choice(("", "", "", ",", ".", ";", ")")))
    numbers = [(i, token[1:]) for i, token in enumerate(tokens) if token[0] == "\0"]
    return " ".join(token.lstrip("\0") for token in tokens), numbers


def check(repairer: Repairer, seed: int, number_of_chunk: int) -> tuple[int, list[str]]:
    """(numbers, what is wrong) of one chunk."""
    rng = random.Random(f"{seed} {number_of_chunk}")
    rows = [[string(rng, number_of_chunk % 3) for _ in range(IN_A_LINE)] for _ in range(CHUNK // IN_A_LINE)]
    whole = number_of_chunk % TWICE == 0
    with mock.patch("ntm_extract.repair.decoder.BEAM", BEAM if whole else NARROW):
        text = "\n\n".join(" ".join(text for text, _ in row) for row in rows)
        once = repair_text(text, replace(repairer, adapts=whole))
    faults = [] if once.text.count("\n") == text.count("\n") else ["lines lost"]
    numbers = 0
    for row, line in zip(rows, once.lines[::2], strict=True):
        start = 0
        for text, wanted in row:
            numbers += len(wanted)
            out = [line.words[start + i].text for i, _ in wanted]
            faults += [
                f"{true} became {new!r} in: {text}" for (_, true), new in zip(wanted, out, strict=True) if new != true
            ]
            start += len(text.split())
    if whole:
        twice = repair_text(once.text, repairer).text
        lines = zip(once.text.split("\n"), twice.split("\n"), strict=True)
        faults += [f"{a!r} became {b!r} when repaired again" for a, b in lines if a != b]
    return numbers, faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strings", type=int, default=2_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--state", type=Path, default=Path("build/fuzz.json"))
    args = parser.parse_args()
    state = {"seed": args.seed, "chunks": 0, "numbers": 0, "seconds": 0.0}
    if args.state.exists():
        kept = json.loads(args.state.read_text(encoding="utf-8"))
        state = kept if kept["seed"] == args.seed else state
    repairer = load_repairer(models_folder())
    while state["chunks"] * CHUNK < args.strings:
        begin = time.monotonic()
        numbers, faults = check(repairer, args.seed, state["chunks"])
        if faults:
            print(*faults[:20], sep="\n")
            return 1
        state["chunks"] += 1
        state["numbers"] += numbers
        state["seconds"] += time.monotonic() - begin
        if state["chunks"] % 25 == 0 or state["chunks"] * CHUNK >= args.strings:
            with atomic(args.state) as handle:
                json.dump(state, handle)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"{state['chunks'] * CHUNK} strings, {state['seconds']:.0f} s, {memory} MB", flush=True)
    print(
        f"{state['chunks'] * CHUNK} strings with {state['numbers']} numbers: none altered, no line lost, "
        "nothing changed when repaired again"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
