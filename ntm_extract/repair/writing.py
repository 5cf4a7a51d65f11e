"""From decided words back to tokens: spelling, case, punctuation, codes, and the reason of each change."""

from __future__ import annotations

from typing import NamedTuple

from ntm_extract.repair.abbreviations import is_short
from ntm_extract.repair.candidates import Finder, case_of
from ntm_extract.repair.choosing import Choice
from ntm_extract.repair.codes import fix_code
from ntm_extract.repair.decoder import NOTHING, in_case
from ntm_extract.repair.noise import glued, is_long_dash, is_noise, is_speck
from ntm_extract.repair.sureness import case_is_sure, need
from ntm_extract.repair.tokens import SPECIALS, UNKNOWN, Kind, key
from ntm_extract.text.normal import new_tones

_Y_TO_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


class Rewritten(NamedTuple):
    """What becomes of a token."""

    text: str
    margin: float | None = None
    reason: str = ""

    def after(self, decided: Rewritten | None) -> Rewritten:
        """A rule's outcome where a word was decided from it too: only a word put together is decided further."""
        return decided._replace(reason=self.reason) if decided and self.text and self.reason == "joined" else self


def joined(left: Rewritten | None, right: Rewritten) -> Rewritten:
    """What becomes of a token of two words that ran together; of one word (left None) nothing else."""
    if left is None:
        return right
    space = "" if left.text.endswith("-") and left.text != "-" else " "
    margins = [m for m in (left.margin, right.margin) if m is not None]
    return Rewritten(f"{left.text}{space}{right.text}".strip(), min(margins, default=None), "parted")


def same_but_y(one: str, other: str) -> bool:
    """Whether two spellings differ only in i and y: kì, kỳ."""
    return one != other and one.translate(_Y_TO_I) == other.translate(_Y_TO_I)


def _written(  # noqa: PLR0911
    finder: Finder, choice: Choice, case: int, style_new: bool
) -> tuple[str, str]:
    """(core, reason) as the choice has it written."""
    token, core, marks = choice.token, choice.token.parts.core, finder.regime.marks
    if token.abbreviation:
        return core, ""
    if choice.word == UNKNOWN:
        code = fix_code(core, finder.knowledge.codes, marks=marks) if is_short(core) else core
        return code, "code" if code != core else ""
    if choice.word < len(SPECIALS):
        return core, ""
    word, read = finder.knowledge.words[choice.word], key(core)
    if same_but_y(read, word) or (len(core) == 1 and choice.token.parts.trail.startswith(")")):
        return core, ""  # kì and kỳ are both right; `q)` names a list item
    own = case_of(core)
    if marks and own is not None and case_is_sure(token.confidence):
        case = own  # such a recogniser tells capitals apart
    if read != word:
        lone = len(core) == 1 and core.isascii() and core.isupper()
        if marks and (lone or (choice.margin is not None and choice.margin <= need(core, token.confidence))):
            return core, ""
        return in_case(new_tones(word) if style_new else word, case), "misread"
    if own == case or (own is None and core.isascii()):
        return core, ""
    return in_case(core.lower(), case), "case"


def rewrite(  # noqa: PLR0911
    finder: Finder, choice: Choice, case: int, style_new: bool
) -> Rewritten | None:
    """What becomes of a token, None if it is none of repair's business."""
    token = choice.token
    lead, core, trail = token.parts
    if token.what is Kind.NUMBER and (choice.word == NOTHING or choice.word >= len(SPECIALS)):
        return Rewritten(lead + core + trail, choice.margin, "digits")
    if choice.word == NOTHING:
        return Rewritten("", choice.margin, "noise")
    if token.what is Kind.SIGN:
        if is_long_dash(core) and not finder.regime.marks:
            return Rewritten("-", None, "dash")  # Độc lập - Tự do - Hạnh phúc
        speck = finder.regime.specks and token.confidence is None and is_speck(core)
        return Rewritten("", None, "noise") if speck or is_noise(core, token.confidence) else None
    if token.what in (Kind.CODE, Kind.MIXED) and finder.parted(core, token.confidence) is not None:
        left, _, right = glued(core) or ("", "", "")
        return Rewritten(f"{lead}{left} {right}{trail}", None, "parted")
    if token.what is Kind.CODE:
        first = finder.knowledge.words[choice.word] if choice.word >= len(SPECIALS) else None
        code = finder.slashed(fix_code(core, finder.knowledge.codes, marks=finder.regime.marks), first)
        return Rewritten(lead + code + trail, None, "code") if code != core else None
    if token.what is Kind.NUMBER:
        rate = core if finder.regime.marks else finder.rated(core)
        return Rewritten(lead + rate + trail, None, "unit") if rate != core else None
    written, reason = _written(finder, choice, case, style_new)
    text = lead + written + trail
    return Rewritten(text, choice.margin, reason or ("noise" if text != token.text else ""))
