"""The head of a document as lines: state motto, issuer's lines, number, place and date, kind, title.

Decree 30/2020/ND-CP sets two columns side by side; a reader gives them mixed on one line, one after the other, or with
lines lost. So nothing here counts lines: every part is known by what it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from rapidfuzz import fuzz

from ntm_extract.ner.laws import NUMBER, codes_of, number_text
from ntm_extract.ner.lexicon import Lexicon
from ntm_extract.text.dates import LONG, Dated, find_date
from ntm_extract.text.folding import UPPER, folded

TITLE_LINES = 6
REACH = 40  # lines that a head may take, noise included
MOTTO_REACH = 120  # characters of a line that can hold a motto beside the issuer's name
MOTTO = ("cong hoa xa hoi chu nghia viet nam", "doc lap tu do hanh phuc", "dang cong san viet nam")
MOTTO_WORDS = frozenset(" ".join(MOTTO).split())
SHORTEST_RUN = 6  # letters of words of a motto that were read together
NOISE = " _|~`'‘’.:-–—*"
WORD = re.compile(r"[^\W_]+")
SO = re.compile(r"(?<!\w)(?:so|s6|s0|sd|sé)\s*[:.;,]{0,2}\s*|^\W{0,3}o\s?:\s*")
LOOSE_NUMBER = re.compile(
    r"(?P<digits>[^\s/,;:-]{0,6})\s?(?P<year>/\s?(?:19|20)\d{2})?\s*(?P<sign>[/-])\s?(?P<code>[A-ZĐÐ][\w'’]*(?:\s?[-/]\s?[A-ZĐÐ][\w'’]*)*)"
)
START = re.compile(r"\W{0,3}(?:\w{1,2}\s?:\s?)?(?=\d)")  # a number line whose "Số" was lost or misread
PLACED = re.compile(rf"(?:[^,;:]{{0,60}}\s)?[{UPPER}][^,;:\d]{{1,40}}, ngày\s?\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}}\W*$")
"""Place and date in figures: "Nà Sáy, ngày 20/9/2018"."""
SUBJECT = re.compile(r"(?:v/v|ve viec)\b\s*:?\s*")


class Letterhead(Struct, frozen=True, kw_only=True):
    """What the head says, part by part, as printed. Indexes are of the lines given; -1 where a part is missing."""

    left: tuple[str, ...] = ()  # the issuer's lines
    number: str = ""
    codes: tuple[str, ...] = ()
    place: str = ""  # before the date: "Mường Tè, ngày …"
    date: str = ""
    kind: str = ""
    title: str = ""
    end: int = 0  # the line after the head


def read_letterhead(lines: Sequence[str], lexicon: Lexicon, body: int = REACH) -> Letterhead:
    """The first head among the lines (blank ones included, they end a title); the text begins on line `body`."""
    lines = [line.strip(NOISE) for line in lines[:REACH]]
    bare = _without_motto(lines)
    kind_line, kind, rest = _kind_line(bare, lexicon)
    border = (
        kind_line
        if kind_line >= 0
        else next((i for i, x in enumerate(lines) if folded(x).startswith(("kinh gui", "can cu"))), 12)
    )
    above = bare[:border]
    number_line, number, codes = _number(above, lexicon)
    if kind_line < 0 and number_line < 0 and above == lines[:border]:
        return Letterhead()  # no kind, no number, no motto: a text without a head
    dated_line, dated = _date(above)
    left: list[str] = []
    subject: list[str] = []
    for i, line in enumerate(above):
        text = line
        if i == dated_line and dated is not None:
            text = text[: _place_start(text, dated.start)]
        if i == number_line:
            text = text[: SO.search(folded(text)).start()] if SO.search(folded(text)) else ""  # type: ignore[union-attr]
        if subject or SUBJECT.match(folded(text)):
            if kind_line < 0 and text:
                subject.append(text)
            continue
        if text and (number_line < 0 or i <= number_line) and _is_caps(text):
            left.append(text)
    place = ""
    if dated is not None:
        place = above[dated_line][_place_start(above[dated_line], dated.start) : dated.start].strip(" ,.;")
    if kind_line >= 0:
        title, end = _title(lines, kind_line + 1, rest, lexicon, body if body > kind_line + 1 else REACH)
    else:
        title, end = _subject(subject), border
    if not kind:
        kind = next((lexicon.kind_of_code[c].name for c in codes if c in lexicon.kind_of_code), "")
    if not kind and (subject or any(folded(x).startswith("kinh gui") for x in lines)) and codes:
        kind = "Công văn"
    return Letterhead(
        left=tuple(left),
        number=number,
        codes=tuple(codes),
        place=place,
        date=dated.value if dated else "",
        kind=kind,
        title=title,
        end=end,
    )


def _is_caps(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 3 and sum(c.isupper() for c in letters) >= 0.7 * len(letters)


def _without_motto(lines: Sequence[str]) -> list[str]:
    """The lines with the words of the state's motto taken out, however they are broken over lines."""
    kept: list[str] = []
    hanging = False
    for line in lines:
        text = line
        if hanging and re.search(r"(?:^|\s)nam\W*$", folded(text)):
            text = re.sub(r"\s*\S+\W*$", "", text)
            hanging = False
        for motto in MOTTO:
            cut = _motto_at(text, motto)
            if cut is not None:
                hanging = hanging or (motto == MOTTO[0] and "nam" not in folded(text[cut[0] : cut[1]]).split()[-1:])
                text = f"{text[: cut[0]]} {text[cut[1] :]}"
        kept.append(text.strip(NOISE + ",;"))
    return kept


