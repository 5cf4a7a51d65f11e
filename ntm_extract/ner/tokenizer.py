"""How Vietnamese administrative prose is cut into tokens: numbers and document codes stay whole, units come off.

"(đạt 1.706,44ha)"        ( đạt 1.706,44 ha )
"614/KH-UBND, 37-QĐ/ĐU;"  614/KH-UBND , 37-QĐ/ĐU ;
"2021-2025"               2021 - 2025
"""

from __future__ import annotations

import re

from spacy.attrs import LOWER, NORM
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.vocab import Vocab

from ntm_extract.text.folding import folded, lowered

SMALL = "a-zàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
OPENING = r"[(\[{\"“”'‘’«<>≥≤=+\-–—•*…:;,.!?|/~_]"
CLOSING = r"[)\]}\"“”'’»<>…:;,.!?|%‰/~_\-–—]"
UNITS = r"(?<=\d)(?:km2|km²|m2|m²|m3|m³|km|cm|mm|ha|kg|m)"
FOOTNOTE = rf"(?<![km]m)(?<=[{SMALL}][{SMALL}])\d{{1,2}}"  # the sign of a footnote sticks to its word: "Mường Tè1"
BETWEEN = (
    r"[()\[\]{}\"“”;:|]|(?<=[^\W\d]),(?=\w)|(?<=\d)[-–](?=\d)|(?<=[^\W\d])[-–](?=[^\W\d])"
    rf"|(?<=[{SMALL}])\.(?=[^\W\d{SMALL}])"  # sentences glued together
)
CODE = re.compile(r"\d{1,5}[a-z]?(?:/(?:19|20)\d{2})?[-/][^\W\d_][\w'’&]*(?:[-/][^\W\d_][\w'’&]*)*")


def set_attributes(vocab: Vocab) -> None:
    """LOWER is `lowered` (one place for the tone mark), NORM is `folded` (no marks), for lexemes made from now on."""
    vocab.lex_attr_getters = {**vocab.lex_attr_getters, LOWER: lowered, NORM: folded}  # type: ignore[attr-defined]


def make_tokenizer(nlp: Language) -> Tokenizer:
    """A tokenizer for the pipeline's vocabulary."""
    return Tokenizer(
        nlp.vocab,
        rules={},
        prefix_search=re.compile(f"^{OPENING}").search,
        suffix_search=re.compile(f"(?:{CLOSING}|{UNITS}|{FOOTNOTE})$").search,
        infix_finditer=re.compile(BETWEEN).finditer,
        token_match=CODE.fullmatch,
    )
