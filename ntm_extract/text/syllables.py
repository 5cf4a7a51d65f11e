"""The shape of a Vietnamese syllable: onset, rhyme, tone. A spelling that fits may still be no word."""

from __future__ import annotations

import unicodedata

TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0309": "hỏi", "\u0303": "ngã", "\u0323": "nặng"}

ONSETS = (
    "ngh",
    "ch",
    "gh",
    "gi",
    "kh",
    "ng",
    "nh",
    "ph",
    "qu",
    "th",
    "tr",
    "b",
    "c",
    "d",
    "đ",
    "g",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "x",
    "",
)
RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê
    êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot oong ooc
    oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt
    ôông ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt uê uêch uênh uơ uân uâng uât uây uy
    uya uyên uyêt uynh uyt uych uyn uyu uyp ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên
    yêng yêt yêu yt ynh êc ơng oăp
    """.split()  # noqa: SIM905 (a table to read, not to count quotes in)
)


def split_tone(syllable: str) -> tuple[str, str]:
    """The syllable without its tone mark, and the mark ("" for the level tone)."""
    tone = ""
    kept = []
    for char in unicodedata.normalize("NFD", syllable):
        if char in TONES:
            tone += char
        else:
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)), tone


def is_syllable(text: str) -> bool:
    """Whether the text is spelt as one Vietnamese syllable, in any case and either tone placement."""
    toneless, tone = split_tone(text.lower())
    if len(tone) > 1:
        return False
    for onset in ONSETS:
        if not toneless.startswith(onset):
            continue
        rhyme = toneless[len(onset) :]
        if rhyme in RHYMES and (tone in ("\u0301", "\u0323") or not rhyme.endswith(("c", "ch", "p", "t"))):
            return True
    return toneless in ("gi", "gin")  # the i is both onset and rhyme