def _motto_at(text: str, motto: str) -> tuple[int, int] | None:
    """Characters of the text that the motto takes: from its first to its last word if four of its words are there."""
    if not 12 < len(text) <= MOTTO_REACH:
        return None
    wanted = motto.split()
    words = [(*m.span(), m.group()) for m in WORD.finditer(folded(text))]
    hits: list[tuple[int, int]] = []  # index in words, index in motto
    at = 0
    for i, (_, _, word) in enumerate(words):
        if together := _together(word, motto):
            hits += [(i, j) for j in together if j >= at]
            at = max(at, together.stop)
            continue
        alike = _alike(word)
        j = next((j for j in range(at, len(wanted)) if wanted[j] in alike), -1) if alike else -1
        if j >= 0 and j - at < 3:
            hits.append((i, j))
            at = j + 1
    while len(hits) > 1 and hits[1][0] - hits[0][0] > max(1, hits[1][1] - hits[0][1]):
        del hits[0]  # "BỘ CÔNG AN CỘNG HÒA": the first "cong" is another word
    if len(hits) < 4:
        return None
    first = max(0, hits[0][0] - hits[0][1])  # words of the motto that were misread stand before the first hit
    return words[first][0], words[hits[-1][0]][1]


@lru_cache(maxsize=1 << 13)
def _together(word: str, motto: str) -> range:
    """The words of the motto that a folded word is without the spaces between them: VIETNAM, CONGHOAXAHOI; or none."""
    wanted = motto.split()
    for size in range(len(wanted), 1, -1) if len(word) >= SHORTEST_RUN else ():
        for first in range(len(wanted) - size + 1):
            if fuzz.ratio(word, "".join(wanted[first : first + size])) >= 85:
                return range(first, first + size)
    return range(0)


@lru_cache(maxsize=1 << 13)
def _alike(word: str) -> frozenset[str]:
    """The words of the mottoes that a folded word may be, misread or not."""
    near = MOTTO_WORDS if len(word) > 2 else MOTTO_WORDS & {word}
    return frozenset(w for w in near if w == word or fuzz.ratio(w, word) >= 75)


def _number(lines: Sequence[str], lexicon: Lexicon) -> tuple[int, str, list[str]]:
    """Line, number and its codes. A number whose digits can't be read is "", its codes are still told."""
    for said in (True, False):
        for i, line in enumerate(lines):
            at = SO.search(folded(line)) if said else START.match(line)
            if at is None or (said and not _announces(line, at)):
                continue
            found = LOOSE_NUMBER.match(line, at.end()) or (NUMBER.search(line, at.end()) if said else None)
            if found is None:
                continue
            number = number_text(found, lexicon)
            codes = codes_of(number[len(found["digits"]) :])
            if codes and codes[0] in lexicon.known_codes:
                return i, number if re.fullmatch(r"\d{1,5}[a-z]?", found["digits"]) else "", codes
    return -1, "", []


