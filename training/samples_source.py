"""The readable source of a sample: a TOML head between +++ lines, then a small markup, one paragraph a line.

# I. HEADING      ## 1. Heading      ### a) Heading      bold, bold, bold italic
= centred bold    =i centred italic  > set right, italic
_ italic paragraph                   anything else is a justified paragraph
**bold**  [^1]                       inside a paragraph; "[^1]: text" is the footnote, set on the page of its mark
| cell | cell |                      a table, after a line "|| kind=… widths=…"; ">" joins to the cell at its left,
                                     "^" to the cell above
---  or  --- landscape               a new page
@ table field=value … | quote        a fact that the paragraph above states; see samples_facts
// remark                            not printed
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, convert

BlockKind = Literal[
    "part", "section", "point", "centre", "centre-italic", "right", "italic", "body", "table", "break", "note"
]

_PREFIXES: tuple[tuple[str, BlockKind], ...] = (
    ("### ", "point"),
    ("## ", "section"),
    ("# ", "part"),
    ("=i ", "centre-italic"),
    ("= ", "centre"),
    ("> ", "right"),
    ("_ ", "italic"),
    ("---", "break"),
)
_NOTE = re.compile(r"\[\^(\d+)\]: (.*)")


class Head(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the TOML head of a source says: what is printed around the body, and how the scan is made."""

    superior: str = ""  # left head cell: the authority over the issuer, then the issuer in bold
    issuer: list[str]
    number: str
    place_date: str  # {…} is written by hand in both
    kind: str
    subject: str
    to: str = ""
    receivers: list[str] = []
    signature: list[str] = []
    signer: str = ""
    seal: str = ""  # text around the seal; none where empty
    font: str = "Tinos"
    size: float = 14.0
    leading: float = 1.28
    page_number: Literal["top", "bottom", "none"] = "top"
    level: str = "office"
    gray: bool = False  # the scanner was set to gray, though seal and signature are in colour
    seed: int = 1
    media: Literal["pdf", "pdf with a ruined layer", "tiff", "text"] = "pdf"
    sideways: list[int] = []  # pages that were laid on the glass turned by 90 degrees
    document: dict[str, str] = {}  # fields of the document row


class Block(Struct, frozen=True, kw_only=True):
    """A paragraph, heading, footnote, table or page break with the facts it states."""

    kind: BlockKind
    text: str = ""
    mark: str = ""  # number of a footnote
    cells: tuple[tuple[str, ...], ...] = ()
    options: dict[str, str] = {}
    facts: tuple[str, ...] = ()


class Source(Struct, frozen=True, kw_only=True):
    """One sample as written."""

    name: str
    head: Head
    blocks: tuple[Block, ...]

    @property
    def notes(self) -> dict[str, int]:
        """Index of the block of each footnote, by its mark."""
        return {block.mark: index for index, block in enumerate(self.blocks) if block.kind == "note"}


def read_source(path: Path) -> Source:
    """Parse a source file; ValueError names the line that is not understood."""
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    return Source(name=path.stem, head=convert(tomllib.loads(head), Head), blocks=tuple(_blocks(body)))


def _blocks(body: str) -> list[Block]:
    blocks: list[dict[str, Any]] = []
    for line in filter(None, map(str.strip, body.split("\n"))):
        if line.startswith("//"):
            continue
        if line.startswith("@ "):
            if not blocks:
                raise ValueError(f"a fact without a paragraph: {line}")
            blocks[-1]["facts"] = (*blocks[-1].get("facts", ()), line[2:])
        elif line.startswith("||"):
            options = dict(part.split("=", 1) for part in line[2:].split())
            blocks.append({"kind": "table", "options": options, "cells": ()})
        elif line.startswith("|"):
            row = tuple(cell.strip() for cell in line.strip("|").split("|"))
            blocks[-1]["cells"] = (*blocks[-1]["cells"], row)
        elif note := _NOTE.match(line):
            blocks.append({"kind": "note", "mark": note[1], "text": note[2]})
        else:
            prefix, kind = next(((p, k) for p, k in _PREFIXES if line.startswith(p)), ("", "body"))
            blocks.append({"kind": kind, "text": line.removeprefix(prefix).strip()})
    return [Block(**block) for block in blocks]
