"""Which content each file had when an earlier run read it, so that a file that has not changed since is not read to be
known: on a disk by inode, size and times, in a store by what it tells (ETag, checksum, time)."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from ntm_extract.edges.intake import Found, content, nameless
from ntm_extract.edges.locations import is_url, stamp
from ntm_extract.edges.store import atomic

NAME = ".known.json"


class Content(NamedTuple):
    """What a file holds: identity and bytes."""

    doc_id: str
    size: int


class _Seen(Struct, frozen=True, array_like=True):
    stamp: str
    content: Content


class Known:
    """The contents of the files of an archive, by source; read anew only where a stamp has changed."""

    def __init__(self, out: Path) -> None:
        self._path = out / NAME
        self._now: dict[str, _Seen] = {}
        try:
            self._before = msgspec.json.decode(self._path.read_bytes(), type=dict[str, _Seen])
        except (OSError, ValueError):
            self._before = {}

    def content(self, found: Found) -> Content:
        """Identity and size of a file's content; two files without a byte are no copies. Raises OSError."""
        now = found.stamp if is_url(found.place) else stamp(found.place)
        seen = self._before.get(found.source)
        if seen is None or not now or seen.stamp != now:
            held = Content(*content(found.place))
            seen = _Seen(now, held if held.size else Content(nameless(found), 0))
        self._now[found.source] = seen
        return seen.content

    @property
    def ids(self) -> frozenset[str]:
        """Identities of all contents that the archive had when it was last looked at."""
        return frozenset(seen.content.doc_id for seen in self._before.values())

    def keep(self, sources: Collection[str]) -> None:
        """Store what is known of these files, which are all that the archive has."""
        known = {source: content for source, content in (self._before | self._now).items() if source in sources}
        if known != self._before:
            with atomic(self._path) as handle:
                handle.write(msgspec.json.encode(known, order="deterministic").decode())