def _announces(line: str, said: re.Match[str]) -> bool:
    """Whether "Số" is that of a head: at the line's beginning or after capitals ("theo Quyết định số 5/…" is text)."""
    before = line[: said.start()]
    return (line[said.start()] != "s" or ":" in said.group()) and (not before.strip() or _is_caps(before))


def _date(lines: Sequence[str]) -> tuple[int, Dated | None]:
    for i, line in enumerate(lines):
        match = LONG.search(folded(line))
        if match is not None and not re.search(r"(?:quyet dinh|nghi quyet|luat)", folded(line)[: match.start()]):
            dated = find_date(line)
            if dated is not None:
                return i, dated
    for i, line in enumerate(lines):
        if PLACED.match(line) and (dated := find_date(line)) is not None:
            return i, dated
    return -1, None


def _place_start(text: str, end: int) -> int:
    """Where the place before ", ngày" begins: after the number or the right end of the left column."""
    before = text[:end].rstrip(" ,.;")
    words = [(m.start(), m.group()) for m in re.finditer(r"\S+", before)]
    start = len(before)
    for at, word in reversed(words):
        if not word[0].isupper() or any(c.isdigit() for c in word) or (word.isupper() and len(word) > 3) or "/" in word:
            break
        start = at
    return start


def _kind_line(lines: Sequence[str], lexicon: Lexicon) -> tuple[int, str, str]:
    """Index and name of the kind that stands alone on a line in capitals, else of one that opens such a line."""
    kinds = {name: kind.name for name, kind in lexicon.kind_of.items() if kind.own and len(name) > 3}
    opening = (-1, "", "")
    for i, line in enumerate(lines):
        if folded(line).startswith("can cu"):
            break
        words = [w for w in re.findall(r"[^\W\d_]+", line) if len(w) > 1 or w.isupper()]
        if not _is_caps(line) or not words:
            continue
        key = folded(" ".join(words))
        tight = key.replace(" ", "")
        for name, kind in kinds.items():
            near = fuzz.ratio(tight, name.replace(" ", ""))
            if tight == name.replace(" ", "") or (near >= 86 and len(words) <= 4):
                return i, kind, ""
            if opening[0] < 0 and key.startswith(name + " ") and i > 0 and not key.endswith(" den"):
                last = words[len(name.split()) - 1]
                opening = (i, kind, line[line.find(last) + len(last) :].strip(" :.-"))
    return opening


def _title(lines: Sequence[str], at: int, rest: str, lexicon: Lexicon, body: int) -> tuple[str, int]:
    """The lines under the kind up to a blank line, one that opens the text, or six lines; and the line after."""
    parts = [rest] if rest else []
    while at < len(lines) and len(parts) < TITLE_LINES:
        line = lines[at]
        if not line:
            if parts and not _goes_on(parts[-1], lines[at + 1] if at + 1 < len(lines) else ""):
                break
        elif (lexicon.opening.match(folded(line)) and (parts or folded(line).startswith(("can cu", "kinh gui")))) or (
            parts and _ends_title(line, parts[-1], at >= body)
        ):
            break
        elif len("".join(WORD.findall(line))) > 3:  # less is a speck or a rule read as letters
            parts.append(line)
        at += 1
    return " ".join(parts), at


def _ends_title(line: str, last: str, body: bool) -> bool:
    """Whether a line is none of the title: the text begins, or in capitals who decides or a stamp beside it."""
    return not _is_caps(last) if _is_caps(line) else body and not line[0].islower()


def _goes_on(line: str, following: str) -> bool:
    """Whether a title goes on after a blank line: the next line begins small, or both are in capitals."""
    return bool(following) and (following[0].islower() or (_is_caps(line) and _is_caps(following)))


def _subject(lines: Sequence[str]) -> str:
    joined = " ".join(" ".join(lines).split())
    match = SUBJECT.match(folded(joined))
    return joined[match.end() :] if match else joined
