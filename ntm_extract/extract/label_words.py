"""How labels of figures are cut and joined."""

from __future__ import annotations

import re

from ntm_extract.text.folding import UPPER, lowered
from ntm_extract.text.forms import Around
from ntm_extract.text.wording import Wording

HARD = re.compile(r"[;|!?]|\.(?=\s|$)|\.\.\.|…|[“”\"](?=\s|$)|(?<=\s)[“\"]")
COUNTED_TOO = re.compile(
    r"(?:,\s(?:thôn|bản|ấp|khóm|bon|buôn|làng|xóm|khu phố|khu dân cư|tổ dân phố|xã|phường|thị trấn|huyện|thị xã|"
    r"thị(?! xã| trấn)|thành(?! phố)|thành phố|quận|tỉnh|công chức|viên chức|giáo viên|nông dân|học viên|"
    rf"người lao động))+(?!\w)(?:(?<=, thị)|(?<=, thành)|(?!\s[{UPPER}]))"
)
"""What is counted beside the unit: "12/13 xã, thị trấn đạt …"."""
WORDS = re.compile(r"(?i)(?:tiêu chí|chỉ tiêu)(?!\S)|\S+")
MAX_WORDS = 16
PAIRED = 2  # words that end a list of names
ADVERBIAL = re.compile(
    r"(?i)\s*(?:theo|để|trong|sau|trước|qua|đến|tới|cùng|ngoài|nhờ|từ|khi|với|nếu|tại|ở|do|vì|hiện|năm|cộng|cuối|đầu|riêng)\s"
)
"""A clause that says when, where or why, and begins no list."""


def own_part(said: str, around: Around) -> str:
    """After another figure, the words up to the first comma belong to that one."""
    if item := re.match(r"\s?[-–;]\s", said):
        return said[item.end() :]
    head = re.match(r"[^,]*?(?:,|\svà\s|\)|\()", said)
    if head:
        return said[head.end() :].lstrip()
    cut = around.own_words.search(said)
    return said[cut.start() :] if cut else said


def last_clause(said: str, words: Wording, alone: bool = True) -> str:
    """The last comma's clause, if it says enough by itself or need not; two words may end a list that the clause
    before begins ("cho vay phục vụ nông nghiệp, nông thôn")."""
    parts = said.split(", ")
    last = words.clean(parts[-1])
    if len(parts) == 1 or not alone or len(last.split()) > PAIRED:
        return parts[-1]
    paid = words.spent.fullmatch(lowered(last)) or words.owed.fullmatch(lowered(last))
    if len(last.split()) == PAIRED and (paid or ADVERBIAL.match(parts[-2])):
        return parts[-1]
    return ", ".join(parts[-2:])


def limit(said: str) -> str:
    """The first words of a label, as many as it may have."""
    return " ".join(said.split()[:MAX_WORDS])


def joined(found: str, whole: str) -> str:
    """A part's own words with those of the whole that it has not; "tiêu chí" and "chỉ tiêu" are one word each."""
    have = WORDS.findall(found.lower())
    return " ".join([found, *(w for w in WORDS.findall(whole) if w.lower() not in have)])
